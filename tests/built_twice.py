"""Two built sites compared file by file: which really differ, beyond the day until which they are right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import NamedTuple

# Made of git's history or of the names of all other files, and not of what items say.
NOT_OF_ITEMS = re.compile(r"api/v1/history/.*|sitemap\.xml|pagefind/.*|assets/.*")
_MARKS = re.compile(rb'data-fact="([^"]+)" data-value="([^"]*)">([^<]*)')
_DAY = re.compile(rb'"valid_until":"[^"]*"|data-valid-until="[^"]*"')


class Differing(NamedTuple):
    """Paths of the files that differ: those that show other facts, and all."""

    facts: Set[str]
    every: Set[str]


def differing(before: Mapping[str, bytes], after: Mapping[str, bytes], days: tuple[str, str]) -> Differing:
    """Compare two trees of bytes; `days` are the last valid days of both, which every page may show."""
    facts, every = set(), set()
    for path in before.keys() | after.keys():
        old, new = _plain(before.get(path, b""), days), _plain(after.get(path, b""), days)
        if NOT_OF_ITEMS.fullmatch(path) or ((path in before) == (path in after) and old == new):
            continue
        every.add(path)
        if path.endswith(".html") and set(_MARKS.findall(old)) != set(_MARKS.findall(new)):
            facts.add(path)
    return Differing(facts, every)


def _plain(data: bytes, days: tuple[str, str]) -> bytes:
    for day in days:
        year, month, number = day.split("-")
        data = data.replace(day.encode(), b"DAY").replace(f"{year}年{int(month)}月{int(number)}日".encode(), b"DAY")
    return _DAY.sub(b"", data)
