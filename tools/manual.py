"""Write docs/checks.md: every rule with its examples, from the rules themselves, and how they did on real reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xltools.checks.rules import RULES
from xltools.outputs.manual import entry
from xltools.workbook import envelope

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/checks.md"
JUDGED = ROOT / "tests/checks/judged.json"

_INTRO = (
    "# 校验规则\n\n"
    "由 `make docs` 从程序生成，不要手改。每条规则有级别、依据、合格和不合格的例子，以及不合格时怎么说。\n\n"
    "**错误**是格式本身规定的（填写、合计、勾稽、结构），必须改，改完才能生成正式报告。**提醒**是值得核对的，不影响生成；"
    "确实无误的，在“问题清单”的“情况说明”栏写明原因。"
    "例子是在一份各项正常的报告上只改写明的几格；没有写年度的，是该版格式的第一个年度。\n\n"
    "与上年比对的规则（X、P8、C4、T8）要有上年的文件：`xltools check 本年文件 --previous 上年文件`；"
    "用按钮校验的，上年的工作簿放在同一个文件夹就行。"
    f"打开文件之前先看文件本身（{envelope.RULE}·错误）：{envelope.SUMMARY}\n\n"
    "公布期限（D1）用命令的要写 `--today`，这样同一份文件的结果不会因日期不同。\n\n"
    "```sh\nxltools rules\nxltools rules E1\n```\n"
)
_JUDGED = (
    "\n## 在真实报告上的结果\n\n"
    "用已经公布的 13 份报告（5 份全文，8 份节选；摘录的数字和文字不在本项目里）试过，每条提醒由人逐条判断对不对。"
    "宿迁市 2024 年的报告与其 2023 年的比对。摘录里缺的部分引起的 F3 不计。\n"
)
_FAULTS = "\n这些报告里已经知道的差错，规则找到了多少："


def page() -> str:
    """The whole page."""
    judged = json.loads(JUDGED.read_text("utf-8"))
    parts = [_INTRO]
    for rule in RULES:
        lines = [f"- {name}：{_plain(said)}" for name, said in entry(rule).items()]
        parts.append(f"\n## {rule.code} {rule.severity.chinese}：{_plain(rule.summary)}\n\n" + "\n".join(lines) + "\n")
    findings, faults = judged["findings"], judged["faults"]
    right = sum(line["verdict"] == "right" for line in findings)
    words = {"right": "对", "wrong": "误报"}
    rows = [(line["report"], line["rule"], line["place"], words[line["verdict"]], line["why"]) for line in findings]
    parts.append(f"{_JUDGED}\n提醒 {len(rows)} 条，对的 {right} 条，误报 {len(rows) - right} 条。\n")
    parts.append(_table(("报告", "规则", "位置", "判断", "理由"), rows))
    seen = [line for line in faults if line["rule"]]
    found = sum(line["found"] for line in seen)
    unseen = f"没有规则、或者摘录里看不出的 {len(faults) - len(seen)} 处"
    parts.append(f"{_FAULTS}有规则可查的 {len(seen)} 处，找到 {found} 处；{unseen}。\n")
    parts.append(_table(("报告", "差错", "规则", "找到", "说明"), map(_fault, faults)))
    return "".join(parts)


def _fault(line: dict[str, Any]) -> Sequence[str]:
    found = ("找到" if line["found"] else "没有") if line["rule"] else "—"
    return line["report"], line["code"], line["rule"] or "—", found, line["why"]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n" + "".join(f"| {' | '.join(map(_plain, line))} |\n" for line in lines)


def _plain(text: str) -> str:
    """A text on one line that Markdown leaves as it is."""
    return " ".join(text.split()).replace("|", "｜").replace("*", "＊").replace("_", "\\_")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE.relative_to(ROOT))
