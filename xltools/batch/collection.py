"""What an office that collects reports knows: who has to file, what came in, what became of it (收件情况)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from xltools.form import Edition
from xltools.report import Number, Report


class Status(StrEnum):
    """What became of a file, or of an office of which none came; in the words of the trade."""

    FILED = "已报"
    TO_MEND = "待修改"
    UNREADABLE = "文件无法打开"
    DUPLICATE = "重复报送"
    SUPERSEDED = "重报"  # a later file of the same office replaces this one
    WRONG_YEAR = "年度不符"
    LEFT_OUT = "不纳入"
    MISSING = "未报"
    EXEMPT = "免报"

    @property
    def counts(self) -> bool:
        """Whether a file with it is the report of its office."""
        return self in (Status.FILED, Status.TO_MEND)


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the roster (名单); ``controls`` are 核对数 by the heading of their column."""

    name: str
    former: tuple[str, ...] = ()
    code: str = ""
    kind: str = ""
    files: bool = True
    summed: bool = True
    predecessors: tuple[str, ...] = ()
    due: date | None = None
    received: date | None = None
    contact: str = ""
    phone: str = ""
    website: str = ""
    published: date | None = None
    controls: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input file, named relative to the folder; each file has exactly one.

    ``office`` is the member's name where it is on the roster; ``findings`` are as in ``--json``;
    ``outputs`` are files written for it, by kind (``word``, ``returned``, ``note``), relative to the output folder.
    What is ``ours`` to mend, as a file that is in use, is no matter of the office; nothing is asked of it either
    because of a ``spare`` file, besides which another one counts. ``alias`` is the name on the cover where that is
    another than the roster's.
    """

    file: str
    status: Status
    reason: str = ""
    office: str = ""
    report: Report | None = None
    findings: tuple[Mapping[str, Any], ...] = ()
    late: bool = False
    outputs: Mapping[str, str] = field(default_factory=dict)
    ours: bool = False
    spare: bool = False
    alias: str = ""

    @property
    def remark(self) -> str:
        """The reason, and how the office was known."""
        return (f"封面写的是“{self.alias}”，按名单认作“{self.office}”。" if self.alias else "") + self.reason

    @property
    def errors(self) -> int:
        return sum(finding["severity"] == "error" for finding in self.findings)

    @property
    def goes_back(self) -> bool:
        """Whether its office has to send it again."""
        faulty = self.status in (Status.TO_MEND, Status.UNREADABLE, Status.WRONG_YEAR)
        return faulty and not (self.ours or self.spare)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A number by which the sum is corrected (调整数): double counts are real."""

    ref: str
    amount: Number
    reason: str
    person: str


NO_REPORT, TWO_REPORTS = "没有上年报告", "上年有两份，没有比对"


@dataclass(frozen=True, slots=True)
class Before:
    """What an office, or those it came from, reported last year; not to be compared where there is a ``lack``."""

    names: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """Last year's reports: ``of`` each office that has filed this year, and those that are ``summed``."""

    of: Mapping[str, Before] = field(default_factory=dict)
    summed: tuple[Report, ...] = ()


@dataclass(frozen=True)
class Collection:
    """One year's reports of all offices; ``previous`` are last year's, if they are to be compared.

    ``notices`` are sentences about the run itself, for who runs it.
    """

    year: int
    edition: Edition
    members: tuple[Member, ...]
    outcomes: tuple[Outcome, ...]
    adjustments: tuple[Adjustment, ...] = ()
    previous: Past | None = None
    name: str = ""
    notices: tuple[str, ...] = ()

    @cached_property
    def filed(self) -> tuple[Outcome, ...]:
        """The outcomes that count: one for each office that has filed."""
        return tuple(o for o in self.outcomes if o.status.counts and o.report)

    @cached_property
    def missing(self) -> tuple[Member, ...]:
        """Who has to file and has not, by any file that counts."""
        there = {outcome.office for outcome in self.filed}
        return tuple(member for member in self.members if member.files and member.name not in there)


def headline(collection: Collection) -> str:
    """``已报 37／应报 40，待修改 2，未报 3``; what else a person has to look at follows.

    待修改 are among those that have filed; without a roster nobody knows who should have.
    """
    count = Counter(outcome.status for outcome in collection.outcomes)
    parts = [f"已报 {len(collection.filed)}", f"{Status.TO_MEND} {count[Status.TO_MEND]}"]
    if collection.members:
        due, missing = sum(member.files for member in collection.members), len(collection.missing)
        parts = [f"已报 {due - missing}／应报 {due}", parts[1], f"{Status.MISSING} {missing}"]
    others = (Status.DUPLICATE, Status.UNREADABLE, Status.WRONG_YEAR)
    return "，".join([*parts, *(f"{status} {count[status]}" for status in others if count[status])])
