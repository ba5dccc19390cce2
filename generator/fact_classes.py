"""What a fact is about: fee, time, material, condition, place, contact, process, or else the wording.

A model's field says it with `bears`; fields within a part and entries of a list have it from the field around them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from generator.item import Item, Part
from generator.schema import FieldSpec, fields_of

EDITORIAL = "editorial"
CLASSES: Mapping[str, str] = {
    "fee": "收费",
    "time": "时限",
    "material": "材料",
    "condition": "条件",
    "place": "地点和时间",
    "contact": "联系方式",
    "process": "办理过程",
    EDITORIAL: "文字和其他",
}
"""The Chinese name of each class, the weightiest first; all but the last are substantive."""


def is_substantive(name: str) -> bool:
    """Tell whether a change of a fact of this class changes what somebody has to pay, bring, do or where to go."""
    return name != EDITORIAL


@cache
def class_of(model: type[Item], path: str) -> str:
    """Return the class of the fact at a path below an item of a kind, derived facts included: `fee.amount` → fee."""
    segments = path.replace("[]", "").split(".")
    part: type[Part] | None = model
    found, at = "", 0
    while part is not None and at < len(segments):
        spec = next((entry for entry in fields_of(part) if entry.key == segments[at]), None)
        if spec is None:
            break
        found = spec.bears or found
        part = spec.part
        at += 2 if spec.is_list else 1  # the entry's key or number is no field
    if at < len(segments):  # a derived statement, in a group of its own or within a part
        named = (model.derived_bears[word] for word in reversed(segments[at:]) if word in model.derived_bears)
        return next(named, "") or found or EDITORIAL
    return found or EDITORIAL


def classed_fields(model: type[Part], around: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """Yield path and class of every field of a kind that gives facts; an entry of a list is written `[]`."""
    for spec in fields_of(model):
        if spec.shown:
            yield from _classed(spec, spec.bears or around, f"{path}.{spec.key}".lstrip("."))


def _classed(spec: FieldSpec, name: str, path: str) -> Iterator[tuple[str, str]]:
    place = f"{path}[]" if spec.is_list else path
    if spec.part:
        yield from classed_fields(spec.part, name, place)
    else:
        yield place, name or EDITORIAL
