"""Where a district's item differs from the city's, leaf by leaf, and whether it may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from generator.fields import LOCAL, SHORTER
from generator.item import Item, Part
from generator.parts import Duration
from generator.schema import FieldSpec, fields_of

PathInItem = tuple[str | int, ...]
FREE = frozenset({"id", "accepted"})
"""What says nothing of the item: its file's name, and warnings that are let stand."""


class Differing(NamedTuple):
    """A field that differs: what a district may make of it, and what stands in the city's and in the district's."""

    path: PathInItem
    spec: FieldSpec
    mark: str
    before: Any
    after: Any

    @property
    def is_free(self) -> bool:
        """Tell whether a district may have this of its own, without a reason."""
        return self.mark == LOCAL or (self.mark == SHORTER and is_shorter(self.before, self.after))


def differing(city: Item, own: Item) -> Iterator[Differing]:
    """Yield each field in which two items of one kind differ, but for notes on when they were changed."""
    skipped = FREE | city.bookkeeping
    specs = [spec for spec in fields_of(type(city)) if spec.key not in skipped]
    yield from _differing(specs, city, own, (), "")


def _differing(specs: Iterable[FieldSpec], city: Part, own: Part, path: PathInItem, around: str) -> Iterator[Differing]:
    for spec in specs:
        before, after = getattr(city, spec.attribute), getattr(own, spec.attribute)
        if before is after or before == after:
            continue
        mark, here = spec.local or around, (*path, spec.key)
        found = Differing(here, spec, mark, before, after)
        if spec.part is None or spec.part.headline_fields or before is None or after is None:
            yield found
        elif not spec.is_list:
            yield from _differing(fields_of(spec.part), before, after, here, mark)
        elif len(before) != len(after):
            yield found
        else:
            inner = fields_of(spec.part)
            for number, (old, new) in enumerate(zip(before, after, strict=True)):
                yield from _differing(inner, old, new, (*here, number), mark)


def is_shorter(before: object, after: object) -> bool:
    """Tell whether a time is at most as long as another; what cannot be compared is not."""
    if not isinstance(before, Duration) or not isinstance(after, Duration):
        return False
    # A number of working days takes at least as many days of the calendar.
    comparable = before.unit == after.unit or before.unit == "工作日" or after.number == 0
    return comparable and after.number <= before.number


def in_words(value: object, spec: FieldSpec) -> str:
    """Return a value as a message quotes it."""
    if value is None or value == ():
        return "没有写"
    if isinstance(value, Part):
        said = value.headline()
        return f"「{said[1]}」" if said else "一组内容"
    if isinstance(value, tuple):
        plain = spec.format and len(value) <= 4
        return (
            f"「{'、'.join(spec.format.text(entry) for entry in value)}」"
            if plain and spec.format
            else f"{len(value)} 条"
        )
    return f"「{spec.format.text(value)}」" if spec.format else str(value)
