"""A small county in January, for the pictures: made-up figures, and all that happens to a collecting office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from tests.batch.support import roster, send
from tests.support.reports import report
from xltools.report import Number
from xltools.workbook.build import build

TOWNS = [f"{name}人民政府" for name in ("城关镇", "河东镇", "河西镇", "石桥镇", "柳林镇", "青山乡")]
BUREAUS = [
    f"某县{name}" for name in ("教育局", "公安局", "民政局", "自然资源局", "水利局", "卫生健康局", "市场监督管理局")
]
_WAYS = ("granted", "granted", "partly_granted", "not_held", "internal", "repeated", "carried_out")


def filled(name: str, year: int = 2025, date: str = "", /, **entries: Number | None) -> bytes:
    """The workbook of an office whose requests are all accounted for, but for what ``entries`` say."""
    chance = Random(name)
    figures: dict[str, Number | None] = {"art20_1__normative_documents__in_force": chance.randint(0, 40)}
    for column, most in (("natural_person", 30), ("company", 8)):
        ways = [chance.choice(_WAYS) for _ in range(chance.randint(1, most))]
        figures |= {f"requests__{way}__{column}": ways.count(way) for way in ways}
        figures[f"requests__received__{column}"] = len(ways)
    made = report("2021", **(figures | entries))
    return build(replace(made, office=replace(made.office, name=name, date=date), year=year))


def county(folder: Path) -> tuple[Path, Path]:
    """The folder of what came in, and the roster."""
    unbalanced = filled(TOWNS[2], requests__granted__company=19, art20_5__licences__decisions=None)
    blank = filled(BUREAUS[3], requests__carried_in__natural_person=None)
    files = {
        **{f"{name}.xlsx": filled(name) for name in (*TOWNS[:2], TOWNS[3], BUREAUS[0], BUREAUS[2], BUREAUS[6])},
        f"{TOWNS[2]}.xlsx": unbalanced,
        f"{TOWNS[4]}.xlsx": filled(TOWNS[4], 2024),
        f"{BUREAUS[1]}.xls": b"\xd0\xcf\x11\xe0" * 200,
        f"{BUREAUS[3]}.xlsx": blank,
        f"{BUREAUS[4]}.xlsx": filled(BUREAUS[4], 2025, "2026年1月9日"),
        f"{BUREAUS[4]}（1月16日改）.xlsx": filled(BUREAUS[4], 2025, "2026年1月16日"),
        f"~${TOWNS[0]}.xlsx": b"lock",
    }
    lines = [{"单位全称": name, "截止日期": "2026-01-20", "收件日期": "2026-01-15"} for name in (*TOWNS, *BUREAUS)]
    lines[3]["收件日期"] = "2026-01-23"
    head = {"年度": 2025, "汇总单位": "某县人民政府办公室"}
    members = roster(folder / "名单.xlsx", *lines, {"单位全称": "某县信访局", "是否报送": "否"}, head=head)
    return send(folder / "收件", files), members
