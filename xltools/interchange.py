"""The interchange form: a report as JSON, for archives, other programs and tests (交换格式).

A number that is absent or null is a blank cell; a string is what an office really typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from xltools import editions
from xltools.errors import NotInterchange
from xltools.form import Edition, Ref
from xltools.report import OFFICE_FIELDS, Number, Office, Report

_KNOWN = ("edition", "year", "office", "numbers", "narrative", "notes", "zero_filled", "about")

_IGNORED = ("level",)
"""A key of older files' ``office`` that says nothing the form asks for."""
DIGITS = 15
"""A spreadsheet keeps so many digits of a number; a count of more is a slip."""


def load(path: Path) -> Report:
    """Read an interchange file; raises `NotInterchange`, `UnknownEdition`, `WrongTemplate`."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise NotInterchange(f"“{path.name}”不是 UTF-8 编码的文本。请另存为 UTF-8 编码后再试。") from None
    except OSError:
        raise NotInterchange(f"文件“{path.name}”打不开。请检查文件是否存在、是否有权限读取。") from None
    return loads(text, path.name)


def loads(text: str, origin: str = "") -> Report:
    """Read the interchange form; raises as `load`."""
    try:
        data = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=lambda p: _once(p, origin)
        )
    except (json.JSONDecodeError, RecursionError, ValueError):
        raise NotInterchange(f"“{origin}”不是有效的 JSON 文件。请重新导出。") from None
    _object(data, "文件", origin)
    unknown = [key for key in data if key not in _KNOWN]
    if unknown:
        raise NotInterchange(f"“{origin}”中有不认识的项目“{'、'.join(unknown)}”。请按交换格式核对。")
    year = data.get("year")
    year_text = year if isinstance(year, str) and "edition" in data else ""
    year = None if year_text else year
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise NotInterchange(f"“{origin}”的 year 是“{year}”，应是四位数字的年度。请改正。")
    edition = _edition(data.get("edition"), year, origin)
    numbers, texts = _numbers(_object(data.get("numbers", {}), "numbers", origin), edition, origin)
    report = Report(
        office=_office(_object(data.get("office", {}), "office", origin), origin),
        year=year,
        year_text=year_text,
        edition=edition,
        numbers=numbers,
        texts=texts,
        narrative=_strings(data.get("narrative", {}), "narrative", edition, origin),
        notes=_strings(data.get("notes", {}), "notes", edition, origin),
        zero_filled=_zero_filled(data.get("zero_filled", []), edition, origin),
        origin=origin,
    )
    _require_text(report, origin)
    return report


def dumps(report: Report) -> str:
    """Write a report in the interchange form, totals recomputed."""
    return json.dumps(plain(report), ensure_ascii=False, indent=1) + "\n"


def plain(report: Report) -> dict[str, Any]:
    """The interchange form before it is written."""
    edition = report.edition
    values = report.values()
    entries = {**report.numbers, **report.texts, **report.formulas, **{ref: values[ref] for ref in edition.parts}}
    numbers = {
        id: _plain(entry) if isinstance(entry, Decimal) else entry
        for ref, id in edition.ids.items()
        if (entry := entries.get(ref)) is not None
    }
    office = {name: value for name in OFFICE_FIELDS if (value := getattr(report.office, name))}
    data: dict[str, Any] = {
        "edition": edition.id,
        "year": report.year or report.year_text or None,
        "office": office,
        "numbers": numbers,
    }
    data["narrative"] = {key: text for key, text in report.narrative.items() if text}
    data |= {"notes": dict(report.notes)} if report.notes else {}
    data |= {"zero_filled": sorted(report.zero_filled)} if report.zero_filled else {}
    return data


def _plain(entry: Decimal) -> int | float:
    """A number as JSON writes it; 15 digits survive, as in a spreadsheet."""
    return int(entry) if entry == int(entry) else float(entry)


def _edition(given: object, year: int | None, origin: str) -> Edition:
    if given is None and year is None:
        raise NotInterchange(f"“{origin}”没有写明版本（edition）和年度（year）。请补上其中一项。")
    if given is None:
        assert year is not None
        return editions.for_year(year)
    edition = editions.get(str(given))
    if year is not None:
        editions.require_year(edition, year)
    return edition


def _numbers(given: Mapping[str, object], edition: Edition, origin: str) -> tuple[dict[Ref, Number], dict[Ref, str]]:
    known = {str(ref): ref for ref in edition.refs}
    strange = [key for key in given if key not in known]
    if strange:
        raise NotInterchange(f"“{origin}”的 numbers 中有{edition.name}没有的格“{'、'.join(strange[:5])}”。请核对。")
    numbers: dict[Ref, Number] = {}
    texts: dict[Ref, str] = {}
    for key, value in given.items():
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            if len(Decimal(value).as_tuple().digits) > DIGITS or Decimal(value).adjusted() >= DIGITS:
                raise NotInterchange(f"“{origin}”的 numbers.{key} 有 {DIGITS} 位以上数字，表格存不下。请核对。")
            whole = not edition.column(known[key]).money and value == int(value)
            numbers[known[key]] = int(value) if whole else value
        elif value is not None:
            texts[known[key]] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return numbers, texts


def _office(given: Mapping[str, object], origin: str) -> Office:
    unknown = [name for name in given if name not in (*OFFICE_FIELDS, *_IGNORED)]
    if unknown:
        raise NotInterchange(f"“{origin}”的 office 中有不认识的“{'、'.join(unknown)}”。请核对。")
    entries = {name: given[name] for name in OFFICE_FIELDS if given.get(name) is not None}
    for name, value in entries.items():
        if not isinstance(value, str):
            raise NotInterchange(f"“{origin}”的 office.{name} 应是文字。请加上引号。")
    return Office(**{name: str(value) for name, value in entries.items()})


def _strings(given: object, kind: str, edition: Edition, origin: str) -> dict[str, str]:
    """The entries of ``narrative`` or ``notes``, keyed as the edition's fields are."""
    entries = _object(given, kind, origin)
    for key, value in entries.items():
        if f"{kind}.{key}" not in edition.fields:
            raise NotInterchange(f"“{origin}”的 {kind} 中有不认识的“{key}”。请核对。")
        if not isinstance(value, str):
            raise NotInterchange(f"“{origin}”的 {kind}.{key} 应是文字。请加上引号。")
    return {key: str(value).replace("\r\n", "\n").replace("\r", "\n") for key, value in entries.items()}


def _require_text(report: Report, origin: str) -> None:
    """Refuse half a character (a lone surrogate), which no file can hold."""
    office = [str(getattr(report.office, name)) for name in OFFICE_FIELDS]
    for text in (*office, *report.texts.values(), *report.narrative.values(), *report.notes.values()):
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            before = text[max(0, fault.start - 10) : fault.start]
            raise NotInterchange(f"“{origin}”的“{before}”后面有残缺的字符，无法写出。请删去后重新输入。") from None


def _zero_filled(given: object, edition: Edition, origin: str) -> frozenset[str]:
    sheets = given if isinstance(given, list) else [given]
    for sheet in sheets:
        if f"zero_filled.{sheet}" not in edition.fields:
            raise NotInterchange(f"“{origin}”的 zero_filled 中有不认识的表“{sheet}”。请核对。")
    return frozenset(sheets)


def _object(given: object, what: str, origin: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise NotInterchange(f"“{origin}”的{what}应是 JSON 对象。请按交换格式核对。")
    return given


def _once(pairs: list[tuple[str, object]], origin: str) -> dict[str, object]:
    """Refuse a key that stands twice: which of the two values is meant cannot be told."""
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise NotInterchange(f"“{origin}”中“{key}”出现了两次，不知以哪个为准。请删去多余的。")
        seen[key] = value
    return seen


def _no_constant(name: str) -> None:
    raise ValueError(name)
