"""Mutants of a workbook, each the same for the same seed and number: of its bytes, its zip, its XML (变异)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.hostile.base import packed, parts
from tests.hostile.rawzip import CENTRAL, END, LOCAL, Item, archive
from xltools import editions

READ = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/.*|xl/(workbook|sharedStrings|styles)\.xml"
    r"|docProps/custom\.xml|xl/worksheets/sheet\d+\.xml"
)
"""The parts that are read; a change of any other must change nothing."""
NUMBERS = (0, 1, 7, 8, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
TEXTS = (
    "", " ", "0", "1", "7", "-1", "007", "1.5", "1E5", "1E999", "-0", "１２", "1_000", "0x1F", "NaN", "TRUE", "#REF!",
    "=1+1", "甲", "_x000A_", "_x0041_", "_xD83D__xDE00_", "\U0001f600", "\u200b", "]]>", "&amp;", "&#49;", "&#10;",
    "<x/>", "<!-- x -->", "<![CDATA[9]]>", "9" * 20, "甲" * 40_000, "2021-01-25", "XFD1048576", "A1", "D8", "D8:E8",
)  # fmt: skip
ATTRIBUTES = (
    't="s"', 't="n"', 't="b"', 't="e"', 't="str"', 't="inlineStr"', 't="d"', 't="x"', 's="0"', 's="7"', 's="14"',
    'r="D8"', 'r="A1"', 'r="XFD1048576"', 'r="8"', 'hidden="1"', 'ht="0"', 'hidden="0"', 'state="hidden"', 'x="1"',
    'xmlns="urn:x"', 'cm="1"', 'date1904="1"', 'numFmtId="14"', 'numFmtId="9"', 'numFmtId="1"', 'TargetMode="External"',
    'Target="sharedStrings.xml"', 'Target="../x.xml"', 'name="表三"', 'xml:space="preserve"', 'si="0"',
    'zeroHeight="1"',
)  # fmt: skip
ELEMENTS = (
    "<v>9</v>", "<v/>", "<f>1+1</f>", "<f/>", "<is><t>9</t></is>", "<c><v>9</v></c>", '<c r="D8"><v>9</v></c>',
    '<row r="8"/>', "<row/>", '<row r="300"><c r="B300" t="str"><v>甲</v></c></row>', "<x/>", "<sheetData/>",
    '<mergeCells><mergeCell ref="D8:E9"/></mergeCells>', "<r><t>9</t></r>", "<si><t>9</t></si>", "<t>9</t>",
    '<cols><col min="1" max="9" hidden="1"/></cols>', '<numFmt numFmtId="1" formatCode="0%"/>', "<rPh><t>9</t></rPh>",
    '<xf numFmtId="9"/>', "<!DOCTYPE x>", "<?x y?>",
)  # fmt: skip
_ELEMENT = re.compile(r"<([a-zA-Z]+)(?: [^<>]*)?(?:/>|>[^<>]*</\1>)")
_TAG, _ATTRIBUTE, _TEXT = re.compile(r"<[^<>]*>"), re.compile(r'([\w:]+)="([^"]*)"'), re.compile(r">([^<>]+)<")


def mutant(seed: int, number: int) -> tuple[bytes, str, str]:
    """Return a mutant, its edition, and what was changed: ``bytes``, ``zip`` or the name of a part."""
    chance = Random(f"{seed}/{number}")
    edition = chance.choice(editions.all()).id
    kind = chance.choices((_bytes, _zip, _xml), (2, 3, 5))[0]
    data, changed = kind(chance, edition)
    return data, edition, changed


def _bytes(chance: Random, edition: str) -> tuple[bytes, str]:
    data = bytearray(packed(parts(edition)))
    for _ in range(chance.choice((1, 1, 1, 2, 5, 50))):
        _spoil(chance, data)
    return bytes(data), "bytes"


def _spoil(chance: Random, data: bytearray) -> None:
    """Change some bytes of many."""
    at, length = chance.randrange(len(data)), chance.choice((1, 1, 2, 4, 16, 600))
    if chance.random() < 0.3:  # near the end stands the directory
        at = max(0, len(data) - chance.randrange(1, 2500))
    change = chance.randrange(6)
    if change == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif change == 1:
        data[at : at + length] = chance.randbytes(length)
    elif change == 2:
        del data[at : at + length]
    elif change == 3:
        data[at:at] = chance.randbytes(length)
    elif change == 4:
        other = chance.randrange(len(data))
        data[at : at + length] = data[other : other + length]
    else:
        data[at : at + length] = bytes([chance.choice((0, 0xFF, 0x20))]) * length
    if not data:
        data += b"PK"


def _zip(chance: Random, edition: str) -> tuple[bytes, str]:
    items = [Item(name.encode(), data) for name, data in parts(edition).items()]
    end: dict[str, int | bytes] = {}
    more: dict[str, bytes] = {}
    for _ in range(chance.choice((1, 1, 2))):
        at = chance.randrange(len(items))
        item, change = items[at], chance.randrange(12)
        if change < 4:
            where, keys = ("local", LOCAL[2:]) if change < 2 else ("central", CENTRAL[3:])
            key = chance.choice(keys)
            items[at] = replace(item, **{where: {key: _number(chance, key)}})
        elif change == 4:
            key = chance.choice(("crc", "packed", "size", "method", "flags"))
            said = {key: _number(chance, key)}
            items[at] = replace(item, local=said, central=said)
        elif change == 5:
            key = chance.choice(END[1:])
            end[key] = _number(chance, key)
        elif change == 6:
            items.insert(chance.randrange(len(items)), replace(item, name=_renamed(chance, item.name)))
        elif change == 7:
            items[at] = replace(item, name=_renamed(chance, item.name))
        elif change == 8:
            items[at], items[0] = items[0], items[at]
        elif change == 9:
            more[chance.choice(("prefix", "gap", "suffix", "comment"))] = chance.choice(
                (b"", b"x", b"PK\3\4", bytes(30))
            )
        elif change == 10:
            items[at] = replace(item, **{chance.choice(("before", "after")): chance.choice((b"", b"x", bytes(16)))})
        else:
            other = chance.choice(items)
            items[at] = replace(item, data=other.data)
    return archive(items, end=end, **more), "zip"


def _number(chance: Random, key: str) -> int:
    most = (
        0xFFFFFFFF if key in ("crc", "packed", "size", "external", "offset", "directory_size", "directory") else 0xFFFF
    )
    return min(most, chance.choice((*NUMBERS, chance.randrange(most))))


def _renamed(chance: Random, name: bytes) -> bytes:
    ways: tuple[Callable[[bytes], bytes], ...] = (
        bytes, bytes.upper, lambda n: b"/" + n, lambda n: b"../" + n, lambda n: n + b"\0", lambda n: n + b"x",
        lambda n: n.replace(b"/", b"\\"), lambda n: n.replace(b"1", b"2"),
    )  # fmt: skip
    return chance.choice(ways)(name)


def _xml(chance: Random, edition: str) -> tuple[bytes, str]:
    found = dict(parts(edition))
    sheets = [name for name in found if name.startswith("xl/worksheets/sheet")]
    name = chance.choice(sheets) if chance.random() < 0.6 else chance.choice(sorted(found))
    text = found[name].decode("utf-8")
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        text = chance.choice(_CHANGES)(chance, text)
    found[name] = text.encode("utf-8", "surrogatepass")
    return packed(found), name


def _one(chance: Random, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _text(chance: Random, text: str) -> str:
    """Another text in an element."""
    found = _one(chance, _TEXT, text)
    return text if not found else text[: found.start(1)] + chance.choice(TEXTS) + text[found.end(1) :]


def _value(chance: Random, text: str) -> str:
    """Another value of an attribute."""
    found = _one(chance, _ATTRIBUTE, text)
    other = _one(chance, _ATTRIBUTE, text)
    if not found or not other:
        return text
    return text[: found.start(2)] + chance.choice((*TEXTS[:20], other[2])) + text[found.end(2) :]


def _attribute(chance: Random, text: str) -> str:
    """Another attribute, or one less."""
    found = _one(chance, _ATTRIBUTE, text)
    return text if not found else text[: found.start()] + chance.choice((*ATTRIBUTES, "")) + text[found.end() :]


def _more(chance: Random, text: str) -> str:
    """An element more, somewhere between others."""
    found = _one(chance, _TAG, text)
    return text if not found else text[: found.end()] + chance.choice((*ELEMENTS, *TEXTS[:12])) + text[found.end() :]


def _less(chance: Random, text: str) -> str:
    """An element less, or a tag."""
    found = _one(chance, chance.choice((_ELEMENT, _ELEMENT, _TAG)), text)
    return text if not found else text[: found.start()] + text[found.end() :]


def _twice(chance: Random, text: str) -> str:
    """An element twice, or in another place."""
    found, to = _one(chance, _ELEMENT, text), _one(chance, _TAG, text)
    if not found or not to:
        return text
    at = chance.choice((found.end(), to.end()))
    return text[:at] + found[0] + text[at:]


def _exchanged(chance: Random, text: str) -> str:
    """Two texts of the part in each other's place."""
    first, second = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
    length = chance.choice((1, 3, 20))
    a, b = text[first : first + length], text[second : second + length]
    return (
        text
        if first + length > second
        else text[:first] + b + text[first + length : second] + a + text[second + length :]
    )


def _letter(chance: Random, text: str) -> str:
    """Another letter."""
    at = chance.randrange(len(text) + 1)
    return (
        text[:at] + chance.choice('0123456789<>&"=/ -_.:ABDcvrstf\n\t甲\u0000\ufffe') + text[at + chance.randrange(2) :]
    )


_CHANGES = (_text, _text, _value, _attribute, _attribute, _more, _more, _less, _twice, _exchanged, _letter)
