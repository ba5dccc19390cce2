"""What verifying finds: a fact that an output says differently, and the comparing of single facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from generator.channels import REQUIRED, channel_of, in_district
from generator.facts import Fact, Sheet


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A fact that an output says differently, not at all, or although the source does not have it."""

    fact: str
    channel: str
    path: str
    expected: str
    found: str
    label: str = ""


Sheets = Mapping[str, Sheet]
"""The facts of every item, by the item's path."""
Counted = tuple[int, list[Difference]]
"""How many facts an output shows, and the differences among them."""


def compare_fact(
    key: str, value: str | None, text: str, channel: str, path: str, sheets: Sheets
) -> Iterable[Difference]:
    """Compare value and text under a key with the fact of that key."""
    item_path, _, inner = key.partition("#")
    sheet = sheets.get(item_path)
    fact: Fact | None = sheet.facts.get(inner) if sheet else None
    if fact is None:
        return [Difference(key, channel, path, "没有这条事实", text)]
    if value == fact.value and text == fact.text:
        return ()
    differences = []
    if (value or "") != fact.value:
        differences.append(Difference(key, channel, path, fact.value, value or "", fact.label))
    if text != fact.text and text.split() != fact.text.split():  # a browser shows runs of white space as one space
        differences.append(Difference(key, channel, path, fact.text, text, fact.label))
    return differences


def gone(wanted: Iterable[Fact], seen: Set[str], path: str) -> list[Difference]:
    """Return a difference for each wanted fact that was not seen."""
    channel = channel_of(path)
    missing = (fact for fact in wanted if fact.key not in seen)
    return [Difference(fact.key, channel, path, fact.text, "没有显示", fact.label) for fact in missing]


def required(path: str, seen: Set[str], sheets: Sheets) -> Iterator[Fact]:
    """Yield the facts that a medium of the hall has to show; what it names by the name's own fact it shows."""
    district, rest = in_district(path)
    for pattern, item, inner in REQUIRED:
        if match := pattern.fullmatch(rest):
            groups = ("", *match.groups())
            sheet = sheets.get(district + item.format(*groups))
            wanted = re.compile(inner.format(*groups))
            for key, fact in sheet.facts.items() if sheet else ():
                if wanted.fullmatch(key) and f"{fact.target}#name" not in seen:
                    yield fact


def damaged(path: str) -> Difference:
    """Return the difference of a data file that cannot be read."""
    return Difference(f"{path}#", channel_of(path), path, "完整的数据文件", "文件损坏，读不出来")
