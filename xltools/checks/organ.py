"""What kind of organ an office is, by 封面 or by its name (机关类别)."""

from __future__ import annotations

import re

from xltools.editions.shared import AGENCY, DEPARTMENT, GOVERNMENT, KINDS, STREET, TOWN
from xltools.names import office_code
from xltools.report import Office

_BY_NAME = (
    (STREET, r"街道(?:办事处|办|党工委)?$"),
    (TOWN, r"[镇乡](?:人民)?(?:政府)?$"),
    (GOVERNMENT, r"人民政府$"),
    (AGENCY, r"(?:管理委员会|管委会|行政公署)$"),
    (DEPARTMENT, r"(?:局|厅|委员会|委)$"),
)
_OFFICE = re.compile(r"办公[厅室]$")
"""The office of a government, which reports for whom it is the office of."""


def kind(office: Office) -> str:
    """类别 as chosen on 封面, else as the name says; ``""`` in doubt."""
    if office.kind in KINDS:
        return office.kind
    name = plain_name(office)
    if _OFFICE.search(name):
        return ""
    return next((kind for kind, pattern in _BY_NAME if re.search(pattern, name)), "")


def plain_name(office: Office) -> str:
    """The name without white space and remarks in brackets."""
    return re.sub(r"\s|[（(][^（()）]*[)）]", "", office.name)


def same(one: Office, other: Office) -> bool:
    """Whether two names may well be of one office: the same code, or one name ends as the other, 乐清市芙蓉镇人民政府.

    A blank name says nothing against it.
    """
    a, b = (re.sub(r"(人民政府|办事处)$", "", plain_name(office)) for office in (one, other))
    if (code := office_code(one.code)) and (its := office_code(other.code)):
        return code == its or a == b
    return a.endswith(b) or b.endswith(a)
