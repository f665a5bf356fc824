"""Days as people type them (日期)."""

from __future__ import annotations

import re
from datetime import date

from xltools.checks.prose.quantities import CHINESE, number

_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")
_IN_WORDS = re.compile(f"([{CHINESE}]{{4}})年([{CHINESE}]{{1,3}})月([{CHINESE}]{{1,3}})日")
_DIGITS = {ord(digit): str(i) for i, digit in enumerate("零一二三四五六七八九")} | {ord("〇"): "0"}


def day(text: str) -> date | None:
    """``2026-01-31``, ``2026/1/31``, ``2026年1月31日`` or ``二〇二六年一月三十一日``; ``None`` for anything else."""
    if words := _IN_WORDS.fullmatch(text.strip()):
        text = f"{words[1].translate(_DIGITS)}-{number(words[2])}-{number(words[3])}"
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
