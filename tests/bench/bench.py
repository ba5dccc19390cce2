"""Measures by a plan: turn by turn, so that a busy machine slows all alike; what was disturbed is measured again."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.bench.builders import ROOT, Job, Ours, Rows, Theirs, Trash, make_repository
from tests.bench.guides import Project, write_project
from tests.bench.knobs import Knobs, Plan
from tests.bench.measure import Failed
from tests.bench.noise import calibrate, is_disturbed
from tests.bench.peers import PEERS
from tests.bench.peers.peer import Absent, Installed
from tests.bench.results import OURS, Measured, Results
from tests.bench.scenarios import LABELS, SCENARIOS

CALIBRATIONS = 5
"""So often the fixed work is timed before the first run: what is quick is not known otherwise."""
SLOW = 100.0
"""A peer that takes so many seconds is measured once at that size."""


class Bench:
    """Carries a plan out and keeps the results after every run."""

    def __init__(self, knobs: Knobs, folder: Path, results: Results, keep: Callable[[Results], None]) -> None:
        self.results = results
        self._knobs = knobs
        self._folder = folder
        self._keep = keep
        self._trash = Trash(folder / "trash")
        self._installed: dict[str, Installed] = {}

    def measure(self) -> Results:
        """Carry the whole plan out; raise `Failed` where our own build does."""
        self._add(labels={OURS: "Tongchuang"})
        self._add(calibrations=tuple(calibrate() for _ in range(CALIBRATIONS)))
        self._install({name for plan in self._knobs.plans for name in plan.peers})
        for plan in self._knobs.plans:
            self._measure_size(plan)
        self._add(whole=True)
        return self.results

    def _install(self, wanted: set[str]) -> None:
        for peer in PEERS:
            if peer.name not in wanted:
                self._add(absent={**self.results.absent, peer.name: "not asked for"})
                continue
            found = peer.install(ROOT / ".cache")
            if isinstance(found, Absent):
                say(f"left out: {peer.name}: {found.why}")
                self._add(absent={**self.results.absent, peer.name: found.why})
            else:
                self._installed[peer.name] = found
                self._add(labels={**self.results.labels, peer.name: found.label})

    def _measure_size(self, plan: Plan) -> None:
        project = self._project(plan.size)
        ours = Ours(project, self._trash)
        say(f"\n{plan.size} guides of {project.mean_bytes} bytes on average; a build that does not count ...")
        ours.build(search=False)  # all programs and files are in memory now
        page = next((ours.site / "guides").glob("bench-00001/index.html"))
        self._mark(OURS, page.read_text(encoding="utf-8"))
        peers = list(self._peers(plan, project, page))
        slow: set[tuple[str, str]] = set()
        for turn in range(plan.runs):
            for job in self._jobs(plan, ours, peers):
                if (job.builder, job.scenario) in slow or job.builder in self.results.absent:
                    continue
                if self._measured(job, plan.size) > SLOW and job.builder != OURS:
                    slow.add((job.builder, job.scenario))
                self._check(job, ours, turn)
            self._trash.empty()
        for folder in self._folder.iterdir():
            if folder != self._trash.folder:
                shutil.rmtree(folder)

    def _peers(self, plan: Plan, project: Project, page: Path) -> Iterator[Theirs]:
        for peer in PEERS:
            if peer.name in plan.peers and peer.name in self._installed:
                yield Theirs(peer, self._installed[peer.name], project, page, self._trash)

    def _project(self, size: int) -> Project:
        folder = self._folder / f"project-{size}"
        folder.mkdir()
        project = write_project(ROOT, folder, size)
        if self._knobs.git:
            make_repository(folder)
        return project

    def _jobs(self, plan: Plan, ours: Ours, peers: list[Theirs]) -> Iterator[Job]:
        """Yield the cold builds of all first; ours with search is the one that edits start from."""
        own = [scenario for scenario in SCENARIOS if scenario.name in plan.scenarios]
        yield from (ours.job(scenario) for scenario in own if not scenario.search)
        for peer in peers:
            yield from peer.jobs(plan.scenarios)
            self._mark_of(peer)
        yield from (ours.job(scenario) for scenario in own if scenario.search)

    def _measured(self, job: Job, size: int) -> float:
        """Measure, a second time where the first was disturbed; return the seconds."""
        try:
            rows, disturbed = self._once(job)
            if disturbed and self._knobs.again:
                say(f"{size:>7}  {job.builder} {LABELS[job.scenario]}: disturbed by something else, again ...")
                rows, disturbed = self._once(job)
        except Failed as error:
            if job.builder == OURS:
                raise
            say(f"left out: {job.builder}: {error}")
            last = str(error).strip().splitlines()[-1:] or ["it said nothing"]
            self._add(absent={**self.results.absent, job.builder: f"its build of {size} guides failed: {last[0]}"})
            return 0.0
        for scenario, run in rows:
            measured = Measured(
                builder=job.builder, scenario=scenario, size=size, run=replace(run, disturbed=disturbed)
            )
            self.results = self.results.plus(measured)
            say(line(measured))
        self._keep(self.results)
        return rows[-1][1].seconds

    def _once(self, job: Job) -> tuple[Rows, bool]:
        calibration = calibrate()
        rows = job.measure()
        disturbed = is_disturbed(rows[-1][1], calibration, self.results.calibrations)
        self._add(calibrations=(*self.results.calibrations, calibration))
        return rows, disturbed

    def _check(self, job: Job, ours: Ours, turn: int) -> None:
        """Compare with a clean build once for each scenario that is none itself."""
        if not self._knobs.check or turn or job.builder != OURS or job.scenario in ("cold", "cold-search"):
            return
        folder = self._folder / f"clean-{ours.project.count}-{job.scenario}"
        folder.mkdir()
        found = ours.difference(folder)
        self._trash.take(folder)
        say(f"         tree of a clean build: {found}")
        self._add(checked={**self.results.checked, f"{ours.project.count} {job.scenario}": found})

    def _mark_of(self, peer: Theirs) -> None:
        if peer.name not in self.results.marks and peer.name not in self.results.absent:
            self._mark(peer.name, peer.page())

    def _mark(self, builder: str, page: str) -> None:
        self._add(marks={**self.results.marks, builder: page.count("data-fact=")})

    def _add(self, **values: object) -> None:
        self.results = replace(self.results, **values)  # type: ignore[arg-type]


def line(measured: Measured) -> str:
    """Return a run as a line for a terminal."""
    run = measured.run
    times = f"{run.seconds:8.2f} s {run.processor:8.2f} s of processor"
    sizes = f"{run.own:6.0f} MB own {run.memory:6.0f} MB in all {run.written / 1e6:8.1f} MB written"
    marked = "  disturbed" if run.disturbed else ""
    return f"{measured.size:>7}  {measured.builder:13}{LABELS[measured.scenario]:30}{times} {sizes}{marked}"


def say(text: str) -> None:
    """Print progress."""
    print(text, file=sys.stderr, flush=True)
