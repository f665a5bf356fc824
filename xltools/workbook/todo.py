"""What is left to do, counted live: the sentence at the head of every sheet (待办)."""

from __future__ import annotations

from xltools.arithmetic import State, Tally, cover_tally, section_tally
from xltools.editions.shared import BALANCE, COVER, YES
from xltools.form import Section
from xltools.workbook.formulas import Formula, quoted, ranges
from xltools.workbook.layout import BLANK, FAILED, OVERWRITTEN, STATE, TALLY_FIRST, WRONG, Area, a1
from xltools.workbook.live import Live, intact

DONE = "都已填齐，勾稽关系全部通过。"


def of_section(live: Live, section: Section) -> tuple[Formula, ...]:
    """What is left to do on a table sheet: blank, wrong, failed and overwritten, in that order."""
    count, inputs = section_tally(live.report, section), section.inputs
    cells = ",".join(live.ranges(inputs, BALANCE))
    wrong = "+".join([f"COUNTA({cells})-COUNT({cells})", *live.wrong_numbers(inputs, BALANCE)])
    rows = [Area(BALANCE, row, STATE) for e, row in live.layout.equation_rows.items() if live.on(section, e)]
    failed = [f'COUNTIF({cells},"{State.FAIL}")' for cells in ranges(rows, BALANCE)]
    gone = [f"SUM(IF({intact(cells)},0,1))" for cells in live.ranges(section.totals, BALANCE)]
    return (
        Formula(f'=IF({live.zero(section, BALANCE)}="{YES}",0,{len(inputs)}-COUNTA({cells}))', count.blank),
        Formula(f"={wrong}", count.wrong, array=True),
        Formula(f"={'+'.join(failed) or '0'}", count.failed),
        Formula(f"={'+'.join(gone) or '0'}", count.overwritten, array=True),
    )


def of_cover(live: Live) -> tuple[Formula, ...]:
    """What is left to do on 封面: required entries, and a year that the edition serves."""
    count, edition, fields = cover_tally(live.report), live.layout.edition, live.layout.fields
    required = [f"COUNTBLANK({quoted(COVER)}{fields['year'].a1})"]
    required += [f"(1-{written(fields[f.id])})" for f in edition.cover if f.required and f.id != "year"]
    year = quoted(COVER) + fields["year"].a1
    fits = f"AND({year}>={edition.years[0]},{year}<={edition.years[-1]},{year}=INT({year}))"
    wrong = f"=IF(ISBLANK({year}),0,IF(ISNUMBER({year}),IF({fits},0,1),1))"
    zero = Formula("=0", 0)
    blank = Formula(f"={'+'.join(required)}", count.blank, array=True)
    return blank, Formula(wrong, count.wrong), zero, zero


def written(area: Area) -> str:
    """How many cells of an entry hold more than spaces; an error counts as written."""
    cells = quoted(area.sheet) + (area.a1 if area.a1 == area.last else f"{area.a1}:{area.last}")
    return f'SUMPRODUCT(IF(ISERROR({cells}),1,IF(LEN(TRIM(SUBSTITUTE({cells},"　","")))>0,1,0)))'


def of_all(live: Live) -> tuple[Formula, ...]:
    """What is left to do on all sheets together."""
    first, last, count = TALLY_FIRST, live.layout.tally_rows[BALANCE] - 1, of_report(live)
    values = (count.blank, count.wrong, count.failed, count.overwritten)
    columns = (BLANK, WRONG, FAILED, OVERWRITTEN)
    return tuple(Formula(f"=SUM({a1(first, c)}:{a1(last, c)})", v) for c, v in zip(columns, values, strict=True))


def of_report(live: Live) -> Tally:
    """What is left to do in the whole workbook."""
    sections = (section_tally(live.report, s) for s in live.layout.edition.sections if s.tables)
    return Tally(*map(sum, zip(cover_tally(live.report), *sections, strict=True)))


def status(live: Live, sheet: str) -> Formula:
    """The sentence at the head of a sheet; of 勾稽校验 and 封面, for the whole workbook."""
    sections = {section.sheet: section for section in live.layout.edition.sections}
    count = section_tally(live.report, sections[sheet]) if sheet in sections else of_report(live)
    row = live.layout.tally_rows[sheet if sheet in sections else BALANCE]
    prefix = "" if sheet == BALANCE else quoted(BALANCE)
    words = (("未填", "格"), ("填法不对", "格"), ("勾稽不符", "项"), ("合计公式被改", "处"))
    values = (count.blank, count.wrong, count.failed, count.overwritten)
    cells = [prefix + a1(row, column) for column in (BLANK, WRONG, FAILED, OVERWRITTEN)]
    said = "，".join(f"{word} {n} {unit}" for (word, unit), n in zip(words, values, strict=True))
    says = '&"，'.join(f'{word} "&{cell}&" {unit}"' for (word, unit), cell in zip(words, cells, strict=True))
    total = "+".join(cells)
    text = f'=IF({total}=0,"{DONE}","还有 "&({total})&" 处要改：{says}&"。")'
    return Formula(text, f"还有 {count.left} 处要改：{said}。" if count.left else DONE)
