"""The pictures of the documentation that need no mouse; with XLTOOLS_PICTURES they are kept there."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.support.machine import need, to_pdf
from tests.support.reports import FURONG
from tests.support.screen import keep
from xltools import interchange
from xltools.outputs import word


def test_pages(tmp_path: Path) -> None:
    """The Word report of the seed: its first page and the page of 表三, side by side."""
    need("soffice", "pdftoppm", "convert", "identify")
    document = tmp_path / "report.docx"
    document.write_bytes(word.render(interchange.load(FURONG)))
    pdf = to_pdf(document, tmp_path)
    subprocess.run(["pdftoppm", "-r", "55", "-png", str(pdf), str(tmp_path / "page")], check=True)
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) >= 4
    framed = ["-bordercolor", "#999999", "-border", "1", "-bordercolor", "#e8e8e8", "-border", "8"]
    subprocess.run(["convert", *map(str, pages[:4]), *framed, "+append", str(tmp_path / "word.png")], check=True)
    keep(tmp_path / "word.png")
