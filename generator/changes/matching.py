"""Which entry of a list became which: by key, by being equal, by name, and last by likeness. Order says nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from rapidfuzz.fuzz import ratio

from generator.item import Part
from generator.schema import fields_of

Entry = TypeVar("Entry")
LIKE = 50.0
"""From this likeness on, of 100, a text is another's new wording and no text of its own."""
MOST_COMPARED = 40_000
"""Pairs; in longer lists only equal entries are matched, because comparing all takes too long."""


class Matched(NamedTuple):
    """Pairs of numbers of an entry before and after; None where it was added or removed."""

    before: int | None
    after: int | None


def matched(before: Sequence[Entry], after: Sequence[Entry], text_of: Callable[[Entry], str]) -> list[Matched]:
    """Return which entry became which, in the order of the entries after, those removed last."""
    pairs: dict[int, int] = {}
    left = set(range(len(before)))
    for same in (repr, _key_of):
        _pair(before, after, same, pairs, left)
    if left and len(pairs) < len(after) and not _is_told_by_its_key(before[0]):
        _pair_alike([text_of(entry) for entry in before], [text_of(entry) for entry in after], pairs, left)
    kept = [Matched(pairs.get(number), number) for number in range(len(after))]
    return [*kept, *(Matched(number, None) for number in sorted(left))]


def _is_told_by_its_key(entry: object) -> bool:
    """Tell whether another key means another thing; the key of a dated state is its first day, which may be mended."""
    return isinstance(entry, Part) and bool(entry.entry_key) and not entry.state_fields


def _key_of(entry: object) -> Hashable:
    """Return what names an entry: its key, else its headline or its first field; None for plain values."""
    if not isinstance(entry, Part):
        return None
    if entry.entry_key:
        return tuple(str(getattr(entry, key)) for key in entry.entry_key)
    first = next(spec for spec in fields_of(type(entry)) if spec.shown)
    return str(entry.headline() or getattr(entry, first.attribute))


def _pair(
    before: Sequence[Entry],
    after: Sequence[Entry],
    name_of: Callable[[Entry], Hashable],
    pairs: dict[int, int],
    left: set[int],
) -> None:
    """Pair the entries that are left and have the same name."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in sorted(left, reverse=True):
        waiting[name_of(before[number])].append(number)
    for number, entry in enumerate(after):
        if number not in pairs and (name := name_of(entry)) is not None and waiting.get(name):
            pairs[number] = waiting[name].pop()
            left.discard(pairs[number])


def _pair_alike(before: Sequence[str], after: Sequence[str], pairs: dict[int, int], left: set[int]) -> None:
    """Pair the entries that are left by likeness, the likest first."""
    new = [number for number in range(len(after)) if number not in pairs]
    if len(left) * len(new) > MOST_COMPARED:
        return
    scores = ((ratio(before[old], after[number]), old, number) for old in left for number in new)
    for _, old, number in sorted((entry for entry in scores if entry[0] >= LIKE), key=lambda entry: (-entry[0], entry)):
        if old in left and number not in pairs:
            pairs[number] = old
            left.discard(old)


def likeness(before: Iterable[Hashable], after: Iterable[Hashable]) -> float:
    """Return the share of statements that two things have in common, from 0 to 1."""
    old, new = Counter(before), Counter(after)
    larger = max(old.total(), new.total())
    return (old & new).total() / larger if larger else 0.0
