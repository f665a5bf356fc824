"""Work for workers, some of it fatal: an item says what is done with it."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from xltools.batch.work import Result, Task, process


def deed(item: str) -> str:
    kind, _, rest = item.partition(" ")
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "abort":
        os.abort()
    if kind == "crash":
        ctypes.string_at(0)
    if kind == "leave":
        os._exit(0)
    if kind == "hang":
        time.sleep(600)
    if kind == "turn":  # without a look at signals
        max(itertools.repeat(0))
    if kind == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    if kind == "fill":
        return str(len([bytes(2**16 + i % 2) for i in range(2**20)]))
    if kind == "print":
        os.write(1, b"noise\n")
        os.write(2, b"noise\n")
    if kind == "eat":
        return str(len(bytearray(8 * 2**30)))
    if kind == "snack":
        return str(len(bytearray(400 * 2**20)))
    if kind == "raise":
        raise LookupError("a bug")
    if kind == "once":  # dies the first time only
        mark = Path(rest)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if kind == "worker":  # takes along who started our parent, like a machine that fails
        os.kill(int(Path(f"/proc/{os.getppid()}/stat").read_text().split()[3]), signal.SIGKILL)
    return item.upper()


def unlucky(task: Task) -> Result:
    """As in earnest, but for files whose names say what befalls them."""
    deed(task.path.stem)
    return process(task)


def gated(gate: Path, task: Task) -> Result:
    """As in earnest once the gate is open; until then a file with our process's number says that we wait."""
    (gate / str(os.getpid())).touch()
    while not (gate / "open").exists():
        time.sleep(0.02)
    return process(task)


def spoilt(task: Task) -> Result:
    """As in earnest, but the Word report of the file of that name is none."""
    result = process(task)
    return replace(result, files={"word": b"PK\3\4 cut off"}) if task.path.stem == "spoilt" else result
