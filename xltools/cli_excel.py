"""The commands around Excel: what macros call, and the ways in without macros (与 Excel 有关的命令)."""

from __future__ import annotations

from pathlib import Path

import click

from xltools.workbook.actions import ACTIONS

_PATH = click.Path(path_type=Path)
_VERBS = tuple(action.verb for action in ACTIONS)


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
        choice = click.prompt("要做哪一件，请输入数字（0 结束）", type=click.IntRange(0, len(_VERBS)))
        if choice == 0:
            return
        entry.reach(_VERBS[choice - 1], name)


@click.command()
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=_PATH)
@click.pass_context
def drop(context: click.Context, files: tuple[Path, ...]) -> None:
    """校验保存好的工作簿，在旁边生成报告并打开。

    用 WPS 的、不能用宏的，把工作簿拖到“校验并生成报告”上，就是这一条。
    """
    from xltools.excel import saved

    context.exit(max(saved.handle(path, click.echo, click.confirm) for path in files))


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
