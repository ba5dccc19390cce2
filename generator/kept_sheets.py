"""Sheets of items that say what they said: what lists show is known, the rest is made when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from typing import Any

from generator.facts import Fact, Group, Sheet
from generator.item import Item

Make = Callable[[], Sheet]
"""Gives a whole sheet, always the same."""


@cache
def _words_in_lists(model: type[Item]) -> frozenset[str]:
    """Return the first words of the paths of facts that lists of a kind show, and by which they are divided."""
    kind = model.kind
    return frozenset(path.partition(".")[0] for path in ("name", *kind.brief, *(kind.filters or {})))


def in_lists(sheet: Sheet) -> tuple[Fact, ...]:
    """Return all facts that lists show of an item."""
    words = _words_in_lists(type(sheet.item))
    return tuple(fact for path, fact in sheet.facts.items() if path.partition(".")[0] in words)


def listed_sheet(item: Item, fingerprint: str, asked: tuple[str, ...], listed: Iterable[Fact], make: Make) -> Sheet:
    """Return the sheet of an item, of which all facts in lists are given and `make` gives the whole."""
    facts = {fact.path: fact for fact in listed}
    kept = KeptFacts(facts, _words_in_lists(type(item)), make)
    return Sheet(item, kept, _KeptTree(facts["name"], make), fingerprint, asked)


class KeptFacts(Mapping[str, Fact]):
    """All facts of an item, of which those are at hand whose paths begin with some words."""

    __slots__ = ("_facts", "_make", "_words")

    def __init__(self, facts: Mapping[str, Fact], words: Set[str], make: Make) -> None:
        self._facts, self._words, self._make = facts, words, make

    def __getitem__(self, path: str) -> Fact:
        found = self._facts.get(path)
        if found is None:
            if path.partition(".")[0] in self._words:
                raise KeyError(path)
            found = self._whole()[path]
        return found

    def __contains__(self, path: object) -> bool:
        if path in self._facts:
            return True
        return str(path).partition(".")[0] not in self._words and path in self._whole()

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def items(self) -> Any:
        """Return all facts with their paths."""
        return self._whole().items()

    def values(self) -> Any:
        """Return all facts."""
        return self._whole().values()

    def under(self, words: Set[str]) -> Mapping[str, Fact]:
        """Return facts among which are all those whose paths begin with one of some words, in their order."""
        return self._facts if words <= self._words else self._whole()

    def _whole(self) -> Mapping[str, Fact]:
        return self._make().facts


class _KeptTree(Group):
    def __init__(self, name: Fact, make: Make) -> None:
        super().__init__(name=name)
        self.__dict__[_MAKE] = make

    def __getattr__(self, name: str) -> Any:
        value = self.__dict__[name] = getattr(self.__dict__[_MAKE]().tree, name)
        return value


_MAKE = " make"  # among the names of fields, which have no spaces
