"""Reports for tests: written in a line, taken from real filings, or filled at random."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from xltools import editions, interchange
from xltools.checks.example import faultless
from xltools.form import Edition, Ref
from xltools.report import Number, Office, Report

FILINGS = sorted((Path(__file__).parents[1] / "filings").glob("*.json"))
CORPUS = Path(__file__).parents[3] / "shared/corpus"
"""Published reports with their prose, kept beside the project: what needs them skips where they are absent."""
FURONG = Path(__file__).parents[2] / "examples/furong-2020/report.json"
EDITIONS = editions.all()
WORDS = "公开申请答复办理条例机关信息平台监督保障<&>“”（）{}%—…0123456789abc 　"


def ref(text: str) -> Ref:
    return Ref(*text.split("."))


def zero(edition: Edition, **kw: Any) -> Report:
    """A complete report of a small town in which there is nothing to find: one licence, all else zero."""
    return replace(faultless(edition), **kw)


def report(edition: str = "2021", /, **entries: Number | str | None) -> Report:
    """The same but for these entries: ``requests__received__company=5``; ``None`` is blank."""
    base = zero(editions.get(edition))
    numbers: dict[Ref, Number] = dict(base.numbers)
    texts: dict[Ref, str] = {}
    for key, value in entries.items():
        place = Ref(*key.split("__"))
        numbers.pop(place, None)
        if isinstance(value, str):
            texts[place] = value
        elif value is not None:
            numbers[place] = value
    return Report(base.office, base.year, base.edition, numbers, base.narrative, texts)


def filing(name: str) -> Report:
    return interchange.load(next(path for path in FILINGS if path.stem == name))


def random_report(edition: Edition, seed: int) -> Report:
    """A report with something everywhere, balanced or not, some cells blank, some with text."""
    rng = Random(seed)
    numbers: dict[Ref, Number] = {}
    texts: dict[Ref, str] = {}
    for place in edition.inputs:
        column, die = edition.column(place), rng.random()
        if die < 0.02:
            texts[place] = rng.choice(["-", "无", "５", "12件", "1,200", "/"])
        elif die > 0.05:
            numbers[place] = _number(rng, money=column.money, signed=column.signed)
    words = {
        field_id: _words(rng)
        for field_id, field in edition.fields.items()
        if field_id.startswith("office.") and not field.choices and rng.random() < 0.8
    }
    office = {field_id.partition(".")[2]: text for field_id, text in words.items()}
    narrative = {
        section.id: "\n".join(_words(rng) for _ in range(rng.randint(1, 30)))
        for section in edition.sections
        if not section.tables
    }
    tables = [section.sheet for section in edition.sections if section.tables]
    return Report(
        Office(**office, kind="街道"),
        rng.choice(edition.years),
        edition,
        numbers,
        narrative,
        texts,
        notes={sheet: _words(rng) for sheet in tables if rng.random() < 0.5},
        zero_filled=frozenset(sheet for sheet in tables if rng.random() < 0.3),
    )


def balanced(edition: Edition, seed: int) -> Report:
    """A random report in which every column of 表三 balances."""
    rng = Random(seed)
    numbers: dict[Ref, Number] = {
        place: _number(rng, money=edition.column(place).money, signed=False) for place in edition.inputs
    }
    table = edition.tables["requests"]
    for column in table.column:
        inputs = [Ref("requests", row, column) for row in table.row if Ref("requests", row, column) in numbers]
        out = sum(numbers[place] for place in inputs if place.row not in ("received", "carried_in"))
        if inputs:
            numbers[Ref("requests", "carried_in", column)] = carried = rng.randint(0, int(out))
            numbers[Ref("requests", "received", column)] = out - carried
    return Report(zero(edition).office, edition.years[0], edition, numbers, zero(edition).narrative)


def _number(rng: Random, *, money: bool, signed: bool) -> Number:
    if money:
        return Decimal(rng.randint(1, 10**9)) / Decimal(10_000)
    value = rng.choice([0, 0, 0, 1, 2, 7, rng.randint(0, 5000)])
    return -value if signed and rng.random() < 0.4 else value


def _words(rng: Random) -> str:
    return "文" + "".join(rng.choice(WORDS) for _ in range(rng.randint(0, 40))) + "。"
