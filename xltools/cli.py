"""The command line: thin, and the one place that prints. Heavy modules are imported where used (命令行)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from xltools import __version__
from xltools.cli_check import FOUND, OK, UNREADABLE, check, dump, rules, say, show

_FILES = click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
_FORCE = click.option("--force", is_flag=True, help="覆盖已有的文件。")
_PATH = click.Path(path_type=Path)

_ELSEWHERE = {"cli_batch": ("batch", "roster"), "cli_excel": ("button", "attach", "drop", "excel")}
"""The commands of other modules, which are imported when a command of theirs is asked for."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(name for names in _ELSEWHERE.values() for name in names)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for module, names in _ELSEWHERE.items():
            if cmd_name in names:
                self.add_command(getattr(import_module(f"xltools.{module}"), cmd_name))
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="xltools %(version)s", help="显示版本号。")
def cli() -> None:
    """政府信息公开工作年度报告：填报工作簿、校验、生成 Word 报告。"""


cli.add_command(check)
cli.add_command(rules)


@cli.command()
@click.argument("year", metavar="[年度]", required=False, type=int)
@click.option("--office", metavar="单位", default="", help="单位全称。")
@click.option("--data", metavar="文件.json", type=_PATH, help="用交换格式的数据填好。")
@click.option("-o", "--output", metavar="文件", type=_PATH, help="工作簿写到哪里。")
@_FORCE
def new(year: int | None, office: str, data: Path | None, output: Path | None, force: bool) -> None:
    """生成一个年度的填报工作簿。

    -o 的文件名以 .xlsm 结尾的，表上有按钮。
    """
    from dataclasses import replace

    from xltools import editions, files, interchange
    from xltools.report import Office, Report
    from xltools.workbook.build import build

    if data:
        report = interchange.load(data)
        if year is not None:
            editions.require_year(report.edition, year)
            report = replace(report, year=year)
    elif year is None:
        raise click.UsageError("请写明年度，如：xltools new 2025")
    else:
        report = Report(Office(), year, editions.for_year(year))
    report = replace(report, office=replace(report.office, name=office)) if office else report
    macros = output is not None and output.suffix.lower() == ".xlsm"
    path = files.destination(output, f"{report.title}填报工作簿", ".xlsm" if macros else ".xlsx", Path())
    files.write(path, build(report, macros=macros), force=force)
    say(f"已生成：{path}")


@cli.command()
@_FILES
@click.option("-o", "--output", metavar="文件或文件夹", type=_PATH, help="Word 报告写到哪里；默认在原文件旁边。")
@click.option("--for", "version", type=click.Choice(["公布", "报送"]), default="公布", help="公布版或报送版。")
@click.option("--template", metavar="模板.docx", type=_PATH, help="用本单位改过的 Word 模板。")
@click.option("--draft", is_flag=True, help="有错误也生成，印上“草稿”。")
@click.option("--annex", is_flag=True, help="报送版后面附上对提醒的情况说明。")
@_FORCE
@click.pass_context
def report(
    context: click.Context,
    files: tuple[Path, ...],
    output: Path | None,
    version: str,
    template: Path | None,
    draft: bool,
    annex: bool,
    force: bool,
) -> None:
    """生成 Word 报告；有错误的不生成，除非加 --draft。"""
    from xltools import files as filing
    from xltools.checks import errors, run
    from xltools.errors import XltoolsError
    from xltools.outputs import word
    from xltools.outputs.findings import answered

    if template:
        from xltools.batch import edited

    submission = version == "报送"
    if annex and not submission:
        raise click.UsageError("情况说明只附在报送版后面，请加 --for 报送")
    if len(files) > 1 and output and output.suffix and not output.is_dir():
        raise click.UsageError("有多个文件时，-o 应是文件夹")
    code, taken = OK, set(files)
    for path in files:
        try:
            filled = filing.load(path)
            if not draft and errors(filled):
                show(path, filled, run(filled))
                say(f"{path}：有错误，没有生成报告。请改正后再试；只看样子的，加 --draft 生成草稿。", err=True)
                code = max(code, FOUND)
                continue
            kind = ("报送版" if submission else "") + (word.DRAFT if draft else "")
            kind = f"（{kind}）" if kind else ""
            target = filing.destination(output, filled.title + kind, ".docx", path.parent, taken)
            said = answered(run(filled), filled) if annex else ()
            way: dict[str, Any] = {"draft": draft, "submission": submission, "answers": said}
            document = edited.render(filled, template, **way) if template else word.render(filled, **way)
            filing.write(target, document, force=force)
            taken.add(target)
            say(f"已生成{word.DRAFT if draft else word.REVIEW if kind else '报告'}：{target}")
        except XltoolsError as fault:
            say(f"{path}：{fault}", err=True)
            code = UNREADABLE
    context.exit(code)


@cli.command()
@click.argument("file", metavar="文件", type=_PATH)
@click.option("--json", is_flag=True, expose_value=False, help="写成交换格式（JSON），也是唯一的格式。")
@click.option("-o", "--output", metavar="文件", type=_PATH, help="写到文件里；默认显示出来。")
@_FORCE
def export(file: Path, output: Path | None, force: bool) -> None:
    """把工作簿里的数据导出为交换格式。"""
    from xltools import files, interchange

    text = interchange.dumps(files.load(file))
    if output:
        output = files.destination(output, file.stem, ".json", file.parent, {file})
        files.write(output, text.encode("utf-8", "backslashreplace"), force=force)
        say(f"已导出：{output}")
    else:
        click.echo(text, nl=False)


@cli.command("editions")
@click.argument("edition_id", metavar="[版本]", required=False)
@click.option("--json", "as_json", is_flag=True, help="列出每一格的编号、名称、单位和位置。")
def list_editions(edition_id: str | None, as_json: bool) -> None:
    """列出各版格式；加版本号的，列出该版每一格。"""
    from xltools import editions
    from xltools.outputs.catalogue import catalogue

    if as_json:
        chosen = [catalogue(editions.get(edition_id))] if edition_id else [catalogue(e) for e in editions.all()]
        click.echo(dump(chosen[0] if edition_id else chosen))
    elif edition_id:
        entries = catalogue(editions.get(edition_id))
        for cell in (*entries["fields"], *entries["cells"]):
            click.echo(f"{cell['sheet']}\t{cell['cell']}\t{cell['ref']}\t{cell['label']}")
    else:
        for edition in editions.all():
            click.echo(f"{edition.id}\t{edition.name}\t{edition.source}\t{edition.span}")


@cli.command()
def doctor() -> None:
    """检查这台电脑缺什么。"""
    from xltools.doctor import examine

    for line in examine():
        click.echo(line)
