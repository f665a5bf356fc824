"""Whether every cell holds what may stand in it (填写): blank is not zero, text is not a number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from xltools.checks.rule import Problem, Rules, Words
from xltools.form import Heading, Place
from xltools.report import Number, Report

rule = RULES = Rules()

_NUMBERS_ONLY = "年度报告格式附件：表内填写数字"


@rule("N1", _NUMBERS_ONLY)
def number(report: Report) -> Iterator[Problem]:
    """数字格里填的是数字：0 或正数，不是文字、公式。

    Never coerced, not even text that looks like a number; the number meant is offered.
    """
    if report.year_text:
        field = report.edition.fields["year"]
        message = (*_at(report, field), f"填的是“{report.year_text}”，应是四位年度（本版用于{report.edition.span}）。")
        yield Problem(message, (field,), ("请改正。",))
    for ref in report.edition.inputs:
        column = report.edition.column(ref)
        value = report.numbers.get(ref)
        found = report.formulas.get(ref) or report.texts.get(ref)
        if found is None and value is not None and value < 0 and not column.signed and _whole(value, column):
            found = str(value)
        if found is not None and (not column.signed or ref in report.formulas):
            allowed = f"0 或正数（单位：{column.unit}）" if column.money else "0 或正整数"
            message = (*_at(report, ref), f"填的是“{found}”，此格只能填 {allowed}。")
            yield Problem(message, (ref,), (_advice(found, ref in report.formulas),))


@rule("N2", "《条例》第五十条；没有发生的应填 0")
def filled(report: Report) -> Iterator[Problem]:
    """每一格都填了：没有发生的填 0，或声明本表未填格均为0。"""
    for field in report.edition.cover:
        if field.required and not report.entry(field.id):
            yield Problem((*_at(report, field), "尚未填写。"), (field,), (f"请填写{field.label}。",))
    for ref in report.edition.inputs:
        if report.blank(ref):
            yield Problem(
                (*_at(report, ref), "尚未填写。"),
                (ref,),
                ("确无此项请填 0；本表其余各格确实均为 0 的，可将“本表未填格均为0”选为“是”。",),
            )


@rule("N3", _NUMBERS_ONLY)
def whole(report: Report) -> Iterator[Problem]:
    """件数是整数；只有金额可以带小数。"""
    for ref in report.edition.inputs:
        value, column = report.numbers.get(ref), report.edition.column(ref)
        if value is not None and ref not in report.formulas and not _whole(value, column):
            yield Problem(
                (*_at(report, ref), f"的值 {value} 不是整数，件数须为整数。"),
                (ref,),
                ("请填整数；只有金额可以带小数，单位见该格提示。",),
            )


@rule("S1", "2019年试行版表二：“本年增/减”一栏增加为正、减少为负", editions=frozenset({"2019"}))
def sign(report: Report) -> Iterator[Problem]:
    """“本年增/减”只填一个带符号的整数。"""
    for ref in report.edition.inputs:
        if ref in report.texts and ref not in report.formulas and report.edition.column(ref).signed:
            yield Problem(
                (*_at(report, ref), f"填了“{report.texts[ref]}”，此格只能填一个整数。"),
                (ref,),
                ("增加填正数，减少填负数（如 -253），没有变化填 0，只能有一个符号，不写“增”“减”。",),
            )


def _at(report: Report, place: Place) -> Words:
    edition = report.edition
    return f"{edition.sheet(place)}“{edition.name_of(place)}”（", place, "）"


def _whole(value: Number, column: Heading) -> bool:
    return column.money or value == int(value)


def _advice(found: str, formula: bool) -> str:
    if formula:
        return "请直接填写数字，不要用公式。"
    meant = plain_number(found)
    if meant:
        return f"如果是 {meant}，请在英文输入状态下重新输入 {meant}，不要带逗号、空格和单位。"
    return "没有发生的请填 0，不要填“-”“/”“无”。说明文字请写在“表注”。"


def plain_number(text: str) -> str:
    """Return the number that a text plainly is, ``１，２００件`` is ``1200``; ``""`` if it is none."""
    plain = re.sub(r"[\s,，\u200b-\u200f\ufeff]|[件个项元]$", "", unicodedata.normalize("NFKC", text))
    return f"{Decimal(plain):f}" if re.fullmatch(r"\+?[0-9]{1,15}(\.[0-9]{1,6})?", plain) else ""
