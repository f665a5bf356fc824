"""What anyone would write: openpyxl reads each workbook, docxtpl fills the template, file by file.

python bench/plain_script.py workbooks template documents
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate

from xltools import editions
from xltools.outputs.context import context
from xltools.report import Office, Report
from xltools.workbook.layout import layout


def report(path: Path) -> Report:
    """The numbers and words of a workbook; nothing is checked."""
    book = openpyxl.load_workbook(path, data_only=True)
    form = layout(editions.all()[-1])
    cell = {ref: book[area.sheet].cell(area.row + 1, area.column + 1).value for ref, area in form.numbers.items()}
    words = {}
    for id, area in form.fields.items():
        rows = range(area.row + 1, area.row + area.height + 1)
        values = (book[area.sheet].cell(row, area.column + 1).value for row in rows)
        words[id] = "\n".join(str(value) for value in values if value is not None)
    return Report(
        office=Office(name=words["office.name"], title_name=words["office.title_name"], date=words["office.date"]),
        year=int(words["year"]),
        edition=form.edition,
        numbers={ref: value for ref, value in cell.items() if value is not None},
        narrative={id.partition(".")[2]: text for id, text in words.items() if id.startswith("narrative.")},
    )


def main() -> None:
    warnings.simplefilter("ignore")
    workbooks, template, documents = map(Path, sys.argv[1:])
    for path in sorted(workbooks.glob("*.xlsx")):
        document = DocxTemplate(template)
        document.render(context(report(path)), autoescape=True)
        document.save(documents / f"{path.stem}.docx")


if __name__ == "__main__":
    main()
