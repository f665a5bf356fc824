"""Words to paste into a message: to those who have not filed and to those who have to file again (催报)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xltools.batch.collection import Collection, Outcome, Status
from xltools.batch.letter import letter
from xltools.batch.summary.book import Column, Listing, Value
from xltools.batch.summary.filing import CONTACT, Line, lines

_QUOTED = 5


def reminders(collection: Collection) -> Listing:
    """催报: first one text for all from whom nothing came, then one for each office, which is who reads it."""
    columns = (Column("发给", 32, "long"), Column("事由", 14, "long"), *CONTACT, Column("催报内容", 100, "long"))
    by_office: dict[str, list[Line]] = {}
    for number, line in enumerate(lines(collection)):  # of files of nobody knows whom each is one's own
        by_office.setdefault(line.office or f"/{number}", []).append(line)
    wanting = [office for office, mine in by_office.items() if _nothing_came(mine)]
    rows: list[tuple[Value, ...]] = []
    if wanting:
        text = f"以下 {len(wanting)} 家单位还没有报送{_what(collection)}：{'、'.join(wanting)}。请尽快报送。"
        rows.append(("全体", str(Status.MISSING), "", "", text))
    for mine in by_office.values():
        if said := list(_said(mine, collection)):
            office, member = mine[0].office, mine[0].member
            why = "、".join(dict.fromkeys(str(status) for status, _ in said))
            contact = (member.contact, member.phone) if member else ("", "")
            rows.append((office, why, *contact, f"{office or '报送单位'}：" + "\n".join(text for _, text in said)))
    return Listing("催报", "催报", "可直接复制到短信、微信或邮件。", columns, rows)


def _said(mine: Sequence[Line], collection: Collection) -> Iterator[tuple[Status, str]]:
    """What an office is to be told, and why; nothing of what is the collecting office's own to mend."""
    if _nothing_came(mine):
        due = mine[0].member.due if mine[0].member else None
        by = f"报送截止日期是{due.year}年{due.month}月{due.day}日，" if due else ""
        yield Status.MISSING, f"还没有收到你单位的{_what(collection)}，{by}请尽快报送。"
    sent = [line.outcome for line in mine if line.outcome]
    if twice := [outcome.file for outcome in sent if outcome.status is Status.DUPLICATE]:
        count = "两份" if len(twice) == 2 else f" {len(twice)} 份"
        files = f"（文件“{'”“'.join(_plain(twice))}”）"
        yield Status.DUPLICATE, f"收到你单位{count}{_what(collection)}{files}，请告知以哪一份为准。"
    for outcome in sent:
        if outcome.status is Status.TO_MEND:
            yield outcome.status, f"你单位的{_what(collection)}{_errors(outcome)}"
        elif outcome.goes_back:
            yield outcome.status, "".join(letter(outcome, collection.year).splitlines()[1:])


def _nothing_came(mine: Sequence[Line]) -> bool:
    return [line.status for line in mine] == [Status.MISSING]


def _plain(files: Sequence[str]) -> Sequence[str]:
    """The names without the collecting office's folders, as long as they differ."""
    names = [file.rpartition("/")[2] for file in files]
    return names if len(set(names)) == len(names) else files


def _what(collection: Collection) -> str:
    return f"{collection.year}年{collection.edition.title}"


def _errors(outcome: Outcome) -> str:
    wrong = [finding for finding in outcome.findings if finding["severity"] == "error"]
    quoted = [f"{n}．{finding.get('message', '')}{finding.get('fix', '')}" for n, finding in enumerate(wrong, start=1)]
    more = f"\n其余 {len(wrong) - _QUOTED} 处见退回的文件。" if len(wrong) > _QUOTED else ""
    return f"有 {len(wrong)} 处错误，请修改后重新报送。\n" + "\n".join(quoted[:_QUOTED]) + more
