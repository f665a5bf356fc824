"""The promulgated formats of the annual report, each said once (各版年度报告格式)."""

from xltools.editions import y2019, y2021
from xltools.errors import UnknownEdition
from xltools.form import Edition

_EDITIONS = {edition.id: edition for edition in (y2019.EDITION, y2021.EDITION)}


def all() -> tuple[Edition, ...]:
    """Every edition, oldest first."""
    return tuple(_EDITIONS.values())


def get(edition_id: str) -> Edition:
    """Return one edition; raises `UnknownEdition`."""
    if edition_id not in _EDITIONS:
        raise UnknownEdition(f"不认识“{edition_id}”版格式，本工具有：{'、'.join(_EDITIONS)}。请核对版本，或更新本工具。")
    return _EDITIONS[edition_id]


def for_year(year: int) -> Edition:
    """Return the edition used for reports on ``year``; raises `UnknownEdition`."""
    for edition in _EDITIONS.values():
        if year in edition.years:
            return edition
    first = min(edition.years.start for edition in _EDITIONS.values())
    raise UnknownEdition(f"没有 {year} 年度适用的格式。请填 {first} 年及以后的年度。")
