"""The commands of the collecting office, run as their users run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.batch.support import book, roster, send
from tests.test_cli import xltools

NAME = "单位全称"


def test_batch(tmp_path: Path) -> None:
    folder = send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局"), "乙.xlsx": book("faulty", "乙局")})
    members = roster(tmp_path / "名单.xlsx", *({NAME: f"{n}局"} for n in "甲乙丙"))
    code, out, err = xltools("batch", folder, "-o", tmp_path / "out", "--roster", members)
    lines = out.splitlines()
    assert code == 1
    assert lines[0].startswith("待修改　乙.xlsx：错误 ")
    assert lines[1:] == ["未报　丙局", f"结果在：{tmp_path / 'out'}", "已报 2／应报 3，待修改 1，未报 1"]
    assert sorted(line[:4] for line in err.splitlines()) == ["1/2 ", "2/2 "]
    send(folder, {"乙.xlsx": book("zero", "乙局"), "丙.xlsx": book("zero", "丙局")})
    code, out, err = xltools("batch", folder, "-o", tmp_path / "out", "--roster", members, "--jobs", "1", "--json")
    found = json.loads(out)
    assert (code, found["counts"]["已报"], found["missing"]) == (0, 3, [])
    assert out.encode() == (tmp_path / "out/findings.json").read_bytes()
    assert xltools("batch", folder, "-o", tmp_path / "out")[1].splitlines()[-1] == "已报 3，待修改 0"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["batch"], 2, "缺少收件文件夹"),
        (["batch", "in"], 2, "缺少--output"),
        (["batch", "in", "-o", "out", "--jobs", "0"], 2, "--jobs 的值不对"),
        (["batch", "none", "-o", "out"], 3, "找不到文件夹“none”"),
        (["batch", "in", "-o", "out"], 3, "没有 .xlsx 工作簿"),
        (["roster", "-o", "a.docx"], 3, "扩展名应是 .xlsx"),
    ],
)
def test_what_is_wrong_is_said(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    found, _, err = xltools(*arguments, cwd=tmp_path)
    assert found == code
    assert said in err


def test_adjustments_that_go_too_far_are_told(tmp_path: Path) -> None:
    folder, out = send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局")}), tmp_path / "out"
    assert xltools("batch", folder, "-o", out)[0] == 0
    workbook = openpyxl.load_workbook(out / "汇总.xlsx")
    for column, value in zip("ABCD", ("requests.received.company", -3, "重复", "张三"), strict=True):
        workbook["调整数"][f"{column}4"].value = value
    workbook.save(out / "汇总.xlsx")
    code, _, err = xltools("batch", folder, "-o", out)
    assert code == 1
    assert err.splitlines()[-1].endswith("加上调整数成了 -3，应是 0 或正整数。请核对“汇总.xlsx”的“调整数”。")


def test_roster(tmp_path: Path) -> None:
    assert xltools("roster", cwd=tmp_path)[:2] == (0, "已生成：名单.xlsx\n")
    assert xltools("roster", cwd=tmp_path)[0] == 3
    assert xltools("roster", "--force", cwd=tmp_path)[0] == 0


def test_the_parent_imports_what_the_summary_needs_and_only_then(tmp_path: Path) -> None:
    folder = send(tmp_path / "in", {"甲.xlsx": book("faulty", "甲局")})
    script = f"""if __name__ == "__main__":
    import sys
    from xltools.batch import publish
    from xltools.cli import cli
    heavy = {{"lxml", "docxtpl", "docx", "xlsxwriter", "pandas", "numpy", "openpyxl", "xlwings", "jinja2"}}
    seen, summary = [], publish._overview
    publish._overview = lambda *given: seen.append(heavy & set(sys.modules)) or summary(*given)
    cli.main(["batch", {str(folder)!r}, "-o", {str(tmp_path / "out")!r}], standalone_mode=False)
    print(*seen, sorted(heavy & set(sys.modules)))
"""
    (tmp_path / "a.py").write_text(script, "utf-8")
    ran = subprocess.run([sys.executable, tmp_path / "a.py"], capture_output=True, check=True)
    assert ran.stdout.decode().splitlines()[-1] == "set() ['jinja2', 'xlsxwriter']"
