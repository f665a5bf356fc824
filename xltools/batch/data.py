"""The outcome for programs: findings.json and data.json (机器可读的结果)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from xltools import interchange
from xltools.batch.collection import Collection, Outcome, Status
from xltools.batch.judge import exempt


def findings(collection: Collection) -> dict[str, Any]:
    """Every file and every office of the roster with what became of it, findings as in ``--json``."""
    return {
        "year": collection.year,
        "edition": collection.edition.id,
        "collector": collection.name,
        "counts": _counts(collection),
        "notices": list(collection.notices),
        "files": [_file(outcome) for outcome in collection.outcomes],
        "missing": [member.name for member in collection.missing],
        "exempt": [member.name for member in exempt(collection)],
    }


def reports(collection: Collection) -> dict[str, Any]:
    """The reports that count, in the interchange form; each is made when it is asked for."""
    return {
        "year": collection.year,
        "edition": collection.edition.id,
        "collector": collection.name,
        "reports": (
            {"office": o.office, "file": o.file, "report": interchange.plain(o.report)}
            for o in collection.filed
            if o.report
        ),
    }


def dump(content: Mapping[str, Any]) -> bytes:
    """UTF-8, one line for each entry of a list; half a character, which that cannot hold, as its escape."""
    out = BytesIO()
    out.writelines(piece.encode("utf-8", "backslashreplace") for piece in _pieces(content))
    return out.getvalue()


def _pieces(content: Mapping[str, Any]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode  # the quick one, which knows no indentation
    for i, (name, value) in enumerate(content.items()):
        yield f"{',' if i else '{'}\n{encode(name)}: "
        if isinstance(value, list | Iterator):
            mark = "["
            for entry in value:
                yield f"{mark}\n{encode(entry)}"
                mark = ","
            yield "\n]" if mark == "," else "[]"
        else:
            yield encode(value)
    yield "\n}\n"


def _counts(collection: Collection) -> dict[str, int]:
    counts = {status.value: 0 for status in Status}
    for outcome in collection.outcomes:
        counts[outcome.status] += 1
    return {**counts, Status.MISSING: len(collection.missing), Status.EXEMPT: len(exempt(collection))}


def _file(outcome: Outcome) -> dict[str, Any]:
    report = outcome.report
    return {
        "file": outcome.file,
        "status": outcome.status,
        "reason": outcome.reason,
        "office": outcome.office,
        "year": report.year if report else None,
        "edition": report.edition.id if report else None,
        "late": outcome.late,
        "outputs": dict(outcome.outputs),
        "findings": list(outcome.findings),
    }
