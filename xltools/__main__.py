"""The outermost adapter of the command line: ``xltools`` and ``python -m xltools``.

Whatever goes wrong is said in one Chinese sentence; nothing reaches a user as a traceback.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from xltools.cli import UNREADABLE, USAGE, cli
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
    except click.ClickException as fault:
        _fail(f"命令写法不对：{_usage(fault)}。用 xltools --help 看用法。", USAGE)
    except (click.Abort, KeyboardInterrupt):
        _fail("已中断。", UNREADABLE)
    except BrokenPipeError:
        sys.exit(UNREADABLE)
    except Exception:  # the outermost adapter: nothing unexpected reaches a user as a traceback
        _fail(f"程序出了意外，没有完成。请把记录文件发给维护人员：{_log()}", UNREADABLE)


def _fail(sentence: str, code: int) -> None:
    click.echo(sentence, err=True)
    sys.exit(code)


def _usage(fault: click.ClickException) -> str:
    if isinstance(fault, click.NoSuchOption):
        return f"没有选项 {fault.option_name}"
    if isinstance(fault, click.MissingParameter) and fault.param:
        return f"缺少{fault.param.make_metavar(click.Context(cli)).strip('[]')}"
    if isinstance(fault, click.BadParameter) and fault.param:
        return f"{fault.param.human_readable_name} 的值不对"
    unknown = re.match(r"No such command '([^']*)'", fault.format_message())
    return f"没有命令 {unknown[1]}" if unknown else fault.format_message()


def _log() -> Path:
    import tempfile
    import traceback

    path = Path(tempfile.gettempdir()) / "xltools.log"
    path.write_text(traceback.format_exc(), "utf-8", "backslashreplace")
    return path


if __name__ == "__main__":
    main()
