"""Which characters no document can hold (文字): controls, half characters, and what Unicode calls none."""

from __future__ import annotations

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Leave out the characters that no document can hold."""
    return text if text.isprintable() else UNPRINTABLE.sub("", text)
