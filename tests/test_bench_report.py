"""What the bench makes of figures: the verdict on the goals, the report, the plot, the part of the README."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from project import ROOT

from tests.bench.goals import verdicts
from tests.bench.measure import Run
from tests.bench.plot import plot
from tests.bench.report import END, START, report, with_report
from tests.bench.results import Machine, Measured, Results, as_json, from_json, joined

MACHINE = Machine(processors=2, model="Some CPU", memory=24_000, system="Linux x86_64", python="3.11.7")
RUN = Run(seconds=10.0, processor=15.0, memory=500.0, own=300.0, files=7, size=4_000_000, written=2_500_000)
LABELS = {"tongchuang": "Tongchuang", "hugo": "Hugo 1", "material-nav": "Material, all in nav"}


def results(seconds: dict[tuple[str, str, int], Sequence[float]], **more: object) -> Results:
    """Return results with runs of so many seconds by builder, scenario and size."""
    runs = [
        Measured(builder=builder, scenario=scenario, size=size, run=replace(RUN, seconds=one))
        for (builder, scenario, size), several in seconds.items()
        for one in several
    ]
    made = Results(day="2026-11-22", machine=MACHINE, whole=True, labels=LABELS, runs=tuple(runs))
    return replace(made, **more)  # type: ignore[arg-type]


FIGURES = results(
    {
        ("tongchuang", "cold", 10_000): [22.0, 20.0, 21.0],
        ("hugo", "cold", 10_000): [30.0, 31.0, 29.5],
        ("tongchuang", "cold-search", 10_000): [40.0],
        ("hugo", "cold-search", 10_000): [49.0],
        ("tongchuang", "same", 10_000): [2.0],
        ("tongchuang", "guide", 10_000): [1.6],
        ("tongchuang", "fee", 10_000): [8.2],
        ("tongchuang", "cold", 2_000): [5.0],
        ("material-nav", "cold", 2_000): [200.0],
        ("tongchuang", "cold", 100_000): [220.0],
    },
    calibrations=(0.1, 0.15, 0.11),
    absent={"zensical": "its package cannot be installed"},
    marks={"tongchuang": 127, "hugo": 126},
    checked={"1000 same": "the same bytes", "10000 guide": "the same bytes"},
)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        ([[1.0], [2.0]], "Every build was measured once: what differs by less than the noise below does not differ."),
        ([[1.0, 2.0, 3.0], [2.0, 2.0, 2.0]], "Seconds are medians and minima of 3 runs, taken in turns. *Own*"),
        ([[1.0, 2.0], [200.0]], "of 1 to 2 runs, taken in turns."),
    ],
)
def test_the_report_says_how_often_was_measured(seconds: list[list[float]], said: str) -> None:
    ours, hugo = seconds
    made = results({("tongchuang", "cold", 1_000): ours, ("hugo", "cold", 1_000): hugo})
    assert said in report(made, "results.svg")


def test_goals_are_judged_by_medians() -> None:
    """Exactly at the limit is reached; what was not measured is no success."""
    assert [(goal.figure, goal.word) for goal in verdicts(FIGURES)] == [
        ("0.7 × (21.00 s to 30.00 s)", "reached"),
        ("0.816 × (40.00 s to 49.00 s)", "**not reached**"),
        ("0.05 × (2.00 s to 40.00 s)", "reached"),
        ("0.04 × (1.60 s to 40.00 s)", "**not reached**"),
        ("0.205 × (8.20 s to 40.00 s)", "**not reached**"),
        ("10.5 × (220.00 s to 21.00 s)", "reached"),
        ("300 MB", "reached"),
        ("300 MB", "reached"),
        ("40.0 × as fast", "reached"),
    ]
    assert {goal.word for goal in verdicts(results({}))} == {"not measured"}


def test_the_report_has_a_row_for_each_builder_and_scenario() -> None:
    """Median, minimum, ratio, processor, memory, bytes, files; disturbed runs have a star."""
    disturbed = Measured(builder="hugo", scenario="same", size=10_000, run=replace(RUN, disturbed=True))
    lines = report(FIGURES.plus(disturbed), "there/results.svg").splitlines()
    assert lines[0] == "![Build times, ours and those of the peers](there/results.svg)"
    for line in (
        "| cold with search, against Hugo + Pagefind | ≤ 0.8 × | 0.816 × (40.00 s to 49.00 s) | **not reached** |",
        "| Tongchuang: cold, without search | 21.00 | 20.00 |  | 15.0 | 300 | 500 | 2.5 | 7 |",
        "| Hugo 1: cold, without search | 30.00 | 29.50 | 1.43 × | 15.0 | 300 | 500 | 2.5 | 7 |",
        "| Hugo 1: over what stands there | 10.00 \\* | 10.00 | 5.00 × | 15.0 | 300 | 500 | 2.5 | 7 |",
        "<details><summary>2,000 guides</summary>",
        "A guide costs us, cold and without search: 2.5 ms at 2,000, 2.1 ms at 10,000, 2.2 ms at 100,000.",
        "2026-11-22, 2 × Some CPU, 24,000 MB, Linux x86_64,",
        "Python 3.11.7. Noise: a fixed piece of work before each run took 0.100 s at best, 10 % more in the median,"
        " 50 % more at worst; 1 of 15 runs stayed disturbed (\\*; the work before took over 25 % more, or others used"
        " over a tenth of the processors).",
        "Left out: zensical: its package cannot be installed.",
        "Fact marks on the page of one guide: Tongchuang 127, Hugo 1 126.",
        "The tree compared with that of a clean build, the index aside: the same bytes after nothing changed (1,000),"
        " one guide edited (10,000).",
    ):
        assert line in lines
    assert report(replace(FIGURES, whole=False), "").startswith("**This bench did not come to its end")


def test_results_are_read_back_and_joined() -> None:
    """Of two benches the later counts where both measured the same."""
    figures = {("tongchuang", "cold", 10_000): [9.0], ("zensical", "cold", 1_000): [8.0]}
    again = results(figures, labels={**LABELS, "zensical": "Zensical 1"}, absent={"hugo": "not asked for"})
    both = joined([FIGURES, from_json(as_json(again))])
    assert from_json(as_json(FIGURES)) == FIGURES
    assert [one.seconds for one in both.of("tongchuang", "cold", 10_000)] == [9.0]
    assert [one.seconds for one in both.of("hugo", "cold", 10_000)] == [30.0, 31.0, 29.5]
    assert (both.absent, both.labels["zensical"]) == ({}, "Zensical 1")


def test_the_plot_writes_every_figure_out() -> None:
    """Bars are as long as their seconds, and a title and a sentence are there for whom it is read to."""
    drawn = ElementTree.fromstring(plot(FIGURES))
    space = "{http://www.w3.org/2000/svg}"
    said = [node.text for node in drawn.iter(f"{space}text")]
    assert {"21.0 s", "30.0 s", "40.0 s with search", "49.0 s with search", "2.00 s", "1.60 s", "8.20 s"} <= {*said}
    lengths = [float(node.attrib["width"]) for node in drawn.iter(f"{space}rect")][1:]
    assert lengths[:4] == [pytest.approx(470 * seconds / 49, abs=0.1) for seconds in (21, 40, 30, 49)]
    assert drawn.findtext(f"{space}title") == "Build times"
    assert drawn.findtext(f"{space}desc") == (
        "Seconds for 10,000 guides. From nothing: Tongchuang 21.0 s; Hugo 1 30.0 s. Ours with search: cold, with search"
        " 40.0 s; nothing changed 2.00 s; one guide edited 1.60 s; one fee of 200 guides edited 8.20 s."
    )
    assert ElementTree.fromstring(plot(results({}))).find(f"{space}g") is None


def test_the_readme_keeps_what_stands_around_the_report() -> None:
    """A README without the marks stays as it is."""
    readme = f"before\n{START}old\n{END}after\n"
    assert with_report(readme, "new\n") == f"before\n{START}\nnew\n\n{END}after\n"
    assert with_report("no marks\n", "new\n") == "no marks\n"


def test_the_readme_shows_what_was_measured() -> None:
    """`make bench` writes both at once; whoever edits one by hand is found out."""
    kept, readme = ROOT / "tests" / "bench" / "results.json", (ROOT / "README.md").read_text(encoding="utf-8")
    assert kept.exists() == (START in readme)
    if kept.exists():
        measured = from_json(kept.read_text(encoding="utf-8"))
        assert with_report(readme, report(measured, "tests/bench/results.svg")) == readme
        assert (kept.parent / "results.svg").read_text(encoding="utf-8") == plot(measured)
