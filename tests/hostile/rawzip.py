"""Zips as nobody should write them: every field can be said otherwise, in either place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LOCAL = ("mark", "needed", "flags", "method", "time", "date", "crc", "packed", "size", "name_size", "extra_size")
CENTRAL = (
    "mark", "made", "needed", "flags", "method", "time", "date", "crc", "packed", "size", "name_size", "extra_size",
    "comment_size", "disk", "internal", "external", "offset",
)  # fmt: skip
END = ("mark", "disk", "first_disk", "here", "count", "directory_size", "directory", "comment_size")


@dataclass(frozen=True)
class Item:
    """An entry; ``local`` and ``central`` override what its headers say, ``after`` follows its data."""

    name: bytes
    data: bytes
    stored: bool = False
    packed: bytes | None = None
    local_name: bytes | None = None
    local: Mapping[str, int | bytes] = field(default_factory=dict)
    central: Mapping[str, int | bytes] = field(default_factory=dict)
    before: bytes = b""
    after: bytes = b""
    extra: bytes = b""
    local_extra: bytes = b""
    listed: bool = True


def descriptor(item: Item, *, mark: bool = True, wide: bool = False) -> bytes:
    """The sizes that stand after the data of an entry."""
    said = struct.pack("<L2Q" if wide else "<3L", zlib.crc32(item.data), len(_packed(item)), len(item.data))
    return b"PK\7\x08" * mark + said


def archive(
    items: Sequence[Item],
    *,
    prefix: bytes = b"",
    gap: bytes = b"",
    suffix: bytes = b"",
    comment: bytes = b"",
    end: Mapping[str, int | bytes] | None = None,
) -> bytes:
    """The zip of these entries, with what else is wanted before, between and after."""
    out, directory = bytearray(prefix), bytearray()
    for item in items:
        out += item.before
        packed = _packed(item)
        name = item.name if item.local_name is None else item.local_name
        said: dict[str, int | bytes] = {
            "mark": b"PK\3\4", "made": 20, "needed": 20, "flags": 0, "method": 0 if item.stored else 8, "time": 0,
            "date": 33, "crc": zlib.crc32(item.data), "packed": len(packed), "size": len(item.data),
            "name_size": len(name), "extra_size": len(item.local_extra), "comment_size": 0, "disk": 0, "internal": 0,
            "external": 0, "offset": len(out),
        }  # fmt: skip
        local = said | item.local
        out += struct.pack("<4s5H3L2H", *(local[key] for key in LOCAL)) + name + item.local_extra + packed + item.after
        central = said | {"mark": b"PK\1\2", "name_size": len(item.name), "extra_size": len(item.extra)} | item.central
        if item.listed:
            directory += struct.pack("<4s6H3L5H2L", *(central[key] for key in CENTRAL)) + item.name + item.extra
    out += gap
    count = sum(item.listed for item in items)
    last: dict[str, int | bytes] = {
        "mark": b"PK\5\6", "disk": 0, "first_disk": 0, "here": count, "count": count, "directory_size": len(directory),
        "directory": len(out), "comment_size": len(comment),
    }  # fmt: skip
    last |= end or {}
    return bytes(out + directory + struct.pack("<4s4H2LH", *(last[key] for key in END)) + comment + suffix)


def packed_size(item: Item) -> int:
    return len(_packed(item))


def _packed(item: Item) -> bytes:
    if item.packed is not None:
        return item.packed
    if item.stored:
        return item.data
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(item.data) + packer.flush()
