"""The committed templates are what the code builds today, part by part."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.machine import validate
from tools.templates import templates


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("path", "data"), templates().items(), ids=lambda x: x.name if isinstance(x, Path) else "")
def test_fresh(path: Path, data: bytes) -> None:
    committed, built = parts(path.read_bytes()), parts(data)
    assert committed.keys() == built.keys()
    stale = [name for name in built if committed[name] != built[name]]
    assert not stale, f"run make templates: {path} {stale}"


def test_valid() -> None:
    validate(*templates())
