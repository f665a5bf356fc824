"""A PDF without the clock: every offset still leads to its object, every font is still the same font."""

from __future__ import annotations

import re
import zlib

import pytest

from xltools.outputs.timeless import _eexec, timeless

HEAD = b"%!FontType1-1.0: Song\n/UniqueID 41000?? def\ncurrentfile eexec\n"
SECRET = b"\0\0\0\0dup /Private\n/UniqueID 41000?? def\n" + bytes(range(256)) * 20
TAIL = b"0" * 64 + b"\ncleartomark\n"


def named(part: bytes, number: int) -> bytes:
    return part.replace(b"??", b"%02d" % number)


def made(*, day: int = 1, random: bytes = b"A", turned: tuple[int, ...] = ()) -> bytes:
    """What LibreOffice writes on a day, after it has turned so many fonts."""
    objects = [b"<</Type/Catalog>>", b"<</CreationDate(D:202601%02d101112+08'00')>>" % day]
    for number in turned:
        head, secret = named(HEAD, number), _eexec(named(SECRET, number), opened=False)
        packed = zlib.compress(head + secret + TAIL)
        lengths = b"/Length1 %d/Length2 %d/Length3 %d" % (len(head), len(secret), len(TAIL))
        length = b"%d 0 R" % (len(objects) + 2)
        about = b"<</Length " + length + b"/Filter/FlateDecode" + lengths + b">>\n"
        objects.append(about + b"stream\n" + packed + b"\nendstream")
        objects.append(b"%d" % len(packed))
    data, entries = b"%PDF-1.6\n", b""
    for number, content in enumerate(objects, start=1):
        entries += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%s\nendobj\n\n" % (number, content)
    id = random * 32
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + entries
    trailer = b"trailer\n<</Size 3/Root 1 0 R\n/ID [ <%s>\n<%s> ]\n/DocChecksum /%s\n>>\n" % (id, id, id)
    return data + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(data)


def fonts(data: bytes) -> list[bytes]:
    """The fonts in a PDF, opened."""
    found = []
    for head in re.finditer(rb"<</Length (\d+) 0 R[/A-Za-z]+/Length1 (\d+)/Length2 (\d+)[^>]*>>\nstream\n", data):
        length = re.search(rb"\n%s 0 obj\n(\d+)\n" % head[1], data)
        assert length and data.startswith(b"\nendstream", head.end() + int(length[1]))
        font = zlib.decompress(data[head.end() : head.end() + int(length[1])])
        clear, hidden = int(head[2]), int(head[3])
        found.append(font[:clear] + _eexec(font[clear : clear + hidden], opened=True) + font[clear + hidden :])
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (made(day=1, random=b"A"), made(day=28, random=b"7")),
        (made(turned=(1, 2)), made(turned=(8, 9))),
        (made(day=1, turned=(1,)), made(day=2, random=b"C", turned=(64,))),
    ],
    ids=["the day", "the fonts", "both"],
)
def test_the_same_whenever_and_after_whatever_it_was_made(one: bytes, other: bytes) -> None:
    assert one != other
    assert timeless(one) == timeless(other) == timeless(timeless(one))


def test_what_it_shows_still_counts() -> None:
    assert timeless(made(turned=(5,))) != timeless(made(turned=(5, 6)))
    ids = {re.findall(rb"<(\w{32})>", timeless(made(turned=turned)))[0] for turned in ((), (1,), (2,))}
    assert len(ids) == 2


@pytest.mark.parametrize("turned", [(), (7,), (3, 70)])
def test_it_is_still_whole(turned: tuple[int, ...]) -> None:
    data = timeless(made(turned=turned))
    assert b"D:2026" not in data
    table = int(data.split()[-2])
    offsets = [int(found) for found in re.findall(rb"(\d{10}) \d{5} n", data[table:])]
    assert data.startswith(b"xref", table) and len(offsets) == 2 + 2 * len(turned)
    assert all(data.startswith(b"%d 0 obj\n" % number, at) for number, at in enumerate(offsets, start=1))
    assert fonts(data) == [named(HEAD + SECRET, n) + TAIL for n in range(1, len(turned) + 1)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.6\n%%EOF\n", b"startxref\n9999\n%%EOF", made(turned=(1,))[:-30]])
def test_what_is_not_as_expected_is_left_alone(data: bytes) -> None:
    assert len(timeless(data)) == len(data)
