"""Cutting a sentence into the words that are known and the rest (切词)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from xltools.checks.prose.lexicon import Word, lexicon
from xltools.checks.prose.quantities import AMOUNT, COUNTED, MONEY, number
from xltools.checks.prose.words import Kind


class Token(NamedTuple):
    """A word; ``value`` is a quantity's number, ``None`` where it is in doubt or not meant exactly."""

    kind: Kind
    text: str
    names: tuple[str, ...] = ()
    value: Decimal | None = None
    unit: str = ""


_YEAR = r"(?:(?:19|20)[0-9][0-9]年度?)"
_CALENDAR = (
    rf"(?P<whole>[自从]?{_YEAR}?1月1日起?[至到]{_YEAR}?12月31日止?|截[至止]到?{_YEAR}?(?:12月31日|12月底|年底|底))"
    rf"|(?P<elsewhere>{_YEAR}[至到—-]+{_YEAR}|{_YEAR}以来|{_YEAR}?[0-9]{{1,2}}月(?:[0-9]{{1,2}}日|份|底|末)?|[0-9]{{1,2}}日"
    r"|第[一二三四]季度|[一二三四五六七八九十0-9]{1,2}个月|截[至止])"
    rf"|(?P<year>{_YEAR})"
)
_LATELY = r"(?P<lately>近[一二三四五六七八九十两0-9]{1,2}年来?)"
_PLACE = "省市县区州旗镇乡"
_SUBJECT = (
    rf"(?P<subject>[我本](?:[{_PLACE}局委办厅院处]|街道|单位|机关|部门|系统|行政机关|中心|地)(?:人民)?(?:政府)?(?:办公室|办公厅|办)?"
    rf"|全[{_PLACE}局委域]|全街道|全系统|[{_PLACE}](?:人民)?政府(?:办公室|办公厅|办)?|代表(?=[{_PLACE}本]))"
)
_REQUEST = r"(?P<request>(?:政府信息|政务信息|信息|政务|依申请|申请(?![人表书])|公开)++)"
_STOP = r"(?P<stop>[,;:()、。])"
_ORGAN = re.compile(rf"(?:[{_PLACE}村]|局|委|委员会|办|厅|中心|院|处|街道|政府|办事处|办公室|办公厅)$")
_QUOTES = re.compile("[“”\"'‘’「」《》]")
_ASIDE = re.compile(r"\([^()0-9%]*\)|\([0-9]{1,2}\)")


_GROUPS = {"stop": Kind.STOP, "subject": Kind.SUBJECT, "whole": Kind.TIME}


@cache
def _pattern(edition_id: str) -> re.Pattern[str]:
    words = sorted(lexicon(edition_id), key=lambda word: (word[0], -len(word), word))
    grouped = groupby(words, itemgetter(0))
    trie = "|".join(f"{first}(?:{'|'.join(re.escape(word[1:]) for word in several)})" for first, several in grouped)
    return re.compile(f"{_STOP}|{_LATELY}|{AMOUNT}|(?P<word>{trie})|{_REQUEST}|{_SUBJECT}|{_CALENDAR}")


def tokens(sentence: str, edition_id: str, year: int | None) -> Iterator[Token]:
    """Yield the words of a sentence; asides in brackets without figures and quotation marks are passed over."""
    text = _ASIDE.sub("", _QUOTES.sub("", sentence))
    known, end = lexicon(edition_id), 0
    for found in _pattern(edition_id).finditer(text):
        if found.start() > end:
            yield _unknown(text[end : found.start()])
        end = found.end()
        yield _token(found, known, year)
    if end < len(text):
        yield _unknown(text[end:])


def _token(found: re.Match[str], known: Mapping[str, Word], year: int | None) -> Token:
    group, text = found.lastgroup, found[0]
    if group == "word":
        word = known[text]
        return Token(word.kind, text, word.names)
    if found["unit"]:
        return _quantity(found)
    if group == "year":
        ahead = int(text[:4]) - (year or 0)
        return Token({-1: Kind.LAST_YEAR, 0: Kind.TIME, 1: Kind.NEXT_YEAR}.get(ahead, Kind.ELSEWHERE), text)
    return Token(_topic(text) if group == "request" else _GROUPS.get(group or "", Kind.ELSEWHERE), text)


def _quantity(found: re.Match[str]) -> Token:
    unit = found["unit"]
    value = None if found["rough"] or found["about"] else number(found["digits"])
    if unit in MONEY:
        return Token(Kind.MONEY, found[0], value=value, unit=unit)
    return Token(Kind.COUNT if unit in COUNTED else Kind.PERCENT, found[0], value=value, unit=unit)


def _topic(text: str) -> Kind:
    if "申请" in text:
        return Kind.REQUEST
    return Kind.PUBLISH if text == "公开" else Kind.SUBJECT_MATTER


def _unknown(text: str) -> Token:
    return Token(Kind.SUBJECT if _ORGAN.search(text) else Kind.UNKNOWN, text)
