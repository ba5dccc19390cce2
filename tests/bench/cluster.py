"""Measures builds on clusters of this machine's processes against local ones and fits the cost model to them.

Run as `python -m tests.bench.cluster [GUIDES …]`. The model: the machine that shares out needs fixed + home x guides
seconds of a processor, all workers together away x guides; with so many workers, each on a processor of its own, a
build takes fixed + home x guides + away x guides / workers. Seconds by the clock are printed beside it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.guides import Project, write_project
from tests.bench.measure import Run, run

ROOT = Path(__file__).resolve().parents[2]
_TICKS = os.sysconf("SC_CLK_TCK")


class Point(NamedTuple):
    """One build: guides, workers (0: local), seconds, processor seconds of the builder and of all workers."""

    guides: int
    workers: int
    seconds: float
    home: float
    away: float


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    points = []
    print(f"{'guides':>8}{'workers':>9}{'s':>8}{'home CPU s':>12}{'away CPU s':>12}{'MB':>7}", flush=True)
    with tempfile.TemporaryDirectory(prefix="tongchuang-cluster-") as name:
        for guides in [int(text) for text in arguments] or [250, 1000]:
            folder = Path(name, f"{guides}")
            folder.mkdir()
            project = write_project(ROOT, folder, guides)
            points += [_measured(project, workers) for workers in (0, 1, 2)]
    _fit([point for point in points if point.workers])
    return 0


def _measured(project: Project, workers: int) -> Point:
    with _cluster(project.folder, workers) as (address, processes):
        before = _processor(processes)
        options = ["--cluster", address] if workers else ["--jobs", "1"]
        site = project.folder / f"site-{workers}"
        command = [sys.executable, "-m", "generator", "build", "--no-search", "--as-of", project.day]
        os.environ["PYTHONPATH"] = str(ROOT)
        done: Run = run([*command, "--site-dir", site.name, *options], project.folder, site)
        away = _processor(processes) - before
    point = Point(project.count, workers, done.seconds, done.processor, away)
    print(f"{point[0]:8}{workers:9}{done.seconds:8.1f}{done.processor:12.1f}{away:12.1f}{done.memory:7.0f}", flush=True)
    return point


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and so many workers; yield the address and the workers' process numbers."""
    file = folder / f"scheduler-{workers}.json"
    started = [_start(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
    try:
        while not file.is_file():
            time.sleep(0.1)
        options = ("--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
        started += [_start(folder, "dask_worker", *options) for _ in range(workers)]
        time.sleep(3 + 2 * workers)
        yield file.read_text(encoding="utf-8").split('"address": "')[1].split('"')[0], [one.pid for one in started[1:]]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(folder: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "cluster.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _processor(processes: Sequence[int]) -> float:
    """Return the processor seconds that processes have used so far."""
    rows = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in processes]
    return sum(int(row[11]) + int(row[12]) for row in rows) / _TICKS


def _fit(points: Sequence[Point]) -> None:
    sizes = [point.guides for point in points]
    if len(set(sizes)) < 2:
        return
    home, fixed = statistics.linear_regression(sizes, [point.home for point in points])
    away, away_fixed = statistics.linear_regression(sizes, [point.away for point in points])
    print(
        f"home: {fixed:.1f} s + {1000 * home:.2f} ms a guide; away: {away_fixed:.1f} s + {1000 * away:.2f} ms a guide"
    )
    for guides, workers in ((300_000, 10), (300_000, 100)):
        hours = (fixed + home * guides + away * guides / workers) / 3600
        print(f"{guides} guides, {workers} workers, one processor at home: {hours:.2f} h, if it goes on so")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
