"""All items, linked, as of a day; answers by kind, id and reference. Everything after reading asks here."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from generator.addresses import Ledger
from generator.district import District, Local, is_laid_over
from generator.drafts import Draft
from generator.facts import Sheet, facts_of
from generator.item import Item, turning_days
from generator.kinds import all_kinds
from generator.schema import Reference, references
from generator.source import Source
from generator.thesaurus import Thesaurus

SUBJECTS = ("events", "person_topics", "legal_topics")
"""The fields that tell what an item is about, what is nearest to people first."""
Subjects = tuple[frozenset[str], ...]
AnyItem = TypeVar("AnyItem", bound=Item)


@dataclass(frozen=True)
class Catalogue:
    """The items of a site as of a day. Without `slots`, for the cached properties."""

    items: tuple[Item, ...]
    today: date
    unread: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of files that could not be read: a reference to one is not dangling, its file has the problem."""
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    """What people say and what it means here."""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    """Drafts by their paths; those that are complete are among the items too, where drafts are shown."""
    shows_drafts: bool = False
    """Whether this is the preview's catalogue."""
    addresses: Ledger = field(default_factory=Ledger)
    """All addresses that were ever published, those included that lead elsewhere now."""
    local: tuple[Local, ...] = ()
    """What each district has, in the order of the districts."""
    _sheets: dict[str, Sheet] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def districts(self) -> tuple[DistrictCatalogue, ...]:
        """What each district sees: its own items, and behind them the city's."""
        return tuple(
            DistrictCatalogue(
                items=(own.district, *own.items),
                today=self.today,
                unread=self.unread,
                city=self,
                district=own.district,
                sources=own.sources,
            )
            for own in self.local
        )

    def of_district(self, identifier: str) -> DistrictCatalogue:
        """Return what a district sees, by the district's id."""
        return next(each for each in self.districts if each.district.id == identifier)

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """Items by `<plural>/<id>`."""
        return {item.path: item for item in self.items}

    @cached_property
    def turning_days(self) -> Mapping[str, frozenset[date]]:
        """The days on which what an item says changes by itself, by the item's path."""
        return {item.path: frozenset(turning_days(item)) for item in self.items}

    @cached_property
    def subjects(self) -> Mapping[str, Subjects]:
        """What each item is about by its path: values of the fields in `SUBJECTS`; without those that have none."""
        described = {name for name, model in all_kinds().items() if model.model_fields.keys() >= {*SUBJECTS}}
        items = (item for item in self.items if item.kind.name in described)
        return {item.path: tuple(frozenset(getattr(item, name)) for name in SUBJECTS) for item in items}

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Item]]:
        found: dict[str, list[Item]] = {name: [] for name in all_kinds()}
        for item in self.items:
            found.setdefault(item.kind.name, []).append(item)
        return found

    @cached_property
    def _by_kind_and_id(self) -> Mapping[tuple[str, str], Item]:
        return {(item.kind.name, item.id): item for item in self.items}

    @cached_property
    def links(self) -> Mapping[str, list[Reference]]:
        """The references that each item makes, by the item's path."""
        return {item.path: list(references(item)) for item in self.items}

    @cached_property
    def _backlinks(self) -> Mapping[tuple[str, str], list[Item]]:
        found: defaultdict[tuple[str, str], dict[str, Item]] = defaultdict(dict)
        for item in self.items:
            path = item.path
            for link in self.links[path]:
                found[link.kind, link.identifier][path] = item
        return {target: list(items.values()) for target, items in found.items()}

    def of_kind(self, kind: str) -> list[Item]:
        """Return the items of a kind in the order of their files."""
        return self._by_kind.get(kind, [])

    def all_of(self, model: type[AnyItem]) -> list[AnyItem]:
        """Return the items of a model, for code that needs its fields."""
        return [item for item in self.of_kind(model.kind.name) if isinstance(item, model)]

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        return self._by_kind_and_id.get((kind, identifier))

    def draft(self, kind: str, identifier: str) -> Draft | None:
        """Return the draft of a kind by its id."""
        return self.drafts.get(f"{all_kinds()[kind].kind.plural}/{identifier}")

    def lacks(self, kind: str) -> bool:
        """Tell whether an item of a kind could not be read, so that nobody can say what no item of the kind does."""
        return any(unread == kind for unread, _ in self.unread)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target."""
        linked = self._backlinks.get((target.kind.name, target.id), ())
        return [item for item in linked if item.kind.name == kind]

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item, made once."""
        found = self._sheets.get(item.path)
        if found is None:
            found = self._sheets[item.path] = facts_of(item, self)
        return found

    def keep_sheet(self, sheet: Sheet) -> None:
        """Take the facts of an item from elsewhere."""
        self._sheets[sheet.item.path] = sheet

    def in_districts(self, item: Item) -> list[tuple[Sheet, Sheet]]:
        """Return the sheet of each district that has an item too, with the sheet of the district's item."""
        found = ((each, each.own(item)) for each in self.districts)
        return [(each.sheet(each.district), each.sheet(own)) for each, own in found if own]

    def take_over(self, earlier: Catalogue) -> None:
        """Keep what an earlier catalogue found out about items that are the same: it depends on nothing else."""
        before = earlier.by_path
        same = {path for path, item in self.by_path.items() if before.get(path) is item}
        links = {path: earlier.links[path] for path in same}
        days = {path: earlier.turning_days[path] for path in same}
        for path, item in self.by_path.items():
            if path not in same:
                links[path], days[path] = list(references(item)), frozenset(turning_days(item))
        vars(self).update(links=links, turning_days=days)  # where `cached_property` looks first

    def as_of(self, day: date) -> Catalogue:
        """Return the same items as of another day."""
        return replace(self, today=day, _sheets={})


@dataclass(frozen=True, kw_only=True)
class DistrictCatalogue(Catalogue):
    """What a district sees: `items` are its own; whatever else is asked for is the city's."""

    city: Catalogue
    district: District
    sources: Mapping[str, Source]
    """Source of each of the items by its path."""

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        """Items by their paths, the district's own and the city's."""
        return ChainMap({item.path: item for item in self.items}, dict(self.city.by_path))

    def of_kind(self, kind: str) -> list[Item]:
        """Return the district's items of a kind; of kinds that no district has, the city's."""
        return super().of_kind(kind) if is_local(kind) else self.city.of_kind(kind)

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the district's item of a kind by its id, else the city's."""
        return super().find(kind, identifier) or self.city.find(kind, identifier)

    def own(self, item: Item) -> Item | None:
        """Return the district's item that is laid over one of the city's, or the item itself where it is the own."""
        return super().find(item.kind.name, item.id)

    @cached_property
    def turning_days(self) -> Mapping[str, frozenset[date]]:
        """The days on which what an item says changes by itself, by the item's path."""
        return ChainMap({item.path: frozenset(turning_days(item)) for item in self.items}, dict(self.city.turning_days))

    @cached_property
    def subjects(self) -> Mapping[str, Subjects]:
        """What each item is about, the district's own and the city's."""
        return ChainMap(dict(super().subjects), dict(self.city.subjects))

    def in_districts(self, item: Item) -> list[tuple[Sheet, Sheet]]:
        """Return what all districts have of an item."""
        return self.city.in_districts(item)

    def draft(self, kind: str, identifier: str) -> Draft | None:
        """Return the city's draft: districts have none."""
        return self.city.draft(kind, identifier)

    def lacks(self, kind: str) -> bool:
        """Tell whether an item of a kind could not be read."""
        return self.city.lacks(kind)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the district's items that refer to the target, and the city's where it is the city's, or laid over it.

        A bundle of the city names a guide, wherever that is handled; a fee names the city's department, not this one.
        """
        if not target.within:
            return super().referring(kind, target) if is_local(kind) else self.city.referring(kind, target)
        twin = None if is_local(kind) or not is_laid_over(type(target)) else self.city.find(target.kind.name, target.id)
        return self.city.referring(kind, twin) if twin else super().referring(kind, target)

    def sheet(self, item: Item) -> Sheet:
        """Return the facts of an item; those of the city's items are as the city says them."""
        return super().sheet(item) if item.within else self.city.sheet(item)


def is_local(kind: str) -> bool:
    """Tell whether districts have items of a kind."""
    model = all_kinds()[kind]
    return model.kind.of_districts or is_laid_over(model)


def catalogue_of(
    items: Iterable[Item],
    today: date,
    unread: Iterable[tuple[str, str]] = (),
    thesaurus: Thesaurus | None = None,
    drafts: Mapping[str, Draft] | None = None,
    *,
    shows_drafts: bool = False,
    addresses: Ledger | None = None,
    local: Iterable[Local] = (),
) -> Catalogue:
    """Link items into a catalogue as of a day."""
    return Catalogue(
        items=tuple(items),
        today=today,
        unread=frozenset(unread),
        thesaurus=thesaurus or Thesaurus(),
        drafts=drafts or {},
        shows_drafts=shows_drafts,
        addresses=addresses or Ledger(),
        local=tuple(local),
    )
