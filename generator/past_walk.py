"""The walk over the commits that touched items: after each, only those items are looked at that changed or that show
something of a changed one; and on each day between commits on which a value turns by date, those that it touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.changes.records import Change
from generator.changes.steps import Step, Teller, reaching
from generator.facts import Fact, Sheet, facts_of
from generator.git import Commit
from generator.item import Item, turning_days
from generator.past import Files, Reader, Tree, all_keys, is_item_file, item_path, items_in, keys_of
from generator.past_world import Asking, Items, World, affected, listed, still_so

BATCH = 1_000
"""Commits whose files are read at once; what they hold is in memory meanwhile."""


class Version(NamedTuple):
    """What an item said from one day to another, both included."""

    fingerprint: str
    first: date
    last: date
    facts: Mapping[str, Fact]


class Setting(NamedTuple):
    """What a walk works with."""

    reader: Reader
    catalogue: Catalogue
    jobs: int


class Walk:
    """The items after some commits, as of a day, and all versions up to then."""

    def __init__(self, setting: Setting) -> None:
        self.reader, self.catalogue, self.jobs = setting
        self.files = Tree()
        self.teller = Teller(self.reader)
        self.items = Items()
        self.world = self.items.as_of(date.min)
        self.open: dict[str, tuple[str, date]] = {}
        """Fingerprint and first day of each item as it is now."""
        self.closed: list[tuple[str, Version]] = []
        self.changes: list[Change] = []
        self._said: dict[str, Mapping[str, Fact]] = {}
        """What items say now, of those whose facts were made."""
        self._asked: dict[str, set[str]] = {}
        """Which items the facts of an item depend on, where that was found out."""
        self._turns: dict[str, frozenset[date]] = {}
        self._turning: defaultdict[date, set[str]] = defaultdict(set)
        """The same by day."""

    def go_on(self, commits: Sequence[Commit]) -> None:
        """Go on through some commits, whose files are read ahead."""
        for start in range(0, len(commits), BATCH):
            batch = commits[start : start + BATCH]
            self.reader.read_ahead(keys_of(self.files.blobs, batch), self.jobs)
            for commit in batch:
                self.apply(commit)

    def begin_after(self, commits: Sequence[Commit]) -> None:
        """Begin with what some commits left behind, as if all of it had come on the day of the last one."""
        for change in (change for commit in commits for change in commit.changes if is_item_file(change.path)):
            self.files.put(change.path, change.blob)
        self.reader.read_ahead(all_keys(self.files.blobs), self.jobs)
        _, found = self.load({path for name in self.files.blobs if (path := item_path(name))}, commits[-1].day)
        self._begin(found)
        self.teller.last_readable = self._last_readable(commits)

    def _last_readable(self, commits: Sequence[Commit]) -> dict[str, Files]:
        """Return what a walk over some commits would know of the items whose files cannot be read after them."""
        unread = {path for path in map(item_path, self.files.blobs) if path and path not in self.world.items}
        files, found = Tree(), dict[str, Files]()
        for commit in commits:
            touched = [change for change in commit.changes if item_path(change.path) in unread]
            seeds = {path for change in touched if (path := item_path(change.path))}
            before, earlier = items_in(files, seeds, self.reader), {path: files.blobs_of(path) for path in seeds}
            for change in touched:
                files.put(change.path, change.blob)
            for path, entry in items_in(files, seeds, self.reader).items():
                if entry is None and files.of(path):
                    found.setdefault(path, earlier[path] if before[path] else {})
                else:
                    found.pop(path, None)
        return found

    def apply(self, commit: Commit) -> None:
        """Go on to a commit; the days between are gone through first."""
        self.advance(commit.day)
        touched = [change for change in commit.changes if is_item_file(change.path)]
        seeds = {path for change in touched if (path := item_path(change.path))}
        earlier = {path: self.files.blobs_of(path) for path in seeds}
        for change in touched:
            self.files.put(change.path, change.blob)
        before, changed = self.load(seeds, commit.day)
        is_first = not self.open
        anew = self._begin(changed) if is_first else self._look_at(changed, before, commit.day)
        told = self.teller.told(Step(seeds, earlier, self.files, before, self.world), commit.id)
        if not is_first:
            self.changes += reaching(told, anew - seeds, before, self.world)

    def load(self, wanted: set[str], day: date) -> tuple[World, set[str]]:
        """Read items anew as of a day; return what was before, and which items are not as they were."""
        found = items_in(self.files, wanted, self.reader)
        items, order = self.world.items, self.world.order
        # A comment or another order of the fields changes a file and no item: the item that was there stays.
        changed = {
            path: entry
            for path, entry in found.items()
            if (entry[0] != items.get(path) or entry[1] != order[path] if entry else path in items)
        }
        before = self.items.put(changed, self.world.today)
        self.world = self.items.as_of(day)
        for path, entry in changed.items():
            self._note_turns(path, entry[0] if entry else None)
        return before, set(changed)

    def _note_turns(self, path: str, item: Item | None) -> None:
        is_present = item is not None and self.catalogue.by_path.get(path) is item
        known = self.catalogue.turning_days[path] if is_present else frozenset(turning_days(item) if item else ())
        for day in self._turns.pop(path, frozenset()):
            self._turning[day].discard(path)
        if known:
            self._turns[path] = known
        for day in known:
            self._turning[day].add(path)

    def advance(self, day: date) -> None:
        """Go on to a day through all days on which something turns by date."""
        if day == self.world.today:
            return
        coming = {turn: set(paths) for turn, paths in self._turning.items() if self.world.today < turn <= day and paths}
        for turn in sorted(coming):
            before, self.world = self.world, self.items.as_of(turn)
            self._look_at(coming[turn], before, turn - timedelta(days=1), turned=coming[turn])
        self.world = self.items.as_of(day)

    def _begin(self, seeds: set[str]) -> set[str]:
        """Note the first version of all items; of most the catalogue has made the facts, because it is still so."""
        known = still_so(self.world, self.catalogue, self._turns)
        for path in known:
            sheet = self.catalogue.sheet(self.world.items[path])
            self._said[path] = sheet.facts
            self.open[path] = (sheet.fingerprint, self.world.today)
        return {path for path in sorted(seeds - known) if self._note(path, self.world, self.world.today)}

    def _look_at(self, seeds: set[str], before: World, last: date, turned: Set[str] = frozenset()) -> set[str]:
        """Note new versions of items that changed, or only turned by date, and of those that show something of them.

        Return the paths of those that say something else now.
        """
        near = affected(seeds, turned, before, self.world)
        shown = {target for path in seeds for target in listed(path, before, self.world)}
        # Of those that did not ask for any of them it is known that they show nothing of them.
        idle = {path for path in near & self._asked.keys() if self._asked[path].isdisjoint(seeds)}
        pending = near - (idle - shown) | seeds
        return {path for path in sorted(pending) if self._note(path, before, last)}

    def _note(self, path: str, before: World, last: date) -> bool:
        """Note the version of an item if it is a new one, and tell whether it is."""
        old = self.open.get(path)
        said = self._said.pop(path, None)
        sheet = self._made(path, self.world)
        if old and not (sheet and sheet.fingerprint == old[0]):
            self._close(path, last, said or facts_of(before.items[path], before).facts)
        if sheet:
            self._said[path] = sheet.facts
            self.open.setdefault(path, (sheet.fingerprint, self.world.today))
        return self.open.get(path) != old

    def _made(self, path: str, world: World) -> Sheet | None:
        """Return the facts of an item, if there is one, and note what they depend on."""
        self._asked.pop(path, None)
        if path not in world.items:
            return None
        asking = Asking(world)
        sheet = facts_of(world.items[path], asking)
        self._asked[path] = asking.asked
        return sheet

    def _close(self, path: str, last: date, said: Mapping[str, Fact]) -> None:
        # What the facts refer to may be gone; only what they say is kept.
        facts = {inner: fact._replace(target="") if fact.target else fact for inner, fact in said.items()}
        self.closed.append((path, Version(*self.open.pop(path), last, facts)))

    def versions(self) -> dict[str, tuple[Version, ...]]:
        """End with today's catalogue: return the versions that are not what it says; edits without a commit are new."""
        now = {item.path: self.catalogue.sheet(item).fingerprint for item in self.catalogue.items}
        for path in [path for path, known in self.open.items() if known[0] != now.get(path)]:
            said = self._said.get(path) or facts_of(self.world.items[path], self.world).facts
            self._close(path, self.catalogue.today, said)
        found: defaultdict[str, list[Version]] = defaultdict(list)
        for path, version in self.closed:
            if version.fingerprint != now.get(path):
                found[path].append(version)
        return {path: tuple(versions) for path, versions in sorted(found.items())}
