"""From a file to the parts that docxtpl sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.templates import DOCUMENT, packed, shipped, started, unpacked
from tests.support.machine import to_docx
from tests.support.reports import EDITIONS, random_report
from xltools.errors import WrongWordTemplate
from xltools.outputs import word, wordfile


def test_what_was_looked_at_is_what_is_read() -> None:
    """Neither comments nor instructions to programs nor sections of characters are left."""
    found = unpacked(
        wordfile.checked(started("<w:p><!-- {{ year --><?run this?><w:r><w:t><![CDATA[<甲>]]></w:t></w:r></w:p>"))
    )
    assert "<w:p><w:r><w:t>&lt;甲&gt;</w:t></w:r></w:p>" in found[DOCUMENT].decode()
    assert found.keys() == shipped().keys()


def test_a_picture_stays_as_it_is() -> None:
    picture = bytes(range(256))
    assert unpacked(wordfile.checked(packed({**shipped(), "word/media/a.png": picture})))["word/media/a.png"] == picture


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with path.open("wb") as file:
        file.truncate(wordfile.LIMIT + 1)
    with pytest.raises(WrongWordTemplate, match="大于 20 MB"):
        wordfile.read(path)


def test_our_template_saved_by_libreoffice(tmp_path: Path) -> None:
    for edition, name in zip(EDITIONS, ("2019/report.docx", "report.docx"), strict=True):
        saved = to_docx(Path(__file__).parents[2] / "templates" / name, tmp_path / edition.id)
        assert word.render(random_report(edition, 1), template=saved)
