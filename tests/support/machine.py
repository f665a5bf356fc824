"""What a test needs of the machine: without it the test skips and says so; under CI=true it fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / ".tools/node_modules/.bin/ooxml-validator"
FONTS = Path(__file__).with_name("fonts.conf")


def need(*programs: str | Path) -> None:
    """Skip, or fail under CI, unless all these programs are there."""
    missing = [str(program) for program in programs if not shutil.which(str(program))]
    if not missing:
        return
    reason = f"needs {', '.join(missing)}: run scripts/system.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def validate(*files: Path) -> None:
    """Hold packages against the Open XML SDK's schemas."""
    need(VALIDATOR)
    for file in files:
        answer = subprocess.run([str(VALIDATOR), str(file)], capture_output=True, text=True, check=False)
        verdict = json.loads(answer.stdout)
        assert verdict["ok"] is True, verdict["errors"][:5]


def to_pdf(file: Path, folder: Path) -> Path:
    """Let LibreOffice lay a document out."""
    return _converted(file, folder, "pdf")


def to_docx(file: Path, folder: Path) -> Path:
    """Let LibreOffice open a document and save it."""
    return _converted(file, folder, "docx")


def _converted(file: Path, folder: Path, kind: str) -> Path:
    need("soffice")
    environment = {**os.environ, "FONTCONFIG_FILE": str(FONTS)}
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=180, env=environment
    )
    return folder / f"{file.stem}.{kind}"


def pdf_text(file: Path, page: int | None = None) -> str:
    """The words of a PDF, or of one page of it."""
    need("pdftotext")
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    answer = subprocess.run(
        ["pdftotext", "-layout", *pages, str(file), "-"], capture_output=True, text=True, check=True
    )
    return answer.stdout


def pdf_pages(file: Path) -> list[str]:
    """The words of every page."""
    return pdf_text(file).split("\f")[:-1]
