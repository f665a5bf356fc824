"""Compression that other people's code unpacks, and the encoding of the protection state."""

from __future__ import annotations

import random
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xltools.workbook.macros import source
from xltools.workbook.ovba import compress, encrypt

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what it imports in turn
    from oletools.olevba import VBA_Parser, decompress_stream

CHUNK = 4096
STORED = 3640
"""The longest last chunk that fits without any copying."""


def unpacked(data: bytes) -> bytes:
    return bytes(decompress_stream(bytearray(data)))


def sources(document: bytes) -> dict[str, str]:
    """The source of every module, as others read it out of a workbook."""
    parser = VBA_Parser("document", data=document)
    found = {stream.rpartition("/")[2]: code for _, stream, _, code in parser.extract_macros()}
    parser.close()
    return found


def decrypt(digits: str, project: str) -> bytes:
    """MS-OVBA 2.4.3.3."""
    seed, version, key, *rest = bytes.fromhex(digits)
    assert version ^ seed == 2 and key ^ seed == sum(project.encode()) & 0xFF
    first, second, last = key, version, key ^ seed
    plain = bytearray()
    for byte in rest:
        last = byte ^ (second + last & 0xFF)
        plain.append(last)
        first, second = byte, first
    plain = plain[(seed & 6) // 2 :]
    assert int.from_bytes(plain[:4], "little") == len(plain) - 4
    return bytes(plain[4:])


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def letters(size: int) -> bytes:
    return bytes(random.Random(size).choices(b"ab", k=size))


def words(size: int) -> bytes:
    return (source("Buttons").encode("gbk") * (size // 1000 + 1))[:size]


def one(size: int) -> bytes:
    return b"a" * size


@pytest.mark.parametrize("kind", [noise, letters, words, one])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 9, 17, 3640, 4096, 4097, 7736, 8191, 8192, 12288, 70_000])
def test_round_trip(kind, size: int) -> None:
    data = kind(size)
    if kind is noise:
        data = data[: size - max(0, size % CHUNK - STORED)]
    assert unpacked(compress(data)) == data


def test_nothing_is_the_signature_alone() -> None:
    assert compress(b"") == b"\x01"


@pytest.mark.parametrize("size", [3641, 4000, 4095, 4096 + 4000])
def test_noise_at_the_end_is_filled_up(size: int) -> None:
    """MS-OVBA 2.4.1.3.10 has no shorter raw chunk."""
    assert unpacked(compress(noise(size))) == noise(size) + bytes(-size % CHUNK)


@settings(max_examples=200, deadline=None)
@given(st.binary(min_size=1, max_size=STORED) | st.text(min_size=1, max_size=1000).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    assert unpacked(compress(data)) == data


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([b"Dim ", b"a", b"End Sub\r\n", b"\0\0\0"]), min_size=1, max_size=4000))
def test_repetitive_bytes(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert unpacked(compress(data)) == data


@pytest.mark.parametrize(
    ("data", "packed"),
    [
        (b"abcdefghijklmnopqrstuv.", "01 19B0 00 6162636465666768 00 696A6B6C6D6E6F70 00 717273747576 2E"),
        (b"a" * 73, "01 03B0 02 61 4500"),
    ],
)
def test_examples_of_the_specification(data: bytes, packed: str) -> None:
    """MS-OVBA 3.2.1 and 3.2.3."""
    assert compress(data) == bytes.fromhex(packed)


def test_source_becomes_less_than_half() -> None:
    assert len(compress(words(20_000))) < 10_000


@pytest.mark.parametrize("data", [bytes(4), bytes(1), b"\xff", b"password"])
def test_encrypted_and_back(data: bytes) -> None:
    project = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
    for seed in range(256):
        digits = encrypt(data, project, seed)
        assert decrypt(digits, project) == data
        assert int(digits[:2], 16) == seed and len(digits) == 2 * (7 + (seed & 6) // 2 + len(data))
