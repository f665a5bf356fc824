"""What the charts show: statuses, the offices with most requests, and what became of requests (图表数据)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xltools.batch.collection import Collection, Status
from xltools.batch.consolidate import countable, summed
from xltools.batch.summary.filing import LIGHTS, Line
from xltools.form import Edition, Ref
from xltools.report import Number

TOP = 15


def statuses(lines: tuple[Line, ...]) -> tuple[tuple[str, int, str], ...]:
    """How many lines have each status, in the order of `Status`; its colour is red where any of them is."""
    count, urgent = Counter(line.status for line in lines), {line.status for line in lines if line.light == "red"}
    colours = {status: "red" if status in urgent else colour for status, colour in LIGHTS.items()}
    return tuple((str(status), count[status], colours[status]) for status in Status if count[status])


def received(edition: Edition) -> Ref:
    """新收, of all applicants: the first row of 表三, last column."""
    table = edition.tables["requests"]
    return Ref(table.id, next(iter(table.row)), list(table.column)[-1])


def busiest(collection: Collection) -> tuple[tuple[str, Number], ...]:
    """The offices with most requests, most first; those without any are left out."""
    ref, found = received(collection.edition), []
    for outcome in summed(collection):
        value = outcome.report.value(ref) if outcome.report else None
        if value is not None and value > 0 and countable(value):
            found.append((outcome.office, value))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:TOP])


def results(edition: Edition) -> Iterator[tuple[str, tuple[Ref, ...]]]:
    """Each group of 办理结果 with its cells in the last column."""
    table = edition.tables["requests"]
    column = list(table.column)[-1]
    for top in table.rows:
        if any(child.total for child in top.children):
            for child in top.children:
                if not child.total:
                    yield child.name, tuple(Ref(table.id, leaf.id, column) for leaf in child.leaves())
