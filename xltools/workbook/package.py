"""The parts of a workbook file, inflated within limits and parsed without entities (文件包).

Everything that is read from a submitted file goes through here: ECMA-376 part 2.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from xltools.workbook.archive import Beyond, Damaged, Entry, Packed, entries, inflated, packed
from xltools.workbook.markup import parsed, refuse_document_type, refuse_too_much

PART_LIMIT, TOTAL_LIMIT = 32 * 2**20, 64 * 2**20
"""Inflated bytes of one part and of all parts; a filled workbook has 1 MB."""

_SMALL, _KEPT = 2**15, 8 * 2**20
_MOST_OF_ONE = 1032
"""Bytes that deflate makes of one at most."""
_LONGEST = 2**18
"""Bytes of a part of which what it says is remembered."""
_XML = (".xml", ".rels", ".vml")
_RELATION, _TYPE = "{*}Relationship", "{*}*"


class Relation(NamedTuple):
    """Where a part leads: the last word of the kind, in one writing, and the target."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A zip of XML parts, whose names count without case; raises `Damaged` for whatever is wrong with it.

    Of one that was ``submitted`` no part may be larger than a report's.
    """

    def __init__(self, data: bytes, *, submitted: bool = False) -> None:
        self._data, self._submitted = data, submitted
        self.entries = entries(data)
        self._names: dict[str, Entry] = {}
        for entry in self.entries:
            if self._names.setdefault(entry.name.lower(), entry) is not entry:
                raise Damaged(f"{entry.name} stands twice")
        sizes = [entry.size for entry in self.entries]
        if sum(sizes) > TOTAL_LIMIT or max(sizes, default=0) > PART_LIMIT:
            raise Beyond("解开后过大")
        self._read: dict[str, bytes] = {}
        self._room = _KEPT
        self._prove()

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self._data).hexdigest()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part."""
        return parsed(self.read(name))

    def relations(self, name: str) -> Sequence[Relation]:
        """Where a part leads."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        return self.listed(relations) if relations in self else ()

    def listed(self, name: str) -> Sequence[Relation]:
        """What a part of relations says."""
        data = self.read(name)
        if len(data) > _LONGEST:
            raise Damaged(f"{len(data)} bytes of relations")
        return _relations(data, posixpath.dirname(posixpath.dirname(name)))

    def related(self, name: str, *kinds: str) -> str | None:
        """The one part to which a part has a relation of such a kind, if it is there."""
        led = (relation for relation in self.relations(name) if relation.kind in kinds and not relation.external)
        found = {relation.target for relation in led if relation.target in self}
        if len(found) > 1:
            raise Damaged(f"{len(found)} parts for {kinds}")
        return found.pop() if found else None

    def type_of(self, name: str) -> str:
        """The content type that is declared for a part by its name or by its ending, ``""`` if none is."""
        data = self.read("[Content_Types].xml")
        if len(data) > _LONGEST:
            raise Damaged(f"{len(data)} bytes of content types")
        known = _types(data)
        return known.get(name.lower()) or known.get(name.lower().rpartition(".")[2], "")

    def read(self, name: str) -> bytes:
        """Return the bytes of a part."""
        entry = self._entry(name)
        known = self._read.get(entry.name)
        data = self._inflated(entry) if known is None else known
        if self._submitted:
            refuse_too_much(data)
        return data

    def packed(self, name: str) -> Packed:
        """Return a part as it stands in the file, for those that need not inflate it at once."""
        return packed(self._data, self._entry(name))

    def _entry(self, name: str) -> Entry:
        entry = self._names.get(name.lower())
        if entry is None:
            raise Damaged(f"no part {name}")
        return entry

    def _inflated(self, entry: Entry) -> bytes:
        """The bytes of a part, which are never more than the directory says; that was found to be little enough."""
        data = inflated(packed(self._data, entry))
        if entry.name.lower().endswith(_XML):
            refuse_document_type(data)
        if len(data) <= self._room:
            self._read[entry.name] = data
            self._room -= len(data)
        return data

    def _prove(self) -> None:
        """Inflate the small parts, and the large ones too unless all of them together cannot be beyond all measure."""
        large = [entry for entry in self.entries if entry.packed > _SMALL]
        harmless = sum(entry.packed for entry in large) * _MOST_OF_ONE <= 2 * TOTAL_LIMIT
        for entry in self.entries:
            if entry.packed <= _SMALL or not harmless:
                self._inflated(entry)


@lru_cache(maxsize=64)
def _relations(data: bytes, folder: str) -> Sequence[Relation]:
    """What a part of relations says; most workbooks have the same."""
    found: dict[str, Relation] = {}
    for relation in parsed(data).iterfind(_RELATION):
        id, target = str(relation.get("Id")), str(relation.get("Target"))
        kind = str(relation.get("Type")).rpartition("/")[2].replace("-", "").lower()
        external = relation.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        if found.setdefault(id, new := Relation(id, kind, target, external)) is not new:
            raise Damaged(f"relation {id} stands twice")
    return tuple(found.values())


@lru_cache(maxsize=16)
def _types(data: bytes) -> dict[str, str]:
    """The content types by part and by ending; most workbooks have the same."""
    return {
        str(one.get("PartName") or one.get("Extension")).lstrip("/").lower(): str(one.get("ContentType"))
        for one in parsed(data).iterfind(_TYPE)
    }
