"""What a text has to have and must not have, whatever its figures (正文用语)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xltools.checks import organ
from xltools.checks.continuity import last
from xltools.checks.entry import quoted
from xltools.checks.passages import MOST, at, joined, passages
from xltools.checks.plausibility import all_zero
from xltools.checks.rule import Problem, Rules
from xltools.editions.shared import DEPARTMENT, GOVERNMENT, STREET, TOWN
from xltools.form import Field
from xltools.report import Office, Report
from xltools.severity import Severity

rule = RULES = Rules()

_NEW = frozenset({"2021"})
_FORM = "国办公开办函〔2021〕30号附件"

_ASPECTS = {
    "主动公开": r"主动(?:向社会)?(?:公开|发布|公布)",
    "依申请公开": r"依申请|申请公开|公开申请",
    "政府信息管理": r"(?:信息|公文|文件|资源)(?:公开)?(?:的)?管理|(?:信息|发布|公开|保密|内容)(?:的)?(?:审核|审查|审批)"
    r"|属性|源头|先审后|三审|归集|台账|清理|文件库|动态(?:调整|更新)|规范管理",
    "政府信息公开平台建设": r"平台|网站|专栏|专区|新媒体|公众号|微信|公报|公开栏|查阅",
    "监督保障": r"监督|保障|考核|评议|培训|问责|责任追究|组织领导|督查|督导",
}
"""What part one has to speak of, and the words by which one sees that it does."""


@rule(
    "C1", f"{_FORM}：总体情况应包括五个方面", Severity.WARNING, editions=_NEW,
    passes={"narrative.overview": "主动公开……。依申请公开……。政府信息管理……。平台建设……。监督保障……。"},
    fails={"narrative.overview": "我镇及时公开机构职能、领导信息和工作动态。"},
)  # fmt: skip
def aspects(report: Report) -> Iterator[Problem]:
    """总体情况写到主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面。"""
    section = next(section for section in report.edition.sections if section.id == "overview")
    text = joined(report, "overview")
    missing = [name for name, words in _ASPECTS.items() if not re.search(words, text)]
    if text and missing:
        message = f"{section.label}：未见“{'”“'.join(missing)}”方面的内容。"
        fix = f"应包括{'、'.join(_ASPECTS)}五个方面，请补写；没有发生的也写明。"
        yield Problem((message,), (section.field("narrative"),), (fix,))


_MINE, _OURS = "我本", "我本全"
_TAIL = {"街道": "(?!路)", "镇": "(?![街村乡定])", "乡": "(?![镇村土亲])", "局": "(?![域面部限势促])"}
_INSIDE = "自基根成文样版健安完齐"
"""What makes another word of it: behind, and before 我, 本 or 全."""


_FOREIGN = {
    "镇": (_OURS, ("街道", "乡", "局")), "乡": (_OURS, ("街道", "镇", "局")),
    TOWN: (_OURS, ("街道", "局")), STREET: (_OURS, ("镇", "乡", "局")),
    DEPARTMENT: (_MINE, ("街道", "镇", "乡")), GOVERNMENT: (_MINE, ("街道", "镇", "乡", "局")),
}  # fmt: skip
"""How another kind of organ speaks of itself."""
_WHOLE = "全局"
"""“The whole situation”, of whatever organ."""


@rule(
    "C3", "常见差错：沿用其他单位文本", Severity.WARNING,
    passes={"narrative.problems": "向全镇群众宣传；各街道、社区和市直部门予以配合。"},
    fails={"narrative.problems": "向全街道群众宣传。"},
)  # fmt: skip
def own_kind(report: Report) -> Iterator[Problem]:
    """正文里的自称与本单位的类别相符：镇不称“我街道”，街道不称“本镇”。"""
    kind = _called(report.office)
    whose, kinds = _FOREIGN.get(kind, ("", ()))
    said = joined(report)
    there = [mine + other for mine in whose for other in kinds if mine + other in said]  # quicker than the pattern
    pattern = "|".join(f"{words}(?<![{_INSIDE}]{words}){_TAIL[words[1:]]}" for words in there)
    found: dict[str, list[tuple[str, Field]]] = {}
    for passage in passages(report) if there else ():
        for words in re.findall(pattern, passage.text):
            if words != _WHOLE and words not in report.office.short_name:
                found.setdefault(words[1:], []).append((words, passage.place))
    for lines in found.values():
        words, place = lines[0]
        often = f"（共 {len(lines)} 处）" if len(lines) > 1 else ""
        message = (*at(report, place), f"：本单位是“{kind}”，正文出现“{words}”{often}。")
        places = tuple(dict.fromkeys(place for _, place in lines))[:MOST]
        yield Problem(message, places, ("可能沿用了其他单位的文本，请改正，并通读这一部分。",))


def _called(office: Office) -> str:
    """镇 or 乡 where the name tells, else the kind."""
    kind, name = organ.kind(office), organ.plain_name(office).removesuffix("人民政府")
    return name[-1] if kind == TOWN and name.endswith(("镇", "乡")) else kind


_ALIKE, _SHORTEST = 0.8, 100
"""The share of a text that stood in last year's already, and the characters below which a text says too little."""
_BREAKS = "0123456789。；：、！？“”（）,.;:()\n"
"""What parts a text into clauses, besides “，”."""
_COMPARED = ("overview", "problems")
_LONG = (
    "培训次数偏少，部分人员对条例掌握不够；公开的内容不够丰富，更新不够及时；政策解读形式单一，群众参与不多。"
    "下一步，定期组织学习，把条例列入培训计划；落实专人更新栏目，增加图解和问答。"
)


@rule(
    "C4", "国办公开办函〔2021〕30号：不得内容雷同、敷衍塞责", Severity.WARNING,
    passes={"narrative.problems": _LONG, "previous.narrative.problems": "网站栏目更新不及时。"},
    fails={"narrative.problems": _LONG, "previous.narrative.problems": _LONG},
)  # fmt: skip
def anew(report: Report) -> Iterator[Problem]:
    """总体情况和问题改进两部分不照抄上年。

    Compared clause by clause, without figures and punctuation, which takes time in proportion to the text.
    """
    previous = last(report)
    if previous is None or all_zero(report):  # reports of nothing repeat legitimately
        return
    now, known = _clauses(report), {*_clauses(previous)}
    length = sum(map(len, now))
    share = sum(len(clause) for clause in now if clause in known) / length if length >= _SHORTEST else 0
    if share >= _ALIKE:
        section = next(section for section in report.edition.sections if section.id == _COMPARED[-1])
        message = (f"正文与上年报告相同的占 {share:.0%}。",)
        yield Problem(
            message, (section.field("narrative"),), ("请写本年的情况，不要照抄上年；确实没有变化的，请说明。",)
        )


def _clauses(report: Report) -> list[str]:
    text = "，".join(report.narrative.get(part, "") for part in _COMPARED)
    for mark in _BREAKS:
        text = text.replace(mark, "，")
    return text.split("，")


_FEE = re.compile(r"处理费|收费|费用|收取")


@rule(
    "C5", f"{_FORM}：收取信息处理费的情况在第六部分报告", Severity.WARNING, editions=_NEW,
    passes={"narrative.other_matters": "本年度未收取信息处理费。"},
    fails={"narrative.other_matters": "本年度无行政事业性收费，没有其他需要报告的事项。"},
)  # fmt: skip
def processing_fee(report: Report) -> Iterator[Problem]:
    """第六部分说明收取信息处理费的情况，没有收取的也说明；它不是表二的行政事业性收费。"""
    text = "".join(passage.text for passage in passages(report, "other_matters"))
    other = report.edition.tables["art20_8"].row["fees"].name
    if text and not _FEE.search(text.replace(other, "")):
        section = next(section for section in report.edition.sections if section.id == "other_matters")
        place = section.field("narrative")._replace(row=report.numbered(section.id)[0][0])
        fix = f"未收取的请写“{report.year or '本'}年度未收取信息处理费”（与表二“{other}”不是同一事项）。"
        yield Problem((f"“{section.label}”未说明收取信息处理费情况。",), (place,), (fix,))


_NUMBERED = re.compile(r"^[-·•*—]*([一二三四五六七八九十]{1,3}、)")


@rule(
    "C6", "年度报告格式附件：“一、”至“六、”是六个部分的标题", Severity.WARNING,
    passes={"narrative.problems": "（一）存在的问题。培训偏少。\n（二）改进情况。增加培训。"},
    fails={"narrative.problems": "一、存在的问题\n培训偏少。\n二、改进情况\n增加培训。"},
)  # fmt: skip
def nested(report: Report) -> Iterator[Problem]:
    """各部分内的标题从“（一）”起，不用“一、”。"""
    for section in report.edition.sections:
        if section.tables or not section.label:
            continue
        found = [(p, match[1]) for p in passages(report, section.id) if (match := _NUMBERED.match(p.text))]
        if found:
            passage, number = found[0]
            title = passage.text.startswith(section.label)
            message = (*at(report, passage.place), f"以“{number}”开头：“{quoted(passage.text)}”。")
            fix = (
                "部分的标题由系统印出，请删去。"
                if title
                else f"部分内的标题请用“（{number[:-1]}）”，“{number}”只用于六个部分。"
            )
            yield Problem(message, tuple(p.place for p, _ in found[:MOST]), (fix,))
