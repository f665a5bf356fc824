"""Whether a template stays whole whichever of its statements apply (标记与版面的层次).

Each block has to leave the elements around it open as it found them: then a document is well-formed with or without
it, once or many times, and nothing after it is lost. An entry has to stand where a text is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import nodes

_TORN = "的“{% … %}”和与它成对的“{% end… %}”不在同一层（同一段、同一格或同一行），请放到一起"
_CELLS = frozenset({"w:tc", "w:tr", "w:tbl"})
"""No block may reach from one into another: without it the numbers after it would move on."""
_TAG = re.compile(r"<\?.*?\?>|<(/?)([\w:.-]+)[^<>]*?(/?)>", re.DOTALL)


class Torn(Exception):
    """A mark is at odds with the elements around it; where, and in words."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(words)
        self.line = line


def require_layers(body: Iterable[nodes.Node]) -> None:
    """Raise `Torn` for a part that could come out broken."""
    layers = _Layers()
    layers.block(body)
    layers.end()


class _Layers:
    def __init__(self) -> None:
        self._open: list[str] = []
        self._depth = 0
        """How many elements were open where the innermost block began."""
        self._tag = ""
        """The beginning of a tag in which an entry or a statement stands."""

    def block(self, body: Iterable[nodes.Node]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for one in node.nodes:
                        if isinstance(one, nodes.TemplateData):
                            self._text(one)
                        elif not self._tag and not (self._open and self._open[-1].endswith(":t")):
                            raise Torn("不在文字里，填不进去。请把“{{r”“{{p”一类写法改成“{{”", one.lineno)
                case nodes.If():
                    for branch in (node.body, *((other,) for other in node.elif_), node.else_):
                        self._closed(branch, node.lineno)
                case nodes.For():
                    self._closed(node.body, node.lineno)
                    self._closed(node.else_, node.lineno)

    def end(self) -> None:
        """Raise `Torn` where the part itself is not over yet."""
        if self._open or self._tag:
            raise Torn(_TORN, 1)

    def _closed(self, body: Iterable[nodes.Node], line: int) -> None:
        before, depth = ([*self._open], bool(self._tag)), self._depth
        self._depth = len(self._open)
        self.block(body)
        self._depth = depth
        if (self._open, bool(self._tag)) != before:
            raise Torn(_TORN, line)

    def _text(self, node: nodes.TemplateData) -> None:
        text, end = self._tag + node.data, 0
        for tag in _TAG.finditer(text):
            end = tag.end()
            closing, name, single = tag.groups()
            if closing and (not self._open or self._open.pop() != name):
                raise Torn(_TORN, node.lineno)
            if closing and len(self._open) < self._depth and name in _CELLS:
                raise Torn(_TORN, node.lineno)
            if name and not closing and not single:
                self._open.append(name)
        begun = text.rfind("<", end)
        self._tag = text[begun:] if begun >= 0 else ""
