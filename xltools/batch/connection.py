"""The way to a dask.distributed scheduler: whether it is one, has workers, and all are like us (与集群的连接)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import struct
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from xltools.batch import parcel
from xltools.batch.parcel import NoCluster

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10.0
"""Seconds to wait for the scheduler to answer, and for a first worker to come."""
LOST = "与集群的连接断了，没有完成。请检查网络和调度器，再运行一次，办完的不重做。"


@contextlib.contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler, ready to be used; nothing of ours runs on after it is closed; raises `NoCluster`."""
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(
            '没有装连接集群用的程序。请运行 pip install "xltools[cluster]" 后再试；不加 --scheduler 就在本机处理。'
        ) from None
    if not _well_formed(address):
        raise NoCluster(f"调度器的地址“{address}”写法不对，应当像 tcp://192.168.1.10:8786。请检查主机和端口。")
    with _quiet():
        if not _is_scheduler(address):
            raise NoCluster(f"连不上调度器“{address}”。请检查地址和网络，确认调度器已经启动，再试。")
        with Client(address, timeout=PATIENCE, set_as_default=False) as client:
            require_workers(client)
            require_versions(client)
            yield client


def require_workers(client: Client) -> None:
    """Wait for one, but not for long; raises `NoCluster`."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise NoCluster("集群里没有能用的工作进程，没有完成。请先启动工作进程，再运行一次，办完的不重做。") from None
    except OSError:
        raise NoCluster(LOST) from None


def require_versions(client: Client) -> None:
    """The scheduler takes the work apart and the workers do it: all need the code that is here; raises `NoCluster`."""
    found: Any = client.get_versions(packages=["xltools"])
    ours = _versions(found["client"])
    for where, theirs in {"调度器": found["scheduler"], **found["workers"]}.items():
        parcel.require(ours, _versions(theirs), where)


def _well_formed(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.scheme == "tcp" and parts.hostname and parts.port)
    except ValueError:
        return False


def _is_scheduler(address: str) -> bool:
    """The client itself would wait for ever for the greeting of another program."""
    from distributed import rpc

    async def kind() -> str:
        async with rpc(address) as there:
            return str((await there.identity())["type"])

    try:
        return "Scheduler" in asyncio.run(asyncio.wait_for(kind(), PATIENCE))
    except (OSError, MemoryError, ValueError, struct.error):  # the latter from what other programs say
        return False


def _versions(found: Mapping[str, Any]) -> parcel.Versions:
    packages = found["packages"]
    return packages["xltools"], ".".join(packages["python"].split(".")[:2])


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What dask has to say about connections is not for our user, who gets a sentence instead."""
    before = logging.root.manager.disable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable()
        try:
            yield
        finally:
            logging.disable(before)
