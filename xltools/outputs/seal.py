"""Whether a Word report is still as this tool wrote it, so that nothing that was edited is overwritten (封记)."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from pathlib import Path

UNSEALED = f"xltools:{'0' * 64}"
"""Stands in the document's property “identifier” until the digest of its parts takes its place."""
_SEAL = re.compile(rb"xltools:[0-9a-f]{64}")
_PROPERTIES = "docProps/core.xml"


def seal(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts with their digest in place of `UNSEALED`."""
    sealed = UNSEALED.encode()[:8] + _digest(parts)
    return {**parts, _PROPERTIES: _SEAL.sub(sealed, parts.get(_PROPERTIES, b""))}


def untouched(path: Path) -> bool:
    """Whether a file is a report of ours that nobody has saved anew since; never raises."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return False
    found = _SEAL.search(parts.get(_PROPERTIES, b""))
    return found is not None and found[0][8:] == _digest(parts)


def _digest(parts: Mapping[str, bytes]) -> bytes:
    total = hashlib.sha256()
    for name, data in sorted(parts.items()):
        plain = _SEAL.sub(UNSEALED.encode(), data) if name == _PROPERTIES else data
        total.update(f"{name}\0{len(plain)}\0".encode())
        total.update(plain)
    return total.hexdigest().encode()
