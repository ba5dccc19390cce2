"""Which fingerprints an item had on which days, and what it said then, from the commits that touched `items/`.

The commits are walked once, the oldest first. After each only those items are looked at that changed or that show
something of a changed one; and on each day between commits on which a value turns by date, those that it touches.
"""

from __future__ import annotations

import gc
import hashlib
import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from generator.catalogue import Catalogue
from generator.changes.records import Change, by_item, change_of
from generator.changes.steps import Step, Teller, reaching
from generator.facts import Difference, Fact, Sheet, difference, facts_of
from generator.git import Commit, Contents, Log, log_of
from generator.item import Item, turning_days
from generator.item_files import ITEMS_FOLDER
from generator.past import Reader, Tree, all_keys, is_item_file, item_path, items_in, keys_of
from generator.past_world import Asking, Items, World, affected, listed, still_so

BATCH = 1_000
"""Commits whose files are read at once; what they hold is in memory meanwhile."""
CACHE_FILE = Path(".cache", "history", "versions.z")


class Version(NamedTuple):
    """What an item said from one day to another, both included."""

    fingerprint: str
    first: date
    last: date
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class History:
    """The earlier versions of items, by the item's path and in the order of time."""

    complete: bool
    """Whether nothing older may exist: the repository is there and no clone left commits out."""
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)
    since: Mapping[str, date] = field(default_factory=dict)
    """The day from which an item says what it says now."""
    changes: tuple[Change, ...] = ()
    """What each commit changed, the oldest first; the first commit that is known is where it begins and no change."""
    of_item: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """The changes of each item, the latest first, those that it had under an earlier id included."""


NOTHING_KNOWN = History(complete=False)


def history_of(root: Path, catalogue: Catalogue, jobs: int = 1) -> History:
    """Return what is known about earlier versions up to the catalogue's day; a cache below the root saves time.

    Old files are read by so many processes.
    """
    log = log_of(root, ITEMS_FOLDER)
    commits = [commit for commit in _in_time(log.commits) if commit.day <= catalogue.today]
    if not commits:
        return History(log.complete)
    with _without_collecting(), Contents(root) as contents:
        reader = Reader(contents.read, root, catalogue)
        key = [_code_version(), log.complete, commits[0].id]
        walk, done = _resumed(root / CACHE_FILE, key, commits, _Setting(reader, catalogue, jobs))
        for start in range(done, len(commits), BATCH):
            walk.go_on(commits[start : start + BATCH])
        if done < len(commits):
            _keep(root / CACHE_FILE, key, commits[-1].id, walk)
        walk.advance(catalogue.today)
        return walk.history(catalogue, log)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Leave off the search for garbage: all that is made here is kept, and would be searched over and over."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def changes_since(version: Version, sheet: Sheet, history: History) -> Iterator[tuple[Difference, date]]:
    """Yield the facts that a version says otherwise than today's sheet, each with the day since which it is so."""
    for entry in difference(version.facts, sheet.facts):
        yield entry, _since(entry.path, sheet, history)


def _since(path: str, sheet: Sheet, history: History) -> date:
    item = sheet.item.path
    day = history.since[item]
    for version in reversed(history.versions.get(item, ())):
        if difference(_one(version.facts, path), _one(sheet.facts, path)):
            break
        day = version.first
    return day


def _one(facts: Mapping[str, Fact], path: str) -> dict[str, Fact]:
    return {path: facts[path]} if path in facts else {}


def _in_time(commits: Iterable[Commit]) -> Iterator[Commit]:
    """Yield the commits with days that never run backwards, whatever clocks and rebases did."""
    day = date.min
    for commit in commits:
        day = max(day, commit.day)
        yield commit._replace(day=day)


class _Setting(NamedTuple):
    """What a walk works with."""

    reader: Reader
    catalogue: Catalogue
    jobs: int


class _Walk:
    """The items after some commits, as of a day, and all versions up to then."""

    def __init__(self, setting: _Setting) -> None:
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
        self.reader.read_ahead(keys_of(self.files.blobs, commits), self.jobs)
        for commit in commits:
            self.apply(commit)

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

    def history(self, catalogue: Catalogue, log: Log) -> History:
        """End with today's catalogue: return the versions that are not what it says; edits without a commit are new."""
        now = {item.path: catalogue.sheet(item).fingerprint for item in catalogue.items}
        for path in [path for path, known in self.open.items() if known[0] != now.get(path)]:
            said = self._said.get(path) or facts_of(self.world.items[path], self.world).facts
            self._close(path, catalogue.today, said)
        versions: defaultdict[str, list[Version]] = defaultdict(list)
        for path, version in self.closed:
            if version.fingerprint != now.get(path):
                versions[path].append(version)
        since = {path: self.open[path][1] if path in self.open else catalogue.today for path in now}
        earlier = {path: tuple(found) for path, found in sorted(versions.items())}
        return History(log.complete, earlier, since, tuple(self.changes), by_item(self.changes))


# The cache: what the walk found up to a commit. Whatever is wrong with it, the walk simply starts at the beginning.


def _resumed(file: Path, key: list[object], commits: list[Commit], setting: _Setting) -> tuple[_Walk, int]:
    """Return the walk as the cache has it and how many commits it covers; a new walk where there is no use of it."""
    walk = _Walk(setting)
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error):
        kept: dict[str, Any] = orjson.loads(zlib.decompress(file.read_bytes()))
        done = [commit.id for commit in commits].index(kept["commit"]) + 1
        if kept["key"] != key:
            return walk, 0
        walk.open = {path: (known, date.fromisoformat(first)) for path, (known, first) in kept["open"].items()}
        walk.closed = [(row[0], _version(*row)) for row in kept["closed"]]
        walk.files = Tree(kept["files"])
        walk.changes = [change_of(row) for row in kept["changes"]]
        walk.teller.last_readable = dict(kept["last_readable"])
        setting.reader.read_ahead(all_keys(walk.files.blobs), setting.jobs)
        walk.load({path for name in walk.files.blobs if (path := item_path(name))}, commits[done - 1].day)
        if walk.world.items.keys() == walk.open.keys():
            return walk, done
    return _Walk(setting), 0


def _version(path: str, known: str, first: str, last: str, facts: Mapping[str, tuple[str, str, str]]) -> Version:
    said = {inner: Fact(f"{path}#{inner}", *texts) for inner, texts in facts.items()}
    return Version(known, date.fromisoformat(first), date.fromisoformat(last), said)


def _keep(file: Path, key: list[object], commit: str, walk: _Walk) -> None:
    """Write the cache under another name first, so that it is whole or not there; a disk that refuses is no matter."""
    closed = [
        (path, *version[:3], {inner: (fact.value, fact.text, fact.label) for inner, fact in version.facts.items()})
        for path, version in walk.closed
    ]
    kept = {"key": key, "commit": commit, "files": walk.files.blobs, "open": walk.open, "closed": closed}
    kept |= {"changes": list(map(tuple, walk.changes)), "last_readable": walk.teller.last_readable}
    with suppress(OSError, TypeError):  # a file's name that is not UTF-8 cannot be kept
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_bytes(zlib.compress(orjson.dumps(kept), 1))
        draft.replace(file)


@cache
def _code_version() -> str:
    """Return a hash of the package: with other code the same files may say other things."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
