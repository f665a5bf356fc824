"""Numbers and units as officials write them."""

from decimal import Decimal

import pytest

from xltools.checks.prose.quantities import number
from xltools.checks.prose.sentences import plain
from xltools.checks.prose.tokens import tokens
from xltools.checks.prose.words import Kind


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("0", 0), ("12", 12), ("33.9", "33.9"), ("零", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20),
        ("三十五", 35),
        ("一百零三", 103), ("一百二十三", 123), ("二千零一", 2001), ("三千二百", 3200),
        ("三五", None), ("一百二", None), ("第三", None), ("数十", None), ("十百", None), ("1.2.3", None),
        ("3\x005", None), ("1" * 16, None),
    ],
)  # fmt: skip
def test_number(digits: str, value: object) -> None:
    assert number(digits) == (None if value is None else Decimal(str(value)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12件", 12), ("１２ 件", 12), ("1,295件", 1295), ("１，２９５件", 1295), ("1 295 件", 1295),
        ("12 345 678 条", 12345678),
        ("十二件", 12), ("两起", 2), ("3宗", 3), ("4件次", 4), ("33.9%", "33.9"), ("３３．９％", "33.9"),
        ("71.5万元", "71.5"),
        ("1 2 3 件", None), ("12余件", None), ("5500 余条", None), ("十多件", None), ("1.2万件", None),
        ("18万余条", None),
        ("30件以上", None), ("30件左右", None), ("数十件", None), ("第三件", None), ("几百件", None), ("1,2件", 2),
    ],
)  # fmt: skip
def test_a_number_with_its_unit(text: str, value: object) -> None:
    (*_, token) = [t for t in tokens(plain(text), "2021", 2024) if t.kind in (Kind.COUNT, Kind.PERCENT, Kind.MONEY)]
    assert token.value == (None if value is None else Decimal(str(value)))


@pytest.mark.parametrize(
    "text", ["26个月", "2020年12月31日", "〔2020〕11号", "12345热线", "2类案件", "20人次", "3.5倍"]
)
def test_no_count(text: str) -> None:
    assert not [t for t in tokens(plain(text), "2021", 2024) if t.kind in (Kind.COUNT, Kind.PERCENT, Kind.MONEY)]
