"""Formulas between the grammar of Excel and that of LibreOffice (公式)."""

from __future__ import annotations

import re
from typing import Any

from xltools.libreoffice.addresses import quoted
from xltools.libreoffice.entries import CODES, general

_SHEET = r"\$?(?:'(?:[^']|'')+'|\w+)"
_START = r"\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}(?=:)|\$?\d+(?=:)"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<error>(?:{_SHEET}!)?\#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!))
    |(?P<first>{_SHEET})\.(?P<cell>{_START}):(?P<second>{_SHEET})\.(?={_START})
    |(?P<sheet>{_SHEET})\.(?={_START})
    |(?P<function>[A-Z][A-Z0-9._]*)(?=\()
    |(?P<number>(?:\d+\.?\d*|\.\d+)E[+-]\d+)
    |(?P<other>'(?:[^']|'')*'|\w[\w.]*)
    |(?P<mark>[;|!~])""",
    re.VERBOSE,
)
_MARKS = {";": ",", "|": ";", "!": " ", "~": ","}

XL_ENGLISH, ALL_GROUPS, XL_A1 = 4, 0x7FFFFFFF, 1
"""FormulaLanguage, FormulaMapGroup and AddressConvention of LibreOffice."""


def to_excel(formula: str) -> str:
    """A formula in the words of Excel; ``formula`` is as `getFormulaArray` hands it out, with its equals sign.

    Done on the text, since asking the office for each cell takes milliseconds. An error that was loaded as a constant
    comes as a formula of nothing else, and so does a truth value; both come back as constants.
    """
    if formula.startswith("{="):
        formula = formula[1:-1]
    if formula[1:] in CODES:
        return formula[1:]
    if formula in ("=TRUE()", "=FALSE()"):
        return formula[1:-2]
    return _TOKEN.sub(_translate, formula)


def _translate(token: re.Match[str]) -> str:
    if token["first"]:
        names = f"{_name(token['first'])}:{_name(token['second'])}"
        both = names if all(quoted(name) == name for name in names.split(":")) else quoted(names)
        return f"{both}!{token['cell']}:"
    if token["sheet"]:
        return f"{quoted(_name(token['sheet']))}!"
    if token["function"]:
        return token["function"].removesuffix(".XCL").removesuffix(".XLS")
    if token["number"]:
        return general(float(token["number"]))
    return _MARKS.get(token[0], token[0])


def _name(sheet: str) -> str:
    name = sheet.removeprefix("$")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


class Grammar:
    """Understands formulas of Excel for one document."""

    def __init__(self, document: Any) -> None:
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        self._parser.CompileEnglish = True
        self._parser.FormulaConvention = XL_A1
        self._parser.OpCodeMap = mapper.getAvailableMappings(XL_ENGLISH, ALL_GROUPS)

    def tokens(self, formula: str, anchor: Any) -> Any:
        """A formula as LibreOffice takes it; its relative references are those seen from the address ``anchor``."""
        return self._parser.parseFormula(re.sub(r"_xlfn\.(?:_xlws\.)?", "", formula.removeprefix("=")), anchor)

    def enter(self, cell: Any, formula: str, anchor: Any) -> None:
        """Put a formula, or an error as a constant, into a cell."""
        if formula[1:] in CODES:
            cell.setFormula(formula)
        else:
            cell.setTokens(self.tokens(formula, anchor))
