"""The commands of the collecting office: a folder of workbooks in, everything it needs out (汇总单位的命令)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from xltools.batch.collection import Collection

_PATH = click.Path(path_type=Path, readable=False)  # what cannot be read is said in our words
_LEFT, _UNWRITTEN = 1, 3


@click.command()
@click.argument("folder", metavar="收件文件夹", type=_PATH)
@click.option("-o", "--output", "out", metavar="结果文件夹", type=_PATH, required=True, help="结果写到哪里。")
@click.option("--year", metavar="年度", type=int, help="收哪个年度的；不写的，看名单，再看多数文件。")
@click.option("--roster", metavar="名单.xlsx", type=_PATH, help="哪些单位应报；空白的用 xltools roster 生成。")
@click.option("--jobs", metavar="个数", type=click.IntRange(1, 32), help="同时处理几份；默认按处理器个数。")
@click.option("--template", metavar="模板.docx", type=_PATH, help="用本单位改过的 Word 模板。")
@click.option("--previous", metavar="上年文件夹", type=_PATH, help="上年收到的工作簿，用来比较。")
@click.option("--pdf", is_flag=True, help="每份 Word 报告另存一份 PDF，要装有 LibreOffice。")
@click.option("--scheduler", metavar="地址", help="在 dask 集群上处理，如 tcp://192.168.1.10:8786。")
@click.option("--fresh", is_flag=True, help="全部重新处理，不用上次的结果。")
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON，同 findings.json。")
@click.pass_context
def batch(
    context: click.Context,
    folder: Path,
    out: Path,
    year: int | None,
    roster: Path | None,
    jobs: int | None,
    template: Path | None,
    previous: Path | None,
    pdf: bool,
    scheduler: str | None,
    fresh: bool,
    as_json: bool,
) -> None:
    """把一个文件夹里收到的工作簿全部校验，生成 Word 报告和退回修改的文件。

    退出码：0 都办完了，1 还有要处理的，2 命令写法不对，3 没有完成。
    """
    from xltools.batch import data
    from xltools.batch.collect import Order, collect
    from xltools.batch.consolidate import overdone
    from xltools.batch.judge import open_ones

    jobs = jobs or min(os.cpu_count() or 1, 32)
    order = Order(folder, out, year, roster, jobs, template, previous, fresh, pdf, scheduler)
    unwritten: list[str] = []
    collection = collect(order, _progress(), unwritten.append)
    if as_json:
        click.echo(data.dump(data.findings(collection)), nl=False)
    else:
        _tell(collection, out)
    for sentence in dict.fromkeys((*collection.notices, *unwritten)):
        click.echo(sentence, err=True)
    left = bool(open_ones(collection) or collection.missing or any(overdone(collection)))
    context.exit(_UNWRITTEN if unwritten else _LEFT if left else 0)


@click.command()
@click.option("-o", "--output", metavar="名单.xlsx", type=_PATH, default=Path("名单.xlsx"), help="名单写到哪里。")
@click.option("--force", is_flag=True, help="覆盖已有的文件。")
def roster(output: Path, force: bool) -> None:
    """生成一份空白名单：哪些单位应报，何时截止。"""
    from xltools import files
    from xltools.batch.blank import blank

    path = files.destination(output, "名单", ".xlsx", Path())
    files.write(path, blank(), force=force)
    click.echo(f"已生成：{path}")


def _progress() -> Callable[[int, int, str], None]:
    """One line that changes on a terminal, plain lines elsewhere; on stderr, as it is no result."""
    from xltools.files import one_line

    start, terminal = time.monotonic(), sys.stderr.isatty()

    def done(count: int, total: int, file: str) -> None:
        nonlocal start
        name = one_line(file)
        if terminal:
            rate = count / max(time.monotonic() - start, 0.001)
            end = "\n" if count == total else ""
            click.echo(f"\r\x1b[K{count}/{total} {name[-40:]}（每秒 {rate:.1f} 份）{end}", nl=False, err=True)
            start = time.monotonic() if end else start  # the PDFs are counted by themselves
        else:
            print(f"{count}/{total} {name}", file=sys.stderr, flush=True)

    return done


def _tell(collection: Collection, out: Path) -> None:
    """What is left to do, file by file and office by office; the counts come last."""
    from xltools.batch.collection import headline
    from xltools.batch.judge import open_ones
    from xltools.batch.manifest import numbered
    from xltools.files import one_line

    for outcome in open_ones(collection):
        counts = f"错误 {outcome.errors} 处。" if outcome.errors else ""
        click.echo(one_line(f"{outcome.status}　{outcome.file}：{counts}{outcome.remark}"))
    for member in collection.missing:
        click.echo(one_line(f"未报　{member.name}"))
    for outcome in collection.outcomes:
        if names := "”“".join(filter(numbered, outcome.outputs.values())):
            whose = outcome.office or outcome.file
            click.echo(one_line(f"“{whose}”的结果是“{names}”：不带编号的那份是别的单位的，或有人改过，没有覆盖。"))
    click.echo(f"结果在：{out}")
    click.echo(headline(collection))
