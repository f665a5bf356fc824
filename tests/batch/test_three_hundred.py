"""January in a large county: three hundred workbooks and what else lies among them, through the command itself."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.batch.support import EDITION, book, office, packed, roster, send, tree, unpacked
from tests.test_cli import RAN, xltools
from xltools import read

FILED, MEND, CLOSED, LEFT, YEAR, TWICE, REPLACED = (
    "已报", "待修改", "文件无法打开", "不纳入", "年度不符", "重复报送", "重报",
)  # fmt: skip
WORD, RETURNED, NOTE = ["word"], ["note", "returned", "word"], ["note"]
Make = Callable[[str, int], bytes]


def filled(kind: str, year: int = 2025, date: str = "", *, macros: bool = False) -> Make:
    return lambda name, number: book(kind, name, year, date, number, macros=macros)


def raw(start: bytes, end: bytes = b"") -> Make:
    return lambda name, number: start + b"\0" * number + end


def renamed(*parts: str) -> Make:
    """A package that is no workbook."""
    return lambda name, number: packed(dict.fromkeys(parts, b""))


def changed(part: str, old: str, new: str) -> Make:
    """A workbook with something else in one of its parts."""

    def make(name: str, number: int) -> bytes:
        parts = unpacked(book("zero", name, number=number))
        assert old.encode() in parts[part]
        return packed(parts | {part: parts[part].replace(old.encode(), new.encode())})

    return make


def truncated(name: str, number: int) -> bytes:
    whole = book("zero", name, number=number)
    return whole[: len(whole) // 2 + number]


def own(name: str, number: int) -> bytes:
    """A table that somebody has made."""
    out, table = BytesIO(), openpyxl.Workbook()
    table.active.append([name, number])
    table.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Kind:
    """So many workbooks of offices of their own, named ``what``, and what must become of each."""

    what: str
    many: int
    make: Make
    status: str
    says: str = ""
    outputs: list[str] | tuple[()] = ()
    suffix: str = ".xlsx"


FAULTY = [
    Kind("算错", 8, filled("faulty"), MEND, "", RETURNED),
    Kind("宏错", 2, filled("faulty", macros=True), MEND, "", RETURNED, ".xlsm"),
    Kind("非包", 2, raw(b"PK\3\4"), CLOSED, "不完整或已损坏。请重新发送", NOTE),
    Kind("断尾", 3, truncated, CLOSED, "不完整或已损坏。请重新发送", NOTE),
    Kind("空的", 1, lambda *_: b"", CLOSED, "是空的。请重新发送", NOTE),
    Kind("文本", 2, lambda *words: str(words).encode("gbk"), CLOSED, "是文本文件，不是工作簿。请用", NOTE),
    Kind("旧版", 2, raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), CLOSED, "是旧版 .xls（或 .et）格式。请用", NOTE),
    Kind("加密", 2, raw(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")), CLOSED,
         "设了打开密码。请取消密码", NOTE),
    Kind("改签", 3, changed("xl/sharedStrings.xml", "自然人", "个人"), CLOSED, "结构被改动：表三", NOTE),
    Kind("少表", 2, changed("xl/workbook.xml", '"表三"', '"表叁"'), CLOSED, "缺少工作表“表三”。请在未改动", NOTE),
    Kind("文档", 1, renamed("word/document.xml"), CLOSED, "是 Word 文档，不是工作簿。", NOTE),
    Kind("成包", 1, renamed("a.xlsx", "b.xlsx"), CLOSED, "是压缩包，不是工作簿。", NOTE),
    Kind("别表", 1, own, CLOSED, "不是年度报告填报工作簿。", NOTE),
]  # fmt: skip
SOUND = [
    Kind("零报", 115, filled("zero"), FILED, "", WORD),
    Kind("有数", 120, filled("balanced"), FILED, "", WORD),
    Kind("带宏", 20, filled("balanced", macros=True), FILED, "", WORD, ".xlsm"),
    Kind("迟报", 1, filled("zero"), FILED, "", WORD),
    Kind("不汇", 1, filled("balanced"), FILED, "", WORD),
]
OTHERS = [
    Kind("去年", 1, filled("zero", 2024), YEAR, "是 2024 年度的报告，这次收的是 2025 年度。请核对年度", NOTE),
    Kind("旧式", 1, lambda name, _: book("old", name, 2020), YEAR, "是 2020 年度的报告，这次收的是 2025", NOTE),
    Kind("生人", 1, filled("zero"), LEFT, "名单上没有“生人000局”。请核对单位全称；"),
    Kind("撤销", 1, filled("zero"), LEFT, "名单写明这个单位不报送、不汇入。"),
]
TWO_OF_AN_OFFICE: list[tuple[str, str, Make, str, str]] = [
    ("转发/双报一.xlsx", "双报局", filled("zero"), TWICE, "另有“转发/双报二.xlsx”，成文日期看不出先后。"),
    ("转发/双报二.xlsx", "双报局", filled("zero"), TWICE, "另有“转发/双报一.xlsx”，成文日期看不出先后。"),
    ("重报旧.xlsx", "重报局", filled("zero", date="2026年1月5日"), REPLACED, "按成文日期，以后来重报的“转发/重报新"),
    ("转发/重报新.xlsx", "重报局", filled("zero", date="2026年1月9日"), FILED, ""),
    ("改报甲.xlsx", "改报局", filled("zero"), FILED, ""),
    ("改报乙.xlsx", "改报局", filled("zero"), REPLACED, "按名单，以“改报甲.xlsx”为准。"),
]
COPIES = {f"再寄/{i}.xlsx": f"1/零报{i:03}局.xlsx" for i in (0, 8, 16)}
OURS_TO_UNPACK = "打包.zip"
AMONG: list[tuple[str, bytes | None, str, str]] = [  # what is no workbook; ``None`` is made on disk
    ("~$零报000局.xlsx", b"lock", LEFT, "锁定文件"),
    ("转发/~$双报一.xlsx", b"lock", LEFT, "锁定文件"),
    (".DS_Store", b"", LEFT, "系统文件"),
    ("通知.pdf", b"%PDF", LEFT, "不是填报工作簿"),
    ("旧表.xls", b"\xd0\xcf\x11\xe0", CLOSED, "旧版 .xls 表格，不是 .xlsx 工作簿。"),
    ("数据.csv", b"1,2", CLOSED, "不是 .xlsx 工作簿。"),
    (OURS_TO_UNPACK, b"PK", CLOSED, "请解压，把里面的 .xlsx 放回文件夹。"),
    ("管道.xlsx", None, LEFT, "不是普通文件。"),
    ("转发/链接.xlsx", None, LEFT, "是链接，指向的内容按原处处理。"),
    ("出去.xlsx", None, LEFT, "是链接，指向收件文件夹之外。"),
]
LAST = "已报 269／应报 295，待修改 10，未报 26，重复报送 2，文件无法打开 23，年度不符 2"
SUMMED = ("算错", "宏错", "零报", "有数", "带宏", "迟报", "重报", "改报")


@dataclass(frozen=True)
class Sent:
    """A file with what must become of it."""

    file: str
    office: str
    data: bytes
    number: int
    status: str
    says: str
    outputs: list[str]


def sent() -> Iterator[Sent]:
    """The three hundred workbooks, each with a number of its own, some of them in sub-folders."""
    numbers = count(1)
    for kind in (*SOUND, *FAULTY, *OTHERS):
        for i, number in zip(range(kind.many), numbers, strict=False):
            name = f"{kind.what}{i:03}局"
            file = f"{i % 8 + 1}/{name}{kind.suffix}" if i % 8 < 6 else f"{name}{kind.suffix}"
            yield Sent(file, name, kind.make(name, number), number, kind.status, kind.says, [*kind.outputs])
    for (file, name, make, status, says), number in zip(TWO_OF_AN_OFFICE, numbers, strict=False):
        yield Sent(file, name, make(name, number), number, status, says, WORD if status == FILED else [])


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Sent]]:
    """The folder with the roster beside it."""
    folder, files = tmp_path_factory.mktemp("county") / "收件", list(sent())
    assert len(files) + len(COPIES) == 300 and sum(kind.many for kind in FAULTY) == 30
    data = {one.file: one.data for one in files}
    assert len(data) == len(files)
    send(folder, data | {copy: data[of] for copy, of in COPIES.items()})
    send(folder, {file: content for file, content, *_ in AMONG if content is not None})
    os.mkfifo(folder / "管道.xlsx")
    (folder / "转发/链接.xlsx").symlink_to(folder / "改报甲.xlsx")
    (folder / "出去.xlsx").symlink_to(send(folder.parent, {"外面.xlsx": book("zero", "外面局")}) / "外面.xlsx")
    more: dict[str, dict[str, str]] = {
        "迟报000局": {"截止日期": "2026-01-31", "收件日期": "2026-02-01"},
        "不汇000局": {"是否汇入": "否"},
        "撤销000局": {"是否报送": "否", "是否汇入": "否"},
        "改报局": {"以哪个文件为准": "改报甲.xlsx"},
        "免报局": {"是否报送": "否"},
    }
    names = dict.fromkeys(one.office for one in files if not one.office.startswith("生人"))
    names |= dict.fromkeys(["免报局", "缺一局", "缺二局", "缺三局"])
    roster(
        folder.parent / "名单.xlsx", *({"单位全称": name} | more.get(name, {}) for name in names), head={"年度": 2025}
    )
    return folder, files


def batch(folder: Path, out: Path, jobs: int) -> RAN:
    return xltools("batch", folder, "-o", out, "--roster", folder.parent / "名单.xlsx", "--jobs", str(jobs))


@pytest.fixture(scope="module")
def collected(county: tuple[Path, list[Sent]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RAN]:
    out = tmp_path_factory.mktemp("out") / "结果"
    return out, batch(county[0], out, 2)


@pytest.fixture(scope="module")
def found(collected: tuple[Path, RAN]) -> Any:
    return json.loads((collected[0] / "findings.json").read_bytes())


def test_every_entry_once_with_its_status(county: tuple[Path, list[Sent]], found: Any) -> None:
    folder, files = county
    expected = {one.file: one.status for one in files} | dict.fromkeys(COPIES, LEFT)
    expected |= {file: status for file, _, status, _ in AMONG}
    statuses = [(entry["file"], entry["status"]) for entry in found["files"]]
    assert dict(statuses) == expected
    assert sorted(file for file, _ in statuses) == sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()
    )
    reasons = {entry["file"]: entry["reason"] for entry in found["files"]}
    says = {one.file: one.says for one in files} | {file: words for file, _, _, words in AMONG}
    says |= {copy: f"与“{of}”完全相同，只算一份。" for copy, of in COPIES.items()}
    assert [(file, reasons[file]) for file in reasons if says[file] not in reasons[file]] == []
    assert [(file, reasons[file]) for file in reasons if bool(says[file]) != bool(reasons[file])] == []
    assert [entry["file"] for entry in found["files"] if entry["late"]] == ["1/迟报000局.xlsx"]


def test_every_office(county: tuple[Path, list[Sent]], found: Any) -> None:
    lacking = ("非包", "断尾", "空的", "文本", "旧版", "加密", "改签", "少表", "文档", "成包", "别表", "去年", "旧式")
    without = [one.office for one in county[1] if one.office.startswith((*lacking, "双报一"))]
    assert found["missing"] == [*without, "双报局", "缺一局", "缺二局", "缺三局"]
    assert found["exempt"] == ["撤销000局", "免报局"]


def test_what_the_command_says(county: tuple[Path, list[Sent]], collected: tuple[Path, RAN]) -> None:
    code, out, err = collected[1]
    lines = out.splitlines()
    assert (code, lines[-2:]) == (1, [f"结果在：{collected[0]}", LAST])
    assert len(lines) == 10 + 23 + 2 + 2 + 1 + 26 + 2, "待修改、无法打开、重复、年度不符、名单外、未报"
    assert sorted(line.partition(" ")[2] for line in err.splitlines()) == sorted(one.file for one in county[1])


def test_everything_is_written(county: tuple[Path, list[Sent]], collected: tuple[Path, RAN], found: Any) -> None:
    out = collected[0]
    outputs = {entry["file"]: entry["outputs"] for entry in found["files"]}
    wanted = {one.file: one.outputs for one in county[1]} | {
        file: NOTE if status == CLOSED and file != OURS_TO_UNPACK else [] for file, _, status, _ in AMONG
    }
    assert {file: sorted(kinds) for file, kinds in outputs.items() if kinds} == {k: v for k, v in wanted.items() if v}
    named = [name for kinds in outputs.values() for name in kinds.values()]
    whole = ["findings.json", "data.json", "汇总.xlsx", "汇总工作簿.xlsx", "index.html"]
    assert sorted(name for name in tree(out) if not name.startswith(".")) == sorted([*named, *whole])
    assert len(named) == (259 + 10) + 10 + (10 + 22 + 2)
    for kinds in outputs.values():
        if "returned" in kinds:  # the pair stands together
            assert Path(kinds["returned"]).stem == Path(kinds["note"]).stem
    for file, kinds in outputs.items():
        suffixes = {kind: Path(name).suffix for kind, name in kinds.items()}
        assert suffixes.get("returned", Path(file).suffix) == Path(file).suffix
    for path in out.rglob("*.*x"):
        assert zipfile.ZipFile(path).testzip() is None
    assert (out / "index.html").read_text("utf-8").rstrip().endswith("</html>")
    assert len(json.loads((out / "data.json").read_bytes())["reports"]) == 269


def test_the_sum_is_that_of_the_numbers_sent(county: tuple[Path, list[Sent]], collected: tuple[Path, RAN]) -> None:
    kinds = {"算错": "faulty", "宏错": "faulty", "有数": "balanced", "带宏": "balanced"}
    reports = [
        office(kinds.get(one.office[:2], "zero"), one.office, number=one.number)
        for one in county[1]
        if one.office.startswith(SUMMED) and one.status in (FILED, MEND)
    ]
    assert len(reports) == 268
    expected = {
        ref: sum(Fraction(report.numbers[ref]) for report in reports if ref in report.numbers)
        for ref in EDITION.inputs
    }  # fmt: skip
    total = read(collected[0] / "汇总工作簿.xlsx")
    assert {ref: Fraction(total.numbers[ref]) for ref in EDITION.inputs} == expected
    summary = openpyxl.load_workbook(collected[0] / "汇总.xlsx", read_only=True)
    assert any("暂汇，未含26家" in str(cell) for row in summary.worksheets[0].values for cell in row)


def test_one_worker_and_two_give_the_same_bytes(
    county: tuple[Path, list[Sent]], collected: tuple[Path, RAN], tmp_path: Path
) -> None:
    code, said, _ = batch(county[0], tmp_path / "结果", 1)
    assert (code, said.splitlines()[-1]) == (1, LAST)
    one, two = tree(tmp_path / "结果"), tree(collected[0])
    assert [name for name in sorted({*one, *two}) if one.get(name) != two.get(name)] == []
