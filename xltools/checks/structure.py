"""Whether the report is on the right form, whole and unchanged (格式与结构)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools import editions
from xltools.checks.entry import quoted
from xltools.checks.rule import Problem, Rules
from xltools.form import Field
from xltools.report import Report, Stray, Way
from xltools.severity import Severity

rule = RULES = Rules()


@rule(
    "F1", "国办公开办函〔2021〕30号：自2021年度报告起使用新格式",
    passes={"edition": "2021", "year": 2023},
    fails={"edition": "2019", "year": 2023},
)  # fmt: skip
def right_edition(report: Report) -> Iterator[Problem]:
    """报告年度与格式版本相符。

    A workbook on the wrong form is refused when it is read; this finds a report made otherwise.
    """
    edition, year = report.edition, report.year
    if year is not None and year not in edition.years:
        message, fix = editions.wrong_year(edition, year)
        yield Problem((message,), (edition.fields["year"],), (fix,))


@rule(
    "F2", "年度报告格式附件：表样统一，不得改动",
    passes={"requests.granted.natural_person": 0},
    fails={"requests.granted.total": 0, "overwritten": "requests.granted.total"},
)  # fmt: skip
def unchanged(report: Report) -> Iterator[Problem]:
    """工作簿的标签和合计公式没有被改动，填写的格以外没有内容，填写的内容没有被隐藏。

    Changed labels and missing sheets are refused when the workbook is read; a total that is no
    formula any more is found here.
    """
    for stray in report.strays:
        yield _stray(stray)
    edition = report.edition
    for ref in edition.refs:
        if ref in report.overwritten:
            found = quoted(str(report.numbers.get(ref, report.texts.get(ref) or "空白")))
            yield Problem(
                (
                    f"{edition.sheet(ref)}“{edition.name_of(ref)}”（",
                    ref,
                    f"）的合计公式被改成了“{found}”。",
                ),
                (ref,),
                ("合计由系统计算，请在未改动的工作簿中重新粘贴数值。",),
            )


_STRAYS = {
    Way.OUTSIDE: ("“{0}”不在填写的格里，不会印进报告。", "请移到应填的格里，不需要的请删除。"),
    Way.HIDDEN: ("被隐藏了（“{0}”），却会印进报告。", "请取消隐藏，核对后再报送。"),
    Way.MERGED: ("所在的单元格被合并了，被盖住的内容看不见。", "请取消合并，核对后再报送。"),
    Way.SHEET: ("是多出的工作表“{0}”，里面的内容不会印进报告。", "请把内容填进原有的工作表，再删除它。"),
}


def _stray(stray: Stray) -> Problem:
    place = Field(stray.id, "填写的格以外", stray.sheet)
    said, fix = _STRAYS[stray.way]
    return Problem((f"{stray.sheet} ", place, f" {said.format(quoted(stray.found))}"), (place,), (fix,))


@rule(
    "F3", "《条例》第五十条；年度报告格式附件：六个部分", Severity.WARNING,
    passes={"narrative.problems": "无。"},
    fails={"narrative.problems": ""},
)  # fmt: skip
def every_part(report: Report) -> Iterator[Problem]:
    """六个部分都有内容。"""
    for section in report.edition.sections:
        if not section.tables and not report.paragraphs(section.id):
            field = section.field("narrative")
            if field.required:
                yield Problem(
                    (f"“{section.label}”还没有内容（工作表“{section.sheet}”）。",),
                    (field,),
                    ("六个部分都要有；确实没有的，写“无”。",),
                )
