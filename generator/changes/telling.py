"""Two states of a set of items → change records: added, removed and renamed items, and the edits of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.changes.edits import edits, leaves
from generator.changes.matching import MOST_COMPARED, likeness
from generator.changes.records import ADDED, CHANGED, ITEMS, REMOVED, RENAMED, Change
from generator.item import Item, Lookup
from generator.kinds import all_kinds

SAME_ITEM = 0.7
"""The share of statements that a new item has in common with one that went, from which on it is the same."""


class Moment(NamedTuple):
    """When something changed: the day and the commit, which is empty for the work tree."""

    day: date
    commit: str


class States(NamedTuple):
    """Items before and after, by their paths; None where there was none. Both lookups give names."""

    before: Mapping[str, Item | None]
    after: Mapping[str, Item | None]
    then: Lookup
    now: Lookup


def changes_between(states: States, moment: Moment) -> list[Change]:
    """Return what changed between two states of some items, by kind and path."""
    gone = {path: item for path, item in states.before.items() if item and not states.after.get(path)}
    new = {path: item for path, item in states.after.items() if item and not states.before.get(path)}
    renamed = dict(_renamed(gone, new))
    found: list[Change] = []
    for path in sorted(states.before.keys() | states.after.keys(), key=_place):
        if path in new and path in renamed:
            old = gone[renamed[path]]
            found.append(_record(new[path], moment, RENAMED, before=old.id, after=new[path].id))
            found += _edited(old, new[path], states, moment)
        elif path in new:
            found.append(_record(new[path], moment, ADDED))
        elif path in gone and path not in renamed.values():
            found.append(_record(gone[path], moment, REMOVED))
        elif (before := states.before.get(path)) and (after := states.after.get(path)) and before is not after:
            found += _edited(before, after, states, moment)
    return found


def _edited(before: Item, after: Item, states: States, moment: Moment) -> Iterator[Change]:
    wordless: set[str] = set()
    for edit in edits(before, after, states.then, states.now):
        path, label, old, new, bears, since, basis = edit
        if old is None and new is None:
            if label in wordless:  # the same is said of another entry of that name
                continue
            wordless.add(label)
        yield Change(
            after.path,
            after.name,
            *moment,
            CHANGED,
            bears,
            path,
            label,
            old,
            new,
            since,
            basis,
            0,
            department_of(after),
        )


def _record(item: Item, moment: Moment, sort: str, before: str | None = None, after: str | None = None) -> Change:
    department = department_of(item)
    return Change(item.path, item.name, *moment, sort, ITEMS, before=before, after=after, department=department)


def department_of(item: Item) -> str:
    """Return the id of the department that an item belongs to, or is; empty where there is none."""
    return item.id if item.kind.name == "department" else getattr(item, "department", None) or ""


def _place(path: str) -> tuple[int, str]:
    return _orders().get(path.partition("/")[0], 0), path


def _orders() -> Mapping[str, int]:
    return {model.kind.plural: number for number, model in enumerate(all_kinds().values())}


def _renamed(gone: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[tuple[str, str]]:
    """Yield new and old path of each item that only has another id; the likest pairs first."""
    if not gone or not new or len(gone) * len(new) > MOST_COMPARED:
        return
    said = {path: list(map(str, leaves(item)))[1:] for path, item in (*gone.items(), *new.items())}
    scores = [
        (likeness(said[old], said[path]), old, path)
        for old, path in _pairs(gone, new)
        if gone[old].kind.name == new[path].kind.name
    ]
    taken: set[str] = set()
    for score, old, path in sorted(scores, key=lambda entry: (-entry[0], entry)):
        if score >= SAME_ITEM and not {old, path} & taken:
            taken |= {old, path}
            yield path, old


def _pairs(gone: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((old, path) for old in gone for path in new)
