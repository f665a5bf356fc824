"""How the files in the output folder are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.reports import EDITIONS, zero
from xltools.batch import publish
from xltools.batch.collection import Outcome, Status
from xltools.report import Office


@pytest.mark.parametrize(("code", "prefix"), [("11A-b", "11A-b_"), ("--", ""), ("无", ""), ("1" * 21, ""), ("", "")])
def test_without_a_roster_a_code_begins_the_name(code: str, prefix: str) -> None:
    report = replace(zero(EDITIONS[-1]), office=Office(name="甲局", code=code))
    assert publish._code(Outcome("a.xlsx", Status.FILED, report=report)) == prefix
