"""Whether every cell holds what may stand in it (填写): blank is not zero, text is not a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.rule import Problem, Rules, Words
from xltools.form import Heading, Place, Ref
from xltools.report import Report

rule = RULES = Rules()

_QUOTED = 60
_NUMBERS_ONLY = "年度报告格式附件：表内填写数字"


@rule(
    "N1", _NUMBERS_ONLY,
    passes={"requests.granted.company": 0},
    fails={"requests.granted.company": "-"},
)  # fmt: skip
def number(report: Report) -> Iterator[Problem]:
    """数字格里填的是数字：0 或正数，不是文字、公式；文字格里填的是文字。

    Never coerced, not even text that looks like a number; the number meant is offered.
    """
    edition = report.edition
    if report.year_text:
        field = edition.fields["year"]
        message = (*_at(report, field), f"填的是“{quoted(report.year_text)}”，应是四位年度（本版用于{edition.span}）。")
        yield Problem(message, (field,), ("请改正。",))
    for field_id, found in report.misfits.items():
        for row, stands in found if field_id != "year" else ():
            place = edition.fields[field_id]._replace(row=row)
            what = f"填的是“{quoted(str(stands))}”，是公式、错误值或单独的数字、日期，此处应是文字。"
            yield Problem((*_at(report, place), what), (place,), ("请按正文的写法重新输入文字。",))
    typed = {**report.texts, **report.formulas}
    below = {ref: n for ref, n in report.numbers.items() if n < 0}
    for ref in edition.refs if typed or below else ():
        said, value = typed.get(ref), below.get(ref)
        if said is None and value is None:
            continue
        column = edition.column(ref)
        if ref in report.overwritten or (column.signed and ref not in report.formulas):
            continue
        if said is None and value is not None and ref not in edition.parts and column.accepts_decimals(value):
            yield _not_allowed(report, ref, str(value), "此格没有负数，请核对后填 0 或正数。")
        elif said is not None:
            fix = "请直接填写数字，不要用公式。" if ref in report.formulas else _advice(said, column)
            yield _not_allowed(report, ref, said, fix)


def _not_allowed(report: Report, ref: Ref, found: str, fix: str) -> Problem:
    column = report.edition.column(ref)
    allowed = f"0 或正数（单位：{column.unit}）" if column.money else "0 或正整数"
    shown = f"填的是“{quoted(found)}”" if found.strip() else "填的是看不见的空格"
    return Problem((*_at(report, ref), f"{shown}，此格只能填 {allowed}。"), (ref,), (fix,))


@rule(
    "N2", "《条例》第五十条；没有发生的应填 0",
    passes={"requests.granted.company": None, "zero_filled.表三": "是"},
    fails={"requests.granted.company": None},
)  # fmt: skip
def filled(report: Report) -> Iterator[Problem]:
    """每一格都填了：没有发生的填 0，或声明本表未填格均为0。"""
    for field in report.edition.cover:
        if field.required and not report.entry(field.id):
            yield Problem((*_at(report, field), "尚未填写。"), (field,), (f"请填写{field.label}。",))
    for ref in report.edition.inputs:
        if ref not in report.numbers and report.blank(ref):
            yield Problem(
                (*_at(report, ref), "尚未填写。"),
                (ref,),
                ("确无此项请填 0；本表其余各格确实均为 0 的，可将“本表未填格均为0”选为“是”。",),
            )


@rule(
    "N3", _NUMBERS_ONLY,
    passes={"art20_8.fees.amount": Decimal("12.5")},
    fails={"requests.granted.company": Decimal("12.5")},
)  # fmt: skip
def whole(report: Report) -> Iterator[Problem]:
    """件数是整数；只有金额可以带小数。"""
    broken = {ref: n for ref, n in report.numbers.items() if not isinstance(n, int)}
    for ref in report.edition.inputs if broken else ():
        value = broken.get(ref)
        if value is not None and ref not in report.formulas and not report.edition.column(ref).accepts_decimals(value):
            yield Problem(
                (*_at(report, ref), f"的值 {value} 不是整数，件数须为整数。"),
                (ref,),
                ("请填整数；只有金额可以带小数，单位见该格提示。",),
            )


@rule(
    "S1", "2019年试行版表二：“本年增/减”一栏增加为正、减少为负", editions=frozenset({"2019"}),
    passes={"art20_6.penalties.change": -253},
    fails={"art20_6.penalties.change": "--253"},
)  # fmt: skip
def sign(report: Report) -> Iterator[Problem]:
    """“本年增/减”只填一个带符号的整数。"""
    for ref in report.edition.inputs:
        if ref in report.texts and ref not in report.formulas and report.edition.column(ref).signed:
            yield Problem(
                (*_at(report, ref), f"填了“{quoted(report.texts[ref])}”，此格只能填一个整数。"),
                (ref,),
                ("增加填正数，减少填负数（如 -253），没有变化填 0，只能有一个符号，不写“增”“减”。",),
            )


def _at(report: Report, place: Place) -> Words:
    edition = report.edition
    return f"{edition.sheet(place)}“{edition.name_of(place)}”（", place, "）"


def _advice(found: str, column: Heading) -> str:
    """What to do about a text: type the number that it plainly is, or a zero."""
    if not found.strip():
        return "请按 Delete 键清除后重新填写。"
    if found.startswith("#"):
        return "这是公式出错的结果，请清除后填写数字。"
    if "（显示为" in found:
        return "单元格的数字格式改变了显示，请把格式改为“常规”，再核对数字。"
    meant = plain_number(found, column)
    if meant:
        return f"如果是 {meant}，请在英文输入状态下重新输入 {meant}，不要带逗号、空格和单位。"
    return "没有发生的请填 0，不要填“-”“/”“无”。说明文字请写在“表注”。"


def quoted(text: str) -> str:
    """A text as a message quotes it: on one line, and not too long."""
    words = " ".join(text.split()) if text.strip() else text
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}……"


def plain_number(text: str, column: Heading) -> str:
    """Return the number that a text plainly is, ``１，２００件`` is ``1200``; ``""`` where there is a doubt.

    Only the column's own unit may follow, commas only between thousands, decimals only for money.
    """
    plain = re.sub(r"[\s\u200b-\u200f\ufeff]", "", unicodedata.normalize("NFKC", text)).removesuffix(column.unit)
    whole = r"\+?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})"
    if not re.fullmatch(whole + (r"(\.[0-9]{1,6})?" if column.money else ""), plain):
        return ""
    return f"{Decimal(plain.replace(',', '')):f}"
