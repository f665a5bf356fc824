"""The same bytes from a real scheduler with two real workers, whatever befalls them; all of it on 127.0.0.1."""

from __future__ import annotations

import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import xltools
from tests.batch.deeds import gated, unlucky
from tests.batch.support import book, run, send, statuses, tree
from xltools import deflate
from xltools.batch import cluster, connection, parcel, runner
from xltools.batch.intake import fingerprint
from xltools.batch.limits import Limits
from xltools.batch.parcel import NoCluster
from xltools.batch.work import Task, process
from xltools.batch.worker import Failure
from xltools.workbook.archive import LIMIT

ROOT = Path(__file__).parents[2]


class Cluster:
    """Processes of dask; each leads a group of its own, so that what it starts ends with it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._processes = folder, list[subprocess.Popen[bytes]]()
        self.address = ""

    def scheduler(self, **settings: str) -> int:
        pid, self.address = self.ready(self._start("scheduler", "--port", "0", **settings))
        return pid

    def workers(self, count: int, *more: str) -> list[int]:
        started = [self._start("worker", self.address, "--nthreads", "1", *more) for _ in range(count)]
        return [self.ready(number)[0] for number in started]

    def _start(self, kind: str, *more: str, **settings: str) -> int:
        near = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")  # which listens even so
        command = [sys.executable, "-P", "-m", f"distributed.cli.dask_{kind}", *near, *more]
        paths = {"PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(self._folder), "HOME": str(self._folder)}
        with (self._folder / f"{len(self._processes)}.log").open("wb") as log:
            env = os.environ | paths | settings
            self._processes.append(subprocess.Popen(command, stderr=log, env=env, start_new_session=True))
        return len(self._processes) - 1

    def ready(self, number: int) -> tuple[int, str]:
        """The process and the scheduler's address, as soon as it is named in the log."""
        log, leader = self._folder / f"{number}.log", self._processes[number]
        for _ in range(600):
            if found := re.search(r"(?:Scheduler at|Registered to): +(tcp\S+)", log.read_text("utf-8")):
                return leader.pid, found[1]
            assert leader.poll() is None, log.read_text("utf-8")
            time.sleep(0.05)
        raise AssertionError(log.read_text("utf-8"))

    def stop(self) -> None:
        for leader in reversed(self._processes):
            os.killpg(leader.pid, signal.SIGKILL)
            leader.wait()


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Nothing started yet."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.stop()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler with two workers, which no test may harm."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    found.scheduler()
    found.workers(2, "--no-nanny")
    yield found
    found.stop()


def tasks(folder: Path, *names: str) -> list[Task]:
    """Files that are no workbooks: quickly done."""
    send(folder, {f"{name}.xlsx": f"文本 {name}".encode() for name in names})
    paths = [folder / f"{name}.xlsx" for name in names]
    return [Task(path.name, path, fingerprint(path)) for path in paths]


def test_one_worker_two_and_the_cluster_give_the_same_bytes(two: Cluster, tmp_path: Path) -> None:
    folder, last = tmp_path / "收件", tmp_path / "上年"
    kinds = ("zero", "balanced", "zero", "balanced", "zero", "faulty")
    send(folder, {f"{i:02}.xlsx": book(kinds[i % 6], f"第{i:02}局") for i in range(12)})
    send(folder, {f"{'子/' if i % 2 else ''}文本{i}.xlsx": b"%d is no workbook" % i for i in range(80)})
    send(folder, {"子/00.xlsx": book("zero", "同名局"), "空.xlsx": b"", "宏.xlsm": book("faulty", "宏局")})
    send(last, {"00.xlsx": book("balanced", "第00局", 2024)})
    with (folder / "大.xlsx").open("wb") as file:
        file.truncate(LIMIT + 1)
    template = tmp_path / "模板.docx"
    template.write_bytes((ROOT / "templates/report.docx").read_bytes())
    for name, more in (("one", {"jobs": 1}), ("two", {"jobs": 2}), ("cluster", {"scheduler": two.address})):
        found = run(folder, tmp_path / name, template=template, previous=last, **more)
    assert Counter(statuses(found).values()) == {"已报": 11, "待修改": 3, "文件无法打开": 82}
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "cluster")


def test_a_worker_that_is_killed_costs_nobody_anything(bare: Cluster, tmp_path: Path) -> None:
    bare.scheduler()
    victim, _ = bare.workers(2, "--no-nanny")
    files = {f"{i:02}.xlsx": book("faulty" if i % 15 == 7 else "zero", f"第{i:02}局") for i in range(30)}
    paths = sorted(send(tmp_path, files).iterdir())
    items = [Task(path.name, path, fingerprint(path)) for path in paths]
    gate = tmp_path / "gate"
    gate.mkdir()

    def kill() -> None:
        while len(list(gate.iterdir())) < 2:  # until each worker is at its first file
            time.sleep(0.02)
        os.kill(victim, signal.SIGKILL)
        (gate / "open").touch()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    answers = dict(cluster.run(items, partial(gated, gate), bare.address))
    killer.join()
    assert answers == dict(runner.run(items, process, 2))
    assert len(list(gate.iterdir())) > 3  # the chunk of the victim was begun again


def test_a_file_that_kills_its_process_costs_itself(two: Cluster, tmp_path: Path) -> None:
    names = ["甲", "kill", "hang", "eat", "raise", *(f"乙{i}" for i in range(5))]
    items = tasks(tmp_path, *names)
    answers = dict(cluster.run(items, unlucky, two.address, Limits(seconds=3)))
    fates = {"kill": Failure.DIED, "hang": Failure.HUNG, "eat": Failure.MEMORY, "raise": Failure.DIED}
    assert [answers[place] for place in range(10)] == [
        fates.get(n, process(t)) for n, t in zip(names, items, strict=True)
    ]


def test_a_file_that_takes_workers_along_costs_itself(bare: Cluster, tmp_path: Path) -> None:
    bare.scheduler(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")  # how often dask tries a chunk again
    bare.workers(1, "--nanny")
    items = tasks(tmp_path, "甲", "worker", "乙")
    answers = dict(cluster.run(items, unlucky, bare.address))
    assert answers == {0: process(items[0]), 1: Failure.DIED, 2: process(items[2])}


def test_a_scheduler_that_is_lost_is_said(bare: Cluster, tmp_path: Path) -> None:
    pid = bare.scheduler()
    bare.workers(1, "--no-nanny")
    answers = cluster.run(tasks(tmp_path, *map(str, range(200))), process, bare.address)
    next(answers)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(NoCluster, match="与集群的连接断了"):
        list(answers)


def test_what_was_typed_wrong_or_is_not_there_is_said(
    bare: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 1.0)
    bare.scheduler()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cases = {
            "": "写法不对",
            "127.0.0.1:8786": "写法不对",
            "tcp://127.0.0.1": "写法不对",
            "tcp://127.0.0.1:x": "写法不对",
            "tcp://127.0.0.1:1": "连不上调度器",
            f"tcp://127.0.0.1:{silent.getsockname()[1]}": "连不上调度器",
            bare.address: "没有能用的工作进程",
        }
        for address, said in cases.items():
            with pytest.raises(NoCluster, match=said):
                list(cluster.run(tasks(tmp_path, "甲"), process, address))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r'pip install "xltools\[cluster\]"'):
        list(cluster.run(tasks(tmp_path, "甲"), process, bare.address))


def host(version: str | None, python: str = "3.11.7.final.0") -> Any:
    return {"packages": {"xltools": version, "python": python}}


OTHERS: dict[str, tuple[Any, Any, str]] = {
    "an older scheduler": (host("0.9"), {}, "“调度器”上是 xltools 0.9（Python 3.11）"),
    "an older worker": (host("1.0"), {"b": host("1.0"), "a": host("0.9")}, "“a”上是 xltools 0.9（Python 3.11）"),
    "another Python": (host("1.0"), {"a": host("1.0", "3.12.7.final.0")}, "“a”上是 xltools 1.0（Python 3.12）"),
    "nothing of ours": (host("1.0"), {"a": host(None)}, "“a”上没有装 xltools（Python 3.11）"),
}


@pytest.mark.parametrize("case", OTHERS)
def test_another_version_is_said_before_anything_is_done(case: str) -> None:
    scheduler, workers, said = OTHERS[case]
    found = {"client": host("1.0", "3.11.9.final.0"), "scheduler": scheduler, "workers": workers}
    client: Any = SimpleNamespace(get_versions=lambda packages: found)
    with pytest.raises(NoCluster, match=re.escape(f"{said}，本机是 xltools 1.0（Python 3.11）")):
        connection.require_versions(client)
    found |= {"scheduler": host("1.0"), "workers": {"a": host("1.0", "3.11.2.final.0")}}
    connection.require_versions(client)


def test_a_worker_of_another_version_that_comes_late_does_nothing(
    two: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xltools, "__version__", "9.9")
    with pytest.raises(NoCluster, match=r"本机是 xltools 9\.9"):
        list(cluster.run(tasks(tmp_path, "甲"), process, two.address))


def test_a_machine_that_cannot_work_says_why() -> None:
    with pytest.raises(NoCluster, match=f"“{socket.gethostname()}”这台计算机处理不了文件（.*UnpicklingError.*）"):
        parcel.do(b"not a parcel", parcel.versions(), deflate.NAME)


def test_a_machine_that_deflates_to_other_bytes_does_nothing() -> None:
    with pytest.raises(NoCluster, match=f"上的压缩库是 {re.escape(deflate.NAME)}，本机是 zlib 1.0，"):
        parcel.do(b"not a parcel", parcel.versions(), "zlib 1.0")


def test_a_task_travels_without_its_paths(tmp_path: Path) -> None:
    task = Task("子/甲.xlsx", tmp_path / "甲.xlsx", "digest", tmp_path / "模板.docx", outputs=False)
    item = parcel.Item.of(task, b"bytes")
    assert b"Path" not in pickle.dumps(item)
    there = item.put(tmp_path / "there", tmp_path / "templates")
    path, template = tmp_path / "there/甲.xlsx", tmp_path / "templates/模板.docx"
    assert (there, path.read_bytes()) == (replace(task, path=path, template=template), b"bytes")
    assert parcel.Item.of(replace(task, template=None), b"").put(tmp_path / "one", tmp_path).template is None


def test_what_was_answered_before_the_end_counts() -> None:
    whole = pickle.dumps((1, "一")) + pickle.dumps((0, "零"))
    assert parcel.answers(whole) == {1: "一", 0: "零"}
    assert parcel.answers(whole[:-4]) == {1: "一"}
    assert parcel.answers(b"") == {}


def test_nothing_but_our_own_lines_on_the_terminal(two: Cluster, tmp_path: Path) -> None:
    send(tmp_path / "收件", {f"{n}.xlsx": book("zero", f"{n}局") for n in "甲乙"})
    command = [sys.executable, "-m", "xltools", "batch", str(tmp_path / "收件"), "-o", str(tmp_path / "结果")]

    def said(address: str) -> tuple[int, list[str]]:
        done = subprocess.run([*command, "--scheduler", address], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr.splitlines()

    def answer(other: socket.socket) -> None:
        with other.accept()[0] as there:
            there.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as other:
        threading.Thread(target=answer, args=(other,), daemon=True).start()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        assert said(address) == (
            3, [f"连不上调度器“{address}”。请检查地址和网络，确认调度器已经启动，再试。"],
        )  # fmt: skip
    code, lines = said(two.address)
    assert (code, sorted(line[1:] for line in lines)) == (0, ["/2 乙.xlsx", "/2 甲.xlsx"])
