"""What the checks say of an example, for the tests of the rules."""

from __future__ import annotations

from typing import Any

from xltools import editions
from xltools.checks import run
from xltools.checks.example import example
from xltools.outputs.findings import sentence


def said(rule: str, edition: str = "2021", /, **entries: Any) -> list[str]:
    """The sentences of one rule; an address is written ``requests__received__company``."""
    filed = example({key.replace("__", "."): value for key, value in entries.items()}, editions.get(edition))
    return [sentence(f, filed.edition) for f in run(filed) if f.rule.code == rule]
