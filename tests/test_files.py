"""Results beside the workbook: never over what somebody has changed."""

from __future__ import annotations

import errno
import os
import sys
import time
from pathlib import Path

import pytest

from xltools.errors import CannotWrite
from xltools.files import beside, cannot_write, destination, file_name, one_line, write


def ours(path: Path) -> bool:
    return path.read_bytes().startswith(b"ours")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("芙蓉镇2025年年报", "芙蓉镇2025年年报"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("a\nb\x00c\x7fd\x85e\ud800f", "a_b_c_d_e_f"),
        ("年报\u202excod\u200b", "年报_xcod_"),
        ("..年报. .", "年报"),
        (" . ", "报告"),
        ("con", "_con"),
        ("AUX.局", "_AUX.局"),
        ("COM¹", "_COM¹"),
        ("LPT0", "_LPT0"),
        ("NUL .a", "_NUL .a"),
        ("CONIN$", "_CONIN$"),
        ("CONTRA", "CONTRA"),
        ("长" * 300 + "2025年年报（草稿）", "长" * 51 + "2025年年报（草稿）"),
    ],
)
def test_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title, ".docx") == f"{name}.docx"
    assert len(file_name(title, "(12).docx").encode()) <= 200


def test_what_cannot_be_seen_is_shown() -> None:
    assert one_line("甲　局\n\x1b[2K\u202e\ufeff\ud800 🙂\u2028") == "甲　局??[2K??? 🙂?"


def test_the_first_takes_the_title(tmp_path: Path) -> None:
    assert beside(tmp_path, "年报", ".docx", b"ours 1", ours).name == "年报.docx"


def test_what_nobody_changed_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "年报.docx").write_bytes(b"ours 1")
    assert beside(tmp_path, "年报", ".docx", b"ours 2", ours).read_bytes() == b"ours 2"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_was_edited_stays_and_the_new_one_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "年报.docx").write_bytes(b"edited")
    (tmp_path / "年报(2).docx").write_bytes(b"edited too")
    assert beside(tmp_path, "年报", ".docx", b"ours", ours).name == "年报(3).docx"
    assert (tmp_path / "年报.docx").read_bytes() == b"edited"
    assert beside(tmp_path, "年报", ".docx", b"ours again", ours).name == "年报(3).docx"


def test_the_same_content_is_not_written_twice(tmp_path: Path) -> None:
    (tmp_path / "年报.docx").write_bytes(b"same")
    before = (tmp_path / "年报.docx").stat().st_mtime_ns
    assert beside(tmp_path, "年报", ".docx", b"same", ours).name == "年报.docx"
    assert (tmp_path / "年报.docx").stat().st_mtime_ns == before


def test_the_mark_of_an_open_document_may_be_of_either_of_two(tmp_path: Path) -> None:
    """Word puts its mark over the first two characters of a long name: nobody can tell whose it is."""
    for name in ("城关镇政府年报.docx", "东关镇政府年报.docx", "~$镇政府年报.docx"):
        (tmp_path / name).write_bytes(b"ours 1")
    assert beside(tmp_path, "东关镇政府年报", ".docx", b"new", ours).read_bytes() == b"new"
    (tmp_path / "城关镇政府年报.docx").unlink()
    with pytest.raises(CannotWrite, match="正打开着"):
        beside(tmp_path, "东关镇政府年报", ".docx", b"ours 3", lambda path: True)


@pytest.mark.parametrize(
    "owner", ["~$政府年报.docx", "~$府年报.docx", "~$年报.docx", ".~政府年报.docx", ".~lock.政府年报.docx#"]
)
def test_an_open_document_is_left_alone(owner: str, tmp_path: Path) -> None:
    (tmp_path / "政府年报.docx").write_bytes(b"ours 1")
    (tmp_path / owner).touch()
    with pytest.raises(CannotWrite, match=r"“政府年报\.docx”正打开着，没有更新。请先关闭它，再生成一次。"):
        beside(tmp_path, "政府年报", ".docx", b"ours 2", ours)
    assert (tmp_path / "政府年报.docx").read_bytes() == b"ours 1"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CannotWrite, match="写不进去"):
        beside(tmp_path, "年报", ".docx", b"ours", ours)
    assert list(tmp_path.iterdir()) == []


FAULTS: list[tuple[OSError, str]] = [
    (OSError(errno.ENOSPC, "x"), "磁盘已满。请清理磁盘后再试。"),
    (OSError(errno.EDQUOT, "x"), "磁盘已满。请清理磁盘后再试。"),
    (OSError(errno.EIO, "x"), "磁盘读写出错。请检查磁盘、U 盘或网络，换一个位置再试。"),
    (OSError(errno.ESTALE, "x"), "共享文件夹或磁盘连不上了。请恢复连接后再试。"),
    (OSError(errno.EROFS, "x"), "磁盘是只读的。请换一个有写入权限的文件夹。"),
    (OSError(errno.EFBIG, "x"), "超过了允许的文件大小。请换一个磁盘，或请管理员放宽限制。"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=[errno.errorcode[fault.errno or 0] for fault, _ in FAULTS])
def test_what_the_disk_says(fault: OSError, said: str) -> None:
    assert str(cannot_write(Path("年报.docx"), fault)) == f"“年报.docx”写不进去，{said}"


def test_what_windows_says_of_a_share_that_is_gone() -> None:
    fault = OSError(errno.ENOENT, "x")
    fault.winerror = 53  # type: ignore[attr-defined]  # as Windows has it
    assert "连不上了" in str(cannot_write(Path("年报.docx"), fault))


def test_what_reads_back_otherwise_never_gets_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.docx", b"before")
    monkeypatch.setattr(Path, "read_bytes", lambda _: b"something else")
    with pytest.raises(CannotWrite, match="磁盘读写出错"):
        write(tmp_path / "a.docx", b"after", force=True)
    monkeypatch.undo()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_file_that_windows_has_open_for_a_moment(times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, replace = [], Path.replace

    def busy(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) <= times:
            raise PermissionError
        return replace(path, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(Path, "replace", busy)
    if times < 3:
        write(tmp_path / "a.docx", b"a")
        assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    else:
        with pytest.raises(CannotWrite, match="请关闭正在使用它的程序"):
            write(tmp_path / "a.docx", b"a")
        assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_has_left_goes_once_it_is_old(tmp_path: Path) -> None:
    old, new = tmp_path / ".xltools-1.part", tmp_path / ".xltools-2.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    assert destination(tmp_path, "年报", ".docx", tmp_path).name == "年报.docx"
    assert [path.name for path in tmp_path.iterdir()] == [new.name]
