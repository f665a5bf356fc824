"""Looking for last year's report beside this year's workbook (查找上年工作簿)."""

from __future__ import annotations

from pathlib import Path

from xltools.errors import XltoolsError
from xltools.files import load
from xltools.report import Report

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


def _candidates(folder: Path, name: str) -> list[Path]:
    """What may be a report; the workbook itself and what programs leave behind are not."""
    wanted = (path for path in sorted(folder.iterdir()) if path.suffix.lower() in _SUFFIXES and path.name != name)
    return [path for path in wanted if not path.name.startswith(("~$", "."))][:_MOST]
