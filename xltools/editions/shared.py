"""What both formats have in common: 表三, 表四, the narrative parts, 封面 and the sheet names.

Sources: 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号, attachments, as printed in published
reports; articles are those of 《中华人民共和国政府信息公开条例》 (国务院令第711号, here 《条例》).
"""

from __future__ import annotations

from collections.abc import Mapping

from xltools.form import Field, Flow, Heading, Identity, Section, Sum, Table
from xltools.form import Heading as H

COVER = "封面"
BALANCE = "勾稽校验"
FINDINGS = "问题清单"
GUIDE = "填报说明"

TITLE = "政府信息公开工作年度报告"
YES, NO = "是", "否"
KINDS = TOWN, STREET, DEPARTMENT, GOVERNMENT, AGENCY, OTHER = "镇乡", "街道", "部门", "政府", "派出机构", "其他"
DEADLINES: Mapping[str, tuple[int, int]] = {DEPARTMENT: (1, 31), GOVERNMENT: (3, 31)}
"""Month and day of the next year by which 《条例》第四十九条 wants the report published; others by local notice."""


def narrative(id: str, label: str, sheet: str, guidance: str, *, required: bool = True) -> Section:
    """A part made of paragraphs."""
    field = Field(f"narrative.{id}", label or sheet, sheet, prompt=guidance, required=required)
    return Section(id, label, sheet, (field,), guidance=guidance)


def tabular(id: str, label: str, sheet: str, tables: tuple[Table, ...], widths: tuple[int, ...]) -> Section:
    """A part made of one printed table, its 表注 and the declaration that its blanks are zero."""
    fields = (
        Field(
            f"zero_filled.{sheet}", "本表未填格均为0", sheet, choices=(NO, YES),
            prompt="其余各格确实都没有发生的，选“是”，未填的格按 0 计；还没填完的，保持“否”。",
        ),
        Field(f"notes.{sheet}", "表注", sheet, prompt="需要说明的文字写在这里，印在表的下面；没有可不填。"),
    )  # fmt: skip
    return Section(id, label, sheet, fields, tables, widths)


def cover() -> tuple[Field, ...]:
    """The entries of 封面; ids name the fields of `Office`."""

    def office(id: str, label: str, prompt: str = "", **kw: tuple[str, ...] | bool) -> Field:
        return Field(f"office.{id}", label, COVER, prompt, **kw)  # type: ignore[arg-type]

    return (
        Field("year", "年度", COVER, "报告的年度，四位数字。", required=True),
        office("name", "单位全称", "与公章一致的全称。", required=True),
        office("title_name", "标题用名", "标题里用的名称，与单位全称相同的不填。"),
        office("short_name", "文中简称", "正文里的自称，如“我镇”“本局”。"),
        office("code", "机关代码", "统一社会信用代码，没有可不填。"),
        office("kind", "类别", "从下拉框中选。", choices=KINDS),
        office("scope", "统计范围", "数据只含本机关的选“本级”，含下级单位的选“全域”。", choices=("本级", "全域")),
        office("preparer", "填报人"),
        office("reviewer", "审核人"),
        office("secrecy_reviewer", "保密审查", "负责保密审查的人。"),
        office("head", "单位负责人", "报送版由其签发。"),
        office("phone", "电话"),
        office("address", "地址"),
        office("postcode", "邮编"),
        office("email", "邮箱"),
        office("website", "公布网址"),
        office("date", "成文日期", "如 2021年1月25日，报送版印在署名下面。"),
    )


PREAMBLE = narrative(
    "preamble", "", "前言",
    "写编制依据、统计期限（1月1日至12月31日）、电子版在哪里查阅、联系方式。一行一段。", required=False,
)  # fmt: skip
OVERVIEW_GUIDANCE_2019 = (
    "写本年度主动公开、依申请公开、平台建设、监督保障等工作的总体情况。一行一段，标题写“（一）……”。"
)
OVERVIEW_GUIDANCE_2021 = (
    "依次写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面，不要遗漏。"
    "一行一段，标题写“（一）……”。"
)
PROBLEMS = narrative(
    "problems", "五、存在的主要问题及改进情况", "五、问题改进",
    "写存在的问题，也写改进的措施；改进措施面向下一年度。一行一段，标题写“（一）……”。",
)  # fmt: skip


def other_matters(guidance: str) -> Section:
    return narrative("other_matters", "六、其他需要报告的事项", "六、其他事项", guidance)


def overview(guidance: str) -> Section:
    return narrative("overview", "一、总体情况", "一、总体情况", guidance)


APPLICANTS = (
    H("applicant", "申请人情况", (
        H("natural_person", "自然人", note="公民以个人名义提出的申请。"),
        H("organisation", "法人或其他组织", (
            H("company", "商业企业"),
            H("research", "科研机构"),
            H("charity", "社会公益组织"),
            H("legal_service", "法律服务机构", note="以律师事务所等机构名义提出的申请；律师个人提出的计入自然人。"),
            H("other_organisation", "其他", short="其他组织"),
        )),
        H("total", "总计", total=Sum("H1", "总计＝六类申请人之和")),
    )),
)  # fmt: skip

_REFUSED = H("refused", "（三）不予公开", (
    H("state_secret", "1.属于国家秘密", note="《条例》第十四条。"),
    H("forbidden_by_law", "2.其他法律行政法规禁止公开", note="《条例》第十四条。"),
    H("security", "3.危及“三安全一稳定”", note="《条例》第十四条：国家安全、公共安全、经济安全、社会稳定。"),
    H("third_party", "4.保护第三方合法权益", note="《条例》第十五条。"),
    H("internal", "5.属于三类内部事务信息", note="《条例》第十六条第一款：人事管理、后勤管理、内部工作流程。"),
    H("deliberative", "6.属于四类过程性信息",
      note="《条例》第十六条第二款：讨论记录、过程稿、磋商信函、请示报告。"),
    H("enforcement_file", "7.属于行政执法案卷", note="《条例》第十六条第二款。"),
    H("inquiry", "8.属于行政查询事项", note="《条例》第三十六条第七项。"),
))  # fmt: skip

_UNAVAILABLE = H("unavailable", "（四）无法提供", (
    H("not_held", "1.本机关不掌握相关政府信息", note="《条例》第三十六条第四项、第五项。"),
    H("must_be_created", "2.没有现成信息需要另行制作", note="《条例》第三十八条。"),
    H("still_unclear", "3.补正后申请内容仍不明确", note="《条例》第三十条。"),
))  # fmt: skip

_NOT_PROCESSED = H("not_processed", "（五）不予处理", (
    H("petition", "1.信访举报投诉类申请", note="《条例》第三十九条第一款。"),
    H("repeated", "2.重复申请", note="《条例》第三十六条第六项。"),
    H("publication", "3.要求提供公开出版物", note="《条例》第三十九条第二款。"),
    H("vexatious", "4.无正当理由大量反复申请", note="《条例》第三十五条。"),
    H("reissue", "5.要求行政机关确认或重新出具已获取信息"),
))  # fmt: skip


def requests(otherwise: Heading) -> Section:
    """部分三: 收到和处理政府信息公开申请情况; the editions differ in （六）其他处理 only."""
    rows = (
        H("received", "一、本年新收政府信息公开申请数量", short="一、本年新收",
          note="本年度1月1日至12月31日收到的申请。"),
        H("carried_in", "二、上年结转政府信息公开申请数量", short="二、上年结转",
          note="上年收到、到本年1月1日还没有办结的申请，等于上年报告的“四、结转下年度继续办理”。",
          continues="carried_out"),
        H("outcome", "三、本年度办理结果", (
            H("granted", "（一）予以公开"),
            H("partly_granted", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", short="（二）部分公开"),
            _REFUSED,
            _UNAVAILABLE,
            _NOT_PROCESSED,
            otherwise,
            H("outcome_total", "（七）总计", total=Sum("V1", "（七）总计＝（一）至（六）各项之和")),
        )),
        H("carried_out", "四、结转下年度继续办理", note="到本年12月31日还没有办结的申请。"),
    )  # fmt: skip
    printed = "第一项加第二项之和，等于第三项加第四项之和"
    balance = Identity(
        "B1", "一＋二＝三（七）＋四",
        left=("received", "carried_in"), right=("outcome_total", "carried_out"),
        source=f"表三左上角：本列数据的勾稽关系为：{printed}",
    )  # fmt: skip
    table = Table("requests", rows, APPLICANTS, f"（本列数据的勾稽关系为：{printed}）", identities=(balance,))
    widths = (754, 921, 3271, *[685] * 7)
    return tabular("requests", "三、收到和处理政府信息公开申请情况", "表三", (table,), widths)


def _outcomes(stage: str, label: str, rule: str) -> tuple[Heading, ...]:
    """The four outcomes of one kind of case and their total."""
    outcomes = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"))
    total = Sum(rule, "总计＝结果维持＋结果纠正＋其他结果＋尚未审结")
    return (
        *(H(f"{stage}_{id}", printed, short=f"{label}·{printed}") for id, printed in outcomes),
        H(f"{stage}_total", "总计", total=total, short=f"{label}·总计"),
    )


def _stage(id: str, stage: str, label: str, rule: str) -> Heading:
    return H(id, label, _outcomes(stage, label, rule))


CASES = tabular(
    "cases", "四、政府信息公开行政复议、行政诉讼情况", "表四",
    (Table(
        "cases",
        rows=(H("cases", "件数"),),
        columns=(
            _stage("reconsideration", "reconsideration", "行政复议", "R1"),
            H("litigation", "行政诉讼", (
                _stage("direct", "direct", "未经复议直接起诉", "R2"),
                _stage("after", "after_reconsideration", "复议后起诉", "R3"),
            )),
        ),
    ),),
    widths=(590,) * 15,
)  # fmt: skip

PROACTIVE_LABEL, PROACTIVE_SHEET = "二、主动公开政府信息情况", "表二"
PROACTIVE_WIDTHS = (3000, 1950, 1950, 1950)


def article_20(
    item: int, rows: tuple[Heading, ...], columns: tuple[Heading, ...], flows: tuple[Flow, ...] = ()
) -> Table:
    """One block of 表二: what 《条例》第二十条 says in this item."""
    band = f"第二十条第（{'一二三四五六七八九'[item - 1]}）项"
    return Table(f"art20_{item}", rows, columns, corner="信息内容", band=band, flows=flows)


RULES = H("rules", "规章", note="国务院部门、省级和设区的市、自治州人民政府填；其他机关一般为 0。")
LICENCES = H("licences", "行政许可")
PENALTIES = (H("penalties", "行政处罚"), H("coercive_measures", "行政强制"))
FEES = (H("fees", "行政事业性收费"),)

GUIDE_LINES = (
    "统计期限为报告年度的1月1日至12月31日。",
    "只填浅黄色的格，灰色的格由系统计算，不能改。按 Tab 键依次走到下一格。",
    "没有发生的填 0，不要填“-”“/”“无”，也不要填“5件”这样带单位的文字。需要说明的写在表下面的“表注”。",
    "一张表里大多数格是 0 的，填完不是 0 的格以后，把表下面的“本表未填格均为0”选为“是”，不必逐格填 0。",
    "表头上方和“勾稽校验”表随填随算：“通过”是平衡的，“不符”是要改的，“未填齐”是还有格没有填或填了文字。",
    "表三：一件申请只有一种办理结果，只计入一类申请人；部分公开的只计入“（二）部分公开”。",
    "表三：申请人主动撤回申请的，计入“（六）其他处理”中的其他。",
    "表四：是否包含上年结转的案件由各地规定，包含的请在表注写明。",
    "正文各表一行一段；一格里按 Alt+Enter 换行也算另起一段。小标题写“（一）……。”，打印时自动用楷体。",
    "各级人民政府还应报告工作考核、社会评议和责任追究结果（《条例》第五十条）。",
    "县级以上人民政府部门在1月31日前报送并公布，县级以上地方人民政府的年度报告在3月31日前公布"
    "（《条例》第四十九条）；乡镇、街道按当地通知的日期。",
)
