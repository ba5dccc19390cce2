"""A catalogue that notes what it is asked: what somebody made from its answers depends on these and on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from generator.catalogue import SUBJECTS, Catalogue, DistrictCatalogue, Subjects, is_local
from generator.facts import Sheet, facts_of
from generator.item import Item
from generator.kinds import all_kinds
from generator.notes import ADDRESSES, ALL, DISTRICT, DISTRICTS, DRAFT, KIND, THESAURUS, TWINS, UNREAD, Notes, Query
from generator.seen import ABOUT, DAYS, LINKS, about, as_it_is, is_seen, seen, seen_sheet

Value = TypeVar("Value")


class _Noting(Catalogue):
    """What catalogues that note their queries have in common; what they hand out notes what is read of it."""

    notes: Notes

    def _watch(self, known: Catalogue, notes: Notes) -> None:
        own = {one.name: getattr(known, one.name) for one in fields(known) if one.name not in _LOOKED_AT}
        self.__dict__.update(own, _known=known, notes=notes, _seen={}, _shown={})

    def __getattribute__(self, name: str) -> Any:
        if name in _LOOKED_AT:
            return _LOOKED_AT[name](self)
        if name in _WHOLE:
            object.__getattribute__(self, "notes").queries.add(Query(ALL))
        return object.__getattribute__(self, name)

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """Items by their paths."""
        return _Items(self._known.by_path, self)

    @cached_property
    def turning_days(self) -> Mapping[str, Any]:
        """The days on which what an item says changes by itself, by the item's path."""
        return _FoundOut(self._known.turning_days, self, DAYS)

    @cached_property
    def links(self) -> Mapping[str, Any]:
        """The references that each item makes, by the item's path."""
        return _FoundOut(self._known.links, self, LINKS)

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item; of one that comes from elsewhere, all may be read."""
        if not is_seen(item):
            self.notes.whole(item)
            found: Sheet = self._known.sheet(item)
            return found
        shown: dict[str, Sheet] = self.__dict__["_shown"]
        path = item.path
        if path not in shown:
            real = as_it_is(item)
            shown[path] = seen_sheet(self._known.sheet(real), item, self.notes.of(real))
        return shown[path]

    def in_districts(self, item: Item) -> list[tuple[Sheet, Sheet]]:
        """Return the sheet of each district that has an item too, with the sheet of the district's item."""
        real = as_it_is(item)
        found: list[tuple[Sheet, Sheet]] = self._known.in_districts(real)
        if self._has_districts:
            self.notes.queries.add(Query(TWINS, path=real.path))
        return found

    def seen(self, item: Item) -> Item:
        """Return an item that notes what is read of it, always the same."""
        known: dict[str, Item] = self.__dict__["_seen"]
        path = item.path
        if path not in known:
            known[path] = seen(item, self.notes.of(item))
        return known[path]

    @property
    def _known(self) -> Any:
        return self.__dict__["_known"]

    @property
    def _has_districts(self) -> bool:
        return bool(self._known.local)


class Watched(_Noting):
    """A catalogue with a note of each query. Whatever has no note of its own counts as asking for everything."""

    def __init__(self, known: Catalogue, notes: Notes | None = None) -> None:
        self._watch(known, notes or Notes())

    @property
    def asked(self) -> frozenset[Query]:
        """What it was asked until now."""
        return self.notes.asked

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of a kind in the order of their files."""
        self.notes.queries.add(Query(KIND, kind))
        return list(map(self.seen, self._known.of_kind(kind)))

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        found = self._known.find(kind, identifier)
        self.notes.looked_for(f"{all_kinds()[kind].kind.plural}/{identifier}", found)
        return self.seen(found) if found else None

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target."""
        self.notes.referred(kind, target)
        return list(map(self.seen, self._known.referring(kind, as_it_is(target))))

    def as_of(self, day: date) -> Catalogue:
        """Return the same items as of another day, watched here."""
        return _OnDay(self._known.as_of(day), self.notes)

    def of_district(self, identifier: str) -> DistrictCatalogue:
        """Return what a district sees, watched here."""
        return WatchedDistrict(self._known.of_district(identifier), self)


class _OnDay(Watched):
    """The catalogue as of another day. What an item says then follows from all its fields, and from what it asks."""

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item as of the day."""
        shown: dict[str, Sheet] = self.__dict__["_shown"]
        real = as_it_is(item)
        if real.path not in shown:
            self.notes.whole(real)
            shown[real.path] = facts_of(real, self)
        return shown[real.path]


class WatchedDistrict(_Noting, DistrictCatalogue):
    """What a district sees, with a note of each query in the catalogue of its city."""

    def __init__(self, known: DistrictCatalogue, city: Watched) -> None:
        self._watch(known, city.notes)
        self.__dict__["city"] = city

    @property
    def _identifier(self) -> str:
        identifier: str = self._known.district.id
        return identifier

    def of_kind(self, kind: str) -> list[Item]:
        """Return the district's items of a kind; of kinds that no district has, the city's."""
        if not is_local(kind):
            return self.city.of_kind(kind)
        self.notes.queries.add(Query(DISTRICT, self._identifier))
        return list(map(self.seen, self._known.of_kind(kind)))

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the district's item of a kind by its id, else the city's."""
        return self._own(kind, identifier) or self.city.find(kind, identifier)

    def own(self, item: Item) -> Item | None:
        """Return the district's item that is laid over one of the city's."""
        return self._own(item.kind.name, item.id)

    def _own(self, kind: str, identifier: str) -> Item | None:
        path = f"d/{self._identifier}/{all_kinds()[kind].kind.plural}/{identifier}"
        return self.by_path.get(path)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the district's items that refer to the target, and the city's where it is the city's, or laid over."""
        real = as_it_is(target)
        if is_local(kind):
            self.notes.queries.add(Query(DISTRICT, self._identifier, fields=about(LINKS)))
        else:
            laid_over = f"{real.kind.plural}/{real.id}"
            self.notes.looked_for(laid_over, None)
            self.notes.referred(kind, self._known.city.by_path.get(laid_over, real))
        return list(map(self.seen, self._known.referring(kind, real)))

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item; those of the city's items are as the city says them."""
        return super().sheet(item) if item.within else self.city.sheet(item)

    @property
    def _has_districts(self) -> bool:
        return True


def _all_items(watched: _Noting) -> tuple[Item, ...]:
    known = watched._known
    if isinstance(watched, WatchedDistrict):
        watched.notes.queries.add(Query(DISTRICT, known.district.id))
    else:
        watched.notes.queries.update(Query(KIND, kind) for kind in all_kinds())
    return tuple(map(watched.seen, known.items))


def _beside(name: str, sort: str) -> Callable[[_Noting], Any]:
    def looked_at(watched: _Noting) -> Any:
        watched.notes.queries.add(Query(sort))
        return getattr(watched._known, name)

    return looked_at


def _all_subjects(watched: _Noting) -> Mapping[str, Subjects]:
    # Hundreds are compared for a page: a note of each would take longer than the page.
    described = [name for name, model in all_kinds().items() if model.model_fields.keys() >= {*SUBJECTS}]
    watched.notes.queries.update(Query(KIND, kind, fields=about(ABOUT)) for kind in described)
    if isinstance(watched, WatchedDistrict):
        watched.notes.queries.add(Query(DISTRICT, watched._known.district.id, fields=about(ABOUT)))
    known: Mapping[str, Subjects] = watched._known.subjects
    return known


def _all_districts(watched: _Noting) -> tuple[DistrictCatalogue, ...]:
    assert isinstance(watched, Watched)
    if watched._has_districts:  # whether there are any is known to all that is kept: see `reuse.key_of`
        watched.notes.queries.add(Query(DISTRICTS))
    return tuple(WatchedDistrict(each, watched) for each in watched._known.districts)


_LOOKED_AT: Mapping[str, Callable[[Any], Any]] = {
    "items": _all_items,
    "drafts": lambda watched: _Drafts(watched._known.drafts, watched),
    "thesaurus": _beside("thesaurus", THESAURUS),
    "addresses": _beside("addresses", ADDRESSES),
    "unread": _beside("unread", UNREAD),
    "districts": _all_districts,
    "subjects": _all_subjects,
    "district": lambda watched: watched.seen(watched._known.district),
}
_WHOLE = frozenset({"local", "_by_kind", "_by_kind_and_id", "_backlinks", "_sheets"})


class _Looked(Mapping[str, Value]):
    """A mapping by items' paths, of which each look at an entry is noted."""

    def __init__(self, known: Mapping[str, Any], watched: _Noting) -> None:
        self._known, self._watched = known, watched

    def __iter__(self) -> Iterator[str]:
        self._watched.notes.queries.add(Query(ALL))
        return iter(self._known)

    def __len__(self) -> int:
        self._watched.notes.queries.add(Query(ALL))
        return len(self._known)


class _Items(_Looked[Item]):
    def __getitem__(self, path: str) -> Item:
        found = self._known.get(path)
        self._watched.notes.looked_for(path, found)
        if found is None:
            raise KeyError(path)
        return self._watched.seen(found)


class _FoundOut(_Looked[Any]):
    """What is found out about items."""

    def __init__(self, known: Mapping[str, Any], watched: _Noting, what: str) -> None:
        super().__init__(known, watched)
        self._what = about(what)

    def __getitem__(self, path: str) -> Any:
        item = self._watched._known.by_path.get(path)
        if item is None:
            self._watched.notes.looked_for(path, None)
            raise KeyError(path)
        self._watched.notes.of(item)(self._what)
        return self._known[path]


class _Drafts(_Looked[Any]):
    def __getitem__(self, path: str) -> Any:
        self._watched.notes.queries.add(Query(DRAFT, path=path))
        return self._known[path]
