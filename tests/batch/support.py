"""Folders of submissions for tests: a workbook is built once and stamped with the name of each office."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from tests.support.reports import EDITIONS, balanced, random_report, ref, zero
from xltools.batch.collect import Order, collect
from xltools.batch.collection import Collection, Outcome
from xltools.batch.columns import COLUMNS
from xltools.report import Report
from xltools.workbook.build import build

EDITION = EDITIONS[-1]
COUNTED = ref("art20_6.penalties.decisions")
"""The cell in which an office has a number of its own, where a test wants to tell them apart."""
_STAMP, _DATE, _NUMBER = "某某单位", "某年某月某日", 9_876_543
KINDS: Mapping[str, Report] = {
    "zero": zero(EDITION),
    "balanced": balanced(EDITION, 4),
    "faulty": random_report(EDITION, 2),
    "old": zero(EDITIONS[0]),
}


def office(kind: str, name: str, year: int = 2025, date: str = "", number: int | None = None) -> Report:
    """A report of one of the `KINDS`."""
    base = KINDS[kind]
    year = year if year in base.edition.years else base.edition.years[0]
    numbers = base.numbers if number is None else {**base.numbers, COUNTED: number}
    return replace(base, office=replace(base.office, name=name, title_name="", date=date), year=year, numbers=numbers)


def book(
    kind: str, name: str, year: int = 2025, date: str = "", number: int | None = None, *, macros: bool = False
) -> bytes:
    """The workbook of such a report."""
    parts = dict(_parts(kind, year, number is not None, macros))
    strings = parts["xl/sharedStrings.xml"].decode()
    parts["xl/sharedStrings.xml"] = strings.replace(_STAMP, name).replace(_DATE, date).encode()
    if number is not None:
        parts = {part: data.replace(b"<v>%d</v>" % _NUMBER, b"<v>%d</v>" % number) for part, data in parts.items()}
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part), data, zipfile.ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()


def unpacked(package: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def _parts(kind: str, year: int, numbered: bool, macros: bool) -> dict[str, bytes]:
    return unpacked(build(office(kind, _STAMP, year, _DATE, _NUMBER if numbered else None), macros=macros))


def send(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def roster(path: Path, *lines: Mapping[str, Any], head: Mapping[str, Any] | None = None) -> Path:
    """A roster with the columns of the empty one, or with those of ``head``; 单位全称 alone is enough of a line."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    columns = [name for name, *_ in COLUMNS]
    sheet.append([*(item for pair in (head or {}).items() for item in pair)])
    sheet.append(columns)
    for line in lines:
        sheet.append([line.get(name) for name in columns])
    workbook.save(path)
    return path


def run(folder: Path, out: Path, **more: Any) -> Collection:
    """A run in this process, its work in others."""
    faults: list[str] = []
    collection = collect(Order(folder, out, **more), lambda *_: None, faults.append)
    assert not faults
    return collection


def tree(out: Path) -> dict[str, bytes]:
    """Everything in a folder."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def statuses(collection: Collection) -> dict[str, str]:
    return {outcome.file: str(outcome.status) for outcome in collection.outcomes}


def outcome(collection: Collection, file: str) -> Outcome:
    return next(outcome for outcome in collection.outcomes if outcome.file == file)
