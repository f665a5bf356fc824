"""A compound file that a strict reader takes without a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltools.workbook.cfb import Tree, compound

NONE = 0xFFFFFFFF
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="/\\:!"), min_size=1)


def opened(data: bytes) -> Any:
    file = olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_UNSURE)
    assert not file.parsing_issues
    return file


def flat(tree: Tree, above: tuple[str, ...] = ()) -> dict[tuple[str, ...], bytes]:
    streams: dict[tuple[str, ...], bytes] = {}
    for name, content in tree.items():
        streams |= flat(content, (*above, name)) if isinstance(content, Mapping) else {(*above, name): content}
    return streams


def read(data: bytes) -> dict[tuple[str, ...], bytes]:
    file = opened(data)
    return {tuple(path): file.openstream(path).read() for path in file.listdir()}


def pattern(size: int) -> bytes:
    return bytes(i * 7 % 251 for i in range(size))


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"one": b"x"},
        {"empty": b"", "storage": {}},
        {"VBA": {"dir": b"d" * 500, "模块": b"m"}, "PROJECT": b"p", "VBA2": {"dir": {"dir": b"deep"}}},
        {f"s{size}": pattern(size) for size in (0, 1, 63, 64, 65, 511, 512, 513, 4095, 4096, 4097, 9000)},
        {f"n{i}": bytes([i]) for i in range(200)},
        {"two sectors of table": pattern(70_000), "small": b"s"},
        {"a hundred": pattern(6_000_000)},
    ],
    ids=lambda tree: ",".join(tree)[:30] or "nothing",
)
def test_what_goes_in_comes_out(tree: Tree) -> None:
    assert read(compound(tree)) == flat(tree)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(NAMES.filter(lambda n: len(n.encode("utf-16-le")) <= 62), st.binary(max_size=5000), max_size=20))
def test_any_names(tree: dict[str, bytes]) -> None:
    if len({name.upper() for name in tree}) == len(tree):
        assert read(compound(tree)) == flat(tree)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 8, 20, 63, 64, 100])
def test_the_directory_is_a_red_black_tree(count: int) -> None:
    """MS-CFB 2.6.4: shorter names first, then by capitals; black top, no red child of a red, equal black heights."""
    names = [("a" * (i % 5) + chr(98 + i % 20) + str(i)).swapcase() for i in range(count)]
    entries = opened(compound(dict.fromkeys(names, b"x"))).direntries

    def walk(number: int, under_red: bool) -> tuple[list[str], int]:
        if number == NONE:
            return [], 1
        entry = entries[number]
        red = entry.color == 0
        assert not (red and under_red)
        before, left = walk(entry.sid_left, red)
        after, right = walk(entry.sid_right, red)
        assert left == right
        return [*before, entry.name, *after], left + (not red)

    top = entries[0].sid_child
    assert entries[0].color == entries[top].color == 1
    assert walk(top, False)[0] == sorted(names, key=lambda n: (len(n), n.upper()))


@pytest.mark.parametrize(
    "tree",
    [{"": b""}, {"a/b": b""}, {"a:b": {}}, {"x" * 32: b""}, {"dir": b"", "DIR": b""}, {"big": bytes(7_200_000)}],
    ids=lambda tree: next(iter(tree))[:5],
)
def test_refused(tree: Tree) -> None:
    with pytest.raises(ValueError, match=r"name|sectors"):
        compound(tree)
