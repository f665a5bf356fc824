"""A part of a workbook file as XML: without entities, in an encoding of the format, and not too much (标记)."""

from __future__ import annotations

import re

from lxml import etree

from xltools.workbook.archive import Beyond, Damaged

LARGE, LARGEST, MARKS = 2 * 2**20, 8 * 2**20, 400_000
"""Bytes from which a part is looked at before it is parsed, bytes that it may have, and marks: each takes memory."""

BROKEN = (Damaged, etree.LxmlError, LookupError, ValueError)
"""What lxml and our own reading raise for a file that is not what it should be."""

_NOT_YET_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml\s[^<>?]*+\?>)?\s*+<[A-Za-z_]")
_UTF8 = re.compile(rb"encoding\s*=\s*[\"']utf-8[\"']", re.IGNORECASE)
_ENCODINGS = ("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ASCII", "US-ASCII", None)
_SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
"""Of spreadsheets, transitional and strict."""


class DocumentType(Damaged):
    """A part has a document type, and so could have entities."""


def refuse_document_type(data: bytes) -> None:
    """Raise `DocumentType` before anything is parsed; it can stand before the first element only."""
    if not _NOT_YET_ROOT.match(data) and b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise DocumentType("a document type")


def refuse_too_much(data: bytes) -> None:
    """Raise `Beyond` for a part that would take more memory than any report, `Damaged` where this cannot be told."""
    if len(data) <= LARGE:
        return
    head = _NOT_YET_ROOT.match(data)
    if head is None or (b"encoding" in head[0] and not _UTF8.search(head[0])):
        raise Damaged("a large part in another encoding")
    if len(data) > LARGEST or max(data.count(b"<"), data.count(b"=")) > MARKS:
        raise Beyond("内容过多")


def space(root: etree._Element, name: str) -> str:
    """The namespace of a part, as it stands before its elements' names; raises `Damaged` for another part."""
    for one in _SPACES:
        if root.tag == f"{one}{name}":
            return one
    raise Damaged(f"{root.tag} is no {name}")


def parsed(data: bytes) -> etree._Element:
    """Return the root of a part; a document type, and so every entity, is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    about = root.getroottree().docinfo
    if about.internalDTD is not None:
        raise DocumentType("a document type")
    if (about.encoding and about.encoding.upper()) not in _ENCODINGS:
        raise Damaged(f"encoding {about.encoding}")
    return root
