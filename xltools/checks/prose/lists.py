"""Announced numbers and the lists behind them: 9个具体目录（…）, 件数与其中各项 (列举与分项).

Only a list that is plainly whole is counted or added up: no “等”, no “含”, nothing in it left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.checks.prose.claims import Tally
from xltools.checks.prose.quantities import CHINESE, number

_NOT_WHOLE = "[等余约近超含如…]|左右|以上|主要|重点|包括|其中"
_UNCLEAR = f"{_NOT_WHOLE}|[,;:。]"
_JOINED = "[和及与或]"

_ANNOUNCED = re.compile(
    rf"(?<![0-9.{CHINESE}第])(?P<n>[0-9]{{1,3}}|[{CHINESE}]{{1,3}})(?P<unit>个|项|类|种|大)(?P<what>[^0-9,;:、()]{{1,12}})"
    rf"\((?P<list>[^()0-9]{{3,400}})\)"
)
_AREAS = tuple("镇乡县市区村街社位门组")
"""“8个县（市、区）” names kinds of areas or organs, not eight of them."""

_PARTS, _COUNTED = "部分", re.compile(rf"等?(?P<n>[0-9]|[{CHINESE}]{{1,2}})个?大?部分\Z")
_BEFORE = 400
_OPENING = ("由", "包括", "分为", "包含", "为", ":")
_TITLES = ("总体情况", "主动公开", "申请", "复议", "问题", "其他需要报告")
"""A word out of each of the six titles, which the preamble may shorten."""

_TOTAL = r"(?<![0-9.])(?P<total>[0-9]{1,9})(?P<unit>[^0-9,;:、()%]{1,2})[^0-9,;:、()]{0,10}"
_OPEN = re.compile(_TOTAL + r"\((?P<list>[^()]{5,600})\)")
_BEHIND = re.compile(_TOTAL + r"(?:\([^()]{0,600}\))?(?:,同比[^,;:、()]{2,10})?[,;:]其中[,:]?(?P<list>[^;]{3,600})")
_ITEM = r"(?P<label>[^0-9]{1,30}?)(?P<n>[0-9]{1,9})(?P<unit>[^0-9]{1,2})"
_ASIDE = r"\([^()]*\)"
_ANOTHER_BEFORE = r"[0-9][^0-9,;:、()%]{1,8}[,、][^0-9,;:、()]{0,12}$"
_ON_THE_FORM = "[以分予]公开|提供|处理|维持|纠正|结果|审结|新收|结转|转下"
"""What the tables have is held against them, and need not add up to what stands before it."""
_REST = ("其他", "其它", "其余")
_PERSONS = ("自然人", "法人")


def tallies(sentence: str) -> Iterator[Tally]:
    """Yield the numbers in a sentence that its own lists contradict."""
    if "(" in sentence:
        yield from _announced(sentence)
    if _PARTS in sentence:
        yield from _six_parts(sentence)
    if "(" in sentence:
        for found in _OPEN.finditer(sentence):
            yield from _sum(sentence, found, behind=False)
    if "其中" in sentence:
        for found in _BEHIND.finditer(sentence):
            yield from _sum(sentence, found, behind=True)


def _announced(sentence: str) -> Iterator[Tally]:
    for found in _ANNOUNCED.finditer(sentence):
        listed, what, announced = found["list"], found["what"], number(found["n"])
        items = listed.split("、")
        if announced is None or len(items) < 3 or not all(items) or what.endswith(_AREAS):
            continue
        if re.search(_UNCLEAR, listed):
            continue
        most = len(items) + len(re.findall(_JOINED, listed))
        if not len(items) <= announced <= most and abs(announced - len(items)) <= 3:
            yield Tally(f"称“{found['n']}{found['unit']}{what}”", f"其后列出 {len(items)} 个")


def _six_parts(sentence: str) -> Iterator[Tally]:
    """The parts of the report as the preamble lists them, where it lists nothing else."""
    for word in re.finditer(_PARTS, sentence):
        found = _COUNTED.search(sentence, max(0, word.start() - 5), word.end())
        if found is None:
            continue
        announced = number(found["n"])
        before = sentence[max(0, found.start() - _BEFORE) : found.start()]
        listed = before[max((before.rfind(word) + len(word) for word in _OPENING if word in before), default=0) :]
        named = [[title for title in _TITLES if title in item] for item in listed.replace("、", ",").split(",")]
        parts = len(named) + (named[-1] == list(_TITLES[-2:]))  # the last two are joined by “和”
        nothing_else = all(named) and parts == len({title for titles in named for title in titles})
        if parts > 3 and nothing_else and announced not in (None, parts):
            yield Tally(f"称“{found['n']}部分”", f"列出的是 {parts} 个部分")


def _sum(sentence: str, found: re.Match[str], *, behind: bool) -> Iterator[Tally]:
    parts, total = _parts(found["list"], found["unit"]), int(found["total"])
    labels, numbers = [label for label, _ in parts], [n for _, n in parts]
    running = {sum(numbers[: i + 1]) for i in range(len(numbers))}  # a second way to divide it may follow the first
    if len(parts) < 2 or total in running or len(set(labels)) < len(labels) or re.search(_NOT_WHOLE, found["unit"]):
        return
    if _all_named(sentence, found, labels, more=sum(numbers) > total) if behind else len(labels) > 2:
        terms = "+".join(map(str, numbers))
        yield Tally(f"写“{total}{found['unit']}”", f"其后各项相加为 {sum(numbers)}（{terms}）")


def _parts(listed: str, unit: str) -> list[tuple[str, int]]:
    """The labels and numbers of a list in one unit; empty if anything else stands in it."""
    parts = []
    for item in re.split("[、,;]", re.sub(_ASIDE, "", listed)):
        found = re.fullmatch(_ITEM, item)
        label = found["label"] if found else ""
        if not found or not unit.startswith(found["unit"]) or re.search(f"{_NOT_WHOLE}|{_ON_THE_FORM}", label):
            return []
        parts.append((label, int(found["n"])))
    return parts


def _all_named(sentence: str, found: re.Match[str], labels: list[str], *, more: bool) -> bool:
    """Whether a list behind “其中” names everything: by its last label or by all of them.

    Parts of one kind (市级文件, 县级文件) cannot be ``more`` than the whole, named or not.
    """
    if re.search(_ANOTHER_BEFORE, sentence[max(0, found.start() - 24) : found.start()]):  # whose parts, nobody knows
        return False
    of_one_kind = "申请" not in sentence and len({label[-1] for label in labels}) == 1
    persons = len(labels) == len(_PERSONS) and all(p in label for p, label in zip(_PERSONS, labels, strict=True))
    return labels[-1].startswith(_REST) or persons or (more and of_one_kind)
