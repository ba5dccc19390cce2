"""Measures builds on clusters of this machine's processes, fits the cost model to some and checks it on the others.

Run as `python -m tests.bench.cluster [GUIDES …]`. The model, in processor seconds, for N guides and W workers, each on
a processor of its own: a build takes alone + max(beside, away) seconds, where the machine that shares out works alone
while it reads and checks, and beside the workers while these render. Alone and beside are a constant and so much a
guide; away is a constant of every worker, which loads and opens the site, and so much a guide, divided by the workers.
It is fitted to the builds with one worker, without the largest where there are three sizes or more, so that every other
row checks it. Where all processes share fewer processors than they could use, the sum of all work divided by the
processors is what remains. Builds are without search, whose index is made at home as without a cluster.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from generator import mkdocs_build
from generator.cluster.link import linked
from generator.cluster.runner import Cluster
from generator.production import Part
from tests.bench.guides import Project, write_project

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1000, 10_000)
WORKERS = (0, 1, 2)
PROVINCE = 300_000
_TICKS = os.sysconf("SC_CLK_TCK")
_COLUMNS = ("guides", "workers", "s", "model s", "alone s", "beside s", "away s", "MB home", "MB worker")


class Point(NamedTuple):
    """A build. Workers: 0 is one process without a cluster. Seconds: by the clock, then of processors."""

    guides: int
    workers: int
    seconds: float
    alone: float
    beside: float
    away: float
    scheduler: float
    memory: float
    """The most megabytes of one process at home."""
    worker_memory: float


class Line(NamedTuple):
    """So many seconds, and so many more a guide."""

    slope: float
    start: float

    def at(self, guides: int) -> float:
        """Return the seconds for so many guides."""
        return self.start + self.slope * guides

    def at_each(self, guides: int, workers: int) -> float:
        """Return the seconds of each of some workers that share so many guides."""
        return self.start + self.slope * guides / workers


class Model(NamedTuple):
    """What takes how long."""

    alone: Line
    beside: Line
    away: Line

    def seconds(self, guides: int, workers: int, processors: int | None = None) -> float:
        """Return how long a build takes where every process has a processor, or with so many for all."""
        alone, beside, away = self.alone.at(guides), self.beside.at(guides), self.away.at_each(guides, workers)
        at_best = alone + max(beside, away)
        return max(at_best, (alone + beside + away * workers) / processors) if processors else at_best


def main(arguments: Sequence[str]) -> int:
    """Measure and print; or build once, for a run of this program that measures."""
    if arguments[:1] == ["--build"]:
        return _build(Path(arguments[1]), *arguments[2:])
    points: list[Point] = []
    with tempfile.TemporaryDirectory(prefix="tongchuang-cluster-") as name:
        for guides in [int(text) for text in arguments] or SIZES:
            folder = Path(name, f"{guides}")
            folder.mkdir()
            project = write_project(ROOT, folder, guides)
            for workers in WORKERS:
                points.append(_measured(project, workers))
                print(f"{guides} guides, {workers} workers: {points[-1].seconds:.1f} s", file=sys.stderr, flush=True)
    print("\n".join(report(points, len(os.sched_getaffinity(0)))))
    return 0


def fitted(points: Sequence[Point]) -> Model:
    """Return the model of the builds with one worker, without the largest where there are three sizes or more."""
    single = sorted(point for point in points if point.workers == 1)
    used = single[:-1] if len(single) > 2 else single
    return Model(*(_line(used, lambda point, name=name: getattr(point, name)) for name in Model._fields))  # type: ignore[misc]


def _line(points: Sequence[Point], of: Callable[[Point], float]) -> Line:
    sizes, values = [point.guides for point in points], [of(point) for point in points]
    return Line(values[0] / sizes[0], 0.0) if len(points) == 1 else Line(*statistics.linear_regression(sizes, values))


def report(points: Sequence[Point], processors: int) -> list[str]:
    """Return a table of what was measured with what the model says, and what it says for a province."""
    model = fitted(points)
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + " ---: |" * len(_COLUMNS)]
    for point in points:
        said = f"{model.seconds(point.guides, point.workers, processors):.1f}" if point.workers else ""
        times = (f"{point.seconds:.1f}", said, *(f"{value:.1f}" for value in point[3:6]))
        row = (f"{point.guides}", f"{point.workers}", *times, f"{point.memory:.0f}", f"{point.worker_memory:.0f}")
        lines.append("| " + " | ".join(row) + " |")
    lines_of: dict[str, Line] = model._asdict()
    parts = (f"{name} {line.start:.1f} s + {1000 * line.slope:.2f} ms a guide" for name, line in lines_of.items())
    lines += ["", f"{processors} processors for all processes. " + "; ".join(parts) + "."]
    for workers in (1, 10, 30, 100):
        minutes = model.seconds(PROVINCE, workers) / 60
        lines.append(f"{PROVINCE} guides, {workers} workers, a processor each: {minutes:.0f} min, if it goes on so.")
    return lines


def _measured(project: Project, workers: int) -> Point:
    with _cluster(project.folder, workers) as (address, processes):
        before = [_processor(process) for process in processes]
        command = [sys.executable, "-m", "tests.bench.cluster", "--build", str(project.folder), project.day, address]
        done = subprocess.run([*command, f"{workers}"], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-2000:])
        said = json.loads(done.stdout.splitlines()[-1])
        scheduler, *away = [_processor(process) - old for process, old in zip(processes, before, strict=True)] or [0.0]
        memory = max((_memory(process) for process in processes[1:]), default=0.0)
    times = (said["seconds"], said["alone"], said["beside"], sum(away), scheduler)
    return Point(project.count, workers, *times, said["memory"], memory)


class _Timed(Cluster):
    """A cluster that notes when its part of a build begins and ends."""

    marks: tuple[float, float] = (0.0, 0.0)

    def parts(self, *given: Any) -> list[Part]:
        before = _own_processor()
        parts = super().parts(*given)
        self.marks = (before, _own_processor())
        return parts


def _build(folder: Path, day: str, address: str = "", workers: str = "0") -> int:
    """Build once and print what it took as JSON."""
    cluster = None
    if int(workers):
        cluster = _Timed(address)
        with linked(address) as link:
            while link.slots() < int(workers):
                time.sleep(0.1)
    started, begun = time.monotonic(), _own_processor()
    options = {"as_of": day, "site_folder": str(folder / f"site-{workers}"), "search": False, "jobs": 1, "clean": True}
    mkdocs_build.build_site(str(folder / "mkdocs.yml"), cluster, **options)
    seconds, beside = time.monotonic() - started, cluster.marks[1] - cluster.marks[0] if cluster else 0.0
    alone = _own_processor() - begun - beside
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    memory = max(resource.getrusage(one).ru_maxrss for one in who) / 1024
    print(json.dumps({"seconds": seconds, "alone": alone, "beside": beside, "memory": memory}))
    return 0


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and so many workers; yield the address and the process numbers, the scheduler's first."""
    if not workers:
        yield "", []
        return
    file = folder / f"scheduler-{workers}.json"
    started = [_start(folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))]
    try:
        while not file.is_file() or not file.read_text(encoding="utf-8"):
            time.sleep(0.1)
        options = ("--scheduler-file", str(file), "--nthreads", "1", "--no-nanny")
        started += [_start(folder, "dask_worker", *options) for _ in range(workers)]
        yield json.loads(file.read_text(encoding="utf-8"))["address"], [one.pid for one in started]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(folder: Path, program: str, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{program}", "--no-dashboard", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "cluster.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _own_processor() -> float:
    """Return the processor seconds of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def _processor(process: int) -> float:
    row = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(row[11]) + int(row[12])) / _TICKS


def _memory(process: int) -> float:
    """Return the most megabytes that a process has had."""
    rows = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
