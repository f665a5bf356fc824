"""Every rule has its entry in the manual, and its own two examples prove it."""

import pytest

from xltools import editions
from xltools.checks import Rule, errors, run
from xltools.checks.example import edition_of, example, faultless
from xltools.checks.rules import RULES
from xltools.outputs.manual import entry

EACH = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@EACH
def test_the_passing_example_passes_and_the_failing_one_fails(rule: Rule) -> None:
    edition = edition_of(rule)
    assert run(example(rule.passes, edition)) == []
    faulty = example(rule.fails, edition)
    found = run(faulty)
    assert rule.code in [finding.rule.code for finding in found]
    assert errors(faulty) == [finding for finding in found if finding.is_error]


@EACH
def test_the_entry_is_whole(rule: Rule) -> None:
    said = entry(rule)
    assert list(said) == ["依据", "适用", "合格", "不合格", "这样说"] and all(said.values())
    assert said["合格"] != said["不合格"]
    assert said["这样说"].startswith(f"〔{rule.code}·{rule.severity.chinese}〕") and said["这样说"].endswith("。")
    assert rule.summary.endswith("。") and len(rule.summary) < 60


def test_a_faultless_report_gives_no_finding() -> None:
    for edition in editions.all():
        assert run(faultless(edition)) == []


def test_an_unknown_address_in_an_example_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        example({"requests.recieved.company": 1}, editions.get("2021"))
