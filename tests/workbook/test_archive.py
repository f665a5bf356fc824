"""What zip programs write is read as they do; that nothing else is, is for the hostile cases to show."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random
from typing import Any

import pytest

from xltools.workbook.archive import Beyond, Damaged, entries, inflated

FILES = {"a.xml": b"<a/>", "folder/b.bin": Random(1).randbytes(5000), "folder/c.xml": b"<c>" + b" " * 90_000 + b"</c>"}


class Stream(BytesIO):
    """A file that cannot go back: sizes come after the data."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: Any) -> int:
        raise OSError


@pytest.mark.parametrize("file", [BytesIO, Stream])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_as_zipfile_writes_it(file: type[BytesIO], method: int) -> None:
    with zipfile.ZipFile(out := file(), "w", method) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    data = out.getvalue()
    assert {entry.name: inflated(data, entry, 10**6) for entry in entries(data)} == FILES


def packed() -> bytes:
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.xml", FILES["folder/c.xml"])
    return out.getvalue()


def test_what_is_inflated_is_counted() -> None:
    (entry,) = entries(packed())
    with pytest.raises(Beyond):
        inflated(packed(), entry, 90_000)


@pytest.mark.parametrize("place", range(0, len(packed()), 3))
def test_no_byte_but_of_times_and_rights_can_change(place: int) -> None:
    data = bytearray(packed())
    data[place] ^= 0x10
    try:
        (entry,) = entries(bytes(data))
        assert (entry.name, inflated(bytes(data), entry, 10**6)) == ("c.xml", FILES["folder/c.xml"])
    except Damaged:
        return
    before, after = zipfile.ZipFile(BytesIO(packed())).infolist()[0], zipfile.ZipFile(BytesIO(data)).infolist()[0]
    said = ("filename", "CRC", "file_size", "compress_size", "header_offset", "compress_type")
    assert [getattr(before, name) for name in said] == [getattr(after, name) for name in said]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6", b"no zip at all" * 10])
def test_what_is_no_zip(data: bytes) -> None:
    with pytest.raises(Damaged):
        entries(data)
