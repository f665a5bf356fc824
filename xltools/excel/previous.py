"""Looking for last year's report beside this year's workbook (查找上年工作簿)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from xltools.checks.organ import same
from xltools.errors import XltoolsError
from xltools.files import load
from xltools.report import Report

_FEW = 8
"""Files that are looked into without being asked, as at every validation."""
_SUFFIXES = (".xlsx", ".xlsm", ".json")
_MOST, _NAMED = 60, 5
"""Files that are looked into, and files that are asked about or named."""


class NoPrevious(XltoolsError):
    """There is no report on the year before in the folder."""

    code = "NO_PREVIOUS"


def find(report: Report, folder: Path, name: str) -> list[Report]:
    """Return the reports on the year before in a folder, those of the same office first; raises `NoPrevious`.

    ``name`` is the workbook itself. Files that are no reports are passed over.
    """
    if report.year is None:
        raise NoPrevious("封面的年度还没有填，不知道上年是哪一年。请先填写年度。")
    found, unread = [], []
    for path in _candidates(folder, name):
        try:
            other = load(path)
        except XltoolsError:
            unread.append(path.name)
            continue
        if other.year == report.year - 1:
            found.append(other)
    mine = [other for other in found if other.office.name == report.office.name] or found
    if not mine:
        also = f"（“{'”“'.join(unread[:_NAMED])}”打不开或不是填报工作簿）" if unread else ""
        raise NoPrevious(
            f"本文件夹里没有 {report.year - 1} 年度的填报工作簿{also}。"
            f"请把上年的工作簿复制到“{folder}”，再点“导入上年数据”。"
        )
    if len(mine) > _NAMED:
        raise NoPrevious(f"本文件夹里有 {len(mine)} 个上年的工作簿，不知是哪一个。请只留本单位的一个，再试一次。")
    return mine


def at_hand(report: Report, folder: Path | None, name: str) -> Report:
    """Return the report with last year's, if it lies beside its workbook, and with today: for the checks."""
    previous = _silently(report, report.year - 1, folder, name) if folder and report.year else None
    return replace(report, previous=previous, today=dt.date.today())


def _silently(report: Report, year: int, folder: Path, name: str) -> Report | None:
    """Last year's report of the same office, if a look at a few files of a folder finds just one.

    Files whose name has the year come first; whatever is wrong with a file is its own matter.
    """
    found: list[Report] = []
    for path in sorted(_candidates(folder, name), key=lambda path: str(year) not in path.name)[:_FEW]:
        try:
            other = load(path)
        except (XltoolsError, OSError):
            continue
        if other.year == year and same(report.office, other.office):
            found.append(other)
    return found[0] if found and all(_alike(found[0], other) for other in found) else None


def _alike(one: Report, other: Report) -> bool:
    """Whether two files hold the same report, as a workbook and its export do."""
    return all(one.value(ref) == other.value(ref) for ref in one.edition.refs) and one.narrative == other.narrative


def _candidates(folder: Path, name: str) -> list[Path]:
    """What may be a report; the workbook itself and what programs leave behind are not."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    wanted = (path for path in paths if path.suffix.lower() in _SUFFIXES and path.name != name)
    return [path for path in wanted if not path.name.startswith(("~$", "."))][:_MOST]
