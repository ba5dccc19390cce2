"""Runs a command and says how long it took, how much memory its processes had together, and what it wrote."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.1


@dataclass(frozen=True)
class Run:
    """One run: wall and processor seconds, peak memory of the whole tree of processes in MB, files and bytes."""

    seconds: float
    processor: float
    memory: float
    files: int
    size: int


class Failed(Exception):
    """The command did not succeed; the message is the end of what it printed."""


def run(command: list[str], folder: Path, output: Path) -> Run:
    """Run a command in a folder and measure it."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    with open(folder / "bench.log", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
        watch = _Watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
    if process.returncode:
        raise Failed((folder / "bench.log").read_text(encoding="utf-8", errors="replace")[-2000:])
    files = [path for path in output.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return Run(seconds, usage.ru_utime + usage.ru_stime, watch.peak / 1024, len(files), size)


class _Watch(threading.Thread):
    """Looks at the tree of processes every tenth of a second and keeps the highest sum of their memory in KB."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.peak = 0
        self._done = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._done.wait(_PAUSE):
            self.peak = max(self.peak, sum(_memory(process) for process in _tree(self.root)))

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


def _memory(process: int) -> int:
    """Return the proportional share in KB: a page that n processes share counts 1/n in each, so once in all."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
