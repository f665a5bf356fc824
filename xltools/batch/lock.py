"""Two runs on one output folder exclude each other; a lock left by a killed run is told by its process (锁)."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xltools import disk
from xltools.errors import CannotWrite


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file while inside; raises `CannotWrite`."""
    mine = json.dumps({"host": platform.node(), "pid": os.getpid(), "started": started(os.getpid())}).encode()
    _take(path, mine)
    try:
        yield
    finally:
        with suppress(OSError):  # it is told from a live one by our process
            path.unlink(missing_ok=True)


def _take(path: Path, mine: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _clear(path)
        _create(path, mine)
        if not path.exists() or path.read_bytes() != mine:  # taken for a stale one while it was half written
            raise _busy(path)
    except FileExistsError:
        raise _busy(path) from None
    except OSError as fault:
        what = f"结果文件夹“{path.parent.parent}”写不进去"
        raise CannotWrite(disk.said(what, fault, "请换一个有写入权限、磁盘未满的文件夹")) from None


def _create(path: Path, mine: bytes) -> None:
    """Let the lock appear with its content, unless one is there; some file systems cannot."""
    aside = _aside(path)
    try:
        aside.write_bytes(mine)
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb") as file:
            file.write(mine)
    finally:
        with suppress(OSError):  # swept away by the run itself
            aside.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    """Named so that the next run sweeps it away if this one is killed."""
    return path.with_name(f".xltools-{os.urandom(8).hex()}.part")


def _clear(path: Path) -> None:
    """Move a lock aside if nobody holds it any more; what was moved must be what was judged."""
    found = path.read_bytes()
    if not stale(found):
        raise _busy(path)
    aside = _aside(path)
    path.replace(aside)
    moved = aside.read_bytes()
    if moved != found:
        aside.replace(path)
        raise _busy(path)
    aside.unlink()


def stale(lock: bytes) -> bool:
    """Whether the process that wrote a lock is gone; of another computer's nothing is known."""
    try:
        held = json.loads(lock)
        host, pid, start = held["host"], int(held["pid"]), held["started"]
    except (ValueError, LookupError, TypeError):
        return True  # cut off while it was written: its process did not live to hold it
    return bool(host == platform.node() and (pid == os.getpid() or started(pid) != start))


def started(pid: int) -> str:
    """When a process started, as the system writes it; empty if there is none of that number."""
    if sys.platform == "win32":
        return _windows(pid)
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            return ""
        return "" if words[0] in "ZX" else f"{boot} {words[19]}"
    said = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return said.stdout.strip()


def _windows(pid: int) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32")
    kernel.OpenProcess.restype = wintypes.HANDLE
    process = wintypes.HANDLE(kernel.OpenProcess(0x1000, False, pid))  # PROCESS_QUERY_LIMITED_INFORMATION
    if not process:
        return ""
    times = [wintypes.FILETIME() for _ in range(4)]
    kernel.GetProcessTimes(process, *map(ctypes.byref, times))
    kernel.CloseHandle(process)
    created, exited = times[0], times[1]
    gone = bool(exited.dwHighDateTime or exited.dwLowDateTime)
    return "" if gone else f"{created.dwHighDateTime}.{created.dwLowDateTime}"


def _busy(path: Path) -> CannotWrite:
    return CannotWrite(
        f"结果文件夹“{path.parent.parent}”正由另一次运行使用。请等它结束；"
        f"确实没有在运行的（如在另一台计算机上中断了），请删去“{path}”后再试。"
    )
