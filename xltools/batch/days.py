"""Days as people type them (日期)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from xltools.checks.prose.quantities import number

_ONES = "一二三四五六七八九"
_ZEROS = str.maketrans(dict.fromkeys("零〇○◯Oo", "0"))
"""What is typed for a nought, which few find on their keyboards."""
_DIGITS = str.maketrans({digit: str(n) for n, digit in enumerate(_ONES, start=1)})
_YEAR, _COUNT = f"([0-9{_ONES}]{{4}})", f"([0-9]{{1,2}}|[0{_ONES}十]{{1,3}})"
_TIME = r"([\sT][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?"
_LINKS = "-—–/."
_DAY = re.compile(rf"{_YEAR}\s*[{_LINKS}年]\s*{_COUNT}\s*[{_LINKS}月]\s*{_COUNT}\s*[日号]?{_TIME}")


def day(text: str) -> date | None:
    """``2026-01-31``, ``2026/1/31 0:00``, ``2026年1月31日``, ``二〇二六年一月三十一日`` and the like, however wide.

    ``None`` for anything else.
    """
    plain = unicodedata.normalize("NFKC", text).replace("元月", "一月").replace("廿", "二十").replace("卅", "三十")
    found = _DAY.fullmatch(plain.translate(_ZEROS).strip())
    try:
        return date(int(found[1].translate(_DIGITS)), _count(found[2]), _count(found[3])) if found else None
    except ValueError:
        return None


def _count(said: str) -> int:
    """A month or a day of it, as 5, 05, 五, 〇五, 二十, 二〇; 0, which is none, for 一五, which may be two."""
    if said.isdecimal():
        return int(said)
    return int(number(re.sub(f"(?<=[{_ONES}])0$", "十", said).replace("0", "〇")) or 0)
