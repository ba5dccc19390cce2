"""The goals: for each the figure, and whether it is reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.bench.results import OURS, Results

BASE, LARGE, IN_NAV = 10_000, 100_000, 2_000
NOT_MEASURED = "not measured"


class Verdict(NamedTuple):
    """A goal, what was found, and whether it is reached; nothing where it was not measured."""

    goal: str
    limit: str
    figure: str
    reached: bool | None

    @property
    def word(self) -> str:
        """Return the verdict in a word or two."""
        return {True: "reached", False: "**not reached**", None: NOT_MEASURED}[self.reached]


def verdicts(results: Results) -> list[Verdict]:
    """Judge the results by all goals."""
    return list(_verdicts(results))


def _verdicts(results: Results) -> Iterator[Verdict]:
    def of(scenario: str, size: int = BASE, builder: str = OURS) -> float | None:
        return results.median(builder, scenario, size)

    cold = of("cold-search")
    hugo, hugo_search = of("cold", BASE, "hugo"), of("cold-search", BASE, "hugo")
    yield _times("cold, 10,000 guides, without search, against Hugo", of("cold"), hugo, 0.7)
    yield _times("cold with search, against Hugo + Pagefind", cold, hugo_search, 0.8)
    yield _times("nothing changed, with search, against own cold", of("same"), cold, 0.05)
    yield _both("one guide edited, with search, against own cold", of("guide"), cold, 0.08, 1.5)
    yield _times("one fee of 200 guides edited, with search, against own cold", of("fee"), cold, 0.2)
    yield _times("100,000 against 10,000 guides, cold", of("cold", LARGE), of("cold"), 10.5)
    yield _memory("own memory at 100,000", results.own(LARGE), 1200)
    yield _memory("own memory at 10,000", results.own(BASE), 400)
    faster = "against MkDocs Material, 2,000 guides in the navigation"
    yield _as_fast(faster, of("cold", IN_NAV), of("cold", IN_NAV, "material-nav"), 40)


def _times(goal: str, ours: float | None, other: float | None, most: float) -> Verdict:
    """Judge a time that may be so many times another."""
    limit = f"≤ {most:g} ×"
    if ours is None or not other:
        return Verdict(goal, limit, NOT_MEASURED, None)
    return Verdict(goal, limit, f"{ours / other:.3g} × ({ours:.2f} s to {other:.2f} s)", ours <= most * other)


def _both(goal: str, ours: float | None, other: float | None, most: float, seconds: float) -> Verdict:
    """Judge a time that has a limit of its own, too."""
    found = _times(goal, ours, other, most)
    reached = None if ours is None or found.reached is None else found.reached and ours <= seconds
    return found._replace(limit=f"{found.limit} and ≤ {seconds:g} s", reached=reached)


def _memory(goal: str, found: float | None, most: float) -> Verdict:
    figure = NOT_MEASURED if found is None else f"{found:.0f} MB"
    return Verdict(goal, f"≤ {most:g} MB", figure, None if found is None else found <= most)


def _as_fast(goal: str, ours: float | None, other: float | None, least: float) -> Verdict:
    if not ours or other is None:
        return Verdict(goal, f"≥ {least:g} × as fast", NOT_MEASURED, None)
    return Verdict(goal, f"≥ {least:g} × as fast", f"{other / ours:.1f} × as fast", other >= least * ours)
