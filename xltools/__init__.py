"""The annual report on open government information: one form, workbook, checks, Word (政府信息公开年报).

>>> report = xltools.read("芙蓉镇2020.xlsx")
>>> [finding.rule.code for finding in xltools.check(report)]
[]
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltools import editions
    from xltools.checks import Finding
    from xltools.report import Report

__version__ = "0.1.0"
__all__ = ["Finding", "Report", "check", "editions", "read"]

_LAZY = {"Finding": "xltools.checks", "Report": "xltools.report"}


def read(path: str | os.PathLike[str]) -> Report:
    """Return the report in a workbook or an interchange file; raises `xltools.errors.XltoolsError`."""
    from xltools.files import load

    return load(Path(path))


def check(report: Report) -> list[Finding]:
    """Return everything that the checks find; never raises for bad data."""
    from xltools.checks import run

    return run(report)


def __getattr__(name: str) -> object:
    """The types are imported when asked for, so that ``xltools --version`` stays quick."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(name)
