"""The texts of an item with their places, for rules about wording and privacy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator.checks.finding import PathInItem
from generator.item import Part
from generator.schema import FieldSpec, fields_of


class TextAt(NamedTuple):
    """One text: where it stands, its field, and what is written."""

    path: PathInItem
    spec: FieldSpec
    text: str


def texts_of(part: Part, *, hidden: bool = False, path: PathInItem = ()) -> Iterator[TextAt]:
    """Yield the texts that readers see, Markdown bodies included; with `hidden`, all texts of the file."""
    for spec in _text_fields(type(part), hidden):
        value = getattr(part, spec.attribute)
        if value is None:
            continue
        for index, entry in enumerate(value if spec.is_list else (value,)):
            place = (*path, spec.key, index) if spec.is_list else (*path, spec.key)
            if isinstance(entry, str):
                yield TextAt(place, spec, entry)
            elif isinstance(entry, Part):
                yield from texts_of(entry, hidden=hidden, path=place)


def line_of(entry: TextAt, offset: int) -> str:
    """Say in which line of a Markdown body an offset lies; other texts are found by their place."""
    return f"正文第 {entry.text.count(chr(10), 0, offset) + 1} 行" if entry.spec.is_markdown else ""


@cache
def _text_fields(part: type[Part], hidden: bool) -> tuple[FieldSpec, ...]:
    return tuple(
        spec
        for spec in fields_of(part)
        if (hidden or spec.shown or spec.is_markdown) and not spec.choices and not spec.refers and _may_hold(spec, hidden)
    )


def _may_hold(spec: FieldSpec, hidden: bool) -> bool:
    return bool(_text_fields(spec.part, hidden)) if spec.part else True
