"""VBA source becomes the binary project of a workbook, without Excel (宏工程).

No compiled code goes in, so the program that opens the workbook compiles the source itself.
"""

from __future__ import annotations

import re
import struct
import uuid
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from xltools.workbook.cfb import compound
from xltools.workbook.ovba import compress, encrypt

BOOK = "ThisWorkbook"
"""The code name of the workbook itself."""

_CODE_PAGE = 936
_ENGLISH = 0x409  # whatever the language of the texts; other values make readers suspicious
_PROJECT = "VBAProject"
_WORKBOOK_CLASS = "00020819-0000-0000-C000-000000000046"
_SHEET_CLASS = "00020820-0000-0000-C000-000000000046"
_HOST = "{3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_LIBRARIES = {
    "stdole": r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    "Office": r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
    r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
}
_DOCUMENT = """\
Attribute VB_Name = "{}"
Attribute VB_Base = "0{{{}}}"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = True
Attribute VB_TemplateDerived = False
Attribute VB_Customizable = True
"""


def source(name: str) -> str:
    """Return the source of one of our modules: ``Buttons`` or ``Ribbon``."""
    return files("xltools.workbook.vba").joinpath(f"{name}.bas").read_text("utf-8")


def project(modules: Mapping[str, str], sheets: Sequence[str]) -> bytes:
    """Return ``vbaProject.bin`` with these modules, for a workbook whose sheets have these code names.

    MS-OVBA 2.2.1. Raises `ValueError` for a name that Excel would refuse and for a character that
    code page 936 lacks.
    """
    documents = {BOOK: _WORKBOOK_CLASS, **dict.fromkeys(sheets, _SHEET_CLASS)}
    names = [BOOK, *sheets, *modules]
    _check(names, documents)
    texts = {name: _DOCUMENT.format(name, kind) for name, kind in documents.items()}
    texts |= {name: f'Attribute VB_Name = "{name}"\n{text}' for name, text in modules.items()}
    streams = {name: compress(_encoded(name, text)) for name, text in texts.items()}
    wide = b"".join(name.encode() + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names)
    version = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)  # of no compiler: compile from source (2.3.4.1)
    return compound(
        {
            "VBA": {"_VBA_PROJECT": version, "dir": compress(_directory(names, documents)), **streams},
            "PROJECT": _properties(names, documents).replace("\n", "\r\n").encode(),
            "PROJECTwm": wide + b"\0\0",
        }
    )


def _check(names: Sequence[str], documents: Iterable[str]) -> None:
    for name in names:
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) or len(name) > (22 if name in documents else 31):
            raise ValueError(f"not a name for a VBA module: {name!r}")
    if len({name.lower() for name in [*names, _PROJECT]}) <= len(names):
        raise ValueError(f"VBA modules must have different names, and none {_PROJECT}: {', '.join(names)}")


def _encoded(name: str, text: str) -> bytes:
    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    try:
        return text.encode(f"cp{_CODE_PAGE}")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start)  # our own first line is not in the file
        sign = text[error.start]
        raise ValueError(f"{name}, line {line}: code page {_CODE_PAGE} lacks {sign!r} (U+{ord(sign):04X})") from None


def _directory(names: Sequence[str], documents: Iterable[str]) -> bytes:
    """The records of the stream ``dir`` (MS-OVBA 2.3.4.2)."""
    long, short = struct.Struct("<I").pack, struct.Struct("<H").pack
    records = [
        (0x01, long(3)), (0x02, long(_ENGLISH)), (0x14, long(_ENGLISH)), (0x03, short(_CODE_PAGE)),
        (0x04, _PROJECT.encode()), (0x05, b""), (0x40, b""), (0x06, b""), (0x3D, b""), (0x07, long(0)), (0x08, long(0)),
    ]  # fmt: skip
    head = _records(records) + struct.pack("<HIIH", 0x09, 4, 1, 0) + _records([(0x0C, b""), (0x3C, b"")])
    records = []
    for name, library in _LIBRARIES.items():
        place = long(len(library)) + library.encode() + bytes(6)
        records += [*_twice(0x16, 0x3E, name), (0x0D, place)]
    records += [(0x0F, short(len(names))), (0x13, short(0xFFFF))]
    for name in names:
        records += [*_twice(0x19, 0x47, name), *_twice(0x1A, 0x32, name), (0x1C, b""), (0x48, b"")]
        records += [(0x31, long(0)), (0x1E, long(0)), (0x2C, short(0xFFFF))]
        records += [(0x22 if name in documents else 0x21, b""), (0x2B, b"")]
    return head + _records([*records, (0x10, b"")])


def _twice(id: int, wide_id: int, name: str) -> list[tuple[int, bytes]]:
    return [(id, name.encode()), (wide_id, name.encode("utf-16-le"))]


def _records(records: Iterable[tuple[int, bytes]]) -> bytes:
    return b"".join(struct.pack("<HI", id, len(data)) + data for id, data in records)


def _properties(names: Sequence[str], documents: Iterable[str]) -> str:
    """The stream ``PROJECT``: not protected, no password, visible (MS-OVBA 2.3.1)."""
    id = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, 'xltools/' + '/'.join(names))}}}".upper()
    listed = [f"Document={name}/&H00000000" if name in documents else f"Module={name}" for name in names]
    return "\n".join(
        [
            f'ID="{id}"',
            *listed,
            f'Name="{_PROJECT}"',
            'HelpContextID="0"',
            'VersionCompatible32="393222000"',
            f'CMG="{encrypt(bytes(4), id, 0xC4)}"',
            f'DPB="{encrypt(bytes(1), id, 0x88)}"',
            f'GC="{encrypt(bytes([255]), id, 0x4C)}"',
            "",
            "[Host Extender Info]",
            f"&H00000001={_HOST}",
            "",
            "[Workspace]",
            *(f"{name}=0, 0, 0, 0, C" for name in names),
            "",
        ]
    )
