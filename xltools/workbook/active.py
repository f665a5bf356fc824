"""What a workbook may not bring along: anything that runs, fetches or embeds something (活动内容).

Nothing of it is ever run or copied by us; but a submission is passed on and opened by people. A VBA project in
a workbook with macros is the exception: the programs write it anew on every saving, so its bytes prove nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from xltools.workbook.package import Package

_WHAT = {
    "外部链接": "externallink|externalreference|ddelink",
    "嵌入的对象": "oleobject|^package$|embeddings/|afchunk|subdocument",
    "ActiveX 控件": "activex|^control$",
    "宏表": "macrosheet|dialogsheet|attachedtoolbars",
    "数据连接": "connections|querytable|volatiledependencies|powerpivot|datamodel",
    "网页加载项": "webextension|taskpane",
    "自定义功能区": "customui|extensibility|usercustomization",
    "WPS 宏": "jsaproject|jsproject|jsmacro|jdedata|jdeextension",
}
_ANY = re.compile("|".join(_WHAT.values()))
_MACROS = re.compile("vbaproject|vbadata")
_HARMLESS_OUTSIDE = frozenset({"hyperlink"})
"""What may lead out of the file: nobody follows it unasked."""


def active(package: Package, *, macros: bool) -> str | None:
    """Say what active content there is, with its part; ``None`` if nothing. Macros may be allowed."""
    for entry in package.entries:
        if found := _named(entry.name.lower(), macros=macros):
            return f"{found}（{entry.name}）"
        if not entry.name.lower().endswith(".rels"):
            continue
        for relation in package.listed(entry.name):
            if found := _named(relation.kind, macros=macros):
                return f"{found}（{relation.target}）"
            if relation.external and relation.kind not in _HARMLESS_OUTSIDE:
                return f"对文件以外内容的引用（{entry.name}）"
    return None


@lru_cache(maxsize=512)
def _named(name: str, *, macros: bool) -> str | None:
    if _ANY.search(name):
        return next(what for what, pattern in _WHAT.items() if re.search(pattern, name))
    return None if macros or not _MACROS.search(name) else "宏"
