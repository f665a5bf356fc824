"""Cutting a sentence into the words that are known and the rest (切词)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from xltools.checks.prose.lexicon import lexicon
from xltools.checks.prose.quantities import AMOUNT, CHINESE, COUNTED, MONEY, number
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
    rf"(?P<whole>[自从]?{_YEAR}?1月1日起?[至到]{_YEAR}?12月31日止?|{_YEAR}?1月?[至到—–-]12月|截[至止]到?{_YEAR}?(?:12月31日|12月底|年底|底))"
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
_REQUEST = r"(?P<request>(?:政府信息|政务信息|信息|政务|依申请|申请书?(?![人表])|公开)+)"
_STOPS = ",;:()、。"
_FIGURES = frozenset(f"0123456789.\x00近第每数几{CHINESE}")
_COMPOSED = frozenset(f"0123456789{CHINESE}政信依申公我本全代自从截第{_PLACE}")
"""What quantities, and what composed words begin with."""
_ORGAN = re.compile(rf"(?:[{_PLACE}村]|局|委|委员会|办|厅|中心|院|处|街道|政府|办事处|办公室|办公厅)$")
_QUOTES = re.compile("[“”\"'‘’「」《》]")
_ASIDE = re.compile(
    r"\([^()0-9%]*\)|\([0-9]{1,2}\)|(?:^|(?<=;))[-—·•●]*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.、](?![0-9])|^[-—·•●]+"
)


_QUANTITY = re.compile(f"{_LATELY}|{AMOUNT}")
_OTHER = re.compile(f"{_REQUEST}|{_SUBJECT}|{_CALENDAR}")
_GROUPS = {"subject": Kind.SUBJECT, "whole": Kind.TIME}


@cache
def _words(edition_id: str) -> tuple[dict[str, Token], dict[str, tuple[int, ...]]]:
    """Every word as a token, and how long those are that begin with a character, the longest first.

    A pattern of all words would find them as fast, and take longer to compile than a report to read.
    """
    words = {word: Token(meant.kind, word, meant.names) for word, meant in lexicon(edition_id).items()}
    words |= {stop: Token(Kind.STOP, stop) for stop in _STOPS}
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return words, {first: tuple(sorted(several, reverse=True)) for first, several in lengths.items()}


def tokens(sentence: str, edition_id: str, year: int | None) -> Iterator[Token]:
    """Yield the words of a sentence; asides in brackets without figures, quotation marks and
    the numbers of items are passed over.
    """
    text = _ASIDE.sub("", _QUOTES.sub("", sentence))
    words, lengths = _words(edition_id)
    start = end = 0
    while start < len(text):
        token = _starting(text, start, words, lengths, year)
        if token is None:
            start += 1
            continue
        if start > end:
            yield _unknown(text[end:start])
        yield token
        start = end = start + len(token.text)
    if end < len(text):
        yield _unknown(text[end:])


def _starting(
    text: str, start: int, words: dict[str, Token], lengths: dict[str, tuple[int, ...]], year: int | None
) -> Token | None:
    """The word that starts here: a quantity, else the longest that is known, else one of those that are composed."""
    first = text[start]
    if first in _FIGURES and (found := _QUANTITY.match(text, start)):
        return _quantity(found)
    for length in lengths.get(first, ()):
        if token := words.get(text[start : start + length]):
            return token
    if first in _COMPOSED and (found := _OTHER.match(text, start)):
        return _composed(found, year)
    return None


def _composed(found: re.Match[str], year: int | None) -> Token:
    group, text = found.lastgroup or "", found[0]
    if group == "year":
        ahead = int(text[:4]) - (year or 0)
        return Token({-1: Kind.LAST_YEAR, 0: Kind.TIME, 1: Kind.NEXT_YEAR}.get(ahead, Kind.ELSEWHERE), text)
    return Token(_topic(text) if group == "request" else _GROUPS.get(group, Kind.ELSEWHERE), text)


def _quantity(found: re.Match[str]) -> Token:
    unit = found["unit"]
    if unit is None:
        return Token(Kind.ELSEWHERE, found[0])
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
