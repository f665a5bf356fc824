"""What the manual says of a rule, taken from the rule itself (规则手册)."""

from __future__ import annotations

from collections.abc import Iterator

from xltools import editions
from xltools.checks.entry import quoted
from xltools.checks.example import edition_of, example, last_year
from xltools.checks.rule import Entries, Finding, Rule
from xltools.form import Edition, Place
from xltools.outputs.findings import sentence
from xltools.workbook.layout import layout

_OTHERS = {"year": "年度", "today": "今天", "deadline": "当地规定的期限"}


def entry(rule: Rule) -> dict[str, str]:
    """Source, editions, an example that passes, one that fails, and what is then said."""
    edition = edition_of(rule)
    failing = example(rule.fails, edition)
    said = next(sentence(Finding(rule, problem), failing.edition) for problem in rule.check(failing))
    return {
        "依据": rule.source,
        "适用": "、".join(e.name for e in editions.all() if rule.editions is None or e.id in rule.editions),
        "合格": _told(rule.passes, edition),
        "不合格": _told(rule.fails, edition),
        "这样说": said,
    }


def _told(entries: Entries, edition: Edition) -> str:
    """An example in words: what stands where; everything else is faultless."""
    form = editions.get(str(entries.get("edition", edition.id)))
    return "；".join(_lines(entries, form)) or "各项都正常的报告"


def _lines(entries: Entries, edition: Edition) -> Iterator[str]:
    form = layout(edition)
    places: dict[str, Place] = {str(ref): ref for ref in edition.refs} | {**edition.fields}
    for key, value in entries.items():
        shown = "空着" if value in (None, "") else f"填“{quoted(value)}”" if isinstance(value, str) else f"填 {value}"
        if key in _OTHERS:
            yield f"{_OTHERS[key]} {value}"
        elif key.startswith("narrative."):
            yield f"“{edition.sheet(places[key])}”{shown.replace('填', '写', 1)}"
        elif key in places:
            area = form.area(places[key])
            yield f"{area.sheet}“{edition.name_of(places[key])}”（{area.a1}）{shown}"
        elif key == "edition":
            yield f"用{edition.name}格式"
        elif key == "overwritten":
            yield f"{form.area(places[str(value)]).a1} 的公式被改成了数"
    last = last_year(entries)
    if last:
        year = entries.get("year", edition.years[0])
        assert isinstance(year, int)
        yield from (f"上年报告的{line}" for line in _lines(last, editions.for_year(year - 1)))
