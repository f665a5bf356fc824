"""LibreOffice Calc as an independent spreadsheet: fill, recalculate, read, save."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

WORKER = Path(__file__).with_name("calc_worker.py")
SYSTEM_PYTHON = "/usr/bin/python3"


class Calc:
    """One hidden LibreOffice; close it when done."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self,
        path: Path,
        *,
        fill: Iterable[tuple[str, str, Any]] = (),
        read: Iterable[tuple[str, str]] = (),
        save: Path | None = None,
    ) -> list[list[list[Any]]]:
        """Open a workbook, enter cells, recalculate all, return the values of ranges, save a copy."""
        order = {"path": str(path), "fill": list(fill), "read": list(read), "save": str(save) if save else ""}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: list[list[list[Any]]] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(40)
        self._process.stdout.close()


def formulas(path: Path) -> dict[str, list[tuple[str, Any]]]:
    """The formula cells of every sheet that has some, with the values that are cached beside them."""
    written, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = {
        sheet.title: [
            (cell.coordinate, cached[sheet.title][cell.coordinate].value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]
        for sheet in written.worksheets
    }
    return {sheet: found for sheet, found in cells.items() if found}
