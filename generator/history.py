"""Which fingerprints an item had on which days, and what it said then, from the commits that touched `items/`.

The commits are walked once, the oldest first, and what was found is kept for the next build.
"""

from __future__ import annotations

import gc
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from generator.catalogue import Catalogue
from generator.changes.records import Change, by_item, change_of
from generator.code_version import code_version
from generator.facts import Difference, Fact, Sheet, difference
from generator.git import Commit, Contents, first_parents, is_shallow, log_of
from generator.item_files import ITEMS_FOLDER
from generator.past import Reader, Tree, all_keys, item_path
from generator.past_stretches import first_walk, stretches_of
from generator.past_walk import Setting, Version, Walk

CACHE_FILE = Path(".cache", "history", "versions.z")


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
    chain = first_parents(root)
    key: list[object] = [code_version(), is_shallow(root), chain[-1:]]
    with _without_collecting(), Contents(root) as contents:
        setting = Setting(Reader(contents.read, root, catalogue), catalogue, jobs)
        walk, done = _resumed(root / CACHE_FILE, key, chain, setting)
        log = log_of(root, ITEMS_FOLDER, done, [] if done else _cuts(chain, jobs))
        commits = [commit for commit in _in_time(log.commits, walk.world.today) if commit.day <= catalogue.today]
        if not commits and not done:
            return History(log.complete)
        if done:
            walk.go_on(commits)
        else:
            walk = first_walk(root, catalogue, commits, jobs)
        if commits:
            _keep(root / CACHE_FILE, key, commits[-1], walk)
        walk.advance(catalogue.today)
        versions = walk.versions()
    today = catalogue.today
    since = {item.path: walk.open[item.path][1] if item.path in walk.open else today for item in catalogue.items}
    return History(log.complete, versions, since, tuple(walk.changes), by_item(walk.changes))


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


def _cuts(chain: Sequence[str], jobs: int) -> list[str]:
    """Return where to divide the line of commits, given from the latest on, among so many questions."""
    count = stretches_of(len(chain), jobs)
    return [chain[len(chain) * number // count] for number in range(count - 1, 0, -1)]


def _in_time(commits: Iterable[Commit], day: date) -> Iterator[Commit]:
    """Yield the commits with days from one on that never run backwards, whatever clocks and rebases did."""
    for commit in commits:
        day = max(day, commit.day)
        yield commit._replace(day=day)


# The cache: what the walk found up to a commit. Whatever is wrong with it, the walk simply starts at the beginning.


def _resumed(file: Path, key: list[object], chain: Sequence[str], setting: Setting) -> tuple[Walk, str]:
    """Return the walk as the cache has it and the last commit it covers; a new walk where there is no use of it."""
    walk = Walk(setting)
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError, zlib.error):
        kept: dict[str, Any] = orjson.loads(zlib.decompress(file.read_bytes()))
        day = date.fromisoformat(kept["day"])
        if kept["key"] != key or kept["commit"] not in chain or day > setting.catalogue.today:
            return walk, ""
        walk.open = {path: (known, date.fromisoformat(first)) for path, (known, first) in kept["open"].items()}
        walk.closed = [(row[0], _version(*row)) for row in kept["closed"]]
        walk.files = Tree(kept["files"])
        walk.changes = [change_of(row) for row in kept["changes"]]
        walk.teller.last_readable = dict(kept["last_readable"])
        setting.reader.read_ahead(all_keys(walk.files.blobs), setting.jobs)
        walk.load({path for name in walk.files.blobs if (path := item_path(name))}, day)
        if walk.world.items.keys() == walk.open.keys():
            return walk, kept["commit"]
    return Walk(setting), ""


def _version(path: str, known: str, first: str, last: str, facts: Mapping[str, tuple[str, str, str]]) -> Version:
    said = {inner: Fact(f"{path}#{inner}", *texts) for inner, texts in facts.items()}
    return Version(known, date.fromisoformat(first), date.fromisoformat(last), said)


def _keep(file: Path, key: list[object], last: Commit, walk: Walk) -> None:
    """Write the cache under another name first, so that it is whole or not there; a disk that refuses is no matter."""
    closed = [
        (path, *version[:3], {inner: (fact.value, fact.text, fact.label) for inner, fact in version.facts.items()})
        for path, version in walk.closed
    ]
    kept = {
        "key": key,
        "commit": last.id,
        "day": last.day,
        "files": walk.files.blobs,
        "open": walk.open,
        "closed": closed,
    }
    kept |= {"changes": list(map(tuple, walk.changes)), "last_readable": walk.teller.last_readable}
    with suppress(OSError, TypeError):  # a file's name that is not UTF-8 cannot be kept
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.write_bytes(zlib.compress(orjson.dumps(kept), 1))
        draft.replace(file)
