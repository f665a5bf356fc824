"""The report by a Word template that an office edited: looked through first, then filled (按改过的模板生成).

A template that can be taken apart is filled as fast as our own, all others by docxtpl.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from xltools.errors import WrongWordTemplate
from xltools.form import Edition
from xltools.outputs import wordfile, wordmarks
from xltools.outputs.compiled import BODY, CORE, TITLE, Compiled, serialised
from xltools.outputs.context import context
from xltools.outputs.seal import seal
from xltools.outputs.steps import Step, Uncovered, taken_apart
from xltools.outputs.worddocument import MISWRITTEN, UNREADABLE, Document, mended
from xltools.outputs.wordparts import pack
from xltools.outputs.zipped import Zip
from xltools.report import OFFICE_FIELDS, Office, Report

_COMPARE = "请对照自带的 Word 模板和“xltools editions”列出的名称改正"
_NO_MARKS = "里没有可填的标记“{{ }}”，像是已经生成的报告。请用自带的 Word 模板，或在它的基础上修改"
_UNREADABLE = "打不开，不是 .docx 文件或已损坏。请另存为 .docx 后再试"
_REMEMBERED, _LISTED = 32, 40
_MARKS = re.compile(r"\{[{%#]")
_TABLE_OR_STATEMENT = re.compile(r"<(/?)w:tbl[ >]|\{%")


def fill(template: Path, edition: Edition, words: dict[str, Any], title: str) -> bytes:
    """Return the document, by the fast way where it is proved for this template; raises `WrongWordTemplate`."""
    try:
        data = require(template, edition)
        fast = compiled(data, edition)
        if fast:
            try:
                _room(fast.body, words)
                return fast.render(words, title)
            except (Uncovered, *MISWRITTEN):
                pass  # docxtpl says what is wrong, if anything is
        return pack(seal(Document(data).parts(words, title)))
    except MISWRITTEN:
        fault = f"中的标记写法有误，无法填写。{_COMPARE}"
    except WrongWordTemplate as found:
        fault = str(found)
    raise WrongWordTemplate(f"Word 模板“{template.name}”{fault}。")


def require(template: Path, edition: Edition) -> bytes:
    """Return a template that can be filled for this edition; raises `WrongWordTemplate`, its name to be put before."""
    data = wordfile.checked(wordfile.read(template))
    _require_known(data, edition)
    return data


@lru_cache(_REMEMBERED)
def _require_known(data: bytes, edition: Edition) -> None:
    """Look through all marks and fill in a report that has everything, and an empty one."""
    try:
        document = Document(data)
        if not document.has_marks:
            raise WrongWordTemplate(_NO_MARKS)
        for place in document.unfilled:
            raise WrongWordTemplate(
                f"里有标记写在不能填的地方（{place}）。标记只能写在正文、页眉、页脚和脚注里，请改正"
            )
        unknown, faults = wordmarks.reviewed(document.marked, _probes(edition)[0])
    except UNREADABLE:
        raise WrongWordTemplate(_UNREADABLE) from None
    said = [f"{_listed([f'“{name}”' for name in unknown], '、')}不是本版报告的项目"] if unknown else []
    if said or faults:
        raise WrongWordTemplate(f"中的{_listed([*said, *faults], '；')}。{_COMPARE}")


def _listed(words: list[str], between: str) -> str:
    rest = f"等 {len(words)} 处" if len(words) > _LISTED else ""
    return between.join(words[:_LISTED]) + rest


@lru_cache(8)
def compiled(data: bytes, edition: Edition) -> Compiled | None:
    """The template taken apart, proved on two reports to give what docxtpl gives; ``None`` where that cannot be."""
    try:
        template = Document(data)
        full, blank = _probes(edition)
        proof = template.parts(full, TITLE)
        fast = _take_apart(template.sources, proof)
        equal = _same(fast, full, proof) and _same(fast, blank, Document(data).parts(blank, TITLE))
        return fast if equal else None
    except (Uncovered, *UNREADABLE, *MISWRITTEN):
        return None


def _take_apart(sources: list[tuple[str, str]], proof: dict[str, bytes]) -> Compiled:
    """``proof`` is what docxtpl made of these patched sources, the body's first."""
    (document, body), *others = sources
    marked = [(name, source) for name, source in others if _MARKS.search(source)]
    feet = dict(marked)
    core = proof.get(CORE, b"").decode()
    if len(feet) < len(marked) or any("footnotes" in name for name in feet) or core.count(TITLE) != 1:
        raise Uncovered("parts")
    root = etree.fromstring(proof[document])
    root.replace(root.find(BODY), etree.Element(BODY))  # type: ignore[arg-type]
    shell = serialised(root)
    steps = taken_apart(body)
    constant = {name: data for name, data in proof.items() if name not in {document, CORE, *feet}}
    return Compiled(
        constant=constant,
        packed=Zip().with_parts(constant),
        document=document,
        shell=shell,
        body=steps,
        feet={name: taken_apart(source) for name, source in feet.items()},
        core=core,
        pliable=b"<w:body/>" not in shell or "docPr" in body or _reshaped(body) or not _whole(body, steps),
    )


def _whole(body: str, steps: tuple[Step, ...]) -> bool:
    """Whether the body is well-formed whichever statements apply: each block is so by itself."""
    opening = body[: body.index(">") + 1]

    def fits(block: tuple[Step, ...], around: tuple[str, str]) -> bool:
        text = around[0]
        for step in block:
            text += step.text.decode()
            if step.kind and text.rfind(">") < text.rfind("<"):  # inside a tag
                return False
            if not all(fits(inner, (opening, "</w:body>")) for inner in (step.body, step.otherwise)):
                return False
        try:
            etree.fromstring(text + around[1])
        except etree.XMLSyntaxError:
            return False
        return True

    return fits(steps, ("", ""))


def _reshaped(body: str) -> bool:
    """Whether a statement stands inside a table, or docxtpl sets the columns of one right."""
    depth = 0
    for match in _TABLE_OR_STATEMENT.finditer(body):
        if match[0] == "{%" and depth:
            return True
        depth += 0 if match[0] == "{%" else -1 if match[1] else 1
    still = re.sub("{%.*?%}", "", body, flags=re.DOTALL)
    plain = etree.fromstring(still, etree.XMLParser(recover=True))
    return bool(_canonical(plain) != _canonical(mended(still)))


def _same(fast: Compiled, words: dict[str, Any], proof: dict[str, bytes]) -> bool:
    ours = {**fast.constant, **fast.changed(words, TITLE)}
    return ours.keys() == proof.keys() and all(
        ours[name] == data or _canonical(etree.fromstring(ours[name])) == _canonical(etree.fromstring(data))
        for name, data in proof.items()
    )


def _canonical(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, method="c14n"))


def _room(steps: tuple[Step, ...], words: Mapping[str, Any], room: int = wordmarks.LONGEST) -> int:
    """How much longer the part may become than it will; raises `WrongWordTemplate` before it is made."""
    for text, kind, path, body, otherwise, variable in steps:
        value: Any = words
        for name in path:
            value = value[name]
        room -= len(text.decode())
        if kind == "name":
            room -= len(value)
        elif kind == "if":
            room = _room(body if value else otherwise, words, room)
        elif kind == "for":
            for item in value:
                room = _room(body, {**words, variable: item}, room)
        if room < 0:
            raise wordmarks.too_long()
    return room


def _probes(edition: Edition) -> tuple[dict[str, Any], dict[str, Any]]:
    """The words of a report with something everywhere, and of an empty one."""
    blank = Report(Office(), None, edition)
    full = Report(
        Office(**{name: f"甲{name}<乙>" for name in OFFICE_FIELDS}),
        edition.years[-1],
        edition,
        texts={place: f"{place}&" for place in edition.inputs},
        narrative={section.id: "（一）甲。乙\n　丙“丁”\n戊" for section in edition.sections if not section.tables},
        notes={section.sheet: "注\n二" for section in edition.sections if section.tables},
    )
    return context(full, mark="草稿", submission=True, answers=[("问题", "说明")]), context(blank)
