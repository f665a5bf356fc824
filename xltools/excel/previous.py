"""Looking for last year's report beside this year's workbook (查找上年工作簿)."""

from __future__ import annotations

from pathlib import Path

from xltools.errors import XltoolsError
from xltools.files import load
from xltools.report import Report

_SUFFIXES = (".xlsx", ".xlsm", ".json")
_MOST = 60
"""Files that are looked into; a folder with more is no clerk's."""


class NoPrevious(XltoolsError):
    """There is no report on the year before in the folder."""

    code = "NO_PREVIOUS"


def find(report: Report, folder: Path, name: str) -> list[Report]:
    """Return the reports on the year before in a folder, those of the same office first; raises `NoPrevious`.

    ``name`` is the workbook itself. Files that are no reports are passed over.
    """
    if report.year is None:
        raise NoPrevious("封面的年度还没有填，不知道上年是哪一年。请先填写年度。")
    found = []
    for path in sorted(folder.iterdir())[:_MOST]:
        if path.suffix.lower() in _SUFFIXES and path.name != name and not path.name.startswith(("~$", ".")):
            try:
                other = load(path)
            except XltoolsError:
                continue
            if other.year == report.year - 1:
                found.append(other)
    if not found:
        raise NoPrevious(
            f"本文件夹里没有 {report.year - 1} 年度的填报工作簿。请把上年的工作簿复制到“{folder}”，再点“导入上年数据”。"
        )
    return sorted(found, key=lambda other: other.office.name != report.office.name)
