"""The bridge to a LibreOffice program: its Python interface, one connection, its small values (连接).

Nothing of it stays behind: the interface replaces Python's ``import`` and lengthens ``sys.path``; both are put back.
"""

from __future__ import annotations

import builtins
import re
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any, cast

from xltools.errors import XltoolsError

HOMES = (Path("/usr/lib/python3/dist-packages"), Path("/usr/lib/libreoffice/program"))
"""Where distributions put the Python interface, which is never on PyPI."""

LIBRARY = Path("/usr/lib/libreoffice/program/libpyuno.so")


class NoLibreOffice(XltoolsError):
    """No LibreOffice can be reached from here; the message says why and what to do."""

    code = "NO_LIBREOFFICE"


@cache
def uno() -> Any:
    """The Python interface of LibreOffice; raises `NoLibreOffice` where it is missing or made for another Python."""
    path, importer = sys.path.copy(), builtins.__import__
    if "uno" not in sys.modules:
        _refuse_another_python()
        sys.path += [str(home) for home in HOMES if home.is_dir()]
    try:
        import uno as interface
    except ImportError:
        raise NoLibreOffice(
            "没有找到 LibreOffice 的 Python 接口（uno）。请安装 LibreOffice 和 python3-uno，"
            "再用系统自带版本的 Python 运行本工具。"
        ) from None
    finally:
        sys.path[:], builtins.__import__ = path, importer
    return interface


def _refuse_another_python() -> None:
    """Loading a library that was linked with another Python brings the process down."""
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    linked = re.search(rb"libpython(3\.\d+)", LIBRARY.read_bytes()) if LIBRARY.is_file() else None
    if linked and linked[1].decode() != mine:
        raise NoLibreOffice(
            f"LibreOffice 的 Python 接口是给 Python {linked[1].decode()} 用的，本工具现在用的是 Python {mine}。"
            f"请用 Python {linked[1].decode()} 安装并运行本工具。"
        )


def connect(pipe: str, patience: float = 0) -> Any | None:
    """The component context behind a named pipe, or nothing when none answers within so many seconds."""
    local = uno().getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + patience
    while True:
        try:
            return resolver.resolve(f"uno:{accept(pipe)}")
        except (fault("connection.NoConnectException"), fault("lang.DisposedException")):
            if time.monotonic() >= until:
                return None
            time.sleep(0.05)


def accept(pipe: str) -> str:
    """The words with which an office opens a pipe of this name."""
    return f"pipe,name={pipe};urp;StarOffice.ComponentContext"


def fault(name: str = "uno.Exception") -> type[Exception]:
    """An exception of LibreOffice, to be caught."""
    return cast("type[Exception]", uno().getClass(f"com.sun.star.{name}"))


def struct(name: str, *values: object) -> Any:
    """A structured value of LibreOffice."""
    return uno().createUnoStruct(f"com.sun.star.{name}", *values)


def properties(**values: object) -> tuple[Any, ...]:
    """Named options, as opening and saving take them."""
    return tuple(struct("beans.PropertyValue", name, 0, value, 0) for name, value in values.items())


def url_of(path: str) -> str:
    """A file name as an address."""
    return cast("str", uno().systemPathToFileUrl(str(Path(path).absolute())))


def path_of(url: str) -> str:
    """An address as a file name; what lies on no disk stays an address."""
    return cast("str", uno().fileUrlToSystemPath(url)) if url.startswith("file:") else url
