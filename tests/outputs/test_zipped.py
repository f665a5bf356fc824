"""Zips are taken by zipfile and by our own strict reader, constant parts first."""

from __future__ import annotations

import zipfile
from io import BytesIO

from xltools.outputs.zipped import Zip
from xltools.workbook.archive import entries, inflated, packed

CONSTANT = {"[Content_Types].xml": b"<Types/>", "word/styles.xml": b"<w:styles/>" * 1000}
CHANGED = {"word/document.xml": "<正文/>".encode() * 500, "word/页眉.xml": b""}


def test_what_is_put_in_comes_out() -> None:
    in_pieces = {name: iter([data[:7], data[7:]]) for name, data in CHANGED.items()}
    data = Zip().with_parts(CONSTANT).with_parts(in_pieces, quick=True).file()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {**CONSTANT, **CHANGED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.name: inflated(packed(data, entry)) for entry in entries(data)} == {**CONSTANT, **CHANGED}


def test_one_zip_serves_many() -> None:
    constant = Zip().with_parts(CONSTANT)
    first, second = (constant.with_parts({"word/document.xml": words}).file() for words in (b"<a/>", b"<b/>"))
    assert first != second
    assert constant.with_parts({"word/document.xml": b"<a/>"}).file() == first
