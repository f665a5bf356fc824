"""Fill the Word template with a report (生成 Word 报告). What was typed is what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xltools.outputs.compiled import shipped
from xltools.outputs.context import context
from xltools.report import Report
from xltools.text import printable

DRAFT, REVIEW = "草稿", "送审稿"


def render(
    report: Report,
    *,
    template: Path | None = None,
    draft: bool = False,
    submission: bool = False,
    answers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the report as .docx: 公布版, or with ``submission`` the 报送版; ``answers`` to 提醒 are annexed to it.

    ``template`` is a Word template edited by the office; raises `WrongWordTemplate` if it cannot be filled.
    The same report and template give the same bytes.
    """
    words = context(report, mark=DRAFT if draft else "", submission=submission, answers=answers)
    title = printable(report.title)[:255]
    if template:
        from xltools.outputs import wordtemplate

        return wordtemplate.fill(template, report.edition, words, title)
    return shipped(report.edition).render(words, title)
