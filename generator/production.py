"""Everything that is made from items: rendered, written, compared with its source; in several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.channels import channel_of
from generator.outputs import Output
from generator.processes import ENTRIES_A_JOB, in_parts
from generator.render.everything import sitemap, units_of
from generator.render.unit import Unit
from generator.reuse import Kept, Making
from generator.verify import (
    Compared,
    Comparison,
    compare_files,
    compare_texts,
    comparison_of,
    holds_facts,
    sheets_of,
    site_files,
)
from generator.write import take_over_same, write_outputs

LARGE = 1_000
"""From so many units on those that show many items are worth a process."""


class Produced(NamedTuple):
    """What was made: what comparing it found, how many files, and what to keep for the next build."""

    comparison: Comparison
    files: int
    kept: dict[str, Kept]
    still: tuple[str, ...]
    """The files of the old site that are not made anew and belong to the new one."""


class Part(NamedTuple):
    """What one process made."""

    compared: list[Compared]
    kept: dict[str, Kept]


class Spread(Protocol):
    """Who does the work of a build where it is not left to processes of this machine, and where the site goes then."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether the site is published somewhere else than in the site's folder."""

    def parts(
        self, making: Making, staging: Path, units: Sequence[Unit], here: Callable[[Sequence[Unit]], Part]
    ) -> list[Part]:
        """Have all units made, some of them `here` where that is best, and all files put into their place."""

    def publish(self, staging: Path) -> None:
        """Publish a finished build elsewhere: what others made is there, the rest is in the staging folder."""


def produced(making: Making, staging: Path, jobs: int, spread: Spread | None = None) -> Produced:
    """Make, write and compare all outputs; units that would come out as before are taken from the old site."""
    site, sheets = making.site, sheets_of(making.site.catalogue)  # made here once, for all processes

    def write(outputs: Iterable[Output]) -> Compared:
        written = write_outputs(outputs, staging, making.folder)
        texts = ((output.path, output.data.decode() if holds_facts(output.path) else "") for output in written)
        return compare_texts(texts, sheets)

    def render(units: Sequence[Unit]) -> Part:
        part = Part([], {})
        for unit in units:
            compared, part.kept[unit.name] = making.make(unit, write, staging)
            part.compared.append(compared)
        return part

    prose = compare_files([path for path in site_files(staging) if holds_facts(path)], staging, sheets)
    take_over_same(site_files(staging), staging, making.folder)
    units = units_of(site)
    standing = {unit.name: making.earlier[unit.name] for unit in units if making.is_still_right(unit)}
    made: dict[str, Kept] = {}
    compared = [prose, *(one.compared for one in standing.values())]
    work = [unit for unit in units if unit.name not in standing]
    # After an edit few units are left, but those of a large site that show many items: each of them takes long.
    fewest = ENTRIES_A_JOB if len(units) < LARGE else len(work) // jobs
    for part in spread.parts(making, staging, work, render) if spread else in_parts(render, work, jobs, max(1, fewest)):
        compared += part.compared
        made |= part.kept
    paths = [path for part in compared for path in part.paths]
    list(write_outputs([sitemap(site, (path for path in paths if channel_of(path) == "page"))], staging, making.folder))
    still = tuple(path for one in standing.values() for path in one.files)
    return Produced(comparison_of(compared, sheets), len(paths) - len(prose.paths) + 1, standing | made, still)
