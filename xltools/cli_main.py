"""The outermost adapter of the command line (命令行).

Whatever goes wrong is said in one Chinese sentence; nothing reaches a user as a traceback.
"""

from __future__ import annotations

import contextlib
import gc
import re
import sys

import click

from xltools import disk, home
from xltools.cli import cli
from xltools.cli_check import UNREADABLE, USAGE
from xltools.errors import XltoolsError


def main() -> None:
    """Run a command and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(cli.main(standalone_mode=False))
    except XltoolsError as fault:
        _fail(str(fault), UNREADABLE)
    except click.exceptions.NoArgsIsHelpError as fault:
        _fail(fault.format_message(), USAGE)
    except click.ClickException as fault:
        _fail(f"命令写法不对：{_usage(fault)}。用 xltools --help 看用法。", USAGE)
    except (click.Abort, KeyboardInterrupt):
        _fail("已中断。", UNREADABLE)
    except BrokenPipeError:
        sys.exit(UNREADABLE)
    except Exception as fault:  # the outermost adapter: nothing unexpected reaches a user as a traceback
        said = disk.sentence(fault) or f"程序出了意外，没有完成。请把记录文件发给维护人员：{home.log()}"
        _fail(said, UNREADABLE)
    finally:
        if "uno" not in sys.modules:
            gc.freeze()  # when Python ends, it looks for cycles in what is left, for nothing; UNO needs it


def _fail(sentence: str, code: int) -> None:
    with contextlib.suppress(OSError):  # there is nobody to tell
        click.echo(sentence, err=True)
    sys.exit(code)


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
