"""Which errand comes before which: what can run in parallel, how long the longest chain takes, a way through a hall.

Errands are named by ids. `Before` gives for each errand, in the editor's order, those that have to be done before it;
every function keeps that order among equals, so that the same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

Before = Mapping[str, tuple[str, ...]]
EXACT_STOPS = 8
"""Up to so many errands all orders of a walk are compared; beyond, the walker stays on a floor while he can."""


class Spot(NamedTuple):
    """Where an errand is done: floors of different halls differ."""

    hall: str
    floor: int
    windows: tuple[str, ...]


class Cost(NamedTuple):
    """What a walk costs; the less the better, the first number first."""

    floors: int
    """How often the floor changes."""
    stops: int
    """How often the windows change."""


class Walk(NamedTuple):
    """An order of errands, as their numbers in the editor's order, and what it costs."""

    cost: Cost
    order: tuple[int, ...]


def ring(before: Before) -> tuple[str, ...]:
    """Return errands that wait for each other, each before the next and the last before the first; empty if none."""
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        return tuple(error.args[1][:-1])
    return ()


def kept(before: Before, errands: Collection[str]) -> Before:
    """Return the order among some errands only: who waits for one that is left out waits for what that waits for."""
    return {errand: _kept_before(before, errand, errands) for errand in before if errand in errands}


def _kept_before(before: Before, errand: str, errands: Collection[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    pending, seen = list(before[errand]), {errand}
    while pending:
        if (earlier := pending.pop(0)) in seen:
            continue
        seen.add(earlier)
        if earlier in errands:
            found[earlier] = None
        else:
            pending += before.get(earlier, ())
    return tuple(found)


def all_before(before: Before) -> Mapping[str, frozenset[str]]:
    """Return for each errand everything that is done before it, the indirect included."""
    found: dict[str, frozenset[str]] = {}
    for errand in TopologicalSorter(before).static_order():
        direct = before[errand]
        found[errand] = frozenset(direct).union(*(found[earlier] for earlier in direct))
    return found


def steps_of(before: Before) -> Mapping[str, int]:
    """Return the step, from 1, in which each errand can start at the earliest; equal steps run in parallel."""
    steps: dict[str, int] = {}
    for errand in TopologicalSorter(before).static_order():
        steps[errand] = 1 + max((steps[earlier] for earlier in before[errand]), default=0)
    return {errand: steps[errand] for errand in before}


def longest_chain(before: Before, days: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """Return the days of the chain that takes longest, and its errands from first to last."""
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    for errand in TopologicalSorter(before).static_order():
        # `max` takes the first of equals, which is the editor's.
        total, chain = max((best[earlier] for earlier in before[errand]), key=lambda entry: entry[0], default=(0, ()))
        best[errand] = (total + days[errand], (*chain, errand))
    return max((best[errand] for errand in before), key=lambda entry: entry[0], default=(0, ()))


def walk(before: Before, spots: Mapping[str, Spot]) -> list[str]:
    """Return errands in an order that keeps what comes first and changes the floor as seldom as possible."""
    errands = [errand for errand in before if errand in spots]
    order = kept(before, errands)
    numbers = {errand: number for number, errand in enumerate(errands)}
    waits = [frozenset(numbers[earlier] for earlier in order[errand]) for errand in errands]
    places = [spots[errand] for errand in errands]
    found = _best(waits, places) if len(errands) <= EXACT_STOPS else _greedy(waits, places)
    return [errands[number] for number in found]


def cost_of(places: Sequence[Spot]) -> Cost:
    """Return what it costs to go to places one after the other."""
    legs = list(pairwise(places))
    return Cost(sum(a[:2] != b[:2] for a, b in legs), sum(a != b for a, b in legs))


def _best(waits: Sequence[frozenset[int]], places: Sequence[Spot]) -> tuple[int, ...]:
    """Return the cheapest order: for each set of errands done and each last one among them the best way there."""
    ways: dict[tuple[frozenset[int], int], Walk] = {}
    for number, earlier in enumerate(waits):
        if not earlier:
            ways[frozenset({number}), number] = Walk(Cost(0, 0), (number,))
    for _ in range(len(waits) - 1):
        longer: dict[tuple[frozenset[int], int], Walk] = {}
        for (done, last), way in ways.items():
            for number in (n for n, earlier in enumerate(waits) if n not in done and earlier <= done):
                leg = cost_of((places[last], places[number]))
                further = Walk(Cost(way.cost.floors + leg.floors, way.cost.stops + leg.stops), (*way.order, number))
                known = longer.get((done | {number}, number))
                longer[done | {number}, number] = min(known, further) if known else further
        ways = longer
    return min(ways.values()).order if ways else ()


def _greedy(waits: Sequence[frozenset[int]], places: Sequence[Spot]) -> tuple[int, ...]:
    order: list[int] = []
    while len(order) < len(waits):
        ready = [n for n, earlier in enumerate(waits) if n not in order and earlier <= set(order)]
        here = places[order[-1]] if order else places[ready[0]]
        order.append(min(ready, key=lambda number: (cost_of((here, places[number])), number)))
    return tuple(order)
