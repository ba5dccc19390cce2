"""What an earlier build made of each unit, kept so that the next one makes anew only what would come out otherwise.

For each unit: what its making asked of the catalogue, what the answers were, and which files it wrote. Where the
answers are the same today and the files still stand in the site as they were written, they are linked into the new
site. The store is safe to delete, and ignored when anything about it is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from generator.answers import Answered, Answers
from generator.cache_files import read_cached, write_cached
from generator.history import History
from generator.item_places import files_of
from generator.notes import EVERYTHING, Notes, Query
from generator.outputs import Output
from generator.render.site import Site
from generator.render.unit import Unit
from generator.said import read_back, written
from generator.shell import Page
from generator.standing import stand_as_written
from generator.verify import Compared, Count
from generator.watched import Watched

_BLANK = Page(title="", description="", article="", address="")


class Kept(NamedTuple):
    """What was made of a unit."""

    queries: tuple[Query, ...]
    answers: str
    """One hash of what the catalogue and the history answered."""
    files: Mapping[str, tuple[int, int]]
    """Size and time of each file as it was written, by its path below the site."""
    channels: Mapping[str, Count]
    """How many facts were compared in them, by channel."""

    @property
    def compared(self) -> Compared:
        """What comparing them found; a site with a difference is never published."""
        return Compared(tuple(self.files), self.channels, ())


def history_of_one(history: History, path: str) -> History:
    """Return a history without what it knows of other items, which pages of an item do not show."""

    def own(known: Mapping[str, Any]) -> dict[str, Any]:
        return {path: known[path]} if path in known else {}

    return History(history.complete, own(history.versions), own(history.since), (), own(history.of_item))


def digest_of(history: History) -> bytes:
    """Return a hash of all that a history knows."""
    return hashlib.blake2b(repr(history).encode(), digest_size=16).digest()


def key_of(site: Site, versions: str) -> str:
    """Return a hash of what every page depends on: programs, templates, frame, settings, days."""
    digest = hashlib.sha256(versions.encode())
    for file in sorted(path for path in site.theme.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(site.theme)}\0".encode() + file.read_bytes())
    for place, shell in sorted(site.shells.items()):
        digest.update(f"{place}\0{shell.fill(_BLANK, '')}".encode())
    catalogue = site.catalogue
    around = (site.settings.as_set, site.today, site.valid_until, catalogue.shows_drafts, bool(catalogue.local))
    return hashlib.sha256(digest.digest() + repr(around).encode()).hexdigest()


class Store(NamedTuple):
    """What an earlier build left: what it made of each unit, by the unit's name, and what the catalogue answered."""

    units: Mapping[str, Kept]
    answered: Answered


NOTHING = Store({}, Answered({}, {}))


def read_store(file: Path, key: str) -> Store:
    """Return what was kept under a key; nothing where it is absent, of another or damaged."""
    with suppress(ValueError, KeyError, TypeError, AttributeError, IndexError):
        kept = read_cached(file)
        if kept["key"] == key:
            queries = [Query(*query) for query in kept["queries"]]
            said = read_back(kept["said"])
            answers = {query: answer for query, answer in zip(queries, kept["answers"], strict=True) if answer}
            units = {name: _kept(queries, *row) for name, row in kept["units"].items()}
            return Store(units, Answered(said, answers))
    return NOTHING


def _kept(
    queries: Sequence[Query],
    asked: Iterable[int],
    answers: str,
    files: Mapping[str, Sequence[int]],
    channels: Mapping[str, Sequence[int]],
) -> Kept:
    return Kept(
        tuple([queries[number] for number in asked]),
        answers,
        {path: (size, time) for path, (size, time) in files.items()},
        {name: Count(*count) for name, count in channels.items()},
    )


def write_store(file: Path, key: str, units: Mapping[str, Kept], answers: Answers) -> None:
    """Keep what was made. A query that many units share is written once, and each of them names its number."""
    queries = list(dict.fromkeys(chain.from_iterable(kept.queries for kept in units.values())))
    numbers = {query: number for number, query in enumerate(queries)}
    given = answers.given(queries)
    kept = {
        "key": key,
        "queries": [list(query) for query in queries],
        "answers": [given.answers.get(query, "") for query in queries],
        "said": written(given.items),
        "units": {name: _row(kept, numbers) for name, kept in units.items()},
    }
    write_cached(file, kept)


def _row(kept: Kept, numbers: Mapping[Query, int]) -> list[object]:
    channels = {name: list(count) for name, count in kept.channels.items()}
    return [[numbers[query] for query in kept.queries], kept.answers, kept.files, channels]


def making_of(site: Site, earlier: Store, folder: Path, answers: Answers | None = None) -> Making:
    """Return what is needed to make the units of a site, whose earlier build stands in a folder.

    `answers` are those of the site's catalogue where they were found out already.
    """
    answers = answers or Answers(site.catalogue, earlier.answered)
    answers.prepare()
    # The office's pages name the file of an item, which the item itself does not.
    files = hashlib.blake2b(repr(sorted(files_of(site.settings.root).items())).encode(), digest_size=16)
    return Making(site, answers, earlier.units, folder, digest_of(site.history) + files.digest())


@cache
def _same(query: Query) -> Query:
    """Return the first of equal queries: thousands of units ask the same."""
    return query


class Making(NamedTuple):
    """What the making of units works with, and what an earlier build kept."""

    site: Site
    answers: Answers
    earlier: Mapping[str, Kept]
    folder: Path
    """Where the site stands that the earlier build made."""
    past: bytes
    """A hash of what pages of many items show that the catalogue does not tell: the history, the files' names."""

    def is_still_right(self, unit: Unit) -> bool:
        """Tell whether a unit would come out as it did, and its files still stand."""
        kept = self.earlier.get(unit.name)
        if kept is None or self._answered(unit, kept.queries) != kept.answers:
            return False
        return stand_as_written(kept.files, self.folder)

    def _history(self, unit: Unit) -> History:
        return history_of_one(self.site.history, unit.item) if unit.item else self.site.history

    def _answered(self, unit: Unit, queries: Sequence[Query]) -> str:
        past = digest_of(self._history(unit)) if unit.item else self.past
        return hashlib.blake2b(self.answers.to_all(queries) + past, digest_size=16).hexdigest()

    def make(self, unit: Unit, write: Callable[[Iterable[Output]], Compared], staging: Path) -> tuple[Compared, Kept]:
        """Make and write a unit; return what comparing it found, and what to keep."""
        watched = Watched(self.site.catalogue, Notes(by_kind=unit.by_kind))
        compared = write(unit.make(replace(self.site, catalogue=watched, history=self._history(unit))))
        return compared, self.kept(unit, compared, watched.asked, staging)

    def kept(self, unit: Unit, compared: Compared, asked: Set[Query], staging: Path) -> Kept:
        """Return what to keep of a unit whose making asked something, and whose files are in the staging folder."""
        asked = asked | unit.asked
        queries = tuple(map(_same, sorted(EVERYTHING if asked >= EVERYTHING else asked)))
        stats = ((path, (staging / path).stat()) for path in compared.paths)
        files = {path: (stat.st_size, stat.st_mtime_ns) for path, stat in stats}
        return Kept(queries, self._answered(unit, queries), files, compared.channels)
