"""What somebody asked of a catalogue and read of its items: what he made depends on this and on nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from generator.item import Item
from generator.kinds import all_kinds
from generator.seen import LINKS, WHOLE, Note, about

ITEM, KIND, DISTRICT = "item", "kind", "district"
"""One item by its path, those of a kind, those of a district: which there are, and which fields were read."""
REFERRING, TWINS, DISTRICTS = "referring", "twins", "districts"
"""Which items of a kind refer to one; what all districts have of an item; which districts there are."""
DRAFT, THESAURUS, ADDRESSES, UNREAD, ALL = "draft", "thesaurus", "addresses", "unread", "all"
"""Whether there is a draft at a path; what stands beside the items; whatever there is."""


class Query(NamedTuple):
    """What was asked."""

    sort: str
    of: str = ""
    path: str = ""
    fields: str = ""
    """What was read of the items, in the words of `seen` with spaces between them."""


EVERYTHING = frozenset({Query(ALL)})
MANY = 100
"""From so many items on nobody keeps apart of which of them something was read."""


class Notes:
    """What was asked of a catalogue, and what was read of its items: of each of them, or of any of a kind."""

    def __init__(self, *, by_kind: bool = False) -> None:
        self.queries: set[Query] = set()
        self.by_kind = by_kind
        """Whether somebody is at work who looks at many items and reads the same of each."""
        self._read: dict[Query, set[str]] = {}

    @property
    def asked(self) -> frozenset[Query]:
        """All that was asked until now."""
        if self.queries >= EVERYTHING:
            return EVERYTHING
        read = (query._replace(fields=" ".join(sorted(words))) for query, words in self._read.items() if words)
        return frozenset(_condensed((*self.queries, *read)))

    def of(self, item: Item) -> Note:
        """Return what takes the notes of what is read of an item."""
        words = self._read.setdefault(_group(item) if self.by_kind else Query(ITEM, path=item.path), set())

        def note(word: str) -> None:
            if word == WHOLE:
                self.whole(item)
            else:
                words.add(word)

        return note

    def whole(self, item: Item) -> None:
        """Note that all was read of an item."""
        self.queries.add(Query(ITEM, path=item.path, fields=WHOLE))

    def looked_for(self, path: str, found: Item | None) -> None:
        """Note that somebody looked whether there is an item."""
        self.queries.add(_group(found) if found and self.by_kind else Query(ITEM, path=path))

    def referred(self, kind: str, target: Item) -> None:
        """Note that somebody looked which items of a kind refer to one."""
        if self.by_kind:
            self._read.setdefault(Query(KIND, kind), set()).add(about(LINKS))
        else:
            self.queries.add(Query(REFERRING, kind, target.path))


def _condensed(queries: Iterable[Query]) -> Iterator[Query]:
    """Yield queries, in the place of those for very many items of a kind one for all of that kind."""
    by_folder: defaultdict[str, list[Query]] = defaultdict(list)
    for query in queries:
        if query.sort == ITEM and query.fields != WHOLE and not query.path.startswith("d/"):
            by_folder[query.path.partition("/")[0]].append(query)
        else:
            yield query
    for folder, found in by_folder.items():
        kind = _kinds_by_folder().get(folder)
        if kind is None or len(found) <= MANY:
            yield from found
        else:
            words = {word for query in found for word in query.fields.split()}
            yield Query(KIND, kind, fields=" ".join(sorted(words)))


@cache
def _kinds_by_folder() -> Mapping[str, str]:
    return {model.kind.plural: name for name, model in all_kinds().items()}


def _group(item: Item) -> Query:
    return Query(DISTRICT, item.within.split("/")[1]) if item.within else Query(KIND, item.kind.name)
