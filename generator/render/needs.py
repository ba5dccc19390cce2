"""What has to be done before something, and what it makes possible: the result of one is a material of another.

Both follow from the register of materials, which knows who gives a material and who asks for it. They are not facts
of the guide itself: the code on a notice in somebody's hand must not change because another department adds a guide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.catalogue import Subjects
from generator.facts import Fact, Group
from generator.item import Item

SHOWN = 8
"""How many guides a page names to go on with, or to have a material by."""


class Need(NamedTuple):
    """A material that can be had here, the guides by which one gets it, and whether there are more of them."""

    material: Fact
    guides: list[Fact]
    more: bool


class Ahead(NamedTuple):
    """The guides that one may go on with, the nearest first, and whether there are more that ask for the result."""

    guides: list[Fact]
    more: bool


def obtainable(item: Group, tree: Callable[[str], Group], known: Mapping[str, Item]) -> list[Need]:
    """Return the materials that a guide asks for and other guides give.

    `tree` finds an item's facts by its path, `known` the item. Its own result is left out: a renewal asks for the old
    card, and nobody has to apply for that. Guides that themselves ask for what they give come last: they are mostly
    for those who have it already.
    """
    needs = []
    for use in item.materials:
        guides = _listed(tree(use.material.target), "issued_by")
        if guides and use.material.value != _own(item):
            asks = partial(_asks_for, use.material.value, known)
            needs.append(Need(use.material, _shown_first(guides, asks), more=len(guides) > SHOWN))
    return needs


def _shown_first(guides: Sequence[Fact], asks: Callable[[Fact], bool]) -> list[Fact]:
    """Return the first guides to be shown, those that do not ask before those that do; no more are looked at."""
    without: list[Fact] = []
    asking: list[Fact] = []
    for guide in guides:
        if len(without) == SHOWN:
            break
        (asking if asks(guide) else without).append(guide)
    return [*without, *asking][:SHOWN]


def _asks_for(material: str, known: Mapping[str, Item], guide: Fact) -> bool:
    # From the guide itself: most guides ask for the identity card, and its list of them is as long as the register.
    return any(use.material == material for use in getattr(known[guide.target], "materials", ()))


def enabled(
    path: str, item: Group, tree: Callable[[str], Group], subjects: Callable[[], Mapping[str, Subjects]]
) -> Ahead:
    """Return the guides that ask for what a guide gives and have an event or a topic in common with it.

    Those that give the same, such as its renewal, are left out, and those that the guide names as related itself.
    """
    if not _own(item):
        return Ahead([], more=False)
    result = tree(item.result.material.target)
    named = {fact.value for fact in (*_listed(result, "issued_by"), *item.related)}
    found = [fact for fact in _listed(result, "used_by") if fact.value not in named]
    known = subjects() if found else {}
    near = {fact.value: _nearness(known[path], known[fact.target]) for fact in found}
    chosen = [fact for fact in found if any(near[fact.value])]
    chosen.sort(key=lambda fact: near[fact.value], reverse=True)
    return Ahead(chosen[:SHOWN], more=len(found) > len(chosen[:SHOWN]))


def _nearness(own: Subjects, others: Subjects) -> list[int]:
    """Return how many events and topics, in this order, a guide has in common with another."""
    return [len(mine & theirs) for mine, theirs in zip(own, others, strict=True)]


def _own(item: Group) -> str:
    return item.result.material.value if item.result.material else ""


def _listed(material: Group, name: str) -> list[Fact]:
    return [entry.guide for entry in getattr(material, name, ())]
