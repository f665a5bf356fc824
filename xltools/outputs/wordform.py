"""Write the docxtpl template of an edition: the statutory Word report with a tag for every entry (Word 模板).

An office may edit the result in Word: numbers are ``{{ requests.received.natural_person }}``,
a part's paragraphs a loop over ``overview`` and so on, 表注 a loop over ``notes.requests``.
"""

from __future__ import annotations

from xltools.form import Edition, Section
from xltools.grid import Grid
from xltools.outputs import wordparts
from xltools.outputs.wordparts import LINE_PITCH, TEXT_HEIGHT, TEXT_WIDTH, pack
from xltools.outputs.wordxml import ROOMY, cell, paragraph, printed_table, row, run, table, tag
from xltools.workbook.layout import layout

_PAGE = TEXT_HEIGHT - 3 * LINE_PITCH
"""Twips that a table may take under its heading, with two lines left for 表注."""

SIGNERS = ("preparer", "reviewer", "secrecy_reviewer", "head")


def build(edition: Edition) -> bytes:
    """Return the template as .docx; the same edition gives the same bytes."""
    return pack(parts(edition))


def parts(edition: Edition) -> dict[str, str]:
    """Return the parts of the template by their names."""
    title = run("{{ office.title_name }}") + "<w:r><w:br/></w:r>" + run(f"{{{{ year }}}}年{edition.title}")
    body = [paragraph(title, "Title")]
    alone = False
    for section in edition.sections:
        grid = layout(edition).grids.get(section.sheet)
        tall = grid is not None and grid.height * ROOMY > _PAGE
        if section.label:
            breaks = "<w:pageBreakBefore/>" if tall or alone else ""
            body.append(paragraph(run(section.label), "Heading1", breaks))
        body.append(_tables(section, grid) if grid else _paragraphs(section))
        alone = tall
    return wordparts.parts("".join(body) + _sign_off(edition))


def _paragraphs(section: Section) -> str:
    """One paragraph a line; a run-in heading “（一）……。” in 楷体; typed indents are kept, not doubled."""
    content = run("{{ paragraph.heading }}", "RunIn") + run("{{ paragraph.text }}")
    return "".join(
        (
            tag(f"for paragraph in {section.id}"),
            tag("if paragraph.indented"),
            paragraph(content, "ReportFlush"),
            tag("else"),
            paragraph(content, "ReportBody"),
            tag("endif"),
            tag("endfor"),
        )
    )


def _tables(section: Section, grid: Grid) -> str:
    """The printed table with its 表注."""
    return "".join(
        (
            printed_table(grid, section.widths, TEXT_WIDTH, _PAGE),
            tag(f"for line in notes.{section.id}"),
            paragraph(run("{{ line }}"), "TableNote"),
            tag("endfor"),
            paragraph("", "TableEnd"),
        )
    )


def _sign_off(edition: Edition) -> str:
    """报送版 only: 署名 and 成文日期, then the 审签表 on a page of its own."""
    widths = [TEXT_WIDTH // 4] * 4
    labels = ("审签环节", "姓名", "签字", "日期")
    rows = [row((cell(paragraph(run(text), "SheetText"), widths[0]) for text in labels), 700)]
    for signer in SIGNERS:
        texts = (edition.fields[f"office.{signer}"].label, f"{{{{ office.{signer} }}}}", "", "年　月　日")
        rows.append(row((cell(paragraph(run(text), "SheetText"), widths[0]) for text in texts), 1100))
    return "".join(
        (
            tag("if submission"),
            paragraph("", "ReportBody"),
            paragraph(run("{{ office.name }}"), "SignOff"),
            paragraph(run("{{ office.date }}"), "SignOff"),
            paragraph(run("审签表"), "SheetTitle"),
            table(rows, widths),
            paragraph("", "TableEnd"),
            _annex(),
            tag("endif"),
        )
    )


def _annex() -> str:
    """What the office said to 提醒, for the office that receives the report; only where it was asked for."""
    return "".join(
        (
            tag("if answered"),
            paragraph(run("提醒事项情况说明"), "SheetTitle"),
            tag("endif"),
            tag("for item in answers"),
            paragraph(run("{{ item.problem }}"), "ReportBody"),
            paragraph(run("情况说明：", "RunIn") + run("{{ item.answer }}"), "ReportBody"),
            tag("endfor"),
        )
    )
