"""How a VBA project packs its streams and hides its protection state (VBA 工程的压缩与编码)."""

from __future__ import annotations

import struct

_CHUNK = 4096
_SHORTEST = 3
"""A copy token takes two bytes, so copying fewer than three gains nothing."""


def compress(data: bytes) -> bytes:
    """Pack a stream, chunk by chunk.

    MS-OVBA 2.4.1.3.6. Only a last chunk of 3641 bytes or more that no token shortens comes back
    longer, filled with zeros: the format knows no shorter raw chunk (2.4.1.3.10). Source text is never so.
    """
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return b"\x01" + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    body = _tokens(chunk)
    if len(body) <= _CHUNK:
        return struct.pack("<H", 0xB000 | (len(body) - 1)) + body
    return struct.pack("<H", 0x3FFF) + chunk.ljust(_CHUNK, b"\0")


def _tokens(chunk: bytes) -> bytes:
    """Groups of eight tokens, each after a byte that tells which are copies (MS-OVBA 2.4.1.3.8)."""
    seen: dict[bytes, list[int]] = {}
    body = bytearray()
    here = count = flags = 0
    while here < len(chunk):
        if count % 8 == 0:
            flags = len(body)
            body.append(0)
        bits = max(4, (here - 1).bit_length())  # of a copy token, for the distance (2.4.1.3.19.1)
        room = min((0xFFFF >> bits) + _SHORTEST, len(chunk) - here)
        start, length = _longest(chunk, here, seen.get(chunk[here : here + _SHORTEST], []), room)
        if length:
            body[flags] |= 1 << count % 8
            body += struct.pack("<H", (here - start - 1) << (16 - bits) | (length - _SHORTEST))
        else:
            length = 1
            body.append(chunk[here])
        for place in range(here, here + length):
            seen.setdefault(chunk[place : place + _SHORTEST], []).append(place)
        here += length
        count += 1
    return bytes(body)


def _longest(chunk: bytes, here: int, places: list[int], room: int) -> tuple[int, int]:
    """The nearest of the longest earlier occurrences: where it starts, how long it is."""
    best = start = 0
    if room < _SHORTEST:
        return start, best
    for place in reversed(places):
        if best and chunk[place + best] != chunk[here + best]:
            continue
        length = _SHORTEST
        while length < room and chunk[place + length] == chunk[here + length]:
            length += 1
        if length > best:
            start, best = place, length
            if best == room:
                break
    return start, best


def encrypt(data: bytes, project_id: str, seed: int) -> str:
    """Write a protection state, password or visibility as the project's hexadecimal digits (MS-OVBA 2.4.3.2)."""
    key = sum(project_id.encode("ascii")) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]
    last, ignored = key, bytes((seed & 6) // 2)
    for byte in ignored + struct.pack("<I", len(data)) + data:
        out.append(byte ^ (out[-2] + last & 0xFF))
        last = byte
    return bytes(out).hex().upper()
