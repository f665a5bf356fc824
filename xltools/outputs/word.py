"""Fill the Word template with a report (生成 Word 报告). What was typed is what is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from xltools.errors import WrongWordTemplate
from xltools.form import Edition
from xltools.outputs.compiled import Uncovered, printable, shipped
from xltools.outputs.context import context
from xltools.outputs.seal import seal
from xltools.outputs.wordparts import pack
from xltools.report import Report

DRAFT, REVIEW = "草稿", "送审稿"


def render(
    report: Report,
    *,
    template: Path | None = None,
    draft: bool = False,
    submission: bool = False,
    answers: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the report as .docx: 公布版, or with ``submission`` the 报送版; ``answers`` to 提醒 are annexed to it.

    ``template`` is a Word template edited by the office; raises `WrongWordTemplate` if it cannot be filled.
    The same report and template give the same bytes.
    """
    words = context(report, mark=DRAFT if draft else "", submission=submission, answers=answers)
    title = printable(report.title)[:255]
    if template:
        return _edited(template, report.edition, words, title)
    return shipped(report.edition).render(words, title)


def _edited(template: Path, edition: Edition, words: dict[str, Any], title: str) -> bytes:
    """The fast way where it is proved for this template, docxtpl itself where not; it also finds the faults."""
    from xltools.outputs import wordtemplate

    try:
        data = template.read_bytes()
        fast = wordtemplate.compiled(data, edition)
        if fast:
            try:
                return fast.render(words, title)
            except (Uncovered, *wordtemplate.MISWRITTEN):
                pass  # docxtpl says what is wrong, if anything is
        document = wordtemplate.Document(data)
    except wordtemplate.UNREADABLE:
        raise WrongWordTemplate(
            f"Word 模板“{template.name}”打不开，不是 .docx 文件或已损坏。请另存为 .docx 后再试。"
        ) from None
    if not document.has_marks:
        raise WrongWordTemplate(
            f"“{template.name}”里没有可填的标记“{{{{ }}}}”，像是已经生成的报告。"
            "请用自带的 Word 模板，或在它的基础上修改。"
        )
    try:
        return pack(seal(document.parts(words, title)))
    except wordtemplate.MISWRITTEN as fault:
        raise WrongWordTemplate(_explain(fault, template)) from None


def _explain(fault: Exception, template: Path) -> str:
    unknown = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", str(fault))
    if unknown:
        return (
            f"Word 模板“{template.name}”中的“{unknown[1] or unknown[2]}”不是本版报告的项目。"
            "请对照“xltools editions”列出的名称改正模板。"
        )
    return f"Word 模板“{template.name}”中的标记写法有误，无法填写。请对照自带模板检查“{{{{ }}}}”和“{{% %}}”是否成对。"
