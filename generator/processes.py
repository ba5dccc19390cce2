"""Work on many entries in several processes that see everything the caller sees, without copying it to them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, NamedTuple, TypeVar

Entry = TypeVar("Entry")
Result = TypeVar("Result")

# Below this many entries a second process costs more than it saves.
ENTRIES_A_JOB = 200


def in_parts(
    work: Callable[[Sequence[Entry]], Result], entries: Sequence[Entry], jobs: int, fewest: int = ENTRIES_A_JOB
) -> list[Result]:
    """Do the work on every nth entry in each of so many processes, and return what each part gave.

    Each process has so many entries at the `fewest`.
    """
    return _spread(work, entries, max(1, min(jobs, len(entries) // fewest)))


def each(work: Callable[[Entry], Result], entries: Sequence[Entry]) -> list[Result]:
    """Do the work on each entry in a process of its own, on the first one in this process."""
    return _spread(lambda part: work(part[0]), entries, len(entries))


def _spread(work: Callable[[Sequence[Entry]], Result], entries: Sequence[Entry], jobs: int) -> list[Result]:
    global _task
    if jobs == 1:
        return [work(entries)]
    # Forked processes have the work and its entries already; only a number goes to them and the result comes back.
    # The first part stays here: memory that a process only reads is copied all the same when it counts references.
    _task = _Task(work, entries, jobs)
    with ProcessPoolExecutor(jobs - 1, mp_context=multiprocessing.get_context("fork")) as pool:
        others = [pool.submit(_run_task, number) for number in range(1, jobs)]
        return [work(entries[::jobs]), *(other.result() for other in others)]


def beside(work: Callable[[], Result], meanwhile: Callable[[], object], *, both: bool) -> Result:
    """Return what the work gives; where both are worth doing, do it in another process and something else here."""
    global _errand
    if not both:
        return work()
    _errand = work
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        given: Future[Result] = pool.submit(_run_errand)
        meanwhile()
        return given.result()


_errand: Callable[[], Any] | None = None


def _run_errand() -> Any:
    assert _errand is not None
    return _errand()


class _Task(NamedTuple):
    work: Callable[[Sequence[Any]], Any]
    entries: Sequence[Any]
    jobs: int


_task: _Task | None = None


def _run_task(number: int) -> Any:
    assert _task is not None
    return _task.work(_task.entries[number :: _task.jobs])
