"""The Word report as docxtpl alone makes it, without a short cut: what the quick way is compared with."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from xltools.outputs.context import context
from xltools.outputs.seal import UNSEALED, seal
from xltools.outputs.wordform import build
from xltools.report import Report

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def render(
    report: Report, *, template: Path | None = None, draft: bool = False, submission: bool = False
) -> dict[str, bytes]:
    """The parts of the report."""
    words = context(report, mark="草稿" if draft else "", submission=submission)
    document = DocxTemplate(template or BytesIO(build(report.edition)))
    document.render(_safe(words), ImmutableSandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
    document.core_properties.title = _UNPRINTABLE.sub("", report.title)[:255]
    document.core_properties.identifier = UNSEALED
    out = BytesIO()
    document.save(out)
    return seal(parts(out.getvalue()))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document, each of them intact."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def _safe(words: Any) -> Any:
    if isinstance(words, dict):
        return {key: _safe(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_safe(value) for value in words]
    text = str(escape(_UNPRINTABLE.sub("", words)))
    return Markup(re.sub(r"(?<=[{}%])_(?=[{}%])", "&#95;", text))
