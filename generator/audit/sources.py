"""The content files that findings come from, read only when a finding asks for a line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator.item_files import ITEM_SUFFIX, item_files, shown_path
from generator.kinds import all_kinds
from generator.source import Source, read_source

Sources = Callable[[str], Source | None]


def sources_of(root: Path) -> Sources:
    """Return what gives the source of an item by the item's path, None where there is none."""
    listed, _ = item_files(root, [model.kind.plural for model in all_kinds().values()])
    found = ((plural, file) for plural, files in listed.items() for file in files if file.suffix == ITEM_SUFFIX)
    by_path = {f"{plural}/{file.stem}": file for plural, file in found}

    @cache
    def source(path: str) -> Source | None:
        file = by_path.get(path)
        return read_source(file, shown_path(file, root))[0] if file else None

    return source
