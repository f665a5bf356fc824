"""The words of official prose around the figures, and its synonyms for what the form names (词表).

Only what offices say instead of the form's own words stands here; those come from the edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto


class Kind(StrEnum):
    """What a word does in a clause."""

    UNKNOWN = auto()  # whatever is no word below
    COUNT = auto()  # 12件
    PERCENT = auto()  # 33.9%
    MONEY = auto()  # 3940元
    STOP = auto()  # , ; : ( ) 、
    PLAIN = auto()
    NOUN = auto()
    TIME = auto()
    LAST_YEAR = auto()
    NEXT_YEAR = auto()
    ELSEWHERE = auto()  # another period, channel or organ
    SUBJECT = auto()  # 我局, 全市, 市政府办公室
    AND = auto()
    ALL = auto()
    OF_WHICH = auto()
    WITH = auto()  # before figures that may be parts
    NOT = auto()
    ABOUT = auto()  # before a figure that is not exact
    FOREIGN = auto()  # what is counted elsewhere, never on the form
    REQUEST = auto()  # 政府信息公开申请, 依申请公开
    SUBJECT_MATTER = auto()  # 政府信息公开
    NEW = auto()
    RECEIVE = auto()
    HANDLE = auto()
    CLOSE = auto()
    CARRY = auto()
    REASON = auto()
    OUTCOME = auto()  # 予以公开, 行政查询事项
    APPLICANT = auto()  # 自然人
    STAGE = auto()  # 行政复议, 复议后起诉
    VERDICT = auto()  # 结果维持, 败诉
    DOCUMENT = auto()  # 规章, 规范性文件
    PAPER = auto()
    MAKE = auto()
    PUBLISH = auto()
    REPEAL = auto()
    IN_FORCE = auto()
    POWER = auto()  # 行政许可
    DECIDE = auto()
    FEES = auto()  # 行政事业性收费
    LEVY = auto()
    SHARE = auto()
    COMPARE = auto()
    UP = auto()
    DOWN = auto()
    CHANNEL = auto()


WORDS: Mapping[Kind, str] = {
    Kind.PLAIN: (
        "共 总共 一共 合计 总计 共计 累积 已 已经 依法 依规 依法依规 按期 按时 如期 及时 按规定 严格 的 了 有 为 "
        "是 被 因 由 对 向 在 于 到 至 入 往 后 所 将 需 达 达到 予以 给予 作 作出 做出 进行 继续 提出 提起 发生 "
        "出现 引发 引起 产生 发起 获 获得 涉及 关于 有关 任何 所有 公民 公民、法人或其他组织 公民、法人和其他组织 "
        "公民、法人或者其他组织 公民、法人及其他组织 行政机关 各级行政机关 一是 二是 三是 四是 五是 工作 方面 "
        "领域 备案 经 案例 结转上年后 扣除上年结转后 法定期限内 规定期限内 法定时限内 规定时限内"
    ),
    Kind.NOUN: "案件 件 事项 事件 办件 办理件 申请件 件数 数 数量 总数 总量 量 类 案 情形 情况",
    Kind.TIME: "全年 本年 本年度 年度 今年 一年来 本报告年度 报告年度 报告期内 截至年底 截止年底 截至年末",
    Kind.LAST_YEAR: "上年 上年度 上一年 上一年度 去年 前一年 去年同期 上年同期",
    Kind.NEXT_YEAR: "下年 下年度 下一年 下一年度 次年 明年 来年",
    Kind.ELSEWHERE: (
        "累计 以来 近年 近年来 历年 往年 五年来 三年来 两年来 以前 至今 上半年 下半年 季度 期间 十三五 十四五 "
        "实施后 施行后 修订后 日均 月均 平均 每年 每月 通过 针对 平台 渠道 本级 各部门 各单位 各镇 各乡镇 各街道 "
        "各县 各区 下属 所属 直属 系统内"
    ),
    Kind.AND: "和 及 与 以及 并 并且 或 或者 同",
    Kind.ALL: "均 全部 都 皆",
    Kind.OF_WHICH: "其中",
    Kind.WITH: "含 包含 包括 另有 另 另外 此外 还有",
    Kind.NOT: "未 没有 无 尚未 未有 未曾 从未 零",
    Kind.ABOUT: "近 约 大约 超 超过 逾 将近 接近 不足 突破 多达 至少 不少于 最多",
    Kind.FOREIGN: (
        "留言 意见 建议 提案 议案 诉求 热线 来信 来电 来访 信件 咨询 投诉 举报 工单 问题 服务事项 许可事项 信访件 "
        "网民 访谈 解读 回应 新闻发布会 档案 合同"
    ),
    Kind.NEW: "新收 新收到 新受理 新接收 新增 本年新收 当年新收",
    Kind.RECEIVE: "受理 收到 收办 接收 接到 接受 收悉 收",
    Kind.HANDLE: "办理 处理 承办",
    Kind.CLOSE: "办结 答复 回复 办复 办理完毕 处理完毕 办理完结 审结 作出答复",
    Kind.CARRY: "结转 转结 转入 转 顺延 延续 延至 结转入 转接 结转至 结转到",
    Kind.REASON: "等原因 等情形 等理由 原因",
    Kind.PAPER: "文件",
    Kind.MAKE: "制发 制定 印发 出台 制定发布 制定印发 制作 新制定 新制发 新制作 发布 新出台",
    Kind.PUBLISH: "主动公开 新增公开 新公开 公布 公开发布",
    Kind.REPEAL: "废止 清理废止 宣布废止 宣布失效",
    Kind.IN_FORCE: "现行有效 继续有效",
    Kind.DECIDE: "决定 处理决定",
    Kind.LEVY: "收取 征收 收费 收入 金额 总额 总金额",
    Kind.SHARE: "占 占比 占比为 比例 比重 占总数 占全部",
    Kind.COMPARE: "同比 较 比 相比 对比 同期 比较",
    Kind.UP: "增加 增长 上升 提高 多 增",
    Kind.DOWN: "减少 下降 回落 降低 少 下滑 减",
    Kind.CHANNEL: (
        "网络 网上 在线 信函 邮寄 邮件 电子邮件 邮箱 传真 当面 现场 窗口 线上 线下 互联网 网站 书面 电话 快递 口头 微信"
    ),
}
"""The words around the figures.  The reader has no others: it is better silent than wrong."""

OUTCOMES = {
    "granted": "予以公开 同意公开 全部公开 准予公开",
    "partly_granted": "部分公开 予以部分公开",
    "refused": "不予公开 不同意公开",
    "unavailable": "无法提供 无法提供的",
    "not_processed": "不予处理 不予处理的",
    "otherwise": "其他处理 作其他处理 作出其他处理 做其他处理 其他方式处理",
    "state_secret": "国家秘密",
    "security": "三安全一稳定",
    "third_party": "第三方合法权益",
    "internal": "内部事务信息 三类内部事务信息",
    "deliberative": "过程性信息 四类过程性信息",
    "enforcement_file": "行政执法案卷",
    "inquiry": "行政查询 行政查询事项",
    "not_held": "不掌握相关政府信息 本机关不掌握 不掌握 信息不存在 政府信息不存在",
    "must_be_created": "没有现成信息 需要另行制作 需另行制作",
    "still_unclear": "补正后仍不明确 申请内容不明确",
    "petition": "信访举报投诉类 信访举报投诉",
    "repeated": "重复申请",
    "publication": "公开出版物",
    "vexatious": "大量反复申请",
    "not_corrected": "逾期不补正",
    "fee_unpaid": "逾期未缴费 逾期未缴纳费用",
}
APPLICANTS = {
    "organisation": "法人或其他组织 法人和其他组织 法人及其他组织 法人或者其他组织",
    "natural_person": "公民个人",
    "legal_service": "律师事务所",
}
STAGES = {
    ("reconsideration",): "复议",
    ("direct", "after_reconsideration"): "诉讼",
    ("direct",): "直接起诉 直接提起诉讼 直接诉讼 未经复议直接提起诉讼",
    ("after_reconsideration",): "经复议后起诉 复议后提起诉讼 复议后诉讼",
}
VERDICTS = {
    "upheld": "维持",
    "corrected": "纠正 纠错 败诉 被纠正 被纠错",
    "other": "其他结果",
    "pending": "未审结 尚未审结 未结 正在审理 尚未结案 尚在审理 正在审理中",
}
