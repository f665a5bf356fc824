"""《中华人民共和国政府信息公开工作年度报告格式》, used for reports on 2021 and later.

Source: 国办公开办函〔2021〕30号, dated 2021-09-26, attachment; reports on 2025 still use it.
"""

from xltools.editions import shared
from xltools.form import Edition, Flow
from xltools.form import Heading as H

_DECISIONS = H("decisions", "本年处理决定数量", note="本年的办件量。")

ARTICLE_20_1 = shared.article_20(
    1,
    rows=(
        shared.RULES,
        H("normative_documents", "行政规范性文件"),
    ),
    columns=(
        H("issued", "本年制发件数"),
        H("repealed", "本年废止件数"),
        H("in_force", "现行有效件数", note="到本年12月31日有效的件数，含往年制发的。"),
    ),
    flows=(Flow("X2", opening=("in_force",), plus=("issued",), minus=("repealed",), closing="in_force"),),
)

ARTICLE_20_5 = shared.article_20(
    5,
    rows=(shared.LICENCES,),
    columns=(_DECISIONS,),
)

ARTICLE_20_6 = shared.article_20(
    6,
    rows=shared.PENALTIES,
    columns=(_DECISIONS,),
)

ARTICLE_20_8 = shared.article_20(
    8,
    rows=shared.FEES,
    columns=(
        H("amount", "本年收费金额（单位：万元）", unit="万元", short="本年收费金额",
          note="以万元为单位，按实际金额保留小数，不要填元。"),
    ),
)  # fmt: skip

_OTHERWISE = H("otherwise", "（六）其他处理", (
    H("not_corrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
      short="1.申请人无正当理由逾期不补正", note="《条例》第三十条。"),
    H("fee_unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
      short="2.申请人逾期未缴纳费用", note="《条例》第四十二条；国办函〔2020〕109号。"),
    H("closed_otherwise", "3.其他", short="（六）其他处理3.其他", note="含申请人主动撤回的。"),
))  # fmt: skip

EDITION = Edition(
    id="2021",
    name="2021年版",
    title=shared.TITLE,
    source="国办公开办函〔2021〕30号",
    years=range(2021, 2100),
    cover=shared.cover(),
    sections=(
        shared.PREAMBLE,
        shared.overview(shared.OVERVIEW_GUIDANCE_2021),
        shared.tabular(
            "proactive", shared.PROACTIVE_LABEL, shared.PROACTIVE_SHEET,
            (ARTICLE_20_1, ARTICLE_20_5, ARTICLE_20_6, ARTICLE_20_8), shared.PROACTIVE_WIDTHS,
        ),
        shared.requests(_OTHERWISE),
        shared.CASES,
        shared.PROBLEMS,
        shared.other_matters("写明本年度收取信息处理费的情况，没有收取的也要写；其他没有需要报告的，写“无”。"),
    ),
    guide=(
        *shared.GUIDE_LINES,
        "表二：行政事业性收费以万元为单位，按实际金额保留小数，不四舍五入。",
        "“六、其他事项”要写明本年度收取信息处理费的情况；它与表二的行政事业性收费不是一回事。",
    ),
)  # fmt: skip
