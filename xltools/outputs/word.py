"""Fill the Word template with a report (生成 Word 报告). What was typed is what is printed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from xltools.errors import WrongWordTemplate
from xltools.outputs.context import context
from xltools.outputs.seal import UNSEALED, seal
from xltools.outputs.wordform import build
from xltools.outputs.wordparts import pack
from xltools.report import Report

DRAFT, REVIEW = "草稿", "送审稿"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_JOINED_BRACES = re.compile(r"(?<=[{}%])_(?=[{}%])")


def render(report: Report, *, template: Path | None = None, draft: bool = False, submission: bool = False) -> bytes:
    """Return the report as .docx: 公布版, or with ``submission`` the 报送版.

    ``template`` is a Word template edited by the office; raises `WrongWordTemplate` if it cannot be filled.
    The same report and template give the same bytes.
    """
    from docxtpl import DocxTemplate

    words = context(report, mark=DRAFT if draft else "", submission=submission)
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        document = DocxTemplate(template or BytesIO(build(report.edition)))
        document.get_docx()
    except _UNREADABLE:
        name = template.name if template else ""
        raise WrongWordTemplate(f"Word 模板“{name}”打不开，不是 .docx 文件或已损坏。请另存为 .docx 后再试。") from None
    if template and "{{" not in re.sub("<[^>]+>", "", document.get_xml()):
        raise WrongWordTemplate(
            f"“{template.name}”里没有可填的标记“{{{{ }}}}”，像是已经生成的报告。"
            "请用自带的 Word 模板，或在它的基础上修改。"
        )
    try:
        document.render(_safe(words), environment, autoescape=True)
    except _MISWRITTEN as fault:
        raise WrongWordTemplate(_explain(fault, template)) from None
    document.core_properties.title = printable(report.title)[:255]
    document.core_properties.identifier = UNSEALED
    out = BytesIO()
    document.save(out)
    return _settled(out)


_UNREADABLE = (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError)
"""What python-docx raises for a file that is no document."""
_MISWRITTEN = (
    TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, SyntaxError, RecursionError,
)  # fmt: skip
"""What a template's own expressions can raise."""


def printable(text: str) -> str:
    """Leave out the characters that no document can hold: controls and lone surrogates."""
    return _UNPRINTABLE.sub("", text)


def _safe(words: Any) -> Any:
    """Escape every string once, so that nothing typed is taken for XML or for a template's own marks.

    docxtpl rewrites ``{_{`` to ``{{``; a character reference in place of the underscore keeps it.
    """
    if isinstance(words, dict):
        return {key: _safe(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_safe(value) for value in words]
    return Markup(_JOINED_BRACES.sub("&#95;", str(escape(printable(words)))))


def _explain(fault: Exception, template: Path | None) -> str:
    name = template.name if template else ""
    unknown = re.search(r"'([^']+)' is undefined|has no attribute '([^']+)'", str(fault))
    if unknown:
        return (
            f"Word 模板“{name}”中的“{unknown[1] or unknown[2]}”不是本版报告的项目。"
            "请对照“xltools editions”列出的名称改正模板。"
        )
    return f"Word 模板“{name}”中的标记写法有误，无法填写。请对照自带模板检查“{{{{ }}}}”和“{{% %}}”是否成对。"


def _settled(document: BytesIO) -> bytes:
    """The same parts, sealed and packed with fixed dates."""
    with zipfile.ZipFile(document) as archive:
        return pack(seal({name: archive.read(name) for name in archive.namelist()}))
