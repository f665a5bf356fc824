"""One contract, two engines: what ordinary xlwings code sees in LibreOffice and in memory is what it sees in Excel."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.libreoffice import ERRORS, need_libreoffice, sample
from tests.support import memory
from xltools import libreoffice

DATA, LOCKED = "数据 一", "锁"


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    need_libreoffice()
    app = libreoffice.start()
    yield app
    app.quit()


@pytest.fixture(params=["memory", "libreoffice"])
def app(request: pytest.FixtureRequest) -> Iterator[xw.App]:
    if request.param == "libreoffice":
        app = request.getfixturevalue("office")
        libreoffice.register()
        yield app
        for book in app.books:
            book.close()
    else:
        app = memory.start()
        yield app
        app.quit()


@pytest.fixture
def book(app: xw.App, tmp_path: Path) -> xw.Book:
    return app.books.open(sample(tmp_path / "样例 (1).xlsx"))


@pytest.mark.parametrize(
    ("cell", "value", "formula"),
    [
        ("A1", 1.0, "1"),
        ("A2", 0.5, "0.5"),
        ("A3", -3.0, "-3"),
        ("A4", "文字", "文字"),
        ("A5", True, "TRUE"),
        ("A6", "=1+1", "=1+1"),
        ("A7", "'引号", "'引号"),
        ("A8", "5", "5"),
        ("A9", dt.datetime(2021, 1, 31), "44227"),
        ("A10", 0.25, "0.25"),
        ("A11", 5.0, "5"),
        ("A12", "两\n行", "两\n行"),
        ("A13", "#REF!", "#REF!"),
        ("A99", None, ""),
        *((f"B{row}", error, error) for row, error in enumerate(ERRORS, 1)),
        *((f"C{row}", error, f"=B{row}") for row, error in enumerate(ERRORS, 1)),
        ("C8", -1.5, "=SUM(A1,A2:A3)"),
        ("C9", None, '=""'),
        ("C10", True, "=A1=1"),
        ("C11", "#DIV/0!", "=1/0"),
        ("C12", "文字二", "='数据 一'!A4&锁!$B$2"),
        ("C13", 1.0, "=锁!A1"),
    ],
)
def test_what_a_cell_holds(cell: str, value: object, formula: str, book: xw.Book) -> None:
    place = book.sheets[DATA][cell]
    found = place.options(err_to_str=True).value
    assert (found, type(found)) == (value, type(value))
    assert place.formula == formula
    if cell[0] in "BC" and value in ERRORS:
        assert place.value is None


def test_a_block_reads_as_its_cells(book: xw.Book) -> None:
    block = book.sheets[DATA]["A1:C13"]
    rows = block.options(ndim=2, err_to_str=True).value
    assert rows == [[block(r, c).options(err_to_str=True).value for c in (1, 2, 3)] for r in range(1, 14)]
    assert block.formula == tuple(tuple(block(r, c).formula for c in (1, 2, 3)) for r in range(1, 14))


@pytest.mark.parametrize(
    ("written", "number_format", "value", "formula"),
    [
        (5, "General", 5.0, "5"),
        (True, "General", True, "TRUE"),
        (None, "General", None, ""),
        ("", "General", None, ""),
        (float("nan"), "General", None, ""),
        ("文字", "General", "文字", "文字"),
        ("5", "General", 5.0, "5"),
        ("1,234.5", "General", 1234.5, "1234.5"),
        ("12%", "General", 0.12, "0.12"),
        ("-", "General", "-", "-"),
        ("５", "General", "５", "５"),
        ("true", "General", True, "TRUE"),
        ("#N/A", "General", "#N/A", "#N/A"),
        ("2020-1-31", "General", dt.datetime(2020, 1, 31), "43861"),
        ("2020-2-30", "General", "2020-2-30", "2020-2-30"),
        (dt.date(2021, 1, 31), "General", dt.datetime(2021, 1, 31), "44227"),
        (dt.datetime(2021, 1, 31, 12), "yyyy-mm-dd", dt.datetime(2021, 1, 31, 12), "44227.5"),
        ("=", "General", "=", "="),
        ("=A1+1", "General", ..., "=A1+1"),
        ("=SUM(A1,'数据 一'!A2)", "General", ..., "=SUM(A1,'数据 一'!A2)"),
        ("'=1+1", "General", "=1+1", "=1+1"),
        (libreoffice.literal("5"), "General", "5", "5"),
        (libreoffice.literal("5"), "0.00", "5", "5"),
        (libreoffice.literal("'引号"), "General", "'引号", "'引号"),
        ("5", "@", "5", "5"),
        ("=1+1", "@", "=1+1", "=1+1"),
        (5, "@", "5", "5"),
        (1e20, "General", 1e20, "1E+20"),
        ("两\n行", "General", "两\n行", "两\n行"),
    ],
)
def test_what_is_written_is_what_excel_makes_of_it(
    written: object, number_format: str, value: object, formula: str, book: xw.Book
) -> None:
    cell = book.sheets[DATA]["G20"]
    cell.number_format = number_format
    cell.value = written
    found = cell.options(err_to_str=True).value
    assert value is ... or (found, type(found)) == (value, type(value))
    assert cell.formula == formula
    shown = cell.number_format
    assert shown == number_format or isinstance(value, dt.datetime)
    cell.value = 7
    assert cell.formula == "7" and cell.number_format == shown


def test_a_block_is_written_as_its_cells(book: xw.Book) -> None:
    sheet = book.sheets[DATA]
    sheet["J1"].value = [[1, "'2", True], ["=J1+1", None, "文"]]
    assert sheet["J1:L2"].formula == (("1", "2", "TRUE"), ("=J1+1", "", "文"))
    assert sheet["J1:L1"].value == [1.0, "2", True]
    sheet["J1:L2"].value = 3
    assert sheet["J1:L2"].value == [[3.0] * 3] * 2
    sheet["J1:L2"].clear_contents()
    assert sheet["J1:L2"].options(empty="").value == [[""] * 3] * 2


@pytest.mark.parametrize(
    "act",
    [
        lambda sheet: setattr(sheet["A1"], "value", 2),
        lambda sheet: setattr(sheet["A1"], "value", None),
        lambda sheet: setattr(sheet["A1:B1"], "value", [[2, "三"]]),
        lambda sheet: setattr(sheet["B1:B9"], "value", 2),
        lambda sheet: setattr(sheet["A1"], "formula", "=1"),
        lambda sheet: sheet["A1:B2"].clear_contents(),
        lambda sheet: sheet.clear_contents(),
        lambda sheet: setattr(sheet["B1"], "color", (255, 0, 0)),
        lambda sheet: setattr(sheet["B1"], "number_format", "0"),
        lambda sheet: setattr(sheet["B1"], "wrap_text", True),
        lambda sheet: sheet["B1"].add_note("注"),
    ],
)
def test_a_protected_sheet_refuses(act: Callable[[xw.Sheet], object], book: xw.Book) -> None:
    sheet = book.sheets[LOCKED]
    with pytest.raises(PermissionError, match="工作表“锁”受保护"):
        act(sheet)
    assert sheet["A1:B3"].value == [[1.0, "一"], [None, "二"], [None, None]]
    assert (sheet["B1"].color, sheet["B1"].note) == (None, None)


def test_unlocked_cells_of_a_protected_sheet_take_values(book: xw.Book) -> None:
    sheet = book.sheets[LOCKED]
    sheet["B1:B3"].value = [["甲"], [2], ["=1+1"]]
    assert sheet["B1:B3"].formula == (("甲",), ("2",), ("=1+1",))
    sheet["B1:B3"].clear_contents()
    assert sheet["B1:B3"].value == [None] * 3


def test_options(book: xw.Book) -> None:
    sheet = book.sheets[DATA]
    assert sheet["F3"].options(ndim=2).value == [[1.0]]
    assert sheet["F3:G4"].options(numbers=int).value == [[1, 2], [3, 4]]
    assert sheet["A9"].options(dates=dt.date).value == dt.date(2021, 1, 31)
    assert sheet["E2"].options(ndim=2, expand="table").value[0] == ["项", "甲", "乙"]
    pandas = pytest.importorskip("pandas")
    frame = sheet["E2"].options(pandas.DataFrame, expand="table").value
    assert frame["乙"].tolist() == [2.0, 4.0]
    sheet["N1"].options(index=False).value = pandas.DataFrame({"甲": [1, None], "乙": ["x", pandas.NaT]})
    assert sheet["N1:O3"].value == [["甲", "乙"], [1.0, "x"], [None, None]]


@pytest.mark.parametrize(
    ("start", "direction", "found"),
    [
        ("E2", "down", "$E$4"),
        ("E2", "right", "$G$2"),
        ("G4", "up", "$G$2"),
        ("G4", "left", "$E$4"),
        ("E4", "down", "$E$1048576"),
        ("G2", "right", "$XFD$2"),
        ("G9", "left", "$C$9"),
        ("F9", "up", "$F$4"),
        ("A1", "down", "$A$13"),
        ("A20", "up", "$A$13"),
    ],
)
def test_end(start: str, direction: str, found: str, book: xw.Book) -> None:
    assert book.sheets[DATA][start].end(direction).address == found


def test_where_ranges_lie(book: xw.Book) -> None:
    sheet = book.sheets[DATA]
    cells = sheet.range((2, 5), (4, 7))
    assert cells == sheet["G4:$E$2"] == sheet["E2"].expand() == sheet.range("E2", "G4") == sheet[1:4, 4:7]
    assert (cells.row, cells.column, cells.shape, len(cells)) == (2, 5, (3, 3), 9)
    assert cells.get_address(False, False) == "E2:G4"
    assert cells.get_address(include_sheetname=True) == "'数据 一'!$E$2:$G$4"
    assert cells.get_address(external=True) == "'[样例 (1).xlsx]数据 一'!$E$2:$G$4"
    assert [cell.address for cell in cells][3] == cells(2, 1).address == "$E$3"
    assert (sheet["A:B"].address, sheet["2:3"].address) == ("$A:$B", "$2:$3")
    assert sheet.used_range.address == "$A$1:$G$13"
    assert sheet.cells.shape == (1_048_576, 16_384)
    with pytest.raises(IndexError):
        sheet.range((0, 1))
    with pytest.raises(xw.NoSuchObjectError):
        sheet["没有"]


def test_names(book: xw.Book) -> None:
    sheet = book.sheets[DATA]
    assert {name.name: name.refers_to for name in book.names} == {
        "合计": "='数据 一'!$A$1:$A$2",
        "常数": "=5",
        "锁!本表": "=锁!$B$2",
    }
    assert "合计" in book.names and "无" not in book.names
    assert sheet["合计"].value == [1.0, 0.5] and sheet["合计"].name.name == "合计"
    assert book.names["合计"].refers_to_range == sheet["A1:A2"]
    assert [name.name for name in book.sheets[LOCKED].names] == ["锁!本表"]
    book.names.add("新的", "='数据 一'!$A$4")
    sheet["E2"].name = "角"
    assert (sheet["新的"].value, book.names["角"].refers_to) == ("文字", "='数据 一'!$E$2")
    book.names["新的"].delete()
    assert "新的" not in book.names


def test_looks_and_notes(book: xw.Book) -> None:
    sheet = book.sheets[DATA]
    assert (sheet["E2"].color, sheet["E2"].note, sheet["A9"].number_format) == (None, None, "yyyy-mm-dd")
    sheet["E2:F2"].color = (255, 199, 206)
    assert sheet["F2"].color == (255, 199, 206) and sheet["E2:G2"].color is None
    sheet["E2"].color = "#00FF00"
    assert sheet["E2"].color == (0, 255, 0)
    sheet["E2:F2"].color = None
    assert sheet["E2"].color is None
    sheet["E2"].number_format, sheet["E2"].wrap_text = "0.00", True
    assert (sheet["E2"].number_format, sheet["E2"].wrap_text, sheet["E2:F2"].number_format) == ("0.00", True, None)
    sheet["E2"].add_note("请改")
    assert [(note.text, note.location.address) for note in sheet.notes] == [("请改", "$E$2")]
    sheet["E2"].note.text = "已改"
    assert sheet["E2"].note.text == "已改"
    with pytest.raises(ValueError, match="already"):
        sheet["E2"].add_note("又一个")
    sheet["E2"].note.delete()
    assert sheet["E2"].note is None


def test_sheets(book: xw.Book) -> None:
    assert book.sheet_names == [DATA, LOCKED]
    assert (book.sheets[1].name, book.sheets[1].index, book.sheets[DATA].visible) == (LOCKED, 2, True)
    added = book.sheets.add("新", after=book.sheets[DATA])
    assert book.sheet_names == [DATA, "新", LOCKED] and book.sheets.active == added
    book.sheets[LOCKED].activate()
    assert book.sheets.active.name == LOCKED
    added.visible = False
    assert not added.visible
    added.name = "改名"
    added.delete()
    assert book.sheet_names == [DATA, LOCKED]
    with pytest.raises(TypeError, match="sheet_names"):
        assert DATA in book.sheets
    with pytest.raises(xw.NoSuchObjectError):
        book.sheets["没有"]


def test_books(book: xw.Book, app: xw.App, tmp_path: Path) -> None:
    path = str(tmp_path / "样例 (1).xlsx")
    assert (book.name, book.fullname) == ("样例 (1).xlsx", path)
    assert xw.Book(path) == xw.Book("样例 (1).xlsx") == app.books[path] == app.books["样例 (1).xlsx"] == book
    assert app.books.active == book and app.books.open(path) == book
    assert [found.name for found in app.books] == [book.name]
    with pytest.raises(KeyError):
        app.books["没有.xlsx"]
    with pytest.raises(FileNotFoundError):
        app.books.open(tmp_path / "没有.xlsx")
    book.close()
    assert len(app.books) == 0


def test_the_caller_is_found_by_the_arguments_of_the_macro(book: xw.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (book.name, book.fullname):
        monkeypatch.setattr(sys, "argv", ["xltools", f"--wb={name}", "--from_xl=1", "--app=x", "--hwnd=1"])
        assert xw.Book.caller() == book


def test_save_and_open_again(book: xw.Book, app: xw.App, tmp_path: Path) -> None:
    book.sheets[DATA]["E3"].value = [["'5", 5, True]]
    book.save()
    book.save(tmp_path / "另存.xlsx")
    assert book.name == "另存.xlsx"
    book.close()
    again = app.books.open(tmp_path / "另存.xlsx").sheets[DATA]
    assert again["E3:G3"].value == ["5", 5.0, True]
    assert again["A6"].value == "=1+1" and again["C8"].formula == "=SUM(A1,A2:A3)"


def test_the_app(book: xw.Book, app: xw.App) -> None:
    assert app.status_bar is False and app.screen_updating and app.calculation == "automatic"
    with app.properties(status_bar="正在校验……", screen_updating=False):
        assert (app.status_bar, app.screen_updating) == ("正在校验……", False)
        book.sheets[DATA]["A1"].value = 2
    assert app.status_bar is False and app.screen_updating
    app.calculate()
    assert app.version >= 15 and app.pid > 0 and xw.apps.active == app
    answers = [app.alert("内容", "标题", buttons, "info") for buttons in ("ok", "ok_cancel", "yes_no", "yes_no_cancel")]
    assert answers == ["ok", "cancel", "no", "cancel"]


def test_macros(book: xw.Book, app: xw.App) -> None:
    if app.engine.name == "memory":
        app.impl.macros["Add"] = lambda x, y: x + y
    else:
        libraries = book.api.BasicLibraries
        if not libraries.hasByName("Standard"):
            libraries.createLibrary("Standard")
        code = "Sub Nothing()\nEnd Sub\nPublic Function Add(x, y)\nAdd = x + y\nEnd Function\n"
        libraries.getByName("Standard").insertByName("Sums", code)
    assert book.macro("Add")(1, 2) == book.macro("Sums.Add")(1, 2) == app.macro("Add")(1, 2) == 3
    with pytest.raises(LookupError):
        book.macro("Missing")()


def test_an_ordinary_handler(book: xw.Book) -> None:
    sheet, results = book.sheets[DATA], book.sheets.add("结果")
    rows = sheet["E3:G4"].options(ndim=2, numbers=int, empty=0, err_to_str=True).value
    found = [[libreoffice.literal(name), f"{one}≠{two}"] for name, one, two in rows if one != two]
    results["A1"].value = [["项", "问题"], *found]
    sheet["F3:G4"].color = (255, 199, 206)
    assert results["A1"].expand().value == [["项", "问题"], ["一", "1≠2"], ["二", "3≠4"]]


def test_memory_records_what_is_said() -> None:
    app = memory.start("no")
    assert (app.alert("覆盖？", "标题", "yes_no"), app.alert("好", "标题")) == ("no", "ok")
    app.status_bar = "一"
    app.status_bar = False
    assert app.impl.alerts == [("标题", "覆盖？"), ("标题", "好")] and app.impl.statuses == ["一", ""]
    app.quit()


def test_the_same_values(office: xw.App, tmp_path: Path) -> None:
    """All at once: both engines give the same picture of a workbook."""
    pictures: list[Any] = []
    for app in (memory.start(), office):
        app.engine.activate() if app is office else None
        book = app.books.open(sample(tmp_path / "一.xlsx"))
        pages = [sheet["A1:H14"].options(ndim=2, err_to_str=True).value for sheet in book.sheets]
        pictures.append((pages, [sheet["A1:H14"].formula for sheet in book.sheets]))
        book.close()
        if app is not office:
            app.quit()
    assert pictures[0] == pictures[1]
