"""The command line, run as its users run it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.support.commands import tool_commands
from tests.support.reports import EDITIONS, FILINGS, FURONG
from xltools import interchange

RAN = tuple[int, str, str]


def xltools(*arguments: str | Path, cwd: Path | None = None) -> RAN:
    """Exit code, output and messages; whatever happens, no traceback."""
    command = [sys.executable, "-m", "xltools", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, cwd=cwd, timeout=120, check=False)
    out, err = ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8")
    assert "Traceback" not in out + err
    return ran.returncode, out, err


@pytest.fixture
def furong(tmp_path: Path) -> Path:
    path = tmp_path / "芙蓉镇.xlsx"
    assert xltools("new", "--data", FURONG, "-o", path)[0] == 0
    return path


def change(path: Path, cells: dict[tuple[str, str], object]) -> Path:
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(path)
    return path


def test_the_main_job(furong: Path) -> None:
    assert xltools("check", furong)[0] == 0
    code, out, _ = xltools("report", furong)
    target = furong.parent / "芙蓉镇2020年政府信息公开工作年度报告.docx"
    assert (code, out) == (0, f"已生成报告：{target}\n")
    assert len(docx.Document(str(target)).tables) == 3


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_full_reports_go_all_the_way(path: Path, tmp_path: Path) -> None:
    """JSON and the workbook made from it give the same verdict; a report with blanks only gives a draft."""
    book, blanks = tmp_path / "book.xlsx", path.stem == "shanghai_office_2019"
    assert xltools("new", "--data", path, "-o", book)[0] == 0
    verdicts = [json.loads(xltools("check", file, "--json")[1])[0] for file in (path, book)]
    assert verdicts[0] | {"file": ""} == verdicts[1] | {"file": ""}
    assert xltools("report", book, "-o", tmp_path)[0] == (1 if blanks else 0)
    assert len(list(tmp_path.glob("*.docx"))) == (0 if blanks else 1)
    assert xltools("report", book, "-o", tmp_path, "--draft")[0] == 0


@pytest.mark.parametrize(("year", "edition"), [("2020", "2019"), ("2025", "2021")])
def test_new(year: str, edition: str, tmp_path: Path) -> None:
    code, out, _ = xltools("new", year, "--office", "柳市镇人民政府", cwd=tmp_path)
    name = f"柳市镇人民政府{year}年政府信息公开工作年度报告填报工作簿.xlsx"
    assert (code, out) == (0, f"已生成：{name}\n")
    code, out, _ = xltools("check", name, "--json", cwd=tmp_path)
    (verdict,) = json.loads(out)
    assert (verdict["office"], verdict["year"], verdict["edition"]) == ("柳市镇人民政府", int(year), edition)
    inputs = next(e for e in EDITIONS if e.id == edition).inputs
    blanks = [f["cells"][0]["ref"] for f in verdict["findings"] if f["rule"] == "N2"]
    assert blanks == [str(place) for place in inputs]


def test_year_and_office_win_over_the_data(tmp_path: Path) -> None:
    assert xltools("new", "2019", "--data", FURONG, "--office", "别的镇", "-o", tmp_path / "a.xlsx")[0] == 0
    (verdict,) = json.loads(xltools("check", tmp_path / "a.xlsx", "--json")[1])
    assert (verdict["year"], verdict["office"]) == (2019, "别的镇")
    code, _, err = xltools("new", "2024", "--data", FURONG, "-o", tmp_path / "b.xlsx")
    assert code == 3 and "〔F1·错误〕" in err and not (tmp_path / "b.xlsx").exists()


def test_nothing_is_overwritten_without_force(furong: Path) -> None:
    assert xltools("report", furong)[0] == 0
    target = next(furong.parent.glob("*.docx"))
    target.write_text("改过的")
    code, _, err = xltools("report", furong)
    assert code == 3 and "已经存在，没有覆盖" in err and target.read_text() == "改过的"
    assert xltools("report", furong, "--force")[0] == 0
    assert target.read_bytes().startswith(b"PK")
    code, _, err = xltools("new", "2020", "-o", furong)
    assert code == 3 and "已经存在" in err


@pytest.mark.parametrize(
    ("typed", "rule", "says"),
    [
        ("5", "N1", "如果是 5"),
        ("５", "N1", "如果是 5"),
        ("-", "N1", "没有发生的请填 0"),
        ("/", "N1", "没有发生的请填 0"),
        (12.5, "N3", "不是整数"),
        (-1, "N1", "此格只能填 0 或正整数"),
        ("#DIV/0!", "N1", "#DIV/0!"),
        ("=2+3", "N1", "不要用公式"),
        (None, "N2", "尚未填写"),
    ],
)
def test_bad_entries_are_findings_with_their_cell(typed: object, rule: str, says: str, furong: Path) -> None:
    change(furong, {("表三", "E8"): typed})
    code, out, _ = xltools("check", furong)
    (line,) = [line for line in out.splitlines() if line.startswith(f"  〔{rule}·错误〕")]
    assert code == 1 and "（E8）" in line and says in line
    (finding,) = [f for f in json.loads(xltools("check", furong, "--json")[1])[0]["findings"] if f["rule"] == rule]
    cell = finding["cells"][0]
    assert (cell["ref"], cell["sheet"], cell["cell"]) == ("requests.received.company", "表三", "E8")
    assert cell["value"] == typed
    code, out, err = xltools("report", furong)
    assert line in out and "·提醒〕" in out  # all of them, not only what stopped it
    assert code == 1 and "没有生成报告" in err and not list(furong.parent.glob("*.docx"))
    assert xltools("report", furong, "--draft")[0] == 0


def test_an_unbalanced_column_is_an_error(furong: Path) -> None:
    change(furong, {("表三", "E8"): 2})
    code, out, _ = xltools("check", furong)
    assert code == 1 and "〔B1·错误〕表三“商业企业”列不平衡：一（2）+二（0）＝2，三（0）+四（0）＝0，相差 2。" in out


def test_reminders_fail_only_when_strict(furong: Path) -> None:
    change(furong, {("六、其他事项", "B4"): None})
    assert xltools("check", furong)[0] == 0
    code, out, _ = xltools("check", furong, "--strict")
    assert code == 1 and "〔F3·提醒〕" in out


@pytest.fixture
def two_years(tmp_path: Path) -> tuple[Path, Path]:
    """The town's report on 2020, from which the next year carries in something else."""
    data = json.loads(FURONG.read_text("utf-8"))
    last = tmp_path / "上年.json"
    numbers = dict.fromkeys(map(str, EDITIONS[0].inputs), 0) | {"requests.carried_out.natural_person": 2}
    last.write_text(json.dumps(data | {"year": 2019, "numbers": numbers}), "utf-8")
    return FURONG, last


def test_check_against_last_year(two_years: tuple[Path, Path], tmp_path: Path) -> None:
    this, last = two_years
    code, out, err = xltools("check", this, "--previous", last)
    assert (code, err) == (0, "")
    assert "〔X1·提醒〕表三“自然人”列：上年报告“四、结转下年度继续办理”为 2" in out
    book = tmp_path / "上年.xlsx"
    assert xltools("new", "--data", last, "-o", book)[0] == 0
    assert xltools("check", this, "--previous", book) == (code, out, err)
    assert "〔X1" not in xltools("check", this)[1]
    renamed = json.loads(last.read_text("utf-8"))
    renamed["office"] = {"name": "雁荡镇人民政府"}
    last.write_text(json.dumps(renamed), "utf-8")
    code, out, err = xltools("check", this, "--previous", last)
    assert "〔X1" in out
    assert err == "注意：上年文件的单位是“雁荡镇人民政府”，本年的单位是“乐清市芙蓉镇人民政府”，按同一单位比对。\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--previous", FURONG), 3, "上年文件“report.json”是 2020 年度的，不能与本年比对。请换成 2019 年度的文件。"),
        (("--previous", "没有.xlsx"), 3, "找不到文件"),
        (("--previous",), 2, "选项 --previous 后面"),
        ((FURONG, "--previous", FURONG), 2, "有 --previous 时只能校验一个文件"),
        (("--deadline", "2021-01-31"), 2, "--deadline 要与 --today 一起用"),
        (("--today", "明天"), 2, "--today 的值不对"),
    ],
)
def test_check_with_something_wrong(arguments: tuple[str | Path, ...], code: int, says: str) -> None:
    ran = xltools("check", FURONG, *arguments)
    assert ran[0] == code and says in ran[2] and "没有错误" not in ran[1]


def test_the_deadline_is_looked_at_on_request_only() -> None:
    dates = ("--today", "2021-01-28", "--deadline", "2021-01-31")
    assert "〔D1·提醒〕公布期限是 2021年1月31日（按当地规定），还有 3 天。" in xltools("check", FURONG, *dates)[1]
    assert "〔D1" not in xltools("check", FURONG, *dates[:2])[1]  # a town: by local notice


def broken(folder: Path, furong: Path) -> dict[str, Path]:
    files = {name: folder / f"{name}.xlsx" for name in ("空", "文本", "加密", "标签", "缺表", "别人的", "错年度")}
    files["空"].write_bytes(b"")
    files["文本"].write_text("单位,5")
    files["加密"].write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0" + "EncryptedPackage".encode("utf-16-le"))
    openpyxl.Workbook().save(files["别人的"])
    for name, edit in {
        "标签": lambda book: book["表三"].__setitem__("C13", "别的"),
        "缺表": lambda book: book.remove(book["表四"]),
        "错年度": lambda book: book["封面"].__setitem__("B6", 2024),
    }.items():
        book = openpyxl.load_workbook(furong)
        edit(book)
        book.save(files[name])
    files["没有"] = folder / "没有.xlsx"
    return files


def test_unreadable_files_each_get_one_sentence_and_nothing_is_written(furong: Path, tmp_path: Path) -> None:
    folder = tmp_path / "坏"
    folder.mkdir()
    files = broken(folder, furong)
    code, out, err = xltools("check", *files.values(), furong)
    assert code == 3 and "错误 0 处，提醒 1 处。" in out
    lines = err.splitlines()
    assert len(lines) == len(files)
    for line, path in zip(lines, files.values(), strict=True):
        assert line.startswith(f"{path}：") and line.endswith("。")
    code, out, err = xltools("check", *files.values(), furong, "--json")
    verdicts = json.loads(out)
    assert (code, err) == (3, "")
    assert [v["status"] for v in verdicts] == ["unreadable"] * len(files) + ["valid"]
    codes = {path.stem: v["code"] for path, v in zip(files.values(), verdicts, strict=False)}
    assert (codes["标签"], codes["缺表"], codes["错年度"], codes["加密"]) == ("F2", "F2", "F1", "F0")
    for path in files.values():
        assert xltools("report", path, "-o", folder / "out")[0] == 3
    assert not (folder / "out").exists()


def test_report_for_several_files_and_versions(furong: Path, tmp_path: Path) -> None:
    second = tmp_path / "宿迁.xlsx"
    filing = next(path for path in FILINGS if path.stem == "suqian_city_2024")
    assert xltools("new", "--data", filing, "-o", second)[0] == 0
    out = tmp_path / "word"
    assert xltools("report", furong, second, "-o", out)[0] == 0
    assert xltools("report", furong, "-o", out, "--for", "报送")[0] == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "宿迁市人民政府2024年政府信息公开工作年度报告.docx",
        "芙蓉镇2020年政府信息公开工作年度报告.docx",
        "芙蓉镇2020年政府信息公开工作年度报告（报送版）.docx",
    ]
    assert xltools("report", furong, second, "-o", tmp_path / "a.docx")[0] == 2


def test_report_with_an_edited_template(furong: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[1] / "templates/2019/report.docx"
    code, _, _ = xltools("report", furong, "--template", shipped, "-o", tmp_path / "a.docx")
    assert code == 0 and (tmp_path / "a.docx").exists()
    code, _, err = xltools("report", furong, "--template", FURONG, "-o", tmp_path / "b.docx")
    assert code == 3 and "Word 模板“report.json”不是 .docx 文件" in err and not (tmp_path / "b.docx").exists()


def test_export_gives_back_the_data(furong: Path, tmp_path: Path) -> None:
    code, out, _ = xltools("export", furong, "--json")
    assert code == 0
    given, exported = interchange.load(FURONG), interchange.loads(out)
    assert (exported.numbers, exported.office, exported.narrative) == (given.numbers, given.office, given.narrative)
    assert xltools("export", furong, "-o", tmp_path / "x.json")[0] == 0
    assert (tmp_path / "x.json").read_text("utf-8") == out


def test_catalogue_lets_anybody_fill_a_workbook(tmp_path: Path) -> None:
    """A program that knows only ``editions --json`` fills a blank workbook, and it passes."""
    assert xltools("new", "2024", "-o", tmp_path / "a.xlsx")[0] == 0
    catalogue = json.loads(xltools("editions", "2021", "--json")[1])
    assert len(catalogue["cells"]) == 200 and len(catalogue["fields"]) == 27
    places = {entry["ref"]: (entry["sheet"], entry["cell"]) for entry in catalogue["cells"] if entry["kind"] == "input"}
    fields = {entry["ref"]: (entry["sheet"], entry["cell"]) for entry in catalogue["fields"]}
    words = {
        "office.name": "某局",
        "narrative.overview": "主动公开、依申请公开、信息管理、平台建设、监督保障都好",
        "narrative.problems": "问",
        "narrative.other_matters": "未收取信息处理费",
    }
    filled = dict.fromkeys(places.values(), 0) | {places["art20_5.licences.decisions"]: 1}
    change(tmp_path / "a.xlsx", {**filled, **{fields[k]: v for k, v in words.items()}})
    assert xltools("check", "--strict", tmp_path / "a.xlsx") == (
        0, f"{tmp_path / 'a.xlsx'}：某局2024年政府信息公开工作年度报告\n  没有错误，没有提醒。\n", "",
    )  # fmt: skip


def test_lists() -> None:
    assert xltools("editions")[1].splitlines()[1] == "2021\t2021年版\t国办公开办函〔2021〕30号\t2021年度及以后"
    assert "表三\tD8\trequests.received.natural_person\t表三 · 一、本年新收 · 自然人" in xltools("editions", "2021")[1]
    assert "B1\t错误\t表三每一列：新收加上年结转，等于办理结果总计加结转下年度。" in xltools("rules")[1]
    said = xltools("rules", "b1")[1].splitlines()
    assert [line.partition("：")[0] for line in said[1:]] == ["依据", "适用", "合格", "不合格", "这样说"]
    assert said[1].startswith("依据：年度报告格式附件") and "〔B1·错误〕" in said[-1]
    assert len(json.loads(xltools("editions", "--json")[1])) == 2


def test_doctor_speaks_chinese_and_names_the_fonts() -> None:
    code, out, _ = xltools("doctor")
    assert code == 0
    assert all(
        line.startswith(("本工具", "有", "没有", "缺", "字体", "启动文件", "功能区")) and line.endswith("。")
        for line in out.splitlines()
    )
    assert "LibreOffice" in out and "字体" in out and "Excel" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "填报工作簿、校验"),
        (("doctor", "x"), 2, "多了参数 x"),
        (("new", "-o"), 2, "选项 -o 后面"),
        (("chekc",), 2, "没有命令 chekc"),
        (("check",), 2, "缺少文件…"),
        (("check", "--jsn", "x"), 2, "没有选项 --jsn"),
        (("new",), 2, "请写明年度"),
        (("new", "二〇二〇"), 2, "的值不对"),
        (("report", "x.xlsx", "--for", "内部"), 2, "--for 的值不对，只能是公布、报送"),
        (("rules", "Z9"), 2, "没有规则“Z9”"),
        (("new", "2018"), 3, "没有 2018 年度适用的格式"),
        (("new", "2025", "-o", "a.xls"), 3, "扩展名应是 .xlsx"),
        (("editions", "1999"), 3, "不认识“1999”版"),
        (("export", "没有.xlsx"), 3, "找不到文件"),
    ],
)
def test_wrong_usage_is_said_in_chinese(arguments: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    ran = xltools(*arguments, cwd=tmp_path)
    assert ran[0] == code and says in ran[2]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["rules"], ["check", "no.xlsx"], ["--version"]])
def test_nobody_reads_what_is_printed(arguments: list[str]) -> None:
    unread, pipe = os.pipe()
    os.close(unread)
    ran = subprocess.run([sys.executable, "-m", "xltools", *arguments], stdout=pipe, stderr=pipe, check=False)
    os.close(pipe)
    assert ran.returncode == 3


@pytest.mark.parametrize("writable", [True, False])
def test_an_unexpected_fault_is_one_sentence_and_a_log(writable: bool, tmp_path: Path) -> None:
    fail = "" if writable else "import tempfile; tempfile.gettempdir = lambda: '/dev/null/no'\n"
    script = f"{fail}import xltools.files, xltools.__main__ as m; xltools.files.load = lambda p: 1/0; m.main()"
    environment = {**os.environ, "HOME": str(tmp_path) if writable else "/dev/null"}
    command = [sys.executable, "-c", script, "check", "a.xlsx"]
    ran = subprocess.run(command, capture_output=True, env=environment, check=False)
    said, logs = ran.stderr.decode(), list(tmp_path.rglob("*.log"))
    assert ran.returncode == 3 and said.startswith("程序出了意外，没有完成。") and said.count("\n") == 1
    assert len(logs) == writable
    assert not writable or (str(logs[0]) in said and "ZeroDivisionError" in logs[0].read_text())


def test_no_file_of_the_same_command_is_overwritten_even_by_force(furong: Path, tmp_path: Path) -> None:
    twin, before = tmp_path / "同名.xlsx", furong.read_bytes()
    twin.write_bytes(before)
    code, out, err = xltools("report", furong, twin, "-o", tmp_path / "word", "--force")
    assert code == 3 and out.count("已生成") == 1 and "本次用到的另一个文件" in err
    for arguments in (
        ("report", furong, "-o", furong),
        ("export", furong, "-o", furong),
        ("report", furong, "-o", tmp_path / "x.pdf"),
    ):
        code, _, err = xltools(*arguments, "--force")
        assert code == 3 and "扩展名应是" in err
    assert furong.read_bytes() == before


def test_a_finished_report_is_no_template(furong: Path, tmp_path: Path) -> None:
    assert xltools("report", furong, "-o", tmp_path / "a.docx")[0] == 0
    code, _, err = xltools("report", furong, "--template", tmp_path / "a.docx", "-o", tmp_path / "b.docx")
    assert code == 3 and "像是已经生成的报告" in err and not (tmp_path / "b.docx").exists()


def test_a_text_too_long_for_a_cell_is_said(tmp_path: Path) -> None:
    data = json.loads(FURONG.read_text("utf-8")) | {"narrative": {"overview": "长" * 40_000}}
    (tmp_path / "a.json").write_text(json.dumps(data), "utf-8")
    code, _, err = xltools("new", "--data", tmp_path / "a.json", "-o", tmp_path / "a.xlsx")
    assert code == 3 and "有 40000 字，一格最多 32767 字" in err and not (tmp_path / "a.xlsx").exists()


def test_a_place_that_cannot_be_written(furong: Path) -> None:
    code, _, err = xltools("report", furong, "-o", furong / "x.docx")
    assert code == 3 and "写不进去" in err


def test_help_has_a_chinese_line_for_every_command() -> None:
    out = xltools("--help")[1]
    for name, command in tool_commands().items():
        assert command.hidden is (f"  {name} " not in out)
        assert command.hidden or (command.help and command.help.splitlines()[0] in out), name


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = ("openpyxl", "xlsxwriter", "docx", "docxtpl", "lxml", "jinja2", "pandas")
    script = f"import sys, xltools.cli_main; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_what_an_office_has_typed_does_not_steer_the_terminal(furong: Path) -> None:
    change(furong, {("表三", "E8"): "_x001B_[31m红_x0007_", ("一、总体情况", "B200"): "_x001B_]0;题_x0007_"})
    for said in (xltools("check", furong), xltools("report", furong)):
        assert said[0] == 1 and all(letter.isprintable() or letter in "\n　" for letter in said[1] + said[2])
    assert "红" in xltools("check", furong)[1]
