"""The commands of the checks: to run them, and to explain them (校验的命令)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from xltools.checks import Finding
    from xltools.report import Report

OK, FOUND, USAGE, UNREADABLE = 0, 1, 2, 3
_PATH = click.Path(path_type=Path)
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON。")
@click.option("--strict", is_flag=True, help="没有写情况说明的提醒也算没有通过（退出码 1）。")
@click.option("--previous", metavar="上年文件", type=_PATH, help="与上年的工作簿或交换格式的文件比对，只用于一个文件。")
@click.option("--today", metavar="日期", type=_DAY, help="按这一天看公布期限，如 2026-01-20；不写的不看。")
@click.option("--deadline", metavar="日期", type=_DAY, help="当地通知规定的公布期限，与 --today 一起用。")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    as_json: bool,
    strict: bool,
    previous: Path | None,
    today: datetime | None,
    deadline: datetime | None,
) -> None:
    """校验填报工作簿或交换格式的文件。

    退出码：0 没有错误，1 有错误，3 有文件读不出来。
    """
    from xltools.checks import run
    from xltools.errors import XltoolsError
    from xltools.files import load
    from xltools.outputs.findings import answer

    if previous and len(files) > 1:
        raise click.UsageError("有 --previous 时只能校验一个文件")
    if deadline and not today:
        raise click.UsageError("--deadline 要与 --today 一起用")
    entries, code = [], OK
    for path in files:
        try:
            report = load(path)
            last = _last_year(previous, report) if previous else None
        except XltoolsError as fault:
            code = UNREADABLE
            entries.append({"file": str(path), "status": "unreadable", "code": fault.code, "message": str(fault)})
            if not as_json:
                say(f"{path}：{fault}", err=True)
            continue
        day, due = today and today.date(), deadline and deadline.date()
        findings = run(replace(report, previous=last, today=day, deadline=due))
        errors = sum(finding.is_error for finding in findings)
        unanswered = any(not answer(finding, report) for finding in findings)
        code = max(code, FOUND if errors or (strict and unanswered) else OK)
        entries.append(_entry(path, report, findings))
        if not as_json:
            show(path, report, findings)
    if as_json:
        click.echo(dump(entries))
    context.exit(code)


@click.command()
@click.argument("code", metavar="[规则]", required=False)
def rules(code: str | None) -> None:
    """列出校验规则；加规则号的，说明这一条，举例。"""
    from xltools.checks.rules import RULES
    from xltools.outputs.manual import entry
    from xltools.workbook import envelope

    if code is None:
        click.echo(f"{envelope.RULE}\t错误\t{envelope.SUMMARY}")
        for rule in RULES:
            click.echo(f"{rule.code}\t{rule.severity.chinese}\t{rule.summary}")
        return
    found = [rule for rule in RULES if rule.code == code.upper()]
    if not found:
        raise click.UsageError(f"没有规则“{code}”，有：{'、'.join(rule.code for rule in RULES)}")
    for rule in found:
        click.echo(f"{rule.code}（{rule.severity.chinese}）{rule.summary}")
        for name, said in entry(rule).items():
            click.echo(f"{name}：{said}")


def say(sentence: str, *, err: bool = False) -> None:
    """Print a sentence with words of somebody else, as one line that cannot steer the terminal."""
    from xltools.files import one_line

    click.echo(one_line(sentence), err=err)


def show(path: Path, report: Report, findings: list[Finding]) -> None:
    """Print the findings of one file."""
    from xltools.outputs.findings import answer, counted, sentence

    say(f"{path}：{report.title}")
    for finding in findings:
        said = answer(finding, report)
        say(f"  {sentence(finding, report.edition)}" + (f"情况说明：{said}" if said else ""))
    say(f"  {counted(findings)}")


def dump(data: object) -> str:
    """JSON as every command prints it."""
    import json

    return json.dumps(data, ensure_ascii=False, indent=1)


def _last_year(path: Path, report: Report) -> Report:
    """The report named as last year's; who names one of another name means its predecessor, and is told so."""
    from xltools.checks.organ import same
    from xltools.errors import WrongYear
    from xltools.files import load

    last = load(path)
    if report.year is None or last.year != report.year - 1:
        year = "没有填年度" if last.year is None else f"是 {last.year} 年度的"
        wanted = "先填写本年的年度" if report.year is None else f"换成 {report.year - 1} 年度的文件"
        raise WrongYear(f"上年文件“{path.name}”{year}，不能与本年比对。请{wanted}。")
    if same(report.office, last.office):
        return last
    names = f"“{last.office.name}”，本年的单位是“{report.office.name}”"
    say(f"注意：上年文件的单位是{names}，按同一单位比对。", err=True)
    return replace(last, office=report.office)


def _entry(path: Path, report: Report, findings: Iterable[Finding]) -> dict[str, Any]:
    from xltools.outputs.findings import as_json

    return {
        "file": str(path),
        "office": report.office.name,
        "year": report.year,
        "edition": report.edition.id,
        "status": "invalid" if any(finding.is_error for finding in findings) else "valid",
        "findings": [as_json(finding, report) for finding in findings],
    }
