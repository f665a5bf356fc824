"""When two names, or two codes, are of one office (单位名称、机关代码)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=2**16)
def key(name: str) -> str:
    """What makes two names the same: width, case and spaces do not count."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name).casefold())


def office_code(typed: str) -> str:
    """By what an office with this 机关代码 is known; ``""`` for what says that there is none: 无, /, 待定, 0, 18位."""
    code = key(typed)
    return code if code.isascii() and re.search("[1-9]", code) else ""


def is_none(typed: str) -> bool:
    """Whether somebody has written that there is no name to write."""
    return not typed.strip() or bool(re.fullmatch(r"暂?无|没有|不涉及|[-—―–_/\\]+", key(typed)))
