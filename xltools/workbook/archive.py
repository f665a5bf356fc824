"""The entries of a zip that is nothing but its entries, their directory and its end (压缩包): APPNOTE 4.3.

What is said about an entry in two places must be the same in both, and nothing may stand between the entries,
before or after them: so no two programs can take different files out of it.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from xltools import deflate

LIMIT = 20 * 2**20
"""Bytes of a workbook file; a filled one has some 70 KB, more than this is no report."""
MOST = 1000
"""Entries of one file; a filled workbook has some 30."""

END, END_MARK = struct.Struct("<4s4H2LH"), b"PK\5\6"
CENTRAL, CENTRAL_MARK = struct.Struct("<4s6H3L5H2L"), b"PK\1\2"
LOCAL, LOCAL_MARK = struct.Struct("<4s5H3L2H"), b"PK\3\4"
_DESCRIPTOR_MARK = b"PK\7\x08"
_LOCKED, _LATER, UTF8 = 0x2041, 0x8, 0x800
"""Flags: encrypted in one of three ways; sizes stand after the data; the name is UTF-8."""
_STORED, DEFLATED = 0, 8
_WIDE, _SAID_WIDE = struct.Struct("<2H2Q"), [0xFFFFFFFF, 0xFFFFFFFF]
"""What a local header has for sizes where they stand in eight bytes: nothing but field 1, of 16 bytes (4.5.3)."""
_SMALL = 2**16
"""Bytes of a part that is remembered, packed and inflated."""
_NAME = re.compile(r"(?!/)(?:(?!\.{1,2}(?:/|$))[^/\\:\x00-\x1f\x7f]+(?:/|$))+")
"""Relative, forwards and downwards only."""


class Damaged(Exception):
    """The file is not what its format demands; the reader says it in words."""


class Beyond(Damaged):
    """The file is larger than any report; what of it is, in Chinese."""


class Locked(Damaged):
    """The file wants a password."""


class Entry(NamedTuple):
    """A file in a zip: where its header and its packed bytes are, and what they inflate to."""

    name: str
    offset: int
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool
    later: bool


class Packed(NamedTuple):
    """The packed bytes of an entry, and what they must inflate to."""

    name: str
    data: bytes
    size: int
    crc: int
    deflated: bool


def entries(data: bytes) -> list[Entry]:
    """Return what the directory of a zip lists; raises `Damaged`."""
    try:
        return _entries(data)
    except (struct.error, UnicodeDecodeError) as fault:
        raise Damaged(str(fault)) from None


def packed(data: bytes, entry: Entry) -> Packed:
    """What is to be inflated for an entry."""
    return Packed(entry.name, data[entry.start : entry.start + entry.packed], entry.size, entry.crc, entry.deflated)


def inflated(entry: Packed) -> bytes:
    """The bytes of an entry; raises `Damaged`. The same packed bytes give the same object."""
    small = max(entry.size, len(entry.data)) <= _SMALL
    return _remembered(entry) if small else b"".join(pieces(entry, entry.size + 1))


def pieces(entry: Packed, step: int) -> Iterator[bytes]:
    """Yield the bytes of an entry, some at a time, and never more than it says; whether it is whole shows at its end.

    Small steps need no room; zipfile's are so small that they take longer.
    """
    data = entry.data
    inflater = deflate.library.decompressobj(deflate.WINDOW) if entry.deflated else None
    size = crc = 0
    more = True
    while more:
        try:
            piece: bytes = inflater.decompress(data, step) if inflater else data
        except deflate.BROKEN as fault:
            raise Damaged(f"{entry.name}: {fault}") from None
        size, crc = size + len(piece), deflate.library.crc32(piece, crc)
        if size > entry.size:
            break
        yield piece
        more = bool(inflater and piece and not inflater.eof)
        data = inflater.unconsumed_tail if inflater else b""
    if inflater and (not inflater.eof or inflater.unused_data):
        raise Damaged(f"{entry.name} does not end where its data end")
    if (size, crc) != (entry.size, entry.crc):
        raise Damaged(f"{entry.name} is not whole")


@lru_cache(maxsize=64)
def _remembered(entry: Packed) -> bytes:
    """Most workbooks have most of their parts alike."""
    return b"".join(pieces(entry, entry.size + 1))


def _entries(data: bytes) -> list[Entry]:
    end = data.rfind(END_MARK, -END.size - 0xFFFF)
    _, disk, first_disk, here, count, size, start, comment = END.unpack_from(data, max(end, 0))
    whole = end >= 0 and end + END.size + comment == len(data) and start + size == end
    _require(whole and not disk and not first_disk and here == count, "end of directory")
    if count > MOST:
        raise Beyond("里面的部件过多")
    found, place = [], start
    for _ in range(count):
        entry, place = _entry(data, place)
        found.append(entry)
    _require(place == end, "directory")
    _require_in_a_row(data, sorted(found, key=lambda entry: entry.offset), start)
    return found


def _entry(data: bytes, place: int) -> tuple[Entry, int]:
    """An entry of the directory that its own header confirms, and where the next begins."""
    (mark, _, _, flags, method, _, _, crc, packed, size, name_size, extra, comment, disk, _, _, offset) = (
        CENTRAL.unpack_from(data, place)
    )
    named = place + CENTRAL.size
    raw = data[named : named + name_size]
    local, _, local_flags, local_method, _, _, *local_sizes, local_name, local_extra = LOCAL.unpack_from(data, offset)
    here = offset + LOCAL.size
    start = here + local_name + local_extra
    if local_sizes[1:] == _SAID_WIDE and local_extra == _WIDE.size:
        local_sizes[1:] = _wide_sizes(data[start - _WIDE.size : start])
    name = raw.decode("utf-8" if flags & UTF8 else "cp437")
    said = [crc, packed, size]
    same = local_sizes == said or (flags & _LATER and local_sizes == [0, 0, 0])
    _require(mark == CENTRAL_MARK and local == LOCAL_MARK and disk == 0, name)
    if (flags | local_flags) & _LOCKED:
        raise Locked(name)
    _require(same, name)
    _require(raw == data[here : here + local_name], name)
    _require(method == local_method and not (flags ^ local_flags) & _LATER, name)
    _require(method == DEFLATED or (method == _STORED and packed == size), name)
    _require(_NAME.fullmatch(name) and not (name.endswith("/") and size), name)
    entry = Entry(name, offset, start, packed, size, crc, method == DEFLATED, bool(flags & _LATER))
    return entry, named + name_size + extra + comment


def _wide_sizes(extra: bytes) -> list[int]:
    """The packed size and the whole one from where programs write them that do not know them beforehand."""
    field, length, size, packed = _WIDE.unpack(extra)
    _require((field, length) == (1, 16), "sizes in eight bytes")
    return [packed, size]


def _require_in_a_row(data: bytes, found: Iterable[Entry], start: int) -> None:
    """One entry begins where the one before ends, the first at the beginning, the directory after the last."""
    place, descriptors = 0, {b""}
    for entry in found:
        _require(data[place : entry.offset] in descriptors and entry.offset >= place, entry.name)
        place = entry.start + entry.packed
        descriptors = _descriptors(entry)
    _require(data[place:start] in descriptors and start >= place, "directory")


def _descriptors(entry: Entry) -> set[bytes]:
    """What may stand after the data: sizes in four bytes or in eight, with a mark or without (4.3.9)."""
    if not entry.later:
        return {b""}
    plain = {struct.pack(sizes, entry.crc, entry.packed, entry.size) for sizes in ("<3L", "<L2Q")}
    return plain | {_DESCRIPTOR_MARK + sizes for sizes in plain}


def _require(right: object, what: str) -> None:
    if not right:
        raise Damaged(what)
