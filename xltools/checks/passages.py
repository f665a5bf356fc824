"""The paragraphs of a report, each with its place, as the checks read them (正文段落)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from xltools.checks.rule import Words
from xltools.form import Field
from xltools.report import Report

MOST = 20
"""Findings of a rule, and places of a finding: nobody reads more of the same kind."""
_PUNCTUATION = tuple(zip("，；：（）！？", ",;:()!?", strict=True))
_WIDE = re.compile("[\uff01-\uff5e]")
"""To narrow these, and to ask whether anything is left to do, is quicker than to normalise every character."""


class Passage(NamedTuple):
    """A paragraph without white space, its letters and digits of one width, its brackets as on the keyboard."""

    part: str
    field: Field
    row: int
    text: str

    @property
    def place(self) -> Field:
        """Where it stands; asked for only where something was found."""
        return self.field._replace(row=self.row)


def passages(report: Report, *parts: str) -> Iterator[Passage]:
    """Yield the paragraphs of these narrative parts, or of all."""
    for section in report.edition.sections:
        words = report.narrative.get(section.id)
        if words and not section.tables and (not parts or section.id in parts):
            rows = report.rows.get(section.id, ())
            yield from _passages(section.id, section.field("narrative"), words, rows)


def joined(report: Report, *parts: str) -> str:
    """The same as one text, line by line: to look into that first is quicker."""
    return "\n".join(passage.text for passage in passages(report, *parts))


@lru_cache(maxsize=16)  # every rule reads the same few parts
def _passages(part: str, field: Field, words: str, rows: tuple[int, ...]) -> tuple[Passage, ...]:
    lines = [(i, line) for i, line in enumerate(plain(words).split("\n")) if line]
    known = len(rows) == words.count("\n") + 1
    return tuple(Passage(part, field, rows[i] if known else n, text) for n, (i, text) in enumerate(lines))


def plain(words: str) -> str:
    """Lines as rules read them."""
    narrow = words
    for usual, thin in _PUNCTUATION:
        narrow = narrow.replace(usual, thin)
    if b"\xff" in narrow.encode("utf-16-le", "surrogatepass"):  # as in every wide form; quicker than a pattern
        narrow = _WIDE.sub(lambda wide: chr(ord(wide[0]) - 0xFEE0), narrow)
    narrow = _tight(narrow)
    if unicodedata.is_normalized("NFKC", narrow):
        return narrow
    return _tight("\n".join(unicodedata.normalize("NFKC", line) for line in narrow.split("\n")))


def _tight(words: str) -> str:
    """Lines without white space."""
    return "\n".join("".join(line.split()) for line in words.split("\n"))


def at(report: Report, place: Field) -> Words:
    """How a sentence about a passage begins: ``五、问题改进（B6）``."""
    return f"{report.edition.sheet(place)}（", place, "）"
