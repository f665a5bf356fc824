"""Running the Basic macros of a workbook (宏)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any


def run(document: Any, name: str, arguments: Sequence[object]) -> Any:
    """Run ``Module.Macro`` or ``Macro``, whichever library it stands in; raises `LookupError`."""
    module, _, macro = name.rpartition(".")
    for library_name in document.BasicLibraries.ElementNames:
        document.BasicLibraries.loadLibrary(library_name)
        library = document.BasicLibraries.getByName(library_name)
        for module_name in library.ElementNames:
            if module.lower() in ("", module_name.lower()) and _defines(library.getByName(module_name), macro):
                place = f"{library_name}.{module_name}.{macro}?language=Basic&location=document"
                script = document.getScriptProvider().getScript(f"vnd.sun.star.script:{place}")
                return script.invoke(tuple(arguments), (), ())[0]
    raise LookupError(f"no macro {name}")


def _defines(source: str, macro: str) -> bool:
    head = rf"^[ \t]*(?:(?:public|static)[ \t]+)*(?:sub|function)[ \t]+{re.escape(macro)}\b"
    return re.search(head, source, re.IGNORECASE | re.MULTILINE) is not None
