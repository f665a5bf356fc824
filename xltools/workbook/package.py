"""The parts of a workbook file, inflated within limits and parsed without entities (文件包).

Everything that is read from a submitted file goes through here: ECMA-376 part 2, and the limits of
`xltools.workbook.envelope`.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO

from lxml import etree

PART_LIMIT, TOTAL_LIMIT = 32 * 2**20, 64 * 2**20
"""Inflated bytes of one part and of all parts that are read; a filled workbook has 1 MB."""

_LOCAL = struct.Struct("<4s2xH18xHH")
"""Signature, flags, lengths of name and extra field (APPNOTE 4.3.7)."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LONGEST = 2**18
_RELATION = "{*}Relationship"


class Damaged(Exception):
    """The file is not what its format demands; the reader says it in words."""


class Package:
    """A zip of XML parts; raises `Damaged` for whatever is wrong with it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.entries = archive.infolist()
        self._names = {info.filename.lstrip("/"): info for info in self.entries}
        self._relations: dict[str, Mapping[str, tuple[str, str]]] = {}
        self._left = TOTAL_LIMIT

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part."""
        return parsed(self.read(name))

    def relations(self, name: str) -> Mapping[str, tuple[str, str]]:
        """The relations of a part by their id: the last word of their type, and the part they lead to."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if relations not in self:
            return {}
        if name not in self._relations:
            data = self.read(relations)
            if len(data) > _LONGEST:
                raise Damaged(f"{len(data)} bytes of relations")
            self._relations[name] = _relations(data, folder)
        return self._relations[name]

    def related(self, name: str, kind: str) -> str | None:
        """The part to which a part has a relation of this kind, if it is there."""
        targets = (target for found, target in self.relations(name).values() if found == kind)
        return next((target for target in targets if target in self), None)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part; what it really inflates to is counted, not what its entry says."""
        if name not in self._names:
            raise Damaged(f"no part {name}")
        data = self._inflated(self._names[name], min(PART_LIMIT, self._left))
        self._left -= len(data)
        return data

    def _inflated(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """The bytes of an entry; zipfile does the same in many small steps, which takes longer than all else."""
        start = entry.header_offset + _LOCAL.size
        signature, flags, name, extra = _LOCAL.unpack(self._data[entry.header_offset : start])
        packed = self._data[start + name + extra : start + name + extra + entry.compress_size]
        named = self._data[start : start + name] == entry.orig_filename.encode("utf-8" if flags & 0x800 else "cp437")
        if signature != b"PK\x03\x04" or not named or flags & 1 or entry.compress_type not in _METHODS:
            raise Damaged(f"entry {entry.filename}")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        data = packed if entry.compress_type == zipfile.ZIP_STORED else inflater.decompress(packed, limit + 1)
        if len(data) > limit:
            raise Damaged(f"part {entry.filename} is too large")
        if len(data) != entry.file_size or zlib.crc32(data) != entry.CRC:
            raise Damaged(f"part {entry.filename} is not whole")
        return data


@lru_cache(maxsize=16)
def _relations(data: bytes, folder: str) -> Mapping[str, tuple[str, str]]:
    """What a part of relations says; most workbooks have the same."""
    found = {}
    for relation in parsed(data).iterfind(_RELATION):
        if relation.get("TargetMode") != "External":
            kind = str(relation.get("Type")).rpartition("/")[2]
            target = posixpath.join("/" + folder, str(relation.get("Target")))
            found[str(relation.get("Id"))] = kind, posixpath.normpath(target).lstrip("/")
    return found


def parsed(data: bytes) -> etree._Element:
    """Return the root of a part; a document type, and so every entity, is refused."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged("a document type")
    return root
