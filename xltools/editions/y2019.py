"""《政府信息公开工作年度报告格式（试行）》, the trial format for reports on 2019 and 2020.

Source: 国办公开办函〔2019〕60号, as printed in published reports on 2019 and 2020.
The meaning of 表二's columns follows the notes that 湖北 printed into its headings (2020).
"""

from xltools.editions import shared
from xltools.form import Edition, Flow
from xltools.form import Heading as H

_LAST_YEAR = H("last_year", "上一年项目数量", unit="个", note="上年的事项数，不是办件量。")
_CHANGE = H(
    "change", "本年增/减", unit="个", signed=True,
    note="本年增加或减少的事项数。增加填正数，减少填负数，如 -8；没有变化填 0。",
)  # fmt: skip
_DECISIONS = H("decisions", "处理决定数量", note="本年的办件量。")
_ITEMS = Flow("X3", opening=("last_year", "change"), closing="last_year")

ARTICLE_20_1 = shared.article_20(
    1,
    rows=(
        shared.RULES,
        H("normative_documents", "规范性文件"),
    ),
    columns=(
        H("made", "本年新制作数量"),
        H("newly_published", "本年新公开数量"),
        H("published", "对外公开总数量", note="到本年12月31日仍在公开的总数，含往年的。"),
    ),
)

ARTICLE_20_5 = shared.article_20(
    5,
    rows=(shared.LICENCES, H("other_services", "其他对外管理服务事项")),
    columns=(_LAST_YEAR, _CHANGE, _DECISIONS),
    flows=(_ITEMS,),
)

ARTICLE_20_6 = shared.article_20(
    6,
    rows=shared.PENALTIES,
    columns=(_LAST_YEAR, _CHANGE, _DECISIONS),
    flows=(_ITEMS,),
)

ARTICLE_20_8 = shared.article_20(
    8,
    rows=shared.FEES,
    columns=(_LAST_YEAR, _CHANGE),
    flows=(_ITEMS,),
)

ARTICLE_20_9 = shared.article_20(
    9,
    rows=(H("procurement", "政府集中采购"),),
    columns=(
        H("projects", "采购项目数量", unit="个"),
        H("amount", "采购总金额", unit="元", note="以元为单位，可以有小数；不要填万元。"),
    ),
)

EDITION = Edition(
    id="2019",
    name="2019年试行版",
    title=shared.TITLE,
    source="国办公开办函〔2019〕60号",
    years=range(2019, 2021),
    cover=shared.cover(),
    sections=(
        shared.PREAMBLE,
        shared.overview(shared.OVERVIEW_GUIDANCE_2019),
        shared.tabular(
            "proactive", shared.PROACTIVE_LABEL, shared.PROACTIVE_SHEET,
            (ARTICLE_20_1, ARTICLE_20_5, ARTICLE_20_6, ARTICLE_20_8, ARTICLE_20_9), shared.PROACTIVE_WIDTHS,
        ),
        shared.requests(H("otherwise", "（六）其他处理")),
        shared.CASES,
        shared.PROBLEMS,
        shared.other_matters("写前五部分没有写到、需要报告的事项；没有的写“无”。"),
    ),
    guide=(
        *shared.GUIDE_LINES,
        "表二：“上一年项目数量”“本年增/减”填事项数，“处理决定数量”填本年办件量，两者一般没有相加关系。",
        "表二：采购总金额以元为单位填写和印出。",
    ),
)  # fmt: skip
