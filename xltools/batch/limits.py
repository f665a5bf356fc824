"""What one file may take, and how a worker is held to it (限额).

Time by the clock holds on every system: the parent kills a worker that is late. Memory is limited by the
system: on Linux the address space, by rlimit; on Windows what is committed, by a job object (`job`), with
which workers also end when the parent is killed. macOS is asked by rlimit too, but may not enforce it: there
the envelope bounds what a file inflates to. On POSIX a worker without a parent ends by an alarm of its own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from dataclasses import dataclass

SECONDS = 60.0
"""For one file; an honest one takes a hundredth of a second, the first of a worker a second more."""
MEMORY = 2**29
"""Bytes for a worker; honest files take an eighth of it."""
_SPACE = 2 * 2**30
"""Bytes of address space, in which programs and tables of the system stand too."""
START = 120.0
"""Seconds that a worker may take to start, where a virus scanner reads along."""
_AFTER = 10.0
"""Seconds that the parent has to kill a late worker before that ends itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: seconds by the clock, bytes of memory."""

    seconds: float = SECONDS
    memory: int = MEMORY


def restrain(limits: Limits) -> None:
    """Limit the memory of this process, where it does that itself; it leaves no core behind."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl has numpy loaded, which takes 40 MB for every processor
    if sys.platform != "win32":
        import resource

        for kind, most in ((resource.RLIMIT_AS, max(limits.memory, _SPACE)), (resource.RLIMIT_DATA, limits.memory)):
            hard = resource.getrlimit(kind)[1]
            memory = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with contextlib.suppress(ValueError, OSError):  # macOS knows the limit but refuses it
                resource.setrlimit(kind, (memory, hard))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def watch(limits: Limits) -> None:
    """From now this process has time for one file; then it ends whatever it is at, even if its parent is gone."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _AFTER)
