"""Whether a number is shown as what it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from lxml import etree

from xltools.report import Number
from xltools.workbook.formats import OTHERWISE, day, formats, is_date, shown, shows_day, shows_part

PLAIN = (
    "General", "G/通用格式", "0", "0_ ", "#,##0", "#,##0_);[Red]\\(#,##0\\)", "@", '0"件"', 'General"元"', "[DBNum1]0",
    '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "0;-0;;@", "[$¥-804]#,##0", '"增"0;"减"0;0', "0元",
    '0"（件）"', '0"（含上年结转）"', '"（件）"0', '"合计："0', '"No."0', "0.", '0"."', "[$-804]0", "#,##0;(#,##0)",
    "+0;-0;0", '0"人参加"',
)  # fmt: skip


@pytest.mark.parametrize("code", PLAIN)
@pytest.mark.parametrize("number", [0, 7, -7, 12_000])
def test_shown_as_it_is(code: str, number: int) -> None:
    assert shown(number, code) == "" and not is_date(code)


@pytest.mark.parametrize(
    ("number", "code", "looks"),
    [
        (1, "0%", "100%"),
        (Decimal("0.125"), "0.0%", "12.500%"),
        (0, "0%", ""),
        (7, '0"千"', "7千"),
        (7, 'General"万元"', "7万元"),
        (7, '0"0"', "70"),
        (0, '"5"', "5"),
        (7, "000", "007"),
        (12_000, "0,", OTHERWISE),
        (12_000, "#,##0,,", OTHERWISE),
        (7, ";;;", OTHERWISE),
        (-7, "0;0", OTHERWISE),
        (7, "-0", OTHERWISE),
        (7, '"–"0', OTHERWISE),
        (7, '"("0")"', OTHERWISE),
        (7, "* -0", OTHERWISE),
        (505, "0!.0000", OTHERWISE),
        (505, "0\\.0000", OTHERWISE),
        (505, '0"."00', OTHERWISE),
        (505, '0"":0', OTHERWISE),
        (505, "0:00", OTHERWISE),
        (505, "0 0", OTHERWISE),
        (505, "0_-0", OTHERWISE),
        (505, "0* 0", OTHERWISE),
        (505, "0.0.0", OTHERWISE),
        (505, '"."0', OTHERWISE),
        (505, '"：" 0', OTHERWISE),
        (505, "\\.0", OTHERWISE),
        (505, "@@", OTHERWISE),
        (505, 'General"."General', OTHERWISE),
        (7, "0*0", "70"),
        (7, "*50", "57"),
        (7, '0"％"', "7％"),
        (7, '0"①"', "7①"),
        (7, '0"٣"', "7٣"),
        (7, '0"壹"', "7壹"),
        (0, '0;0;"十"', "十"),
        (0, '0;0;"零"', ""),
        (-7, "000", "-007"),
        (7, "[>5]0;0", OTHERWISE),
        (7, "0E+0", OTHERWISE),
        (Decimal("0.5"), "# ?/?", OTHERWISE),
        (7, '"0', OTHERWISE),
        (Decimal("12.6"), "0", "13"),
        (Decimal("12.345"), "0.00", "12.35"),
        (Decimal("12.34"), "0.00", ""),
        (Decimal("12.345"), "General", ""),
        (10**300, "0.00", ""),
        (Decimal("1E-300"), "0.00", "0.00"),
    ],
)
def test_shown_as_something_else(number: Number, code: str, looks: str) -> None:
    assert shown(number, code) == looks


@pytest.mark.parametrize(
    ("code", "dated"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]yyyy年m月", True),
        ("h:mm", True), ("[h]:mm", True), ("[Red]0", False), ('0"年"', False), ("General", False), ("0.00E+00", False),
    ],
)  # fmt: skip
def test_dates(code: str, dated: bool) -> None:
    assert is_date(code) is dated


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日";@', True), ("[$-F800]dddd, mmmm dd, yyyy", True),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', True), ("yyyy/m/d h:mm", True), ('e"年"m"月"d"日"', True),
        ('yyyy"年"m"月"', False), ('m"月"d"日"', False), ("mm", False), ("h:mm", False), ("0日", False),
        ('yyyy"年1"m"月"d"日"', False), ("[>5]yyyy-mm-dd;0", False), ("0;yyyy-mm-dd", False), ("ddd yyyy-mm", False),
    ],
)  # fmt: skip
def test_whole_days(code: str, whole: bool) -> None:
    assert is_date(code) and shows_day(code) is whole


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ('m"月"d"日"', True), ('m"月"d"日";@', True), ("d-mmm", True), ("m/d h:mm", True), ("yyyy-mm-dd", True),
        ('yyyy"年"m"月"', False), ("mmm-yy", False), ("h:mm", False), ("ddd", False), ('m"月1"d', False),
    ],
)  # fmt: skip
def test_days_without_their_year(code: str, part: bool) -> None:
    assert is_date(code) and shows_part(code) is part


@pytest.mark.parametrize(
    ("number", "zero", "date"),
    [
        (44221, dt.date(1899, 12, 30), dt.date(2021, 1, 25)),
        (1, dt.date(1899, 12, 30), dt.date(1900, 1, 1)),
        (59, dt.date(1899, 12, 30), dt.date(1900, 2, 28)),
        (61, dt.date(1899, 12, 30), dt.date(1900, 3, 1)),
        (1, dt.date(1904, 1, 1), dt.date(1904, 1, 2)),
        (Decimal("44221.9"), dt.date(1899, 12, 30), dt.date(2021, 1, 25)),
        (Decimal("0.5"), dt.date(1899, 12, 30), None),
        (-1, dt.date(1899, 12, 30), None),
        (10**9, dt.date(1899, 12, 30), None),
        ("44221", dt.date(1899, 12, 30), None),
    ],
)
def test_days(number: Number | str, zero: dt.date, date: dt.date | None) -> None:
    assert day(number, zero) == date


def test_the_formats_of_a_workbook() -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<numFmts><numFmt numFmtId="164" formatCode="0&quot;千&quot;"/></numFmts><cellXfs>'
        + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 1, 9, 14, 31, 43, 49, 164, 999, 67, 57, 58))
        + "</cellXfs></styleSheet>"
    )
    found = formats(etree.fromstring(styles))
    assert sorted(found.hiding) == ["10", "11", "2", "3", "4", "7", "9"]
    assert [shows_day(found.codes[style]) for style in ("3", "4", "10", "11")] == [True, True, False, False]
    assert [shows_part(found.codes[style]) for style in ("3", "10", "11")] == [True, False, True]
    assert "0" not in found.codes and found.codes["7"] == '0"千"'
