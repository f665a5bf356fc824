"""Years in the text (年份): the period, the report's own year, the year for which improvements are meant.

Part five may speak of the report year; only what is still to be done cannot be dated in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from xltools import editions
from xltools.checks.passages import MOST, Passage, at, passages
from xltools.checks.rule import Problem, Rules
from xltools.report import Report
from xltools.severity import Severity

rule = RULES = Rules()

_Fault = tuple[Passage, str, str]
"""Where it is, what was found and expected, what to do."""

_MISTYPED = re.compile(r"\d{5,}年(?:\d{1,2}月(?:\d{1,2}日)?|度)")
_PERIOD = re.compile(r"\d{4}年1月1日\D{1,6}(?:(\d{4})年)?12月31日")
_STATISTICS = re.compile(r"统计|所列|报告期|期限|时限")
_OWN = re.compile(r"\d{4}年度?(?:[^\W\d]{0,16}政府信息公开)?(?:工作)?(?:年度)?(?:报告|年报)")
_SUBJECT = r"(?:我们|[我本全][^\W\d]{1,3}?)?"
_FIRMLY = "(?:进一步|继续|加大|加强|重点|着力|切实|不断|持续|认真|严格|深入|积极|围绕|努力|全面|强化|完善|推进|提升)"
_PROMISED = re.compile(rf"\d{{4}}年度?,?{_SUBJECT}(?:还?将|拟){_FIRMLY}")
_URGED = rf"\d{{4}}年度?,?{_SUBJECT}{_FIRMLY}"
_MEASURES = re.compile(r"(?:改进|整改)的?(?:措施|计划|打算|方向|举措)|下一步|今后")
_DONE = "[了已]|完成|以来|上年|去年"
_AS_SUBJECT = re.compile(r"\d{4}年度?(?!以来|起|至|到|底|末|初|开始|修订|印发|出台|制定|发布|施行|实施)")
_THIS_YEAR = "本年|今年|年内|报告年度"


@rule(
    "C2", "年度报告格式：统计期限为报告年度1月1日至12月31日", Severity.WARNING,
    passes={"year": 2023, "narrative.preamble": "统计期限自2023年1月1日至2023年12月31日。",
            "narrative.problems": "2023年，我镇工作有所进步。（二）改进措施。2024年我镇将加强培训。"},
    fails={"year": 2023, "narrative.preamble": "统计期限自2022年1月1日至2022年12月31日。",
           "narrative.problems": "（二）改进措施。2023年我镇将加强培训。"},
)  # fmt: skip
def right_year(report: Report) -> Iterator[Problem]:
    """正文的统计期限、年度与报告年度一致，改进措施面向下一年度，依据的是本版格式的文号。"""
    if report.year is not None:
        for faults in (_dates, _own_year, _last_years_text, _improvements, _cited):
            for passage, found, fix in islice(faults(report, report.year), MOST):
                yield Problem((*at(report, passage.place), found), (passage.place,), (fix,))


def _dates(report: Report, year: int) -> Iterator[_Fault]:
    """Years of more than four digits, and a period that is not the report year."""
    for passage in passages(report):
        for start, named in _named(passage.text):
            if named is None and (match := _MISTYPED.match(passage.text, start)):
                yield passage, f"日期“{match[0]}”的年份不是四位数字。", "请改正。"
                continue
            match = _PERIOD.match(passage.text, start)
            if match is None or {str(named), match[1] or str(named)} == {str(year)}:
                continue
            if passage.part == "preamble" or _STATISTICS.search(_sentence(passage.text, start)):
                fix = f"统计期限请改为 {year}年1月1日至12月31日。"
                yield passage, f"统计期限写的是“{match[0]}”，报告年度是 {year}。", fix


def _own_year(report: Report, year: int) -> Iterator[_Fault]:
    """A preamble to the report on another year."""
    found = [
        (passage, named, match[0])
        for passage in passages(report, "preamble")
        for start, named in _named(passage.text)
        if named and (match := _OWN.match(passage.text, start))
    ]
    if found and all(named != year for _, named, _ in found):
        passage, _, words = found[0]
        yield passage, f"写的是“{words}”，报告年度是 {year}。", f"可能沿用了往年的前言，请改为 {year} 年。"


def _last_years_text(report: Report, year: int) -> Iterator[_Fault]:
    """A part that speaks of the year before and never of its own."""
    for part in ("overview", "other_matters"):
        found = [(p, start, named) for p in passages(report, part) for start, named in _named(p.text)]
        if any(named == year for _, _, named in found):
            continue
        for passage, start, named in found:
            text, opens = passage.text, start == 0 or passage.text[start - 1] in "。;:)在"
            if named == year - 1 and opens and _AS_SUBJECT.match(text, start):
                if not any(re.search(_THIS_YEAR, p.text) for p in passages(report, part)):
                    fix = "可能沿用了上年的文字，请核对这一部分的年份和内容。"
                    yield passage, f"写的是“{text[start : start + 12]}……”，未见 {year} 年。", fix
                break


def _improvements(report: Report, year: int) -> Iterator[_Fault]:
    """What is still to be done, dated in the report year or before."""
    measures = False
    for passage in passages(report, "problems"):
        text, heading = passage.text, _MEASURES.search(passage.text)
        for start, named in _named(text):
            if named is None or named > year:
                continue
            ahead = measures or (heading and heading.start() < start)
            match = _PROMISED.match(text, start)
            if not match and ahead and (start == 0 or text[start - 1] in "。;:)"):
                match = None if re.search(_DONE, _sentence(text, start)) else re.match(_URGED, text[start:])
            if match:
                found = f"年份不一致：报告年度 {year}，改进措施中出现“{match[0]}”。"
                yield passage, found, f"改进措施应面向 {year + 1} 年，请核对。"
        measures = measures or heading is not None


def _cited(report: Report, year: int) -> Iterator[_Fault]:
    """The notice of another edition, and not its own, as the basis."""
    mine, said = report.edition, "".join(passage.text for passage in passages(report))
    for other in editions.all():
        notice = _notice(other.source)
        if other is mine or not notice.search(said):
            continue
        found = next(
            ((passage, match[0]) for passage in passages(report) if (match := notice.search(passage.text))), None
        )
        if found and not any(_notice(mine.source).search(passage.text) for passage in passages(report)):
            fix = f"{year} 年度报告的格式依据是{mine.source}，请核对。"
            yield found[0], f"引用“{found[1]}”，那是{other.name}格式的文号。", fix


@cache
def _notice(source: str) -> re.Pattern[str]:
    """The number of the notice that promulgates a form, with whatever brackets."""
    issuer, year, number = re.findall(r"^\w+|\d+", source)
    return re.compile(rf"{issuer}\W{{0,2}}{year}\W{{0,2}}{number}号")


@lru_cache(maxsize=64)  # every rule asks for those of the same few paragraphs
def _named(text: str) -> Sequence[tuple[int, int | None]]:
    """Where years stand in a text, and which; ``None`` for one of more than four digits.

    By the character 年, for a pattern would try every other one.
    """
    found: list[tuple[int, int | None]] = []
    end = text.find("年")
    while end >= 0:
        start = end
        while start > 0 and end - start < 9 and text[start - 1] in "0123456789":
            start -= 1
        if end - start >= 4:
            found.append((start, int(text[start:end]) if end - start == 4 else None))
        end = text.find("年", end + 1)
    return found


def _sentence(text: str, start: int) -> str:
    """The sentence around a place, within sight."""
    before, after = text[max(0, start - 100) : start], text[start : start + 100]
    return re.split("[。;]", before)[-1] + re.split("[。;]", after)[0]
