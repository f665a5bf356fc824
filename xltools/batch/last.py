"""Last year's reports, each at hand for its office (上年报告): what workers compare this year's with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from xltools import files
from xltools.batch import plain
from xltools.batch.collection import Before
from xltools.form import Ref
from xltools.names import key, office_code
from xltools.report import Number, Office, Report

_DATE = (1980, 1, 1, 0, 0, 0)


def keys(name: str, code: str) -> tuple[str, ...]:
    """Under what an office is looked for: its name, and where that fails its 机关代码."""
    return tuple(f"{kind} {at}" for kind, at in (("name", key(name)), ("code", office_code(code))) if at)


def keep(path: Path, years: Mapping[int, Mapping[str, Before]]) -> str:
    """Write down by year and by `keys` what offices reported; return a digest of it.

    Raises `CannotWrite`.
    """
    import zipfile

    out = BytesIO()
    entries = {_entry(year, at): before for year, known in years.items() for at, before in known.items()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, before in sorted(entries.items(), key=lambda entry: entry[0]):
            report = None if before.lack else joined(before.reports)
            archive.writestr(zipfile.ZipInfo(name, _DATE), json.dumps(report and plain.pack(report)))
    if not files.holds(path, out.getvalue()):
        files.write(path, out.getvalue(), force=True)
    return hashlib.sha256(out.getvalue()).hexdigest()


def find(path: Path, report: Report) -> Report | None:
    """Return last year's report of the office that filed this one, under its present name, if there is one."""
    import zipfile

    year = (report.year or 0) - 1
    with zipfile.ZipFile(path) as archive:
        for entry in (_entry(year, at) for at in keys(report.office.name, report.office.code)):
            if entry in archive.NameToInfo:
                found = json.loads(archive.read(entry))
                return replace(plain.unpack(found), office=report.office) if found else None
    return None


def joined(reports: Sequence[Report]) -> Report | None:
    """What the predecessors of an office (机构改革) reported together: numbers only; ``None`` of different forms."""
    if len(reports) < 2:
        return next(iter(reports), None)
    first = reports[0]
    if any(report.edition is not first.edition or report.year != first.year for report in reports):
        return None
    numbers: dict[Ref, Number] = {}
    for ref in first.edition.inputs:
        values = [report.value(ref) for report in reports]
        known: list[Number] = [value for value in values if value is not None]
        if len(known) == len(values):
            numbers[ref] = sum(known)
    return Report(Office(), first.year, first.edition, numbers)


def _entry(year: int, at: str) -> str:
    return hashlib.sha256(f"{year} {at}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
