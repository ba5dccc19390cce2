"""The texts of an item with their places, walked once for all rules about wording and privacy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from generator.checks.finding import PathInItem
from generator.fields import AS_TEXT
from generator.item import Item, Part
from generator.schema import FieldSpec, fields_of


class TextAt(NamedTuple):
    """One text: where it stands, its field, what is written, and whether readers see it."""

    path: PathInItem
    spec: FieldSpec
    text: str
    shown: bool

    def line(self, offset: int) -> str:
        """Say in which line of a Markdown body an offset lies; other texts are found by their place."""
        number = self.text.count("\n", 0, offset) + 1
        return f"正文第 {number} 行" if self.spec.is_markdown else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTexts:
    """All texts of an item, hidden ones too, and the same run together, for a quick look."""

    item: Item
    entries: tuple[TextAt, ...]
    whole: str
    public: frozenset[str] = frozenset()
    """Numbers and addresses that the district publishes on purpose, as `privacy.allowed_form` writes them."""

    def mentions(self, words: tuple[str, ...]) -> bool:
        """Tell whether any of the words stands anywhere in the item."""
        return any(word in self.whole for word in words)


def texts_of(item: Item, public: frozenset[str] = frozenset()) -> ItemTexts:
    """Return the texts of an item; labels of code lists and ids of other items are none."""
    found: list[TextAt] = []
    _collect(item, (), True, found)
    whole = "\n".join(entry.text for entry in found)
    return ItemTexts(item=item, entries=tuple(found), whole=whole, public=public)


def _collect(part: Part, path: PathInItem, shown: bool, found: list[TextAt]) -> None:
    for spec in _text_fields(type(part)):
        value = getattr(part, spec.attribute)
        if value is None:
            continue
        visible = shown and (spec.shown or spec.is_markdown)
        entries = enumerate(value) if spec.is_list else ((None, value),)
        for index, entry in entries:
            place = (*path, spec.key) if index is None else (*path, spec.key, index)
            if spec.part:
                _collect(entry, place, visible, found)
            else:
                found.append(TextAt(place, spec, entry, visible))


@cache
def _text_fields(part: type[Part]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(part) if (_text_fields(spec.part) if spec.part else _is_text(spec)))


def _is_text(spec: FieldSpec) -> bool:
    return spec.format is AS_TEXT and not spec.choices and not spec.refers
