"""What the earlier phrases of a sentence say about the next one (上下文)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from xltools.checks.prose.claims import Count
from xltools.checks.prose.phrases import Phrase
from xltools.checks.prose.words import Kind
from xltools.form import Edition


class Topic(Enum):
    """What the last noun was about."""

    NONE = auto()
    REQUESTS = auto()
    CASES = auto()
    DOCUMENTS = auto()
    OTHER = auto()


class Part(NamedTuple):
    """That we are behind “其中” or in brackets: of which figure, unless nobody knows what that was.

    ``elsewhere`` is as it was before.
    """

    whole: Count | None
    known: bool
    elsewhere: bool


@dataclass(slots=True)
class Context:
    """Carried along from phrase to phrase.

    ``last`` is the claim of the last figure, ``None`` where it was ``counted`` but not understood;
    ``elsewhere`` whether the talk is of another period, channel or organ, ``elsewhere_before`` whether it
    was in the sentence before; ``outcomes`` how many phrases of the sentence name one; ``disclosure``
    whether it has spoken of information at all.
    """

    edition: Edition
    topic: Topic = Topic.NONE
    last: Count | None = None
    counted: bool = False
    part: Part | None = None
    brackets: list[tuple[Count | None, bool, Part | None, bool]] = field(default_factory=list)
    elsewhere: bool = False
    elsewhere_before: bool = False
    last_year: bool = False
    subject: str = ""
    stages: tuple[str, ...] = ()
    document: str = ""
    done: str = ""
    outcomes: int = 0
    carries: bool = False
    disclosure: bool = False
    cases: list[Count] = field(default_factory=list)

    @property
    def not_here(self) -> bool:
        """Whether figures are of another period, channel or organ."""
        return self.elsewhere or self.elsewhere_before

    @property
    def in_unknown_part(self) -> bool:
        return self.part is not None and not self.part.known

    def next_sentence(self) -> Context:
        """Where the sentence right after this one starts."""
        return Context(
            self.edition, self.topic, self.last, self.counted, elsewhere_before=self.elsewhere or self.elsewhere_before,
            last_year=self.last_year, stages=self.stages, disclosure=self.disclosure,
        )  # fmt: skip

    def begin(self, sentence: list[Phrase]) -> None:
        """Look over a sentence before its phrases are read."""
        self.outcomes = sum(Kind.OUTCOME in phrase.kinds for phrase in sentence)
        self.carries = any(Kind.CARRY in phrase.kinds for phrase in sentence)
        if self.carries and self.topic is Topic.NONE and not any(Kind.STAGE in phrase.kinds for phrase in sentence):
            self.topic = Topic.REQUESTS

    def hear(self, phrase: Phrase) -> None:
        """Note what a phrase is about, and of what it is a part, before it is read."""
        kinds = phrase.kinds
        self._step(phrase)
        if not kinds.isdisjoint(_DISCLOSURE) and "公开" in "".join([token.text for token in phrase.words]):
            self.disclosure = True
        topic = _topic(phrase)
        if topic and not (topic is Topic.OTHER and self.part):
            self.topic = topic
        if Kind.SUBJECT in kinds and self.part is None:
            self.subject = phrase.subject
        if Kind.TIME in kinds:
            self.last_year = self.elsewhere_before = False
        elif Kind.LAST_YEAR in kinds and kinds.isdisjoint(_NOT_THEN):
            self.last_year = True
        if Kind.ELSEWHERE in kinds or (Kind.CHANNEL in kinds and phrase.quantity is None):
            self.elsewhere = True

    def _step(self, phrase: Phrase) -> None:
        """Into brackets and out of them, behind “其中” and, with “；”, on to something else."""
        if phrase.stop == "(":
            self.brackets.append((self.last, self.counted, self.part, self.elsewhere))
            self.part = self._part()
        elif phrase.stop == ")" and self.brackets:
            self.last, self.counted, self.part, self.elsewhere = self.brackets.pop()
        elif phrase.stop == ";" and self.part and not self.brackets:
            self.elsewhere, self.part = self.part.elsewhere, None
        if phrase.before and phrase.before[0].kind is Kind.OF_WHICH:
            self.part = self._part()

    def _part(self) -> Part:
        elsewhere = self.part.elsewhere if self.part else self.elsewhere
        return Part(self.last, self.last is not None or not self.counted, elsewhere)


_DISCLOSURE = frozenset({Kind.REQUEST, Kind.SUBJECT_MATTER})
_NOT_THEN = frozenset({Kind.CARRY, Kind.COMPARE})
_DOCUMENTS = frozenset({Kind.DOCUMENT, Kind.POWER})
_DOING = frozenset({Kind.RECEIVE, Kind.HANDLE, Kind.CLOSE})
_OF_REQUESTS = "收办"
"""Nothing but requests is said to be that."""


def _topic(phrase: Phrase) -> Topic | None:
    kinds, topic = phrase.kinds, None
    if Kind.FOREIGN in kinds and Kind.OUTCOME not in kinds:
        topic = Topic.OTHER
    elif Kind.STAGE in kinds:
        topic = Topic.CASES
    elif not kinds.isdisjoint(_DOCUMENTS):
        topic = Topic.DOCUMENTS
    elif Kind.REQUEST in kinds or any(token.text == _OF_REQUESTS for token in phrase.before):
        topic = Topic.REQUESTS
    elif Kind.UNKNOWN in kinds and phrase.quantity is not None and not kinds.isdisjoint(_DOING):
        topic = Topic.OTHER
    return topic
