"""The quick way to a Word report gives what docxtpl gives, and leaves to docxtpl what it cannot do."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docxtpl import DocxTemplate
from lxml import etree

from tests.support import docxtpl_word
from tests.support.docxtpl_word import parts
from tests.support.reports import EDITIONS, FILINGS, random_report, zero
from xltools import interchange
from xltools.errors import WrongWordTemplate
from xltools.form import Edition
from xltools.outputs import compiled, steps, word, worddocument, wordform, wordtemplate
from xltools.outputs.wordparts import pack
from xltools.report import OFFICE_FIELDS, Office, Report

PICTURE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing><wp:inline'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="7" name="印章"/></wp:inline></w:drawing></w:r>'
)
WAYS = [{"draft": draft, "submission": submission} for draft in (False, True) for submission in (False, True)]
HOSTILE = [
    "{{ 7*7 }}", "{_{ x }_}", "{%_x_%}", "{", "}", "_{", "_}", "%_}", "{% if %}", "{# x #}", "<w:p>", "</w:t></w:r>",
    "&amp;#34;", "&#39;", "]]>", "<![CDATA[", "<!--", "a\u200bb", "𠮷🏮", "'\"", "x\ty", "\t", "换页\f段\a后",
    "前\x00\x0b\x1f\ud800\uffff", "\x85", "\u2028", "\r\n回车\r", "　前", "_x000D_", "\ue000", " ", "，",
]  # fmt: skip

each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda e: e.id)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    for remembered in (compiled.shipped, wordtemplate.compiled, worddocument._compiled, worddocument._patched):
        remembered.cache_clear()
    yield


def hostile(edition: Edition) -> list[Report]:
    """Reports with hostile texts in every place that takes text, alone and together."""
    reports = []
    for text in [*HOSTILE, "".join(HOSTILE), "\n".join(HOSTILE)]:
        office = Office(**dict.fromkeys(OFFICE_FIELDS, text))
        narrative = {s.id: f"{text}\n（一）{text}。{text}\n　　{text}" for s in edition.sections if not s.tables}
        notes = {section.sheet: f"{text}\n{text}{text}" for section in edition.sections if section.tables}
        texts = dict.fromkeys(edition.inputs, text)
        reports.append(Report(office, edition.years[0], edition, narrative=narrative, notes=notes, texts=texts))
    return reports


def canonical(data: bytes) -> bytes:
    return bytes(etree.tostring(etree.fromstring(data), method="c14n"))


def same(report: Report, template: Path | None = None, *, exactly: bool = True, **way: bool) -> dict[str, bytes]:
    """The parts of the report, after comparing each with what docxtpl makes."""
    ours = parts(word.render(report, template=template, **way))
    theirs = docxtpl_word.render(report, template=template, **way)
    assert ours.keys() == theirs.keys()
    for name, data in theirs.items():
        if name != compiled.CORE or exactly:  # it holds the seal, which stands for the bytes of all parts
            assert canonical(ours[name]) == canonical(data), name
    if exactly:
        assert ours == theirs
    return ours


@pytest.mark.parametrize("path", FILINGS, ids=lambda p: p.stem)
def test_real_filings(path: Path) -> None:
    for way in WAYS:
        same(interchange.load(path), **way)


@each_edition
def test_random_reports(edition: Edition) -> None:
    for seed in range(20):
        same(random_report(edition, seed), **WAYS[seed % 4])


@each_edition
def test_hostile_texts(edition: Edition) -> None:
    for number, report in enumerate(hostile(edition)):
        same(report, **WAYS[number % 4])


@each_edition
def test_reports_with_nothing_in_them(edition: Edition) -> None:
    for way in WAYS:
        same(Report(Office(), None, edition), **way)
        same(zero(edition), **way)


def edited(folder: Path, edition: Edition, *changes: Callable[[Document], object]) -> Path:
    document = docx.Document(BytesIO(wordform.build(edition)))
    for change in changes:
        change(document)
    document.save(folder / "模板.docx")
    return folder / "模板.docx"


def reworded(document: Document) -> None:
    """What an office does: another title, a sentence of its own, another font, a mark split over runs."""
    document.paragraphs[0].runs[0].text = "{{ office.name }}（{{ year }}年）"
    one = document.paragraphs[1].insert_paragraph_before("共收到{{ requests.received.total }}件“{{")
    one.add_run(" office.na").bold = True
    one.add_run("me }}”。")
    one.add_run("{% if submission %}报送{% else %}公布{% endif %}")
    document.styles["Normal"].font.name = "宋体"
    document.sections[0].footer.paragraphs[0].add_run("{{ office.phone }}")
    document.core_properties.author = "县政府办"


def with_filter(document: Document) -> None:
    document.paragraphs[0].runs[0].text = "{{ office.name | trim }}{% if year == '2021' %}新{% endif %}"


def with_row_loop(document: Document) -> None:
    row = document.tables[0].add_row()
    row.cells[0].text = "{%tr for line in notes.requests %}"
    document.tables[0].add_row().cells[0].text = "{{ line }}"
    document.tables[0].add_row().cells[0].text = "{%tr endfor %}"


def with_column_loop(document: Document) -> None:
    table = document.add_table(1, 3)
    for cell, text in zip(
        table.rows[0].cells, ("{%tc for line in notes.requests %}", "{{ line }}", "{%tc endfor %}"), strict=True
    ):
        cell.text = text


def with_colour_and_span(document: Document) -> None:
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "{% cellbg year %}色"
    table.rows[0].cells[1].text = "{% colspan year %}跨"


def with_wrong_columns(document: Document) -> None:
    grid = document.tables[0]._tbl.tblGrid
    grid.append(deepcopy(grid[0]))


def with_picture(document: Document) -> None:
    document.paragraphs[0]._p.append(etree.fromstring(PICTURE))


def with_break_and_tab(document: Document) -> None:
    document.paragraphs[0].runs[0].text = "甲\t{{ office.name }}\n乙"


def with_other_marks(document: Document) -> None:
    text = "{# 注 #}{%- if year -%}{{ office['name'] }}{%- endif -%}{{ year if year else '无' }}{{ '甲<' }}"
    document.paragraphs[0].runs[0].text = text


def with_loop_variables(document: Document) -> None:
    texts = "{% for p in overview %}{{ loop.index }}{{ p.text }}{% else %}无{% endfor %}"
    document.paragraphs[0].runs[0].text = texts + "{% for office in overview %}{{ office.text }}{% endfor %}"


def with_two_sections(document: Document) -> None:
    document.add_section()
    document.sections[1].footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "{{ mark }}"


def with_spaces(document: Document) -> None:
    document.sections[0].header.paragraphs[0].runs[0].text = "{{ office.website }}  {{ office.email }}"


QUICK = [
    reworded, with_break_and_tab, with_column_loop, with_picture, with_row_loop, with_spaces, with_two_sections,
    with_wrong_columns,
]  # fmt: skip
SLOW = [with_colour_and_span, with_filter, with_loop_variables, with_other_marks]


@pytest.mark.parametrize("change", [*QUICK, *SLOW], ids=lambda c: c.__name__)
@each_edition
def test_edited_templates(edition: Edition, change: Callable[[Document], object], tmp_path: Path) -> None:
    path = edited(tmp_path, edition, change)
    fast = wordtemplate.compiled(path.read_bytes(), edition)
    assert bool(fast) == (change in QUICK)
    for number, report in enumerate([random_report(edition, 7), zero(edition), *hostile(edition)[-2:]]):
        same(report, path, exactly=False, **WAYS[number % 4])


@each_edition
def test_the_shipped_template_is_what_docxtpl_takes_from_it(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(wordform.build(edition))
    ours, theirs = compiled.shipped(edition), wordtemplate.compiled(path.read_bytes(), edition)
    assert theirs
    assert [ours.constant, ours.shell, ours.core, ours.pliable] == [
        theirs.constant, theirs.shell, theirs.core, theirs.pliable,
    ]  # fmt: skip
    assert ours.body == steps.tight(theirs.body)
    assert same(random_report(edition, 3), path) == same(random_report(edition, 3))


def test_a_template_saved_by_another_program(tmp_path: Path) -> None:
    """Pretty-printed, with line ends between all elements and footnotes of its own."""
    path, edition = edited(tmp_path, EDITIONS[-1], reworded), EDITIONS[-1]
    old = parts(path.read_bytes())
    old["word/document.xml"] = etree.tostring(etree.fromstring(old["word/document.xml"]), pretty_print=True)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    entry = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'.encode()
    old["[Content_Types].xml"] = old["[Content_Types].xml"].replace(b"</Types>", entry)
    rels = "word/_rels/document.xml.rels"
    old[rels] = old[rels].replace(b"</Relationships>", link)
    for text, quick in (("注", True), ("{{ office.name }}", False)):
        old["word/footnotes.xml"] = (
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\n'
            f'<w:footnote w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
        ).encode()
        path.write_bytes(pack(old))
        assert bool(wordtemplate.compiled(path.read_bytes(), edition)) == quick
        for report in (random_report(edition, 7), *hostile(edition)[-3:]):
            same(report, path, exactly=False, submission=True)


def test_a_template_without_properties_knows_no_clock(tmp_path: Path) -> None:
    path = edited(tmp_path, EDITIONS[-1], reworded)
    old = parts(path.read_bytes())
    del old[compiled.CORE]
    old["_rels/.rels"] = re.sub(rb'<Relationship [^>]*core-properties"[^>]*>', b"", old["_rels/.rels"])
    path.write_bytes(pack(old))
    properties = same(random_report(EDITIONS[-1], 7), path, exactly=False)[compiled.CORE]
    assert b">1980-01-01T00:00:00Z</dcterms:modified>" in properties


def test_a_wrong_probe_sends_the_template_to_docxtpl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, edition = edited(tmp_path, EDITIONS[-1], reworded), EDITIONS[-1]
    monkeypatch.setattr(steps, "escaped", lambda text: text.replace("&", ""))
    assert wordtemplate.compiled(path.read_bytes(), edition) is None


def test_a_statement_that_does_not_apply_is_looked_through(tmp_path: Path) -> None:
    path = edited(tmp_path, EDITIONS[-1])
    document = docx.Document(str(path))
    document.paragraphs[0].add_run("{% if submission %}{{ nobody }}{% endif %}")
    document.save(str(path))
    with pytest.raises(WrongWordTemplate, match="“nobody”不是本版报告的项目"):
        word.render(zero(EDITIONS[-1]), template=path)


@pytest.mark.parametrize("change", [reworded, with_filter], ids=lambda c: c.__name__)
def test_a_template_is_compiled_once(
    change: Callable[[Document], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, patched = EDITIONS[-1], []
    path, patch = edited(tmp_path, edition, change), DocxTemplate.patch_xml
    monkeypatch.setattr(DocxTemplate, "patch_xml", lambda self, xml: patched.append(xml) or patch(self, xml))
    results = {word.render(random_report(edition, 1), template=path) for _ in range(4)}
    sources = len(patched)
    assert len(results) == 1 and sources == len(set(patched))
    word.render(random_report(edition, 2), template=path)
    assert len(patched) == sources
    path.write_bytes(edited(tmp_path, edition, with_spaces).read_bytes())  # a change counts at once
    same(random_report(edition, 2), path, exactly=False)


def test_our_template_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built, parts = [], wordform.parts
    monkeypatch.setattr(wordform, "parts", lambda edition: built.append(edition.id) or parts(edition))
    for seed in range(3):
        for edition in EDITIONS:
            word.render(random_report(edition, seed))
    assert sorted(built) == sorted(edition.id for edition in EDITIONS)


def test_our_template_needs_neither_docxtpl_nor_jinja() -> None:
    job = """if True:
        import sys
        from tests.support.reports import EDITIONS, random_report
        from xltools.outputs import word
        for edition in EDITIONS:
            word.render(random_report(edition, 1), draft=True, submission=True)
        print({"docx", "docxtpl", "jinja2"} & set(sys.modules))
    """
    done = subprocess.run([sys.executable, "-c", job], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "set()"


def test_changed_parts_are_behind_the_constant_ones() -> None:
    with zipfile.ZipFile(BytesIO(word.render(zero(EDITIONS[0])))) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


def test_a_damaged_template_is_refused_in_words(tmp_path: Path) -> None:
    path = edited(tmp_path, EDITIONS[0], reworded)
    data = path.read_bytes()
    for at in range(40, len(data), len(data) // 12):
        path.write_bytes(data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + 60]) + data[at + 60 :])
        try:
            word.render(zero(EDITIONS[0]), template=path)
        except WrongWordTemplate as fault:
            assert "模板.docx" in str(fault)


def test_a_template_without_marks_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(word.render(zero(EDITIONS[0])))
    with pytest.raises(WrongWordTemplate, match="没有可填的标记"):
        word.render(zero(EDITIONS[0]), template=path)
