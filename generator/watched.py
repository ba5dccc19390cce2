"""A catalogue that notes what it is asked: what somebody made from its answers depends on these and on nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from generator.catalogue import Catalogue, DistrictCatalogue, is_local
from generator.facts import Sheet
from generator.item import Item
from generator.kinds import all_kinds

Value = TypeVar("Value")
ITEM, KIND, REFERRING, ALL = "item", "kind", "referring", "all"
DISTRICTS, DISTRICT, OWN = "districts", "district", "own"
"""What all districts have of an item; all that one has; what one has in the place of the city's item."""


class Query(NamedTuple):
    """What was asked: for one item by its path, those of a kind, those that refer to one, the districts', or more."""

    sort: str
    of: str = ""
    path: str = ""


class _Noting(Catalogue):
    """What catalogues that are asked item by item note alike."""

    asked: set[Query]

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """Items by their paths."""
        return _Noted(self._known.by_path, self)

    @cached_property
    def turning_days(self) -> Mapping[str, Any]:
        """The days on which what an item says changes by itself, by the item's path."""
        return _Noted(self._known.turning_days, self)

    @cached_property
    def links(self) -> Mapping[str, Any]:
        """The references that each item makes, by the item's path."""
        return _Noted(self._known.links, self)

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item, made once."""
        self.asked.add(Query(ITEM, path=item.path))
        return self._known.sheet(item)

    @property
    def _known(self) -> Catalogue:
        known: Catalogue = self.__dict__["_known"]
        return known


class Watched(_Noting):
    """A catalogue with a note of each query. Whatever has no note of its own counts as asking for everything."""

    def __init__(self, known: Catalogue) -> None:
        # Drafts are looked up by path like items, and noted: see below.
        own = (one.name for one in fields(Catalogue) if one.name != "drafts")
        self.__dict__.update({name: getattr(known, name) for name in own})
        self.__dict__["_known"] = known
        self.__dict__["asked"] = set()

    def __getattribute__(self, name: str) -> Any:
        if name in _WHOLE:
            object.__getattribute__(self, "asked").add(Query(ALL))
        return object.__getattribute__(self, name)

    @cached_property
    def drafts(self) -> Mapping[str, Any]:
        """Drafts by their paths."""
        return _Noted(self._known.drafts, self)

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of a kind in the order of their files."""
        self.asked.add(Query(KIND, kind))
        return self._known.of_kind(kind)

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        self.asked.add(Query(ITEM, path=f"{all_kinds()[kind].kind.plural}/{identifier}"))
        return self._known.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target."""
        self.asked.add(Query(REFERRING, kind, target.path))
        return self._known.referring(kind, target)

    def in_districts(self, item: Item) -> list[tuple[Sheet, Sheet]]:
        """Return the sheet of each district that has an item too, with the sheet of the district's item."""
        if self._known.local:  # whether there are any is known to all that is kept: see `reuse.key_of`
            self.asked.add(Query(DISTRICTS, path=item.path))
        return self._known.in_districts(item)

    @cached_property
    def districts(self) -> tuple[DistrictCatalogue, ...]:
        """What each district sees, no longer watched."""
        return self._known.districts

    def of_district(self, identifier: str) -> DistrictCatalogue:
        """Return what a district sees, watched here."""
        return WatchedDistrict(self._known.of_district(identifier), self)

    def as_of(self, day: date) -> Catalogue:
        """Return the same items as of another day, which are no longer watched."""
        self.asked.add(Query(ALL))
        return self._known.as_of(day)


class WatchedDistrict(_Noting, DistrictCatalogue):
    """What a district sees, with a note of each query in the catalogue of its city."""

    def __init__(self, known: DistrictCatalogue, city: Watched) -> None:
        self.__dict__.update({one.name: getattr(known, one.name) for one in fields(DistrictCatalogue)})
        self.__dict__.update(city=city, _known=known, asked=city.asked)

    def of_kind(self, kind: str) -> list[Item]:
        """Return the district's items of a kind; of kinds that no district has, the city's."""
        self.asked.add(Query(DISTRICT, self.district.id) if is_local(kind) else Query(KIND, kind))
        return self._known.of_kind(kind)

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the district's item of a kind by its id, else the city's."""
        path = f"{all_kinds()[kind].kind.plural}/{identifier}"
        self.asked.update((Query(OWN, self.district.id, path), Query(ITEM, path=path)))
        return self._known.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the district's items that refer to the target, and the city's where it is the city's, or laid over."""
        of_city = Query(REFERRING, kind, f"{target.kind.plural}/{target.id}")
        self.asked.update((Query(DISTRICT, self.district.id), of_city) if is_local(kind) else (of_city,))
        return self._known.referring(kind, target)

    @property
    def _known(self) -> DistrictCatalogue:
        known: DistrictCatalogue = self.__dict__["_known"]
        return known


_WHOLE = frozenset({"items", "draft", "lacks", "thesaurus", "unread", "_by_kind", "_by_kind_and_id"})
_WHOLE |= {"_backlinks", "_sheets", "addresses", "local", "districts"}


class _Noted(Mapping[str, Value]):
    """A mapping by items' paths, of which each look at an entry is noted."""

    def __init__(self, known: Mapping[str, Value], watched: _Noting) -> None:
        self._known, self._watched = known, watched

    def __getitem__(self, path: str) -> Value:
        self._watched.asked.add(Query(ITEM, path=path))
        return self._known[path]

    def __iter__(self) -> Iterator[str]:
        self._watched.asked.add(Query(ALL))
        return iter(self._known)

    def __len__(self) -> int:
        self._watched.asked.add(Query(ALL))
        return len(self._known)


class Answers:
    """What a catalogue answers to queries, in a few bytes each: the same bytes, the same answer."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._said: dict[str, bytes] = {}
        self._districts = {each.district.id: each for each in catalogue.districts}
        self._known: dict[Query, bytes] = {}

    def to(self, query: Query) -> bytes:
        """Return the digest of the answer to a query."""
        if query not in self._known:
            self._known[query] = self._found(query)
        return self._known[query]

    def to_all(self, queries: Iterable[Query]) -> bytes:
        """Return one digest of the answers to some queries."""
        return _digest(b"".join(map(self.to, queries)))

    def prepare(self) -> None:
        """Find out what every item says at once, before processes that ask for it are started."""
        for item in self._items():
            self._item(item)

    def _found(self, query: Query) -> bytes:
        match query.sort:
            case "item":
                item = self._by_path(query.path)
                return self._item(item) if item else b"-"
            case "own":
                item = self._by_path(f"d/{query.of}/{query.path}")
                return self._item(item) if item else b"-"
            case "district":
                found = self._districts.get(query.of)
                return self._all(found.items) if found else b"-"
            case "kind":
                return self._all(self._catalogue.of_kind(query.of))
            case "referring":
                target = self._catalogue.by_path.get(query.path)
                return self._all(self._catalogue.referring(query.of, target)) if target else b"-"
            case "districts":
                item = self._catalogue.by_path.get(query.path)
                told = self._catalogue.in_districts(item) if item else []
                return _digest("".join(each.item.path + each.fingerprint for both in told for each in both).encode())
        around = repr((self._catalogue.thesaurus, self._catalogue.addresses, sorted(self._catalogue.unread)))
        return _digest(self._all(self._items()) + around.encode())

    def _items(self) -> Iterable[Item]:
        """Return all items, the city's and the districts'."""
        return chain(self._catalogue.items, *(each.items for each in self._catalogue.districts))

    def _of(self, path: str) -> Catalogue:
        """Return the catalogue in which an item stands: its district's or the city's."""
        district = self._districts.get(path.split("/")[1]) if path.startswith("d/") else None
        return district or self._catalogue

    def _by_path(self, path: str) -> Item | None:
        return self._of(path).by_path.get(path)

    def _all(self, items: Iterable[Item]) -> bytes:
        return _digest(b"".join(self._item(item) for item in items))

    def _item(self, item: Item) -> bytes:
        """Return the digest of all that an item says: its own fields, and its facts, which others have a part in."""
        if item.path not in self._said:
            sheet = self._of(item.path).sheet(item)
            written = item.__pydantic_serializer__.to_json(item)
            draft = b"draft" if item.path in self._catalogue.drafts else b""
            around = (part for fact in sheet.facts.values() for part in fact[3:])  # labels and targets
            said = "\0".join([item.path, sheet.fingerprint, *around])
            self._said[item.path] = _digest(b"\0".join([said.encode(), written, draft]))
        return self._said[item.path]


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
