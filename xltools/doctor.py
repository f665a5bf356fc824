"""What this computer lacks for the report to look and work as it should (环境检查)."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from xltools import __version__
from xltools.excel import addin

FONTS = {
    "方正小标宋简体": ("方正小标宋简体", "FZXiaoBiaoSong"),
    "仿宋": ("仿宋_GB2312", "仿宋", "FangSong"),
    "楷体": ("楷体_GB2312", "楷体", "KaiTi"),
    "黑体": ("黑体", "SimHei"),
    "宋体": ("宋体", "SimSun"),
}
"""The fonts of GB/T 9704 and the names under which systems know them."""


def examine() -> Iterator[str]:
    """Yield one Chinese line for each thing looked at."""
    yield f"本工具：xltools {__version__}，Python {platform.python_version()}，{platform.system()}。"
    yield _excel()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield f"有：LibreOffice（{office}）。" if office else "没有：LibreOffice。用 Excel 或 WPS 填报的不需要它。"
    yield from addin.status()
    if platform.system() == "Darwin":
        yield "字体：macOS 上请在“字体册”里查看有没有仿宋、楷体、黑体、宋体和方正小标宋简体。"
        return
    installed = _fonts()
    missing = [name for name, others in FONTS.items() if not any(other.lower() in installed for other in others)]
    if missing:
        yield f"缺：字体 {'、'.join(missing)}。报告能生成，但在这台电脑上会用别的字体代替；请在有这些字体的电脑上打印。"
    else:
        yield "有：公文用的五种字体。"


def _excel() -> str:
    if platform.system() == "Windows":
        found = _windows_excel()
        return "有：Excel。" if found else "没有：Excel。用 WPS 填报的，请保存后把工作簿拖到“校验并生成报告”上。"
    return "没有：Excel（这台电脑不是 Windows）。工作簿里的公式校验在 WPS、LibreOffice 里照样有效。"


def _windows_excel() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Excel.Application"))
    except OSError:
        return False
    return find_spec("xlwings") is not None


def _fonts() -> str:
    """The names of the installed fonts, in one lower-case text."""
    if platform.system() == "Windows":
        folders = (Path("C:/Windows/Fonts"), Path.home() / "AppData/Local/Microsoft/Windows/Fonts")
        names = {"simsun": "宋体", "simhei": "黑体", "simfang": "仿宋", "simkai": "楷体", "fzxbs": "方正小标宋简体"}
        files = " ".join(path.name.lower() for folder in folders if folder.is_dir() for path in folder.iterdir())
        return " ".join(name for file, name in names.items() if file in files)
    if not shutil.which("fc-list"):
        return ""
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False)
    return listed.stdout.lower()
