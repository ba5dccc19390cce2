"""Everything that stood in a repository at one time, linked as of a day, and how far a change of it may be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from generator.catalogue import Catalogue
from generator.item import Item
from generator.kinds import all_kinds
from generator.schema import references

Value = TypeVar("Value")
Entry = tuple[Item, tuple[str, ...]]
"""An item with the parts of its file's path."""


@dataclass(frozen=True, slots=True)
class World:
    """The items of one commit as of a day; answers what items ask of a catalogue."""

    today: date
    items: Mapping[str, Item]
    order: Mapping[str, tuple[str, ...]]
    """Where the file of each item stands among the files, by the item's path."""
    targets: Mapping[str, frozenset[str]]
    """Paths that an item refers to, by the item's path."""
    referrers: Mapping[str, frozenset[str]]
    """Paths of the items that refer to a path, whether that exists or not."""

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        return self.items.get(f"{all_kinds()[kind].kind.plural}/{identifier}")

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target, in the order of their files."""
        paths = sorted(self.referrers.get(target.path, ()), key=self.order.__getitem__)
        return [self.items[path] for path in paths if self.items[path].kind.name == kind]


class Items:
    """The items of the commit where a walk is. Changed in place: a copy for each commit would cost too much."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._order: dict[str, tuple[str, ...]] = {}
        self._targets: dict[str, frozenset[str]] = {}
        self._referrers: dict[str, frozenset[str]] = {}

    def as_of(self, day: date) -> World:
        """Return the items as of a day; they change with every `put`."""
        return World(day, self._items, self._order, self._targets, self._referrers)

    def put(self, changed: Mapping[str, Entry | None], day: date) -> World:
        """Change items, None for those that went; return what was before as of a day, good until the next change."""
        goals = {path: targets(entry[0] if entry else None) for path, entry in changed.items()}
        moved: defaultdict[str, set[str]] = defaultdict(set)
        for path, goal in goals.items():
            for target in self._targets.get(path, frozenset()) ^ goal:
                moved[target].add(path)
        referrers = {target: self._referrers.get(target, frozenset()) ^ paths for target, paths in moved.items()}
        return World(
            day,
            _set(self._items, {path: entry[0] if entry else None for path, entry in changed.items()}),
            _set(self._order, {path: entry[1] if entry else None for path, entry in changed.items()}),
            _set(self._targets, goals),
            _set(self._referrers, referrers),
        )


def _set(values: dict[str, Value], changed: Mapping[str, Value | None]) -> Mapping[str, Value]:
    """Change values, None for those that went, and return a view of how they were."""
    before = {key: values.get(key) for key in changed}
    for key, value in changed.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    return _Before(values, before)


class _Before(Mapping[str, Value]):
    """Values as they were before some of them changed."""

    def __init__(self, now: Mapping[str, Value], before: Mapping[str, Value | None]) -> None:
        self._now = now
        self._before = before

    def __getitem__(self, key: str) -> Value:
        value = self._before[key] if key in self._before else self._now.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._now.keys() | self._before.keys() if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Asking:
    """A world that notes which items were asked for: what one item says depends on these and on nothing else."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.today = world.today
        self.asked: set[str] = set()

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        self.asked.add(f"{all_kinds()[kind].kind.plural}/{identifier}")
        return self._world.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target, in the order of their files."""
        found = self._world.referring(kind, target)
        self.asked.update(item.path for item in found)
        return found


def still_so(world: World, catalogue: Catalogue, turns: Mapping[str, Iterable[date]]) -> set[str]:
    """Return the paths of items that say today what they said in a world, without making their facts.

    `turns` has the days on which each item turns. An item that something touched, however far away, is left out.
    """
    now = catalogue.by_path
    touched = {path for path in now.keys() | world.items.keys() if world.items.get(path) is not now.get(path)}
    goals = {path: targets(now.get(path)) for path in touched}
    touched |= {path for path, days in turns.items() if any(world.today < day <= catalogue.today for day in days)}
    turned = {path for path in touched if world.items.get(path) is now.get(path)}
    today = World(catalogue.today, now, {}, goals, world.referrers)
    return world.items.keys() - affected(touched, turned, world, today)


def affected(seeds: Iterable[str], turned: Set[str], before: World, after: World) -> set[str]:
    """Return items that changed and those whose facts may differ because of it, however far away.

    An item may show another that refers to it, or that it refers to. A change goes on from one item to the next along
    references, and on to what an item refers to only from where it began; it reaches another where it may take
    anything from it.
    """
    found = set(seeds)
    passes = _Passes(turned, before, after)
    pending = [(path, path) for path in found]
    while pending:
        path, seed = pending.pop()
        near = {*before.referrers.get(path, ()), *after.referrers.get(path, ())}
        if path == seed:
            near |= listed(path, before, after)
        for other in near - found:
            if passes.on(path, other, path == seed and path not in turned):
                found.add(other)
                pending.append((other, seed))
    return found


def listed(path: str, before: World, after: World) -> frozenset[str]:
    """Return the paths that an item refers to, before or after."""
    return before.targets.get(path, frozenset()) | after.targets.get(path, frozenset())


class _Passes:
    """Whether a change of an item, or of what it shows, may be seen in another; found out once for each kind."""

    def __init__(self, turned: Set[str], before: World, after: World) -> None:
        self._turned = turned
        self._before = before
        self._after = after
        self._known: dict[tuple[str, str, bool], bool] = {}

    def on(self, path: str, to: str, is_changed: bool) -> bool:
        """Tell it of an item and another."""
        key = (path, to.partition("/")[0], is_changed)
        if key not in self._known:
            self._known[key] = self._found(path, _kind_names()[key[1]], is_changed)
        return self._known[key]

    def _found(self, path: str, kind: str, is_changed: bool) -> bool:
        old, new = self._before.items.get(path), self._after.items.get(path)
        if path in self._turned or old is None or new is None:
            return True
        if is_changed:
            return old.seen_by(kind) != new.seen_by(kind)
        return new.seen_by(kind) is new


@lru_cache(maxsize=1)
def _kind_names() -> Mapping[str, str]:
    return {model.kind.plural: name for name, model in all_kinds().items()}


def reached(paths: Iterable[str], world: World) -> set[str]:
    """Return paths and those of all items that refer to them, however far away."""
    found: set[str] = set()
    pending = list(paths)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending += world.referrers.get(path, ())
    return found


def targets(item: Item | None) -> frozenset[str]:
    """Return the paths that an item refers to."""
    return frozenset(_targets(item)) if item else frozenset()


def _targets(item: Item) -> Iterator[str]:
    for link in references(item):
        yield f"{all_kinds()[link.kind].kind.plural}/{link.identifier}"
