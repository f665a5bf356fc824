"""A Word template that an office edited, opened and filled by docxtpl itself (改过的模板).

docxtpl patches a template and has Jinja compile it for every document; here both are remembered.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError
from lxml import etree

from xltools.outputs import wordmarks
from xltools.outputs.seal import UNSEALED

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, LookupError, ValueError, OSError, SyntaxError,
)  # fmt: skip
"""What python-docx raises for a file that is no document."""
MISWRITTEN = (
    TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, SyntaxError, RecursionError,
)  # fmt: skip
"""What a template's own expressions can raise."""

_MARKS, _TAGS = re.compile(r"\{[{%#]"), re.compile("<[^>]*>")
_NO_TIME = datetime(1980, 1, 1)
_REMEMBERED = 32


class _Environment(wordmarks.Environment):
    """Compiles each source once."""

    def from_string(self, source: Any, *args: Any, **kw: Any) -> Template:
        return _compiled(source) if isinstance(source, str) else super().from_string(source, *args, **kw)


_ENVIRONMENT = _Environment()


@lru_cache(_REMEMBERED)
def _compiled(source: str) -> Template:
    return wordmarks.Environment.from_string(_ENVIRONMENT, source)


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

    @property
    def marked(self) -> Iterator[str]:
        """The patched sources of the parts that are filled in, a paragraph a line."""
        parts = (part for kind in (self.HEADER_URI, self.FOOTER_URI) for _, part in self.get_headers_footers(kind))
        found = [self.get_xml(), *map(self.get_part_xml, parts), *(part.blob.decode() for part in self._footnotes())]
        return (re.sub(r"<w:p([ >])", r"\n<w:p\1", self.patch_xml(xml)) for xml in found)

    @property
    def unfilled(self) -> Iterator[str]:
        """The names of parts in which marks stand, but are not filled in."""
        filled = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, self.HEADER_URI, self.FOOTER_URI, RELATIONSHIP_TYPE.FOOTNOTES)
        for relation in self.docx.part.package.iter_rels():
            if relation.is_external or relation.reltype in filled or not relation.target_part.partname.endswith(".xml"):
                continue
            if _MARKS.search(_TAGS.sub("", relation.target_part.blob.decode())):
                yield str(relation.target_part.partname)

    def _footnotes(self) -> list[Any]:
        return [part for part in self.docx.part.package.parts if str(part.content_type).endswith("footnotes+xml")]

    def patch_xml(self, src_xml: str) -> str:
        return _patched(src_xml)

    def fix_tables(self, xml: str) -> Any:
        etree.fromstring(xml)  # docxtpl would leave out what it cannot read
        return super().fix_tables(xml)

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Each part once: docxtpl fills it again for every section, and so what was typed into the report."""
        for part in self._footnotes():
            part._blob = self.render_xml_part(self.patch_xml(part.blob.decode()), part, context, jinja_env).encode()

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        self.sources.append((part.partname.lstrip("/"), src_xml))
        return str(super().render_xml_part(src_xml, part, context, jinja_env))

    def parts(self, words: dict[str, Any], title: str) -> dict[str, bytes]:
        """Fill it in and return the parts of the document, not yet sealed; raises one of `MISWRITTEN`."""
        relations = self.docx.part.package.rels.values()
        has_properties = any(relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for relation in relations)
        self.render(words, _ENVIRONMENT, autoescape=True)
        if not has_properties:  # python-docx has made some, with the time of the day
            self.core_properties.modified = _NO_TIME
        self.core_properties.title = title
        self.core_properties.identifier = UNSEALED
        out = BytesIO()
        self.save(out)
        with zipfile.ZipFile(out) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


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
