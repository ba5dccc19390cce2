"""Sharing out batches: a few ahead of what the cluster can do at once, and again where a machine was lost."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from typing import NamedTuple

from generator.cluster.errands import Errand
from generator.cluster.fault import ClusterFault
from generator.cluster.link import Link, is_lost
from generator.cluster.places import Place
from generator.cluster.state import STATE
from generator.cluster.worker import Batch, Done, OtherCode, do_batch

UNITS_A_BATCH = 100
"""A second or two of work, which is done again when a machine is lost; fewer cost more messages."""
_AHEAD = 2
_TRIES = 4


class Load(NamedTuple):
    """What is to be done: batches, what they need, and where their outputs go."""

    batches: Sequence[Batch]
    shipped: bytes
    """The parcel, empty where workers find it in the place."""
    fingerprint: str
    place: Place


def batches_of(errands: Sequence[Errand], slots: int) -> list[Batch]:
    """Return units in batches, the longest first: what is about the whole site alone, the rest beside its neighbours.

    Neighbours refer to the same items; there are several batches for every machine.
    """
    whole = [(errand,) for errand in errands if errand.is_whole]
    rest = [errand for errand in errands if not errand.is_whole]
    size = max(1, min(UNITS_A_BATCH, len(rest) // max(1, slots * 4)))
    return [*whole, *(tuple(rest[start : start + size]) for start in range(0, len(rest), size))]


def shared_out(link: Link, load: Load) -> Iterator[Done]:
    """Yield what each batch gave, as they come; an exception of a template is raised as it is and ends everything.

    Raises `ClusterFault` when no machine is left, or when a batch is lost with its machine again and again.
    """
    executor = link.executor()
    slots = link.slots()
    queue = deque(load.batches)
    tries: Counter[str] = Counter()
    data = link.to_all(load.shipped)
    pending: dict[Future[Done], Batch] = {}
    try:
        while queue or pending:
            while queue and len(pending) < max(1, slots * _AHEAD):
                batch = queue.popleft()
                pending[executor.submit(do_batch, data, load.fingerprint, batch, load.place, STATE)] = batch
            done, _ = wait(pending, timeout=1, return_when=FIRST_COMPLETED)
            for future in done:
                batch = pending.pop(future)
                given = _given(future)
                if given is not None:
                    yield given
                    continue
                tries[batch[0].name] += 1
                if tries[batch[0].name] >= _TRIES:
                    raise _too_much()
                queue.append(batch)
            if not done:
                slots = link.slots()
            elif queue and any(tries[batch[0].name] for batch in queue):
                data = link.to_all(load.shipped)  # it went with the machines that had it
    finally:
        for future in pending:
            future.cancel()
        with suppress(Exception):  # there may be nobody left to tell
            executor.shutdown(wait=False)


def _too_much() -> ClusterFault:
    return ClusterFault(
        f"有一批内容交给工作机 {_TRIES} 次都没有做完，每次那台工作机都退出了，多半是内存不够。"
        "没有生成，原来的站点没有变。请看工作机的日志，或者给它们多一些内存。"
    )


def _given(future: Future[Done]) -> Done | None:
    """Return what a call gave; None where its machine, or the parcel, was lost."""
    if future.cancelled():
        return None
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, OtherCode):
        raise ClusterFault(f"有一台工作机的程序和这里的不一样，没有生成，原来的站点没有变：{error}。") from error
    if is_lost(error):
        return None
    raise error
