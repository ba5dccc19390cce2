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
_SAME_NUMBER = 50
"""Titles that share a number may be cut short, but not be about something else."""
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
        """Return the policy that a document is: by its whole title, or by a number that no other document can have."""
        for title in (document.title, f"中华人民共和国{document.title}") if document.title else ():
            if found := self._titles.get(normalise(title)):
                return Match(found)
        numbered = self._numbers.get(exact_key(document.number), []) if document.number else []
        # 主席令 are counted anew with every president; so are many others, unless the year stands in the number.
        is_telling = "〔" in document.number or document.number.startswith("国务院令")
        if len(numbered) == 1 and is_telling:
            if not document.title or fuzz.ratio(document.title, numbered[0].name) >= _SAME_NUMBER:
                return Match(numbered[0])
            return Match(near=(numbered[0].name,))
        if not document.title:
            return Match(near=tuple(policy.name for policy in numbered[:2]))
        near = process.extract(document.title, list(self._labels), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2)
        return Match(near=tuple(label for label, _, _ in near))

    @cached_property
    def _numbers(self) -> dict[str, list[Item]]:
        found: dict[str, list[Item]] = {}
        for policy in self._policies:
            if number := getattr(policy, "number", None):
                found.setdefault(exact_key(number), []).append(policy)
        return found

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
            self._files[root] = {kind: list(self._unfinished(root, kind)) for kind in all_kinds()}
        return self._files[root]

    def _unfinished(self, root: Path, kind: str) -> Iterator[Unfinished]:
        for draft in self.catalogue.drafts.values():
            if draft.sketch.kind.name == kind:
                yield normalise(draft.name), draft.source.values, draft.source.path
        folder = root / ITEMS_FOLDER / all_kinds()[kind].kind.plural
        for each, identifier in sorted(self.catalogue.unread):
            for file in folder.rglob(f"{identifier}{ITEM_SUFFIX}") if each == kind else ():
                path = shown_path(file, root)
                source, _ = read_source(file, path)
                if source:
                    yield normalise(str(source.values.get("name", ""))), source.values, path

    def ids(self, kind: str) -> Iterable[str]:
        """Return the ids that are taken, also by drafts and by files that could not be read."""
        unread = (identifier for each, identifier in self.catalogue.unread if each == kind)
        drafts = (draft.sketch.id for draft in self.catalogue.drafts.values() if draft.sketch.kind.name == kind)
        return {*(item.id for item in self.catalogue.of_kind(kind)), *drafts, *unread}
