"""A file that is no workbook is named for what it is."""

import os
import zipfile
from pathlib import Path

import pytest

from xltools.errors import NotAWorkbook
from xltools.workbook.archive import LIMIT
from xltools.workbook.envelope import opened

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def zipped(path: Path, *names: str) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "是空的"),
        (OLE, "旧版 .xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码。请取消密码"),
        (b"%PDF-1.7\n\0", "是 PDF"),
        (b"\xef\xbb\xbf<html><table></table>", "是网页"),
        ("单位,件数\n芙蓉镇,5\n".encode("gbk"), "是文本文件"),
        (b"\x89PNG\0\0\0", "是图片"),
        (b"\1\2\3\0", "不是 Excel 工作簿"),
        (b"PK\x03\x04 and no more", "不完整或已损坏"),
        (b"x" * (LIMIT + 1), "远大于"),
    ],
)
def test_named_for_what_it_is(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "上报.xlsx"
    path.write_bytes(data)
    with pytest.raises(NotAWorkbook, match=says) as caught:
        opened(path)
    assert "上报.xlsx" in str(caught.value) and str(caught.value).endswith("。")


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("[Content_Types].xml", "word/document.xml"), "是 Word 文档"),
        (("mimetype", "content.xml"), ".ods"),
        (("a.xlsx", "b.xlsx"), "是压缩包"),
    ],
)
def test_other_containers(names: tuple[str, ...], says: str, tmp_path: Path) -> None:
    path = tmp_path / "上报.xlsx"
    zipped(path, *names)
    with pytest.raises(NotAWorkbook, match=says):
        opened(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkbook, match="找不到"):
        opened(tmp_path / "没有.xlsx")
    with pytest.raises(NotAWorkbook, match="不是普通文件"):
        opened(tmp_path)
    os.mkfifo(tmp_path / "管道.xlsx")
    with pytest.raises(NotAWorkbook, match="不是普通文件"):
        opened(tmp_path / "管道.xlsx")
