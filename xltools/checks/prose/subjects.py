"""Whose figures a sentence gives: the office's own, or those of a part of it (统计口径)."""

from __future__ import annotations

from enum import Enum, auto

from xltools.report import Office


class Scope(Enum):
    """How what is named in a sentence relates to what the report covers."""

    OWN = auto()
    PART = auto()
    OTHER = auto()


_OFFICES = ("政府办", "办公室", "办公厅")
_DEPARTMENT = ("局", "厅", "委", "委员会", "办公室", "办公厅", "中心", "院", "队", "所", "站")
_AREAS = "省市县区州旗"
_ORGANS = "局委办厅院处"


def scope(subject: str, office: Office) -> Scope:
    """Tell it from the names; ``PART`` is a government or its office, whose report may cover the area."""
    names = (office.name, office.title_name, office.short_name)
    desk = any("办公" in name for name in names)
    if not subject or not office.name or subject in names:
        return Scope.OWN
    if any(one in subject for one in _OFFICES):
        return Scope.OWN if desk else Scope.PART
    if subject[0] in "全我本":
        return Scope.OWN if _own_area(subject, office) else Scope.OTHER
    if subject.endswith("政府"):
        area = subject.removesuffix("政府").removesuffix("人民")[-1:]
        if area in office.name and (desk or not _department(office)):
            return Scope.OWN if office.scope == "本级" or desk else Scope.PART
        return Scope.OTHER
    own = any(subject in name for name in names) or subject[-1] == office.name[-1]
    return Scope.OWN if own else Scope.OTHER


def _own_area(subject: str, office: Office) -> bool:
    """Whether 全县 or 我局 is all that the report covers: no whole county for one of its bureaus."""
    area = subject[1:2]
    if area in _ORGANS:
        return area in office.name
    if area not in _AREAS:
        return True
    whole = subject[0] == "全" and office.scope == "本级"
    return area in office.name and not whole and not _department(office)


def _department(office: Office) -> bool:
    return office.name.endswith(_DEPARTMENT) and not office.name.endswith("管理委员会")
