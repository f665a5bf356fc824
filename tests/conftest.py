"""Fixtures that are dear: one LibreOffice and one collected county for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.batch.support import run
from tests.support.calc import SYSTEM_PYTHON, Calc
from tests.support.county import county
from tests.support.machine import need
from xltools import libreoffice
from xltools.batch.collection import Collection


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


@pytest.fixture(scope="session")
def january(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Collection]:
    """The results of a small county, and what is known of it."""
    folder, roster = county(tmp_path_factory.mktemp("january"))
    out = folder.parent / "结果"
    return out, run(folder, out, roster=roster, jobs=2)
