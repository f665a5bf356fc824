"""Fixtures that are dear: one LibreOffice for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.calc import SYSTEM_PYTHON, Calc
from tests.support.machine import need


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    need("soffice", SYSTEM_PYTHON)
    program = Calc()
    yield program
    program.close()
