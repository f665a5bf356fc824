"""Read 调整数 back from last run's 汇总.xlsx, so that the next run keeps it (保留调整数)."""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from xltools import editions
from xltools.batch.collection import Adjustment
from xltools.batch.consolidate import countable
from xltools.batch.intake import CLOSED
from xltools.batch.summary.adjustments import (
    ADJUSTMENTS,
    AMOUNT,
    COLUMNS,
    IDENTITY,
    ITEM,
    PERSON,
    REASON,
    YEAR,
)
from xltools.batch.summary.book import FIRST
from xltools.errors import XltoolsError
from xltools.workbook.book import Cell
from xltools.workbook.file import FileBook

_DEFLATED = zipfile.ZIP_DEFLATED
_NUMERAL = re.compile(r"\s*[-+−]?\s*[0-9][0-9,]*(\.[0-9]+)?\s*")
_LARGEST = 2**20
"""Bytes of a sheet that is read; 明细 of a thousand offices has fifty times as much and is not needed."""


def read_adjustments(path: Path, year: int | None = None) -> tuple[Adjustment, ...]:
    """Return what the office filled in; raises `XltoolsError` naming every line that is not right.

    With ``year`` a file of another year is refused: its 调整数 would correct the wrong sum.
    """
    book = _open(path)
    properties = book.properties()
    if ADJUSTMENTS not in book.sheets() or IDENTITY not in properties:
        raise _fault(f"“{path.name}”不是本工具生成的汇总表，读不出“{ADJUSTMENTS}”。请换一个文件，或把它移走后再汇总。")
    if year is not None and properties.get(YEAR) != str(year):
        raise _fault(
            f"“{path.name}”是 {properties.get(YEAR)} 年度的汇总表，不是 {year} 年度的。请换一个结果文件夹；"
            f"年度写错了、要重做的，把它移走，再运行一次。"
        )
    edition = editions.get(properties[IDENTITY])
    rows = book.block(ADJUSTMENTS, 5000, len(COLUMNS))
    labels = [column.label for column in COLUMNS]
    if [cell.value for cell in rows[FIRST - 1]] != labels:
        raise _fault(
            f"“{path.name}”的“{ADJUSTMENTS}”第 {FIRST} 行标题被改动，应为：{'、'.join(labels)}。请恢复后再汇总。"
        )
    known = {str(ref): str(ref) for ref in edition.inputs} | {edition.label(ref): str(ref) for ref in edition.inputs}
    found, faults = [], []
    for number, row in enumerate(rows[FIRST:], start=FIRST + 1):
        if any(_text(cell) for cell in row[: PERSON + 1]):
            fault = _wrong(row, known)
            if fault:
                faults.append(f"第 {number} 行{fault}")
            else:
                amount = row[AMOUNT].value
                assert amount is not None and not isinstance(amount, str)
                id = known[_text(row[ITEM])]
                found.append(Adjustment(id, amount, _text(row[REASON]), _text(row[PERSON])))
    if faults:
        raise _fault(
            f"“{path.name}”的“{ADJUSTMENTS}”有 {len(faults)} 行不能用：{'；'.join(faults)}。请改好保存后再汇总。"
        )
    return tuple(found)


def _wrong(row: list[Cell], known: dict[str, str]) -> str:
    item, amount = _text(row[ITEM]), row[AMOUNT].value
    if not item:
        return "没有选项目"
    if item not in known:
        return f"的项目“{item}”不在列表中，请从下拉框中选"
    if amount is None:
        return "没有填数额"
    if isinstance(amount, str):
        numeral = _NUMERAL.fullmatch(unicodedata.normalize("NFKC", amount))
        return f"的数额“{amount}”是文字，请清空这一格，按数字重新输入" if numeral else f"的数额“{amount}”不是数字"
    if not countable(amount):
        return "的数额过大"
    lacks = [COLUMNS[column].label for column in (REASON, PERSON) if not _text(row[column])]
    return f"没有写{'和'.join(lacks)}" if lacks else ""


def _text(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value).strip()


def _fault(words: str) -> XltoolsError:
    return XltoolsError(words, "ADJUSTMENT")


def _open(path: Path) -> FileBook:
    """Open the file without its large sheets, whose size would be refused."""
    if not path.is_file():
        return FileBook(path)  # says that there is none
    slim = BytesIO()
    try:
        data = path.read_bytes()
    except OSError:
        raise _fault(f"“{path.name}”里的“{ADJUSTMENTS}”读不出来：它{CLOSED.rstrip('。')}，再运行一次。") from None
    try:
        with zipfile.ZipFile(BytesIO(data)) as whole, zipfile.ZipFile(slim, "w", _DEFLATED, compresslevel=1) as parts:
            for info in whole.infolist():
                if info.file_size <= _LARGEST or "/worksheets/" not in f"/{info.filename}":
                    parts.writestr(info.filename, whole.read(info))
    except _NO_ZIP:
        return FileBook(path)  # says what it is instead
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        alike = Path(folder) / path.name
        alike.write_bytes(slim.getvalue())
        return FileBook(alike)


_NO_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)
