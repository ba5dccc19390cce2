"""What is rendered, compared and kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.outputs import Output
from generator.render.site import Site
from generator.watched import ALL, Query

EVERYTHING = frozenset({Query(ALL)})


class Unit(NamedTuple):
    """Some outputs: those of an item, or some that show many."""

    name: str
    """The same from build to build."""
    make: Callable[[Site], Iterable[Output]]
    asks: frozenset[Query] = frozenset()
    """What it depends on beside what `make` asks of the catalogue of its site."""
    item: str = ""
    """The path of the only item whose history it shows, empty where it may be any."""
