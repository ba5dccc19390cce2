"""A real Dask scheduler and workers as processes of this machine, to be killed at will."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from distributed import Client
from project import ROOT

_QUIET = ("--no-dashboard",)
PATIENCE = 60


class Machines:
    """A scheduler and its workers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = self._scheduler()

    def _scheduler(self) -> str:
        file = self.folder / "scheduler.json"
        self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        until(lambda: file.is_file() and bool(file.read_text()))
        address: str = json.loads(file.read_text())["address"]
        return address

    def worker(self, code: Path = ROOT) -> subprocess.Popen[bytes]:
        """Start a worker that runs the package of a folder."""
        process = self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny", code=code)
        self.workers.append(process)
        return process

    def _start(self, program: str, *arguments: str, code: Path = ROOT) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *_QUIET]
        with (self.folder / f"{program}-{len(self.processes)}.log").open("wb") as log:
            environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONWARNINGS": "ignore"}
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process as a power cut would."""
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """End everything that was started here."""
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                self.kill(process)


@contextmanager
def machines(folder: Path, workers: int) -> Iterator[Machines]:
    """Start a scheduler and so many workers, and end them afterwards."""
    started = Machines(folder)
    try:
        for _ in range(workers):
            started.worker()
        if workers:
            _wait_for(started.address, workers)
        yield started
    finally:
        started.end()


def _wait_for(address: str, workers: int) -> None:
    """Wait for workers to have joined, however slow the machine is just now."""
    with Client(address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=PATIENCE)


def until(is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something to be so; fail after some seconds."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)
