"""Part five compared between offices: whose text is much like another's (雷同). A hint, never a verdict."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from xltools.batch.collection import Collection
from xltools.batch.summary.book import Column, Listing, Value
from xltools.report import Report

PART = "problems"
SHORTEST = 80
"""Characters below which a text says too little; zero reports repeat legitimately."""
ALIKE = 0.5
LISTED = 500
"""Pairs that are listed, and whose common words are quoted."""
_SHINGLE, _SKETCH, _PAIRS, _QUOTED = 6, 96, 400_000, 60
_NOISE = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two offices with much the same text; ``share`` is the part of their shingles that both have."""

    one: str
    other: str
    share: float
    same: str


def alike(texts: Mapping[str, str]) -> tuple[Likeness, ...]:
    """Return the pairs that are alike, most alike first; of those with the very same text each with the first.

    Candidates share parts of a sketch of their shingles, rarest first and no more than a fixed
    number of them, so that thousands of offices are compared in seconds.
    """
    plain = {office: _NOISE.sub("", text) for office, text in texts.items()}
    same: dict[str, list[str]] = {}
    for office, text in plain.items():
        if len(text) >= SHORTEST:
            same.setdefault(text, []).append(office)
    found = [(1.0, offices[0], other) for offices in same.values() for other in offices[1:]]
    sets = {offices[0]: _shingles(text) for text, offices in same.items()}
    for one, other in _candidates(sets):
        share = len(sets[one] & sets[other]) / len(sets[one] | sets[other])
        if share >= ALIKE:
            found.append((share, one, other))
    place = {office: i for i, office in enumerate(texts)}
    found.sort(key=lambda pair: (-pair[0], place[pair[1]], place[pair[2]]))
    return tuple(
        Likeness(one, other, share, _longest(plain[one], _shingles(plain[other])) if i < LISTED else "")
        for i, (share, one, other) in enumerate(found)
    )


def likenesses(collection: Collection) -> Listing:
    """雷同."""
    texts = {o.office: own_words(o.report) for o in collection.filed if o.report}
    pairs = alike(texts)
    columns = (Column("单位", 32), Column("与谁雷同", 32), Column("相同比例", 12, "percent"),
               Column("最长的相同文字（去掉标点和数字）", 90, "long"))  # fmt: skip
    rows: list[tuple[Value, ...]] = [(p.one, p.other, p.share, p.same) for p in pairs[:LISTED]]
    label = next(section.label for section in collection.edition.sections if section.id == PART)
    more = f"只列前 {LISTED} 对，共 {len(pairs)} 对。" if len(pairs) > LISTED else ""
    note = f"“{label}”相同一半以上的单位；不足 {SHORTEST} 字的不比。只供核对。{more}"
    return Listing("雷同", "雷同", note, columns, rows)


def own_words(report: Report) -> str:
    """Part five without the names of the office, which everybody who copies changes."""
    text = report.narrative.get(PART, "")
    office = report.office
    for name in sorted({office.name, office.title_name, office.short_name} - {""}, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _shingles(text: str) -> frozenset[int]:
    """The short runs of characters of a text, each as a number that is the same on every machine."""
    return frozenset(zlib.crc32(text[i : i + _SHINGLE].encode("utf-8", "replace")) for i in _starts(text))


def _candidates(sets: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    holders: dict[int, list[str]] = {}
    for office, shingles in sets.items():
        for shingle in sorted(shingles)[:_SKETCH]:
            holders.setdefault(shingle, []).append(office)
    together: Counter[tuple[str, str]] = Counter()
    for _, offices in sorted(holders.items(), key=lambda item: (len(item[1]), item[0])):
        if len(together) + len(offices) ** 2 // 2 > _PAIRS:
            break
        together.update(combinations(offices, 2))
    yield from (pair for pair, times in together.items() if times >= _SKETCH // 12)


def _longest(text: str, shingles: Iterable[int]) -> str:
    """The longest run of a text whose shingles the other has too."""
    there, best, start = frozenset(shingles), "", None
    for i in [*_starts(text), None]:
        same = i is not None and zlib.crc32(text[i : i + _SHINGLE].encode("utf-8", "replace")) in there
        if same and start is None:
            start = i
        elif not same and start is not None:
            end = (len(text) - _SHINGLE if i is None else i - 1) + _SHINGLE
            best = max(best, text[start:end], key=len)
            start = None
    return best if len(best) <= _QUOTED else best[:_QUOTED] + "…"


def _starts(text: str) -> range:
    return range(max(1, len(text) - _SHINGLE + 1))
