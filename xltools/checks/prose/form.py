"""The cells that a word of the prose stands for (词与格的对应)."""

from __future__ import annotations

from functools import cache

from xltools.checks.prose.claims import Cells
from xltools.form import Edition, Ref

Rows = tuple[str, ...]

RECEIVED: Rows = ("received",)
DEALT_WITH: Rows = ("received", "carried_in")
CLOSED: Rows = ("outcome_total",)
CARRIED_IN: Rows = ("carried_in",)
CARRIED_OUT: Rows = ("carried_out",)
GRANTED: Rows = ("granted",)
GRANTED_AT_ALL: Rows = ("granted", "partly_granted")
OTHERWISE: Rows = ("not_corrected", "fee_unpaid", "closed_otherwise")
LAW_FIRMS = ("legal_service",)
LITIGATION = ("direct", "after_reconsideration")


@cache
def requests(rows: Rows, columns: Rows = ("total",)) -> Cells:
    """Cells of 表三."""
    return tuple(Ref("requests", row, column) for row in rows for column in columns)


@cache
def cases(stages: Rows, verdicts: Rows = ("total",)) -> Cells:
    """Cells of 表四."""
    return tuple(Ref("cases", "cases", f"{stage}_{verdict}") for stage in stages for verdict in verdicts)


_DOCUMENTS = {
    "make": ("issued", "made"),
    "publish": ("issued", "in_force", "made", "newly_published", "published"),
    "repeal": ("repealed",),
    "in_force": ("in_force", "published"),
}
"""What was done with a document, and the columns in which the editions count it."""


def documents(edition: Edition, row: str, done: str) -> tuple[Cells, ...]:
    """The readings of a number of 规章 or 规范性文件, each one cell of 表二."""
    columns = edition.tables["art20_1"].column
    return tuple((Ref("art20_1", row, column),) for column in _DOCUMENTS[done] if column in columns)


def without_otherwise(edition: Edition) -> Cells:
    """All outcomes but （六）: some offices do not call those answered."""
    headings = next(top for top in edition.tables["requests"].rows if top.id == "outcome").children
    rows = [leaf.id for top in headings if top.id != "otherwise" and not top.total for leaf in top.leaves()]
    return requests(tuple(rows))
