"""Documents that LibreOffice refuses, hangs at or dies of cost themselves only; nothing it started stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from xltools.outputs.pdf import Failure, NoLibreOffice, convert

SCRIPT = """#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
echo start >> "{0}/starts"
for file; do
    case $(cat "$file") in
        hang) sleep 600 & echo $! >> "{0}/started"; wait ;;
        die) kill -9 $$ ;;
        once) [ -e "{0}/mark" ] || {{ touch "{0}/mark"; kill -9 $$; }} ;;
        refuse) continue ;;
    esac
    printf '%%PDF\\n%s\\n%%%%EOF\\n' "$(cat "$file")" > "$out/$(basename "$file" .docx).pdf"
done
"""
REFUSED, HUNG = Failure.REFUSED, Failure.HUNG


@pytest.fixture(autouse=True)
def soffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that acts like LibreOffice, and does what a document says."""
    program = tmp_path / "bin/soffice"
    program.parent.mkdir()
    program.write_text(SCRIPT.format(tmp_path))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")


def answers(tmp_path: Path, texts: str, jobs: int = 1, seconds: float = 30) -> list[str]:
    documents = [tmp_path / f"{number}.word" for number in range(len(texts.split()))]
    for path, text in zip(documents, texts.split(), strict=True):
        path.write_text(text)
    found = sorted(convert(documents, jobs, seconds), key=lambda answer: answer[0])
    assert [place for place, _ in found] == list(range(len(documents)))
    return [answer if isinstance(answer, str) else answer.split()[1].decode() for _, answer in found]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        ("a b c d e", ["a", "b", "c", "d", "e"]),
        ("refuse b refuse d", [REFUSED, "b", REFUSED, "d"]),
        ("a die c die e", ["a", REFUSED, "c", REFUSED, "e"]),
        ("a b once d", ["a", "b", "once", "d"]),
        ("die", [REFUSED]),
        ("", []),
    ],
)
def test_only_the_bad_ones_are_lost(texts: str, wanted: list[str], jobs: int, tmp_path: Path) -> None:
    assert answers(tmp_path, texts, jobs) == wanted


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    assert answers(tmp_path, "a hang c hang", seconds=0.8) == ["a", HUNG, "c", HUNG]
    started = [int(pid) for pid in (tmp_path / "started").read_text().split()]
    assert len(started) == 2 and not [pid for pid in started if alive(pid)]


def test_who_asks_no_further_ends_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("hang")
    asked = convert([tmp_path / "a", tmp_path / "b"])
    assert next(asked)[0] == 0
    deadline = time.monotonic() + 10
    while not (tmp_path / "started").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    asked.close()  # type: ignore[attr-defined]
    assert not alive(int((tmp_path / "started").read_text()))


def test_a_libreoffice_that_only_dies_is_not_started_for_ever(tmp_path: Path) -> None:
    assert answers(tmp_path, "die " * 40) == [REFUSED] * 40
    assert len((tmp_path / "starts").read_text().split()) == 3


def test_many_go_to_one(tmp_path: Path) -> None:
    assert len(answers(tmp_path, "a " * 150, jobs=2)) == 150
    assert len((tmp_path / "starts").read_text().split()) == 3


def test_without_it_the_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoLibreOffice, match=r"没有找到 LibreOffice.*请先安装"):
        answers(tmp_path, "a")


def test_one_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    (tmp_path / "bin/soffice").write_text("#!/no/such/program\n")
    with pytest.raises(NoLibreOffice, match="用不了。"):
        answers(tmp_path, "a")


def alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended and waits to be looked at does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
