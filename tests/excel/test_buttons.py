"""The handlers on an open workbook, in memory: what they write, ask and say, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from docx import Document

from tests.support import memory
from tests.support.reports import ref, report
from xltools import editions, interchange
from xltools.errors import XltoolsError
from xltools.excel import buttons, listing
from xltools.form import Edition
from xltools.report import Office, Report
from xltools.workbook.build import build
from xltools.workbook.worklist import FIRST, Column

RECEIVED, CARRIED_IN, CARRIED_OUT = (
    f"requests__{row}__natural_person" for row in ("received", "carried_in", "carried_out")
)
TITLE = "芙蓉镇人民政府2021年政府信息公开工作年度报告"
Open = Callable[..., xw.Book]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Open a report as a workbook in an own folder; message boxes get the answers."""
    apps = []

    def open_it(filled: Report, *answers: str, name: str = "填报.xlsx") -> xw.Book:
        folder = tmp_path / "年报 (2021)“终稿”'"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(build(filled))
        apps.append(memory.start(*answers))
        return apps[-1].books.open(folder / name)

    yield open_it
    for app in apps:
        app.quit()


def said(book: xw.Book) -> list[str]:
    return [prompt for _, prompt in book.app.impl.alerts]


def cell(book: xw.Book, sheet: str, address: str) -> Any:
    return book.sheets[sheet][address].value


def listed(book: xw.Book) -> list[list[Any]]:
    """The rows of 问题清单 without the live columns."""
    rows = book.sheets["问题清单"].range((FIRST + 1, 1), (FIRST + 40, Column.ADDRESS + 1)).options(ndim=2).value
    return [row for row in rows if row[0] is not None]


def form_of(book: xw.Book) -> dict[str, Any]:
    """Everything on the sheets of the form, as values and as formulas."""
    areas = {sheet.name: sheet.range((1, 1), (60, 12)) for sheet in book.sheets if sheet.name != "问题清单"}
    return {name: (area.options(ndim=2, err_to_str=True).value, area.formula) for name, area in areas.items()}


def files(book: xw.Book) -> set[str]:
    return {path.name for path in Path(book.fullname).parent.iterdir()}


def never(_: Path) -> None:
    pytest.fail("nothing is to be opened")


def test_validate_lists_what_is_wrong_and_goes_there(opened: Open) -> None:
    book = opened(report(**{RECEIVED: "无"}))
    before = form_of(book)
    findings = buttons.validate(book)
    assert [finding.rule.code for finding in findings] == ["N1"]
    assert listed(book) == [
        [1, "错误", "N1", "表三", None, "无", "表三“一、本年新收·自然人”（D8）填的是“无”，此格只能填 0 或正整数。",
         "没有发生的请填 0，不要填“-”“/”“无”。说明文字请写在“表注”。", None, None, "D8"]
    ]  # fmt: skip
    assert cell(book, "问题清单", "A2") == "上次校验：错误 1 处，提醒 0 处。"
    assert book.sheets.active.name == "问题清单"
    assert said(book) == []
    assert {name: before[name] for name in before} == form_of(book)
    assert book.app.impl.statuses == ["正在校验……", ""]


def test_validate_of_a_faultless_report_says_so(opened: Open) -> None:
    book = opened(report())
    assert buttons.validate(book) == []
    assert said(book) == ["没有错误，没有提醒。可以生成报告。"]
    assert listed(book) == []


def test_a_new_validation_replaces_the_list_and_keeps_answers(opened: Open) -> None:
    words = {"overview": report().narrative["overview"]}
    filled = replace(report(**{RECEIVED: "无", CARRIED_IN: 12.5}), narrative=words)
    book = opened(filled)
    buttons.validate(book)
    rules = [row[Column.RULE] for row in listed(book)]
    assert rules == ["F3", "F3", "N1", "N3"]
    book.sheets["问题清单"].range((FIRST + 1, Column.ANSWER + 1)).value = "=本部分确实没有"
    book.sheets["表三"]["D8"].value = 0
    buttons.validate(book)
    rows = listed(book)
    assert [row[Column.RULE] for row in rows] == ["F3", "F3", "N3", "B1", "B1"]
    assert [row[Column.ANSWER] for row in rows] == ["=本部分确实没有", None, None, None, None]


def test_a_blank_workbook_is_validated_too(opened: Open) -> None:
    book = opened(Report(Office(), None, editions.get("2021")))
    assert len(buttons.validate(book)) > 150
    assert cell(book, "问题清单", "A2").startswith("上次校验：错误 ")


def test_generate_writes_beside_the_workbook_and_opens_it(opened: Open) -> None:
    book = opened(report())
    shown: list[Path] = []
    before = form_of(book)
    path = buttons.generate_report(book, shown.append)
    assert path and shown == [path]
    assert path == Path(book.fullname).parent / f"{TITLE}.docx"
    assert files(book) == {"填报.xlsx", f"{TITLE}.docx"}
    assert form_of(book) == before
    assert said(book) == []


def test_with_errors_only_a_draft_and_only_if_wanted(opened: Open) -> None:
    book = opened(report(**{RECEIVED: 5}), "no", "yes")
    assert buttons.generate_report(book, never) is None
    assert files(book) == {"填报.xlsx"}
    path = buttons.generate_report(book, lambda _: None)
    assert path and path.name == f"{TITLE}（草稿）.docx"
    question = "错误 2 处，提醒 0 处。有错误，不能生成正式的报告，请按“问题清单”改正。\n要先生成一份草稿看看吗？"
    assert said(book) == [question] * 2
    assert book.sheets.active.name == "问题清单"


def test_an_edited_report_is_never_overwritten(opened: Open) -> None:
    book = opened(report())
    first = buttons.generate_report(book, lambda _: None)
    book.sheets["五、问题改进"]["B4"].value = "有一点问题。"
    assert buttons.generate_report(book, lambda _: None) == first  # as we wrote it: replaced
    assert first
    edited = Document(str(first))
    edited.paragraphs[0].add_run("改")
    edited.save(str(first))
    kept = first.read_bytes()
    second = buttons.generate_report(book, lambda _: None)
    assert second and second.name == f"{TITLE}(2).docx"
    assert first.read_bytes() == kept


def last_year(folder: Path, name: str = "上年.xlsx", office: str = "芙蓉镇人民政府", **entries: Any) -> None:
    filled = report("2019", **{CARRIED_OUT: 3, **entries})
    (folder / name).write_bytes(build(replace(filled, year=2020, office=Office(name=office, phone="0577-62000000"))))


def found(book: xw.Book) -> list[str]:
    return [finding.rule.code for finding in buttons.validate(book)]


def test_validate_looks_at_last_year_beside_the_workbook(opened: Open) -> None:
    book = opened(report())
    folder = Path(book.fullname).parent
    assert found(book) == []
    (folder / "坏.xlsx").write_bytes(b"PK")
    last_year(folder)
    assert found(book) == ["X1"]
    assert "（D9）填 0，相差 3" in listed(book)[0][Column.PROBLEM]
    last_year(folder, "复制.xlsx")
    assert found(book) == ["X1"]
    last_year(folder, "另一份.xlsx", **{CARRIED_OUT: 4})
    assert found(book) == []  # which of them counts cannot be told
    assert said(book) == ["没有错误，没有提醒。可以生成报告。"] * 2


@pytest.mark.parametrize("office", ["雁荡镇人民政府", "芙蓉街道办事处"])
def test_another_office_is_not_last_year(office: str, opened: Open) -> None:
    book = opened(report())
    last_year(Path(book.fullname).parent, office=office)
    assert found(book) == []


def test_validate_needs_no_folder(opened: Open) -> None:
    book = opened(report(**{RECEIVED: "无"}))
    book.impl.fullname = "https://d.docs.live.net/1/填报.xlsx"
    assert found(book) == ["N1"]


def test_a_finding_about_a_text_leads_to_its_row(opened: Open) -> None:
    words = {**report().narrative, "problems": "培训偏少。\n我局将加强培训。"}
    book = opened(replace(report(), narrative=words))
    sheet = book.sheets["五、问题改进"]
    for engine in (sheet["B5"].impl.sheet.values, sheet["B5"].impl.sheet.api):  # a blank row between them
        engine["B8"].value, engine["B5"].value = engine["B5"].value, None
    assert found(book) == ["C3"]
    (row,) = listed(book)
    assert (row[Column.SHEET], row[Column.ADDRESS], row[Column.FOUND]) == ("五、问题改进", "B8", "我局将加强培训。")
    marks = book.sheets["问题清单"].range((FIRST + 1, Column.OF_SHEET + 1), (FIRST + 1, Column.OF_TEXT + 1)).value
    assert marks == ["五、问题改进", "B8", None, "我局将加强培训。"]


def test_carry_over_asks_and_fills_blank_cells_only(opened: Open) -> None:
    blank = {CARRIED_IN: None, "requests__carried_in__company": 9}
    book = opened(report(**blank), "no", "yes")
    last_year(Path(book.fullname).parent)
    before = form_of(book)
    assert buttons.carry_over(book) == {}
    assert form_of(book) == before
    filled = buttons.carry_over(book)
    assert {str(place): value for place, value in filled.items()} == {
        "requests.carried_in.natural_person": 3, "office.phone": "0577-62000000"
    }  # fmt: skip
    assert (cell(book, "表三", "D9"), cell(book, "表三", "E9"), cell(book, "封面", "B17")) == (3, 9, "0577-62000000")
    assert said(book)[0] == (
        "“上年.xlsx”（2020年度）中可填入：二、上年结转·自然人 3、电话 0577-62000000。\n"
        "以下各格已经填了别的数，不改动，请核对：表三 E9（现在是 9，上年结转 0）。\n现在填入吗？"
    )


def test_carry_over_says_when_the_office_is_another_and_which_file_is_meant(opened: Open) -> None:
    book = opened(report(**{CARRIED_IN: None}), "no", "yes", "yes")
    folder = Path(book.fullname).parent
    last_year(folder, "甲.xlsx", "芙蓉镇")
    last_year(folder, "乙.xlsx", "芙蓉街道办事处")
    last_year(folder, "丙.xlsx", "芙蓉县")
    (folder / "坏.xlsx").write_bytes(b"PK")
    (folder / "更早.json").write_text(interchange.dumps(replace(report("2019"), year=2019)), "utf-8")
    assert buttons.carry_over(book)
    assert said(book)[:2] == ["上年的数据在“丙.xlsx”里吗？", "上年的数据在“乙.xlsx”里吗？"]
    assert "注意：上年的单位是“芙蓉街道办事处”，本工作簿的单位是“芙蓉镇人民政府”。" in said(book)[2]


def test_of_several_the_one_of_the_same_office_is_meant(opened: Open) -> None:
    book = opened(report(**{CARRIED_IN: None}), "yes")
    last_year(Path(book.fullname).parent, "甲.xlsx", "芙蓉街道办事处")
    last_year(Path(book.fullname).parent, "乙.xlsx")
    assert buttons.carry_over(book)
    assert len(said(book)) == 1 and said(book)[0].startswith("“乙.xlsx”（2020年度）")


def test_none_of_them_chosen_is_said(opened: Open) -> None:
    book = opened(report(**{CARRIED_IN: None}), "no", "no")
    last_year(Path(book.fullname).parent, "甲.xlsx", "芙蓉街道办事处")
    last_year(Path(book.fullname).parent, "乙.xlsx", "芙蓉县")
    assert buttons.carry_over(book) == {}
    assert said(book)[-1] == "没有选定上年的工作簿，没有导入。"


def test_what_cannot_be_read_is_named(opened: Open) -> None:
    book = opened(report())
    (Path(book.fullname).parent / "上年.xlsx").write_bytes(b"PK")
    with pytest.raises(XltoolsError, match=r"（“上年\.xlsx”打不开或不是填报工作簿）"):
        buttons.carry_over(book)


def test_answers_survive_a_list_that_cannot_be_written(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(replace(report(), narrative={"overview": "没有发生。"}))
    buttons.validate(book)
    answer = book.sheets["问题清单"].range((FIRST + 1, Column.ANSWER + 1))
    answer.value = "确实没有"
    written = []

    def fail_at_the_third(book: xw.Book, area: Any) -> xw.Range:
        written.append(area)
        if len(written) > 3:
            raise PermissionError
        return cells(book, area)

    cells = listing.cells
    monkeypatch.setattr(listing, "cells", fail_at_the_third)
    with pytest.raises(PermissionError):
        buttons.validate(book)
    assert answer.value == "确实没有"


def test_a_long_text_is_cut_in_the_list_and_in_the_sentence(opened: Open) -> None:
    book = opened(report(**{RECEIVED: "甲" * 30_000}))
    buttons.validate(book)
    (row,) = listed(book)
    assert row[Column.FOUND] == "甲" * 60 + "……"
    assert len(row[Column.PROBLEM]) < 150


def test_what_is_no_text_is_named_with_its_own_cell(opened: Open) -> None:
    filled = replace(report(), narrative={**report().narrative, "overview": f"{report().narrative['overview']}\n二。"})
    book = opened(filled)
    book.sheets["一、总体情况"]["B9"].impl.sheet.values["B9"].value = 5  # whatever the format says
    book.sheets["一、总体情况"]["B9"].impl.sheet.api["B9"].value = 5
    buttons.validate(book)
    (row,) = listed(book)
    assert (row[Column.ADDRESS], row[Column.FOUND]) == ("B9", "5")
    assert "（B9）填的是“5”" in row[Column.PROBLEM]


def test_the_screen_stands_still_and_all_is_computed_before_and_after(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = opened(report(**{RECEIVED: "无"}))
    seen: list[object] = []
    kind = type(book.app.impl)
    monkeypatch.setattr(kind, "calculate", lambda self: seen.append("computed"))
    monkeypatch.setattr(kind, "screen_updating", property(lambda _: True, lambda _, on: seen.append(on)))
    buttons.validate(book)
    assert seen == [False, "computed", "computed", True]


def test_no_program_for_the_report_is_said(opened: Open) -> None:
    def fail(_: Path) -> None:
        raise OSError

    book = opened(report())
    path = buttons.generate_report(book, fail)
    assert path and path.exists()
    assert said(book) == [f"已生成“{path.name}”，与工作簿在同一文件夹。没有能打开它的程序，请自己打开。"]


def test_nothing_left_to_carry(opened: Open) -> None:
    book = opened(replace(report(), office=Office(name="芙蓉镇人民政府", phone="1")))
    last_year(Path(book.fullname).parent, **{CARRIED_OUT: 0})
    assert buttons.carry_over(book) == {}
    assert said(book) == ["“上年.xlsx”（2020年度）中可填入：无。\n没有可以填入的空格。"]


@pytest.mark.parametrize(
    ("shown", "filled"),
    [("表三", {"表三 D8", "表三 E9"}), ("封面", {"表三 D8", "表三 E9", "表四 A8"}), ("表二", set())],
)
def test_fill_zeros_on_the_sheet_shown_or_on_all(shown: str, filled: set[str], opened: Open) -> None:
    edition = editions.get("2021")
    first = next(place for place in edition.inputs if edition.sheet(place) == "表四")
    blank = {RECEIVED: None, "requests__carried_in__company": None, "__".join(str(first).split(".")): None}
    book = opened(report(**blank), "yes")
    book.sheets[shown].activate()
    before = form_of(book)
    done = buttons.fill_zeros(book)
    assert len(done) == len(filled)
    changed = {
        f"{name} {chr(65 + j)}{i + 1}"
        for name, (values, _) in form_of(book).items()
        for i, row in enumerate(values)
        for j, value in enumerate(row)
        if value != before[name][0][i][j]
    }
    assert changed == filled
    assert len(said(book)) == 1


def test_fill_zeros_names_the_cells_and_takes_no_for_an_answer(opened: Open) -> None:
    book = opened(report(**{RECEIVED: None, CARRIED_IN: None}), "no")
    before = form_of(book)
    assert buttons.fill_zeros(book) == ()
    assert said(book) == ["表三 D8、D9还没有填，共 2 格。\n确实都没有发生的，才可以填 0。现在都填 0 吗？"]
    assert form_of(book) == before


def test_export_gives_the_interchange_form(opened: Open) -> None:
    book = opened(report(**{RECEIVED: 5}))
    path = buttons.export_json(book)
    assert path.name == "填报.json"
    assert interchange.load(path).numbers[ref("requests.received.natural_person")] == 5
    assert said(book) == ["数据已导出到“填报.json”，与工作簿在同一文件夹。"]
    book.sheets["表三"]["D8"].value = 6
    assert buttons.export_json(book).name == "填报(2).json"


WRITERS = [buttons.generate_report, buttons.carry_over, buttons.export_json]


@pytest.mark.parametrize("handler", WRITERS)
@pytest.mark.parametrize(
    ("fullname", "says"),
    [
        ("工作簿1", "工作簿还没有保存。请先保存到本机的文件夹，再点按钮。"),
        ("https://d.docs.live.net/1/填报.xlsx", "工作簿在网盘"),
        ("/no/such/folder/填报.xlsx", "工作簿还没有保存。"),
    ],
)
def test_a_workbook_in_no_folder(handler: Any, fullname: str, says: str, opened: Open) -> None:
    book = opened(report())
    before = form_of(book)
    book.impl.fullname = fullname
    with pytest.raises(XltoolsError, match=says):
        handler(book)
    assert form_of(book) == before


def test_a_folder_without_last_year(opened: Open) -> None:
    book = opened(report())
    with pytest.raises(XltoolsError, match="本文件夹里没有 2020 年度的填报工作簿。"):
        buttons.carry_over(book)
    book = opened(replace(report(), year=None))
    with pytest.raises(XltoolsError, match="封面的年度还没有填"):
        buttons.carry_over(book)


def test_a_folder_that_cannot_be_written_to(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    book = opened(report())
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(XltoolsError, match="写不进去。请关闭正在使用它的程序，或换一个有写入权限的文件夹。"):
        buttons.generate_report(book, never)
    assert files(book) == {"填报.xlsx"}


def test_the_report_is_open_in_word(opened: Open) -> None:
    book = opened(report())
    path = buttons.generate_report(book, lambda _: None)
    assert path
    path.with_name(f"~${path.name[2:]}").touch()
    old = path.read_bytes()
    book.sheets["五、问题改进"]["B4"].value = "有一点问题。"
    with pytest.raises(XltoolsError, match="正打开着，没有更新。请先关闭它，再生成一次。"):
        buttons.generate_report(book, never)
    assert path.read_bytes() == old


@pytest.mark.parametrize("handler", buttons.HANDLERS.values())
@pytest.mark.parametrize(
    ("sheet", "address", "value", "says"),
    [
        ("封面", "B6", 2020, "2020 年度报告应使用2019年试行版格式"),
        ("表三", "A8", "别的", "结构被改动：表三 A8 应为“一、本年新收政府信息公开申请数量”"),
    ],
)
def test_a_workbook_that_is_not_right(
    handler: Any, sheet: str, address: str, value: Any, says: str, opened: Open
) -> None:
    book = opened(report())
    for workbook in (book.impl.formulas, book.impl.values):  # whatever the protection says
        workbook[sheet][address].value = value
    before = form_of(book)
    with pytest.raises(XltoolsError, match=says):
        handler(book)
    assert form_of(book) == before
    assert files(book) == {"填报.xlsx"}


@pytest.mark.parametrize("handler", buttons.HANDLERS.values())
def test_somebody_elses_workbook(handler: Any, tmp_path: Path) -> None:
    app = memory.start()
    book = app.books.add()
    book.save(str(tmp_path / "别的.xlsx"))
    with pytest.raises(XltoolsError, match="不是年度报告填报工作簿"):
        handler(book)
    app.quit()


@pytest.mark.parametrize("edition", editions.all(), ids=lambda e: e.id)
def test_only_unlocked_cells_are_written_in_either_edition(edition: Edition, opened: Open) -> None:
    """The engine refuses locked cells, as Excel does: that nothing raises is the test."""
    book = opened(Report(Office(), edition.years[0], edition), "yes", "yes")
    last_year(Path(book.fullname).parent, **{CARRIED_OUT: 2})
    buttons.validate(book)
    if edition.id == "2021":
        buttons.carry_over(book)
    book.sheets["封面"].activate()
    assert buttons.fill_zeros(book)
    assert [
        finding.rule.code for finding in buttons.validate(book) if finding.is_error and finding.rule.code != "B1"
    ] == ([] if edition.id == "2021" else ["N2"])
