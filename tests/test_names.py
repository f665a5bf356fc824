"""What is a code of an office, and what only fills its cell."""

from __future__ import annotations

import pytest

from xltools.names import is_none, key, office_code


@pytest.mark.parametrize(
    ("typed", "known_by"),
    [
        ("11430000MB1234567X", "11430000mb1234567x"),
        (" １１43 0000ｍｂ ", "11430000mb"),
        ("A1", "a1"),
        ("1", "1"),
        ("100", "100"),
    ],
)
def test_codes(typed: str, known_by: str) -> None:
    assert office_code(typed) == known_by


@pytest.mark.parametrize(
    "typed",
    ["", " ", "无", "暂无", "/", "—", "--", "待定", "同上", "N/A", "none", "XXXX", "乡01", "18位", "０", "0000", "0-0"],
)
def test_what_says_that_there_is_none(typed: str) -> None:
    assert office_code(typed) == ""


def test_names() -> None:
    assert key("ＩＴ 局（旧）") == key("it局(旧)") != key("it局")


@pytest.mark.parametrize("typed", ["无", " 暂无 ", "没有", "不涉及", "/", "——", "－", ""])
def test_no_name(typed: str) -> None:
    assert is_none(typed)


@pytest.mark.parametrize("typed", ["无锡市", "甲局", "-1", "没有字号的所"])
def test_a_name(typed: str) -> None:
    assert not is_none(typed)
