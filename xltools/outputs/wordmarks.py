"""What the marks of a Word template may say (模板的标记): entries, loops, conditions and a few filters.

All else is refused before anything is filled in: a template computes nothing, calls nothing, and every name in it
is one of the report's. Jinja's sandbox, without its globals and with strict names, stays behind that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from xltools.errors import WrongWordTemplate
from xltools.outputs.steps import escaped
from xltools.outputs.wordlayers import Torn, require_layers

MOST, MOST_LOOPED = 5000, 200
"""Marks of a part, and marks in one loop; our template has 350."""
LONGEST = 8 * 2**20
"""Characters of a part when it is filled in; a long report has 1 million."""

_LOOP: Mapping[str, Any] = {"index": 1, "index0": 0, "first": True, "last": True, "length": 1}
_SHOWN, _LONGEST_NAME = 40, 100


def too_long() -> WrongWordTemplate:
    """What to raise where more than `LONGEST` would come out."""
    return WrongWordTemplate("填出来的内容过多，已停止。请检查循环里是否有多余的内容")


def _joined(values: list[str], between: str = "") -> str:
    return between.join(values)


def _default(value: str, other: str = "", _blank: bool = True) -> str:
    """What Jinja does if its last argument is true: an entry is never undefined, but may be blank."""
    return value or other


def _same(value: str) -> str:
    return value


_TEXT: Mapping[str, Callable[..., Any]] = {
    "upper": str.upper, "lower": str.lower, "trim": str.strip, "default": _default, "d": _default,
    "e": _same, "escape": _same, "length": len, "count": len,
}  # fmt: skip
"""Filters of an entry; it is escaped once, when it is printed."""
_LISTS: Mapping[str, Callable[..., Any]] = {"join": _joined, "length": len, "count": len}


def _printed(value: Any) -> Any:
    return Markup(escaped(value)) if isinstance(value, str) else value


class Bounded(Template):
    """A template whose result is counted as it comes; raises `WrongWordTemplate`."""

    def render(self, *args: Any, **kw: Any) -> str:
        pieces, size = [], 0
        for piece in self.generate(*args, **kw):
            size += len(piece)
            if size > LONGEST:
                raise too_long()
            pieces.append(piece)
        return "".join(pieces)


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with nothing in it but the report's entries, each escaped when it is printed."""

    template_class = Bounded

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_printed)
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update({**_TEXT, **_LISTS})

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002
        return False

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An entry, whatever methods the mapping has."""
        return self.getitem(obj, attribute) if isinstance(obj, dict) else super().getattr(obj, attribute)


def reviewed(sources: Iterable[str], words: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return all unknown names in the parts of a template, and the faults of its marks in words.

    ``words`` is what a report has, every list with something in it.
    """
    review = _Review()
    for source in sources:
        review.part(source, words)
    return list(dict.fromkeys(review.unknown)), list(dict.fromkeys(review.faults))


class _Review:
    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.faults: list[str] = []
        self._lines: list[str] = []

    def part(self, source: str, words: Mapping[str, Any]) -> None:
        if source.count("{{") + source.count("{%") > MOST:
            self.faults.append(f"标记超过 {MOST} 个")
            return
        self._lines = source.split("\n")
        try:
            tree = _PARSER.parse(source)
            self._block(tree.body, words, within=False)
            require_layers(tree.body)
        except TemplateSyntaxError as fault:
            self._fault("写法有误，请检查“{{ }}”和“{% %}”是否成对、完整", fault.lineno)
        except Torn as fault:
            self._fault(str(fault), fault.line)
        except (RecursionError, ValueError):  # brackets in brackets, numbers of thousands of digits
            self.faults.append("标记过于复杂")

    def _block(self, body: Iterable[nodes.Node], words: Mapping[str, Any], *, within: bool) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for printed in node.nodes:
                        if not isinstance(printed, nodes.TemplateData):
                            self._printable(printed, words)
                case nodes.If():
                    self._value(node.test, words)
                    self._block((*node.body, *node.elif_, *node.else_), words, within=within)
                case nodes.For(target=nodes.Name(name=variable), recursive=False, test=None) if not within:
                    items = self._value(node.iter, words)
                    if not isinstance(items, list):
                        self._fault("循环的不是一组内容", node.lineno, items)
                    elif sum(1 for _ in _marks(node.body)) > MOST_LOOPED:
                        self._fault(f"循环里的标记超过 {MOST_LOOPED} 个", node.lineno)
                    item = items[0] if isinstance(items, list) else None
                    self._block(node.body, {**words, variable: item, "loop": _LOOP}, within=True)
                    self._block(node.else_, words, within=False)
                case nodes.For():
                    self._fault("循环里不能再有循环，也不能带条件", node.lineno)
                case _:
                    self._fault("只能写项目名、循环（for）和条件（if）", _line(node))

    def _printable(self, node: nodes.Expr, words: Mapping[str, Any]) -> None:
        value = self._value(node, words)
        if isinstance(value, bool):
            self._fault("写的是条件，不是项目名", node.lineno)
        elif isinstance(value, list | dict):
            self._fault("写的是一组内容，要写到具体的一项，或用循环", node.lineno)

    def _value(self, node: nodes.Node | None, words: Mapping[str, Any]) -> Any:
        """What an expression gives with these words; ``None`` if that is wrong already."""
        match node:
            case nodes.Const(value=str() | int()):
                return node.value
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._entry(node, words)
            case nodes.CondExpr(expr2=nodes.Expr()) | nodes.And() | nodes.Or():
                return self._either(node, words)
            case nodes.Filter(node=nodes.Expr()):
                return self._filtered(node, words)
            case nodes.Not() | nodes.Compare():
                return self._asked(node, words)
        if node:
            self._fault("只能写项目名和比较，不能计算或调用", node.lineno)
        return None

    def _either(self, node: nodes.CondExpr | nodes.And | nodes.Or, words: Mapping[str, Any]) -> Any:
        *_, one, other = [self._value(part, words) for part in node.iter_child_nodes()]
        return one if isinstance(one, list | dict | bool) else other

    def _entry(self, node: nodes.Node, words: Mapping[str, Any]) -> Any:
        path = _path(node)
        if path is None:
            self._fault("项目名写法有误", node.lineno)
            return None
        value: Any = words
        for name in path:
            if value is None:
                return None
            if not isinstance(value, Mapping) or name not in value:
                self.unknown.append(".".join(path)[:_LONGEST_NAME])
                return None
            value = value[name]
        return value

    def _filtered(self, node: nodes.Filter, words: Mapping[str, Any]) -> Any:
        value = self._value(node.node, words)
        if value is None:
            return None
        known = _TEXT if isinstance(value, str) else _LISTS if isinstance(value, list) else {}
        said = [arg.value for arg in node.args if isinstance(arg, nodes.Const)]
        try:
            if len(said) == len(node.args) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
                return known[node.name](value, *said)
        except (KeyError, TypeError):
            pass
        self._fault(f"里的“|{node.name[:_SHOWN]}”不能用", node.lineno)
        return None

    def _asked(self, node: nodes.Not | nodes.Compare, words: Mapping[str, Any]) -> bool:
        if isinstance(node, nodes.Not):
            self._value(node.node, words)
            return True
        values = [self._value(one, words) for one in (node.expr, *(operand.expr for operand in node.ops))]
        ordered = any(operand.op not in ("eq", "ne", "in", "notin") for operand in node.ops)
        if ordered and not all(value is None or isinstance(value, int) for value in values):
            self._fault("不能比较文字的大小", node.lineno)
        return True

    def _fault(self, words: str, line: int, *cause: Any) -> None:
        """Quote the paragraph; what follows from an unknown name is not said again."""
        if not cause or cause[0] is not None:
            text = re.sub(r"<[^>]*>", "", self._lines[min(line, len(self._lines)) - 1])[:_SHOWN]
            self.faults.append(f"“{text.strip()}”{words}")


def _line(node: nodes.Node) -> int:
    """Where a statement begins; Jinja puts some into a node without a line."""
    lines: list[int | None] = [one.lineno for one in (node, *node.iter_child_nodes())]
    return next((line for line in lines if line), 1)


def _path(node: nodes.Node) -> tuple[str, ...] | None:
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr(attr=last) | nodes.Getitem(arg=nodes.Const(value=str(last))):
            before = _path(node.node)
            return (*before, last) if before else None
    return None


def _marks(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for node in body:
        yield from node.find_all((nodes.Name, nodes.Const))


_PARSER = Environment()
