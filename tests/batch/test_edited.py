"""A template in a process of its own: what comes back from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.templates import saying
from tests.support.reports import EDITIONS, random_report
from xltools.batch import edited
from xltools.batch.worker import Failure
from xltools.errors import WrongWordTemplate
from xltools.outputs import word, wordform


def template(folder: Path, data: bytes) -> Path:
    (folder / "模板.docx").write_bytes(data)
    return folder / "模板.docx"


def test_the_report_is_the_same(tmp_path: Path) -> None:
    path, report = template(tmp_path, saying("{{ office.name|upper }}")), random_report(EDITIONS[0], 5)
    for way in ({}, {"draft": True}, {"submission": True, "answers": [("问", "答")]}):
        assert edited.render(report, path, **way) == word.render(report, template=path, **way)


@pytest.mark.parametrize(("failure", "says"), [*edited._WHY.items()])
def test_a_process_that_is_lost(failure: Failure, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edited.runner, "run", lambda *_: iter([(0, failure)]))
    with pytest.raises(WrongWordTemplate, match=f"“模板.docx”{says}。请"):
        edited.render(random_report(EDITIONS[0], 5), tmp_path / "模板.docx")


def test_one_edition_is_enough(tmp_path: Path) -> None:
    path = template(tmp_path, wordform.build(EDITIONS[0]))
    edited.require(path, EDITIONS)
    edited.require(path, EDITIONS[::-1])
    with pytest.raises(WrongWordTemplate, match="不是本版报告的项目"):
        edited.require(path, EDITIONS[1:])


def test_the_nearest_edition_is_spoken_of(tmp_path: Path) -> None:
    path = template(tmp_path, saying("{{ nobody }}"))
    with pytest.raises(WrongWordTemplate, match="中的“nobody”不是本版报告的项目。"):
        edited.require(path, EDITIONS)
