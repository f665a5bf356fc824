"""A Word template that was edited, read and filled in a process of its own (改过的 Word 模板).

Whatever it makes our libraries do costs that process: it ends after a few seconds, or with its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from xltools.batch import runner
from xltools.batch.limits import Limits
from xltools.batch.worker import Failure
from xltools.errors import WrongWordTemplate
from xltools.form import Edition
from xltools.report import Office, Report

LIMITS = Limits(seconds=3, memory=224 * 2**20)
"""A report is filled in a tenth of a second and with 40 MB."""
_WHY = {
    Failure.HUNG: "时间太长，已停止",
    Failure.MEMORY: "要用的内存太多，已停止",
    Failure.DIED: "使处理它的进程意外结束",
}


class _Order(NamedTuple):
    """What `xltools.outputs.word.render` is to be called with."""

    report: Report
    template: Path
    way: Mapping[str, Any]


def render(report: Report, template: Path, **way: Any) -> bytes:
    """Return the report as `xltools.outputs.word.render` does; raises `WrongWordTemplate`."""
    answer = _ordered(_Order(report, template, way))
    if isinstance(answer, str):
        raise WrongWordTemplate(answer)
    return answer


def require(template: Path, editions: Sequence[Edition]) -> None:
    """Raise `WrongWordTemplate` for a template that fits none of the editions: all that is wrong for the nearest."""
    answers = []
    for edition in editions:
        answers.append(_ordered(_Order(Report(Office(), None, edition), template, {})))
        if isinstance(answers[-1], bytes):
            return
    raise WrongWordTemplate(min(map(str, answers), key=len))


def _ordered(order: _Order) -> bytes | str:
    """The document, or what is wrong."""
    answer = dict(runner.run([order], _Filler(), 1, LIMITS))[0]
    if isinstance(answer, Failure):
        return f"填写 Word 模板“{order.template.name}”{_WHY[answer]}。请在自带的 Word 模板上重新修改后再试。"
    return answer if isinstance(answer, bytes) else str(answer)


class _Filler:
    """Fills in; where it arrives, it first loads what it needs, before its time counts."""

    def __reduce__(self) -> tuple[Callable[[], _Filler], tuple[()]]:
        return _loaded, ()

    def __call__(self, order: _Order) -> bytes | str:
        from xltools.outputs import word

        try:
            return word.render(order.report, template=order.template, **order.way)
        except WrongWordTemplate as fault:
            return str(fault)


def _loaded() -> _Filler:
    from xltools.outputs import word, wordtemplate

    assert word and wordtemplate
    return _Filler()
