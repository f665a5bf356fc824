"""The marks of a template part as steps that are filled in by joining bytes (填入步骤).

Marks are taken apart where they name an entry, loop over entries or ask for one, as in our own templates;
whatever is beyond that raises `Uncovered`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import escape

from xltools.text import printable

END_OF_TEXT = b"</w:t>"
_MARK = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
_JOINED_BRACES = re.compile(r"(?<=[{}%])_(?=[{}%])")


class Uncovered(Exception):
    """The template or the report asks for more than the steps can do."""


class Step(NamedTuple):
    """``text``, then what ``kind`` says about the entry at ``path``; ``variable`` is a loop's.

    A ``name`` stands for itself, a ``word`` for all of a text, whose tag it ends.
    """

    text: bytes
    kind: str = ""
    path: tuple[str, ...] = ()
    body: tuple[Step, ...] = ()
    otherwise: tuple[Step, ...] = ()
    variable: str = ""


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


def tight(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same steps, with a ``word`` for each name that is all of a text."""
    found: list[Step] = []
    inside = False
    for step, after in zip(steps, (*steps[1:], Step(b"")), strict=False):
        text = step.text.removeprefix(END_OF_TEXT) if inside else step.text
        inside = step.kind == "name" and text.endswith(b">") and after.text.startswith(END_OF_TEXT)
        if inside:
            found.append(step._replace(text=text[:-1], kind="word"))
        else:
            found.append(step._replace(text=text, body=tight(step.body), otherwise=tight(step.otherwise)))
    return tuple(found)


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
        if kind == "word" and isinstance(value, str):
            said = (value if value.isalnum() else escaped(value)).encode()
            out.append(b">%b</w:t>" % said if said else b"/>")
        elif kind == "name" and isinstance(value, str):
            out.append(escaped(value).encode())
        elif kind == "for" and isinstance(value, list):
            inner = dict(words)
            for item in value:
                inner[variable] = item
                _fill(body, inner, out)
        elif kind == "if" and isinstance(value, str):
            _fill(body if escaped(value) else otherwise, words, out)
        else:
            raise Uncovered(".".join(path))
