"""LibreOffice as a process: one of our own, and those that the user runs (进程)."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.libreoffice import bridge
from xltools.libreoffice.bridge import NoLibreOffice

START, ANSWER, END = 90.0, 10.0, 20.0
"""Seconds: until an office has started, until a running one answers, until one has ended."""

_PROFILE = "-env:UserInstallation="


@dataclass(frozen=True, slots=True)
class Office:
    """A LibreOffice process of this user."""

    pid: int
    command: tuple[str, ...]

    @property
    def profile(self) -> str:
        """The argument that names its user profile, or nothing for the usual one."""
        return next((word for word in self.command if word.startswith(_PROFILE)), "")

    @property
    def visible(self) -> bool:
        return not {"--headless", "-headless", "--invisible", "-invisible"} & set(self.command)

    @property
    def pipe(self) -> str:
        """The name of the pipe that it opens for us, the same each time, so that the next connection finds it open."""
        return f"xltools{self.pid}"

    def ask(self) -> subprocess.Popen[bytes] | None:
        """Ask it to open the pipe: a second ``soffice`` of the same profile hands its arguments over and ends.

        Nothing is done where the office has ended meanwhile: the second one would stay, as a new office.
        """
        try:
            program = Path(f"/proc/{self.pid}/exe").readlink().with_name("soffice")
        except OSError:
            return None
        first = str(program) if program.is_file() else _soffice()
        command = [first, *filter(None, [self.profile]), f"--accept={bridge.accept(self.pipe)}"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)


def running() -> list[Office]:
    """The LibreOffice processes of this user, the oldest first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # a process may end while it is looked at
            command = tuple((folder / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")[:-1])
            if command and Path(command[0]).name == "soffice.bin" and folder.stat().st_uid == os.getuid():
                found.append(Office(int(folder.name), command))
    return sorted(found, key=lambda office: office.pid)


def reach(wanted: Iterable[Office]) -> Iterator[tuple[Office, Any]]:
    """Connect to all of these at once and yield them with their component contexts as they answer.

    One that shows a dialog, or waits for a macro, never does.
    """
    waiting, asking = list(wanted), []
    until = 0.0
    try:
        while waiting:
            for office in waiting.copy():
                context = bridge.connect(office.pipe)
                if context is not None:
                    waiting.remove(office)
                    yield office, context
            if not until:
                asking = [process for office in waiting if (process := office.ask())]
                until = time.monotonic() + ANSWER
            if time.monotonic() > until:
                return
            time.sleep(0.05)
    finally:
        for process in asking:
            process.kill()
            process.wait()


class OwnOffice:
    """An office of our own with a profile of its own; it ends with us."""

    def __init__(self, *, visible: bool = False) -> None:
        bridge.uno()
        program = _soffice()
        self._profile = Path(tempfile.mkdtemp(prefix="xltools-office-"))
        self._argument = f"{_PROFILE}{self._profile.as_uri()}"
        pipe = f"xltools{uuid.uuid4().hex[:12]}"
        command = [program, self._argument, "--norestore", "--nologo", "--nodefault", "--nofirststartwizard"]
        self._process = subprocess.Popen(
            [*command, f"--accept={bridge.accept(pipe)}", *([] if visible else ["--headless"])],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.context = self._wait(pipe)
        self.pid = next((office.pid for office in self._offices()), self._process.pid)

    def _wait(self, pipe: str) -> Any:
        for _ in range(int(START)):
            context = bridge.connect(pipe, 1)
            if context is not None:
                return context
            if self._process.poll() is not None:
                break
        self.end()
        raise NoLibreOffice("LibreOffice 启动不了。请先单独打开 LibreOffice 看看有没有出错提示，再试一次。")

    def _offices(self) -> list[Office]:
        return [office for office in running() if office.profile == self._argument]

    def wait(self) -> None:
        """Let it end by itself, having been told to; then make sure."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END)
        self.end()

    def end(self) -> None:
        """End the process and remove its profile."""
        for office in self._offices():
            with contextlib.suppress(ProcessLookupError):
                os.kill(office.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)


def _soffice() -> str:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoLibreOffice("这台电脑上没有安装 LibreOffice。请先安装 LibreOffice。")
    return program
