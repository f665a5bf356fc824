"""Personal data in what will be published (个人信息): mobile and identity numbers. Names are not looked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import islice

from xltools.checks.passages import MOST, at, joined, passages, plain
from xltools.checks.rule import Problem, Rules
from xltools.form import Field
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_LONG = re.compile(r"[1-9](?<![\dA-Za-z.].)[\d-]{9,20}[\dXx](?![\dA-Za-z%]|\.\d)")
_COUNTED = r"[余多]?(?:元|万|亿|件|条|次|人|份|个|平方|吨|米|户)"


@rule(
    "C7", "《个人信息保护法》；《条例》第十五条", Severity.WARNING,
    passes={"narrative.preamble": "请与镇党政综合办公室联系，电话0577-62290000。"},
    fails={"narrative.preamble": "请与镇党政综合办公室联系，电话13800001111。"},
)  # fmt: skip
def personal(report: Report) -> Iterator[Problem]:
    """公开的文字里没有手机号码和身份证号码（单位的座机可以写）。

    The number is not repeated in full: findings travel further than the report.
    """
    for place, what, digits in islice(_numbers(report), MOST):
        fix = f"{what}属于个人信息，不要公开；联系方式请写单位的座机。"
        yield Problem((*at(report, place), f"出现{what}“{digits[:3]}****{digits[-4:]}”。"), (place,), (fix,))


def _numbers(report: Report) -> Iterator[tuple[Field, str, str]]:
    """Every such number: where it is, what it is, its digits."""
    for place, text in _public(report):
        for match in _LONG.finditer(text):
            digits = match[0].replace("-", "").removeprefix("86")
            what = "手机号码" if _is_mobile(digits) else "身份证号码" if _is_identity(digits) else ""
            if what and not re.match(_COUNTED, text[match.end() :]):
                yield place, what, digits


def _public(report: Report) -> Iterator[tuple[Field, str]]:
    """Everything printed that was not entered as a number: the narrative parts and 表注."""
    if _LONG.search(joined(report)):
        yield from ((passage.place, passage.text) for passage in passages(report))
    for section in report.edition.sections:
        if section.tables and (words := report.notes.get(section.sheet)):
            yield section.field("notes"), plain(words).replace("\n", "")


def _is_mobile(digits: str) -> bool:
    return bool(re.fullmatch(r"1[3-9]\d{9}", digits))


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(digits: str) -> bool:
    """18 digits with a birthday and the check digit of GB 11643."""
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", digits):
        return False
    try:
        born = dt.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    check = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits[:17], strict=True)) % 11
    return dt.date(1900, 1, 1) <= born and "10X98765432"[check] == digits[17].upper()
