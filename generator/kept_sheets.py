"""Sheets of which a part is at hand: what many pages show of an item; the rest is made when somebody asks for it.

The facts of ten thousand guides take more memory than all else of a build together, and most of them (steps, materials,
questions) are shown on the pages of their own guide only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from typing import Any

from generator.facts import Fact, Group, Sheet
from generator.item import Item

Make = Callable[[], Sheet]
"""Gives a whole sheet, one that was made lately at once."""
MANY = 6
"""Facts of one field, from more of which on they are made when they are asked for."""


@cache
def _words_in_lists(model: type[Item]) -> frozenset[str]:
    """Return the first words of the paths of facts that lists of a kind show, and by which they are divided."""
    kind = model.kind
    return frozenset(path.partition(".")[0] for path in ("name", *kind.brief, *(kind.filters or {})))


def in_lists(sheet: Sheet) -> tuple[Fact, ...]:
    """Return all facts that lists show of an item."""
    words = _words_in_lists(type(sheet.item))
    return tuple(fact for path, fact in sheet.facts.items() if path.partition(".")[0] in words)


def light_sheet(sheet: Sheet, make: Make) -> Sheet:
    """Return a sheet without the facts of fields that have many; `make` gives the whole."""
    counts = Counter(path.partition(".")[0] for path in sheet.facts)
    later = _same(frozenset(word for word, count in counts.items() if count > MANY)) - _words_in_lists(type(sheet.item))
    if not later:
        return sheet
    facts = {path: fact for path, fact in sheet.facts.items() if path.partition(".")[0] not in later}
    members = {name: value for name, value in vars(sheet.tree).items() if name not in later}
    at_hand = _AllBut(_same(later))
    return Sheet(sheet.item, KeptFacts(facts, at_hand, make), _KeptTree(members, make), sheet.fingerprint, sheet.asked)


def listed_sheet(item: Item, fingerprint: str, asked: tuple[str, ...], listed: Iterable[Fact], make: Make) -> Sheet:
    """Return the sheet of an item, of which all facts in lists are given and `make` gives the whole."""
    facts = {fact.path: fact for fact in listed}
    kept = KeptFacts(facts, _Only(_words_in_lists(type(item))), make)
    return Sheet(item, kept, _KeptTree({"name": facts["name"]}, make), fingerprint, asked)


@cache
def _same(words: frozenset[str]) -> frozenset[str]:
    return words


class _Only:
    """Some words."""

    def __init__(self, words: Set[str]) -> None:
        self.has = words.__contains__


class _AllBut:
    """All words but some."""

    def __init__(self, words: Set[str]) -> None:
        self._words = words

    def has(self, word: str) -> bool:
        """Tell whether a word is among them."""
        return word not in self._words


class KeptFacts(Mapping[str, Fact]):
    """All facts of an item, of which those are at hand whose paths begin with some words."""

    __slots__ = ("_at_hand", "_facts", "_make")

    def __init__(self, facts: Mapping[str, Fact], at_hand: _Only | _AllBut, make: Make) -> None:
        self._facts, self._at_hand, self._make = facts, at_hand, make

    def __getitem__(self, path: str) -> Fact:
        found = self._facts.get(path)
        if found is None:
            if self._at_hand.has(path.partition(".")[0]):
                raise KeyError(path)
            found = self._whole()[path]
        return found

    def __contains__(self, path: object) -> bool:
        if path in self._facts:
            return True
        return not self._at_hand.has(str(path).partition(".")[0]) and path in self._whole()

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
        return self._facts if all(map(self._at_hand.has, words)) else self._whole()

    def _whole(self) -> Mapping[str, Fact]:
        return self._make().facts


class _KeptTree(Group):
    def __init__(self, members: Mapping[str, Any], make: Make) -> None:
        super().__init__(**members)
        self.__dict__[_MAKE] = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__[_MAKE]().tree, name)  # not kept, lest all trees be kept in the end


_MAKE = " make"  # among the names of fields, which have no spaces
