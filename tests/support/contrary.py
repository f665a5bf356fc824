"""The tool on a system that lists folders in an order of its own: ``python -m tests.support.contrary``.

By name, or with ``XLTOOLS_LISTED=backwards`` the other way round: whatever the disk does, one of them differs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_scandir, _listdir = os.scandir, os.listdir
_BACKWARDS = os.environ.get("XLTOOLS_LISTED") == "backwards"


@contextmanager
def _scanned(path: Any = ".") -> Iterator[Any]:
    with _scandir(path) as entries:
        yield iter(sorted(entries, key=lambda entry: entry.name, reverse=_BACKWARDS))


def _listed(path: Any = ".") -> list[Any]:
    return sorted(_listdir(path), reverse=_BACKWARDS)


if __name__ == "__main__":
    from xltools.__main__ import main

    os.scandir, os.listdir = _scanned, _listed  # type: ignore[assignment]
    main()
