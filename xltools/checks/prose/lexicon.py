"""Every word that the reader knows: the form's own rows and columns, and the words of prose (词典)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from xltools import editions
from xltools.checks.prose.words import APPLICANTS, OUTCOMES, STAGES, VERDICTS, WORDS, Kind
from xltools.form import Edition, Heading, Table


class Word(NamedTuple):
    """A word with its kind; ``names`` are the rows or columns of the form that it stands for."""

    kind: Kind
    names: tuple[str, ...] = ()


_NUMBERED = re.compile(r"^(?:[（(][一二三四五六七八九][)）]|[0-9]\.|[一二三四五六七八九]、)")
_ASIDE = re.compile("[（(].*?[)）]|[“”、]")


@cache
def lexicon(edition_id: str) -> Mapping[str, Word]:
    """Return every word that the reader knows in an edition's reports."""
    words = {word: Word(kind) for kind, several in WORDS.items() for word in several.split()}
    return words | dict(_of_the_form(editions.get(edition_id)))


def _of_the_form(edition: Edition) -> Iterator[tuple[str, Word]]:
    """The rows and columns of the form, as it names them and as prose does."""
    requests, cases = edition.tables["requests"], edition.tables["cases"]
    outcomes = next(top for top in requests.rows if top.id == "outcome").children
    for heading in _walk(outcomes):
        leaves = tuple(leaf.id for leaf in heading.leaves())
        for word in () if heading.total else (*_named(heading), *OUTCOMES.get(heading.id, "").split()):
            yield word, Word(Kind.OUTCOME, leaves)
    for heading in _walk(requests.columns):
        leaves = tuple(leaf.id for leaf in heading.leaves())
        named = () if heading.id in ("applicant", "other_organisation", "total") else (heading.label,)
        for word in (*named, *APPLICANTS.get(heading.id, "").split()):
            yield word, Word(Kind.APPLICANT, leaves)
    yield from _of_cases(cases)
    for other in editions.all():
        for row in other.tables["art20_1"].row.values():
            yield row.label, Word(Kind.DOCUMENT, ("art20_1", row.id))
    for table, kind in (("art20_5", Kind.POWER), ("art20_6", Kind.POWER), ("art20_8", Kind.FEES)):
        for row in edition.tables[table].row.values():
            yield row.label, Word(kind, (table, row.id))


def _of_cases(cases: Table) -> Iterator[tuple[str, Word]]:
    for stage in _walk(cases.columns):
        if stage.children:
            below = tuple(dict.fromkeys(leaf.id.rpartition("_")[0] for leaf in stage.leaves()))
            yield stage.label, Word(Kind.STAGE, below)
        elif not stage.total:
            yield stage.label, Word(Kind.VERDICT, (stage.id.rpartition("_")[2],))
    for names, several in STAGES.items():
        yield from ((word, Word(Kind.STAGE, names)) for word in several.split())
    for verdict, several in VERDICTS.items():
        yield from ((word, Word(Kind.VERDICT, (verdict,))) for word in several.split())


def _walk(headings: Iterable[Heading]) -> Iterator[Heading]:
    return (heading for top in headings for heading in top.walk())


def _named(heading: Heading) -> Iterator[str]:
    """A row's label and name without number and asides, whole and without “属于”."""
    for printed in dict.fromkeys((heading.label, heading.name)):
        label = _ASIDE.sub("", _NUMBERED.sub("", printed))
        yield label
        if label.startswith("属于"):
            yield label.removeprefix("属于")
