"""A Word template taken apart once, so that each report fills it in a few milliseconds (模板编译).

What is kept is data: the constant parts, deflated, and of each part with marks a list of `steps`. Where
these are not enough, `xltools.outputs.wordtemplate` has docxtpl do it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree
from markupsafe import escape

from xltools.form import Edition
from xltools.outputs.seal import UNSEALED, seal
from xltools.outputs.steps import END_OF_TEXT, Step, filled, taken_apart, tight
from xltools.outputs.wordparts import NAMESPACES
from xltools.outputs.zipped import Zip

BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"
TITLE = "\ue000"
"""Stands for the report's title in a template's properties."""
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"


class Compiled(NamedTuple):
    """A template; ``packed`` are its ``constant`` parts, ``shell`` its document with an empty body."""

    constant: Mapping[str, bytes]
    packed: Zip
    document: str
    shell: bytes
    body: tuple[Step, ...]
    feet: Mapping[str, tuple[Step, ...]]
    core: str
    tight: bool = False
    """Whether every text that may be empty is a ``word``."""
    pliable: bool = False
    """Whether docxtpl may have to mend what filling makes of the body: tables, pictures, broken XML."""

    def render(self, words: Mapping[str, Any], title: str) -> bytes:
        """Return the document, sealed; raises `Uncovered`."""
        parts = self.changed(words, title)
        sealed = seal({**self.constant, **parts})
        return self.packed.with_parts({name: sealed[name] for name in parts}, quick=True).file()

    def changed(self, words: Mapping[str, Any], title: str) -> dict[str, bytes]:
        """The parts that differ from report to report, not yet sealed."""
        body = filled(self.body, words)
        document = self._mended(body) if self.pliable or _has_controls(body) else self._joined(body)
        feet = {name: _foot(_resolved(filled(steps, words))) for name, steps in self.feet.items()}
        core = self.core.replace(TITLE, str(escape(title))).encode()
        return {self.document: document, **feet, CORE: _as_lxml(core)}

    def _joined(self, body: bytes) -> bytes:
        head, _, tail = self.shell.partition(b"<w:body/>")
        inner = _as_lxml(body[body.index(b">") + 1 :])
        document = b"".join((head, b"<w:body>", inner, tail))
        return document if self.tight else document.replace(b">" + END_OF_TEXT, b"/>")

    def _mended(self, body: bytes) -> bytes:
        from xltools.outputs.worddocument import mended

        root = etree.fromstring(self.shell)
        root.replace(root.find(BODY), mended(_resolved(body).decode()))  # type: ignore[arg-type]
        return serialised(root)


def _has_controls(text: bytes) -> bool:
    return any(control in text for control in (b"\t", b"\n", b"\a", b"\f"))


def _resolved(text: bytes) -> bytes:
    """Controls as docxtpl puts them into words: line breaks, tabs, pages."""
    if not _has_controls(text):
        return text
    from xltools.outputs.worddocument import listed

    return listed(text.decode()).encode()


def serialised(xml: Any) -> bytes:
    """A part as python-docx reads and saves it."""
    if isinstance(xml, str | bytes):
        xml = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    return etree.tostring(xml, encoding="UTF-8", standalone=True)


@lru_cache
def _foot(text: bytes) -> bytes:
    """A header or footer; most reports have the same."""
    return serialised(text)


def _as_lxml(text: bytes) -> bytes:
    """Characters in the content of elements as lxml writes them."""
    if b"&" not in text:
        return text
    return text.replace(b"&#34;", b'"').replace(b"&#39;", b"'").replace(b"&#95;", b"_")


@lru_cache
def shipped(edition: Edition) -> Compiled:
    """Our own template of an edition, without docxtpl; the tests prove the result equal to docxtpl's."""
    from xltools.outputs import wordform
    from xltools.outputs.wordxml import tag

    parts = wordform.parts(edition)
    head, body, tail = re.split("<w:body>|</w:body>", parts.pop(DOCUMENT))
    statement = re.escape(tag("@")).replace("@", "([^%]*)")
    source = f"<w:body {NAMESPACES}>" + re.sub(statement, r"{% \1 %}", body) + "</w:body>"
    feet = {name: text.partition("?>\n")[2] for name, text in parts.items() if "{{" in text}
    core = etree.fromstring(parts.pop(CORE).encode())
    for name in ("description", "identifier", "language", "subject", "title"):
        entry = etree.SubElement(core, f"{{{core.nsmap['dc']}}}{name}")
        entry.text = {"identifier": UNSEALED, "title": TITLE}.get(name, "")
    constant = {name: text.encode() for name, text in parts.items() if name not in feet}
    return Compiled(
        constant=constant,
        packed=Zip().with_parts(constant),
        document=DOCUMENT,
        shell=f"{head}<w:body/>{tail}".encode(),
        body=tight(taken_apart(source)),
        tight=True,
        feet={name: taken_apart(text) for name, text in feet.items()},
        core=serialised(core).decode(),
    )
