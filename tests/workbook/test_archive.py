"""What zip programs write is read as they do; that nothing else is, is for the hostile cases to show."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random
from typing import Any

import pytest

from xltools.workbook.archive import Damaged, entries, inflated, packed, pieces

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
    assert {entry.name: inflated(packed(data, entry)) for entry in entries(data)} == FILES


def one() -> bytes:
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("c.xml", FILES["folder/c.xml"])
    return out.getvalue()


@pytest.mark.parametrize("said", [0, 100, 60_000, 90_006, 90_008, 10**6])
def test_no_more_is_inflated_than_the_file_says(said: int) -> None:
    (entry,) = entries(one())
    lying, found = packed(one(), entry)._replace(size=said), 0
    with pytest.raises(Damaged):
        inflated(lying)
    with pytest.raises(Damaged):
        for piece in pieces(lying, 1000):
            found += len(piece)
            assert found <= said


def test_what_workbooks_have_alike_is_kept_once() -> None:
    first, again = (packed(data, entry) for data in (small(), small()) for entry in entries(data))
    assert first.data is not again.data
    assert inflated(first) is inflated(again)


def small() -> bytes:
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", FILES["a.xml"])
    return out.getvalue()


@pytest.mark.parametrize("place", range(0, len(one()), 3))
def test_no_byte_but_of_times_and_rights_can_change(place: int) -> None:
    data = bytearray(one())
    data[place] ^= 0x10
    try:
        (entry,) = entries(bytes(data))
        assert (entry.name, inflated(packed(bytes(data), entry))) == ("c.xml", FILES["folder/c.xml"])
    except Damaged:
        return
    before, after = zipfile.ZipFile(BytesIO(one())).infolist()[0], zipfile.ZipFile(BytesIO(data)).infolist()[0]
    said = ("filename", "CRC", "file_size", "compress_size", "header_offset", "compress_type")
    assert [getattr(before, name) for name in said] == [getattr(after, name) for name in said]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\5\6", b"no zip at all" * 10])
def test_what_is_no_zip(data: bytes) -> None:
    with pytest.raises(Damaged):
        entries(data)
