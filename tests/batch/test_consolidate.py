"""The sum over offices is plain addition: of what counts, of what is a number, exactly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.support.reports import EDITIONS, balanced, random_report, ref, report, zero
from xltools import editions
from xltools.arithmetic import State, outcomes
from xltools.batch.collection import Adjustment, Collection, Member, Outcome, Status
from xltools.batch.consolidate import absent, adjusted, consolidate, entries, overdone, summed, tally, total
from xltools.errors import XltoolsError
from xltools.form import Edition, Ref
from xltools.report import Office, Report

NATURAL = "requests.received.natural_person"
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


def collection(
    *reports: Report, edition: Edition | None = None, adjustments: tuple[Adjustment, ...] = (), members: bool = False
) -> Collection:
    """A collection of these reports, of offices 甲0, 甲1 and so on."""
    edition = edition or (reports[0].edition if reports else EDITIONS[-1])
    names = [f"甲{i}" for i in range(len(reports))]
    filed = tuple(
        Outcome(f"收件/{name}.xlsx", Status.FILED, office=name, report=replace(r, office=Office(name=name)))
        for name, r in zip(names, reports, strict=True)
    )
    roster = tuple(Member(name) for name in names) if members else ()
    return Collection(edition.years[0], edition, roster, filed, adjustments, name="乙县")


def lacking(found: Collection) -> dict[Ref, tuple[str, ...]]:
    return {place: cell.lacking for place, cell in tally(found).items() if cell.lacking}


@each_edition
def test_the_sum_is_plain_addition(edition: Edition) -> None:
    """Blanks and texts are not added, declared zeros are; fractions prove that nothing is rounded."""
    reports = [random_report(edition, seed) for seed in range(40)]
    rng = [Adjustment(str(place), amount, "双计", "张三") for place, amount in
           [(edition.inputs[0], -7), (edition.inputs[0], 2), (edition.inputs[-1], Decimal("0.1"))]]  # fmt: skip
    found = consolidate(collection(*reports, adjustments=tuple(rng)))
    for place in edition.inputs:
        values = [Fraction(r.value(place)) for r in reports if r.value(place) is not None]  # type: ignore[arg-type]
        values += [Fraction(a.amount) for a in rng if a.ref == str(place)]
        assert Fraction(found.numbers[place]) == sum(values), place
    assert any(isinstance(number, Decimal) for number in found.numbers.values())
    assert found.office.name == "乙县" and found.edition is edition and not found.texts


def test_who_has_no_number_is_known() -> None:
    one, two = report(requests__received__natural_person=None), report(requests__received__natural_person="无")
    three = replace(one, zero_filled=frozenset({"表三"}))
    found = collection(one, two, three, report(requests__received__natural_person=5))
    assert lacking(found) == {ref(NATURAL): ("甲0", "甲1")}
    assert consolidate(found).numbers[ref(NATURAL)] == 5
    (reasons,) = [entry.reasons for entry in entries(found) if entry.ref == ref(NATURAL)]
    why = {outcome.office: reason for outcome, reason in zip(summed(found), reasons, strict=True)}
    assert why == {"甲0": "未填", "甲1": "填的是文字“无”，没有计入", "甲2": "未填，单位声明未填格均为0", "甲3": ""}


def test_a_cell_in_which_nobody_has_a_number_stays_blank() -> None:
    found = consolidate(collection(report(requests__received__natural_person=None)))
    assert ref(NATURAL) not in found.numbers
    assert found.value(ref("requests.received.total")) is None


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((), "0"),
        ((1, -1), "0"),
        ((Decimal("12.5"), Decimal("12.5")), "25"),
        ((Decimal("0.1"), Decimal("0.2")), "0.3"),
        ((Decimal("1.50"), 1), "2.5"),
        ((10**14, Decimal("0.000001")), "100000000000000.000001"),
    ],
)
def test_totals_are_exact_and_written_shortly(numbers: tuple[int | Decimal, ...], expected: str) -> None:
    assert str(total(numbers)) == expected


def test_only_members_that_are_to_be_summed_count() -> None:
    base = collection(*[report(requests__received__natural_person=n) for n in (1, 10, 100, 1000)], members=True)
    members = (base.members[0], replace(base.members[1], summed=False), Member("丙"), Member("丁", summed=False))
    files = (*base.outcomes[:3], replace(base.outcomes[3], status=Status.DUPLICATE))
    found = replace(base, members=members, outcomes=files)
    assert [outcome.office for outcome in summed(found)] == ["甲0"], "甲2 is not on the roster"
    assert [member.name for member in absent(found)] == ["丙"]
    assert consolidate(found).numbers[ref(NATURAL)] == 1


def test_editions_are_never_mixed() -> None:
    found = collection(report("2021", requests__received__natural_person=1), report("2019"))
    assert [outcome.office for outcome in summed(found)] == ["甲0"]


def test_reports_that_balance_add_up_to_one_that_does() -> None:
    edition = editions.get("2021")
    found = consolidate(collection(*[balanced(edition, seed) for seed in range(10)]))
    assert {outcome.state for outcome in outcomes(found)} == {State.PASS}


@pytest.mark.parametrize("id", ["requests.received.total", "art20_9.procurement.amount", "", "=1+1"])
def test_an_adjustment_of_nothing_that_is_entered_is_refused(id: str) -> None:
    with pytest.raises(XltoolsError, match="不是2021年版要填的项目"):
        adjusted(editions.get("2021"), [Adjustment(id, 1, "因", "人")])


def test_a_number_that_no_spreadsheet_can_add_is_left_out_and_named() -> None:
    found = collection(report(requests__received__natural_person=10**300), zero(EDITIONS[-1]))
    assert lacking(found) == {ref(NATURAL): ("甲0",)}
    assert consolidate(found).numbers[ref(NATURAL)] == 0


def test_nothing_at_all() -> None:
    assert consolidate(collection()).numbers == {}


@pytest.mark.parametrize(
    ("edition", "filed", "place", "amounts", "said"),
    [
        ("2021", 5, NATURAL, [-5], ""),
        ("2021", 5, NATURAL, [-9, 4], ""),
        ("2021", 5, NATURAL, [-6], "成了 -1，应是 0 或正整数"),
        ("2021", None, NATURAL, [-1], "成了 -1"),
        ("2021", 5, NATURAL, [Decimal("0.5")], "成了 5.5，应是 0 或正整数"),
        ("2021", Decimal("5.5"), NATURAL, [-1], ""),  # the office's own fault, said there
        ("2021", Decimal("1.5"), "art20_8.fees.amount", [Decimal("-0.25")], ""),
        ("2021", Decimal("1.5"), "art20_8.fees.amount", [Decimal("-1.75")], "成了 -0.25，应是 0 或正数"),
        ("2019", 3, "art20_6.penalties.change", [-8], ""),
        ("2019", 3, "art20_6.penalties.change", [Decimal("0.5")], "成了 3.5，应是整数"),
    ],
)
def test_adjustments_that_go_too_far_are_named(
    edition: str, filed: int | Decimal | None, place: str, amounts: list[int | Decimal], said: str
) -> None:
    adjustments = tuple(Adjustment(place, amount, "因", "人") for amount in amounts)
    found = list(overdone(collection(report(edition, **{place.replace(".", "__"): filed}), adjustments=adjustments)))
    assert len(found) == bool(said) and said in "".join(found)
    assert all(f"“{editions.get(edition).label(ref(place))}”" in sentence for sentence in found)
