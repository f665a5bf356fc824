"""What has been made once is found again, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from xltools.batch.store import Kept, Store
from xltools.batch.work import Result, Task

TASK = Task("甲.xlsx", Path("甲.xlsx"), "digest")
MADE = Result(findings=({"rule": "T1"},), files={"word": b"PK\n\0word", "returned": b"\nPK returned"})


def kept(store: Store, result: Result = MADE) -> Kept:
    return store.put(store.key(TASK), result).kept()


def contents(found: Kept) -> dict[str, bytes]:
    return {kind: piece.read_bytes() for kind, piece in found.files.items()}


@pytest.mark.parametrize(
    "result",
    [MADE, Result("读不出来"), Result(files={"word": b""}), Result(trouble="没有生成", files={})],
    ids=["two files", "none", "an empty one", "with trouble"],
)
def test_what_is_kept_is_found_as_it_was_made(tmp_path: Path, result: Result) -> None:
    store = Store(tmp_path, None)
    made, found = kept(store, result), store.get(store.key(TASK))
    assert found == made
    assert found is not None
    assert contents(found) == result.files
    assert (found.result.findings, found.result.fault, found.result.trouble) == (
        result.findings, result.fault, result.trouble,
    )  # fmt: skip


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_what_was_changed_since_is_made_again(tmp_path: Path, place: int) -> None:
    store = Store(tmp_path, None)
    made = kept(store)
    (path,) = store.folder.iterdir()
    data = bytearray(path.read_bytes())
    place %= len(data)
    data[place] ^= 1
    path.write_bytes(data)
    assert store.get(store.key(TASK)) is None
    if place >= made.files["word"].start:
        with pytest.raises(OSError, match=path.name):
            contents(made)


@pytest.mark.parametrize("left", [0, 1, 50, -1])
def test_what_was_cut_off_is_made_again(tmp_path: Path, left: int) -> None:
    store = Store(tmp_path, None)
    kept(store)
    (path,) = store.folder.iterdir()
    path.write_bytes(path.read_bytes()[:left])
    assert store.get(store.key(TASK)) is None


def test_what_is_not_lasting_can_be_used_but_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path, None)
    made = kept(store, Result(trouble="没有生成", files={"word": b"word"}, lasting=False))
    assert contents(made) == {"word": b"word"}
    assert store.get(store.key(TASK)) is None


def test_another_name_or_template_is_another_result(tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(b"template")
    keys = {
        Store(tmp_path, None).key(TASK),
        Store(tmp_path, template).key(TASK),
        Store(tmp_path, None).key(Task("乙.xlsx", Path("乙.xlsx"), "digest")),
        Store(tmp_path, None).key(Task("甲.xlsx", Path("甲.xlsx"), "another")),
    }
    assert len(keys) == 4


def test_what_nothing_leads_to_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path, None)
    kept(store)
    store.keep_only({store.key(TASK)})
    assert store.get(store.key(TASK))
    store.keep_only(set())
    assert [*store.folder.iterdir()] == []
