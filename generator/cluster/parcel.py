"""A site as bytes that another machine can render it from, and the site made of such bytes.

Every item is packed by itself and unpacked when something asks for it: a machine that renders a hundredth of a province
makes the facts of that hundredth and of what it refers to, not of the whole.
"""

from __future__ import annotations

import hashlib
import pickle
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from generator.catalogue import Catalogue
from generator.cluster.errands import Reader
from generator.cluster.on_demand import InOrder, Made
from generator.cluster.pickling import dumps
from generator.facts import Sheet
from generator.history import History
from generator.item import Item, turning_days
from generator.kinds import all_kinds
from generator.render.site import Site
from generator.reuse import history_of_one
from generator.schema import Reference, references

BackLinks = Mapping[tuple[str, str], Sequence[str]]
_QUICK = 1  # the level of zlib: a little larger than the best, in a fifth of the time
_NOWHERE = Path("/nowhere/but/at/home")


class Parcel(NamedTuple):
    """A packed site: its bytes, and a name that another site does not have."""

    data: bytes
    fingerprint: str


class Opened(NamedTuple):
    """What comes out of a parcel."""

    site: Site
    own_history: Callable[[str], History]
    """What is known of the past of one item, by its path."""
    reader: Reader


class _Packed(NamedTuple):
    """What lies in a parcel."""

    site: Site
    """The site with a catalogue that has no items, and without the history of all."""
    items: Mapping[str, bytes]
    """Each item with its own history by its path, in the catalogue's order."""
    referring: BackLinks
    """The paths of the items that refer to an item, by that item's kind and id."""
    theme: Mapping[str, bytes]
    """The files of the theme by their paths in it."""
    shared: Sequence[bytes]
    """What several units have in common."""


@dataclass(frozen=True)
class _Untold:
    """The history of the whole site where there is none; whoever asks for it should have stayed at home."""

    complete: bool

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the history's {name} of the whole site is not on the machines of a cluster")


def pack(site: Site, shared: Sequence[bytes] = ()) -> Parcel:
    """Pack what it takes to render the site's items, and what its units have in common."""
    catalogue, history = site.catalogue, site.history
    bare = replace(catalogue, items=(), _sheets={}, drafts=catalogue.drafts if catalogue.shows_drafts else {})
    untold: Any = _Untold(history.complete)
    settings = replace(site.settings, root=_NOWHERE)

    def packed(item: Item) -> bytes:
        own = history_of_one(history, item.path)
        return zlib.compress(dumps((item, own.versions, own.since, own.of_item)), _QUICK)

    data = dumps(
        _Packed(
            replace(site, catalogue=bare, history=untold, theme=_NOWHERE, settings=settings),
            {item.path: packed(item) for item in catalogue.items},
            _referring(catalogue),
            _files(site.theme),
            shared,
        )
    )
    return Parcel(data, hashlib.sha256(data).hexdigest()[:16])


def unpack(data: bytes, lay_down: Callable[[Mapping[str, bytes]], Path]) -> Opened:
    """Return what is in a parcel; the theme's files are laid down by the caller, who says where."""
    packed: _Packed = pickle.loads(data)
    bare, complete = packed.site.catalogue, packed.site.history.complete
    unpacked = Made(packed.items, lambda path: pickle.loads(zlib.decompress(packed.items[path])))
    shelf: Mapping[str, Item] = Made(packed.items, lambda path: unpacked[path][0])
    catalogue = _Shelved(
        items=InOrder(shelf),  # type: ignore[arg-type]  # a tuple would hold them all
        today=bare.today,
        unread=bare.unread,
        thesaurus=bare.thesaurus,
        drafts=bare.drafts,
        shows_drafts=bare.shows_drafts,
        addresses=bare.addresses,
        local=bare.local,
        shelf=shelf,
        referring_paths=packed.referring,
    )

    def own_history(path: str) -> History:
        _, versions, since, of_item = unpacked[path]
        return History(complete, versions, since, (), of_item)

    site = replace(packed.site, catalogue=catalogue, theme=lay_down(packed.theme))
    return Opened(site, own_history, Reader(site, packed.shared))


def sheets_on_demand(catalogue: Catalogue) -> Mapping[str, Sheet]:
    """Return the facts of every item by the item's path, made when they are asked for."""
    return Made(catalogue.by_path, lambda path: catalogue.sheet(catalogue.by_path[path]))


def _referring(catalogue: Catalogue) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], dict[str, None]] = {}
    for path, links in catalogue.links.items():
        for link in links:
            found.setdefault((link.kind, link.identifier), {})[path] = None
    return {target: tuple(paths) for target, paths in found.items()}


def _files(theme: Path) -> dict[str, bytes]:
    files = (file for file in sorted(theme.rglob("*")) if file.is_file())
    return {file.relative_to(theme).as_posix(): file.read_bytes() for file in files}


@dataclass(frozen=True, kw_only=True)
class _Shelved(Catalogue):
    """A catalogue whose items are unpacked when they are asked for; it answers as the whole one does."""

    shelf: Mapping[str, Item]
    referring_paths: BackLinks

    @cached_property
    def by_path(self) -> Mapping[str, Item]:
        return self.shelf

    @cached_property
    def turning_days(self) -> Mapping[str, frozenset[date]]:
        return Made(self.shelf, lambda path: frozenset(turning_days(self.shelf[path])))

    @cached_property
    def links(self) -> Mapping[str, list[Reference]]:
        return Made(self.shelf, lambda path: list(references(self.shelf[path])))

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Item]]:
        plurals = {name: f"{model.kind.plural}/" for name, model in all_kinds().items()}
        return Made(plurals, lambda kind: [self.shelf[path] for path in self.shelf if path.startswith(plurals[kind])])

    @cached_property
    def _by_kind_and_id(self) -> Mapping[tuple[str, str], Item]:
        kinds = {model.kind.plural: name for name, model in all_kinds().items()}
        paths = {(kinds[path.split("/")[0]], path.split("/", 1)[1]): path for path in self.shelf}
        return Made(paths, lambda key: self.shelf[paths[key]])

    @cached_property
    def _backlinks(self) -> Mapping[tuple[str, str], list[Item]]:
        paths = self.referring_paths
        return Made(paths, lambda target: [self.shelf[path] for path in paths[target]])
