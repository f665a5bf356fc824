"""``xltools`` and ``python -m xltools`` (命令)."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run a command and end with its exit code."""
    gc.set_threshold(1_000_000)  # before all else is loaded: a command ends before looking for cycles is worth it
    from xltools import cli_main
    from xltools.cli_check import UNREADABLE

    code = cli_main.main()
    if "xlwings" in sys.modules and "uno" not in sys.modules:  # it lets go of Excel when Python ends
        sys.exit(code)
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:  # nobody listens any more
        code = code or UNREADABLE
    # Everything is written. To free it object by object takes as long as to start Python, and crashes now and
    # then where UNO's threads still run.
    os._exit(code)


if __name__ == "__main__":
    main()
