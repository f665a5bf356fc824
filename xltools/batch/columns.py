"""The columns of the roster (名单的列): what each is called and holds, and what is to be said of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from enum import Enum, auto
from typing import NamedTuple

from xltools.names import key


class Kind(Enum):
    """What a column holds."""

    TEXT = auto()
    SEVERAL = auto()
    DAY = auto()
    FLAG = auto()
    NUMBER = auto()


class Column(NamedTuple):
    """A column, how wide it is, what is said to who fills it in, and the field of `Member` that it tells."""

    name: str
    width: int
    kind: Kind
    hint: str = ""
    field: str = ""


NAME, CHOSEN, CONTROL = "单位全称", "以哪个文件为准", "核对数："
YEAR, COLLECTOR = "年度", "汇总单位"
"""Labels above the headings."""
_OF_JUSTICE = "司法行政部门掌握的件数，有的才填，用来与报表核对。"
COLUMNS = (
    Column(NAME, 30, Kind.TEXT, "与封面的“单位全称”一致，一行一个单位；顺序就是汇总的顺序。必填。", "name"),
    Column("曾用名", 20, Kind.SEVERAL, "改过名的单位，写以前的名称，几个之间用“、”隔开。", "former"),
    Column("机关代码", 22, Kind.TEXT, "统一社会信用代码，没有可不填。", "code"),
    Column("类别", 10, Kind.TEXT, "镇乡、街道、部门、政府、派出机构等。", "kind"),
    Column("是否报送", 10, Kind.FLAG, "不用单独报送的单位选“否”，记为免报。", "files"),
    Column("是否汇入", 10, Kind.FLAG, "数字不计入汇总的单位选“否”。", "summed"),
    Column("上年对应单位", 20, Kind.SEVERAL, "机构改革后，上年是哪些单位，几个之间用“、”隔开。", "predecessors"),
    Column("截止日期", 13, Kind.DAY, "日期，如 2026-01-31。", "due"),
    Column("收件日期", 13, Kind.DAY, "实际收到的日期；晚于截止日期的记为迟报。", "received"),
    Column(CHOSEN, 24, Kind.TEXT, "同一个单位交了几份时，写应采用的文件名；平时不填。"),
    Column("联系人", 12, Kind.TEXT, field="contact"),
    Column("电话", 16, Kind.TEXT, field="phone"),
    Column("公布网址", 28, Kind.TEXT, field="website"),
    Column("公布日期", 13, Kind.DAY, "日期，如 2026-03-15。", "published"),
    Column(f"{CONTROL}行政复议", 12, Kind.NUMBER, _OF_JUSTICE),
    Column(f"{CONTROL}行政诉讼", 12, Kind.NUMBER, _OF_JUSTICE),
    Column(f"{CONTROL}收费", 12, Kind.NUMBER, "财政部门掌握的收费金额（万元），有的才填，用来与报表核对。"),
)
NEEDED = (NAME, *(column.name for column in COLUMNS if column.kind is Kind.FLAG))
_HEADINGS = [column.name for column in COLUMNS if column.kind is not Kind.NUMBER]
"""All but the 核对数, of which an office may have others."""
_ALSO = {"原名": "曾用名", "旧名": "曾用名", "信用代码": "机关代码"}
"""Words in the headings of columns that mean one of ours; others are found by how alike they look."""
_OWN = ("序号", "备注")


def heading(words: str) -> str:
    """A heading as we write it, whatever its spaces and width."""
    bare = re.sub(r"\s", "", words)
    ours = {key(name): name for name in _HEADINGS}
    return ours.get(key(bare)) or re.sub("^核对数[:：]", CONTROL, bare)


def lacking(row: Iterable[str]) -> tuple[str, ...]:
    """The needed headings that a row has not: prose about the roster may have one of them, too."""
    found = set(map(heading, row))
    return tuple(name for name in NEEDED if NAME not in found or name not in found)


def unused(columns: Iterable[str]) -> Iterator[str]:
    """What to say of columns that somebody may think are used."""
    unlike, free = [], [name for name in _HEADINGS if name not in columns]
    for name in columns:
        if name not in (*_HEADINGS, *_OWN) and not name.startswith(CONTROL):
            like = [ours for words, ours in _ALSO.items() if words in name and ours in free]
            like += [CONTROL + name[3:].strip("-（()）")] if name.startswith(CONTROL[:3]) else []
            like += get_close_matches(name, free, 1, 0.5)
            if like:
                yield f"名单里的“{name}”一列没有用到。如果是“{like[0]}”，请把列名改成“{like[0]}”，再运行一次。"
            else:
                unlike.append(name)
    if unlike:
        yield f"名单里的“{'”“'.join(unlike)}”没有用到。要用的，请照“xltools roster”生成的名单改列名；不用的，不必管。"
