"""Items and their facts as a watched catalogue hands them out: they note which of their fields are read.

Whoever lists two thousand guides reads the name and the fee of each; what is said of a step of one is nothing to them.
Fields are noted by name, facts by the first word of their paths, which is the name of their field.
"""

from __future__ import annotations

from abc import ABCMeta
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, Set, ValuesView
from functools import cache
from typing import Any

from generator.facts import Fact, Group, Sheet
from generator.item import Item
from generator.kept_sheets import KeptFacts

WHOLE = "*"
"""All that an item says."""
FACTS, FINGERPRINT, DAYS, LINKS, ABOUT = "#", "fingerprint", "days", "links", "subjects"
"""How notes of facts begin, and what is noted of what is found out about an item: no field has a name with a colon."""
Note = Callable[[str], object]


def facts_below(word: str) -> str:
    """Return the note of all facts whose paths begin with a word."""
    return FACTS + word


def about(what: str) -> str:
    """Return the note of something that is found out about an item."""
    return f":{what}"


def seen(item: Item, note: Note) -> Item:
    """Return an item that notes which of its fields are read, whatever reads them."""
    model = _seen_model(type(item))
    made = model.__new__(model)
    # Only what tells which item it is stands there from the beginning; whatever else is read is looked for first.
    known = {_KNOWN: item, _NOTE: note, _PATH: item.path, "id": item.id}
    object.__setattr__(made, "__dict__", known)
    return made


def as_it_is(item: Item) -> Item:
    """Return an item without notes."""
    known: Item = item.__dict__.get(_KNOWN, item)
    return known


def is_seen(item: Item) -> bool:
    """Tell whether an item notes what is read of it."""
    return _KNOWN in item.__dict__


def facts_under(sheet: Sheet, words: Set[str]) -> list[Fact]:
    """Return the facts whose paths begin with one of some words, in their order."""
    facts = sheet.facts
    if isinstance(facts, _SeenFacts | KeptFacts):
        facts = facts.under(words)
    return [fact for path, fact in facts.items() if path.partition(".")[0] in words]


def seen_sheet(sheet: Sheet, item: Item, note: Note) -> Sheet:
    """Return the facts of an item that note which of them are read."""
    return _SeenSheet(item, _SeenFacts(sheet, note), _SeenTree(sheet.tree, note), sheet.fingerprint)


_KNOWN, _NOTE, _PATH = " known", " note", " path"  # among the names of fields, which have no spaces


class _Noting:
    """What takes the place of looking up a field."""

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__
        value = getattr(state[_KNOWN], name)
        if not name.startswith("_"):
            state[_NOTE](name)
            state[name] = value  # the next time it is simply there
        return value

    @property
    def path(self) -> str:
        """The item's address, which is no secret."""
        path: str = self.__dict__[_PATH]
        return path

    @property
    def within(self) -> str:
        """The address of the item's district."""
        within: str = self.__dict__[_KNOWN].within
        return within

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and other.path == self.path

    def __hash__(self) -> int:
        return hash(self.path)

    def __copy__(self) -> Item:
        return self._whole()

    def model_copy(self, **changed: Any) -> Item:
        """Return the item with other values, no longer watched."""
        return self._whole().model_copy(**changed)

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """Return all fields."""
        return self._whole().model_dump(**how)

    def _whole(self) -> Item:
        self.__dict__[_NOTE](WHOLE)
        known: Item = self.__dict__[_KNOWN]
        return known


@cache
def _seen_model(model: type[Item]) -> type[Item]:
    """Return the class of items of a model that note what is read. Nothing is validated: Pydantic need not be asked."""
    own = {name: value for name, value in vars(_Noting).items() if callable(value) or isinstance(value, property)}
    made: type[Item] = ABCMeta.__new__(type(model), model.__name__, (model,), own)
    return made


class _SeenTree(Group):
    def __init__(self, tree: Group, note: Note) -> None:
        super().__init__()
        self.__dict__.update({_KNOWN: tree, _NOTE: note})

    def __getattr__(self, name: str) -> Any:
        state = self.__dict__
        state[_NOTE](facts_below(name))  # that there is none may change too
        value = state[name] = getattr(state[_KNOWN], name)
        return value


class _SeenFacts(Mapping[str, Fact]):
    def __init__(self, sheet: Sheet, note: Note) -> None:
        self.sheet, self._facts, self._note = sheet, sheet.facts, note

    def __getitem__(self, path: str) -> Fact:
        self._note(facts_below(path.partition(".")[0]))
        return self._facts[path]

    def __contains__(self, path: object) -> bool:
        self._note(facts_below(str(path).partition(".")[0]))
        return path in self._facts

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def keys(self) -> KeysView[str]:
        """Return all paths."""
        return self._all().keys()

    def items(self) -> ItemsView[str, Fact]:
        """Return all facts with their paths."""
        return self._all().items()

    def values(self) -> ValuesView[Fact]:
        """Return all facts."""
        return self._all().values()

    def under(self, words: Set[str]) -> Mapping[str, Fact]:
        """Return facts, of which only those are looked at whose paths begin with one of some words."""
        for word in words:
            self._note(facts_below(word))
        return self._facts.under(words) if isinstance(self._facts, KeptFacts) else self._facts

    def fingerprint(self) -> str:
        """Return the hash of all facts, and note that."""
        self._note(about(FINGERPRINT))
        return self.sheet.fingerprint

    def _all(self) -> Mapping[str, Fact]:
        self._note(WHOLE)
        return self._facts


class _SeenSheet(Sheet):
    __slots__ = ()

    @property
    def fingerprint(self) -> str:
        """The hash of the item's facts."""
        facts = self.facts
        assert isinstance(facts, _SeenFacts)
        return facts.fingerprint()
