"""Zips that say one thing here and another there, or more than they hold."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from tests.hostile.base import parts, sheet
from tests.hostile.case import TABLE, Case, case
from tests.hostile.rawzip import Item, archive, descriptor, packed_size

DAMAGED = "不完整或已损坏"
Items = list[Item]
Tamper = Callable[[str, Items], Mapping[str, Any] | None]


def items(edition: str) -> Items:
    return [Item(name.encode(), data) for name, data in parts(edition).items()]


def tampered(tamper: Tamper, *allowed: str, says: str = DAMAGED, **more: Any) -> Case:
    """A case that changes the entries; what it returns is said of the zip as a whole."""

    def make(edition: str) -> bytes:
        found = items(edition)
        return archive(found, **(tamper(edition, found) or {}))

    return Case(make, frozenset(allowed or {"!F0"}), says=says, **more)


def all_with(*allowed: str, **change: Any) -> Case:
    """A case that writes every entry with these words of `Item`; callables get the entry."""

    def tamper(_: str, found: Items) -> None:
        for i, item in enumerate(found):
            said = {key: value(item) if callable(value) else value for key, value in change.items()}
            found[i] = Item(item.name, item.data, **said)

    return tampered(tamper, *allowed, says="" if "same" in allowed else DAMAGED)


def one_with(**change: Any) -> Case:
    """A case that writes the entry of a table with these words of `Item`."""

    def tamper(edition: str, found: Items) -> None:
        at = place(edition, found)
        said = {key: value(found[at]) if callable(value) else value for key, value in change.items()}
        found[at] = Item(**{"name": found[at].name, "data": found[at].data, **said})

    return tampered(tamper)


def whole_with(**more: Any) -> Case:
    return tampered(lambda _, __: more)


def another(*names: str, says: str = DAMAGED, **more: Any) -> Case:
    """A case with more entries of these names."""

    def tamper(_: str, found: Items) -> None:
        found += [Item(name.encode(), b"<a/>", **more) for name in names]

    return tampered(tamper, says=says)


def place(edition: str, found: Items) -> int:
    return next(i for i, item in enumerate(found) if item.name.decode() == sheet(edition, TABLE))


def again(change: Callable[[bytes], bytes], *, name: Callable[[bytes], bytes] = bytes, first: bool = False) -> Case:
    """A case in which a table stands twice, once with another number."""

    def tamper(edition: str, found: Items) -> None:
        item = found[place(edition, found)]
        found.insert(0 if first else len(found), Item(name(item.name), change(item.data)))

    return tampered(tamper)


def bomb(size: int, *, declared: int | None = None, name: str = "xl/media/image1.png") -> Tamper:
    """An entry of zeros that inflates to this size."""

    def tamper(_: str, found: Items) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        chunk = bytes(2**20)
        packed = b"".join(packer.compress(chunk) for _ in range(size // 2**20)) + packer.flush()
        said = {"size": size if declared is None else declared, "crc": 0}
        found.append(Item(name.encode(), b"", packed=packed, local=said, central=said))

    return tamper


def lying(size: int) -> Tamper:
    """A table that inflates to more than is said of it."""

    def tamper(edition: str, found: Items) -> None:
        at = place(edition, found)
        data = found[at].data.replace(b"</worksheet>", b" " * size + b"</worksheet>")
        said = {"size": len(found[at].data), "crc": zlib.crc32(found[at].data)}
        found[at] = Item(found[at].name, data, local=said, central=said)

    return tamper


def overlapping(_: str, found: Items) -> None:
    """All entries of the directory lead to one and the same data."""
    first = found[0]
    found[1:] = [Item(item.name, first.data, central={"offset": 0}, local_name=first.name) for item in found[1:]]


def nested(edition: str, found: Items) -> None:
    """An entry whose data are inside of another's."""
    at = place(edition, found)
    inner = archive([Item(found[at].name, found[at].data)])
    outer = Item(b"xl/media/image1.png", inner, stored=True)
    header = 30 + len(outer.name)
    found[at] = Item(found[at].name, found[at].data, central={"offset": header}, packed=b"", listed=True)
    found.insert(0, outer)


def stray_entry(_: str, found: Items) -> None:
    """An entry that the directory does not list, which programs that read from the start would see."""
    found.insert(3, Item(b"xl/worksheets/sheet99.xml", b"<a/>", listed=False))


def zip64(_: str, found: Items) -> None:
    item = found[0]
    extra = struct.pack("<HHQQ", 1, 16, len(item.data), len(item.data))
    found[0] = Item(item.name, item.data, central={"size": 0xFFFFFFFF}, local={"size": 0xFFFFFFFF}, extra=extra)


def many(_: str, found: Items) -> None:
    found += [Item(f"customXml/item{i}.xml".encode(), b"<a/>", stored=True) for i in range(1001)]


def stored_with(**said: Any) -> Case:
    def tamper(edition: str, found: Items) -> None:
        at = place(edition, found)
        found[at] = Item(found[at].name, found[at].data, stored=True, **said)

    return tampered(tamper)


def other(item: bytes) -> bytes:
    return item.replace(b"<v>1", b"<v>9")


def wide(item: Item, *, size: int = 0, packed: int = 0) -> bytes:
    """The sizes in eight bytes each, as a local header has them; more than they are by these."""
    return struct.pack("<2H2Q", 1, 16, len(item.data) + size, packed_size(item) + packed)


SAID_WIDE = {"needed": 45, "packed": 0xFFFFFFFF, "size": 0xFFFFFFFF}
FLAG = {"flags": 8, "crc": 0, "packed": 0, "size": 0}
CASES: dict[str, Case] = {
    # written in other ways, all of them honest
    "nothing packed": all_with("same", stored=True),
    "sizes after the data": all_with("same", after=descriptor, local=FLAG, central={"flags": 8}),
    "sizes after the data, without a mark": all_with(
        "same", after=lambda item: descriptor(item, mark=False), local=FLAG, central={"flags": 8}
    ),
    "sizes of eight bytes after the data": all_with(
        "same", after=lambda item: descriptor(item, wide=True), local=FLAG, central={"flags": 8}
    ),
    "sizes before and after the data": all_with("same", after=descriptor, local={"flags": 8}, central={"flags": 8}),
    "flags of Office": all_with("same", local={"flags": 6, "needed": 20}, central={"flags": 6, "made": 45}),
    "names in utf-8": all_with("same", local={"flags": 0x800}, central={"flags": 0x800}),
    "room in the header, as Office leaves it": all_with(
        "same", local_extra=struct.pack("<HH", 0xA220, 100) + bytes(100)
    ),
    "times of Unix": all_with("same", extra=b"UT\5\0\1abcd", local_extra=b"UT\5\0\3abcd"),
    "a comment": tampered(lambda *_: {"comment": "由某某软件生成".encode()}, "same", says=""),
    "folders listed": tampered(
        lambda _, found: found.__setitem__(
            slice(0, 0), [Item(b"xl/", b"", stored=True), Item(b"docProps/", b"", stored=True)]
        ),
        "same",
        says="",
    ),
    "in another order": tampered(lambda _, found: found.reverse(), "same", says=""),
    "sizes of eight bytes in the header": all_with("same", local=SAID_WIDE, local_extra=wide),
    "sizes of eight bytes in the header, and after the data": all_with(
        "same",
        after=lambda item: descriptor(item, wide=True),
        local=FLAG | SAID_WIDE,
        local_extra=struct.pack("<2H2Q", 1, 16, 0, 0),
        central={"flags": 8},
    ),
    # twice
    "a part twice": again(other),
    "a part twice, the first another": again(other, first=True),
    "a part twice, and both the same": again(bytes),
    "a part twice, but for capitals": again(other, name=bytes.upper),
    "a part twice, one with a slash": again(other, name=lambda name: b"/" + name),
    "a part twice, one with a dot": again(other, name=lambda name: b"./" + name),
    "a part twice, one with two slashes": again(other, name=lambda name: name.replace(b"/", b"//", 1)),
    "a part twice, one through its parent": again(other, name=lambda name: b"xl/../" + name),
    "a part twice, one with strokes backwards": again(other, name=lambda name: name.replace(b"/", b"\\")),
    "a part twice, one with a zero": again(other, name=lambda name: name + b"\0"),
    "a part twice, one with a zero and more": again(other, name=lambda name: name + b"\0.bak"),
    # names
    "a name that leads up": another("../../evil.xml"),
    "a name that leads up in the middle": another("xl/../../evil.xml"),
    "an absolute name": another("/etc/passwd"),
    "a name on another drive": another("C:/evil.xml"),
    "a name on another machine": another("//server/share/evil.xml"),
    "a name with strokes backwards": another("xl\\evil.xml"),
    "a name with a line end": another("xl/a\nb.xml"),
    "an empty name": another(""),
    "a name of a dot": another("."),
    "a folder with something in it": another("xl/evil/"),
    "a name of broken utf-8": tampered(
        lambda _, found: found.append(Item(b"xl/\xff\xfe.xml", b"", central={"flags": 0x800}, local={"flags": 0x800}))
    ),
    # headers that differ
    "the name in the header differs": one_with(local_name=b"xl/worksheets/sheet9.xml"),
    "the name in the header is longer": one_with(local_name=lambda item: item.name + b"x"),
    "the name in the header is shorter": one_with(local_name=lambda item: item.name[:-1]),
    "the method in the header differs": one_with(local={"method": 0}),
    "the checksum in the header differs": one_with(local={"crc": 1}),
    "the size in the header differs": one_with(local={"size": 5}),
    "the size of eight bytes in the header differs": one_with(
        local=SAID_WIDE, local_extra=lambda item: wide(item, size=1)
    ),
    "the packed size of eight bytes in the header differs": one_with(
        local=SAID_WIDE, local_extra=lambda item: wide(item, packed=1)
    ),
    "sizes of eight bytes in the header, beyond all": one_with(
        local=SAID_WIDE, local_extra=lambda item: wide(item, size=2**32)
    ),
    "sizes of eight bytes in the header, and none there": one_with(local=SAID_WIDE),
    "sizes of eight bytes in the header, by another field": one_with(
        local=SAID_WIDE, local_extra=lambda item: b"\2" + wide(item)[1:]
    ),
    "sizes of eight bytes in the header, and more": one_with(
        local=SAID_WIDE, local_extra=lambda item: wide(item) + b"UT\0\0"
    ),
    "nought in eight bytes in the header, and nothing after the data": one_with(
        local=SAID_WIDE, local_extra=struct.pack("<2H2Q", 1, 16, 0, 0)
    ),
    "one size of eight bytes in the header": one_with(local={"size": 0xFFFFFFFF}, local_extra=wide),
    "the packed size in the header differs": one_with(local={"packed": 5}),
    "the checksum is wrong in both": one_with(local={"crc": 1}, central={"crc": 1}),
    "the size is too small in both": one_with(local={"size": 5}, central={"size": 5}),
    "the size is too large in both": one_with(local={"size": 99_999}, central={"size": 99_999}),
    "the size is one more": one_with(
        local=lambda item: {"size": len(item.data) + 1}, central=lambda item: {"size": len(item.data) + 1}
    ),
    "sizes after the data by one header only": one_with(local={"flags": 8}),
    "sizes after the data, and none there": one_with(local=FLAG, central={"flags": 8}),
    "sizes after the data, and others there": one_with(local=FLAG, central={"flags": 8}, after=b"PK\7\x08" + bytes(12)),
    "something after the data": one_with(after=b"hidden"),
    "something before the header": one_with(before=b"hidden"),
    "data after the end of the packed data": one_with(packed=lambda item: zlib.compress(item.data)[2:-4] + b"hidden"),
    "packed data without an end": one_with(packed=lambda item: zlib.compress(item.data)[2:-8]),
    "packed data that are none": one_with(packed=b"\xff" * 900),
    "packed data with a head": one_with(packed=lambda item: zlib.compress(item.data)),
    "the mark of the header is wrong": one_with(local={"mark": b"PK\3\5"}),
    "the mark in the directory is wrong": one_with(central={"mark": b"PK\1\3"}),
    "a header beyond the end": one_with(central={"offset": 0x7FFFFFFF}),
    "a header inside of another part": one_with(central={"offset": 10}),
    "on another disk": one_with(central={"disk": 1}),
    "stored, and said to be packed": stored_with(local={"method": 8}, central={"method": 8}),
    "stored, and sizes differ": stored_with(local={"size": 9}, central={"size": 9}),
    "packed with bzip2": one_with(local={"method": 12}, central={"method": 12}),
    "packed with lzma": one_with(local={"method": 14}, central={"method": 14}),
    "packed with deflate64": one_with(local={"method": 9}, central={"method": 9}),
    "packed in a way nobody knows": one_with(local={"method": 99}, central={"method": 99}),
    "encrypted": tampered(
        lambda _, found: found.__setitem__(
            2, Item(found[2].name, found[2].data, local={"flags": 1}, central={"flags": 1})
        ),
        says="加了密码.*请取消密码",
    ),
    "encrypted by the header alone": tampered(
        lambda _, found: found.__setitem__(2, Item(found[2].name, found[2].data, local={"flags": 1})),
        says="加了密码",
    ),
    "strongly encrypted": tampered(
        lambda _, found: found.__setitem__(2, Item(found[2].name, found[2].data, central={"flags": 0x41})),
        says="加了密码",
    ),
    # the whole
    "something before": tampered(lambda *_: {"prefix": b"#!/bin/sh\n"}, says="不是 Excel 工作簿"),
    "a program before": Case(
        lambda edition: archive(items(edition), prefix=b"MZ" + bytes(600)), frozenset({"!F0"}), says="不是 Excel 工作簿"
    ),
    "something before, and the offsets as if not": Case(
        lambda edition: b"PK\0\0" + archive(items(edition)), frozenset({"!F0"}), says=DAMAGED
    ),
    "something before the directory": whole_with(gap=b"hidden"),
    "something after": whole_with(suffix=b"hidden"),
    "zeros after": whole_with(suffix=bytes(512)),
    "another zip after": whole_with(suffix=archive([Item(b"a", b"b")])),
    "a comment that looks like an end": whole_with(comment=b"PK\5\6" + bytes(18)),
    "a comment longer than it says": whole_with(comment=b"abcdef", end={"comment_size": 3}),
    "a comment shorter than it says": whole_with(comment=b"abc", end={"comment_size": 6}),
    "fewer entries than listed": whole_with(end={"count": 3, "here": 3}),
    "more entries than listed": whole_with(end={"count": 99, "here": 99}),
    "counts that differ": whole_with(end={"here": 3}),
    "no entries": whole_with(end={"count": 0, "here": 0}),
    "a directory on another disk": whole_with(end={"disk": 1}),
    "a directory somewhere else": whole_with(end={"directory": 0}),
    "a directory of another size": whole_with(end={"directory_size": 10}),
    "a size for larger zips": whole_with(end={"directory_size": 0xFFFFFFFF, "directory": 0xFFFFFFFF}),
    "a count for larger zips": tampered(lambda *_: {"end": {"count": 0xFFFF, "here": 0xFFFF}}, says="部件过多"),
    "an entry for larger zips": tampered(zip64, says="解开后过大"),
    "an entry that is not listed": tampered(stray_entry),
    "entries that overlap": tampered(overlapping),
    "an entry inside of another": tampered(nested),
    # too much
    "a thousand parts": tampered(many, says="部件过多"),
    "a part of 33 MB": tampered(bomb(33 * 2**20), says="解开后过大"),
    "parts of 66 MB": tampered(
        lambda edition, found: [bomb(22 * 2**20, name=f"xl/media/{i}.png")(edition, found) for i in range(3)] and None,
        says="解开后过大",
    ),
    "a part of 700 MB that says it has few": tampered(bomb(700 * 2**20, declared=1000), says="解开后过大|不完整"),
    "a part of 40 MB that says it has few": tampered(bomb(40 * 2**20, declared=1000), "!F0", "same", says=""),
    "a table of 40 MB that says it has few": tampered(lying(40 * 2**20), says="解开后过大|损坏"),
    "a table of a byte more than it says": tampered(lying(1)),
    "the table of 33 MB": case(
        lambda edition, found: found.__setitem__(
            sheet(edition, TABLE),
            found[sheet(edition, TABLE)].replace(b"</worksheet>", b" " * (33 * 2**20) + b"</worksheet>"),
        ),
        "!F0",
        says="解开后过大",
    ),
}
