"""What a page of a case has to list: exactly the materials and the steps of the case, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from generator.channels import in_district
from generator.facts import Fact

_PAGES = re.compile("(?:handouts/([^/]+)|(?:hall/[^/]+/kiosk/)?guides/([^/]+)/cases)/([^/]+)/index.html")
_LISTS = (("bring", "materials"), ("do", "steps"))


class Amiss(NamedTuple):
    """An entry of a guide's list that a page of a case lacks, or shows although it is not of the case."""

    key: str
    label: str
    is_missing: bool


def guide_of(path: str) -> str:
    """Return the path of the guide that a file shows a case of, empty for other files."""
    district, rest = in_district(path)
    match = _PAGES.fullmatch(rest)
    return f"{district}guides/{match[1] or match[2]}" if match else ""


def amiss(path: str, seen: Set[str], facts: Mapping[str, Fact]) -> Iterator[Amiss]:
    """Yield what a page of a case lists wrongly, given the keys that it shows and the facts of its guide."""
    match = _PAGES.fullmatch(in_district(path)[1])
    for said, name in _LISTS:
        whole = facts.get(f"cases.{match[3]}.{said}") if match else None
        if whole is None:  # a question on the way, or a case that leads elsewhere
            continue
        prefix = f"{whole.key.partition('#')[0]}#{name}."
        wanted = {f"{prefix}{entry}" for entry in whole.value.split(",") if entry}
        shown = {prefix + key.removeprefix(prefix).split(".")[0] for key in seen if key.startswith(prefix)}
        yield from (Amiss(key, whole.label, key in wanted) for key in sorted(wanted ^ shown))
