"""Sheets and strings taken apart element by element, however they are written (逐个读取): ECMA-376 part 1, 18.3.1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from xltools.workbook import elements, scan
from xltools.workbook.archive import Damaged
from xltools.workbook.layout import a1
from xltools.workbook.markup import space

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TRANSLATED, _ALL_TRANSLATED = 512, 1 << 14
"""Characters of a shared formula that is still moved from cell to cell, and of all such ones of a sheet: moving takes
long, and only a message quotes them. Further ones are quoted as they stand where they are shared from."""


def cells(sheet: etree._Element) -> Iterator[scan.Raw]:
    """The cells of a sheet one by one; a reference may be left out, then it follows the one before."""
    main = space(sheet, "worksheet")
    inside = {f"{main}{name}" for name in ("f", "is", "v", "extLst")}
    shared = _Shared()
    row = -1
    for line in elements.rows(sheet):
        row, column = elements.number(line, row), -1
        for cell in line:
            if cell.tag != f"{main}c":
                if cell.tag == f"{main}extLst":
                    continue
                raise Damaged(f"{cell.tag} among cells")
            reference = cell.get("r") or a1(row, column + 1)
            at = scan.place(reference)
            if at[0] != row or at[1] <= column:
                raise Damaged(f"cell {reference} in row {row + 1}")
            column = at[1]
            style = _index(cell.get("s", "0"))
            if not len(cell):
                continue
            if any(child.tag not in inside for child in cell):
                raise Damaged(f"something else in cell {reference}")
            formula, inline, value = (_only(cell, f"{main}{name}") for name in ("f", "is", "v"))
            said = None if formula is None else shared.text(formula, reference)
            kind = cell.get("t", "n")
            if (inline if kind != "inlineStr" else None if value is None else value.text) is not None:
                raise Damaged(f"cell {reference} holds what its type does not")
            text = _text(inline, main) if inline is not None else "" if value is None else value.text or ""
            yield at, style, kind, said, text


def _index(style: str) -> str:
    """A number of a cell style without leading zeros."""
    if not (style.isascii() and style.isdecimal() and len(style) < 6):
        raise Damaged(f"style {style}")
    return str(int(style))


def _only(cell: etree._Element, tag: str) -> etree._Element | None:
    found = cell.findall(tag)
    if len(found) > 1 or (found and len(found[0]) and not tag.endswith("}is")):
        raise Damaged(f"{len(found)} {tag} in a cell")
    return found[0] if found else None


class _Shared:
    """The shared formulas of a sheet (18.3.1.40): where each is written out, and how much may still be moved."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[str, str]] = {}
        self._room = _ALL_TRANSLATED

    def text(self, formula: etree._Element, place: str) -> str:
        """A formula; one that is shared is moved from where it is written out."""
        text, group = formula.text or "", formula.get("si", "")
        if formula.get("t") != "shared":
            return text
        if text:
            self._groups[group] = text, place
            return text
        text, origin = self._groups.get(group, ("", ""))
        if not text or len(text) > min(_TRANSLATED, self._room):
            return text
        self._room -= len(text)
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator, TranslatorError

        with suppress(TokenizerError, TranslatorError):
            text = Translator(f"={text}", origin).translate_formula(place).removeprefix("=")
        return text


def strings(root: etree._Element) -> list[str]:
    """The shared strings (18.4): runs are joined, readings left out."""
    main = space(root, "sst")
    if any(item.tag not in (f"{main}si", f"{main}extLst") for item in root):
        raise Damaged("something else among the strings")
    return [_text(item, main) for item in root.iterfind(f"{main}si")]


def decoded(text: str) -> str:
    """Undo the escapes of control characters once, and write every line end as ``\\n`` (22.9.2.19)."""
    plain = text
    if "_x" in text:
        plain = _PAIR.sub(_whole, _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text))
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _whole(pair: re.Match[str]) -> str:
    """The character that two escapes write in halves."""
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _text(item: etree._Element, main: str) -> str:
    """A text or the texts of its runs, and nothing that is neither: it could be words."""
    runs = _children(item, main, "t", "r", "rPh", "phoneticPr")
    if len(runs) > 1 and any(run.tag == f"{main}t" for run in runs):
        raise Damaged("two texts in one")
    inside = [_children(run, main, "t", "rPr") if run.tag == f"{main}r" else [run] for run in runs]
    if any(len(texts) > 1 or any(map(len, texts)) for texts in inside):
        raise Damaged("more than a text in a run")
    return decoded("".join(text.text or "" for texts in inside for text in texts))


def _children(of: etree._Element, main: str, *names: str) -> list[etree._Element]:
    """The texts and runs in an element, in which may stand what has these names, and no words besides."""
    if any(child.tag not in {f"{main}{name}" for name in names} for child in of):
        raise Damaged(f"something else in {of.tag}")
    if "".join([of.text or "", *(child.tail or "" for child in of)]).strip():
        raise Damaged(f"words in {of.tag}")
    return [child for child in of if child.tag in (f"{main}t", f"{main}r")]
