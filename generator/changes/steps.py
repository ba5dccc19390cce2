"""One step from a commit to the next: what it tells of its items, files that nobody could read left aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.changes.records import Change
from generator.changes.telling import Moment, States, changes_between
from generator.item import Item
from generator.past import Files, Reader, Tree, items_of
from generator.past_world import World, reached


class Step(NamedTuple):
    """The items whose files a commit touched, and everything before and after it."""

    touched: set[str]
    earlier: Mapping[str, Files]
    """The files of each touched item before."""
    files: Tree
    before: World
    after: World


class Teller:
    """Tells what commits change. A file that cannot be read tells nothing until it can be read again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.last_readable: dict[str, Files] = {}
        """For items whose files cannot be read now, the files that could be; none where none ever could."""

    def told(self, step: Step, commit: str) -> list[Change]:
        """Return the changes of a commit, by kind and path."""
        before: dict[str, Item | None] = {}
        after: dict[str, Item | None] = {}
        for path in sorted(step.touched):
            now = step.after.items.get(path)
            if now is None and step.files.of(path):
                known = path in step.before.items
                self.last_readable.setdefault(path, step.earlier[path] if known else {})
                continue
            is_unknown = path in self.last_readable and not self.last_readable[path]
            then = step.before.items.get(path) or self._read_again(path)
            if not is_unknown:
                before[path], after[path] = then, now
        states = States(before, after, step.before, step.after)
        return changes_between(states, Moment(step.after.today, commit))

    def _read_again(self, path: str) -> Item | None:
        """Return the item as it could be read last, whose files say something that nobody can read since."""
        blobs = self.last_readable.pop(path, {})
        entry = items_of(blobs, {path}, self._reader)[path] if blobs else None
        return entry[0] if entry else None


def reaching(changes: Iterable[Change], others: set[str], before: World, after: World) -> list[Change]:
    """Return changes with the number of other items that say something otherwise because of each."""
    if not others:
        return list(changes)
    found: dict[str, int] = {}
    told = []
    for change in changes:
        if change.item not in found:
            near = reached([change.item], before) | reached([change.item], after)
            found[change.item] = len(others & near)
        told.append(change._replace(touches=found[change.item]))
    return told
