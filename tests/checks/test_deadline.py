"""The deadline: by kind of organ or by local notice, and only where the day is known."""

from typing import Any

import pytest

from tests.checks.said import said


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (
            {"office__kind": "部门", "today": "2026-01-28"},
            "2026年1月31日（《条例》第四十九条），还有 3 天。请按期公布。",
        ),
        ({"office__kind": "部门", "today": "2026-01-31"}, "还有 0 天"),
        ({"office__kind": "部门", "today": "2026-02-10"}, "已逾期 10 天"),
        ({"office__kind": "政府", "today": "2026-03-20"}, "2026年3月31日"),
        ({"office__name": "某县教育局", "today": "2026-01-28"}, "2026年1月31日"),
        ({"today": "2026-01-28", "deadline": "2026-02-05"}, "2026年2月5日（按当地规定），还有 8 天"),
        ({"today": "2026-01-28"}, ""),  # a town, by local notice
        ({"office__kind": "部门", "today": "2026-01-05"}, ""),
        ({"office__kind": "部门", "today": "2027-01-05"}, ""),
        ({"office__kind": "部门"}, ""),
        ({"office__kind": "部门", "today": "2026-01-28", "year": "二〇二五"}, ""),
    ],
)
def test_d1(entries: dict[str, Any], says: str) -> None:
    lines = said("D1", **{"year": 2025, **entries})
    assert (says in lines[0] and len(lines) == 1) if says else not lines
