"""Which files in the output folder are ours, so that only those are replaced or removed (结果清单).

What is about to be written is noted first: whenever a run is killed, the next one knows every file of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from xltools import files
from xltools.batch.intake import OURS
from xltools.batch.store import Piece
from xltools.errors import CannotWrite
from xltools.names import key

Content = bytes | Piece
"""What a file shall hold: the bytes, or where to copy them from."""
Place = tuple[str, str, str]
"""Folder, title and suffix."""
_Known = dict[str, list[str]]
_NUMBERED = re.compile(r".*\(\d+\)\.\w+", re.DOTALL)


class Manifest:
    """The outputs of the last run by their digests; more than one where a run was interrupted."""

    def __init__(self, out: Path) -> None:
        self._out, self._path = out, out / OURS / "manifest.json"
        self._known: _Known = {}
        self._closed: dict[str, OSError] = {}
        with suppress(FileNotFoundError, ValueError):
            self._known = json.loads(self._path.read_bytes())

    def place(self, places: Mapping[str, Place], taken: set[str]) -> dict[str, str]:
        """Names that nothing of this run has, and no file that a person has changed since; all with one number."""
        for number in count(1):
            mark = "" if number == 1 else f"({number})"
            names = {kind: folder + files.file_name(title, mark + end) for kind, (folder, title, end) in places.items()}
            if not taken & set(map(key, names.values())) and all(map(self._ours, names.values())):
                taken |= set(map(key, names.values()))
                return names
        raise AssertionError

    def publish(
        self, plan: Mapping[str, Content], told: Callable[[str], None], used: Mapping[str, str] | None = None
    ) -> list[str]:
        """Make the output folder hold these files, and none of ours that are not among them.

        Returns which others stay, as a person has changed them; ``told`` hears what could not be done. Of a file
        that is ``used``, what a person has entered is carried over: it is replaced as long as it has the digest
        that it was read with.
        """
        ours = {**self._known, **{name: [digest] for name, digest in (used or {}).items()}}
        digests = {name: c.digest if isinstance(c, Piece) else _digest(c) for name, c in plan.items()}
        both = {name: sorted({*self._known.get(name, ()), *filter(None, (digests.get(name),))})
                for name in {*self._known, *digests}}  # fmt: skip
        self._note(both)
        left = set()
        for name, content in plan.items():
            try:
                self._write(name, content, digests[name], ours.get(name, ()))
            except CannotWrite as fault:
                told(str(fault))
                left.add(name)
        others: list[str] = []
        for name in sorted(set(both) - set(plan)):
            if not self._removed(name, both[name], told, others.append):
                left.add(name)
        self._note({name: [digests[name]] for name in digests} | {name: both[name] for name in left})
        return others

    def _write(self, name: str, content: Content, digest: str, old: Sequence[str]) -> None:
        """Make a file hold what it shall, where it holds nothing or something ``old``; raises `CannotWrite`.

        One that could not be looked at may be a person's.
        """
        path = self._out / name
        try:
            if name in self._closed:
                raise self._closed[name]
            there = held(path)
        except OSError as fault:
            raise files.cannot_write(path, fault) from None
        if there == digest:
            return
        if there and there not in old:
            raise CannotWrite(
                f"“{path}”不是本工具生成的，或刚才有人改过，没有替换。请再运行一次；"
                "还是这样的，把它改名或移走，再运行一次。"
            )
        files.require_closed(path, "再运行一次")
        files.write(path, _bytes(content), force=True)

    def _removed(
        self, name: str, digests: list[str], told: Callable[[str], None], stays: Callable[[str], None]
    ) -> bool:
        """Remove a file of ours unless somebody has changed it; whether it is off our list."""
        path = self._out / name
        try:
            there = held(path)
            if there not in digests:
                if there:
                    stays(name)
                return True
            files.require_closed(path, "再运行一次")
            path.unlink()
            if path.parent != self._out and not any(path.parent.iterdir()):
                path.parent.rmdir()
        except CannotWrite as fault:
            told(str(fault))
            return False
        except OSError:
            told(f"“{path}”是以前的结果，已不需要，但删不掉。请关闭正在使用它的程序，再运行一次。")
            return False
        return True

    def _ours(self, name: str) -> bool:
        try:
            there = held(self._out / name)
        except OSError as fault:  # it will not be written either, which is said then
            self._closed[name] = fault
            return True
        return not there or there in self._known.get(name, ())

    def _note(self, known: _Known) -> None:
        self._known = dict(sorted(known.items()))
        data = json.dumps(self._known, indent=0).encode()
        if not files.holds(self._path, data):
            files.write(self._path, data, force=True)


def numbered(name: str) -> bool:
    """Whether a file was given a number because its name was not free; no title ends with one."""
    return bool(_NUMBERED.fullmatch(name))


def _bytes(content: Content) -> bytes:
    if isinstance(content, bytes):
        return content
    try:
        return content.read_bytes()
    except OSError:
        raise CannotWrite(f"中间结果“{content.path}”读不出来。请加 --fresh 再运行一次。") from None


def held(path: Path) -> str:
    """The digest of a file; empty where there is none; raises `OSError`."""
    try:
        return _digest(path.read_bytes())
    except FileNotFoundError:
        return ""
    except IsADirectoryError:
        return "a folder"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
