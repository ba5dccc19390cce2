"""Runs commands and says how long they took, how much memory their processes had together, and what they wrote."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.1
_LOOKS_COST = 30
"""A look is followed by a pause of so many times as long as it took: all looks together cost 3 % of a processor."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run cost.

    `seconds` and `processor`: wall and processor time. `memory`: the most MB that all its processes had together at
    once, shared pages counted once; `own`: the same without the Pagefind program. `files`, `size`: what stands there
    afterwards, in bytes. `written`: bytes of files that are new or other than before; what is only linked is neither.
    `others`: processor seconds that the machine spent on something else meanwhile.
    """

    seconds: float
    processor: float
    memory: float
    own: float
    files: int
    size: int
    written: int
    others: float = 0.0
    disturbed: bool = False


class Failed(Exception):
    """A command did not succeed; the message is the end of what it printed."""


class _Cost(NamedTuple):
    """Seconds, processor seconds, peak memory in KB with and without Pagefind."""

    seconds: float
    processor: float
    memory: int
    own: int


class _Stamp(NamedTuple):
    """What tells a file apart from the one that stood in its place before."""

    inode: int
    time: int
    size: int


def run(
    commands: Sequence[Sequence[str]], folder: Path, outputs: Sequence[Path], more: Mapping[str, str] | None = None
) -> list[Run]:
    """Run commands one after the other in a folder; return for each what all up to it have cost.

    `outputs` are the folders where they write, the first of which is the site. `more` is added to the environment.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(more or {})}
    before = {stamp for output in outputs for stamp in _stamps(output)}
    runs: list[Run] = []
    costs: list[_Cost] = []
    idle, own = _busy(), sum(os.times()[:4])
    for command in commands:
        costs.append(_cost(command, folder, environment))
        spent = sum(os.times()[:4]) - own
        runs.append(_run(costs, max(_busy() - idle - spent, 0.0), before, outputs))
    return runs


def _run(costs: Sequence[_Cost], others: float, before: set[_Stamp], outputs: Sequence[Path]) -> Run:
    site = list(_stamps(outputs[0]))
    beside = [stamp for output in outputs[1:] for stamp in _stamps(output)]
    return Run(
        seconds=sum(cost.seconds for cost in costs),
        processor=sum(cost.processor for cost in costs),
        memory=max(cost.memory for cost in costs) / 1024,
        own=max(cost.own for cost in costs) / 1024,
        files=len(site),
        size=sum(stamp.size for stamp in site),
        written=sum(stamp.size for stamp in {*site, *beside} - before),
        others=others,
    )


def _cost(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> _Cost:
    started = time.perf_counter()
    with open(folder / "bench.log", "wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
        )
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    if process.returncode:
        raise Failed((folder / "bench.log").read_text(encoding="utf-8", errors="replace")[-2000:])
    return _Cost(seconds, usage.ru_utime + usage.ru_stime, watch.peak, watch.own)


def _stamps(folder: Path) -> Iterator[_Stamp]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(Path(entry.path))
            else:
                stat = entry.stat(follow_symlinks=False)
                yield _Stamp(stat.st_ino, stat.st_mtime_ns, stat.st_size)


def _busy() -> float:
    """Return for how many seconds the processors have worked, or worked for others, since the machine started."""
    user, nice, system, _, _, *rest = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9])
    return (user + nice + system + sum(rest)) / _TICKS


class _Watch(threading.Thread):
    """Looks at the tree of processes every tenth of a second and keeps the highest sums of their memory in KB.

    A look at a process of a gigabyte takes 50 ms, and stops the process as long: there, it looks less often.
    """

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.peak = self.own = 0
        self._done = threading.Event()
        self.start()

    def run(self) -> None:
        took = 0.0
        while not self._done.wait(max(_PAUSE, _LOOKS_COST * took)):
            began = time.perf_counter()
            found = [(_memory(process), _is_pagefind(process)) for process in _tree(self.root)]
            self.peak = max(self.peak, sum(memory for memory, _ in found))
            self.own = max(self.own, sum(memory for memory, is_pagefind in found if not is_pagefind))
            took = time.perf_counter() - began

    def stop(self) -> None:
        """End the watch."""
        self._done.set()
        self.join()


def _tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:  # it ended in between
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for process in found:
        found += children.get(process, [])
    return found


def _is_pagefind(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/comm").read_text().startswith("pagefind")
    except OSError:
        return False


def _memory(process: int) -> int:
    """Return the proportional share in KB: a page that n processes share counts 1/n in each, so once in all."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
