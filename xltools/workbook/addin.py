"""The add-in with the ribbon tab 年报, for workbooks that carry no macros themselves (功能区加载项)."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr

from xlsxwriter import Workbook

from xltools.workbook.actions import ACTIONS
from xltools.workbook.macros import BOOK, project, source

_CREATED = datetime(2021, 9, 26)  # fixed, so that the same source gives the same bytes
_SHEET = "Sheet1"
_KIND = "application/vnd.ms-excel.{}.macroEnabled.main+xml"
_UI = "customUI/customUI14.xml"
_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


def addin() -> bytes:
    """Return the add-in as .xlam; it acts on whatever workbook is open in front.

    Custom UI of Office 2010 and later, MS-CUSTOMUI2.
    """
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": "年报工具", "author": "xltools", "created": _CREATED})
    modules = {name: source(name) for name in ("Buttons", "Ribbon")}
    book.add_vba_project(BytesIO(project(modules, [_SHEET])), is_stream=True)
    book.set_vba_name(BOOK)
    book.add_worksheet(_SHEET).set_vba_name(_SHEET)
    book.close()
    return _packed(out)


def _packed(book: BytesIO) -> bytes:
    """Make an add-in with a ribbon of a workbook with macros."""
    edits = {
        "[Content_Types].xml": (_KIND.format("sheet"), _KIND.format("addin")),
        "_rels/.rels": (
            "</Relationships>",
            f'<Relationship Id="ribbon" Type="{_RELATION}" Target="{_UI}"/></Relationships>',
        ),
    }
    out = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename in edits:
                before, after = edits[info.filename]
                data = data.replace(before.encode(), after.encode())
            new.writestr(info, data)
        new.writestr(zipfile.ZipInfo(_UI, (1980, 1, 1, 0, 0, 0)), _ribbon(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ribbon() -> str:
    buttons = "".join(
        f'<button id="xltools{action.macro}" label={quoteattr(action.label)} size="large" imageMso="{action.image}"'
        f' onAction="Ribbon.Ribbon{action.macro}" screentip={quoteattr(action.tip)} supertip={quoteattr(action.more)}/>'
        for action in ACTIONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{_NAMESPACE}"><ribbon><tabs><tab id="xltoolsTab" label="年报">'
        f'<group id="xltoolsGroup" label="政府信息公开年报">{buttons}</group>'
        "</tab></tabs></ribbon></customUI>"
    )
