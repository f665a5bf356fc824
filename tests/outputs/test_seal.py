"""A report of ours is told from one that somebody has edited, whatever was edited."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document

from tests.support.reports import EDITIONS, zero
from xltools.outputs import word
from xltools.outputs.seal import untouched
from xltools.outputs.wordparts import pack


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    path.write_bytes(word.render(zero(EDITIONS[-1])))
    return path


def test_as_written(report: Path) -> None:
    assert untouched(report)


def test_saved_by_another_program(report: Path) -> None:
    document = Document(str(report))
    document.paragraphs[0].add_run("改")
    document.save(str(report))
    assert not untouched(report)


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml", "docProps/core.xml"])
def test_one_byte_of_any_part(part: str, report: Path) -> None:
    with zipfile.ZipFile(report) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    report.write_bytes(pack({**parts, part: parts[part].replace(b"</", b" </", 1)}))
    assert not untouched(report)
    report.write_bytes(pack(parts))
    assert untouched(report)


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_what_is_no_document(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    path.write_bytes(data)
    assert not untouched(path)
    assert not untouched(tmp_path / "missing.docx")
