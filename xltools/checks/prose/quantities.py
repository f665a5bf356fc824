"""Numbers with their units as officials write them (数量的写法)."""

from __future__ import annotations

import re
from decimal import Decimal

COUNTED = ("件次", "件", "份", "宗", "起", "例", "个", "次", "项", "条")
"""Units in which requests, cases and documents are counted."""
MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}

CHINESE = "〇零一二两三四五六七八九十百千"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,8})?")
_POWERS = {"十": 10, "百": 100, "千": 1_000}

AMOUNT = (
    rf"(?P<digits>[0-9.\x00]++|[第每数几]?[{CHINESE}]++)(?P<rough>[余多来]?(?:[万亿](?!元))?[余多]?)"
    rf"(?P<unit>(?!个月|个工作日)(?:{'|'.join(COUNTED)}|亿元|万元|元|%))(?P<about>余|多|以上|以下|以内|左右|上下)?"
)
"""The pattern of a number with its unit; ``rough`` or ``about`` where it is not meant exactly."""


def number(digits: str) -> Decimal | None:
    """Return the number that digits are, ``一百二十三`` as 123; ``None`` where that is in doubt, ``三五``, ``第三``."""
    if digits[0] not in CHINESE:
        return Decimal(digits) if _PLAIN.fullmatch(digits) else None
    total, digit, last, zero = 0, -1, 10_000, True
    for c in digits:
        if c in _POWERS:
            if _POWERS[c] >= last or digit == 0:
                return None
            last = _POWERS[c]
            total, digit, zero = total + (digit if digit > 0 else 1) * last, -1, last == 10
        elif _DIGITS[c] == 0 and len(digits) > 1:
            zero = True
        elif digit >= 0:
            return None
        else:
            digit = _DIGITS[c]
    if digit > 0 and not zero:  # 一百二 may be 102 or 120
        return None
    return Decimal(total + max(digit, 0))
