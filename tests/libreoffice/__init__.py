"""The engine over LibreOffice, and that it and the engine in memory are one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter

from tests.support.machine import need
from xltools.libreoffice import NoLibreOffice, bridge

ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
_MARK = 987_000


def need_libreoffice() -> None:
    """Skip, or fail under CI, where LibreOffice or its Python interface is missing."""
    need("soffice")
    try:
        bridge.uno()
    except NoLibreOffice as fault:
        need(str(fault))


def sample(path: Path) -> Path:
    """A workbook with one cell of every kind, names, and a protected sheet whose column B is unlocked."""
    book = xlsxwriter.Workbook(str(path))
    data = book.add_worksheet("数据 一")
    data.write_column("A1", [1, 0.5, -3])
    data.write_string("A4", "文字")
    data.write_boolean("A5", True)
    data.write_string("A6", "=1+1")
    data.write_string("A7", "'引号")
    data.write_string("A8", "5")
    data.write_datetime("A9", _day(2021, 1, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    data.write_number("A10", 0.25, book.add_format({"num_format": "h:mm"}))
    data.write_number("A11", 5, book.add_format({"num_format": "0.00%"}))
    data.write_string("A12", "两\n行")
    data.write_string("A13", "#REF!")
    for row, error in enumerate(ERRORS):
        data.write_number(row, 1, _MARK + row)
        data.write_formula(row, 2, f"=B{row + 1}", None, error)
    data.write_formula("C8", "=SUM(A1,A2:A3)", None, -1.5)
    data.write_formula("C9", '=""', None, "")
    data.write_formula("C10", "=A1=1", None, True)
    data.write_formula("C11", "=1/0", None, "#DIV/0!")
    data.write_formula("C12", "='数据 一'!A4&锁!$B$2", None, "文字二")
    data.write_formula("C13", "=锁!A1", None, 1)
    data.write_row("E2", ["项", "甲", "乙"])
    data.write_row("E3", ["一", 1, 2])
    data.write_row("E4", ["二", 3, 4])
    locked = book.add_worksheet("锁")
    open_ = book.add_format({"locked": False})
    hidden = book.add_format({"locked": False, "hidden": True, "num_format": "0.00"})
    locked.write_row("A1", [1, "一"])
    locked.write("B1", "一", open_)
    locked.write("B2", "二", hidden)
    locked.write_blank("B3", None, open_)
    locked.protect("密码")
    book.define_name("合计", "='数据 一'!$A$1:$A$2")
    book.define_name("'锁'!本表", "=锁!$B$2")
    book.define_name("常数", "=5")
    book.close()
    _plant_errors(path)
    return path


def _day(*parts: int) -> object:
    import datetime as dt

    return dt.datetime(*parts)


def _plant_errors(path: Path) -> None:
    """Turn marked numbers into errors that stand as constants, which no library writes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for row, error in enumerate(ERRORS):
        old = f'<c r="B{row + 1}"><v>{_MARK + row}</v></c>'.encode()
        assert old in sheet
        sheet = sheet.replace(old, f'<c r="B{row + 1}" t="e"><v>{error}</v></c>'.encode())
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
