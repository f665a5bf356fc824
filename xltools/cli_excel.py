"""The commands around Excel: what macros call, and the ways in without macros (与 Excel 有关的命令)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from xltools.workbook.actions import ACTIONS

_PATH = click.Path(path_type=Path)
_VERBS = tuple(action.verb for action in ACTIONS)


def _typed(question: str, answers: Sequence[str]) -> str:
    """Ask on the terminal until one of the answers is typed; raises `click.Abort` where nobody can type."""
    while True:
        click.echo(question, nl=False)
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        if line.strip().lower() in answers:
            return line.strip().lower()
        click.echo(f"没有“{line.strip()}”，请输入 {'、'.join(answers)} 中的一个。")


def _agrees(question: str) -> bool:
    return _typed(f"{question}（是／否）", ("是", "否", "y", "n")) in ("是", "y")


@click.command(hidden=True, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("verb", type=click.Choice(_VERBS))
@click.pass_context
def button(context: click.Context, verb: str) -> None:
    """由工作簿里的宏调用：其余参数是 xlwings 的（--wb、--from_xl、--hwnd）。"""
    from xltools.excel import entry

    entry.lean()
    context.exit(0 if entry.called(verb) else 3)


@click.command()
@click.argument("file", metavar="[文件]", required=False, type=_PATH)
@click.option("--do", "verb", type=click.Choice(_VERBS), help="做哪一件；不写的，列出来选。")
@click.pass_context
def attach(context: click.Context, file: Path | None, verb: str | None) -> None:
    """连接打开着的工作簿，做按钮做的事，不用宏。"""
    from xltools.excel import entry

    entry.lean()
    name = file.name if file else None
    if verb:
        context.exit(0 if entry.reach(verb, name) else 3)
    while True:
        for number, action in enumerate(ACTIONS, start=1):
            click.echo(f"{number} {action.label}：{action.tip}{action.more}")
        choice = _typed("要做哪一件，请输入数字（0 结束）：", ("0", *map(str, range(1, len(ACTIONS) + 1))))
        if choice == "0":
            return
        action = ACTIONS[int(choice) - 1]
        if entry.reach(action.verb, name):
            click.echo(f"“{action.label}”完成，结果在工作簿里。")


@click.command()
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=_PATH)
@click.pass_context
def drop(context: click.Context, files: tuple[Path, ...]) -> None:
    """校验保存好的工作簿，在旁边生成报告并打开。

    用 WPS 的、不能用宏的，把工作簿拖到“校验并生成报告”上，就是这一条。
    """
    from xltools.excel import saved

    context.exit(max(saved.handle(path, click.echo, _agrees) for path in files))


@click.group()
def excel() -> None:
    """给本机的 Excel 装上按钮，不用管理员权限。"""


@excel.command()
def install() -> None:
    """装上：功能区“年报”，以及按钮要用的启动文件。"""
    from xltools.excel import addin

    for line in addin.install():
        click.echo(line)


@excel.command()
def status() -> None:
    """看装了没有。"""
    from xltools.excel import addin

    for line in addin.status():
        click.echo(line)


@excel.command()
def remove() -> None:
    """卸下。"""
    from xltools.excel import addin

    for line in addin.remove():
        click.echo(line)
