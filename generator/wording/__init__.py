"""Wording: wrong names, ended laws, empty answers, the usual slips. The rules are data files; here they are applied.

Most texts break no rule, so words without which a rule cannot be broken are looked for first, once for a whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from generator.problems import Severity
from generator.wording.tables import Group, Place, Rule, group, groups

__all__ = ["Group", "Slip", "group", "groups", "rules_for", "slips", "slips_of"]


class Slip(NamedTuple):
    """A wrong wording in a text: where it stands and what is said of it."""

    code: str
    start: int
    end: int
    message: str
    hint: str
    severity: Severity


@lru_cache(maxsize=16)
def rules_for(text: str) -> frozenset[tuple[str, int]]:
    """Return code and number of each rule that a text may break, by the words in it."""
    if not _any_word().search(text):
        return frozenset()
    return frozenset(key for word, keys in _by_word() if word in text for key in keys)


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in _by_word()))


@cache
def _by_word() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    found: dict[str, list[tuple[str, int]]] = {}
    for entry in groups():
        for number, rule in enumerate(entry.rules):
            for word in rule.words:
                found.setdefault(word, []).append((entry.code, number))
    return tuple((word, tuple(keys)) for word, keys in found.items())


def slips(text: str, place: Place, whole: str | None = None) -> Iterator[Slip]:
    """Yield what is worded wrongly in a text; `whole` is a longer text that it is part of, looked through once."""
    possible = rules_for(text if whole is None else whole)
    for entry in groups():
        if place in entry.applies and not entry.whole:
            for number, rule in enumerate(entry.rules):
                if (entry.code, number) in possible:
                    yield from slips_of(entry, rule, text)


def slips_of(entry: Group, rule: Rule, text: str) -> Iterator[Slip]:
    """Yield the places where a text breaks one rule."""
    for match in rule.regex.finditer(text):
        message = f"「{match[0]}」{entry.fault}"
        yield Slip(entry.code, match.start(), match.end(), message, entry.hint(rule), rule.severity)
