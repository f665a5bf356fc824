"""What a protected sheet refuses, said as Excel means it (工作表保护).

Excel refuses values where any cell of the range is locked, and formats and notes on every cell, locked or not.
"""

from __future__ import annotations


def locked(sheet: str, cells: str) -> PermissionError:
    """A value for a range with locked cells."""
    return PermissionError(f"工作表“{sheet}”受保护，{cells} 中有锁定的单元格，没有写入。")


def protected(sheet: str, cells: str) -> PermissionError:
    """A format or a note on a protected sheet."""
    return PermissionError(f"工作表“{sheet}”受保护，{cells} 的格式和批注不能改，没有写入。")
