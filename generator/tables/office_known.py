"""What the site knows already, asked by the names that tables use; a near miss is shown, never taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from generator.catalogue import Catalogue
from generator.item import Item
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER, shown_path
from generator.kinds import all_kinds
from generator.normalise import exact_key, normalise
from generator.source import read_source
from generator.tables.office_bases import Document

Unfinished = tuple[str, Mapping[str, object], str]
"""Normalised name, values and path of a file that is no item yet."""
_NEAR = 78
_BRACKET = re.compile(r"^(.*?)[（(]([^（()）]*)[）)]$")


@dataclass(frozen=True, slots=True)
class Match:
    """The item that a name means, or those that are called nearly so."""

    item: Item | None = None
    near: tuple[str, ...] = ()

    @property
    def hint(self) -> str:
        """What to say where there is no item."""
        return f"，相近的有「{'」「'.join(self.near)}」，没有替您对上" if self.near else ""


@dataclass(frozen=True)
class Known:
    """The items of a site by their names."""

    catalogue: Catalogue
    _found: dict[tuple[str, str], Match] = field(default_factory=dict)
    _files: dict[Path, dict[str, list[Unfinished]]] = field(default_factory=dict)

    def named(self, kind: str, name: str) -> Match:
        """Return the item of a kind by its name or another of its names, brackets with a second name aside."""
        key = (kind, normalise(name))
        if key not in self._found:
            self._found[key] = self._named(kind, name)
        return self._found[key]

    def _named(self, kind: str, name: str) -> Match:
        names = self._names.get(kind, {})
        bracket = _BRACKET.match(name)
        for each in (name, *(bracket.groups() if bracket else ())):
            if len(found := names.get(normalise(each), {})) == 1:
                return Match(next(iter(found.values())))
        labels = {item.name for each in names.values() for item in each.values()}
        near = process.extract(name, sorted(labels), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2)
        return Match(near=tuple(label for label, _, _ in near))

    @cached_property
    def _names(self) -> dict[str, dict[str, dict[str, Item]]]:
        found: dict[str, dict[str, dict[str, Item]]] = {}
        for item in self.catalogue.items:
            names = found.setdefault(item.kind.name, {})
            for name in (item.name, *item.terms()):
                names.setdefault(normalise(name), {})[item.id] = item
        return found

    def document(self, document: Document) -> Match:
        """Return the policy that a document is, by its number or its whole title."""
        for policy in self._policies:
            if document.number and exact_key(document.number) == exact_key(str(getattr(policy, "number", "") or "-")):
                return Match(policy)
        titles = (document.title, f"中华人民共和国{document.title}") if document.title else ()
        for title in titles:
            if found := self._titles.get(normalise(title)):
                return Match(found)
        if not document.title:
            return Match()
        near = process.extract(document.title, list(self._labels), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2)
        return Match(near=tuple(label for label, _, _ in near))

    @cached_property
    def _policies(self) -> list[Item]:
        return self.catalogue.of_kind("policy")

    @cached_property
    def _titles(self) -> dict[str, Item]:
        return {normalise(policy.name): policy for policy in self._policies}

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple(policy.name for policy in self._policies)

    def existing(self, kind: str, name: str, **fields: object) -> Item | None:
        """Return the one item of a kind that has this very name, among several the one whose fields agree."""
        found = self._by_name.get((kind, normalise(name)), [])
        agreeing = [item for item in found if all(getattr(item, key, None) == value for key, value in fields.items())]
        return agreeing[0] if len(agreeing) == 1 else found[0] if len(found) == 1 and not fields else None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], list[Item]]:
        found: dict[tuple[str, str], list[Item]] = {}
        for item in self.catalogue.items:
            found.setdefault((item.kind.name, normalise(item.name)), []).append(item)
        return found

    def waiting(self, root: Path, kind: str, name: str, same: Iterable[tuple[str, str]]) -> str | None:
        """Return the file of an item of this name that is no item yet: a draft, or a file with errors."""
        for written, values, path in self._waiting(root).get(kind, ()):
            if written == normalise(name) and all(values.get(key) == value for key, value in same):
                return path
        return None

    def _waiting(self, root: Path) -> Mapping[str, list[Unfinished]]:
        if root not in self._files:
            self._files[root] = {kind: list(self._unfinished(root, kind)) for kind, _ in self.catalogue.unread}
        return self._files[root]

    def _unfinished(self, root: Path, kind: str) -> Iterator[Unfinished]:
        folder = root / ITEMS_FOLDER / all_kinds()[kind].kind.plural
        for each, identifier in sorted(self.catalogue.unread):
            for file in folder.rglob(f"{identifier}{ITEM_SUFFIX}") if each == kind else ():
                path = shown_path(file, root)
                source, _ = read_source(file, path)
                if source:
                    yield normalise(str(source.values.get("name", ""))), source.values, path

    def ids(self, kind: str) -> Iterable[str]:
        """Return the ids that are taken, also by files that could not be read."""
        unread = (identifier for each, identifier in self.catalogue.unread if each == kind)
        return {*(item.id for item in self.catalogue.of_kind(kind)), *unread}
