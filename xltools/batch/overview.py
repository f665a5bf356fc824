"""index.html: one page on the whole collection that works offline and asks nobody for anything (总览)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from importlib.resources import files
from itertools import islice
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined

from xltools.batch.collection import Collection, headline
from xltools.batch.summary.book import wide
from xltools.batch.summary.controls import controls
from xltools.batch.summary.figures import busiest, received, results, statuses
from xltools.batch.summary.filing import Line, lines
from xltools.batch.summary.form import note
from xltools.batch.summary.sums import Sums
from xltools.report import Number
from xltools.severity import Severity
from xltools.text import printable

_KINDS = {"word": "Word 报告", "pdf": "PDF", "returned": "退回的工作簿", "note": "退回说明"}
_SHOWN = 30
"""Findings of one report that the page lists; 汇总.xlsx has all of them."""
_LISTED = 100
_ROOM = 26
"""Half characters of a label beside its bar."""
_SHAPES = {"red": "■", "amber": "▲", "green": "●", "grey": "○"}
"""A light is told by its shape and its word too, not by colour alone; the most urgent first."""


def page(collection: Collection, sums: Sums | None = None) -> str:
    """Return index.html; links are relative to the output folder, text is always escaped.

    ``sums`` are those of the collection where they are at hand.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["digest"] = _digest
    template = environment.from_string(files("xltools.batch").joinpath("overview.html").read_text("utf-8"))
    return template.render(_clean(_words(collection, sums or Sums(collection))))


def _words(collection: Collection, sums: Sums) -> dict[str, Any]:
    edition, all_lines = collection.edition, lines(collection)
    counts = statuses(all_lines)
    title = edition.tables["requests"].row[received(edition).row].name
    groups = [
        (name, sum(value for ref in refs if (value := sums.report.value(ref)) is not None))
        for name, refs in results(edition)
    ]
    charts: list[tuple[str, list[tuple[str, Number, str]]]] = [
        ("报送情况（个）", list(counts)),
        ("办理结果（件，全部单位）", [(label, count, "plain") for label, count in groups]),
        (f"{title}最多的单位（件）", [(label, count, "plain") for label, count in busiest(collection)]),
    ]
    return {
        "name": collection.name,
        "title": f"{collection.year}年{edition.title}收件总览",
        "headline": headline(collection),
        "note": note(collection),
        "notices": list(collection.notices),
        "cards": [(label, count, light, _SHAPES[light]) for label, count, light in counts],
        "urgent": sum(line.light == "red" for line in all_lines),
        "lines": [_line(line) for line in all_lines],
        "charts": [{"title": title, "bars": _bars(bars)} for title, bars in charts if bars],
        "tables": [
            {"title": listing.title, "note": listing.note, "heads": [column.label for column in listing.columns],
             "rows": [[(_shown(value), isinstance(value, Number | float)) for value in row]
                      for row in islice(listing.rows, _LISTED)],
             "more": max(0, len(listing.rows) - _LISTED)}
            for listing in (sums.likenesses, controls(collection)) if listing.rows
        ],
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    outcome = line.outcome
    findings = outcome.findings if outcome else ()
    outputs: Mapping[str, str] = outcome.outputs if outcome else {}
    return {
        "office": line.office or "（单位不明）",
        "status": str(line.status),
        "light": line.light,
        "shape": _SHAPES[line.light],
        "key": f"{list(_SHAPES).index(line.light)}{line.status}",
        "late": line.late,
        "errors": line.errors if outcome and outcome.report else "",
        "reminders": line.reminders if outcome and outcome.report else "",
        "reason": line.reason,
        "file": outcome.file if outcome else "",
        "links": [(label, _relative(path)) for kind, label in _KINDS.items() if (path := outputs.get(kind))],
        "findings": [_finding(finding) for finding in findings[:_SHOWN]],
        "more": max(0, len(findings) - _SHOWN),
    }


def _finding(finding: Mapping[str, Any]) -> dict[str, str]:
    said = f"{finding.get('message', '')}{finding.get('fix', '')}"
    return {"level": Severity(finding["severity"]).chinese, "said": said, "answer": str(finding.get("answer", ""))}


def _bars(bars: list[tuple[str, Number, str]]) -> list[dict[str, Any]]:
    """The bars of a chart, each drawn 360 wide at most."""
    longest = max([value for _, value, _ in bars if value > 0], default=1)
    return [
        {"label": _short(label), "full": label, "value": f"{value}", "colour": colour,
         "width": f"{max(0.0, 360 * float(value / longest)):.1f}", "y": 24 * i}
        for i, (label, value, colour) in enumerate(bars)
    ]  # fmt: skip


def _short(label: str) -> str:
    """As much of a label as there is room for beside its bar."""
    fits = next((end for end in range(len(label), 0, -1) if wide(label[:end]) <= _ROOM), 0)
    return label if fits == len(label) else label[: fits - 1] + "…"


def _shown(value: object) -> str:
    """A value of a list in words; a float there is a share."""
    return "" if value is None else f"{value:.1%}" if isinstance(value, float) else str(value)


def _relative(path: str) -> str:
    """A link into the output folder and nowhere else, whatever the name of the file."""
    plain = printable(path).replace("\\", "/")
    return "./" + "/".join(quote(part) for part in plain.split("/") if part not in ("", ".", ".."))


def _digest(text: str) -> str:
    """By which the page's own script and style are let through, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()


def _clean(words: Any) -> Any:
    """The same words without characters that no page can hold."""
    if isinstance(words, dict):
        return {key: _clean(value) for key, value in words.items()}
    if isinstance(words, list | tuple):
        return [_clean(value) for value in words]
    return printable(words) if isinstance(words, str) else words
