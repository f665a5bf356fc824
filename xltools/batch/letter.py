"""A few lines to paste into a mail to an office whose file has to be mended or sent again (退回修改的通知)."""

from __future__ import annotations

import re

from xltools.batch.collection import Outcome, Status
from xltools.severity import Severity

_MOST = 20
_RULE = re.compile("^〔[^〕]*〕")
"""A rule's number is for those who collect."""


def letter(outcome: Outcome, year: int, sender: str = "") -> str:
    """What the office is told: what is wrong, where, and what to do next; errors before 提醒."""
    name = outcome.file.rpartition("/")[2]
    which = "" if outcome.status is Status.WRONG_YEAR else f"{year}年度"
    head = [f"{outcome.office or '你单位'}：", f"收到你单位报送的{which}政府信息公开工作年度报告（文件“{name}”）。"]
    return "\r\n".join([*head, *_body(outcome), *filter(None, (sender,))]) + "\r\n"


def _body(outcome: Outcome) -> list[str]:
    if outcome.status is Status.TO_MEND:
        return _faulty(outcome)
    if outcome.status is Status.UNREADABLE:
        reason = _RULE.sub("", outcome.reason)
        return [f"这份文件用不了：{reason}", *([] if "重新" in reason else ["请处理后重新报送。"])]
    return [f"这份文件{outcome.reason}"]


def _faulty(outcome: Outcome) -> list[str]:
    asked = (finding for finding in outcome.findings if finding["severity"] == "error" or not finding.get("answer"))
    findings = sorted(asked, key=lambda finding: finding["severity"] != "error")
    reminders = len(findings) - outcome.errors
    more = f"，另有提醒 {reminders} 处请核对" if reminders else ""
    lines = [f"{n}. {_line(finding)}" for n, finding in enumerate(findings[:_MOST], start=1)]
    left = [f"……还有 {len(findings) - _MOST} 处，都列在所附的工作簿里。"] if len(findings) > _MOST else []
    attached = "returned" in outcome.outputs
    where = "所附的工作簿已按你单位填的内容重新生成，问题列在“问题清单”，有问题的格变色。" if attached else ""
    into = "请在所附的工作簿里改好" if attached else "请改好"
    return [
        f"校验发现错误 {outcome.errors} 处{more}：",
        *lines,
        *left,
        f"{where}{into}，看“封面”提示都已填齐后重新报送。",
    ]


def _line(finding: object) -> str:
    assert isinstance(finding, dict)
    return f"〔{Severity(finding['severity']).chinese}〕{finding['message']}{finding['fix']}"
