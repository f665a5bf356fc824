"""What lies in the folder: every entry once, each with what it is, nothing opened that is no file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xltools.batch.collection import Status
from xltools.batch.intake import walk

LEFT, CLOSED = Status.LEFT_OUT, Status.UNREADABLE
NAMES: list[tuple[str, Status | None, str]] = [
    ("甲.xlsx", None, ""),
    ("乙.XLSM", None, ""),
    ("子/丙.xlsx", None, ""),
    ("~$甲.xlsx", LEFT, "锁定文件"),
    (".~lock.甲.xlsx#", LEFT, "锁定文件"),
    (".~甲.xlsx", LEFT, "锁定文件"),
    ("._甲.xlsx", LEFT, "系统文件"),
    (".DS_Store", LEFT, "系统文件"),
    ("子/Thumbs.db", LEFT, "系统文件"),
    ("丁.xls", CLOSED, "旧版 .xls"),
    ("丁.et", CLOSED, "WPS 的 .et"),
    ("丁.csv", CLOSED, "CSV"),
    ("丁.zip", CLOSED, "压缩包"),
    ("丁.docx", LEFT, "Word 文档"),
    ("丁.PDF", LEFT, "PDF"),
    ("丁", LEFT, "没有扩展名"),
    ("丁.abc", LEFT, ".abc 文件"),
]


@pytest.mark.parametrize(("name", "status", "said"), NAMES)
def test_by_name(name: str, status: Status | None, said: str, tmp_path: Path) -> None:
    path = tmp_path / "in" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    found = walk(tmp_path / "in", {})
    assert [s.file for s in found.submissions] == ([] if status else [name])
    others = (*found.others, *found.documents)
    assert [(o.file, o.status) for o in others] == ([(name, status)] if status else [])
    assert all(said in o.reason for o in others)


@pytest.mark.parametrize(
    ("name", "said"),
    [("丁", "没有扩展名的文件"), ("丁.xlsx.tmp", ".tmp 文件"), ("丁.docx", ""), ("丁.ofd", "")],
)
def test_a_workbook_that_has_lost_its_ending(name: str, said: str, tmp_path: Path) -> None:
    data = {"丁.ofd": b"PK\3\4 OFD.xml"}.get(name, b"PK\3\4 xl/workbook.xml")
    (tmp_path / name).write_bytes(data)
    found = walk(tmp_path, {})
    if not said:
        assert [o.file for o in found.documents] == [name]
        return
    (outcome,) = found.others
    assert outcome.ours and outcome.status is Status.UNREADABLE
    assert outcome.reason == f"是{' ' * name.endswith('tmp')}{said}，内容像是工作簿。请把扩展名改成 .xlsx，再运行一次。"


def test_by_what_it_is(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "in/结果"
    (folder / "a").mkdir(parents=True)
    (out / ".xltools").mkdir(parents=True)
    (folder / "旧/.xltools").mkdir(parents=True)
    (folder / "旧/x.xlsx").write_bytes(b"old")
    (out / "y.xlsx").write_bytes(b"new")
    (folder / "1.xlsx").write_bytes(b"one")
    (folder / "a/2.xlsx").write_bytes(b"one")
    (folder / "名单.xlsx").write_bytes(b"roster")
    (tmp_path / "outside.xlsx").write_bytes(b"outside")
    os.mkfifo(folder / "管道.xlsx")
    (folder / "出.xlsx").symlink_to(tmp_path / "outside.xlsx")
    (folder / "入.xlsx").symlink_to(folder / "1.xlsx")
    (folder / "断.xlsx").symlink_to(folder / "nowhere.xlsx")
    (folder / "a/圈").symlink_to(folder)
    (folder / "外").symlink_to("/")
    (folder / "夹.xlsx").mkdir()
    found = walk(folder, {out: "是结果文件夹", folder / "名单.xlsx": "是本次用的名单"})
    assert [s.file for s in found.submissions] == ["1.xlsx"]
    assert {o.file: o.reason for o in found.others if o.status is LEFT} == {
        "a/2.xlsx": "与“1.xlsx”完全相同，只算一份。",
        "a/圈": "是链接，指向的内容按原处处理。",
        "入.xlsx": "是链接，指向的内容按原处处理。",
        "出.xlsx": "是链接，指向收件文件夹之外。",
        "外": "是链接，指向收件文件夹之外。",
        "断.xlsx": "是失效的链接，或读取时已被移走。",
        "名单.xlsx": "是本次用的名单。",
        "旧/": "是以前的结果文件夹。",
        "管道.xlsx": "不是普通文件。",
        "结果/": "是结果文件夹。",
    }
    assert len(found.others) == 10


def test_what_is_too_large_or_cannot_be_read_is_not_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "大").touch()
    os.truncate(tmp_path / "大", 10**10)
    (tmp_path / "关").write_bytes(b"PK")

    def closed(path: Path) -> bytes:
        assert path.name == "关"
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", closed)
    assert [o.file for o in walk(tmp_path, {}).documents] == ["关", "大"]


def test_empty_files_are_no_copies_of_one_another(tmp_path: Path) -> None:
    for name in ("甲局.xlsx", "乙局.xlsx"):
        (tmp_path / name).touch()
    found = walk(tmp_path, {})
    assert [s.file for s in found.submissions] == ["乙局.xlsx", "甲局.xlsx"] and not found.others


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        file.truncate(10**10)
    assert [s.digest for s in walk(tmp_path, {}).submissions] == ["10000000000 bytes"]
