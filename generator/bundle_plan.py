"""The plan of a bundle in one case: who comes when, what it costs, how long it takes, what to bring, where to go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.bundle_sums import Fee, Need, Wanted, fees_together, wanted
from generator.item import Shown
from generator.itinerary import Before, Spot, all_before, longest_chain, steps_of, walk


class Errand(NamedTuple):
    """What one guide asks and gives."""

    shown: Shown
    days: int
    """The promised time in working days."""
    converted: bool
    """Whether it was promised in calendar days."""
    time: Shown
    fee: Fee
    charged: Shown
    where: Shown
    spot: Spot | None
    """The windows of a hall that one has to go to, None where one need not or not to a hall."""
    visits: int
    needs: tuple[Need, ...]
    makes: str
    """The material that its result is, empty where it is none."""


class Stop(NamedTuple):
    """A place on the way through a hall with the errands done there, one after the other."""

    spot: Spot
    where: Shown
    errands: tuple[str, ...]


class Plan(NamedTuple):
    """The errands of one case in the editor's order, and what they come to together."""

    errands: Mapping[str, Errand]
    before: Before
    steps: Mapping[str, int]
    days: int
    chain: tuple[str, ...]
    """The errands that decide how long it takes."""
    fee: Fee
    materials: tuple[Wanted, ...]
    stops: tuple[Stop, ...]

    @property
    def to_prepare(self) -> int:
        """How many materials everybody has to bring."""
        return sum(entry.is_to_prepare for entry in self.materials)


def plan_of(before: Before, errands: Mapping[str, Errand]) -> Plan:
    """Return the plan of the errands that an order names."""
    chosen = {name: errands[name] for name in before}
    days, chain = longest_chain(before, {name: errand.days for name, errand in chosen.items()})
    steps = steps_of(before)
    in_order = sorted(chosen, key=steps.__getitem__)
    needs = (need for name in in_order for need in chosen[name].needs)
    makes = {name: errand.makes for name, errand in chosen.items() if errand.makes}
    return Plan(
        errands={name: chosen[name] for name in in_order},
        before=before,
        steps=steps,
        days=days,
        chain=chain,
        fee=fees_together(errand.fee for errand in chosen.values()),
        materials=tuple(wanted(needs, all_before(before), makes)),
        stops=_stops(before, chosen),
    )


def _stops(before: Before, errands: Mapping[str, Errand]) -> tuple[Stop, ...]:
    spots = {name: errand.spot for name, errand in errands.items() if errand.spot}
    stops: list[Stop] = []
    for name in walk(before, spots):
        if stops and stops[-1].spot == spots[name]:
            stops[-1] = stops[-1]._replace(errands=(*stops[-1].errands, name))
        else:
            stops.append(Stop(spots[name], errands[name].where, (name,)))
    return tuple(stops)
