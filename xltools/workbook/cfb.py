"""Write a compound file: storages and streams in one file of 512-byte sectors (复合文档)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Tree: TypeAlias = "Mapping[str, bytes | Tree]"
"""A storage: its streams, and the storages in it, by name."""

_SECTOR, _MINI_SECTOR, _MINI_LIMIT = 512, 64, 4096
_NONE, _FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_IN_SECTOR = _SECTOR // 4
_IN_HEADER = 109
"""Sectors of the allocation table that the header itself can list, enough for 7 MB."""


@dataclass(slots=True)
class _Entry:
    """One line of the directory; relatives are numbers of lines (MS-CFB 2.6.1)."""

    name: str
    kind: int
    content: bytes = b""
    black: bool = True
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        kin = (self.left, self.right, self.child)
        # Class, flags and times are left 0: the same tree gives the same bytes.
        return struct.pack(
            "<64sHBB3I36xIQ", name, len(name), self.kind, self.black, *kin, self.start, len(self.content)
        )


def compound(tree: Tree) -> bytes:
    """Return the compound file of a tree; raises `ValueError` for a name or size that it cannot hold.

    MS-CFB version 3: header 2.2, allocation tables 2.3–2.4, directory 2.6.
    """
    entries = [_Entry("Root Entry", _ROOT, start=_END)]
    entries[0].child = _add(entries, tree)
    fat: list[int] = []
    mini_fat: list[int] = []
    sectors, mini = bytearray(), bytearray()

    def store(data: bytes) -> int:
        sectors.extend(_padded(data, _SECTOR))
        return _chain(fat, len(data), _SECTOR)

    for entry in entries:
        if entry.kind == _STREAM and len(entry.content) >= _MINI_LIMIT:
            entry.start = store(entry.content)
        elif entry.kind == _STREAM:
            mini.extend(_padded(entry.content, _MINI_SECTOR))
            entry.start = _chain(mini_fat, len(entry.content), _MINI_SECTOR)
    entries[0].content = bytes(mini)
    entries[0].start = store(entries[0].content)
    mini_table = _table(mini_fat)
    mini_start = store(mini_table)
    directory = b"".join(entry.packed() for entry in entries)
    unused = struct.pack("<68x3I48x", _NONE, _NONE, _NONE)
    directory_start = store(directory + unused * (-len(entries) % 4))

    first, count = len(fat), 1
    while first + count > count * _IN_SECTOR:  # the table lists its own sectors too
        count += 1
    if count > _IN_HEADER:
        raise ValueError(f"a compound file of {len(sectors)} bytes needs more sectors than its header can list")
    places = [*range(first, first + count), *[_FREE] * (_IN_HEADER - count)]
    header = struct.pack(
        "<8s16x5H6x9I",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        *(0x3E, 3, 0xFFFE, 9, 6),  # minor and major version, byte order, sector and mini sector as powers of 2
        *(0, count, directory_start, 0, _MINI_LIMIT, mini_start, len(mini_table) // _SECTOR, _END, 0),
    )
    return header + _longs(places) + bytes(sectors) + _table([*fat, *[_FAT] * count])


def _add(entries: list[_Entry], tree: Tree) -> int:
    """Append what is in a storage as a red-black tree (MS-CFB 2.6.4); return the number of its top."""
    names = sorted(tree, key=_order)
    if len({_order(name) for name in names}) < len(names):
        raise ValueError(f"names that differ in case only: {names}")
    # Halving fills all levels but the last, so black is right for the full ones and red for the rest.
    full = (len(names) + 1).bit_length() - 1

    def top(names: list[str], depth: int) -> int:
        if not names:
            return _NONE
        middle, number = len(names) // 2, len(entries)
        content = tree[names[middle]]
        stream = isinstance(content, bytes)
        entry = _Entry(_checked(names[middle]), _STREAM if stream else _STORAGE, black=depth < full)
        entries.append(entry)
        entry.left = top(names[:middle], depth + 1)
        entry.right = top(names[middle + 1 :], depth + 1)
        if isinstance(content, bytes):
            entry.content = content
        else:
            entry.child = _add(entries, content)
        return number

    return top(names, 0)


def _order(name: str) -> tuple[int, bytes]:
    return len(name.encode("utf-16-le")), name.upper().encode("utf-16-be")


def _checked(name: str) -> str:
    if not 0 < len(name.encode("utf-16-le")) <= 62 or set(name) & set("/\\:!"):
        raise ValueError(f"not a name for a stream or storage: {name!r}")
    return name


def _chain(table: list[int], size: int, unit: int) -> int:
    """Allot sectors to a stream; return the first."""
    if not size:
        return _END
    start, count = len(table), -(-size // unit)
    table.extend(range(start + 1, start + count))
    table.append(_END)
    return start


def _table(numbers: list[int]) -> bytes:
    return _longs([*numbers, *[_FREE] * (-len(numbers) % _IN_SECTOR)])


def _longs(numbers: Iterable[int]) -> bytes:
    return b"".join(struct.pack("<I", number) for number in numbers)


def _padded(data: bytes, unit: int) -> bytes:
    return data + bytes(-len(data) % unit)
