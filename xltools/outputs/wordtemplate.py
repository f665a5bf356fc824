"""A Word template that an office edited, opened and filled by docxtpl itself (改过的模板).

docxtpl patches a template and has Jinja compile it for every document; here both are remembered.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from xltools.form import Edition
from xltools.outputs.compiled import BODY, CORE, TITLE, Compiled, Step, Uncovered, escaped, serialised, taken_apart
from xltools.outputs.context import context
from xltools.outputs.seal import UNSEALED
from xltools.outputs.wordparts import pack
from xltools.report import OFFICE_FIELDS, Office, Report

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, LookupError, ValueError, OSError, SyntaxError,
)  # fmt: skip
"""What python-docx raises for a file that is no document."""
MISWRITTEN = (
    TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, SyntaxError, RecursionError,
)  # fmt: skip
"""What a template's own expressions can raise."""

_NO_TIME = datetime(1980, 1, 1)
_REMEMBERED = 32
_MARKS = re.compile(r"\{[{%#]")
_TABLE_OR_STATEMENT = re.compile(r"<(/?)w:tbl[ >]|\{%")


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, compiling each source once."""

    def from_string(self, source: Any, *args: Any, **kw: Any) -> Template:
        return _compiled(source) if isinstance(source, str) else super().from_string(source, *args, **kw)


_ENVIRONMENT = _Environment(undefined=StrictUndefined, autoescape=True)


@lru_cache(_REMEMBERED)
def _compiled(source: str) -> Template:
    return ImmutableSandboxedEnvironment.from_string(_ENVIRONMENT, source)


@lru_cache(_REMEMBERED)
def _patched(source: str) -> str:
    return str(DocxTemplate(None).patch_xml(source))


class Document(DocxTemplate):  # type: ignore[misc]
    """A template and, once rendered, the patched ``sources`` of its parts by their names in the package."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self.sources: list[tuple[str, str]] = []
        self.get_docx()

    @property
    def has_marks(self) -> bool:
        return "{{" in re.sub("<[^>]+>", "", self.get_xml())

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.sources.append((part.partname.lstrip("/"), src_xml))
        return str(super().render_xml_part(src_xml, part, context, jinja_env))

    def parts(self, words: dict[str, Any], title: str) -> dict[str, bytes]:
        """Fill it in and return the parts of the document, not yet sealed; raises one of `MISWRITTEN`."""
        relations = self.docx.part.package.rels.values()
        has_properties = any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations)
        self.render(_safe(words), _ENVIRONMENT, autoescape=True)
        if not has_properties:  # python-docx has made some, with the time of the day
            self.core_properties.modified = _NO_TIME
        self.core_properties.title = title
        self.core_properties.identifier = UNSEALED
        out = BytesIO()
        self.save(out)
        with zipfile.ZipFile(out) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def _safe(words: Any) -> Any:
    """Escape every string once, so that nothing typed is taken for XML or for a template's own marks."""
    if isinstance(words, dict):
        return {key: _safe(value) for key, value in words.items()}
    if isinstance(words, list):
        return [_safe(value) for value in words]
    return Markup(escaped(words))


def listed(xml: str) -> str:
    """docxtpl's line breaks, tabs and pages for the controls in a rendered part."""
    return str(DocxTemplate(None).resolve_listing(xml))


def mended(xml: str) -> Any:
    """A rendered body as docxtpl reads it, with its columns of tables and numbers of pictures."""
    document = DocxTemplate(None)
    document.docx_ids_index = 1000
    tree = document.fix_tables(xml)
    document.fix_docpr_ids(tree)
    return tree


@lru_cache(8)
def compiled(data: bytes, edition: Edition) -> Compiled | None:
    """The template taken apart, proved on two reports to give what docxtpl gives; ``None`` where that cannot be."""
    try:
        template = Document(data)
        if not template.has_marks:
            return None
        full, blank = _probes(edition)
        proof = template.parts(full, TITLE)
        fast = _take_apart(template.sources, proof)
        equal = _same(fast, full, proof) and _same(fast, blank, Document(data).parts(blank, TITLE))
        return fast if equal else None
    except (Uncovered, *UNREADABLE, *MISWRITTEN):
        return None


def _take_apart(sources: list[tuple[str, str]], proof: dict[str, bytes]) -> Compiled:
    """``proof`` is what docxtpl made of these patched sources, the body's first."""
    (document, body), *others = sources
    marked = [(name, source) for name, source in others if _MARKS.search(source)]
    feet = dict(marked)
    core = proof.get(CORE, b"").decode()
    if len(feet) < len(marked) or any("footnotes" in name for name in feet) or core.count(TITLE) != 1:
        raise Uncovered("parts")
    root = etree.fromstring(proof[document])
    root.replace(root.find(BODY), etree.Element(BODY))  # type: ignore[arg-type]
    shell = serialised(root).decode()
    steps = taken_apart(body)
    constant = {name: data for name, data in proof.items() if name not in {document, CORE, *feet}}
    return Compiled(
        constant=constant,
        packed=pack(constant),
        document=document,
        shell=shell,
        body=steps,
        feet={name: taken_apart(source) for name, source in feet.items()},
        core=core,
        pliable="<w:body/>" not in shell or "docPr" in body or _reshaped(body) or not _whole(body, steps),
    )


def _whole(body: str, steps: tuple[Step, ...]) -> bool:
    """Whether the body is well-formed whichever statements apply: each block is so by itself."""
    opening = body[: body.index(">") + 1]

    def fits(block: tuple[Step, ...], around: tuple[str, str]) -> bool:
        text = around[0]
        for step in block:
            text += step.text
            if step.kind and text.rfind(">") < text.rfind("<"):  # inside a tag
                return False
            if not all(fits(inner, (opening, "</w:body>")) for inner in (step.body, step.otherwise)):
                return False
        try:
            etree.fromstring(text + around[1])
        except etree.XMLSyntaxError:
            return False
        return True

    return fits(steps, ("", ""))


def _reshaped(body: str) -> bool:
    """Whether a statement stands inside a table, or docxtpl sets the columns of one right."""
    depth = 0
    for match in _TABLE_OR_STATEMENT.finditer(body):
        if match[0] == "{%" and depth:
            return True
        depth += 0 if match[0] == "{%" else -1 if match[1] else 1
    still = re.sub("{%.*?%}", "", body, flags=re.DOTALL)
    plain = etree.fromstring(still, etree.XMLParser(recover=True))
    return bool(_canonical(plain) != _canonical(mended(still)))


def _same(fast: Compiled, words: dict[str, Any], proof: dict[str, bytes]) -> bool:
    ours = {**fast.constant, **fast.changed(words, TITLE)}
    return ours.keys() == proof.keys() and all(
        ours[name] == data or _canonical(etree.fromstring(ours[name])) == _canonical(etree.fromstring(data))
        for name, data in proof.items()
    )


def _canonical(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, method="c14n"))


def _probes(edition: Edition) -> tuple[dict[str, Any], dict[str, Any]]:
    """The words of a report with something everywhere, and of an empty one."""
    blank = Report(Office(), None, edition)
    full = Report(
        Office(**{name: f"甲{name}<乙>" for name in OFFICE_FIELDS}),
        edition.years[-1],
        edition,
        texts={place: f"{place}&" for place in edition.inputs},
        narrative={section.id: "（一）甲。乙\n　丙“丁”\n戊" for section in edition.sections if not section.tables},
        notes={section.sheet: "注\n二" for section in edition.sections if section.tables},
    )
    return context(full, mark="草稿", submission=True, answers=[("问题", "说明")]), context(blank)
