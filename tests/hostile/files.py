"""Files that are no workbook, or one that cannot be opened: named for what they are."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from random import Random

from tests.hostile.base import packed, parts, unpacked
from tests.hostile.case import Case, given
from tests.hostile.rawzip import Item, archive
from xltools.workbook.addin import addin

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE = "单位,收到申请,已答复\n某镇人民政府,5,5\n"
SAVE_AS = "另存为 .xlsx"


def whole(edition: str) -> bytes:
    return packed(parts(edition))


def cut(change: Callable[[bytes], bytes], says: str = "不完整或已损坏") -> Case:
    return Case(lambda edition: change(whole(edition)), frozenset({"!F0"}), says=says)


def ole(*streams: str) -> bytes:
    """The head of a compound file and the names in its directory, which is what one is told by."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return OLE + bytes(504) + "Root Entry".encode("utf-16-le").ljust(128, b"\0") + names + bytes(2048)


def zipped(*names: str, first: bytes = b"x") -> bytes:
    return archive([Item(name.encode(), first if i == 0 else b"<a/>", stored=i == 0) for i, name in enumerate(names)])


def main_type(kind: str) -> Callable[[str], bytes]:
    def make(edition: str) -> bytes:
        found = dict(parts(edition))
        types = found["[Content_Types].xml"]
        found["[Content_Types].xml"] = types.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind.encode()
        )
        return packed(found)

    return make


def is_(data: bytes, says: str) -> Case:
    return given(data, "!F0", says=says)


def of_type(kind: str, says: str) -> Case:
    return Case(main_type(kind), frozenset({"!F0"}), says=says)


SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NOISE = Random(7).randbytes(60_000)
CASES = {
    "empty": is_(b"", "是空的"),
    "one byte": is_(b"P", "文本文件"),
    "zeros": is_(bytes(100_000), "不是 Excel 工作簿"),
    "noise": is_(b"\0" + NOISE, "不是 Excel 工作簿"),
    "noise that begins like a zip": is_(b"PK\3\4" + NOISE, "不完整"),
    "nothing but the end of a zip": is_(b"PK\5\6" + bytes(18), "是压缩包"),
    "one byte short of an end": is_(b"PK\5\6" + bytes(17), "不完整"),
    "a quarter": cut(lambda data: data[: len(data) // 4]),
    "one half": cut(lambda data: data[: len(data) // 2]),
    "without the directory": cut(lambda data: data[: data.index(b"PK\1\2")]),
    "without the end": cut(lambda data: data[:-22]),
    "without the last byte": cut(lambda data: data[:-1]),
    "without the first byte": cut(lambda data: data[1:], "不是 Excel 工作簿|不完整"),
    "the first kilobyte lost": cut(lambda data: data[1024:], "不是 Excel 工作簿|不完整|文本"),
    "a hole of zeros": cut(lambda data: data[:9000] + bytes(512) + data[9512:]),
    "a sector twice": cut(lambda data: data[:8192] + data[7680:]),
    "as a text with line ends changed": cut(lambda data: data.replace(b"\n", b"\r\n")),
    "as a text without its eighth bits": cut(lambda data: bytes(byte & 0x7F for byte in data), "不完整|文本"),
    "as text in base64, from a mail": is_(b"UEsDBBQAAAAIAAAAIQ" * 500, "不完整|文本"),
    "twice in a row": cut(lambda data: data + data),
    "csv": is_(TABLE.encode("gbk"), f"文本文件.*{SAVE_AS}"),
    "csv with a mark": is_(b"\xef\xbb\xbf" + TABLE.encode(), "文本文件"),
    "text in utf-16": is_(TABLE.encode("utf-16"), "文本文件"),
    "json": is_(b'{"edition": "2021"}', "文本文件"),
    "html": is_(b"<html><body><table><tr><td>5</td></tr></table></body></html>", f"网页.*{SAVE_AS}"),
    "html of WPS": is_(b'\xef\xbb\xbf<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table></table>', "网页"),
    "an html with a document type": is_(b"<!DOCTYPE html>\n<table><tr><td>1</td></tr></table>", "网页"),
    "xml of 2003": is_(b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
    "mht": is_(b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "网页"),
    "rtf": is_(b"{\\rtf1\\ansi }", "RTF"),
    "pdf": is_(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "png": is_(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "图片"),
    "jpeg": is_(b"\xff\xd8\xff\xe0\0\x10JFIF\0", "图片"),
    "gzip": is_(gzip.compress(b"x", mtime=0), "压缩包"),
    "rar": is_(b"Rar!\x1a\x07\x01\0", "压缩包"),
    "7z": is_(b"7z\xbc\xaf\x27\x1c\0\4", "压缩包"),
    "a program": is_(b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "不是 Excel 工作簿"),
    "xls": is_(ole("Workbook"), f"旧版 .xls.*{SAVE_AS}"),
    "xls of 95": is_(ole("Book"), "旧版 .xls"),
    "et": is_(ole("Workbook", "ETExtData"), ".et"),
    "encrypted": is_(ole("EncryptionInfo", "EncryptedPackage"), "设了打开密码。请取消密码"),
    "encrypted without being asked for a password": is_(ole("EncryptedPackage", "\6DataSpaces"), "打开密码"),
    "doc": is_(ole("WordDocument"), "旧版 Word"),
    "ppt": is_(ole("PowerPoint Document"), "演示文稿"),
    "msg": is_(ole("__substg1.0_0037001F"), "邮件"),
    "an ole file cut short": is_(OLE, "旧版 .xls"),
    "docx": is_(zipped("[Content_Types].xml", "word/document.xml"), "是 Word 文档"),
    "pptx": is_(zipped("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
    "xlsb": is_(zipped("[Content_Types].xml", "xl/workbook.bin"), f"xlsb.*{SAVE_AS}"),
    "ods": is_(zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
    "odt": is_(zipped("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"), "OpenDocument"),
    "a zip with a workbook in it": Case(
        lambda edition: archive([Item("年报.xlsx".encode(), whole(edition), central={"flags": 0x800})]),
        frozenset({"!F0"}),
        says="是压缩包.*请解压",
    ),
    "a zip of a folder with the parts": Case(
        lambda edition: packed({f"年报/{name}": data for name, data in parts(edition).items()}),
        frozenset({"!F0"}),
        says="是压缩包",
    ),
    "xltx": of_type(f"{SHEETML}.template.main+xml", f"模板.*{SAVE_AS}"),
    "xltm": of_type("application/vnd.ms-excel.template.macroEnabled.main+xml", "模板"),
    "xlam": Case(lambda _: addin(), frozenset({"!F0"}), says="加载项"),
    "a workbook of no type": of_type("application/xml", "不完整或已损坏"),
    "a workbook of the type of a document": of_type(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "不完整或已损坏"
    ),
    "too large": given(lambda: b"PK" + bytes(21 * 2**20), "!F0", says="21 MB"),
    "too large by a byte": given(lambda: b"PK" + bytes(20 * 2**20 - 1), "!F0", says="20 MB"),
    "large, and no zip": given(lambda: b"PK\5\6" * (5 * 2**20 - 1), "!F0", says="不完整"),
    "somebody else's": given(lambda: packed(unpacked(_plain_workbook())), "!F2", says="不是年度报告填报工作簿"),
    "a name with a dot more": Case(whole, frozenset({"same"}), suffix=".xlsx.xlsx"),
    "a name of no kind": Case(whole, frozenset({"same"}), suffix=""),
    "a name in capitals": Case(whole, frozenset({"same"}), suffix=".XLSX"),
    "a workbook called xls": Case(whole, frozenset({"same"}), suffix=".xls"),
}


def _plain_workbook() -> bytes:
    from io import BytesIO

    import openpyxl

    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()
