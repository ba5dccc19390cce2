"""Where items stand in the content folder: the file of each, and the line of a place inside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from generator.item import Item
from generator.item_files import ITEM_SUFFIX, item_files, shown_path
from generator.kinds import all_kinds
from generator.problems import Place
from generator.source import Source, read_source


def files_of(root: Path) -> Mapping[str, str]:
    """Return the file of each item, relative to the root, by the item's path."""
    listed, _ = item_files(root, [model.kind.plural for model in all_kinds().values()])
    found = ((plural, file) for plural, files in listed.items() for file in files if file.suffix == ITEM_SUFFIX)
    return {f"{plural}/{file.stem}": shown_path(file, root) for plural, file in found}


def places_of(root: Path) -> Callable[[Item, tuple[str | int, ...]], Place]:
    """Return what tells where a place inside an item is; a file is read when it is first asked about."""
    files = files_of(root)

    @cache
    def source(path: str) -> Source | None:
        return read_source(root / files[path], files[path])[0] if path in files else None

    def place(item: Item, path: tuple[str | int, ...]) -> Place:
        found = source(item.path)
        return found.place(*path) if found else Place(path=files.get(item.path, item.path))

    return place
