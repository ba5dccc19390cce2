"""What a bench has measured: kept as JSON, so that tables and plots are made of it whenever they are wanted."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tests.bench.measure import Run

OURS = "tongchuang"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where it was measured."""

    processors: int
    model: str
    memory: int
    """In MB."""
    system: str
    python: str


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One run: which builder built how many guides, and after what."""

    builder: str
    scenario: str
    size: int
    run: Run


@dataclass(frozen=True, kw_only=True)
class Results:
    """All runs of a bench. `labels` and `absent` name the builders, and why one is left out."""

    day: str
    machine: Machine
    whole: bool = False
    """Whether it came to its end."""
    labels: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, int] = field(default_factory=dict)
    """How many facts the page of the first guide marks, by builder."""
    checked: Mapping[str, str] = field(default_factory=dict)
    """What came of comparing the tree after a scenario with that of a clean build."""
    calibrations: Sequence[float] = ()
    runs: Sequence[Measured] = ()

    def of(self, builder: str, scenario: str, size: int) -> list[Run]:
        """Return the runs of a builder in a scenario at a size."""
        wanted = (builder, scenario, size)
        return [one.run for one in self.runs if (one.builder, one.scenario, one.size) == wanted]

    def median(self, builder: str, scenario: str, size: int) -> float | None:
        """Return the median seconds, nothing where it was not measured."""
        runs = self.of(builder, scenario, size)
        return statistics.median(run.seconds for run in runs) if runs else None

    def own(self, size: int) -> float | None:
        """Return the most MB that our own processes had in a cold build with search, else without."""
        runs = self.of(OURS, "cold-search", size) or self.of(OURS, "cold", size)
        return max((run.own for run in runs), default=None)

    def sizes(self) -> list[int]:
        """Return the sizes that were measured, the smallest first."""
        return sorted({one.size for one in self.runs})

    def builders(self) -> list[str]:
        """Return who was measured, in the order of the first run."""
        return list(dict.fromkeys(one.builder for one in self.runs))

    def plus(self, measured: Measured) -> Results:
        """Return the results with one run more."""
        return replace(self, runs=(*self.runs, measured))


def joined(several: Sequence[Results]) -> Results:
    """Return results of several benches as one; of what was measured twice, the later counts."""
    first, *others = several
    for other in others:
        again = {(one.builder, one.scenario, one.size) for one in other.runs}
        kept = [one for one in first.runs if (one.builder, one.scenario, one.size) not in again]
        measured = {one.builder for one in (*kept, *other.runs)}
        first = replace(
            first,
            day=max(first.day, other.day),
            whole=first.whole and other.whole,
            labels={**first.labels, **other.labels},
            absent={name: why for name, why in {**first.absent, **other.absent}.items() if name not in measured},
            marks={**first.marks, **other.marks},
            checked={**first.checked, **other.checked},
            calibrations=(*first.calibrations, *other.calibrations),
            runs=(*kept, *other.runs),
        )
    return first


def this_machine() -> Machine:
    """Describe the machine."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return Machine(
        processors=os.cpu_count() or 1,
        model=models[0] if models else platform.machine(),
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20,
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
    )


def as_json(results: Results) -> str:
    """Return results as text."""
    return json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Results:
    """Return results from text."""
    values = json.loads(text)
    runs = [Measured(**{**one, "run": Run(**one["run"])}) for one in values.pop("runs")]
    machine, calibrations = Machine(**values.pop("machine")), tuple(values.pop("calibrations"))
    return Results(**values, machine=machine, calibrations=calibrations, runs=tuple(runs))
