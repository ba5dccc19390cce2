"""Canonical trees → raw values: what means the same keeps the writing that it has in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.item import Part
from generator.schema import FieldSpec, fields_of
from generator.tables.alignment import align
from generator.tables.values import Raw, Tree, raw_of

Path = tuple[str | int, ...]


def merged(part: type[Part], raw: Mapping[str, Raw], old: Tree, new: Tree) -> dict[str, Raw]:
    """Return a part's raw values with those replaced whose canonical value changed from the old tree to the new."""
    made: dict[str, Raw] = {}
    specs = {spec.key: spec for spec in fields_of(part)}
    for key in [*raw, *(key for key in specs if key not in raw)]:
        before, after = old.get(key), new.get(key)
        if before == after:
            if key in raw:
                made[key] = raw[key]
        elif after is not None:
            made[key] = _merged_field(specs[key], raw.get(key), before, after)
    return made


def _merged_field(spec: FieldSpec, raw: Raw, old: Any, new: Any) -> Raw:
    if not spec.is_list:
        if spec.part:
            return merged(spec.part, raw or {}, old or {}, new)
        return _padded(raw, raw_of(spec, new))
    raws, olds = list(raw or ()), list(old or ())
    found = []
    for index, entry in zip(align(olds, new, spec.part), new, strict=True):
        is_same = index is not None and olds[index] == entry
        if index is not None and is_same:
            found.append(raws[index])
        elif spec.part:
            raw_entry, old_entry = (raws[index], olds[index]) if index is not None else ({}, {})
            found.append(merged(spec.part, raw_entry, old_entry, entry))
        else:
            found.append(raw_of(spec, entry))
    return found


def _padded(raw: Raw, new: Raw) -> Raw:
    """Return a text with the blanks and line ends around it that the old one has."""
    if not isinstance(raw, str) or not isinstance(new, str):
        return new
    text = raw.strip()
    return raw.replace(text, new) if text and raw.count(text) == 1 else new


class Difference(NamedTuple):
    """One value that changes. `old_path` and `path` lead to it before and after; the path's own value may be new."""

    old_path: Path
    path: Path
    before: str
    after: str


MOVED = "次序"


def differences(part: type[Part], old: Tree, new: Tree, old_path: Path = (), path: Path = ()) -> Iterator[Difference]:
    """Yield every change from one tree to another, in the order of the model."""
    for spec in fields_of(part):
        before, after = old.get(spec.key), new.get(spec.key)
        if before == after:
            continue
        here = (*old_path, spec.key), (*path, spec.key)
        if spec.part and spec.is_list:
            yield from _of_list(spec.part, before or [], after or [], *here)
        elif spec.part:
            yield from differences(spec.part, before or {}, after or {}, *here)
        else:
            yield Difference(*here, _shown(before), _shown(after))


def _of_list(
    part: type[Part], old: Sequence[Tree], new: Sequence[Tree], old_path: Path, path: Path
) -> Iterator[Difference]:
    plan = align(old, new, part)
    for place in range(len(old)):
        if place not in plan:
            yield Difference((*old_path, place), (*path, place), summary(part, old[place]), "")
    for number, index in enumerate(plan):
        if index is None:
            yield Difference(old_path, (*path, number), "", summary(part, new[number]))
        else:
            yield from differences(part, old[index], new[number], (*old_path, index), (*path, number))
    kept = [index for index in plan if index is not None]
    if kept != sorted(kept):
        order = "、".join(str(index + 1) if index is not None else "新" for index in plan)
        yield Difference(old_path, path, "原来的次序", f"原第 {order} 条")


def summary(part: type[Part], tree: Tree) -> str:
    """Return the values of an entry in one line."""
    found = []
    for spec in fields_of(part):
        if (value := tree.get(spec.key)) is None:
            continue
        if spec.part:
            found += [summary(spec.part, entry) for entry in (value if spec.is_list else [value])]
        else:
            found.append(_shown(value))
    return "，".join(found)


def _shown(value: Any) -> str:
    return "" if value is None else "、".join(value) if isinstance(value, list) else str(value)
