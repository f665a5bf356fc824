"""Personal data: certain numbers only; an office's telephone is not one."""

import pytest

from tests.checks.said import said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("联系电话13800001111。", "手机号码“138****1111”"),
        ("联系电话：138 0000 1111", "手机号码“138****1111”"),
        ("联系电话138-0000-1111，邮编", "手机号码"),
        ("电话+86-13800001111", "手机号码"),
        ("电话８６１３８００００１１１１", "手机号码"),
        ("身份证号11010519491231002X", "身份证号码“110****002X”"),
        ("身份证号110105194912310021", ""),  # check digit
        ("编号110105194913310020", ""),  # no such day
        ("电话0577-62299616", ""),
        ("电话051783605210", ""),
        ("统一社会信用代码11330382002529876A", ""),
        ("全年投入15000000000元", ""),
        ("总访问次数达13800001111余次", ""),
        ("备案号33038202000123", ""),
        ("订单号2023138000011112", ""),
        ("占13800001111.5%", ""),
        ("邮箱yq13800001111@163.com", ""),
        ("12345热线受理18391件", ""),
    ],
)
def test_c7(text: str, says: str) -> None:
    lines = said("C7", narrative__preamble=text)
    assert (says in lines[0] and len(lines) == 1) if says else not lines


def test_c7_reads_the_notes_under_the_tables_too() -> None:
    assert "表三（D35）出现手机号码" in said("C7", notes__表三="联系人电话13800001111")[0]


def test_c7_points_at_the_paragraph() -> None:
    assert "（B5）" in said("C7", narrative__overview="主动公开、依申请、信息管理、平台、监督。\n电话13800001111")[0]
