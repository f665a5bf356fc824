"""Build what stands in templates/: the blank workbooks and the Word template of every edition."""

from __future__ import annotations

from pathlib import Path

from xltools import editions
from xltools.outputs import wordform
from xltools.report import Office, Report
from xltools.workbook.build import build

ROOT = Path(__file__).parents[1] / "templates"


def templates() -> dict[Path, bytes]:
    """Return every template with its path; the current edition stands at the top."""
    current = editions.all()[-1]
    built = {}
    for edition in editions.all():
        folder = ROOT if edition is current else ROOT / edition.id
        blank = Report(Office(), None, edition)
        built[folder / "report.xlsx"] = build(blank)
        built[folder / "report.xlsm"] = build(blank, macros=True)
        built[folder / "report.docx"] = wordform.build(edition)
    return built


if __name__ == "__main__":
    for path, data in templates().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(path.relative_to(ROOT.parent))
