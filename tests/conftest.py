"""Fixtures that are dear: one LibreOffice for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import xlwings as xw

from tests.support.calc import SYSTEM_PYTHON, Calc
from tests.support.machine import need
from xltools import libreoffice


@pytest.fixture(scope="module")
def office() -> Iterator[xw.App]:
    need("soffice")
    app = libreoffice.start()
    yield app
    app.quit()


@pytest.fixture(scope="session")
def calc() -> Iterator[Calc]:
    need("soffice", SYSTEM_PYTHON)
    program = Calc()
    yield program
    program.close()
