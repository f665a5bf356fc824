"""Chromium without a window, told what to do through a pipe, and listened to (the DevTools protocol)."""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.machine import FONTS, need

_OPTIONS = (
    "--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--hide-scrollbars",
)  # fmt: skip


class Page:
    """One page; ``requests`` are the addresses it has asked for, ``complaints`` what it wrote to the console."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._program, self._rest, self._number, self._loaded = program, b"", 0, 0
        self._session: dict[str, str] = {}
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Tell it something and wait for the answer; what it says meanwhile is kept."""
        assert self._program.stdin
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters, **self._session}
        self._program.stdin.write(json.dumps(order).encode() + b"\0")
        self._program.stdin.flush()
        while (said := self._hear()).get("id") != self._number:
            self._note(said)
        assert "error" not in said, (method, said)
        result: dict[str, Any] = said["result"]
        return result

    def open(self, path: Path) -> None:
        """Go to a file and wait until all of it is there."""
        before = self._loaded
        self.call("Page.navigate", url=path.as_uri())
        while self._loaded == before:
            self._note(self._hear())

    def run(self, script: str) -> Any:
        """The value of an expression, when it has settled."""
        said = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said
        return said["result"].get("value")

    def size(self, width: int, height: int) -> None:
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def click(self, selector: str) -> None:
        """A real click into the middle of an element."""
        place = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{place}.scrollIntoView({{block: 'center'}})")
        x, y = self.run(f"(b => [b.x + b.width / 2, b.y + b.height / 2])({place}.getBoundingClientRect())")
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Put a text in the place of what a field holds."""
        self.click(selector)
        self.run(f"document.querySelector({json.dumps(selector)}).select()")
        self.call("Input.insertText", text=text) if text else self.press("Delete", 46)

    def press(self, key: str, code: int) -> None:
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def shoot(self, path: Path) -> Path:
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
        return path

    def _hear(self, seconds: float = 60) -> dict[str, Any]:
        assert self._program.stdout
        end = time.monotonic() + seconds
        while b"\0" not in self._rest:
            ready = select.select([self._program.stdout], [], [], max(0.0, end - time.monotonic()))[0]
            more = os.read(self._program.stdout.fileno(), 1 << 20) if ready else b""
            if not more:
                pytest.fail("the browser says nothing any more")
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        said: dict[str, Any] = json.loads(message)
        return said

    def _note(self, said: dict[str, Any]) -> None:
        found = said.get("params", {})
        match said.get("method"):
            case "Page.loadEventFired":
                self._loaded += 1
            case "Network.requestWillBeSent":
                self.requests.append(found["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(f"exception: {found['exceptionDetails']}")
            case "Runtime.consoleAPICalled":
                self.complaints.append(f"{found['type']}: {found['args']}")
            case "Log.entryAdded":
                self.complaints.append(f"{found['entry']['level']}: {found['entry']['text']}")


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A page in a browser of its own; all its processes end with it."""
    need("chromium", "sh")
    options = [*_OPTIONS, f"--user-data-dir={profile}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    program = subprocess.Popen(
        ["sh", "-c", 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null', "sh", "chromium", *options],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS), "HOME": str(profile)},
    )  # fmt: skip
    try:
        yield Page(program)
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.communicate()
