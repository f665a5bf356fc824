"""What lies in the folder of submissions: every entry exactly once, none opened that is not a file (收件)."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from xltools.batch.collection import Outcome, Status
from xltools.workbook.archive import LIMIT

OURS = ".xltools"
"""The folder inside an output folder by which it is known."""
CLOSED = "打不开。请关闭正在使用它的程序，检查是否有权限读取。"
_AGAIN = "请用 Excel 或 WPS 另存为 .xlsx 后重新报送"
_OTHER_TABLES = {
    ".xls": "旧版 .xls 表格", ".et": "WPS 的 .et 表格", ".csv": "CSV 文本", ".ods": ".ods 表格", ".xlsb": ".xlsb 表格",
    ".ett": "WPS 模板", ".xltx": "Excel 模板", ".xlt": "旧版 Excel 模板", ".xltm": "Excel 模板",
}  # fmt: skip
_ARCHIVES = dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tar"), "压缩包")
_OTHERS = {
    ".docx": "Word 文档", ".doc": "Word 文档", ".wps": "WPS 文档", ".pdf": "PDF 文件", ".txt": "文本文件",
    ".json": "JSON 文件", ".jpg": "图片", ".jpeg": "图片", ".png": "图片", ".eml": "邮件", ".msg": "邮件",
}  # fmt: skip
_BYTES = " bytes"
_BOOKS = (".xlsx", ".xlsm")
_SYSTEM = ("thumbs.db", "desktop.ini", ".ds_store", "__macosx")


@dataclass(frozen=True, slots=True)
class Submission:
    """A file to be read, named relative to the folder; ``digest`` stands for its bytes."""

    file: str
    path: Path
    digest: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What is to be read, and what became at once of everything else; ``copies`` of what is read, by its name.

    ``documents`` are no tables: annexes, or what an office has sent instead.
    """

    submissions: tuple[Submission, ...]
    others: tuple[Outcome, ...]
    documents: tuple[Outcome, ...] = ()
    copies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def walk(folder: Path, skipped: Mapping[Path, str]) -> Intake:
    """Look at everything in a folder and below, in the order of the names; of what is ``skipped`` it says what it is.

    Raises `OSError` for the folder itself.
    """
    submissions: list[Submission] = []
    others: list[Outcome] = []
    documents: list[Outcome] = []
    first: dict[str, str] = {}
    copies: dict[str, tuple[str, ...]] = {}
    for file, path, problem in _entries(folder, "", skipped):
        outcome = problem or _kind(file, path)
        if outcome is None and path.suffix.lower() not in _BOOKS:
            documents.append(_document(file, path.suffix.lower()))
        elif outcome is None:
            digest = fingerprint(path)
            alone = not digest or digest.endswith(_BYTES)  # empty files are of as many offices
            same = file if alone else first.setdefault(digest, file)
            if not digest:
                outcome = _ours(file, CLOSED)
            elif same != file:
                outcome = _outcome(file, Status.LEFT_OUT, f"与“{same}”完全相同，只算一份。")
                copies[same] = (*copies.get(same, ()), file)
            else:
                submissions.append(Submission(file, path, digest))
        if outcome:
            others.append(outcome)
    return Intake(tuple(submissions), tuple(others), tuple(documents), copies)


def fingerprint(path: Path) -> str:
    """A digest of a file's bytes, or the size alone where there are none or too many; empty if it cannot be read."""
    try:
        size = path.stat().st_size
        return f"{size}{_BYTES}" if size > LIMIT or not size else hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _entries(folder: Path, prefix: str, skipped: Mapping[Path, str]) -> Iterator[tuple[str, Path, Outcome | None]]:
    """Every entry below a folder, with its outcome where the entry itself decides it."""
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
    except OSError:
        if not prefix:
            raise
        yield prefix, folder, _ours(prefix, "文件夹打不开。请检查是否有权限读取。")
        return
    there = folder.resolve()
    for name in names:
        path, file = folder / name, prefix + name
        try:
            mode = path.lstat().st_mode
            inside = stat.S_ISLNK(mode) and path.resolve(strict=True)
        except (FileNotFoundError, RuntimeError):
            yield file, path, _outcome(file, Status.LEFT_OUT, "是失效的链接，或读取时已被移走。")
            continue
        except OSError:
            yield file, path, _ours(file, CLOSED)
            continue
        reason = skipped.get(inside or (path.resolve() if stat.S_ISDIR(mode) else there / name))
        if stat.S_ISDIR(mode) and not reason and not system(name):
            if _results(path):
                reason = "是以前的结果文件夹"
            else:
                yield from _entries(path, f"{file}/", skipped)
                continue
        if inside:
            reason = "是链接，指向的内容按原处处理" if _within(inside, prefix, folder) else "是链接，指向收件文件夹之外"
        elif not reason and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            reason = "不是普通文件"
        name_ends = "/" if stat.S_ISDIR(mode) else ""
        outcome = _outcome(file + name_ends, Status.LEFT_OUT, f"{reason}。") if reason else None
        yield file, path, outcome


def _results(folder: Path) -> bool:
    """Whether an earlier run has written there; of a folder that cannot be read it will be said."""
    with suppress(OSError):
        return (folder / OURS).is_dir()
    return False


def _within(target: Path, prefix: str, folder: Path) -> bool:
    """Whether a link leads to something that lies in the folder of submissions itself."""
    top = folder.resolve()
    for _ in range(prefix.count("/")):
        top = top.parent
    return target.is_relative_to(top)


def _kind(file: str, path: Path) -> Outcome | None:
    """What a file is by its name; ``None`` for a workbook or a document."""
    name, suffix = path.name.lower(), path.suffix.lower()
    if name.startswith(("~$", ".~")):
        return _outcome(file, Status.LEFT_OUT, "是表格程序打开文件时的锁定文件。")
    if system(path.name):
        return _outcome(file, Status.LEFT_OUT, "是系统文件。")
    if suffix in _OTHER_TABLES:
        return _outcome(file, Status.UNREADABLE, f"{_is(_OTHER_TABLES[suffix])}，不是 .xlsx 工作簿。{_AGAIN}。")
    if suffix in _ARCHIVES:
        return _ours(file, f"{_is(_ARCHIVES[suffix])}。请解压，把里面的 .xlsx 放回文件夹。")
    if suffix not in (*_BOOKS, *_OTHERS) and _holds_workbook(path):
        return _ours(file, f"{_other(suffix)}，内容像是工作簿。请把扩展名改成 .xlsx，再运行一次。")
    return None


def _document(file: str, suffix: str) -> Outcome:
    return _outcome(file, Status.LEFT_OUT, f"{_other(suffix)}，不是填报工作簿。")


def _other(suffix: str) -> str:
    return _is(_OTHERS.get(suffix, f"{suffix} 文件" if suffix else "没有扩展名的文件"))


def _holds_workbook(path: Path) -> bool:
    """Whether it looks like a workbook that has lost its ending; it is not opened as one."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LIMIT else b""
    except OSError:
        return False
    return data.startswith(b"PK\3\4") and b"xl/workbook" in data


def system(name: str) -> bool:
    """Whether an operating system has left it there."""
    return name.lower() in _SYSTEM or name.startswith(".")


def _outcome(file: str, status: Status, reason: str) -> Outcome:
    return Outcome(file, status, reason)


def _ours(file: str, reason: str) -> Outcome:
    return Outcome(file, Status.UNREADABLE, reason, ours=True)


def _is(kind: str) -> str:
    """A Western word stands apart."""
    return f"是 {kind}" if kind[0].isascii() else f"是{kind}"
