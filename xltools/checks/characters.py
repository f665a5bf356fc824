"""Characters that were typed or pasted, but cannot be printed (印不出来的字符)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from xltools.checks.passages import MOST, at
from xltools.checks.rule import Problem, Rules
from xltools.form import Field
from xltools.report import Report
from xltools.severity import Severity
from xltools.text import UNPRINTABLE

rule = RULES = Rules()


@rule(
    "C8", "常见差错：从网页、PDF 粘贴来的控制字符", Severity.WARNING,
    passes={"narrative.problems": "加强保障，继续改进。"},
    fails={"narrative.problems": "加强保障，\v继续改进。"},
)  # fmt: skip
def held(report: Report) -> Iterator[Problem]:
    """文字里没有印不出来的字符（控制字符、残缺的字）；有的，生成报告时会去掉。"""
    for place, text in islice(_faulty(report), MOST):
        found = list(UNPRINTABLE.finditer(text))
        what = "残缺的字" if "\ud800" <= found[0][0] <= "\udfff" else "控制字符"
        more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
        said = f"第 {found[0].start() + 1} 个字是{what} U+{ord(found[0][0]):04X}{more}，印不出来，生成报告时会去掉。"
        yield Problem((*at(report, place), said), (place,), ("请删除；原来应是文字或换行的，请重新输入。",))


def _faulty(report: Report) -> Iterator[tuple[Field, str]]:
    if not UNPRINTABLE.search("".join(map(report.entry, report.edition.fields))):  # as nearly always
        return
    for place, typed in _printed(report):
        text = typed.replace("\r\n", "\n").removesuffix("\r")  # the end of a line of Windows
        if UNPRINTABLE.search(text):
            yield place, text


def _printed(report: Report) -> Iterator[tuple[Field, str]]:
    """Every text of the cover, every paragraph and every 表注."""
    for field in report.edition.cover:
        yield field, report.entry(field.id)
    for section in report.edition.sections:
        if section.tables:
            yield section.field("notes"), report.notes.get(section.sheet, "")
        else:
            place = section.field("narrative")
            yield from ((place._replace(row=row), line) for row, line in report.numbered(section.id))
