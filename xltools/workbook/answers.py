"""What the office wrote under 情况说明 beside the findings of its last validation (情况说明)."""

from __future__ import annotations

from xltools.editions.shared import FINDINGS
from xltools.workbook.file import FileBook
from xltools.workbook.worklist import FIRST, ROWS, Column

_KEY = (Column.RULE, Column.SHEET, Column.ADDRESS, Column.PROBLEM)


def answers(book: FileBook) -> dict[tuple[str, ...], str]:
    """Return the answers by `Line.key`: one whose figures have changed since belongs to no finding any more."""
    if FINDINGS not in book.sheets() or not book.holds(FINDINGS, Column.ANSWER, FIRST):
        return {}
    rows = book.block(FINDINGS, FIRST + ROWS, Column.ADDRESS + 1)[FIRST:]
    said = {tuple(str(row[c].value or "") for c in _KEY): str(row[Column.ANSWER].value or "").strip() for row in rows}
    return {key: answer for key, answer in said.items() if answer}
