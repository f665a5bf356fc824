"""Every case by its name (案例总表)."""

from __future__ import annotations

from tests.hostile import files, parts, structure, values, xmls, zips
from tests.hostile.case import Case

CASES: dict[str, Case] = {}
for module in (files, zips, parts, xmls, values, structure):
    for name, case in module.CASES.items():
        CASES[f"{module.__name__.rpartition('.')[2]}: {name}"] = case
