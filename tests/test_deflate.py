"""What either library deflates, the other inflates."""

from __future__ import annotations

import zlib
from random import Random

import pytest

from xltools import deflate

CASES = {
    "nothing": b"",
    "a byte": b"<",
    "a report": "年度报告，政府信息公开。".encode() * 3000,
    "noise": Random(1).randbytes(100_000),
}


@pytest.mark.parametrize("data", CASES.values(), ids=CASES)
@pytest.mark.parametrize("quick", [True, False])
def test_what_is_deflated_is_inflated_by_zlib_and_by_ours(data: bytes, quick: bool) -> None:
    packed, size, crc = deflate.deflated([data[:10], data[10:]], quick=quick)
    assert (size, crc) == (len(data), zlib.crc32(data))
    assert zlib.decompress(packed, deflate.WINDOW) == data
    assert deflate.library.decompress(packed, deflate.WINDOW) == data


def test_what_repeats_gets_short() -> None:
    assert len(deflate.deflated([CASES["a report"]], quick=True).data) < len(CASES["a report"]) / 50


def test_the_name_tells_the_libraries_apart() -> None:
    assert ("isal" in deflate.NAME) == (deflate.library is not zlib)
    assert zlib.ZLIB_RUNTIME_VERSION in deflate.NAME
