"""What a case is: how a workbook is tampered with, and what may become of it (案例).

Outcomes: ``!F0`` refused by that rule; ``N1`` taken, with a new finding of that rule; ``same`` taken, and nothing
of it has changed; ``read`` taken, with what the case says was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.hostile.base import packed, parts, sheet
from tests.support.reports import ref
from xltools import editions
from xltools.form import Ref
from xltools.workbook.layout import layout

PLACE = ref("requests.received.natural_person")
"""The number that is tampered with."""
TABLE, PROSE, COVER = "表三", "一、总体情况", "封面"
Make = Callable[[str], bytes]
Change = Callable[[str, dict[str, bytes]], None]
At = str | Callable[[str], str]
"""An address, or what it is in an edition."""


@dataclass(frozen=True)
class Case:
    """``says`` must stand in the sentence or the findings; ``reads`` is what the report then has.

    ``independent`` is off where openpyxl reads it wrong, and ``why`` says how.
    """

    make: Make
    allowed: frozenset[str]
    says: str = ""
    reads: Mapping[str, Any] = field(default_factory=dict)
    independent: bool = True
    suffix: str = ".xlsx"


def case(change: Change, *allowed: str, macros: bool = False, **more: Any) -> Case:
    """A case that changes parts of the workbook."""

    def make(edition: str) -> bytes:
        found = dict(parts(edition, macros=macros))
        change(edition, found)
        return packed(found)

    return Case(make, frozenset(allowed), suffix=".xlsm" if macros else ".xlsx", **more)


def given(data: bytes | Callable[[], bytes], *allowed: str, **more: Any) -> Case:
    """A case that is some other file."""
    return Case(lambda _: data if isinstance(data, bytes) else data(), frozenset(allowed), **more)


def rewritten(name: str, pattern: str, by: str | Callable[[re.Match[str]], str], count: int = 1) -> Change:
    """Rewrite a part, or the part of a sheet; the pattern must be there."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        part = name if name in found else sheet(edition, name)
        text, changes = re.subn(pattern, by, found[part].decode(), count=count, flags=re.DOTALL)
        assert changes, (part, pattern)
        found[part] = text.encode()

    return change


def added(name: str, data: bytes | str, kind: str = "") -> Change:
    """Add a part, and if it has a kind, its content type."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        found[name] = data.encode() if isinstance(data, str) else data
        if kind:
            typed = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
            rewritten("[Content_Types].xml", "</Types>", typed)(edition, found)

    return change


def both(*changes: Change) -> Change:
    def change(edition: str, found: dict[str, bytes]) -> None:
        for one in changes:
            one(edition, found)

    return change


def related(part: str, kind: str, target: str, more: str = "") -> Change:
    """Add a relation to a part of relations."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    type = kind if "/" in kind else f"{base}/{kind}"
    return rewritten(
        part, "</Relationships>", f'<Relationship Id="rIdX" Type="{type}" Target="{target}"{more}/></Relationships>'
    )


@cache
def address(edition: str, place: Ref = PLACE) -> str:
    return layout(editions.get(edition)).numbers[place].a1


def cell(xml: str, place: Ref = PLACE) -> Change:
    """Write the number's cell otherwise: ``{r}`` is its address, ``{s}`` its style."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        put(TABLE, address(edition, place), xml)(edition, found)

    return change


def put(sheet_name: str, where: At, xml: str) -> Change:
    """Write a cell that is there otherwise."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        at = where if isinstance(where, str) else where(edition)
        pattern = rf'<c r="{at}"(?: s="(\d+)")?(?: t="\w+")?(?:/>|>.*?</c>)'
        rewritten(sheet_name, pattern, lambda m: xml.format(r=at, s=m[1] or "0"))(edition, found)

    return change


def typed(sheet_name: str, where: At, text: str) -> Change:
    """Type a text into a cell that is there."""
    return put(sheet_name, where, '<c r="{r}" s="{s}" t="inlineStr"><is><t>' + text + "</t></is></c>")


def field_at(id: str) -> Callable[[str], str]:
    """Where a field is entered."""
    return lambda edition: layout(editions.get(edition)).fields[id].a1


def new_cell(sheet_name: str, row: int, xml: str) -> Change:
    """Add a cell at the end of a row, or a new row."""

    def change(edition: str, found: dict[str, bytes]) -> None:
        part = sheet(edition, sheet_name)
        text = found[part].decode()
        if re.search(f'<row r="{row}"', text):
            pattern = rf'(<row r="{row}"[^>]*?)(?:/>|>(.*?)</row>)'
            text = re.sub(pattern, lambda m: f"{m[1]}>{m[2] or ''}{xml}</row>", text, count=1)
        else:
            later = (m.start() for m in re.finditer(r'<row r="(\d+)"', text) if int(m[1]) > row)
            at = next(later, text.index("</sheetData>"))
            text = f'{text[:at]}<row r="{row}">{xml}</row>{text[at:]}'
        found[part] = text.encode()

    return change


def said(text: str) -> str:
    """A cell's inside that is a text."""
    return f'<is><t xml:space="preserve">{text}</t></is>'
