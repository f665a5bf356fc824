"""Parts as spreadsheet programs write them, byte for byte what is expected (常见写法), and the strings so written.

Whatever is written otherwise is `Unusual`, and taken apart element by element.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from xltools.workbook.book import Cell
from xltools.workbook.markup import parsed

_DECLARED = re.compile(
    r"""(<\?xml version=["']1\.0["']( encoding=["'](UTF|utf)-8["'])?( standalone=["']yes["'])?\s*\?>)?\s*<[a-z]"""
)
TEXT = "([^<>&]*+(?:&(?:amp|lt|gt|quot|apos);[^<>&]*+)*)"
_STRING = re.compile(
    rf'<si>(?:<t(?: xml:space="preserve")?>{TEXT}</t>|<t ?/>)(?:<phoneticPr(?: [a-zA-Z]+="[a-zA-Z0-9]*")*/>)?'
)
_ENTITY = re.compile("&(amp|lt|gt|quot|apos);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML has."""
LONGEST = 1 << 18
"""Characters of one text with its marks; a cell has 32,767, and an expression takes memory for each entity."""
LONGEST_SHELL, _LONGEST_STRING = 1 << 17, 1 << 8
"""Characters of what is remembered."""
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SOUND = etree.XPath(
    "count(//*[local-name() = $name]) = 1 and count(//m:*[local-name() = $name and not(*)]) = 1"
    " and (/m:worksheet/m:sheetData or /m:sst[not(*)]) and not(//m:row)",
    namespaces={"m": _SPACE},
)


class Unusual(Exception):
    """Something is written in another way."""


def strings(data: bytes) -> list[Cell]:
    """Return the shared strings as cells that hold nothing else; raises `Unusual`, also where some have runs."""
    text = as_text(data)
    first, last = text.find("<si>"), text.rfind("</si>") + 5
    shell = text[:first] + text[last:]
    require(first > 0 and len(shell) < LONGEST_SHELL and _hold_strings(shell))
    *pieces, end = text[first:last].split("</si>")
    require(not end)
    return [_string(piece) if len(piece) < _LONGEST_STRING else _string.__wrapped__(piece) for piece in pieces]


@lru_cache(maxsize=1 << 11)
def _string(text: str) -> Cell:
    """A shared string up to its end; kept, as workbooks have most of them alike."""
    found = _STRING.fullmatch(text) if len(text) < LONGEST else None
    if found is None or NO_XML.search(text):
        raise Unusual
    return Cell(plain(found[1] or "") or None)


def plain(text: str) -> str:
    """Text without entities."""
    return _ENTITY.sub(lambda m: _ENTITIES[m[1]], text) if "&" in text else text


def require(usual: object) -> None:
    """Raise `Unusual` unless something is as usual."""
    if not usual:
        raise Unusual


def as_text(data: bytes) -> str:
    """Return a part as text; raises `Unusual`."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Unusual from None
    require(_DECLARED.match(text))
    return text


@lru_cache(maxsize=64)
def _hold_strings(shell: str) -> bool:
    """Whether what stands around the shared strings is what does."""
    return sound(shell, "sst") is not None


def sound(shell: str, name: str) -> etree._Element | None:
    """Return what stands around the cells or strings, if it is XML, and they stand where they should."""
    plain = "<!" not in shell and "<?" not in shell[2:]  # nothing hides in comments
    root = parsed(shell.encode()) if plain else None
    return None if root is None or not _SOUND(root, name=name) else root
