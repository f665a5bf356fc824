"""Files by name: what to read a report from, and how a result is written (文件)."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from xltools import disk
from xltools.errors import CannotOpen, CannotWrite

if TYPE_CHECKING:
    from xltools.report import Report

_UNSEEN = r"\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
"""Characters, for a class of them, that break a line, hide, or turn what follows around."""
_FORBIDDEN = rf'[<>:"/\\|?*{_UNSEEN}]'
_RESERVED = r"(?i:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[\d¹²³])\s*(\..*)?"
_BYTES, _END = 180, 24
_PART = ".xltools-"
_DAY = 24 * 3600.0
_NAMED = 5
_PAUSES = (0.1, 0.5)
"""Seconds after which a rename is tried again."""


def load(path: Path) -> Report:
    """Read a workbook with its 情况说明, or an interchange file; raises `XltoolsError`."""
    try:
        return _load(path)
    except OSError as fault:
        raise CannotOpen(disk.said(f"文件“{path.name}”读不出来", fault, "请检查文件名和路径，是否有权限读取")) from None


def _load(path: Path) -> Report:
    if path.suffix.lower() == ".json":
        from xltools import interchange

        return interchange.load(path)
    from xltools.workbook.answers import answers
    from xltools.workbook.file import FileBook
    from xltools.workbook.read import read

    book = FileBook(path, submitted=True)
    return replace(read(book), answers=answers(book))


def file_name(title: str, suffix: str) -> str:
    """A name that every system takes: the title without forbidden characters, shortened before its last words."""
    name = re.sub(_FORBIDDEN, "_", title).strip(" .") or "报告"
    name = f"_{name}" if re.fullmatch(_RESERVED, name) else name
    while len(name.encode()) > _BYTES:
        name = name[: -_END - 1] + name[-_END:]
    return name + suffix


def one_line(text: str) -> str:
    """Words that somebody else has chosen, as one line that shows all there is; what cannot be seen as ?."""
    return re.sub(f"[{_UNSEEN}]", "?", text)


def some_of(paths: Sequence[str]) -> str:
    """The first of these names, and how many there are."""
    more = f"等 {len(paths)} 份" if len(paths) > _NAMED else ""
    return one_line(f"“{'”“'.join(paths[:_NAMED])}”{more}")


def destination(output: Path | None, title: str, suffix: str, beside: Path, taken: Iterable[Path] = ()) -> Path:
    """Where to write: ``output``, or a file named after ``title`` in a folder; raises `CannotWrite`.

    Never onto a file that was read, or that the same command has written. What a killed run left there goes.
    """
    folder = output if output and (output.is_dir() or not output.suffix) else None
    path = output if output and not folder else (folder or beside) / file_name(title, suffix)
    if path.suffix.lower() != suffix:
        raise CannotWrite(f"“{path.name}”的扩展名应是 {suffix}。请改正文件名。")
    if path.resolve() in {other.resolve() for other in taken}:
        raise CannotWrite(f"“{path}”是本次用到的另一个文件，没有覆盖。请换一个文件名或文件夹。")
    sweep(path.parent)
    return path


def beside(folder: Path, title: str, suffix: str, data: bytes, ours: Callable[[Path], bool]) -> Path:
    """Write ``data`` into a folder under its title and return where; raises `CannotWrite`.

    A file of that name is replaced only if ``ours`` says that nobody has changed it since; otherwise
    the new one gets a number. A file with the very same content is left as it is.
    """
    sweep(folder)
    for number in count(1):
        path = folder / file_name(title, suffix if number == 1 else _numbered(suffix, number))
        if not path.exists() or ours(path) or holds(path, data):
            break
    if holds(path, data):
        return path
    require_closed(path, "再生成一次")
    write(path, data, force=True)
    return path


def require_closed(path: Path, then: str) -> None:
    """Raise `CannotWrite` where a program shows that it has the file open; ``then`` is what to do once it is closed."""
    locks = (path.with_name(name) for name in _owners(path.name)) if path.exists() else ()
    lock = next((lock for lock in locks if lock.exists() and not _is_of_another(lock, path)), None)
    if lock:
        raise CannotWrite(
            f"“{path.name}”正打开着，没有更新。请先关闭它，{then}。已经关闭的，请删除同一文件夹里的“{lock.name}”。"
        )


def _numbered(suffix: str, number: int) -> str:
    mark, dot, ending = suffix.rpartition(".")
    return f"{mark}({number}){dot}{ending}"


def holds(path: Path, data: bytes) -> bool:
    """Whether a file can be read and has this content."""
    try:
        return path.exists() and path.read_bytes() == data
    except OSError:
        return False


def _owners(name: str) -> tuple[str, ...]:
    """The files by which Word, WPS and LibreOffice show that they have a document open."""
    return (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~{name}", f".~lock.{name}#")


def _is_of_another(lock: Path, path: Path) -> bool:
    """Whether Word, which puts its mark over the first characters of a name, may have another file open as well."""
    end = lock.name.removeprefix("~$")
    if end in (lock.name, path.name):
        return False
    beside = (other.name for other in path.parent.iterdir() if other not in (lock, path))
    return any(name.endswith(end) and len(name) == len(path.name) for name in beside)


def write(path: Path, data: bytes, *, force: bool = False, flush: bool = True) -> None:
    """Write aside, flush, read back and rename; raises `CannotWrite`. Nothing partial ever stands at ``path``.

    Without ``flush`` it is neither flushed nor read back: for what is checked whenever it is read.
    """
    part = None
    try:
        if not force and path.exists():
            raise CannotWrite(f"“{path}”已经存在，没有覆盖。请换一个文件名，或加 --force 覆盖。")
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{_PART}{os.urandom(8).hex()}.part")
        with part.open("xb") as file:
            file.write(data)
            if flush:
                file.flush()
                os.fsync(file.fileno())
        if flush and part.read_bytes() != data:
            raise OSError(errno.EIO, "")
        _rename(part, path)
        part = None
    except OSError as fault:
        raise cannot_write(path, fault) from None
    finally:
        if part:
            with suppress(OSError):  # its disk may be gone
                part.unlink(missing_ok=True)


def cannot_write(path: Path, fault: OSError) -> CannotWrite:
    """Why a file was not written, for its user."""
    other = "请检查文件夹是否存在、文件名是否太长，再试"
    if isinstance(fault, PermissionError):
        other = "请关闭正在使用它的程序，或换一个有写入权限的文件夹"
    return CannotWrite(disk.said(f"“{path}”写不进去", fault, other))


def sweep(folder: Path, age: float = _DAY) -> None:
    """Remove what killed runs have left half written, so many seconds ago that nobody is at it any more."""
    with suppress(OSError):  # it is in nobody's way
        for part in folder.glob(f"{_PART}*.part"):
            if age <= 0 or part.stat().st_mtime < time.time() - age:
                part.unlink(missing_ok=True)


def _rename(part: Path, path: Path) -> None:
    """On Windows a virus scanner may have either file open for a moment."""
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            part.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    part.replace(path)
