"""Words to paste into a message: to those who have not filed and to those whose report has errors (催报)."""

from __future__ import annotations

from xltools.batch.collection import Collection, Member, Outcome, Status
from xltools.batch.summary.book import Column, Listing, Value
from xltools.batch.summary.filing import CONTACT, lines

_QUOTED = 5


def reminders(collection: Collection) -> Listing:
    """催报: first one text for all, then one for each office."""
    columns = (Column("发给", 32, "long"), Column("事由", 14, "long"), *CONTACT, Column("催报内容", 100, "long"))
    rows: list[tuple[Value, ...]] = []
    wanting = [member.name for member in collection.missing]
    if wanting:
        text = f"以下 {len(wanting)} 家单位还没有报送{_what(collection)}：{'、'.join(wanting)}。请尽快报送。"
        rows.append(("全体", str(Status.MISSING), "", "", text))
    members = {member.name: member for member in collection.members}
    for line in lines(collection):
        text = ""
        if line.status is Status.MISSING:
            due = members[line.office].due if line.office in members else None
            by = f"请于{due.year}年{due.month}月{due.day}日前报送" if due else "请尽快报送"
            text = f"{line.office}：还没有收到你单位的{_what(collection)}，{by}。"
        elif line.status is Status.TO_MEND and line.outcome:
            text = f"{line.office}：你单位的{_what(collection)}{_errors(line.outcome)}"
        elif line.status in (Status.UNREADABLE, Status.WRONG_YEAR, Status.DUPLICATE) and line.outcome:
            text = f"{line.office or '报送单位'}：文件“{line.outcome.file}”{line.status}。{line.reason}"
        if text:
            rows.append((line.office, str(line.status), *_contact(line.member), text))
    return Listing("催报", "催报", "可直接复制到短信、微信或邮件。", columns, rows)


def _what(collection: Collection) -> str:
    return f"{collection.year}年{collection.edition.title}"


def _errors(outcome: Outcome) -> str:
    wrong = [finding for finding in outcome.findings if finding["severity"] == "error"]
    quoted = [f"{n}．{finding.get('message', '')}{finding.get('fix', '')}" for n, finding in enumerate(wrong, start=1)]
    more = f"\n其余 {len(wrong) - _QUOTED} 处见退回的文件。" if len(wrong) > _QUOTED else ""
    return f"有 {len(wrong)} 处错误，请修改后重新报送。\n" + "\n".join(quoted[:_QUOTED]) + more


def _contact(member: Member | None) -> tuple[str, str]:
    return (member.contact, member.phone) if member else ("", "")
