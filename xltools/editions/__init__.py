"""The promulgated formats of the annual report, each said once (各版年度报告格式)."""

from xltools.editions import y2019, y2021
from xltools.errors import UnknownEdition, WrongTemplate
from xltools.form import Edition

_EDITIONS = {edition.id: edition for edition in (y2019.EDITION, y2021.EDITION)}


def all() -> tuple[Edition, ...]:
    """Every edition, oldest first."""
    return tuple(_EDITIONS.values())


def get(edition_id: str) -> Edition:
    """Return one edition; raises `UnknownEdition`."""
    if edition_id not in _EDITIONS:
        known = "、".join(_EDITIONS)
        raise UnknownEdition(f"不认识“{edition_id}”版格式，本工具有：{known}。请核对版本，或更新本工具。")
    return _EDITIONS[edition_id]


def for_year(year: int) -> Edition:
    """Return the edition used for reports on ``year``; raises `UnknownEdition`."""
    for edition in _EDITIONS.values():
        if year in edition.years:
            return edition
    first = min(edition.years.start for edition in _EDITIONS.values())
    raise UnknownEdition(f"没有 {year} 年度适用的格式。请填 {first} 年及以后的年度。")


def require_year(edition: Edition, year: int) -> None:
    """Raise `WrongTemplate` (F1) where another edition is the one for reports on ``year``."""
    if year not in edition.years:
        raise WrongTemplate("〔F1·错误〕" + "".join(wrong_year(edition, year)), "F1")


def wrong_year(edition: Edition, year: int) -> tuple[str, str]:
    """What is wrong with a report on ``year`` in this edition, and what to do (F1)."""
    right = for_year(year)
    return (
        f"{year} 年度报告应使用{right.name}格式（{right.source}），这份用的是{edition.name}。",
        f"请使用{right.name}工作簿重新填报。",
    )
