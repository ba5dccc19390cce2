"""What the touch-screen finds guides by: names and aliases in pinyin, as a classic script that opens anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from generator.facts import Sheet
from generator.item import Item
from generator.render.pinyin import READINGS_A_CHARACTER, by_initial, initial, spelling

__all__ = ["READINGS_A_CHARACTER", "by_initial", "index_script", "initial", "spelling"]

SHOWN = ("name", "fee.amount", "place.where")
"""The facts that a result shows."""


def index_script(sheets: Iterable[Sheet]) -> bytes:
    """Return a script that assigns the guides to one global: pages from file:// cannot fetch data."""
    return b"window.kioskIndex=" + orjson.dumps([_entry(sheet) for sheet in sheets]) + b";\n"


def _entry(sheet: Sheet) -> dict[str, Any]:
    item: Item = sheet.item
    facts = {path: sheet.facts[path] for path in SHOWN}
    aliases = list(dict.fromkeys(item.terms()))
    return {
        "path": item.path,
        "id": item.id,
        "facts": {path: {"value": fact.value, "text": fact.text} for path, fact in facts.items()},
        "spelling": spelling(item.name),
        "aliases": [[alias, spelling(alias)] for alias in aliases],
        "windows": list(getattr(item, "windows", ())),
    }
