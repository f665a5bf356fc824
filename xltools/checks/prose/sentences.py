"""The sentences of the narrative parts that may say something about the form, in one plain form (正文分句).

Full-width digits, thousands separators, the spaces and broken lines of a scan are taken out; where
spaces leave a number in doubt, a mark stays in it, so that nobody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from xltools.report import Report

LONGEST = 1_000
"""Characters of one sentence that are read: official sentences have some 300, lists included."""
MOST = 60_000
"""Characters of one report that are read, ten times a city's; what stands after them is not compared."""

DOUBT = "\x00"

_DIGITS, _WIDE_FORMS = "0123456789", "０１２３４５６７８９％．"
_WIDE = str.maketrans(_WIDE_FORMS, f"{_DIGITS}%.")
_ANY_THOUSANDS = re.compile(r"[0-9][,，][0-9]")
_THOUSANDS = r"(?<![0-9.,，])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9,，])"
_ANY_SCANNED = re.compile(r"[0-9]\s+[0-9]")
_SCANNED = r"(?<![0-9])[0-9]++(?:\s++[0-9]++)+"
_GROUPED = r"[0-9]{1,3}(?: [0-9]{3})+"
_PUNCTUATION = (("，", ","), ("；", ";"), ("：", ":"), ("（", "("), ("）", ")"))
_END = re.compile("[。！？!?]")
_WORD = re.compile(
    "(?:申请|公开件|[以分意予]公开|复议|诉讼|起诉|规章|规范性文件|行政许可|处罚|强制|收费|提供|处理|办理|办结|[答回]复"
    r"|受理|[收转][到办]?|新收|[结转][转结]|维持|决定|自然人)[^0-9,，;；。()（）]*\Z"
)
"""A word of the form that leads up to a figure: where there is none, nothing is claimed."""
_REACH = 18
_FIGURES = re.compile("[0-9]+|[一二两三四五六七八九十](?=[件份宗起例百])")
_FIGURE = re.compile("[0-9一二两三四五六七八九十](?:(?<=[0-9])|[件份宗起例个项类种大百]|部分)")
_LISTING = ("(", "（", "其中", "部分")
_DENIED = re.compile("[未没无零].{0,20}(?:申请|复议|诉讼)")


class Sentence(NamedTuple):
    """One sentence in its plain form, with its part and the row of its paragraph.

    ``claims`` and ``lists`` say what it may hold; it ``follows`` where the sentence just before it claims.
    """

    text: str
    part: str
    row: int
    follows: bool
    claims: bool
    lists: bool


def sentences(report: Report) -> Iterator[Sentence]:
    """Yield the sentences with figures or denials from every narrative part, a repeated one once a part."""
    room = MOST
    for section in report.edition.sections:
        seen: set[str] = set()
        for row, paragraph in () if section.tables else report.numbered(section.id):
            if room <= 0:
                return
            follows, text = False, compact(paragraph[:room])
            whole = _END.split(text) if _FIGURE.search(text) or _DENIED.search(text) else []
            if len(paragraph) > room:
                whole = whole[:-1]
            room -= len(paragraph)
            for sentence in whole:
                figure = bool(_FIGURE.search(sentence))
                claims = (figure and _claims(sentence)) or bool(_DENIED.search(sentence))
                lists = figure and len(sentence) <= LONGEST and any(sign in sentence for sign in _LISTING)
                if (claims or lists) and sentence not in seen:
                    seen.add(sentence)
                    yield Sentence(punctuated(sentence[:LONGEST]), section.id, row, follows, claims, lists)
                follows = claims


def plain(text: str) -> str:
    """Return a text in its plain form."""
    return punctuated(compact(text))


def compact(text: str) -> str:
    """Return a text without spaces and thousands separators, with half-width digits."""
    if any(map(text.__contains__, _WIDE_FORMS)):
        text = text.translate(_WIDE)
    if any(map(text.__contains__, _DIGITS)):
        if _ANY_THOUSANDS.search(text):
            text = re.sub(_THOUSANDS, lambda found: re.sub("[,，]", "", found[0]), text)
        if _ANY_SCANNED.search(text):
            text = re.sub(_SCANNED, _joined, text)
    return "".join(text.split())


def punctuated(text: str) -> str:
    """Return a text with half-width punctuation."""
    for wide, narrow in _PUNCTUATION:
        text = text.replace(wide, narrow)
    return text


def _claims(sentence: str) -> bool:
    starts = (found.start() for found in _FIGURES.finditer(sentence))
    return any(_WORD.search(sentence, max(0, start - _REACH), start) for start in starts)


def _joined(found: re.Match[str]) -> str:
    """Digits with spaces between: one number where they stand in thousands, else nobody knows which."""
    digits = " ".join(found[0].split())
    return digits.replace(" ", "" if re.fullmatch(_GROUPED, digits) else DOUBT)
