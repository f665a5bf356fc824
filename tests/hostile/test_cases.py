"""Whatever is done to a workbook: refused in a Chinese sentence, found, or read as it is seen; never silently wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import judge
from tests.hostile.base import packed, parts
from tests.hostile.manifest import CASES
from tests.support.reports import EDITIONS

ROOT = Path(__file__).parents[2]
SECONDS = 5.0


def verdicts_on(folder: Path, edition: str) -> dict[str, dict[str, Any]]:
    """What became of each, read in a process that has little memory."""
    (folder / judge.BASE).write_bytes(packed(parts(edition)))
    listed = []
    for i, (name, case) in enumerate(CASES.items()):
        file = f"报送{i}{case.suffix}"
        (folder / file).write_bytes(case.make(edition))
        listed.append({"name": name, "file": file, "reads": list(case.reads), "independent": case.independent})
    (folder / judge.LISTED).write_text(json.dumps(listed), "utf-8")
    command = [sys.executable, "-m", "tests.hostile.judge", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return {verdict["name"]: verdict for verdict in map(json.loads, ran.stdout.splitlines())}


@pytest.fixture(scope="module", params=[edition.id for edition in EDITIONS])
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    return verdicts_on(tmp_path_factory.mktemp(request.param), request.param)


def test_there_are_enough() -> None:
    assert len(CASES) >= 250


@pytest.mark.parametrize("name", CASES)
def test_case(name: str, verdicts: dict[str, dict[str, Any]]) -> None:
    case, verdict = CASES[name], verdicts[name]
    assert not verdict["fault"], verdict["fault"]
    assert verdict["seconds"] < SECONDS
    assert not verdict["apart"]
    said = verdict["said"]
    assert re.search(case.says, said), said
    assert not judge.ENGLISH.search(said), said
    if verdict["refused"]:
        assert said.startswith("〔F") and said.endswith("。") and "。" in said[:-1], said
        assert "“报送" in said or "工作表" in said, said
        assert set(verdict["outcome"]) <= case.allowed, said
        return
    assert verdict["reads"] == {key: None if value is None else str(value) for key, value in case.reads.items()}
    outcome = set(verdict["outcome"]) | {"read" if case.reads else "same" if not verdict["changed"] else "changed"}
    assert outcome & case.allowed, (outcome, verdict["changed"], said)
