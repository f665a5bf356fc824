"""SECURITY.md says the limits that hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xltools.batch import edited, limits
from xltools.outputs import wordfile, wordmarks
from xltools.workbook import archive, elements, markup, package, stray

PAGE = Path(__file__).parents[1] / "SECURITY.md"
MB = 2**20


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("工作簿文件", f"{archive.LIMIT // MB} MB"),
        ("压缩包里的部件", f"{archive.MOST} 个"),
        ("一个部件解开后（边解边数）", f"{package.PART_LIMIT // MB} MB"),
        ("全部部件解开后", f"{package.TOTAL_LIMIT // MB} MB"),
        ("要读的部件", f"{markup.LARGEST // MB} MB，{markup.MARKS // 10_000} 万个标记"),
        ("合并单元格（每张表）", f"{elements.MERGES} 处"),
        ("有内容的单元格", f"{stray.ROWS} 行 × {stray.COLUMNS} 列以内"),
        ("一份文件的处理时间", f"{limits.SECONDS:g} 秒"),
        ("处理进程的内存", f"{limits.MEMORY // MB} MB"),
        ("Word 模板文件", f"{wordfile.LIMIT // MB} MB"),
        ("模板的一个 XML 部件", f"{wordfile.XML_LIMIT // MB} MB，{wordfile.MARKUP // 10_000} 万个标记"),
        ("模板的填写标记（每个部件）", f"{wordmarks.MOST} 个"),
        ("填出来的一个部件", f"{wordmarks.LONGEST // MB}00 万字"),
        ("按改过的模板填一份报告", f"{edited.LIMITS.seconds:g} 秒，{edited.LIMITS.memory // MB} MB"),
    ],
)
def test_limits(what: str, limit: str) -> None:
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", PAGE.read_text("utf-8"), re.M))
    assert rows[what] == limit
