"""What a protected sheet refuses, said as Excel means it (工作表保护).

Excel refuses values where any cell of the range is locked, and formats and notes on every cell, locked or not.
"""

from __future__ import annotations


def read_only(book: str) -> PermissionError:
    """A value for a book that was opened for reading only, which Excel takes and LibreOffice does not."""
    return PermissionError(f"“{book}”是只读打开的，写不进去。请另存一份，打开那一份再试。")


def locked(sheet: str, cells: str) -> PermissionError:
    """A value for a range with locked cells."""
    return PermissionError(f"工作表“{sheet}”受保护，{cells} 中有锁定的单元格，没有写入。")


def protected(sheet: str, cells: str) -> PermissionError:
    """A format or a note on a protected sheet."""
    return PermissionError(f"工作表“{sheet}”受保护，{cells} 的格式和批注不能改，没有写入。")
