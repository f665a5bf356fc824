"""Who has filed what: one line per office and per file, and what follows from it (报送情况、催报、公布台账)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xltools.batch.collection import Collection, Member, Outcome, Status, headline
from xltools.batch.consolidate import summed
from xltools.batch.judge import exempt, open_ones
from xltools.batch.summary.book import Column, Listing, Value
from xltools.severity import Severity

LIGHTS: dict[str, str] = {
    Status.FILED: "green", Status.TO_MEND: "red", Status.UNREADABLE: "red", Status.DUPLICATE: "red",
    Status.WRONG_YEAR: "red", Status.MISSING: "red", Status.SUPERSEDED: "grey", Status.EXEMPT: "grey",
    Status.LEFT_OUT: "grey",
}  # fmt: skip
"""Which colour a status has; a `Line` has another where more is known of it."""
SIGNS = {"red": "要处理", "amber": "请留意", "green": "没有问题", "grey": "不计"}
"""What a colour says."""
LATE = "迟报"
CONTACT = (Column("联系人", 10, "long"), Column("电话", 18, "long"))


@dataclass(frozen=True, slots=True)
class Line:
    """One file, or an office of which none came that counts."""

    office: str
    status: Status
    reason: str
    member: Member | None = None
    outcome: Outcome | None = None
    summed: bool = False
    to_do: bool = False

    @property
    def errors(self) -> int:
        return self.outcome.errors if self.outcome else 0

    @property
    def reminders(self) -> int:
        """Those to which the office has not said anything."""
        findings = self.outcome.findings if self.outcome else ()
        return sum(finding["severity"] == "warning" and not finding.get("answer") for finding in findings)

    @property
    def late(self) -> bool:
        return bool(self.outcome and self.outcome.late)

    @property
    def light(self) -> str:
        """Red wherever something is to be done; amber is 已报 with 提醒 or 迟报, and what another file stands for."""
        doubtful = self.status is Status.FILED and (self.reminders or self.late)
        doubtful = doubtful or bool(self.outcome and self.outcome.spare)
        return "red" if self.to_do else "amber" if doubtful else LIGHTS[self.status]


def lines(collection: Collection) -> tuple[Line, ...]:
    """Every file and every member of the roster, in its order; files of nobody on it come last."""
    return tuple(_lines(collection))


def _lines(collection: Collection) -> Iterator[Line]:
    added, to_do = ({id(outcome) for outcome in some} for some in (summed(collection), open_ones(collection)))
    exempted = {member.name for member in exempt(collection)}

    def line(outcome: Outcome, member: Member | None = None) -> Line:
        known = id(outcome) in added, id(outcome) in to_do
        return Line(outcome.office, outcome.status, outcome.remark, member, outcome, *known)

    missing = {member.name for member in collection.missing}
    by_office: dict[str, list[Outcome]] = {member.name: [] for member in collection.members}
    others = [outcome for outcome in collection.outcomes if outcome.office not in by_office]
    for outcome in collection.outcomes:
        by_office.get(outcome.office, []).append(outcome)
    for member in collection.members:
        mine = by_office[member.name]
        for outcome in mine:
            yield line(outcome, member)
        if member.name in missing and all(outcome.status is not Status.MISSING for outcome in mine):
            reason = f"收到 {len(mine)} 个文件，都不能计入。" if mine else "没有收到文件。"
            yield Line(member.name, Status.MISSING, reason, member)
        elif member.name in exempted:
            yield Line(member.name, Status.EXEMPT, "名单中不要求报送。", member)
    for outcome in others:
        yield line(outcome)


def filed(collection: Collection) -> Listing:
    """报送情况."""
    columns = (
        Column("单位", 32, "long"), Column("状态", 14, "middle"), Column("处理", 10, "middle"),
        Column("迟报", 7, "middle"), Column("汇入", 7, "middle"), Column("错误", 7, "number"),
        Column("提醒", 7, "number"), Column("说明", 46, "long"), Column("文件", 44, "long"),
        Column("类别", 10, "middle"), Column("截止日期", 18, "date"), Column("收件日期", 18, "date"), *CONTACT,
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for line in lines(collection):
        member, outcome = line.member, line.outcome
        about: tuple[Value, ...] = ("", None, None, "", "")
        if member:
            about = (member.kind, member.due, member.received, member.contact, member.phone)
        counts: tuple[Value, ...] = (line.errors, line.reminders) if outcome and outcome.report else (None, None)
        rows.append((
            line.office, str(line.status), SIGNS[line.light], LATE if line.late else "", "是" if line.summed else "否",
            *counts, line.reason, outcome.file if outcome else "", *about,
        ))  # fmt: skip
    lights = (*((word, colour) for colour, word in SIGNS.items()), (LATE, "amber"))
    note = f"每个文件一行，没有收到的单位也各有一行。{headline(collection)}。"
    elsewhere = "不在这里填：填在名单里（要记别的事，可以加“备注”一列），再运行一次。"
    return Listing("报送情况", "报送情况", note + elsewhere, columns, rows, lights)


def problems(collection: Collection) -> Listing:
    """问题清单: every finding of every report that counts, or may."""
    columns = (
        Column("单位", 30, "long"), Column("级别", 7, "middle"), Column("规则", 7, "middle"),
        Column("工作表", 12, "middle"), Column("单元格", 9, "middle"), Column("问题", 60, "long"),
        Column("怎么改", 46, "long"), Column("情况说明", 40, "long"), Column("文件", 36, "long"),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for outcome in (o for o in collection.outcomes if o.status.counts or o.status is Status.DUPLICATE):
        for finding in outcome.findings:
            cells = finding.get("cells") or [{}]
            where = (str(cells[0].get("sheet", "")), str(cells[0].get("cell", "")))
            said = tuple(str(finding.get(key, "")) for key in ("message", "fix", "answer"))
            level = Severity(finding["severity"]).chinese
            rows.append((outcome.office, level, str(finding.get("rule", "")), *where, *said, outcome.file))
    note = "各单位报表的错误和提醒。错误必须改，提醒请核对；写了情况说明的，看说得通不通。"
    return Listing("问题清单", "问题清单", note, columns, rows, (("错误", "red"), ("提醒", "amber")))


def published(collection: Collection) -> Listing:
    """公布台账."""
    columns = (
        Column("单位", 32, "long"), Column("报送", 14, "middle"), Column("公布", 9, "middle"),
        Column("公布日期", 18, "date"), Column("公布网址", 60, "long"), *CONTACT,
    )  # fmt: skip
    reports = {outcome.office: outcome for outcome in collection.filed}
    members = collection.members or tuple(Member(outcome.office) for outcome in collection.filed)
    rows: list[tuple[Value, ...]] = []
    for member in members:
        outcome = reports.get(member.name)
        office = outcome.report.office if outcome and outcome.report else None
        website = member.website or (office.website if office else "")
        status = str(outcome.status) if outcome else str(Status.MISSING if member.files else Status.EXEMPT)
        state = "已公布" if member.published else "" if status == Status.EXEMPT else "未登记"
        rows.append((member.name, status, state, member.published, website, member.contact, member.phone))
    note = "各单位是否已公布。不在这里填：公布后在名单里填“公布网址”“公布日期”，再运行一次；名单没有网址的，取封面。"
    lights = (("已公布", "green"), ("未登记", "amber"))
    return Listing("公布台账", "公布台账", note, columns, rows, lights)
