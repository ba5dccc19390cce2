"""What a catalogue answers to the queries that somebody noted, in a few bytes each: the same bytes, the same answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import chain
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.facts import Sheet, facts_of
from generator.item import Item
from generator.kept_sheets import listed_sheet
from generator.kinds import all_kinds
from generator.notes import (
    ADDRESSES,
    DISTRICT,
    DISTRICTS,
    DRAFT,
    ITEM,
    KIND,
    REFERRING,
    THESAURUS,
    TWINS,
    UNREAD,
    Query,
)
from generator.said import Said, digest, own_digest, said_by
from generator.seen import LINKS, WHOLE, about

_NONE = b"-"


class Answered(NamedTuple):
    """What an earlier catalogue answered."""

    items: Mapping[str, Said]
    """What each item said, by its path, in the order of the items."""
    answers: Mapping[Query, str]


class Answers:
    """What a catalogue answers."""

    def __init__(self, catalogue: Catalogue, earlier: Answered | None = None) -> None:
        self._catalogue = catalogue
        self._earlier = earlier or Answered({}, {})
        self._districts = {each.district.id: each for each in catalogue.districts}
        self._known: dict[Query, bytes] = {}
        self._own: dict[str, bytes] = {}
        self._said: dict[str, Said] = {}
        self._is_ready = False

    def to(self, query: Query) -> bytes:
        """Return the digest of the answer to a query."""
        if query not in self._known:
            before = self._earlier.answers.get(query)
            is_same = before is not None and self._is_untouched(query)
            self._known[query] = bytes.fromhex(before or "") if is_same else self._found(query)
        return self._known[query]

    def to_all(self, queries: Iterable[Query]) -> bytes:
        """Return one digest of the answers to some queries."""
        known = self._known
        return digest(b"".join([known.get(query) or self.to(query) for query in queries]))

    def prepare(self) -> None:
        """Find out what every item says at once, before processes that ask for it are started.

        Of items that say what they said, all facts are made when somebody asks for more than lists show of them.
        """
        if self._is_ready:
            return
        for catalogue in (self._catalogue, *self._catalogue.districts):
            made = cache(partial(_whole_sheet, catalogue))
            for item in catalogue.items:
                said = self._told_by(item)
                if said is self._earlier.items.get(item.path):
                    make = partial(made, item.path)
                    sheet = listed_sheet(item, said.fingerprint, said.asked, said.listed, make)
                    catalogue.keep_sheet(sheet)
        self._is_ready = True

    def given(self, queries: Iterable[Query]) -> Answered:
        """Return what was answered until now, for the next catalogue."""
        return Answered(
            dict(self._said), {query: self._known[query].hex() for query in queries if query in self._known}
        )

    @cached_property
    def _touched(self) -> Mapping[str, frozenset[str]]:
        """The words of which each item that says something else says something else; of those new and gone, all."""
        before, now = self._earlier.items, {item.path: self._told_by(item) for item in self._items()}
        everything = frozenset({WHOLE})
        touched = dict.fromkeys(before.keys() ^ now.keys(), everything)
        for path, said in now.items():
            if (earlier := before.get(path)) and earlier.whole != said.whole:
                touched[path] = said.changed(earlier)
        return touched

    @cached_property
    def _groups(self) -> Mapping[str, frozenset[str]]:
        """The words of which something in a folder says something else; all where others are there, or elsewhere.

        Folders are those of kinds and of districts.
        """
        now, before = _by_folder(item.path for item in self._items()), _by_folder(self._earlier.items)
        others = (folder for folder in now.keys() | before.keys() if now.get(folder) != before.get(folder))
        groups: defaultdict[str, frozenset[str]] = defaultdict(
            frozenset, {folder: frozenset({WHOLE}) for folder in others}
        )
        for path, words in self._touched.items():
            groups[_folder(path)] |= words
        return groups

    def _is_untouched(self, query: Query) -> bool:
        """Tell whether the answer surely is what it was, because it depends on what is said as before."""
        read = frozenset(query.fields.split())
        if query.sort == ITEM:
            return _none_of(read, self._touched.get(query.path))
        if query.sort == DISTRICT:
            return _none_of(read, self._groups.get(f"d/{query.of}"))
        if query.sort == KIND:
            return _none_of(read, self._groups.get(all_kinds()[query.of].kind.plural))
        if query.sort == REFERRING:
            referring = self._groups.get(all_kinds()[query.of].kind.plural)
            return _none_of(read | {about(LINKS)}, referring) and WHOLE not in self._touched.get(query.path, ())
        return False

    def _found(self, query: Query) -> bytes:
        catalogue = self._catalogue
        match query.sort:
            case str(sort) if sort == ITEM:
                item = self._by_path(query.path)
                return self._told([item], query) if item else _NONE
            case str(sort) if sort == KIND:
                return self._told(catalogue.of_kind(query.of), query)
            case str(sort) if sort == DISTRICT:
                found = self._districts.get(query.of)
                return self._told(found.items, query) if found else _NONE
            case str(sort) if sort == REFERRING:
                target = self._by_path(query.path)
                return self._told(catalogue.referring(query.of, target), query) if target else _NONE
            case str(sort) if sort == TWINS:
                return self._twins(query.path)
            case str(sort) if sort == DRAFT:
                return b"+" if query.path in catalogue.drafts else _NONE
        around: dict[str, object] = {
            THESAURUS: catalogue.thesaurus,
            ADDRESSES: catalogue.addresses,
            UNREAD: sorted(catalogue.unread),
            DISTRICTS: list(self._districts),
        }
        if query.sort in around:
            return digest(repr(around[query.sort]).encode())
        everything = (self._told_by(item).whole for item in self._items())
        return digest(b"".join(chain(everything, (repr(value).encode() for value in around.values()))))

    def _twins(self, path: str) -> bytes:
        """Return the digest of what all districts have of an item."""
        item = self._catalogue.by_path.get(path)
        both = ((each.district, each.own(item)) for each in self._districts.values()) if item else ()
        told = (self._told_by(one) for district, own in both if own for one in (district, own))
        return digest(b"".join(said.whole for said in told))

    def _told(self, items: Sequence[Item], query: Query) -> bytes:
        """Return the digest of which items there are, and of what the query read of them."""
        which = digest("\0".join(item.path for item in items).encode())
        words = query.fields.split(" ") if query.fields else ()
        return digest(which + b"".join(self._column(items, query._replace(fields=word)) for word in words))

    def _column(self, items: Sequence[Item], query: Query) -> bytes:
        """Return the digest of what was read of each of some items, which many queries have in common."""
        if query.sort not in (KIND, DISTRICT):
            return digest(b"\0".join(self._told_by(item).of(query.fields) for item in items))
        column = query._replace(path="column")
        if column not in self._known:
            self._known[column] = digest(b"\0".join(self._told_by(item).of(query.fields) for item in items))
        return self._known[column]

    def _items(self) -> Iterable[Item]:
        """Return all items, the city's and the districts'."""
        return chain(self._catalogue.items, *(each.items for each in self._catalogue.districts))

    def _of(self, path: str) -> Catalogue:
        """Return the catalogue in which an item stands: its district's or the city's."""
        district = self._districts.get(path.split("/")[1]) if path.startswith("d/") else None
        return district or self._catalogue

    def _by_path(self, path: str) -> Item | None:
        return self._of(path).by_path.get(path)

    def _told_by(self, item: Item) -> Said:
        """Return what an item says; its facts are made only where they may not be what they were."""
        path = item.path
        if path not in self._said:
            own, before = self._own_of(item), self._earlier.items.get(path)
            if before and before.own == own and self._asked(path, before.asked) == before.answered:
                self._said[path] = before
            else:
                catalogue = self._of(path)
                answered = self._asked(path, catalogue.sheet(item).asked)
                self._said[path] = said_by(item, catalogue, own, answered)
        return self._said[path]

    def _own_of(self, item: Item) -> bytes:
        if item.path not in self._own:
            self._own[item.path] = own_digest(item, self._catalogue)
        return self._own[item.path]

    def _asked(self, path: str, asked: Iterable[str]) -> bytes:
        """Return the digest of what the catalogue answers to what the facts of an item ask."""
        catalogue, found = self._of(path), []
        for each in asked:
            kind, mark, target = each.partition("<")
            if mark:
                whose = catalogue.by_path.get(target)
                items = catalogue.referring(kind, whose) if whose else []
            else:
                one = catalogue.find(*each.split(" ", 1))
                items = [one] if one else []
            found.append(b"%d" % len(items) + b"".join(self._own_of(item) for item in items))
        return digest(b"\0".join(found))


def _whole_sheet(catalogue: Catalogue, path: str) -> Sheet:
    return facts_of(catalogue.by_path[path], catalogue)


def _none_of(read: frozenset[str], touched: frozenset[str] | None) -> bool:
    """Tell whether nothing that was read was touched."""
    if not touched:
        return True
    return WHOLE not in touched and WHOLE not in read and not read & touched


def _folder(path: str) -> str:
    return "/".join(path.split("/")[: 2 if path.startswith("d/") else 1])


def _by_folder(paths: Iterable[str]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[_folder(path)].append(path)
    return found
