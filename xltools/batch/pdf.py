"""A PDF of every Word report of a run; those of reports that are as they were are not made again (PDF)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from xltools.batch.collection import Collection
from xltools.batch.desk import Done
from xltools.batch.store import Kept, Piece, Store
from xltools.batch.work import WORD, Result, Task

PDF = "pdf"
_FAILED = "没有生成 PDF：{}。请用 Word 或 WPS 打开这份报告，另存为 PDF。"
Made = Mapping[str, Mapping[str, Piece]]
"""By file and kind what was made of it."""


def add(collection: Collection, made: Made, store: Store, done: Done, jobs: int) -> tuple[Collection, Made]:
    """The collection and what was made, with the PDFs, or why there is none; raises `CannotWrite`, `NoLibreOffice`."""
    from xltools.outputs import pdf

    documents = {o.file: made[o.file][WORD] for o in collection.filed if WORD in made[o.file]}
    keys = {file: store.key(Task(file, Path(), piece.digest)) for file, piece in documents.items()}
    kept = {file: found for file, key in keys.items() if (found := store.get(key))}
    left = [file for file in documents if file not in kept]
    for count, (place, answer) in enumerate(pdf.convert([documents[file] for file in left], jobs), start=1):
        file = left[place]
        failed = Result(trouble=_FAILED.format(answer), lasting=False)
        result = Result(files={PDF: answer}) if isinstance(answer, bytes) else failed
        kept[file] = store.put(keys[file], result).kept()
        done(count, len(left), f"{file} → PDF")
    store.keep_only(set(keys.values()))
    nothing = Kept(Result())
    outcomes = (replace(o, reason=o.reason + kept.get(o.file, nothing).result.trouble) for o in collection.outcomes)
    files = {file: {**kinds, **kept.get(file, nothing).files} for file, kinds in made.items()}
    return replace(collection, outcomes=tuple(outcomes)), files
