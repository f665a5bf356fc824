"""Number formats of a document, in the words of Excel (数字格式)."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any

from xltools.libreoffice import bridge
from xltools.libreoffice.addresses import Box

_DATE, _TIME, _TEXT, _LOGICAL = 2, 4, 256, 1024


class Kind(Enum):
    """What a number format makes of a number."""

    GENERAL = auto()
    DATE = auto()
    LOGICAL = auto()
    TEXT = auto()
    OTHER = auto()


class Formats:
    """The number formats of one document; what a key means never changes, so it is asked once."""

    def __init__(self, document: Any) -> None:
        self._formats = document.NumberFormats
        self._kinds: dict[int, Kind] = {0: Kind.GENERAL}

    def kind(self, key: int) -> Kind:
        """A time of day without a date is a number, as in Excel."""
        if key not in self._kinds:
            form = self._formats.getByKey(key)
            bits = form.Type
            kinds = {_DATE: Kind.DATE, _LOGICAL: Kind.LOGICAL, _TEXT: Kind.TEXT}
            found = next((kind for bit, kind in kinds.items() if bits & bit), Kind.OTHER)
            general = found is Kind.OTHER and form.FormatString == "General"
            self._kinds[key] = Kind.GENERAL if general else found
        return self._kinds[key]

    def code(self, key: int) -> str:
        """``yyyy/m/d``, ``0.00``, ``General``."""
        if self.kind(key) is Kind.LOGICAL:
            return "General"  # in Excel a truth value needs no format
        form = self._formats.getByKey(key)
        code: str = form.FormatString
        if form.Type & (_DATE | _TIME):
            parts = re.split(r'("[^"]*"|AM/PM)', code)
            code = "".join(part.lower() if not place % 2 else part for place, part in enumerate(parts))
        return code

    def key(self, code: str) -> int:
        """The key of a format, new if need be; raises `ValueError` for what is no format."""
        if code == "General":
            return 0
        english = bridge.struct("lang.Locale", "en", "US", "")
        key: int = self._formats.queryKey(code, english, False)
        try:
            return key if key != -1 else int(self._formats.addNew(code, english))
        except bridge.fault("util.MalformedNumberFormatException"):
            raise ValueError(f"no number format: {code}") from None

    def keys(self, cells: Any, box: Box) -> list[list[int]]:
        """The keys of all cells of a range."""
        if is_uniform(cells):
            return [[cells.NumberFormat] * box.width for _ in range(box.height)]
        grid = [[0] * box.width for _ in range(box.height)]
        for group in cells.getUniqueCellFormatRanges():
            key = group.NumberFormat
            for area in group.RangeAddresses if key else ():
                first, last = area.StartColumn - box.column + 1, area.EndColumn - box.column + 2
                for row in range(area.StartRow - box.row + 1, area.EndRow - box.row + 2):
                    grid[row][first:last] = [key] * (last - first)
        return grid


def is_uniform(cells: Any, name: str = "NumberFormat") -> bool:
    """Whether all cells have the same value of a property."""
    return bool(cells.getPropertyState(name).value != "AMBIGUOUS_VALUE")
