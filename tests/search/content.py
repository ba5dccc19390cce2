"""The content that all engines get: every item of the built site with all its texts, read from its JSON."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import NamedTuple


class Item(NamedTuple):
    """An item: `guides/id-card-loss`, its name, and what it says as (label, text)."""

    path: str
    name: str
    texts: tuple[tuple[str, str], ...]


def read_items(site: Path, source: Path) -> list[Item]:
    """Read the items of a built site, with the long texts that stand beside their YAML below `source`."""
    bodies = {(path.relative_to(source).parts[0], path.stem): path for path in source.rglob("*.md")}
    items = []
    for file in sorted((site / "api" / "v1").glob("*/*.json")):
        values = json.loads(file.read_text(encoding="utf-8"))
        if "facts" not in values or "path" not in values:
            continue
        facts = {key: (fact["label"], fact["text"]) for key, fact in values["facts"].items()}
        texts = [said for key, said in facts.items() if key != "name"]
        plural, _, stem = values["path"].partition("/")
        if body := bodies.get((plural, stem)):
            texts.append(("正文", body.read_text(encoding="utf-8")))
        items.append(Item(values["path"], facts["name"][1], tuple(texts)))
    return items


def article(item: Item) -> str:
    """Return the texts of an item as HTML, a paragraph each."""
    return "\n".join(f"<p>{escape(label)}：{escape(text)}</p>" for label, text in item.texts)
