"""A Word template taken apart once, so that each report fills it in a few milliseconds (模板编译).

What is kept is data: the constant parts, deflated, and of each part with marks a list of steps. Marks
are taken apart where they name an entry, loop over entries or ask for one, as in our own templates;
whatever is beyond that raises `Uncovered`, and `xltools.outputs.wordtemplate` has docxtpl do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree
from markupsafe import escape

from xltools.form import Edition
from xltools.outputs.seal import UNSEALED, seal
from xltools.outputs.wordparts import NAMESPACES
from xltools.outputs.zipped import Zip
from xltools.text import printable

BODY = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body"
TITLE = "\ue000"
"""Stands for the report's title in a template's properties."""
DOCUMENT, CORE = "word/document.xml", "docProps/core.xml"

_MARK = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_JOINED_BRACES = re.compile(r"(?<=[{}%])_(?=[{}%])")


class Uncovered(Exception):
    """The template or the report asks for more than the steps can do."""


class Step(NamedTuple):
    """``text``, then what ``kind`` says about the entry at ``path``; ``variable`` is a loop's."""

    text: bytes
    kind: str = ""
    path: tuple[str, ...] = ()
    body: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    variable: str = ""


class Compiled(NamedTuple):
    """A template; ``packed`` are its ``constant`` parts, ``shell`` its document with an empty body."""

    constant: Mapping[str, bytes]
    packed: Zip
    document: str
    shell: bytes
    body: tuple[Step, ...]
    feet: Mapping[str, tuple[Step, ...]]
    core: str
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
        return b"".join((head, b"<w:body>", inner, tail)).replace(b"></w:t>", b"/>")

    def _mended(self, body: bytes) -> bytes:
        from xltools.outputs.worddocument import mended

        root = etree.fromstring(self.shell)
        root.replace(root.find(BODY), mended(_resolved(body).decode()))  # type: ignore[arg-type]
        return serialised(root)


def escaped(text: str) -> str:
    """Text as XML in which nothing typed is taken for a template's own marks.

    docxtpl rewrites ``{_{`` to ``{{``; a character reference in place of the underscore keeps it.
    """
    if not text or text.isalnum():
        return text
    safe = str(escape(printable(text)))
    return _JOINED_BRACES.sub("&#95;", safe) if "_" in safe else safe


def taken_apart(source: str) -> tuple[Step, ...]:
    """The steps of a part as docxtpl hands it to Jinja; raises `Uncovered`."""
    pieces = iter(_MARK.split(source))
    steps, end = _block(pieces)
    if end:
        raise Uncovered(end)
    return steps


def _block(pieces: Iterator[str]) -> tuple[tuple[Step, ...], str]:
    """Steps up to the end of the block, and which mark ended it: "" at the end of the part."""
    steps: list[Step] = []
    for text in pieces:
        if re.search(r"\{[{%#]", text):
            raise Uncovered(text)
        mark = next(pieces, "")
        step = _understood(mark) if mark else Step(b"")
        if step.kind in ("", "else", "endif", "endfor"):
            return (*steps, Step(text.encode())), step.kind
        body: tuple[Step, ...] = ()
        otherwise: tuple[Step, ...] = ()
        if step.kind != "name":
            body, end = _block(pieces)
            if (step.kind, end) == ("if", "else"):
                otherwise, end = _block(pieces)
            if end != f"end{step.kind}":
                raise Uncovered(mark)
        steps.append(step._replace(text=text.encode(), body=body, otherwise=otherwise))
    return tuple(steps), ""


def _understood(mark: str) -> Step:
    """What a mark says, as a step without its text and blocks; raises `Uncovered`."""
    match mark[:2], *mark[2:-2].split():
        case "{{", path:
            step = Step(b"", "name", tuple(path.split(".")))
        case "{%", "if", path:
            step = Step(b"", "if", tuple(path.split(".")))
        case "{%", "for", variable, "in", path:
            step = Step(b"", "for", tuple(path.split(".")), variable=variable)
        case "{%", ("else" | "endif" | "endfor") as kind:
            return Step(b"", kind)
        case _:
            raise Uncovered(mark)
    named = all(map(str.isidentifier, (*step.path, step.variable or "_")))
    if not named or any(hasattr(dict, name) for name in step.path[1:]):  # Jinja takes a method before the entry
        raise Uncovered(mark)
    return step


def filled(steps: tuple[Step, ...], words: Mapping[str, Any]) -> bytes:
    """The part with the entries in place of its marks; raises `Uncovered`."""
    out: list[bytes] = []
    _fill(steps, words, out)
    text = b"".join(out)
    if b"{" in text or b"}" in text:
        for typed, meant in ((b"{_{", b"{{"), (b"}_}", b"}}"), (b"{_%", b"{%"), (b"%_}", b"%}")):
            text = text.replace(typed, meant)
    return text


def _fill(steps: tuple[Step, ...], words: Mapping[str, Any], out: list[bytes]) -> None:
    for text, kind, path, body, otherwise, variable in steps:
        out.append(text)
        if not kind:
            continue
        value: Any = words
        try:
            for name in path:
                value = value[name]
        except (LookupError, TypeError):
            raise Uncovered(".".join(path)) from None
        if kind == "name" and isinstance(value, str):
            out.append((value if value.isalnum() else escaped(value)).encode())
        elif kind == "for" and isinstance(value, list):
            inner = dict(words)
            for item in value:
                inner[variable] = item
                _fill(body, inner, out)
        elif kind == "if" and isinstance(value, str):
            _fill(body if escaped(value) else otherwise, words, out)
        else:
            raise Uncovered(".".join(path))


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
        body=taken_apart(source),
        feet={name: taken_apart(text) for name, text in feet.items()},
        core=serialised(core).decode(),
    )
