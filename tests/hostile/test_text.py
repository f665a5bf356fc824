"""What is typed is what is printed: ten thousand texts from the workbook into Word and back, code point by code point.

Every document takes fifty of them, on the cover, in paragraphs, under tables and in cells of tables, and has to be the
one with plain words in all other places. A character that no document can hold is left out and named by a finding.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.hostile.templates import packed, unpacked
from tests.support.reports import EDITIONS, zero
from xltools.checks import run
from xltools.files import file_name
from xltools.form import Edition
from xltools.outputs import word, wordform
from xltools.outputs.findings import sentence
from xltools.report import Report
from xltools.workbook.build import build
from xltools.workbook.read import read

MANY, DOCUMENTS = 50, 200
IN_CELLS, IN_NOTES = 10, 3
SIGNERS = ("name", "preparer", "reviewer", "secrecy_reviewer", "head", "address")
STANDING = re.compile("§([0-9]+)§")
"""Where a text comes to stand, and which."""

PIECES = [
    "{{ 7*7 }}", "{%", "%}", "{_{ x }_}", "{%_x_%}", "{#", "#}", "_}", "}", "<", ">", "&", "]]>", "</w:t>", "<w:p/>",
    "&#34;", "&amp;", "<![CDATA[", "<!--", "_x000D_", "_x0041_", "_x005F_", "\r\n", "\n", "\r", "\t", "\xa0", "　", " ",
    "\u202e", "\u200b", "\u2028", "\x85", "👨‍👩‍👧", "𠮷", "（一）", "一、", "。", "=1+1", "12", "甲",
    "\x0b", "\ud83d", "\x00",
]  # fmt: skip
_STANDS_FOR = {0xF0000 + i: piece for i, piece in enumerate(PIECES)}


def texts() -> st.SearchStrategy[str]:
    """Text of any plane, of controls and halves of characters, and of what means something to a program."""
    pieces = st.text([chr(code) for code in _STANDS_FOR], max_size=6).map(lambda text: text.translate(_STANDS_FOR))
    any_plane = st.text(st.characters(exclude_categories=()), max_size=12)
    beyond = st.text(st.characters(min_codepoint=0x10000), max_size=6)
    controls = st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=4)
    return st.tuples(st.one_of(pieces, any_plane), st.one_of(any_plane, pieces, beyond, controls)).map("".join)


batches = st.lists(texts(), min_size=MANY, max_size=MANY)


def few(count: int) -> settings:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    phases = [Phase.explicit, Phase.generate]  # to make fifty texts smaller takes minutes
    return settings(
        max_examples=count, derandomize=True, deadline=None, database=None, suppress_health_check=checks, phases=phases
    )


@cache
def plain(edition: Edition) -> Report:
    """A report with marks where the texts are to stand."""
    numbers = iter(range(MANY))
    office = {name: f"§{next(numbers)}§" for name in SIGNERS}
    notes = {s.sheet: f"§{next(numbers)}§" for s in edition.sections if s.tables}
    cells = {ref: f"§{next(numbers)}§" for ref in edition.inputs[5 : 5 + IN_CELLS]}
    parts = [s.id for s in edition.sections if not s.tables]
    left = [f"§{number}§" for number in numbers]
    narrative = {id: "\n".join(left[i :: len(parts)]) for i, id in enumerate(parts)}
    base = zero(edition)
    kept = {ref: number for ref, number in base.numbers.items() if ref not in cells}
    office_given = replace(base.office, title_name="", **office)
    return replace(base, office=office_given, notes=notes, texts=cells, narrative=narrative, numbers=kept)


@cache
def workbook(edition: Edition) -> dict[str, bytes]:
    return unpacked(build(plain(edition)))


def typed(text: str) -> str:
    """A text as Excel writes it into a file (ECMA-376 part 1, 22.9.2.19)."""
    text = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    text = re.sub("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", lambda m: f"_x{ord(m[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def entered(edition: Edition, given: list[str], folder: Path) -> Report:
    """The report that is read from a workbook into which the texts were typed."""
    book = workbook(edition)
    old = book["xl/sharedStrings.xml"].decode()
    strings = re.sub("<t[^>]*>§([0-9]+)§</t>", lambda m: f'<t xml:space="preserve">{typed(given[int(m[1])])}</t>', old)
    path = folder / "填报.xlsx"
    path.write_bytes(packed({**book, "xl/sharedStrings.xml": strings.encode()}))
    return read(path)


def lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def held(text: str) -> str:
    """What a document can hold of a text: XML 1.0, 2.2, without what it discourages."""
    return "".join(
        char
        for char in text
        if char in "\t\n\x85"
        or "\x20" <= char <= "\x7e"
        or "\xa0" <= char <= "\ud7ff"
        or "\ue000" <= char <= "\ufdcf"
        or "\ufdf0" <= char <= "\ufffd"
        or char >= "\U00010000"
    )


Printed = list[tuple[str, str]]


def printed(data: bytes) -> Printed:
    """The paragraphs of a document, those in tables too, each with its style; read without python-docx."""
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = []
    for paragraph in etree.fromstring(unpacked(data)["word/document.xml"]).iter(f"{space}p"):
        style = paragraph.find(f"{space}pPr/{space}pStyle")
        pieces = {"t": lambda e: e.text or "", "tab": lambda _: "\t", "br": lambda _: "\n"}
        text = "".join(
            pieces[name](element)
            for element in paragraph.iterfind(f"{space}r/*")
            if (name := etree.QName(element).localname) in pieces
        )
        found.append(("" if style is None else style.get(f"{space}val", ""), text))
    return found


@cache
def marked(edition: Edition) -> Printed:
    return printed(word.render(plain(edition), draft=True, submission=True))


def expected(edition: Edition, given: list[str]) -> Printed:
    """The document with marks, with the texts in place of them."""
    found: Printed = []
    for style, text in marked(edition):
        mark = STANDING.search(text)
        said = lines(given[int(mark[1])]) if mark else []
        if not mark:
            found.append((style, text))
        elif style == "TableNote":
            found += [(style, held(line)) for line in said if line.strip()]
        elif style in ("ReportBody", "ReportFlush"):
            found += [(indented(line), held(line)) for line in said if line.strip()]
        else:
            blank = style in ("Title", "SignOff", "SheetText") and not "".join(said).strip()
            found.append((style, text.replace(mark[0], "" if blank else held("\n".join(said)))))
    return found


def indented(line: str) -> str:
    return "ReportFlush" if line.startswith(("　", "  ")) else "ReportBody"


@pytest.fixture(params=EDITIONS, ids=lambda edition: edition.id)
def edition(request: pytest.FixtureRequest) -> Edition:
    found: Edition = request.param
    return found


def test_ten_thousand_texts(edition: Edition, tmp_path: Path) -> None:
    seen = []

    @few(DOCUMENTS // len(EDITIONS))
    @given(batches)
    def same(given: list[str]) -> None:
        report = entered(edition, given, tmp_path)
        document = word.render(report, draft=True, submission=True)
        wanted = expected(edition, given)
        assert printed(document) == wanted
        assert_named(report)
        assert_title(report, document, tmp_path)
        if not len(seen) % 25:
            body = docx.Document(BytesIO(document)).element.body
            theirs = [Paragraph(p, body).text for p in body.iter(f"{{{body.nsmap['w']}}}p")]
            assert theirs == [text for _, text in wanted]
        seen.extend(given)

    same()
    assert len(seen) >= MANY * DOCUMENTS // len(EDITIONS)
    planes = {ord(char) >> 16 for text in seen for char in text}
    assert planes == set(range(17))
    assert all(any(piece in text for text in seen) for piece in PIECES)


def assert_named(report: Report) -> None:
    """Each text of which something is left out has a finding, which names a character; twenty of them are told."""
    findings = run(report)
    words = [line for part in report.narrative.values() for line in part.split("\n") if line.strip()]
    words += [*report.notes.values(), *(getattr(report.office, name) for name in SIGNERS)]
    faulty = [text for text in words if held(text) != text]
    told = [sentence(finding, report.edition) for finding in findings if finding.rule.code == "C8"]
    assert len(told) == min(20, len(faulty))
    codes = {f"U+{ord(char):04X}" for text in faulty for char in text if held(char) != char}
    named = [re.search(r"（[A-Z]+\d+）第 \d+ 个字是(?:控制字符|残缺的字) (U\+[0-9A-F]+)", line) for line in told]
    assert {found and found[1] for found in named} <= codes
    cells = {finding.problem.places[0] for finding in findings if finding.rule.code in ("N1", "S1")}
    assert set(report.texts) <= cells


def assert_title(report: Report, document: bytes, folder: Path) -> None:
    """The properties have the title as well as they can; so has the name of the file."""
    core = etree.fromstring(unpacked(document)["docProps/core.xml"])
    assert core.findtext("{http://purl.org/dc/elements/1.1/}title") == held(report.title)[:255]
    name = file_name(report.title, ".docx")
    assert len(name.encode()) < 255 and name == Path(name).name
    (folder / name).write_bytes(b"")
    (folder / name).unlink()


TEMPLATES = {"fast": "{{ year }}", "by_docxtpl": "{% if year == '2020' %}{{ year }}{% else %}{{ year }}{% endif %}"}


@pytest.mark.parametrize("way", TEMPLATES)
def test_an_edited_template_prints_the_same(way: str, edition: Edition, tmp_path: Path) -> None:
    parts = unpacked(wordform.build(edition))
    body = parts["word/document.xml"].decode()
    assert body.count("{{ year }}") == 1
    template = tmp_path / "模板.docx"
    template.write_bytes(packed({**parts, "word/document.xml": body.replace("{{ year }}", TEMPLATES[way]).encode()}))

    @few(6)
    @given(batches)
    def same(given: list[str]) -> None:
        report = entered(edition, given, tmp_path)
        document = word.render(report, template=template, draft=True, submission=True)
        assert printed(document) == expected(edition, given)
        with zipfile.ZipFile(BytesIO(document)) as archive:
            assert archive.testzip() is None

    same()
