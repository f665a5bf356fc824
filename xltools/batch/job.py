"""A job object of Windows: its processes end with us, and may have so much memory each; elsewhere nothing (作业对象).

Not tried on every Windows: where the system refuses, workers run without, and the limit of time still holds.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

_EXTENDED = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY, _KILL_ON_CLOSE = 0x100, 0x2000
_SET_QUOTA, _TERMINATE = 0x100, 0x1


class Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", c_int64), ("job_time", c_int64), ("flags", c_uint32), ("least", c_size_t),
        ("most", c_size_t), ("processes", c_uint32), ("affinity", c_size_t), ("priority", c_uint32),
        ("scheduling", c_uint32),
    )  # fmt: skip


class Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", Basic), ("io", c_uint64 * 6), ("process_memory", c_size_t), ("job_memory", c_size_t),
        ("process_peak", c_size_t), ("job_peak", c_size_t),
    )  # fmt: skip


class Job:
    """Holds processes to ``memory`` bytes each, and ends them when it is closed or we are no more."""

    def __init__(self, memory: int) -> None:
        self._handle: Any = None
        if sys.platform == "win32":
            about = Extended(Basic(flags=_PROCESS_MEMORY | _KILL_ON_CLOSE), process_memory=memory)
            kernel = _kernel()
            self._handle = kernel.CreateJobObjectW(None, None)
            kernel.SetInformationJobObject(self._handle, _EXTENDED, ctypes.byref(about), ctypes.sizeof(about))

    def add(self, pid: int) -> None:
        """Take a process in; one that is over already stays out."""
        if self._handle:
            kernel = _kernel()
            process = kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, pid)
            if process:
                kernel.AssignProcessToJobObject(self._handle, process)
                kernel.CloseHandle(process)

    def close(self) -> None:
        """Let go of it, which ends whoever is still in it."""
        if self._handle:
            _kernel().CloseHandle(self._handle)
            self._handle = None


def _kernel() -> Any:
    """The system's functions, whose handles are as wide as pointers."""
    if sys.platform != "win32":
        return None
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateJobObjectW.restype = kernel.OpenProcess.restype = c_void_p
    kernel.SetInformationJobObject.argtypes = (c_void_p, ctypes.c_int, c_void_p, c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (c_void_p, c_void_p)
    kernel.CloseHandle.argtypes = (c_void_p,)
    return kernel
