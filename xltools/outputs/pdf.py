"""PDFs of Word documents, laid out by LibreOffice (PDF).

To start LibreOffice takes several times as long as to lay out a report, so each one gets many documents. It does
them in their order: one that dies or hangs has shown which document it was at, and the rest goes to another.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from xltools.errors import XltoolsError
from xltools.outputs.timeless import timeless

SECONDS = 90.0
"""What one document may take by the clock, the start of LibreOffice included."""
_GROUP, _ENOUGH = 64, 3
_PLACES = {"win32": r"C:\Program Files\LibreOffice\program", "darwin": "/Applications/LibreOffice.app/Contents/MacOS"}
_OPTIONS = ("--headless", "--norestore", "--infilter=MS Word 2007 XML", "--convert-to", "pdf:writer_pdf_Export")
_LANGUAGE = {"LC_ALL": "zh_CN.UTF-8"}
"""So that the PDF says that it is Chinese, and the same on every computer."""


class NoLibreOffice(XltoolsError):
    """LibreOffice is not there, or cannot be given anything to do."""

    code = "NO_LIBREOFFICE"


class Failure(StrEnum):
    """Why there is no PDF of a document."""

    REFUSED = "LibreOffice 转换不了这份 Word 报告"
    HUNG = "LibreOffice 转换这份 Word 报告的时间太长，已停止"


class Document(Protocol):
    """A Word document: a path, or something else that can be read like one."""

    def read_bytes(self) -> bytes: ...


Answer = tuple[int, bytes | Failure]
"""The place of a document, and its PDF or why there is none."""


def program() -> str:
    """Where LibreOffice is; raises `NoLibreOffice`."""
    found = shutil.which("soffice") or shutil.which("soffice", path=_PLACES.get(sys.platform, ""))
    if found is None:
        raise NoLibreOffice("没有找到 LibreOffice，生成 PDF 要用它。请先安装 LibreOffice；或者不加 --pdf，再运行一次。")
    return found


def convert(documents: Sequence[Document], jobs: int = 1, seconds: float = SECONDS) -> Iterator[Answer]:
    """Yield an answer for every document, as they get done; raises `NoLibreOffice`."""
    with tempfile.TemporaryDirectory(prefix="xltools-pdf-", ignore_cleanup_errors=True) as scratch:
        pool = _Pool(documents, jobs, seconds, Path(scratch))
        try:
            yield from pool.run()
        finally:
            pool.stop()


class _Pool:
    def __init__(self, documents: Sequence[Document], jobs: int, seconds: float, scratch: Path) -> None:
        self._documents, self._jobs, self._seconds, self._scratch = documents, jobs, seconds, scratch
        size = max(1, min(_GROUP, -(-len(documents) // jobs)))
        self._waiting = deque([*range(i, min(i + size, len(documents)))] for i in range(0, len(documents), size))
        self._offices: list[_Office] = []
        self._made = self._lost = 0

    def run(self) -> Iterator[Answer]:
        while self._waiting or self._offices:
            while self._waiting and len(self._offices) < self._jobs:
                group = {place: self._documents[place] for place in self._waiting.popleft()}
                self._offices.append(_Office(group, self._seconds, self._scratch))
            time.sleep(0.05)
            for office in self._offices.copy():
                over = office.over()
                for place, data in office.made():
                    self._made += 1
                    yield place, timeless(data)
                if over:
                    yield from self._ended(office)

    def stop(self) -> None:
        for office in self._offices:
            office.end()

    def _ended(self, office: _Office) -> Iterator[Answer]:
        """What to do about the documents of which an office made nothing."""
        self._offices.remove(office)
        code = office.end()
        if not office.left:
            return
        self._lost += 1
        first, *rest = office.left
        if code == 0:  # it did all it was told to
            yield from ((place, Failure.REFUSED) for place in office.left)
        elif code is None or office.alone:
            yield first, Failure.HUNG if code is None else Failure.REFUSED
            self._waiting.extend(filter(None, [rest]))
        else:
            self._waiting.extend(filter(None, [[first], rest]))
        if self._lost >= _ENOUGH and not self._made:  # it is LibreOffice that is at fault
            yield from ((place, Failure.REFUSED) for group in self._waiting for place in group)
            self._waiting.clear()


class _Office:
    """A LibreOffice at work, with a profile of its own; ``left`` are the places of what it has not done yet."""

    def __init__(self, documents: dict[int, Document], seconds: float, scratch: Path) -> None:
        self.left, self.alone = list(documents), len(documents) == 1
        self._seconds, self._deadline = seconds, time.monotonic() + seconds
        quiet = subprocess.DEVNULL
        try:
            self._folder = Path(tempfile.mkdtemp(dir=scratch))
            copies = [self._folder / f"{place}.docx" for place in documents]
            for copy, document in zip(copies, documents.values(), strict=True):
                copy.write_bytes(document.read_bytes())
            profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
            temporary = dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(self._folder))
            self._process = subprocess.Popen(
                [program(), profile, *_OPTIONS, "--outdir", str(self._folder), *map(str, copies)],
                stdin=quiet, stdout=quiet, stderr=quiet, env={**os.environ, **_LANGUAGE, **temporary},
                start_new_session=True,
            )  # fmt: skip
        except OSError as fault:
            what = fault.filename or scratch
            raise NoLibreOffice(f"生成 PDF 时“{what}”用不了。请看看磁盘满没满、LibreOffice 能不能打开。") from None

    def made(self) -> Iterator[tuple[int, bytes]]:
        """What has been made since this was asked last."""
        for place in self.left.copy():
            data = b""
            with contextlib.suppress(OSError):  # not yet there, or being written
                data = (self._folder / f"{place}.pdf").read_bytes()
            if data.rstrip().endswith(b"%%EOF"):
                self.left.remove(place)
                self._deadline = time.monotonic() + self._seconds
                yield place, data

    def over(self) -> bool:
        return self._process.poll() is not None or time.monotonic() > self._deadline

    def end(self) -> int | None:
        """End it with all that it started; its exit code, unless it was still running."""
        code = self._process.poll()
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/PID", str(self._process.pid), "/T", "/F"], capture_output=True, check=False)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return code
