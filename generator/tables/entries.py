"""The items as their files have them: raw values, the Markdown body beside them, canonical trees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.item import Item
from generator.item_files import BODY_SUFFIX
from generator.kinds import all_kinds
from generator.reading import Read
from generator.schema import fields_of
from generator.source import Source
from generator.tables.values import Raw, Tree, digests, tree_of

BODY = "body"


@dataclass(frozen=True, eq=False)
class Entry:
    """One item and its files. Without `slots`, for the cached properties; each is itself and like no other."""

    model: type[Item]
    id: str
    source: Source
    body: str | None
    """The text of the Markdown file beside the item's, None where there is none."""

    @property
    def path(self) -> str:
        """The item's path: kind and id."""
        return f"{self.model.kind.plural}/{self.id}"

    @property
    def body_path(self) -> str:
        """The path of the Markdown file, whether it is there or not."""
        return str(Path(self.source.path).with_suffix(BODY_SUFFIX).as_posix())

    @property
    def values(self) -> Mapping[str, Raw]:
        """The item's raw values with its body."""
        return self.source.values if self.body is None else {**self.source.values, BODY: self.body}

    @cached_property
    def tree(self) -> Tree:
        """The item's canonical tree."""
        return tree_of(self.model, self.values)

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """A short hash of each field, by key."""
        return digests(self.tree)


def entries_of(read: Read, root: Path) -> dict[str, Entry]:
    """Return the items that were read, by their paths and in their order."""
    found = {}
    for item in read.items:
        source = read.sources[item.path]
        model = all_kinds()[item.kind.name]
        file = (root / source.path).with_suffix(BODY_SUFFIX)
        has_body = any(spec.is_markdown and spec.key == BODY for spec in fields_of(model)) and file.is_file()
        body = file.read_bytes().decode("utf-8") if has_body else None
        found[item.path] = Entry(model, item.id, source, body)
    return found
