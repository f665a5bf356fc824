"""A report as plain data and back, nothing lost: what is kept between runs and passed between processes (中间数据)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from sys import intern
from typing import Any

from xltools import editions
from xltools.form import Ref
from xltools.report import OFFICE_FIELDS, Number, Office, Report, Stray, Way

_HALF = re.compile("[\ud800-\udfff]")


def pack(report: Report) -> dict[str, Any]:
    """The report as JSON can hold it: numbers in the order of the form; money is a string, which none of them is."""
    numbers = map(report.numbers.get, report.edition.refs)
    return {
        "edition": report.edition.id,
        "office": {name: getattr(report.office, name) for name in OFFICE_FIELDS},
        "year": report.year,
        "year_text": report.year_text,
        "numbers": [n if n is None or isinstance(n, int) else str(n) for n in numbers],
        "texts": {str(ref): text for ref, text in report.texts.items()},
        "formulas": {str(ref): text for ref, text in report.formulas.items()},
        "overwritten": sorted(map(str, report.overwritten)),
        "misfits": {
            id: [[row, isinstance(found, str), str(found)] for row, found in rows]
            for id, rows in report.misfits.items()
        },
        "narrative": dict(report.narrative),
        "notes": dict(report.notes),
        "strays": [list(stray) for stray in report.strays],
        "zero_filled": sorted(report.zero_filled),
        "origin": report.origin,
    }


def unpack(data: Mapping[str, Any]) -> Report:
    """The report that was packed."""
    edition, refs = editions.get(data["edition"]), _refs(data["edition"])
    numbers = zip(edition.refs, data["numbers"], strict=True)
    return Report(
        edition=edition,
        office=Office(**data["office"]),
        numbers={ref: Decimal(n) if isinstance(n, str) else n for ref, n in numbers if n is not None},
        texts={refs[at]: text for at, text in data["texts"].items()},
        formulas={refs[at]: text for at, text in data["formulas"].items()},
        overwritten=frozenset(refs[at] for at in data["overwritten"]),
        misfits={
            id: tuple((row, found if text else _plain_number(found)) for row, text, found in rows)
            for id, rows in data["misfits"].items()
        },
        strays=tuple(Stray(Way(way), *where) for way, *where in data["strays"]),
        zero_filled=frozenset(data["zero_filled"]),
        **{same: data[same] for same in ("year", "year_text", "narrative", "notes", "origin")},
    )


def whole(report: Report) -> Report:
    """The report without half characters (lone surrogates), which no file can hold."""
    data = pack(report)
    cleaned = _cleaned(data)
    return report if cleaned == data else unpack(cleaned)


def shared(data: Any) -> Any:
    """The same data with equal texts kept once: most of what findings say comes again and again."""
    if isinstance(data, dict):
        return {key: shared(value) for key, value in data.items()}
    if isinstance(data, list):
        return [shared(value) for value in data]
    return intern(data) if isinstance(data, str) else data


def _cleaned(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _cleaned(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_cleaned(value) for value in data]
    return _HALF.sub("", data) if isinstance(data, str) else data


@cache
def _refs(edition: str) -> Mapping[str, Ref]:
    """The addresses of an edition: all reports share them."""
    return {id: ref for ref, id in editions.get(edition).ids.items()}


def _plain_number(text: str) -> Number:
    return int(text) if text.lstrip("-").isdigit() else Decimal(text)
