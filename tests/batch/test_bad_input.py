"""What must not stop an office: folders, rights, rosters and names as they come, each with its sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.batch.support import book, packed, roster, run, send, unpacked
from tests.support.machine import need

NAME = "单位全称"


def xltools(folder: Path, *arguments: str) -> tuple[int, list[str], list[str]]:
    """Exit code, output, and messages but for the progress, of somebody who has no rights over all files."""
    mortal = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    need(*mortal[:1])
    command = [*mortal, sys.executable, "-m", "xltools", *arguments]
    ran = subprocess.run(command, capture_output=True, cwd=folder, timeout=120, check=False)
    said = [line for line in ran.stderr.decode().splitlines() if not re.match(r"\d+/\d+ ", line)]
    return ran.returncode, ran.stdout.decode().splitlines(), said


def table(*rows: list[object]) -> bytes:
    out, workbook = BytesIO(), openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(out)
    return out.getvalue()


def closed(path: Path, mode: int = 0) -> None:
    path.mkdir(exist_ok=True)
    path.chmod(mode)


Prepare = Callable[[Path], object]
REFUSED: dict[str, tuple[Prepare, str, str]] = {
    # what is done first, the arguments, the sentence
    "an empty folder": (
        lambda t: (t / "空").mkdir(), "空 -o out", "“空”里没有 .xlsx 工作簿。请确认收件文件夹没有选错。",
    ),
    "no folder": (
        lambda t: None, "无 -o out", "找不到文件夹“无”。请检查写法；文件要先放进一个文件夹。",
    ),
    "a file for a folder": (
        lambda t: None, "in/a.xlsx -o out", "“in/a.xlsx”是文件，不是文件夹。请检查写法；文件要先放进一个文件夹。",
    ),
    "a folder that cannot be read": (
        lambda t: closed(t / "锁"), "锁 -o out", "文件夹“锁”打不开。请检查是否有权限读取。",
    ),
    "a folder in one that cannot be read": (
        lambda t: closed(t / "锁"), "锁/in -o out", "没有权限打开“锁/in”。请检查文件和文件夹的权限，或换一个位置。",
    ),
    "results without the right to write": (
        lambda t: closed(t / "只读", 0o555), "in -o 只读/out",
        "结果文件夹“只读/out”写不进去。请换一个有写入权限、磁盘未满的文件夹。",
    ),
    "results in a folder that nobody may write to": (
        lambda t: closed(t / "out", 0o555), "in -o out",
        "结果文件夹“out”写不进去。请换一个有写入权限、磁盘未满的文件夹。",
    ),
    "results where there are no files": (
        lambda t: None, "in -o /proc/out", "结果文件夹“/proc/out”写不进去。请换一个有写入权限、磁盘未满的文件夹。",
    ),
    "results below a file": (
        lambda t: None, "in -o in/a.xlsx/out",
        "结果文件夹“in/a.xlsx/out”写不进去。请换一个有写入权限、磁盘未满的文件夹。",
    ),
    "results in a file": (
        lambda t: None, "in -o in/a.xlsx", "“in/a.xlsx”是文件，不是文件夹。请给结果另选一个文件夹。",
    ),
    "results in the folder itself": (
        lambda t: None, "in -o in", "收件文件夹“in”和结果文件夹“in”是同一处。请给结果另选一个文件夹。",
    ),
    "results where submissions lie": (
        lambda t: send(t, {"in/b/乙.XLSX": book("zero", "乙局"), "in/b/c/丙.zip": b"PK", "in/b/.DS_Store": b""}),
        "in -o in/b",
        "结果文件夹“in/b”在“in”里，里面已有文件“丙.zip”“乙.XLSX”，会被当成结果跳过。请给结果另选一个文件夹。",
    ),
    "results among those of last year": (
        lambda t: send(t, {"last/b/甲.xlsx": book("zero", "甲局", 2024)}), "in -o last/b --previous last",
        "结果文件夹“last/b”在“last”里，里面已有文件“甲.xlsx”，会被当成结果跳过。请给结果另选一个文件夹。",
    ),
    "a summary that cannot be read": (
        lambda t: (run(t / "in", t / "out"), (t / "out/汇总.xlsx").chmod(0)), "in -o out",
        "“汇总.xlsx”里的“调整数”读不出来：它打不开。请关闭正在使用它的程序，检查是否有权限读取，再运行一次。",
    ),
    "a summary of another year": (
        lambda t: run(send(t / "old", {"a.xlsx": book("zero", "甲局", 2024)}), t / "out"), "in -o out",
        "“汇总.xlsx”是 2024 年度的汇总表，不是 2025 年度的。请换一个结果文件夹；"
        "年度写错了、要重做的，把它移走，再运行一次。",
    ),
    "a roster without names": (
        lambda t: send(t, {"r.xlsx": table(["单位", "电话"], ["甲局", 1])}), "in -o out --roster r.xlsx",
        "名单“r.xlsx”里没有“单位全称”一列。请用“xltools roster -o 名单.xlsx”生成的名单填写。",
    ),
    "a roster without two columns": (
        lambda t: send(t, {"r.xlsx": table([NAME, "电话"], ["甲局", 1])}), "in -o out --roster r.xlsx",
        "名单“r.xlsx”的工作表“Sheet”第 1 行缺少“是否报送”“是否汇入”列。请补上这些列，列名写在同一行。",
    ),
    "a roster of nobody": (
        lambda t: roster(t / "r.xlsx"), "in -o out --roster r.xlsx",
        "名单“r.xlsx”的工作表“Sheet”第 2 行下面还没有填单位。请一行一个单位，从下一行填起。",
    ),
    "a roster that is no workbook": (
        lambda t: send(t, {"r.xlsx": b"text"}), "in -o out --roster r.xlsx",
        "“r.xlsx”是文本文件，不是工作簿。请用 Excel 或 WPS 另存为 .xlsx 后再试。",
    ),
    "a roster that cannot be read": (
        lambda t: (roster(t / "r.xlsx", {NAME: "甲局"}), (t / "r.xlsx").chmod(0)), "in -o out --roster r.xlsx",
        "文件“r.xlsx”打不开。请关闭正在使用它的程序，检查是否有权限读取。",
    ),
    "nothing that says the year": (
        lambda t: send(t, {"坏/a.xlsx": b"text"}), "坏 -o out",
        "看不出收的是哪个年度：没有一份工作簿填了年度。请加上年度，如 --year 2025。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_done_is_said(case: str, tmp_path: Path) -> None:
    send(tmp_path / "in", {"a.xlsx": book("zero", "甲局")})
    prepare, arguments, sentence = REFUSED[case]
    prepare(tmp_path)
    assert xltools(tmp_path, "batch", *arguments.split()) == (3, [], [sentence])
    assert not (tmp_path / "out/.xltools/lock").exists()


def test_what_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    send(tmp_path / "in", {f"{name}.xlsx": book("zero", f"{name[-1]}局") for name in ("甲", "乙", "子/丙")})
    (tmp_path / "in/乙.xlsx").chmod(0)
    (tmp_path / "in/子").chmod(0)
    assert xltools(tmp_path, "batch", "in", "-o", "out") == (1, [
        "文件无法打开　乙.xlsx：打不开。请关闭正在使用它的程序，检查是否有权限读取。",
        "文件无法打开　子/：文件夹打不开。请检查是否有权限读取。",
        "结果在：out",
        "已报 1，待修改 0，文件无法打开 2",
    ], [])  # fmt: skip


ELSEWHERE = "写不进去。请关闭正在使用它的程序，或换一个有写入权限的文件夹。"
LOST: list[tuple[str, int, str, str]] = [
    ("word", 0o555, "“out/word/甲局2025年政府信息公开工作年度报告.docx”", ELSEWHERE),
    ("word", 0, "“out/word/甲局2025年政府信息公开工作年度报告.docx”", ELSEWHERE),
    (".xltools/done", 0, "“out/.xltools/done/", ELSEWHERE),
    (".xltools", 0o555, "结果文件夹“out”", "写不进去。请换一个有写入权限、磁盘未满的文件夹。"),
]


@pytest.mark.parametrize(("place", "mode", "head", "tail"), LOST, ids=[f"{p} {m:03o}" for p, m, *_ in LOST])
def test_results_that_cannot_be_written_any_more(place: str, mode: int, head: str, tail: str, tmp_path: Path) -> None:
    send(tmp_path / "in", {"甲.xlsx": book("zero", "甲局")})
    assert xltools(tmp_path, "batch", "in", "-o", "out")[0] == 0
    send(tmp_path / "in", {"甲.xlsx": book("balanced", "甲局")})
    (tmp_path / "out" / place).chmod(mode)
    code, _, said = xltools(tmp_path, "batch", "in", "-o", "out")
    (tmp_path / "out" / place).chmod(0o755)
    assert (code, len(said)) == (3, 1)
    assert said[0].startswith(head) and said[0].endswith(tail)


def test_results_inside_the_folder_are_no_input(tmp_path: Path) -> None:
    send(tmp_path / "in", {"甲.xlsx": book("faulty", "甲局")})
    first = xltools(tmp_path, "batch", "in", "-o", "in/结果")
    assert first[1][-1] == "已报 1，待修改 1"
    assert xltools(tmp_path, "batch", "in", "-o", "in/结果") == first
    assert xltools(tmp_path, "batch", "in", "-o", "in/又")[1][-1] == first[1][-1]
    reasons = {one.file: one.reason for one in run(tmp_path / "in", tmp_path / "in/又").outcomes}
    assert reasons == {"甲.xlsx": "", "结果/": "是以前的结果文件夹。", "又/": "是结果文件夹。"}


def test_offices_and_years_that_do_not_belong(tmp_path: Path) -> None:
    files = {"a": ("zero", "甲局", 2025), "b": ("zero", "ABC局", 2025), "c": ("balanced", "abc局", 2025)}
    files |= {"d": ("zero", "生人局", 2025), "e": ("old", "丁局", 2020), "f": ("zero", "戊局", 2024)}
    send(tmp_path / "in", {f"{name}.xlsx": book(*words) for name, words in files.items()})
    send(tmp_path / "in", {"g.xlsx": blank_year(book("old", "己局", 2020))})
    members = ({NAME: name} for name in ("甲局", "ABC局", "丁局", "戊局", "己局"))
    roster(tmp_path / "r.xlsx", *members, head={"年度": 2025})
    both = "成文日期看不出先后。请与单位核实，在名单的“以哪个文件为准”里写上文件名，或只留一份。"
    assert xltools(tmp_path, "batch", "in", "-o", "out", "--roster", "r.xlsx")[:2] == (1, [
        f"重复报送　b.xlsx：同一个单位另有“c.xlsx”，{both}",
        f"重复报送　c.xlsx：同一个单位另有“b.xlsx”，{both}",
        "不纳入　d.xlsx：名单上没有“生人局”。请核对单位全称；改过名的，在名单的“曾用名”里写上；漏列的，补进名单。",
        "年度不符　e.xlsx：是 2020 年度的报告，这次收的是 2025 年度。请核对年度，重新报送。",
        "年度不符　f.xlsx：是 2024 年度的报告，这次收的是 2025 年度。请核对年度，重新报送。",
        "年度不符　g.xlsx：错误 1 处。用的是2019年试行版格式，2025 年度应使用2021年版格式。请用新的工作簿重新填报。",
        "未报　ABC局", "未报　丁局", "未报　戊局", "未报　己局",
        "结果在：out",
        "已报 1／应报 5，待修改 0，未报 4，重复报送 2，年度不符 3",
    ])  # fmt: skip


def blank_year(data: bytes) -> bytes:
    parts = unpacked(data)
    for part, content in parts.items():
        parts[part] = content.replace(b"<v>2020</v>", b"")
    return packed(parts)


def test_names_of_files_cannot_forge_what_is_said(tmp_path: Path) -> None:
    names = ["a\n已报 9，待修改 0", "\x1b[2K", "b\u202excod", os.fsdecode(b"\xff"), "长" * 83, 'c"*:?<>|\\']
    send(tmp_path / "in", {f"{name}.xlsx": name.encode("utf-8", "replace") for name in names})
    send(tmp_path / "in", {"z.xlsx": book("zero", "甲\n已报 9，待修改 0\x85局")})
    roster(tmp_path / "r.xlsx", {NAME: "乙局"})
    code, out, _ = xltools(tmp_path, "batch", "in", "-o", "out", "--roster", "r.xlsx")
    assert (code, len(out)) == (1, len(names) + 4)
    assert all(letter.isprintable() or letter == "\u3000" for line in out for letter in line)
    found = Counter(line.partition("　")[0] for line in out[:-2])
    assert found == {"文件无法打开": len(names), "不纳入": 1, "未报": 1}


def test_files_whose_names_come_out_the_same_are_told_apart(tmp_path: Path) -> None:
    names = {"a": "甲/乙局", "b": "甲:乙局"}
    send(tmp_path / "in", {f"{file}.xlsx": book("zero", name) for file, name in names.items()})
    first = "甲_乙局2025年政府信息公开工作年度报告"
    code, out, _ = xltools(tmp_path, "batch", "in", "-o", "out")
    told = f"“甲:乙局”的结果是“word/{first}(2).docx”：不带编号的那份是别的单位的，或有人改过，没有覆盖。"
    assert (code, out) == (0, [told, "结果在：out", "已报 2，待修改 0"])
    (tmp_path / "out/word" / f"{first}.docx").write_bytes(b"edited")
    out = xltools(tmp_path, "batch", "in", "-o", "out")[1]
    assert [line.partition("：")[0] for line in out[:-2]] == [
        f"“甲/乙局”的结果是“word/{first}(2).docx”", f"“甲:乙局”的结果是“word/{first}(3).docx”",
    ]  # fmt: skip


FORBIDDEN = ["甲/乙", "甲\\乙", "甲:乙", "甲*乙", "甲?乙", '甲"乙', "甲<乙", "甲>乙", "甲|乙", "甲\t乙", "甲\u202e乙"]
RESERVED = ["CON", "con", "PRN", "AUX.局", "NUL", "COM1", "LPT9.x", "CONIN$"]
ENDS = ["..", "局.", "局 ", " 局", "局. .", "长" * 300]


def test_names_that_no_system_takes(tmp_path: Path) -> None:
    """All at once, with errors, so that each has a report, a workbook that goes back and a letter."""
    offices = [*FORBIDDEN, *RESERVED[:1], *RESERVED[2:], *ENDS[:2], *ENDS[4:], "甲（退回修改）"]
    send(tmp_path / "in", {f"{i:02}.xlsx": book("faulty", escape(name)) for i, name in enumerate(offices)})
    send(tmp_path / "in", {f"{name}.xlsx": name.encode() for name in ("甲_乙", "é", "e\u0301", "Ｅ\u0301", "é ")})
    collection = run(tmp_path / "in", tmp_path / "out", jobs=2)
    outputs = [one.outputs for one in collection.outcomes]
    names = [name for kinds in outputs for name in kinds.values()]
    assert len(names) == 3 * len(offices) + 5
    assert len({alike(name) for name in names}) == len(names)
    assert all((tmp_path / "out" / name).is_file() for name in names)
    for kinds in outputs:
        stems = {Path(name).stem for kind, name in kinds.items() if kind != "word"}
        assert len(stems) == 1, "the letter is named like the workbook that it goes with"
    for name in names:
        assert safe(Path(name).name), name
        assert Path(name).stem.rstrip("()0123456789").endswith(("（草稿）", "（退回修改）")), name
    drafts = [name for name in names if "（草稿）" in name]
    assert all("2025年政府信息公开工作年度报告" in name for name in drafts)


def alike(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().replace(" ", "")


def safe(name: str) -> bool:
    stem = name.partition(".")[0].rstrip(" ").upper()
    devices = {"CON", "PRN", "AUX", "NUL", "CONIN$", *(d + n for d in ("COM", "LPT") for n in "0123456789¹²³")}
    return not (
        set(name) & set('<>:"/\\|?*') or any(not c.isprintable() and c != "\u3000" for c in name)
        or stem in devices or name[-1] in ". " or len(name.encode()) > 200
    )  # fmt: skip
