"""What the buttons are called, what they say of themselves, and the macro behind each (按钮与宏)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """``verb`` is what the macro passes to the tool, ``macro`` its name; ``image`` the picture on the ribbon."""

    verb: str
    macro: str
    label: str
    tip: str
    more: str
    image: str


VALIDATE = Action(
    "validate", "ValidateReport", "校验数据",
    "检查有没有漏填、填错，勾稽关系是否相符。", "问题列在工作表“问题清单”里。", "DataValidation",
)  # fmt: skip
GENERATE = Action(
    "generate_report", "GenerateReport", "生成报告",
    "生成 Word 报告，放在工作簿旁边并打开。", "有错误时只能生成草稿。", "FileSaveAsWordDocx",
)  # fmt: skip
CARRY_OVER = Action(
    "carry_over", "CarryOver", "导入上年数据",
    "从同一文件夹里上年的工作簿导入上年结转和单位信息。", "只填空格，填入前先问。", "XmlImport",
)  # fmt: skip
FILL_ZEROS = Action(
    "fill_zeros", "FillZeros", "未填格补0",
    "把还没有填的数字格填成 0。", "只用于确实没有发生的，填入前先问。", "FillDown",
)  # fmt: skip
EXPORT = Action(
    "export_json", "ExportJson", "导出数据",
    "把填报的数据导出为 JSON 文件，供存档或别的程序使用。", "工作簿不变。", "XmlExport",
)  # fmt: skip
ACTIONS = (VALIDATE, GENERATE, CARRY_OVER, FILL_ZEROS, EXPORT)
