"""Whose figures a sentence gives."""

import pytest

from xltools.checks.prose.subjects import Scope, scope
from xltools.report import Office


@pytest.mark.parametrize(
    ("subject", "name", "own"),
    [
        ("", "测试县人民政府", Scope.OWN),
        ("全县", "测试县人民政府", Scope.OWN),
        ("全市", "测试县人民政府", Scope.OTHER),
        ("全县", "测试县教育局", Scope.OTHER),
        ("我县", "测试县教育局", Scope.OTHER),
        ("我局", "测试县教育局", Scope.OWN),
        ("我局", "测试县人民政府", Scope.OTHER),
        ("本机关", "测试县教育局", Scope.OWN),
        ("县教育局", "测试县教育局", Scope.OWN),
        ("县教体局", "测试县教育体育局", Scope.OWN),
        ("县教育局", "测试县人民政府", Scope.OTHER),
        ("县政府", "测试县人民政府", Scope.PART),
        ("市政府", "测试县人民政府", Scope.OTHER),
        ("县政府办公室", "测试县人民政府", Scope.PART),
        ("县政府办代表县政府", "测试县人民政府", Scope.PART),
        ("市政府办公厅代表市政府", "测试市人民政府办公厅", Scope.OWN),
        ("市政府", "测试市人民政府办公厅", Scope.OWN),
        ("芙蓉镇", "乐清市芙蓉镇人民政府", Scope.OWN),
        ("我镇", "乐清市芙蓉镇人民政府", Scope.OWN),
        ("全街道", "城东街道办事处", Scope.OWN),
        ("全区", "高新区管理委员会", Scope.OWN),
    ],
)
def test_scope(subject: str, name: str, own: Scope) -> None:
    assert scope(subject, Office(name=name)) is own


def test_what_covers_the_organ_alone_is_not_the_whole_county() -> None:
    assert scope("全县", Office(name="测试县人民政府", scope="本级")) is Scope.OTHER
    assert scope("县政府", Office(name="测试县人民政府", scope="本级")) is Scope.OWN
