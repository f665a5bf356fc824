"""LibreOffice as a process: one of our own, and those that the user runs (进程)."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xltools.libreoffice import bridge
from xltools.libreoffice.bridge import NoLibreOffice

START, ANSWER, END = 90.0, 15.0, 20.0
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

    def connect(self) -> Any:
        """Its component context, over a pipe that it opens on request; raises `NoLibreOffice`.

        A second ``soffice`` with the same profile hands its arguments to the office that runs, and ends. The name of
        the pipe follows from the process, so that the next connection finds it open.
        """
        pipe = f"xltools{self.pid}"
        context = bridge.connect(pipe)
        if context is None:
            command = [self._program(), *filter(None, [self.profile]), f"--accept={bridge.accept(pipe)}"]
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run(command, timeout=ANSWER, capture_output=True, check=False)
            context = bridge.connect(pipe, ANSWER)
        if context is None:
            raise NoLibreOffice("LibreOffice 没有回应。请关掉它里面打开的对话框，再试一次。")
        return context

    def _program(self) -> str:
        beside = Path(f"/proc/{self.pid}/exe").readlink().with_name("soffice")
        return str(beside) if beside.is_file() else _soffice()


def running() -> list[Office]:
    """The LibreOffice processes of this user, the oldest first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # a process may end while it is looked at
            command = tuple((folder / "cmdline").read_bytes().decode(errors="surrogateescape").split("\0")[:-1])
            if command and Path(command[0]).name == "soffice.bin" and folder.stat().st_uid == os.getuid():
                found.append(Office(int(folder.name), command))
    return sorted(found, key=lambda office: office.pid)


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
