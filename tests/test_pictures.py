"""The pictures of the documentation that need no mouse; with XLTOOLS_PICTURES they are kept there."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from tests.support.machine import need, pdf_pages, to_pdf
from tests.support.reports import FURONG
from tests.support.screen import keep
from xltools import interchange
from xltools.batch.collection import Adjustment, Collection
from xltools.batch.summary import build
from xltools.outputs import word

_TWICE = "同一件申请由教育局转民政局办理，两家都计入"


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


def test_summary(january: tuple[Path, Collection], tmp_path: Path) -> None:
    """Of 汇总.xlsx: the sum on the form itself, and what the office has typed into 调整数."""
    need("soffice", "pdftoppm", "pdftotext", "convert", "identify")
    typed = (Adjustment(f"requests.{row}.natural_person", -2, _TWICE, "李某") for row in ("received", "granted"))
    book = tmp_path / "汇总.xlsx"
    book.write_bytes(build(replace(january[1], adjustments=tuple(typed))))
    pages = pdf_pages(to_pdf(book, tmp_path))
    for name, title, says, part in (
        ("totals", "三、", "暂汇，未含4家", "90%"),
        ("adjustments", "调整数", _TWICE, "24%"),
    ):
        number = next(i for i, text in enumerate(pages, start=1) if text.lstrip().startswith(title))
        assert says in pages[number - 1]
        picture = tmp_path / f"{name}.png"
        one = ["-r", "110", "-f", str(number), "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *one, str(book.with_suffix(".pdf")), str(picture.with_suffix(""))], check=True)
        cut = ["-crop", f"100%x{part}+0+0", "+repage", "-trim", "+repage", "-bordercolor", "white", "-border", "8"]
        subprocess.run(["convert", str(picture), *cut, str(picture)], check=True)
        keep(picture)
