"""Runs under the system's Python, which has UNO: drives one hidden LibreOffice by JSON lines on stdin."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8"}


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def url(path):
    return uno.systemPathToFileUrl(os.path.abspath(path))


def start(profile):
    pipe = "x" + uuid.uuid4().hex[:12]
    command = [
        "soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
        f"-env:UserInstallation={url(profile)}", f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            time.sleep(0.25)
    raise SystemExit("LibreOffice did not start")


def fill(document, cells):
    for sheet, address, value in cells:
        page = document.Sheets.getByName(sheet)
        protected = page.isProtected()
        if protected:
            page.unprotect("")
        cell = page.getCellRangeByName(address)
        if value is None:
            cell.clearContents(1 | 2 | 4 | 16)
        elif isinstance(value, str) and value.startswith("="):
            cell.setFormula(value)
        elif isinstance(value, str):
            cell.setString(value.removeprefix("'"))  # an apostrophe before it, as one types it, keeps “=1” a text
        else:
            cell.setValue(value)
        if protected:
            page.protect("")


def run(desktop, order):
    document = desktop.loadComponentFromURL(url(order["path"]), "_blank", 0, properties(Hidden=True))
    try:
        fill(document, order.get("fill", ()))
        document.calculateAll()
        answer = []
        for sheet, cells in order.get("read", ()):
            answer.append(document.Sheets.getByName(sheet).getCellRangeByName(cells).getDataArray())
        if order.get("save"):
            kind = FILTERS[os.path.splitext(order["save"])[1]]
            document.storeToURL(url(order["save"]), properties(FilterName=kind))
        return answer
    finally:
        document.close(True)


def main():
    with tempfile.TemporaryDirectory() as profile:
        process, desktop = start(profile)
        try:
            for line in sys.stdin:
                print(json.dumps(run(desktop, json.loads(line))), flush=True)
        finally:
            with contextlib.suppress(Exception):  # the bridge falls with the program
                desktop.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


main()
