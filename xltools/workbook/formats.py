"""Whether a number is shown as what it is (数字格式): ECMA-376 part 1, 18.8.30 and 18.8.31.

Pasting brings formats along: 0.12 shown as 12%, 45296 as a date, 12000 as 12. A person believes what is shown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from xltools.report import Number
from xltools.workbook.archive import Damaged
from xltools.workbook.book import OTHERWISE
from xltools.workbook.markup import space

GENERAL = "General"
_DAYS = frozenset((14, 15, 22, 30, 31))
_PARTS = frozenset((16, 28, 29, 51, 53, 54, 58))
_DATES = frozenset((*range(16, 22), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82))) - _DAYS - _PARTS
"""The built-in formats that show whole days, as China has them, days without their year, and months or times."""
_BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "#,##0;-#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "#,##0.00;-#,##0.00;-",
    48: "##0.0E+0", 49: "@", 67: "0%", 68: "0.00%", 69: "# ?/?", 70: "# ??/??",
    **dict.fromkeys(_DAYS, "yyyy-mm-dd"), **dict.fromkeys(_PARTS, "m-d"), **dict.fromkeys(_DATES, "h:mm"),
}  # fmt: skip
"""The built-in ones as far as it matters here, those of Thailand included."""
_LONGEST, _PRECISION = 1000, 350
"""Characters of a format; digits that a stored number can have."""
_TOKEN = re.compile(r'"[^"]*"|[\\!].|[_*].|\[[^\]]*\]|General|G/通用格式|[^"\\_*\[]', re.IGNORECASE | re.DOTALL)
_GENERALS = (GENERAL.lower(), "g/通用格式")
_MARKS = frozenset("0#?@.,%/EeYyMmDdHhSs年月日")
"""What stands for a part of a number or of a date; all other characters are shown as they are."""
_PLAIN = re.compile(f"[0#?](?:,*[0#?])*(?:[.][0#?]*)?|[.][0#?]+|{GENERAL}|@")
"""A whole number as it is, in groups or with zeros; neither scaled nor with anything inside."""
_INSIDE = "|"
"""Stands in a body for what is shown between digits."""
_DATED = re.compile("[ymdhs年月日]", re.IGNORECASE)
_DAY = (re.compile("[ye]", re.IGNORECASE), re.compile("m", re.IGNORECASE), re.compile("(?<!d)dd?(?!d)", re.IGNORECASE))
_DIGITS = frozenset("一二三四五六七八九%％‰")
_NUMERALS = _DIGITS | frozenset("十百千万亿兆拾佰仟萬億壹贰叁肆伍陆柒捌玖〇零")
"""What makes another number of the one beside which it stands; of a nought only digits and shares do."""
_MINUS = frozenset("-−－减负△▲")
_BRACKETS = re.compile("[(（][^)）]*$")
_JOINED = re.compile(r"(?:^|[^\w\s)）])\s*[.,:·．，：‐‑‒–—―﹣]\s*$")
"""What becomes one with the digits after it: a point, or a dash that is read as a minus; not the colon of a word."""


class _Section(NamedTuple):
    """The part of a format for numbers of one sign: what stands around the number, and how it is written."""

    before: str = ""
    body: str = ""
    after: str = ""
    odd: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Formats:
    """The formats of a workbook by cell style: all that are not General, and those that may hide a whole number.

    ``styles`` is how many cell styles there are.
    """

    styles: int
    codes: Mapping[str, str]
    hiding: frozenset[str]


NONE = Formats(10**6, {}, frozenset())
"""Of a workbook that says nothing about styles: whichever a cell names, its number is shown as it is."""


def formats(root: etree._Element) -> Formats:
    """Read the formats of all cell styles; raises `Damaged`, `ValueError`."""
    main = space(root, "styleSheet")
    own = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in root.iterfind(f"{main}numFmts/{main}numFmt")}
    codes, index = {}, 0  # a workbook without any has the usual one
    for index, style in enumerate(root.iterfind(f"{main}cellXfs/{main}xf")):
        number = int(style.get("numFmtId", "0"))
        code = own.get(number) or _BUILT_IN.get(number, GENERAL)
        if len(code) > _LONGEST:
            raise Damaged(f"a format of {len(code)} characters")
        if code != GENERAL:
            codes[str(index)] = code
    return Formats(index + 1, codes, frozenset(style for style, code in codes.items() if _may_hide(code)))


def shown(number: Number, code: str) -> str:
    """Return how a number looks where that is another number, or none; else ``""``. Of dates see `is_date`."""
    before, body, after, odd, signed = _for(number, code)
    around = before + after
    if odd or not signed:
        return OTHERWISE
    if number == 0:
        lies = any(_is_numeral(c, _DIGITS if body else _NUMERALS - {"〇", "零"}) for c in around)
        return f"{before}{'0' if body else ''}{after}" if lies else ""
    if "%" in body:
        return f"{plain(Decimal(number) * 100)}%"
    if not _PLAIN.fullmatch(body) or _JOINED.search(before):
        return OTHERWISE
    if any(_is_numeral(c, _NUMERALS) for c in around):
        return f"{before}{plain(number)}{after}"
    return "" if body in (GENERAL, "@") else _written(number, body)


def _is_numeral(character: str, own: Collection[str]) -> bool:
    """Whether a character is a numeral: one of our ``own``, or of any other script."""
    return character in own or (character.isnumeric() and not "㐀" <= character <= "鿿" and character != "〇")


def plain(number: Number) -> str:
    """The digits of a number, without those that say nothing."""
    return str(number) if isinstance(number, int) or number != int(number) else str(int(number))


def _for(number: Number, code: str) -> tuple[str, str, str, bool, bool]:
    """The section of a format that shows a number, and whether it tells its sign."""
    sections = _sections(code)
    own = min(1 if number < 0 else 2 if number == 0 else 0, len(sections))
    before, body, after, odd = sections[own if own < len(sections) else 0]
    minus = bool(_MINUS & set(before + after) or _BRACKETS.search(before))
    return before, body, after, odd, number == 0 or minus == (number < 0 and 0 < own < len(sections))


@lru_cache(maxsize=256)
def is_date(code: str) -> bool:
    """Whether a format shows a date or a time."""
    return any(_DATED.search(section.body.replace(GENERAL, "")) for section in _sections(code))


@lru_cache(maxsize=256)
def shows_day(code: str) -> bool:
    """Whether a format shows year, month and day, and no other digits beside them."""
    return _shows(code, _DAY)


@lru_cache(maxsize=256)
def shows_part(code: str) -> bool:
    """Whether a format shows month and day, be it without the year, which the number has."""
    return _shows(code, _DAY[1:])


def _shows(code: str, parts: Iterable[re.Pattern[str]]) -> bool:
    before, body, after, odd = _sections(code)[0]
    return not odd and all(part.search(body) for part in parts) and not any(map(str.isnumeric, before + after))


def _written(number: Number, body: str) -> str:
    """The digits of a number if there are others than its own: rounded, or with zeros before it."""
    whole, _, decimals = body.partition(".")
    if number != int(number):
        with localcontext(prec=_PRECISION):
            places = min(15, len(re.findall("[0#?]", decimals)))
            rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return "" if rounded == number else f"{rounded:f}"
    digits, zeros = str(abs(int(number))), whole.count("0")
    return "-" * (number < 0) + digits.zfill(zeros) if zeros > len(digits) else ""


@lru_cache(maxsize=256)
def _may_hide(code: str) -> bool:
    """Whether there are whole numbers that a format does not show as they are."""
    samples = (0, 1, 7, -1, 25_000, -25_000, 10**14)
    return is_date(code) or any(shown(number, code) for number in samples)


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    tokens = _TOKEN.findall(code)
    whole = "".join(tokens) == code
    sections = [_Section(odd=not whole)]
    for token in tokens:
        if token == ";":
            sections.append(_Section(odd=not whole))
        else:
            sections[-1] = _with(sections[-1], token)
    return tuple(sections)


def _with(section: _Section, token: str) -> _Section:
    """A section with what one token of its format adds."""
    body, literal = "", ""
    if token[0] in "_*" and len(token) > 1:
        literal = " " if token[0] == "_" else token[1]
    elif token[0] == "[":
        inside = token[1:-1]
        if inside[:1] in tuple("<>="):
            return section._replace(odd=True)
        literal = inside[1:].partition("-")[0] if inside[:1] == "$" else ""
        body = inside if inside and set(inside.lower()) <= set("hms") else ""
    elif token[0] in '"\\!' and len(token) > 1:
        literal = token[1:-1] if token[0] == '"' else token[1]
    elif token.lower() in _GENERALS:
        body = GENERAL
    elif token in _MARKS:
        body = token
    else:
        literal = token
    if not body:
        return section._replace(after=section.after + literal)
    if not section.body:
        return section._replace(before=section.after, body=body, after="")
    return section._replace(body=f"{section.body}{_INSIDE if section.after else ''}{body}")


def day(number: Number | str | None, day_zero: dt.date) -> dt.date | None:
    """The day as which a number is shown, if it can be one."""
    if not isinstance(number, int | Decimal) or number < 1:
        return None
    leap = number < 60 and day_zero.year < 1900  # to spreadsheets 1900 was a leap year
    try:
        return day_zero + dt.timedelta(days=int(number) + leap)
    except OverflowError:
        return None
