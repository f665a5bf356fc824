"""Days as people type them (日期)."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def day(text: str) -> date | None:
    """``2026-01-31``, ``2026/1/31``, ``2026.1.31`` or ``2026年1月31日``; ``None`` for anything else."""
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
