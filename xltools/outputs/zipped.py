"""A zip of which most entries are deflated once, for many files (打包): APPNOTE 4.3. All dates are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from xltools.deflate import deflated
from xltools.workbook.archive import CENTRAL, CENTRAL_MARK, DEFLATED, END, END_MARK, LOCAL, LOCAL_MARK, UTF8

_VERSION, _UNIX, _NEW_YEAR_1980, _READABLE = 20, 3 << 8, 33, 0o600 << 16


class Zip(NamedTuple):
    """Entries, what the directory says of them, and how many they are."""

    entries: bytes = b""
    directory: bytes = b""
    number: int = 0

    def with_parts(self, parts: Mapping[str, bytes | Iterator[bytes]], *, quick: bool = False) -> Zip:
        """The same with some more behind them; those that are given in pieces are asked for in turn."""
        entries, directory, place = [self.entries], [self.directory], len(self.entries)
        for name, data in parts.items():
            packed, size, crc = deflated((data,) if isinstance(data, bytes) else data, quick=quick)
            written, flags = name.encode(), 0 if name.isascii() else UTF8
            about = _VERSION, flags, DEFLATED, 0, _NEW_YEAR_1980, crc, len(packed), size, len(written), 0
            entry = LOCAL.pack(LOCAL_MARK, *about) + written + packed
            directory.append(CENTRAL.pack(CENTRAL_MARK, _UNIX + _VERSION, *about, 0, 0, 0, _READABLE, place) + written)
            entries.append(entry)
            place += len(entry)
        return Zip(b"".join(entries), b"".join(directory), self.number + len(parts))

    def file(self) -> bytes:
        """The bytes of the whole."""
        end = END.pack(END_MARK, 0, 0, self.number, self.number, len(self.directory), len(self.entries), 0)
        return self.entries + self.directory + end
