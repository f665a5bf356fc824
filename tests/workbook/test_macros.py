"""The VBA project: other readers find every word of the source, and LibreOffice runs it."""

from __future__ import annotations

import os
import re
import struct
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import olefile
import pytest
import xlsxwriter

from tests.support.calc import SYSTEM_PYTHON
from tests.support.machine import need, validate
from tests.workbook.test_ovba import decrypt, sources, unpacked
from xltools.workbook.actions import ACTIONS
from xltools.workbook.macros import project, source

OURS = {name: source(name) for name in ("Buttons", "Ribbon")}
VERBS = {action.macro: action.verb for action in ACTIONS}
each_source = pytest.mark.parametrize("name", OURS)


def streams(data: bytes) -> dict[str, bytes]:
    file = olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_UNSURE)
    assert not file.parsing_issues
    return {"/".join(path): file.openstream(path).read() for path in file.listdir()}


def book(path: Path, modules: Mapping[str, str], sheets: Sequence[str] = ("Sheet1", "Sheet2")) -> Path:
    """A small workbook with these macros and a button for each verb."""
    workbook = xlsxwriter.Workbook(str(path))
    workbook.add_vba_project(BytesIO(project(modules, sheets)), is_stream=True)
    workbook.set_vba_name("ThisWorkbook")
    for name in sheets:
        sheet = workbook.add_worksheet(f"表 {name}")
        sheet.set_vba_name(name)
        for row, macro in enumerate(VERBS):
            sheet.insert_button(row, 1, {"macro": macro, "caption": macro})
    workbook.close()
    return path


def test_other_readers_find_the_source_to_the_letter(tmp_path: Path) -> None:
    odd = {"Last": "' 没有换行的最后一行：《》“”—…·，①㈠", "Empty": "", "Mac_1": "Sub A()\r\nEnd Sub\r\n"}
    found = sources(book(tmp_path / "宏.xlsm", OURS | odd).read_bytes())
    for name, text in (OURS | odd).items():
        expected = f'Attribute VB_Name = "{name}"\n{text}'.replace("\r\n", "\n").replace("\n", "\r\n")
        assert found[name] == expected
    assert list(found) == ["ThisWorkbook", "Sheet1", "Sheet2", *OURS, *odd]
    assert 'VB_Base = "0{00020819-' in found["ThisWorkbook"] and 'VB_Base = "0{00020820-' in found["Sheet2"]


def test_the_directory_has_the_records_in_order() -> None:
    """MS-OVBA 2.3.4.2: information, references, modules."""
    data = unpacked(streams(project({"Buttons": "'"}, ["Sheet1"]))["VBA/dir"])
    ids, at = [], 0
    while at < len(data):
        id, size = struct.unpack_from("<HI", data, at)
        ids.append(id)
        at += 6 + (6 if id == 0x09 else size)  # the version says 4 and has 6
    information = [0x01, 0x02, 0x14, 0x03, 0x04, 0x05, 0x40, 0x06, 0x3D, 0x07, 0x08, 0x09, 0x0C, 0x3C]
    references = [0x16, 0x3E, 0x0D] * 2
    document, procedures = ([0x19, 0x47, 0x1A, 0x32, 0x1C, 0x48, 0x31, 0x1E, 0x2C, kind, 0x2B] for kind in (0x22, 0x21))
    assert at == len(data)
    assert ids == [*information, *references, 0x0F, 0x13, *document * 2, *procedures, 0x10]
    assert struct.pack("<HIH", 3, 2, 936) in data and struct.pack("<HII", 2, 4, 0x409) in data


def test_the_project_is_open_and_compiled_by_no_one() -> None:
    found = streams(project(OURS, ["Sheet1"]))
    text = found["PROJECT"].decode("ascii")
    id = re.search('ID="(.*?)"', text)[1]
    state = {key: decrypt(re.search(f'{key}="(.*?)"', text)[1], id) for key in ("CMG", "DPB", "GC")}
    assert state == {"CMG": bytes(4), "DPB": b"\0", "GC": b"\xff"}
    assert re.findall("(?:Document|Module)=.*", text.replace("\r", "")) == [
        "Document=ThisWorkbook/&H00000000", "Document=Sheet1/&H00000000", "Module=Buttons", "Module=Ribbon",
    ]  # fmt: skip
    assert found["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000000")
    assert found["PROJECTwm"].startswith(b"ThisWorkbook\0T\0h\0i\0s\0") and found["PROJECTwm"].endswith(b"n\0\0\0\0\0")


def test_same_source_same_bytes() -> None:
    assert project(OURS, ["Sheet1"]) == project(dict(OURS), ("Sheet1",))


@pytest.mark.parametrize(
    ("modules", "sheets", "says"),
    [
        ({"M": "Sub A()\n' 好\n' 笑😀\nEnd Sub"}, [], r"M, line 3: code page 936 lacks '😀' \(U\+1F600\)"),
        ({"M": "', €"}, [], "M, line 1"),
        ({"按钮": ""}, [], "not a name for a VBA module: '按钮'"),
        ({"1st": ""}, [], "not a name"),
        ({"": ""}, [], "not a name"),
        ({"m" * 32: ""}, [], "not a name"),
        ({}, ["s" * 23], "not a name"),
        ({}, ["表三"], "not a name"),
        ({"sheet1": ""}, ["Sheet1"], "different names"),
        ({"thisworkbook": ""}, [], "different names"),
        ({"VBAProject": ""}, [], "none VBAProject"),
    ],
)
def test_refused(modules: dict[str, str], sheets: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        project(modules, sheets)


@each_source
def test_source_is_what_every_host_can_compile(name: str) -> None:
    """ASCII but for comments and texts, no `Declare`, lines within the editor's 1023 characters."""
    lines = OURS[name].splitlines()
    assert lines[0] == "Option Explicit" and OURS[name].endswith("\n") and "\r" not in OURS[name]
    for line in lines:
        code = re.sub('"[^"]*"', '""', line).partition("'")[0]
        assert code.isascii() and "Declare" not in code, line
        assert len(line.encode("gbk")) <= 1023 and "\t" not in line


def test_every_button_has_its_verb() -> None:
    subs = dict(re.findall(r'Public Sub (\w+)\(\)\n    CallTool "(\w+)"\nEnd Sub', OURS["Buttons"]))
    assert subs == VERBS


def test_package_is_valid(tmp_path: Path) -> None:
    validate(book(tmp_path / "宏.xlsm", {"Buttons": OURS["Buttons"]}))


PRESS = """
import os, signal, subprocess, sys, threading, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
book, macro, profile, written = sys.argv[1:]
accept = "pipe,name=x%s;urp;" % os.getpid()
command = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
command += ["-env:UserInstallation=" + uno.systemPathToFileUrl(profile), "--accept=" + accept]
office = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
stop = lambda: os.killpg(office.pid, signal.SIGKILL)
clock = threading.Timer(60, stop)  # a message box would wait for ever
clock.start()
try:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    while clock.is_alive():
        try:
            context = resolver.resolve("uno:" + accept + "StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(0.2)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    options = tuple(PropertyValue(n, 0, v, 0) for n, v in (("Hidden", True), ("MacroExecutionMode", 4)))
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(book), "_blank", 0, options)
    address = "vnd.sun.star.script:VBAProject.Buttons.%s?language=Basic&location=document" % macro
    document.getScriptProvider().getScript(address).invoke((), (), ())
    while clock.is_alive() and not os.path.exists(written):  # by a tool that ends with this office
        time.sleep(0.05)
    document.close(True)
finally:
    clock.cancel()
    stop()
os._exit(0)  # an ordinary end takes UNO's libraries from under its threads, and crashes now and then
"""
"""What a click does in LibreOffice, under the Python that has UNO."""


def click(workbook: Path, macro: str, written: Path, home: Path) -> list[str]:
    """The lines of the file that the click makes somebody write: the macro does not wait for the tool."""
    need("soffice", SYSTEM_PYTHON)
    command = [SYSTEM_PYTHON, "-c", PRESS, str(workbook), macro, str(home / "profile"), str(written)]
    subprocess.run(command, check=True, timeout=120, env=os.environ | {"HOME": str(home)})
    return written.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("macro", "folder", "name", "place"),
    [
        ("ValidateReport", "年报 (2020) it's & #1 50%", "报告 1's (2) %41 a=b.xlsm", "xltools.sh"),
        ("GenerateReport", '他说“好” "x" $HOME;&', '报 "1" `$(x)`.xlsm', "年报工具/xltools.sh"),
        ("FillZeros", "it's", '"年报".xlsm', "xltools.sh"),
        ("CarryOver", "报送", "年报.xlsm", "../.local/share/xltools/xltools.sh"),
    ],
)
def test_a_click_starts_the_tool(macro: str, folder: str, name: str, place: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    tool = (tmp_path / folder / place).resolve()
    tool.parent.mkdir(parents=True, exist_ok=True)
    tool.write_text('printf "%s\\n" "$@" >"$0.new" && mv "$0.new" "$0.got"\n', "utf-8")
    workbook = book(tmp_path / folder / name, {"Buttons": OURS["Buttons"]})
    got = click(workbook, macro, tool.with_name("xltools.sh.got"), tmp_path)
    assert got == ["button", VERBS[macro], f"--wb={name}", "--from_xl=1"]


@pytest.mark.parametrize(
    ("folder", "name", "tool", "says"),
    [
        ("报送", "年报.xlsm", "", "没有找到年报工具。请把“年报工具”文件夹放在本工作簿旁边"),
        ("报送", 'it\'s "年报".xlsm', "报送/xltools.sh", "同时有单引号和双引号，请改名"),
    ],
)
def test_what_a_click_says(folder: str, name: str, tool: str, says: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    if tool:
        (tmp_path / tool).touch()
    box = 'MsgBox text, vbExclamation, "年报工具"'
    written = (
        'Open Environ("HOME") & "/saying" For Output As #1\nPrint #1, text\nClose #1\n'
        'Name Environ("HOME") & "/saying" As Environ("HOME") & "/said"'
    )
    assert box in OURS["Buttons"]
    workbook = book(tmp_path / folder / name, {"Buttons": OURS["Buttons"].replace(box, written)})
    assert says in click(workbook, "ExportJson", tmp_path / "said", tmp_path)[0]
