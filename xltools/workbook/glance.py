"""A look at a large sheet without reading it (粗看)."""

from __future__ import annotations

import re
from functools import lru_cache

from xltools.workbook.archive import Packed, pieces
from xltools.workbook.layout import a1

_FILLED = re.compile(rb'([1-9][0-9]*)"[^>]*+(?<!/)>')
_STEP = 2**16


@lru_cache(maxsize=4)
def may_hold(sheet: Packed, column: int, first: int) -> bool:
    """Whether a sheet may hold something in a column from a row on; not only where it is written as usual.

    Workbooks in which nobody has touched it have it alike.
    """
    cell, before, usual = f'<c r="{a1(0, column)[:-1]}'.encode(), b"", False
    for piece in pieces(sheet, _STEP):
        text = before + piece
        usual = usual or b'<c r="A1"' in text
        place = text.find(cell)
        while place >= 0:
            filled = _FILLED.match(text, place + len(cell))
            if filled and int(filled[1]) > first:
                return True
            place = text.find(cell, place + 1)
        before = text[text.rfind(b"<") :]
    return not usual
