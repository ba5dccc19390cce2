"""The connection to a Dask cluster: who is there, and whether they render as we do; the only user of distributed."""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Any

from generator.cluster.fault import ClusterFault
from generator.cluster.state import STATE, State, state

PATIENCE = 10
"""Seconds that a cluster has to answer, and to get a worker back when all are gone."""
_NOTHING_CHANGED = "原来的站点没有变。"


class Link:
    """A connection to a scheduler."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._alone_since: float | None = None

    def executor(self) -> Executor:
        """Return the cluster as an executor; the same call is done again each time it is asked for."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def to_all(self, data: bytes) -> Any:
        """Put data on every worker and return what stands for it among the arguments of a call."""
        try:
            return self._client.scatter(data, broadcast=True, hash=False)
        except Exception as error:
            raise self.gone() from error

    def slots(self) -> int:
        """Return how many calls can run at once; raise `ClusterFault` when that has been none for `PATIENCE`."""
        count: int = sum(worker["nthreads"] for worker in self._workers().values())
        if count:
            self._alone_since = None
            return count
        now = time.monotonic()
        self._alone_since = self._alone_since or now
        if now - self._alone_since > PATIENCE:
            raise self.gone()
        return 0

    def waiting(self) -> int:
        """Return how many calls the cluster has yet to do for anybody."""
        return sum(len(calls) for calls in self._client.processing().values())

    def gone(self) -> ClusterFault:
        """Return what to say when nobody is left to do the work."""
        return ClusterFault(
            f"集群 {self._address} 上已经没有工作机了，等了 {PATIENCE} 秒也没有新的。{_NOTHING_CHANGED}"
            "请看调度程序和工作机还在不在，再运行一次。"
        )

    def assert_same_code(self) -> None:
        """Raise `ClusterFault` unless workers are there and all run our code."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except Exception as error:
            raise ClusterFault(
                f"集群 {self._address} 的调度程序在，但是没有工作机。请先在工作机上运行 dask worker {self._address}。"
            ) from error
        found: dict[str, object] = dict(self._client.run(state, on_error="return"))
        with suppress(Exception):  # a scheduler that cannot even load our code says so by not answering
            found[self._address] = self._client.run_on_scheduler(state)
        found.setdefault(self._address, None)
        wrong = [f"{name}：{said}" for name, theirs in found.items() if (said := _difference(theirs))]
        if wrong:
            raise ClusterFault(
                "集群上的程序和这里的不一样，生成的页面可能不同，没有开始。请在每台机器上装同一个版本。\n"
                + "\n".join(wrong)
            )

    def _workers(self) -> Mapping[str, Any]:
        if self._client.status != "running":
            return {}
        with suppress(Exception):  # the scheduler went away in this moment
            workers: Mapping[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
            return workers
        return {}


def _difference(theirs: object) -> str:
    if isinstance(theirs, State):
        return STATE.differs(theirs)
    return "没有装同窗，或者版本太旧"


@contextmanager
def linked(address: str) -> Iterator[Link]:
    """Connect to a scheduler, and leave it at the end; raise `ClusterFault` where nobody answers."""
    connect = _library().Client
    answer: Future[Any] = Future()
    # The library waits for ever for somebody who takes the connection and says nothing.
    Thread(target=_connect, args=(connect, address, PATIENCE, answer), daemon=True).start()
    try:
        client = answer.result(PATIENCE + 2)
    except Exception as error:  # no such host, nobody listening, or somebody who speaks otherwise
        raise ClusterFault(
            f"连不上集群 {address}：{PATIENCE} 秒内没有调度程序回答。{_NOTHING_CHANGED}"
            "请看地址对不对、调度程序（dask scheduler）是不是在运行、两边的 Dask 是不是同一个版本。"
        ) from error
    try:
        yield Link(client, address)
    finally:
        with suppress(Exception):
            client.close(timeout=2)


def _connect(connect: Callable[..., Any], address: str, seconds: float, answer: Future[Any]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what differs between machines is ours to say, in Chinese
            answer.set_result(connect(address, timeout=seconds, set_as_default=False))
    except Exception as error:
        answer.set_exception(error)


def _library() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import distributed  # type: ignore[import-not-found,unused-ignore]
    except ImportError as error:
        raise ClusterFault('这台机器没有装集群要用的组件，请先运行 pip install "tongchuang[cluster]"。') from error
    # Its notes on lost connections are in English and for whoever runs the cluster; we say what matters ourselves.
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed


def is_lost(error: BaseException) -> bool:
    """Tell whether a call failed because of the machines, not because of what it did."""
    return type(error).__module__.startswith("distributed.")
