"""Last year's reports, each at hand by the name of its office (上年报告): what workers compare this year's with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from xltools import files
from xltools.batch import plain
from xltools.form import Ref
from xltools.report import Number, Office, Report

_DATE = (1980, 1, 1, 0, 0, 0)


def keep(path: Path, reports: Mapping[str, Report]) -> str:
    """Write the reports down, each by every name that its office may file under now; return a digest of them.

    Raises `CannotWrite`.
    """
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for office, report in sorted(reports.items()):
            archive.writestr(zipfile.ZipInfo(_entry(office), _DATE), json.dumps(plain.pack(report)))
    if not files.holds(path, out.getvalue()):
        files.write(path, out.getvalue(), force=True)
    return hashlib.sha256(out.getvalue()).hexdigest()


def find(path: Path, report: Report) -> Report | None:
    """Return last year's report of the office that filed this one, under its present name, if there is one."""
    import zipfile

    with zipfile.ZipFile(path) as archive:
        if _entry(report.office.name) not in archive.NameToInfo:
            return None
        last = plain.unpack(json.loads(archive.read(_entry(report.office.name))))
    known = report.year is not None and last.year == report.year - 1
    return replace(last, office=report.office) if known else None


def joined(office: str, reports: Sequence[Report]) -> Report | None:
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
    return Report(Office(name=office), first.year, first.edition, numbers)


def _entry(office: str) -> str:
    return hashlib.sha256(office.strip().encode("utf-8", "surrogatepass")).hexdigest()[:32]
