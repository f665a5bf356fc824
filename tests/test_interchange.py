"""The interchange form: what is written comes back, what is not understood is refused by name."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reports import EDITIONS, FILINGS, random_report, ref
from xltools.errors import NotInterchange, UnknownEdition, WrongTemplate
from xltools.interchange import dumps, load, loads


@given(st.sampled_from(EDITIONS), st.integers(0, 10**6))
def test_round_trip(edition, seed) -> None:
    filed = random_report(edition, seed)
    again = loads(dumps(filed)).without_totals()
    assert (again.numbers, again.texts, again.office, again.year) == (
        filed.numbers, filed.texts, filed.office, filed.year,
    )  # fmt: skip
    assert (again.narrative, again.notes, again.zero_filled) == (filed.narrative, filed.notes, filed.zero_filled)


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_written_twice_is_the_same(path: Path) -> None:
    assert dumps(loads(dumps(load(path)))) == dumps(load(path))


def test_values_are_kept_as_typed() -> None:
    filed = loads(
        '{"year": 2024, "office": {"name": "甲", "level": "x"}, "numbers": {"art20_8.fees.amount": 96171.60,'
        ' "requests.received.company": "+22", "requests.granted.company": null, "requests.granted.research": true,'
        ' "requests.granted.charity": 12.5}}'
    )
    assert str(filed.numbers[ref("art20_8.fees.amount")]) == "96171.60"
    assert filed.numbers[ref("requests.granted.charity")] == Decimal("12.5")
    assert filed.texts == {ref("requests.received.company"): "+22", ref("requests.granted.research"): "true"}
    assert filed.blank(ref("requests.granted.company"))


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", NotInterchange, "不是有效的 JSON"),
        ("[]", NotInterchange, "应是 JSON 对象"),
        ('{"year": NaN}', NotInterchange, "不是有效的 JSON"),
        ("{}", NotInterchange, "没有写明版本"),
        ('{"year": "2020"}', NotInterchange, "四位数字的年度"),
        ('{"year": true}', NotInterchange, "四位数字的年度"),
        ('{"year": 2018}', UnknownEdition, "2018 年度"),
        ('{"edition": "2030"}', UnknownEdition, "2030"),
        ('{"edition": "2019", "year": 2023}', WrongTemplate, "〔F1·错误〕"),
        ('{"year": 2020, "numbers": {"art20_1.rules.issued": 1}}', NotInterchange, "2019年试行版没有的格"),
        ('{"year": 2020, "numbers": []}', NotInterchange, "numbers应是 JSON 对象"),
        ('{"year": 2020, "numbers": {"requests.received.company": 1e999999999}}', NotInterchange, "15 位以上数字"),
        ('{"year": 2020, "numbers": {"a": 1, "a": 2}}', NotInterchange, "出现了两次"),
        ('{"year": 2020, "office": {"name": 5}}', NotInterchange, "office.name 应是文字"),
        ('{"year": 2020, "narrative": {"summary": "x"}}', NotInterchange, "不认识的“summary”"),
        ('{"year": 2020, "notes": {"表三": 5}}', NotInterchange, "notes.表三 应是文字"),
        ('{"year": 2020, "zero_filled": ["表五"]}', NotInterchange, "不认识的表“表五”"),
        ('{"year": 2020, "office": {"tel": "0744"}}', NotInterchange, "office 中有不认识的“tel”"),
        ('{"year": 2020, "numbers": {"requests.received.company": 9007199254740993}}', NotInterchange, "15 位以上"),
        ('{"year": 2020, "narrative": {"overview": "a\\ud800b"}}', NotInterchange, "残缺的字符"),
        ('{"year": 2020, "figures": {}}', NotInterchange, "不认识的项目“figures”"),
        ("[" * 100_000, NotInterchange, "不是有效的 JSON"),
    ],
)
def test_refused(text: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        loads(text, "报告.json")


def test_counts_are_whole_and_lines_are_lines() -> None:
    filed = loads(
        '{"year": 2024, "numbers": {"requests.received.company": 5.0, "requests.received.research": -0.0},'
        ' "narrative": {"overview": "一\\r二\\r\\n三"}}'
    )
    assert [str(n) for n in filed.numbers.values()] == ["5", "0"]
    assert filed.paragraphs("overview") == ("一", "二", "三")


def test_a_year_that_is_none_survives() -> None:
    filed = loads('{"edition": "2021", "year": "二〇二一"}')
    assert (filed.year, filed.year_text) == (None, "二〇二一")
    assert loads(dumps(filed)) == filed


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(NotInterchange, match="打不开"):
        load(tmp_path / "没有.json")
    gbk = tmp_path / "gbk.json"
    gbk.write_bytes('{"office": "芙蓉镇"}'.encode("gbk"))
    with pytest.raises(NotInterchange, match="UTF-8"):
        load(gbk)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps({"year": 2020}).encode())
    assert load(path).year == 2020
