"""Part five compared between offices: whose text is much like another's (雷同). A hint, never a verdict."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from xltools.batch.collection import Collection
from xltools.batch.summary.book import Column, Listing, Value
from xltools.report import Report

PART = "problems"
SHORTEST = 80
"""Characters below which a text says too little; zero reports repeat legitimately."""
ALIKE = 0.5
LISTED = 500
"""Pairs that are listed, and whose common words are quoted."""
_NEAREST = 5
"""Others that an office is compared with, of however many it has something in common with."""
_SKETCH, _QUOTED, _PLACES, _AT_HAND, _PRIME = 48, 60, 8, 256, 1_000_000_007
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

    Where many are alike, each of them is compared with some of the others only, so that the work grows
    with the number of offices; and no more than are listed, and one that says that there are more.
    """
    plain = {office: _NOISE.sub("", text) for office, text in texts.items()}
    same: dict[str, list[str]] = {}
    for office, text in plain.items():
        if len(text) >= SHORTEST:
            same.setdefault(text, []).append(office)
    found = [(1.0, offices[0], other) for offices in same.values() for other in offices[1:]]
    near = _compared([offices[0] for offices in same.values()], list(same))
    found += islice(near, max(0, LISTED + 1 - len(found)))
    place = {office: i for i, office in enumerate(texts)}
    found.sort(key=lambda pair: (-pair[0], place[pair[1]], place[pair[2]]))
    return tuple(
        Likeness(one, other, share, _quoted(_longest(plain[one], plain[other])) if i < LISTED else "")
        for i, (share, one, other) in enumerate(found)
    )


def likenesses(collection: Collection) -> Listing:
    """雷同."""
    texts = {o.office: own_words(o.report) for o in collection.filed if o.report}
    pairs = alike(texts)
    columns = (Column("单位", 32, "long"), Column("与谁雷同", 32, "long"), Column("相同比例", 12, "percent"),
               Column("最长的相同文字（去掉标点和数字）", 90, "long"))  # fmt: skip
    rows: list[tuple[Value, ...]] = [(p.one, p.other, p.share, p.same) for p in pairs[:LISTED]]
    label = next(section.label for section in collection.edition.sections if section.id == PART)
    more = f"只列最相近的 {LISTED} 对。" if len(pairs) > LISTED else ""
    note = f"“{label}”相同一半以上的单位；不足 {SHORTEST} 字的不比，与多家雷同的列最相近的几家。只供核对。{more}"
    return Listing("雷同", "雷同", note, columns, rows)


def own_words(report: Report) -> str:
    """Part five without the names of the office, which everybody who copies changes."""
    text = report.narrative.get(PART, "")
    office = report.office
    for name in sorted({office.name, office.title_name, office.short_name} - {""}, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _shingles(text: str) -> frozenset[int]:
    """The runs of four characters of a text, the 64 bits of each as a number."""
    data = memoryview(text.encode("utf-16-le", "surrogatepass"))
    return frozenset().union(*(data[i : len(data) - (len(data) - i) % 8].cast("Q") for i in range(0, 8, 2)))


def _sketch(shingles: frozenset[int]) -> array[int]:
    """The least of the shingles, once mixed, in order; not all are put in order for it."""
    most = 2 * _SKETCH * _PRIME // max(1, len(shingles))
    few = {mixed for shingle in shingles if (mixed := shingle % _PRIME) < most}
    if len(few) < _SKETCH:
        few = {shingle % _PRIME for shingle in shingles}
    return array("I", sorted(few)[:_SKETCH])


def _compared(offices: Sequence[str], texts: Sequence[str]) -> Iterator[tuple[float, str, str]]:
    """The pairs that are alike among those that may be, first those that share most of the sketch."""
    known = lru_cache(maxsize=_AT_HAND)(lambda office: _shingles(texts[office]))
    sketches = [_sketch(known(office)) for office in range(len(texts))]
    for _, one, other in sorted(_candidates(sketches)):
        common = len(known(one) & known(other))
        share = common / (len(known(one)) + len(known(other)) - common)
        if share >= ALIKE:
            yield share, offices[one], offices[other]


def _candidates(sketches: Sequence[array[int]]) -> list[tuple[int, int, int]]:
    """The pairs to compare, and how much of the sketch they share, below zero: most comes first.

    Of two texts that are alike half of the sketches is the same. Each is held against the last few that
    share a part with it; in the order of the sketches these are those most like it.
    """
    every = sorted(chain.from_iterable(sketches))
    last: dict[int, tuple[int, ...]] = {one: () for one, other in pairwise(every) if one == other}
    found: list[tuple[int, int, int]] = []
    for office in sorted(range(len(sketches)), key=sketches.__getitem__):
        met: list[int] = []
        for shingle in filter(last.__contains__, sketches[office]):
            met += last[shingle]
            last[shingle] = (*last[shingle][1 - _NEAREST :], office)
        for other, times in Counter(met).most_common(_NEAREST):
            if times >= _SKETCH // 6:
                found.append((-times, min(office, other), max(office, other)))
    return found


def _longest(text: str, other: str) -> str:
    """The longest run of characters that both have.

    Every run of ``2 * step - 1`` holds one of the blocks of ``step`` into which the text is cut, so few
    are looked for; of one that comes again and again, the first few places.
    """
    best, step, back, other_back = "", 2 * _QUOTED, text[::-1], other[::-1]
    while step > 1 and len(best) < 2 * step - 1:
        step, ends = step // 2, dict[int, int]()
        for start in range(0, len(text) - step + 1, step):
            block, at = text[start : start + step], -1
            for _ in range(_PLACES):
                at = other.find(block, at + 1)
                if at < 0:
                    break
                if start >= ends.get(at - start, 0):  # not inside a run that was found already
                    before = _equal(back, len(text) - start, other_back, len(other) - at)
                    ends[at - start] = end = start + _equal(text, start, other, at)
                    best = max(best, text[start - before : end], key=len)
    return best


def _equal(one: str, start: int, other: str, at: int) -> int:
    """How many characters are the same from these places on."""
    least, most, size = 0, min(len(one) - start, len(other) - at), 16
    while least < most:
        middle = min(least + size, most)
        if one[start + least : start + middle] == other[at + least : at + middle]:
            least, size = middle, 2 * size
        else:
            most, size = middle - 1, max(1, (middle - least) // 2)
    return least


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
