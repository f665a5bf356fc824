"""All rules, in the order in which they are listed and run (全部校验规则)."""

from xltools.checks import (
    arithmetic,
    characters,
    continuity,
    deadline,
    entry,
    narrative,
    plausibility,
    privacy,
    structure,
    wording,
    years,
)  # fmt: skip
from xltools.checks.rule import Rule

RULES: tuple[Rule, ...] = (
    *structure.RULES, *entry.RULES, *arithmetic.RULES, *plausibility.RULES, *continuity.RULES,
    *narrative.RULES, *sorted((*wording.RULES, *years.RULES, *privacy.RULES), key=lambda rule: rule.code),
    *characters.RULES, *deadline.RULES,
)  # fmt: skip
