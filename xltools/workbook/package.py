"""The parts of a workbook file, inflated within limits and parsed without entities (文件包).

Everything that is read from a submitted file goes through here: ECMA-376 part 2, and the limits of
`xltools.workbook.envelope`.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

PART_LIMIT, TOTAL_LIMIT = 32 * 2**20, 64 * 2**20
"""Inflated bytes of one part and of all parts that are read; a filled workbook has 1 MB."""

_RELATION = "{*}Relationship"


class Damaged(Exception):
    """The file is not what its format demands; the reader says it in words."""


class Package:
    """A zip of XML parts; raises `Damaged` for whatever is wrong with it."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        self._left = TOTAL_LIMIT

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part; a document type, and so every entity, is refused."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        root = etree.fromstring(self._inflated(name), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Damaged(f"document type in {name}")
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by their id: the last word of their type, and the part they lead to."""
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        if relations not in self:
            return {}
        found = {}
        for relation in self.xml(relations).iterfind(_RELATION):
            if relation.get("TargetMode") != "External":
                kind = str(relation.get("Type")).rpartition("/")[2]
                found[str(relation.get("Id"))] = kind, _resolve(folder, str(relation.get("Target")))
        return found

    def related(self, name: str, kind: str) -> str | None:
        """The part to which a part has a relation of this kind, if it is there."""
        targets = (target for found, target in self.relations(name).values() if found == kind)
        return next((target for target in targets if target in self), None)

    def _inflated(self, name: str) -> bytes:
        """What the part really inflates to is counted, not what its entry says."""
        if name not in self._names:
            raise Damaged(f"no part {name}")
        limit = min(PART_LIMIT, self._left)
        with self._archive.open(self._names[name]) as part:
            data = part.read(limit + 1)
        if len(data) > limit:
            raise Damaged(f"part {name} is too large")
        self._left -= len(data)
        return data


def _resolve(folder: str, target: str) -> str:
    """Where a relative target leads; ``..`` goes up, nothing goes above the package."""
    steps: list[str] = []
    for step in PurePosixPath("/" + folder, target).parts[1:]:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)
