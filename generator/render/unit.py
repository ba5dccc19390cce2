"""What is rendered, compared and kept together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.notes import Notes, Query
from generator.outputs import Output
from generator.render.site import Site


class Unit(NamedTuple):
    """Some outputs: those of an item, or some that show many."""

    name: str
    """The same from build to build."""
    make: Callable[[Site], Iterable[Output]]
    asks: frozenset[Query] = frozenset()
    """What it depends on beside what `make` asks of the catalogue of its site."""
    item: str = ""
    """The path of the only item whose history it shows, empty where it may be any."""
    shows_many: bool = False
    """Whether it shows many items although it has the history of one."""
    notes: Notes | None = None
    """What was asked when it was prepared together with others, and what `make` still asks of what it was given."""

    @property
    def by_kind(self) -> bool:
        """Whether notes of what it reads are taken by kind: it reads the same of many items."""
        return self.shows_many or not self.item

    @property
    def asked(self) -> frozenset[Query]:
        """What it depends on beside what `make` asks of the catalogue of its site, until now."""
        return self.asks | self.notes.asked if self.notes else self.asks
