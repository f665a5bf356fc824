"""A PDF of LibreOffice without the clock in it, and without what else it made before (PDF 去掉时间).

LibreOffice writes when it was, a random number, and into every font that it turns into Type 1 how many it has turned
since it started. The offsets in the table at the end are moved along with what changes its length.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from itertools import count

Edit = tuple[int, int, bytes]
"""From where to where, and what stands there instead."""

_DATE = re.compile(rb"/(?:CreationDate|ModDate)\(D:[^)]*\)")
_RANDOM = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")
_FONT = re.compile(rb"<</Length (\d+) 0 R/Filter/FlateDecode/Length1 (\d+)/Length2 (\d+)/Length3 \d+>>\r?\nstream\r?\n")
_NUMBER = re.compile(rb"(?<=/UniqueID )\d+")
_FIRST = 4_100_001
"""What LibreOffice calls the first font that it turns into Type 1."""
_KEY, _FACTOR, _TERM = 55665, 52845, 22719  # of eexec, "Adobe Type 1 Font Format", chapter 7


def timeless(data: bytes) -> bytes:
    """The same pages in the same bytes, whenever and after whatever else they were made."""
    data = _applied(data, list(_fonts(data)))
    data = _DATE.sub(lambda date: b" " * len(date[0]), data)
    trailer = data.rfind(b"trailer")
    if trailer < 0:
        return data
    plain = data[:trailer] + _RANDOM.sub(b"0" * 32, data[trailer:])
    digest = hashlib.sha256(plain).hexdigest()[:32].upper().encode()
    return data[:trailer] + _RANDOM.sub(digest, data[trailer:])


def _applied(data: bytes, edits: list[Edit]) -> bytes:
    """The data with the edits made and all offsets of objects moved; as it was if there is no plain table of them."""
    table = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*$", data)
    if not edits or not table or not data.startswith(b"xref", int(table[1])):
        return data

    def moved(offset: bytes) -> int:
        return int(offset) + sum(len(new) - (end - start) for start, end, new in edits if start < int(offset))

    for entry in re.finditer(rb"(\d{10}) \d{5} n", data[int(table[1]) :]):
        start = int(table[1]) + entry.start()
        edits.append((start, start + 10, b"%010d" % moved(entry[1])))
    edits.append((*table.span(1), b"%d" % moved(table[1])))
    parts, done = [], 0
    for start, end, new in sorted(edits):
        parts += [data[done:start], new]
        done = end
    return b"".join([*parts, data[done:]])


def _fonts(data: bytes) -> Iterator[Edit]:
    """Every Type 1 font with the number that it has in this document, and its new length."""
    for number, head in zip(count(_FIRST), _FONT.finditer(data)):
        reader = zlib.decompressobj()
        font = reader.decompress(data[head.end() :])
        end = len(data) - len(reader.unused_data)
        clear = int(head[2])
        hidden = clear + int(head[3])
        length = re.search(rb"\n%s 0 obj\r?\n(\d+)" % head[1], data)
        if not length or end - head.end() != int(length[1]):
            continue
        name = b"%d" % number
        plain = _NUMBER.sub(name, _eexec(font[clear:hidden], opened=True))
        named = _NUMBER.sub(name, font[:clear]) + _eexec(plain, opened=False) + font[hidden:]
        packed = zlib.compress(named)
        yield head.end(), end, packed
        yield *length.span(1), b"%d" % len(packed)


def _eexec(data: bytes, *, opened: bool) -> bytes:
    """The hidden part of a Type 1 font opened, or hidden again."""
    key, out = _KEY, bytearray()
    for byte in data:
        other = byte ^ (key >> 8)
        out.append(other)
        key = ((byte if opened else other) + key) * _FACTOR + _TERM & 0xFFFF
    return bytes(out)
