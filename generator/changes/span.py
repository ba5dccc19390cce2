"""What changed between two moments of a repository, or between one and the work tree: the two ends, not the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.changes.records import Change
from generator.changes.telling import Moment, States, changes_between
from generator.git import Commit, Contents, Log, commit_of, common_ancestor, files_at, log_of
from generator.item import Item
from generator.item_files import ITEMS_FOLDER
from generator.kinds import all_kinds
from generator.past import Reader, Tree, is_item_file, item_path, items_in

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NothingKnown(Exception):
    """There is no repository, or it does not go back that far; the message is for the person who asked."""


class WrongRevision(Exception):
    """There is no such commit or day; the message is for the person who asked."""


class Span(NamedTuple):
    """What changed, and what has to be said about the ends."""

    changes: list[Change]
    notes: list[str]


class _End:
    """The items at one end, each read when it is asked for."""

    def __init__(self, tree: Tree, reader: Reader, today: date) -> None:
        self.tree, self.today = tree, today
        self._reader = reader
        self._items: dict[str, Item | None] = {}

    def item(self, path: str) -> Item | None:
        """Return an item by its path."""
        if path not in self._items:
            entry = items_in(self.tree, {path}, self._reader)[path]
            self._items[path] = entry[0] if entry else None
        return self._items[path]

    def is_unreadable(self, path: str) -> bool:
        """Tell whether there is a file that gives no item."""
        return bool(self.tree.of(path)) and self.item(path) is None

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        return self.item(f"{all_kinds()[kind].kind.plural}/{identifier}")

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return nothing: an item's own statements do not depend on who refers to it."""
        return []


def span_of(root: Path, catalogue: Catalogue, since: str, until: str | None) -> Span:
    """Return what changed from `since` to `until`, each a commit or a day that is included; None: as it is now.

    Raise `NothingKnown` and `WrongRevision`.
    """
    log = log_of(root, ITEMS_FOLDER)
    if not log.commits:
        raise NothingKnown("没有版本库，不知道以前的内容。")
    notes: list[str] = []
    last = _end_commit(root, log, until) if until else commit_of(root, "HEAD")
    first = _start_commit(root, log, since, last or "", notes)
    with Contents(root) as contents:
        reader = Reader(contents.read, root, catalogue)
        then = _End(Tree(files_at(root, first, ITEMS_FOLDER)), reader, catalogue.today)
        now = _End(Tree(files_at(root, last or "", ITEMS_FOLDER)), reader, catalogue.today)
        when = _moments(_after(log.commits, first))
        if until:
            touched = _touched(then.tree, now.tree)
            return Span(_told(touched, then, {path: now.item(path) for path in touched}, now, when), notes)
        return Span(_with_work_tree(then, now, catalogue, when, root), notes)


def _with_work_tree(
    then: _End, head: _End, catalogue: Catalogue, when: Mapping[str, Moment], root: Path
) -> list[Change]:
    """Return what changed up to what the folder holds now; what HEAD does not have yet is marked so."""
    here = Tree(dict.fromkeys(_item_files(root), "here"))
    paths = {path for file in {*then.tree.blobs, *here.blobs} if (path := item_path(file))}
    readable = {path for path in paths if path in catalogue.by_path or not here.of(path)}
    touched = {path for path in readable if then.item(path) != catalogue.by_path.get(path)}
    fresh = {path for path in touched if head.item(path) != catalogue.by_path.get(path)}
    moments = {**when, **dict.fromkeys(fresh, Moment(catalogue.today, ""))}
    return _told(touched, then, {path: catalogue.by_path.get(path) for path in touched}, catalogue, moments)


def _item_files(root: Path) -> list[str]:
    files = (path.relative_to(root).as_posix() for path in (root / ITEMS_FOLDER).rglob("*") if path.is_file())
    return [file for file in files if is_item_file(file)]


def _touched(before: Tree, after: Tree) -> set[str]:
    files = {file for file, _ in before.blobs.items() ^ after.blobs.items()}
    return {path for file in files if (path := item_path(file))}


def _told(
    touched: Iterable[str],
    then: _End,
    after: Mapping[str, Item | None],
    now: _End | Catalogue,
    when: Mapping[str, Moment],
) -> list[Change]:
    """Return the changes of items, each with the last commit that touched it; unreadable files tell nothing."""
    unreadable = now.is_unreadable if isinstance(now, _End) else lambda path: False
    paths = [path for path in touched if not then.is_unreadable(path) and not unreadable(path)]
    states = States({path: then.item(path) for path in paths}, {path: after[path] for path in paths}, then, now)
    found = changes_between(states, Moment(now.today, ""))
    return [change._replace(**when[change.item]._asdict()) if change.item in when else change for change in found]


def _moments(commits: Iterable[Commit]) -> dict[str, Moment]:
    return {
        path: Moment(commit.day, commit.id)
        for commit in commits
        for change in commit.changes
        if (path := item_path(change.path))
    }


def _after(commits: Sequence[Commit], first: str) -> Sequence[Commit]:
    """Return the commits after one of them; all where it is none of them, as one that touched no item is."""
    at = next((number for number, commit in enumerate(commits) if commit.id == first), -1)
    return commits[at + 1 :]


def _start_commit(root: Path, log: Log, since: str, last: str, notes: list[str]) -> str:
    if day := _day(since):
        earlier = [commit for commit in log.commits if commit.day < day]
        if not earlier:
            first = log.commits[0]
            known = "版本库从" if log.complete else "版本库不完整，只知道"
            notes.append(f"{known} {first.day.isoformat()} 起的内容，从那时算起。")
            return first.id
        return earlier[-1].id
    start = _commit(root, log, since)
    return common_ancestor(root, start, last) or start


def _end_commit(root: Path, log: Log, until: str) -> str:
    if day := _day(until):
        up_to = [commit for commit in log.commits if commit.day <= day]
        if not up_to:
            raise NothingKnown(f"版本库里没有 {until} 以前的内容。")
        return up_to[-1].id
    return _commit(root, log, until)


def _commit(root: Path, log: Log, revision: str) -> str:
    if found := commit_of(root, revision):
        return found
    if not log.complete:
        raise NothingKnown(f"版本库不完整（浅克隆），里面没有「{revision}」。先运行 git fetch --unshallow。")
    raise WrongRevision(f"版本库里没有「{revision}」。写提交编号、分支、标签，或者日期如 2026-07-01。")


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongRevision(f"「{text}」不是日历上有的日子。") from None
