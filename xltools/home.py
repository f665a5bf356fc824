"""Where this tool keeps what is its own on a computer: the launcher for the buttons, the log (本机文件夹)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

LOG = "xltools.log"
_LONGEST = 2**20


def folder() -> Path:
    """The folder of the current user; it may not exist yet."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "xltools"
    return Path.home() / ".local/share/xltools"


def log() -> str:
    """Keep the traceback of the current exception and return where, for a message; never raises."""
    import tempfile
    import traceback

    text = traceback.format_exc()
    for place in (folder(), Path(tempfile.gettempdir())):
        path = place / LOG
        try:
            place.mkdir(parents=True, exist_ok=True)
            long = path.exists() and path.stat().st_size > _LONGEST
            with path.open("w" if long else "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(f"{text}\n")
        except OSError:
            continue
        return str(path)
    return "（记录文件写不了）"
