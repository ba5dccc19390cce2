"""The results in Markdown: the goals, a table for each size, the machine and its noise."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.goals import verdicts
from tests.bench.measure import Run
from tests.bench.noise import SLOWER
from tests.bench.plot import shown_size
from tests.bench.results import OURS, Results
from tests.bench.scenarios import COLD, LABELS, SCENARIOS

START, END = "<!-- bench -->\n", "<!-- /bench -->\n"
_HEAD = ("seconds, median", "least", "against ours", "processor s", "MB own", "MB with Pagefind", "MB written", "files")
_NOTES = """\
{runs} *Own* memory is the most that all processes of a build
had together at once, shared pages counted once, without the Pagefind program; *written* are the bytes of files that
are new or other than before, in the site and in the cache; files that are only linked do not count. Cold means that
neither site nor cache is there; files are in the memory of the system. Ours is everything: checks, pages of all kinds,
handouts, screens, lists, JSON, feeds, drawings, QR codes, and reading every fact back. Peers make the guides' pages
alone, from the same YAML, and are given Pagefind where it says with search. Hugo and Eleventy print the same page with
the same fact marks; the Markdown of Zensical and Material has the same texts without marks, and its pages are kept out
of the navigation, but for those that are *all in nav*: there every page carries the names of all.
A policy is repealed by one that takes its place, which 20 guides then name."""


def report(results: Results, plot: str) -> str:
    """Return everything in Markdown; `plot` is the address of the plot as seen from where the text will stand."""
    return "\n".join([*_parts(results, plot), ""])


def _how_often(results: Results) -> str:
    """Say how many runs a figure stands for."""
    times = Counter((one.builder, one.scenario, one.size) for one in results.runs).values()
    least, most = min(times, default=0), max(times, default=0)
    if most <= 1:
        return "Every build was measured once: what differs by less than the noise below does not differ."
    count = f"{least} to {most}" if least < most else str(most)
    return f"Seconds are medians and minima of {count} runs, taken in turns."


def _parts(results: Results, plot: str) -> Iterator[str]:
    if not results.whole:
        yield "**This bench did not come to its end: what follows is what it had measured until then.**\n"
    yield f"![Build times, ours and those of the peers]({plot})\n"
    yield from _goals(results)
    for size in sorted(results.sizes(), key=lambda size: (size != shown_size(results), size)):
        folded = size != shown_size(results)
        yield from (f"<details><summary>{size:,} guides</summary>\n",) if folded else (f"**{size:,} guides**\n",)
        yield from _table(results, size)
        yield from ("</details>\n",) if folded else ()
    yield from _growth(results)
    yield f"{_NOTES.format(runs=_how_often(results))}\n"
    yield from _around(results)


def _goals(results: Results) -> Iterator[str]:
    yield from ("| goal | limit | found | |", "|---|---|---|---|")
    for goal in verdicts(results):
        yield f"| {goal.goal} | {goal.limit} | {goal.figure} | {goal.word} |"
    yield ""


def _table(results: Results, size: int) -> Iterator[str]:
    yield from (f"| build | {' | '.join(_HEAD)} |", f"|---|{'---:|' * len(_HEAD)}")
    for scenario in SCENARIOS:
        own = results.median(OURS, scenario.name, size)
        for builder in results.builders():
            if runs := results.of(builder, scenario.name, size):
                name = f"{results.labels[builder]}: {_label(builder, scenario.name)}"
                yield f"| {name} | {' | '.join(_cells(runs, own if builder != OURS else None))} |"
    yield ""


def _label(builder: str, scenario: str) -> str:
    return "over what stands there" if builder != OURS and scenario not in COLD else LABELS[scenario]


def _cells(runs: Sequence[Run], own: float | None) -> Iterator[str]:
    times = [run.seconds for run in runs]
    median = statistics.median(times)
    marked = " \\*" if any(run.disturbed for run in runs) else ""
    yield f"{median:.2f}{marked}"
    yield f"{min(times):.2f}"
    yield f"{median / own:.2f} ×" if own else ""
    yield f"{statistics.median(run.processor for run in runs):.1f}"
    yield f"{max(run.own for run in runs):.0f}"
    yield f"{max(run.memory for run in runs):.0f}"
    yield f"{statistics.median(run.written for run in runs) / 1e6:.1f}"
    yield f"{runs[-1].files:,}"


def _growth(results: Results) -> Iterator[str]:
    """Say what a guide costs at each size."""
    costs = [(size, results.median(OURS, "cold", size)) for size in results.sizes()]
    said = [f"{1000 * median / size:.1f} ms at {size:,}" for size, median in costs if median]
    if len(said) > 1:
        yield f"A guide costs us, cold and without search: {', '.join(said)}.\n"


def _around(results: Results) -> Iterator[str]:
    machine = results.machine
    yield f"{results.day}, {machine.processors} × {machine.model}, {machine.memory:,} MB, {machine.system},"
    yield f"Python {machine.python}. {_noise(results)}"
    if results.marks:
        marks = ", ".join(f"{results.labels[name]} {count}" for name, count in results.marks.items() if count)
        yield f"\nFact marks on the page of one guide: {marks}."
    if results.absent:
        left = "; ".join(f"{results.labels.get(name, name)}: {why}" for name, why in results.absent.items())
        yield f"\nLeft out: {left}."
    for found in dict.fromkeys(results.checked.values()):
        after = [name.split() for name, said in results.checked.items() if said == found]
        said = ", ".join(f"{LABELS[scenario]} ({int(size):,})" for size, scenario in after)
        yield f"\nThe tree compared with that of a clean build, the index aside: {found} after {said}."


def _noise(results: Results) -> str:
    if not results.calibrations:
        return "The noise was not measured."
    least, most = min(results.calibrations), max(results.calibrations)
    middle = statistics.median(results.calibrations)
    disturbed = sum(one.run.disturbed for one in results.runs)
    return (
        f"Noise: a fixed piece of work before each run took {least:.3f} s at best, {100 * (middle / least - 1):.0f} %"
        f" more in the median, {100 * (most / least - 1):.0f} % more at worst; {disturbed} of {len(results.runs)} runs"
        f" stayed disturbed (\\*; the work before took over {100 * (SLOWER - 1):.0f} % more, or others used over a"
        " tenth of the processors)."
    )


def with_report(readme: str, made: str) -> str:
    """Return a README with the report between its marks; unchanged where it has none."""
    before, start, rest = readme.partition(START)
    _, end, after = rest.partition(END)
    return f"{before}{START}\n{made}\n{END}{after}" if start and end else readme


def keep(results: Results, folder: Path, drawn: str, kept: str) -> None:
    """Write the results, the report and the plot into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(kept, encoding="utf-8")
    (folder / "results.svg").write_text(drawn, encoding="utf-8")
    (folder / "RESULTS.md").write_text(f"# Figures of the bench\n\n{report(results, 'results.svg')}", encoding="utf-8")
