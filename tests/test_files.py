"""Results beside the workbook: never over what somebody has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltools.errors import CannotWrite
from xltools.files import beside


def ours(path: Path) -> bool:
    return path.read_bytes().startswith(b"ours")


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

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(CannotWrite, match="写不进去"):
        beside(tmp_path, "年报", ".docx", b"ours", ours)
    assert list(tmp_path.iterdir()) == []
