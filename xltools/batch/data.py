"""The outcome for programs: findings.json and data.json (机器可读的结果)."""

from __future__ import annotations

import json
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
        "files": [_file(outcome) for outcome in collection.outcomes],
        "missing": [member.name for member in collection.missing],
        "exempt": [member.name for member in exempt(collection)],
    }


def reports(collection: Collection) -> dict[str, Any]:
    """The reports that count, in the interchange form."""
    return {
        "year": collection.year,
        "edition": collection.edition.id,
        "collector": collection.name,
        "reports": [
            {"office": o.office, "file": o.file, "report": json.loads(interchange.dumps(o.report))}
            for o in collection.filed
            if o.report
        ],
    }


def dump(content: object) -> bytes:
    """UTF-8; half a character, which that cannot hold, as its escape."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


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
