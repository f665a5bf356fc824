"""index.html: well-formed, asks nobody for anything, and whatever was typed stays text."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest
from lxml import etree

from tests.batch.test_consolidate import collection
from tests.batch.test_summary import EVIL, LONG, county, hostile
from tests.support.reports import EDITIONS, report
from xltools.batch.collection import Collection, Outcome, Status
from xltools.batch.data import findings
from xltools.batch.judge import open_ones
from xltools.batch.overview import page
from xltools.batch.summary import build
from xltools.batch.summary.filing import filed


def parsed(found: Collection) -> etree._Element:
    """The page as XML: a stray < or & would not get through."""
    return etree.fromstring(page(found).encode())


def test_a_line_for_each_with_what_was_written_for_it() -> None:
    found = county(EDITIONS[-1], 4)
    outputs = {"word": "word/甲0 年报#1.docx", "returned": "退回/甲0.xlsx"}
    found = replace(found, outcomes=(replace(found.outcomes[0], outputs=outputs), *found.outcomes[1:]))
    root = parsed(found)
    assert page(found).startswith("<!DOCTYPE html>")
    rows = root.findall(".//table[@id='offices']/tbody/tr")
    assert [row.find("th").text for row in rows] == ["甲0", "甲1", "甲2", "甲3", "丙局", "丁局", "（单位不明）"]
    assert [row.get("data-status") for row in rows] == [
        "待修改", "已报", "已报", "待修改", "未报", "免报", "文件无法打开",
    ]  # fmt: skip
    targets = [link.get("href") for link in rows[0].findall(".//a")]
    assert [unquote(target) for target in targets] == ["./word/甲0 年报#1.docx", "./退回/甲0.xlsx"]
    assert all(target.isascii() and "#" not in target for target in targets)
    assert rows[0].findall(".//details/ol/li") and "迟报" in "".join(rows[1].itertext())
    assert "已报 4／应报 5，待修改 2，未报 1" in "".join(root.itertext())
    assert "暂汇，未含1家" in "".join(root.itertext())


def test_it_can_be_read_by_everybody() -> None:
    root = parsed(county(EDITIONS[-1], 4))
    assert root.get("lang") == "zh-CN"
    assert all(head.get("scope") in ("col", "row") for head in root.iter("th"))
    assert all(table.find("caption").text for table in root.iter("table"))
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in root.iter("svg"))
    assert len(list(root.iter("svg"))) == 3
    labelled = {field for label in root.iter("label") for field in label}
    assert all(field in labelled for name in ("input", "select") for field in root.iter(name))


@pytest.mark.parametrize("found", [county(EDITIONS[0], 3), hostile(), Collection(2025, EDITIONS[-1], (), ())])
def test_it_asks_nobody_for_anything(found: Collection) -> None:
    """No address of another place, and the page forbids itself every request and every other script."""
    text, root = page(found), parsed(found)
    policy = next(meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv"))
    assert policy.startswith("default-src 'none';") and "form-action 'none'" in policy
    assert "unsafe" not in policy and "http:" not in policy and "*" not in policy
    for name in ("style", "script"):
        (element,) = root.iter(name)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    for element in root.iter():
        for key, value in element.items():
            assert not key.startswith("on") and key not in ("src", "style", "action"), (element.tag, key)
            if key == "href":
                assert value.startswith("./") or value == "data:,"
                assert "//" not in value
    if found.name != "=县":  # where somebody typed one, it is text
        assert "http:" not in text and "https:" not in text


def test_whatever_was_typed_stays_text() -> None:
    root = parsed(hostile())
    assert len(list(root.iter("script"))) == 1
    said = "".join(root.itertext())
    for text in EVIL:
        if text.isprintable():
            assert text in said, text
    assert "字0" not in said and "49" not in {element.text for element in root.iter("td")}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("javascript:alert(1)", "./javascript%3Aalert%281%29"),
        ("//example.com/x", "./example.com/x"),
        ("../../x.docx", "./x.docx"),
        ("a\\b.docx", "./a/b.docx"),
        ('"><img src=x onerror=alert(1)>', "./%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert%281%29%3E"),
        ("\udcffx.docx", "./x.docx"),
    ],
)
def test_a_link_stays_in_the_output_folder(path: str, target: str) -> None:
    base = collection(report())
    root = parsed(replace(base, outcomes=(replace(base.outcomes[0], outputs={"word": path}),)))
    (link,) = root.findall(".//tbody//a")
    assert link.get("href") == target


def test_what_the_run_has_to_say_stands_above_all() -> None:
    found = county(EDITIONS[-1], 4)
    assert parsed(found).find(".//ul[@class='notices']") is None
    said = replace(found, notices=("上年的“<b>.xlsx”没有比对。", "第二句。"))
    items = [item.text for item in parsed(said).findall(".//ul[@class='notices']/li")]
    assert items == findings(said)["notices"] == ["上年的“<b>.xlsx”没有比对。", "第二句。"]
    assert openpyxl.load_workbook(BytesIO(build(said)))["概况"]["A4"].value == "\n".join(items)
    assert openpyxl.load_workbook(BytesIO(build(found)))["概况"]["A4"].value is None


def test_texts_that_are_alike_and_controls_are_shown() -> None:
    base = collection(report(), report(), members=True)
    outcomes = [replace(o, report=replace(o.report, narrative={"problems": LONG})) for o in base.outcomes if o.report]
    members = (replace(base.members[0], controls={"行政复议": 2}), base.members[1])
    root = parsed(replace(base, outcomes=tuple(outcomes), members=members))
    cells = ["".join(cell.itertext()) for table in list(root.iter("table"))[1:] for cell in table.iter("td")]
    assert cells[:2] == ["甲1", "100.0%"] and "不一致" in cells


def test_a_report_with_very_many_findings_does_not_fill_the_page() -> None:
    finding = {"rule": "N2", "severity": "error", "message": "未填。", "fix": "请填。", "cells": []}
    outcome = Outcome("甲.xlsx", Status.TO_MEND, office="甲", report=report(), findings=(finding,) * 200)
    root = parsed(replace(collection(), outcomes=(outcome,)))
    assert len(root.findall(".//details/ol/li")) == 30
    assert "还有 170 处" in "".join(root.itertext())


def test_the_same_collection_gives_the_same_page() -> None:
    assert page(county(EDITIONS[-1], 3)) == page(county(EDITIONS[-1], 3))


def test_the_filter_leaves_what_the_terminal_lists_and_no_more() -> None:
    base = collection(report(), report(), report(), report(), members=True)
    odd = (
        replace(base.outcomes[1], reason="没有生成 Word 报告：模板有错。"),
        replace(base.outcomes[2], status=Status.LEFT_OUT, office="戊局", reason="名单上没有“戊局”。"),
        Outcome("锁.xlsx", Status.LEFT_OUT, "是锁定文件。"), Outcome("坏.xlsx", Status.UNREADABLE, "是空的。"),
        replace(base.outcomes[3], status=Status.SUPERSEDED),
    )  # fmt: skip
    found = replace(base, outcomes=(base.outcomes[0], *odd))
    wanted = [outcome.file for outcome in open_ones(found)] + [member.name for member in found.missing]
    assert [name.rpartition("/")[2] for name in wanted] == ["甲1.xlsx", "甲2.xlsx", "坏.xlsx", "甲2", "甲3"]
    root = parsed(found)
    rows = root.findall(".//tbody/tr[@data-light='red']")
    assert sorted(row.findtext("td[5]") or row.findtext("th") for row in rows) == sorted(wanted)
    assert root.findtext(".//option[@value='red']") == f"要处理的（{len(wanted)}）"
    listed = [row[8] or row[0] for row in filed(found).rows if row[2] == "要处理"]
    assert sorted(map(str, listed)) == sorted(wanted)
    cards = {("".join(card.itertext()), card.get("class")) for card in root.iter("li") if card.get("class")}
    assert {("■ 已报 2", "red"), ("■ 不纳入 2", "red"), ("○ 重报 1", "grey")} <= cards
