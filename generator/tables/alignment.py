"""Which entry of a new list goes on which entry of the old one, so that what stays is left alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from generator.item import Part


def identity(value: Any) -> str:
    """Return a text that two values share if and only if they are the same, types included."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def align(old: Sequence[Any], new: Sequence[Any], part: type[Part] | None = None) -> list[int | None]:
    """Return for each new entry the index of the old one that it continues, None for one that is added."""
    if not old or not new:
        return [None] * len(new)
    before, after = [identity(value) for value in old], [identity(value) for value in new]
    found: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.update(zip(range(j, j_end), range(i, i_end), strict=True))
        elif tag == "replace":
            gaps.append((range(i, i_end), range(j, j_end)))
    _pair(found, before, after)
    if part and part.entry_key:
        _pair(found, [_key(value, part) for value in old], [_key(value, part) for value in new])
    for olds, news in gaps:
        _pair_gap(found, old, new, olds, news)
    return [found.get(j) for j in range(len(new))]


def _pair(found: dict[int, int], before: Sequence[str], after: Sequence[str]) -> None:
    """Pair what is left over and says the same, wherever it stands."""
    taken = set(found.values())
    left: dict[str, list[int]] = {}
    for i, text in enumerate(before):
        if i not in taken and text:
            left.setdefault(text, []).append(i)
    for j, text in enumerate(after):
        if j not in found and left.get(text):
            found[j] = left[text].pop(0)


def _key(value: Any, part: type[Part]) -> str:
    """Return what names an entry among its neighbours, empty where it has no name."""
    if not isinstance(value, Mapping) or not all(value.get(name) for name in part.entry_key):
        return ""
    return identity([value[name] for name in part.entry_key])


def _pair_gap(found: dict[int, int], old: Sequence[Any], new: Sequence[Any], olds: range, news: range) -> None:
    """Pair what is left over between two pairs that stay: the most alike first, the rest in order."""
    taken = set(found.values())
    left, wanted = [i for i in olds if i not in taken], [j for j in news if j not in found]
    alike = [(_likeness(old[i], new[j]), -abs(i - j), i, j) for i in left for j in wanted]
    for likeness, _, i, j in sorted(alike, reverse=True):
        if likeness > 0 and i in left and j in wanted:
            found[j] = i
            left.remove(i)
            wanted.remove(j)
    found.update(zip(wanted, left, strict=False))


def _likeness(one: Any, other: Any) -> float:
    """Return the share of fields with the same value, or of the same characters."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        same = sum(identity(value) == identity(other.get(key)) for key, value in one.items())
        return same / max(len(one), len(other), 1)
    return SequenceMatcher(None, str(one), str(other)).quick_ratio()
