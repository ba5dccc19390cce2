"""How quiet the machine is: a fixed piece of work on all processors at once, timed before every run."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.bench.measure import Run

SLOWER = 1.25
"""A run is disturbed where the work before it took so many times as long as the quickest."""
OTHERS = 0.1
"""A run is disturbed where others had such a share of what all processors could do meanwhile."""
_BLOCK = bytes(1 << 20)
_BLOCKS = 150


def calibrate() -> float:
    """Return the seconds that the work takes; hashing of large blocks leaves the other threads free."""
    processors = os.cpu_count() or 1
    started = time.perf_counter()
    with ThreadPoolExecutor(processors) as pool:
        list(pool.map(_work, range(processors)))
    return time.perf_counter() - started


def _work(_: int) -> None:
    digest = hashlib.sha256()
    for _ in range(_BLOCKS):
        digest.update(_BLOCK)


def is_disturbed(run: Run, calibration: float, earlier: Sequence[float]) -> bool:
    """Tell whether something else was at work before or during a run."""
    slow = calibration > SLOWER * min([calibration, *earlier])
    return slow or run.others > OTHERS * run.seconds * (os.cpu_count() or 1)
