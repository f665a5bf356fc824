"""What becomes of a file and of an office: every status, and who decides among several files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.batch.support import office
from xltools.batch.collection import Collection, Member, Status
from xltools.batch.judge import Sent, exempt, guess, judge, majority, open_ones
from xltools.batch.roster import Roster
from xltools.editions import for_year

ERROR = {"severity": "error", "message": "", "fix": ""}


def sent(
    file: str, name: str, *, kind: str = "zero", year: int = 2025, day: str = "", faulty: bool = False, code: str = "",
    copies: tuple[str, ...] = (), note: str | None = None,
) -> Sent:  # fmt: skip
    """No two reports are the same, unless their ``note`` is."""
    report = office(kind, name, year, day)
    notes = {"表二": file if note is None else note}
    report = replace(report, office=replace(report.office, code=code), notes=notes, origin=file)
    return Sent(file, report, (ERROR,) if faulty else (), copies=copies)


ROSTER = Roster(
    (
        Member("甲局", ("甲办",), "111"),
        Member("乙局", due=date(2026, 1, 31), received=date(2026, 2, 1)),
        Member("丙局", files=False),
        Member("丁局", files=False, summed=False),
        Member("戊局"),
        Member("己局（新）", code="222"),
    ),
    chosen={"戊局": "新.xlsx", "己局（新）": "新.xlsx"},
)
F, M, D, S, W, L, U = (
    Status.FILED, Status.TO_MEND, Status.DUPLICATE, Status.SUPERSEDED, Status.WRONG_YEAR, Status.LEFT_OUT,
    Status.UNREADABLE,
)  # fmt: skip
CASES: list[tuple[list[Sent], list[Status], str]] = [
    ([sent("a", "甲局")], [F], ""),
    ([sent("a", "甲办")], [F], ""),
    ([sent("a", "甲局", faulty=True)], [M], ""),
    ([sent("a", "丙局")], [F], ""),
    ([sent("a", "丁局")], [L], "不报送、不汇入"),
    ([sent("a", "己局")], [L], "名单上没有“己局”"),
    ([sent("a", "")], [L], "封面没有填单位全称"),
    ([sent("a", "甲局", year=2024)], [W], "是 2024 年度的报告，这次收的是 2025 年度"),
    ([sent("a", "甲局", kind="old", year=2020)], [W], "是 2020 年度的报告"),
    ([Sent("a", replace(office("old", "甲局"), year=None))], [W], "2025 年度应使用"),
    ([Sent("a", None, (), "打不开。")], [U], "打不开"),
    ([sent("a", "甲局"), sent("b", "甲 局")], [D, D], "成文日期看不出先后"),
    (
        [sent("a", "甲局", day="2026年1月5日"), sent("b", "甲 局", day="2026-01-09")],
        [S, F],
        "按成文日期，以后来重报的“b”",
    ),
    ([sent("a", "甲局", day="2026年1月5日"), sent("b", "甲办", day="2026-01-09")], [D, D], "不同（“甲局”“甲办”）"),
    (
        [sent("b", "甲局下属所", day="2026-01-09", code="111"), sent("a", "甲局", day="2026年1月5日")],
        [L, F],
        "名单上没有“甲局下属所”；机关代码是“甲局”的，它另有“a”。请核对单位全称和机关代码。",
    ),
    ([sent("a", "甲局下属所", code="111")], [F], "只是机关代码相同：是改了名的，请在名单的“曾用名”里写上"),
    ([sent("a", "甲局下属所", code="111"), sent("b", "甲局外设所", code="111")], [D, D], "不同"),
    ([sent("a", "甲局下属所", code="111", year=2024), sent("b", "甲局")], [W, F], "是 2024 年度的报告"),
    ([sent("新.xlsx", "甲中心", code="222"), sent("旧.xlsx", "己局（新）")], [F, S], "只是机关代码相同"),
    ([sent("x.xlsx", "甲中心", code="222"), sent("新.xlsx", "己局（新）")], [L, F], "名单上没有“甲中心”"),
    ([sent("a", "", code="111")], [F], ""),
    ([sent("b", "甲局", faulty=True, note=""), sent("a", "甲局", faulty=True, note="")], [M, L], ""),
    ([sent("b", "戊局", note=""), sent("新.xlsx", "戊局", note="")], [F, L], ""),
    ([sent("a", "甲局", day="2026年1月9日"), sent("b", "甲局", day="2026年1月9日")], [D, D], "另有“b”"),
    ([sent("a", "甲局", day="2026年1月9日"), sent("b", "甲局", day="")], [D, D], "看不出先后"),
    ([sent("a", "甲局", day="2026年1月9日"), sent("b", "甲局", year=2024, day="2026年2月9日")], [F, W], ""),
    ([sent("x/新.xlsx", "戊局"), sent("旧.xlsx", "戊局", faulty=True)], [F, S], ""),
    ([sent("a", "戊局", day="2026年1月5日"), sent("b", "戊局", day="2026年1月9日")], [D, D], "“新.xlsx”不在其中"),
    ([sent("旧.xlsx", "戊局"), sent("x/新.xlsx", "戊局")], [S, F], "按名单，以“x/新.xlsx”为准。"),
    ([sent("旧.xlsx", "戊局"), sent("a.xlsx", "戊局", copies=("x/新.xlsx",))], [S, F], "按名单，以“a.xlsx”为准。"),
    ([sent("x/新.xlsx", "戊局"), sent("y/新.xlsx", "戊局")], [D, D], "“新.xlsx”可以是其中的几份，要连文件夹一起写"),
    ([sent("旧.xlsx", "戊局")], [F], "名单写明以“新.xlsx”为准，它没有收到，或不能用；先按这一份。请核对。"),
    ([sent("旧.xlsx", "戊局"), sent("新.xlsx", "戊局", year=2024)], [F, W], "它没有收到，或不能用"),
    ([sent("新.xlsx", "戊局")], [F], ""),
]


@pytest.mark.parametrize(("files", "wanted", "said"), CASES)
def test_statuses(files: list[Sent], wanted: list[Status], said: str) -> None:
    outcomes = judge(files, ROSTER, 2025)
    assert [outcome.status for outcome in outcomes] == wanted
    assert said in outcomes[0].reason and bool(said) == bool(outcomes[0].reason)
    copies = [outcome for outcome in outcomes if "完全相同" in outcome.reason]
    assert not any(outcome.report or outcome.findings for outcome in copies)


def test_who_has_only_the_code_of_another_is_written_to_by_its_own_name() -> None:
    late = replace(ROSTER, members=(Member("甲局", (), "111", due=date(2026, 1, 31), received=date(2026, 2, 1)),))
    files = [sent("a", "甲局下属所", code="111", year=2024), sent("b", "甲局外设所", code="111"), sent("c", "甲局")]
    assert [(o.office, o.alias, o.late, o.remark[:5]) for o in judge(files, late, 2025)] == [
        ("甲局下属所", "", False, "是 202"), ("甲局外设所", "", False, "名单上没有"), ("甲局", "", True, ""),
    ]  # fmt: skip


def test_a_thousand_files_under_one_name_take_no_longer_than_they_must() -> None:
    files = [sent(str(n), "某某局") for n in range(1000)]
    outcomes = judge([*files, *(replace(one, file=f"{one.file}再") for one in files)], None, 2025)
    assert Counter(outcome.status for outcome in outcomes) == {D: 1000, L: 1000}


@pytest.mark.parametrize("chosen", ["子/新.xlsx", "新.xlsx", "新", "子\\新.xlsx", "子\\新", "新.XLSX"])
def test_how_a_file_is_named_in_the_roster(chosen: str) -> None:
    roster = replace(ROSTER, chosen={"戊局": chosen})
    outcomes = judge([sent("旧.xlsx", "戊局"), sent("子/新.xlsx", "戊局")], roster, 2025)
    assert [outcome.status for outcome in outcomes] == [S, F]


def test_one_code_under_two_names_is_pointed_out_without_a_roster() -> None:
    files = [
        sent("a", "甲镇人民政府", code="111"),
        sent("b", "甲镇政府", code="111"),
        sent("c", "乙镇"),
        sent("d", "丙镇"),
    ]
    outcomes = judge(files, None, 2025)
    assert [o.status for o in outcomes] == [F, F, F, F]
    said = "的机关代码相同（111），都加进了合计。是同一个单位的只留一份，不是的请核对代码。"
    assert [o.reason for o in outcomes] == [f"与“b”{said}", f"与“a”{said}", "", ""]


@pytest.mark.parametrize("said", ["无", "/", "—", "待定"])
def test_what_only_fills_the_cell_is_no_code(said: str) -> None:
    outcomes = judge([sent(name, f"{name}局", code=said) for name in "甲乙丙"], None, 2025)
    assert [(o.status, o.reason) for o in outcomes] == [(F, "")] * 3


@pytest.mark.parametrize(
    ("file", "whose"),
    [("甲局.xls", "甲局"), ("x/甲办 2025.zip", "甲局"), ("县政府办公室.xlsx", "县政府办公室"),
     ("县政府.xlsx", "县政府"), ("甲局和乙局.xlsx", ""), ("报告.xlsx", "")],
)  # fmt: skip
def test_whose_a_file_is_by_its_name(file: str, whose: str) -> None:
    roster = replace(ROSTER, members=(*ROSTER.members, Member("县政府"), Member("县政府办公室")))
    assert guess(file, roster) == whose


def test_offices() -> None:
    files = [sent("a", "甲办"), sent("b", "乙局"), Sent("来自戊局.xlsx", None, (), "打不开。")]
    collection = Collection(2025, for_year(2025), ROSTER.members, judge(files, ROSTER, 2025))
    assert [(o.office, o.late) for o in collection.outcomes] == [("甲局", False), ("乙局", True), ("戊局", False)]
    assert [member.name for member in collection.missing] == ["戊局", "己局（新）"]
    assert [member.name for member in exempt(collection)] == ["丙局", "丁局"]
    assert [o.file for o in open_ones(collection)] == ["来自戊局.xlsx"]


def test_without_a_roster_two_files_without_a_name_are_not_one_office() -> None:
    outcomes = judge([sent("a", "", faulty=True), sent("b", "", faulty=True), sent("c", "甲")], None, 2025)
    assert [outcome.status for outcome in outcomes] == [M, M, F]
    assert outcomes[0].reason == ("与“b”一样没有填单位全称，都加进了合计。是同一个单位的只留一份，不是的请补上全称。")
    assert outcomes[2].reason == ""


def test_by_code() -> None:
    report = office("zero", "甲局（新）")
    coded = replace(report, office=replace(report.office, code="111"))
    (outcome,) = judge([Sent("a", coded)], ROSTER, 2025)
    assert outcome.office == "甲局" and outcome.remark == (
        "封面写的是“甲局（新）”，按名单认作“甲局”。名称不同，只是机关代码相同："
        "是改了名的，请在名单的“曾用名”里写上；不是的，请核对机关代码。"
    )
    assert [o.remark for o in judge([sent("a", "甲 局"), sent("b", "乙局")], ROSTER, 2025)] == ["", ""]


@pytest.mark.parametrize(("years", "wanted"), [([], None), ([2024, 2025, 2025], 2025), ([2024, 2025], 2025)])
def test_the_year_of_most(years: list[int], wanted: int | None) -> None:
    assert majority(office("zero", "甲", year) for year in years) == wanted
