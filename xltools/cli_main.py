"""The outermost adapter of the command line (命令行).

Whatever goes wrong is said in one Chinese sentence; nothing reaches a user as a traceback.
"""

from __future__ import annotations

import contextlib
import re
import sys

import click

from xltools import disk, home
from xltools.cli import cli
from xltools.cli_check import OK, UNREADABLE, USAGE, say
from xltools.errors import XltoolsError


def main() -> int:
    """Run a command; return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return cli.main(standalone_mode=False) or OK
    except XltoolsError as fault:
        said, code = str(fault), UNREADABLE
    except click.exceptions.NoArgsIsHelpError as fault:
        said, code = fault.format_message(), USAGE
    except click.ClickException as fault:
        said, code = f"命令写法不对：{_usage(fault)}。用 xltools --help 看用法。", USAGE
    except (click.Abort, KeyboardInterrupt):
        said, code = "已中断。", UNREADABLE
    except SystemExit:  # so click ends where nobody reads what is printed
        return UNREADABLE
    except Exception as fault:  # the outermost adapter: nothing unexpected reaches a user as a traceback
        code = UNREADABLE
        said = disk.sentence(fault) or f"程序出了意外，没有完成。请把记录文件发给维护人员：{home.log()}"
    with contextlib.suppress(OSError):  # there is nobody to tell
        say(said, err=True)
    return code


def _usage(fault: click.ClickException) -> str:
    """What is wrong with the command, in Chinese: click's own sentences are English."""
    if isinstance(fault, click.NoSuchOption):
        return f"没有选项 {fault.option_name}"
    if isinstance(fault, click.BadOptionUsage):
        return f"选项 {fault.option_name} 后面的内容不对或缺少内容"
    if isinstance(fault, click.BadParameter) and fault.param:
        name = _name(fault.param)
        choices = fault.param.type.choices if isinstance(fault.param.type, click.Choice) else ()
        if isinstance(fault, click.MissingParameter):
            return f"缺少{name}"
        return f"{name} 的值不对" + (f"，只能是{'、'.join(choices)}" if choices else "")
    said = fault.format_message()
    for english, chinese in (
        ("No such command '([^']*)'", "没有命令 {}"),
        (r"Got unexpected .*\((.*)\)", "多了参数 {}"),
    ):
        found = re.match(english, said)
        if found:
            return chinese.format(found[1])
    return said


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    return parameter.make_metavar(click.Context(cli)).strip("[]")
