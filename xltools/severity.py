"""How grave a finding is (级别)."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """错误 blocks the report; 提醒 never does and can be answered."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def chinese(self) -> str:
        return {"error": "错误", "warning": "提醒"}[self]
