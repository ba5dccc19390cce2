"""Items → what the search engine in the browser scores: names, other names, exact keys, facts of answers, and cases.

Which facts these are goes by their paths, whatever the kind: what answers a question, what the kind's lists show, and
what the cases are called that have pages of their own below `cases/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.district import District
from generator.facts import Fact, Sheet
from generator.kinds import all_kinds
from generator.normalise import exact_key, normalise
from generator.render.lists import facts_at
from generator.seen import facts_under

ANSWERS = (
    "fee.amount",
    "time.promised",
    "visit.count",
    "place.where",
    "department",
    "place.hours.1.line",
    "consult.phone",
    "online.available",
    "bring.brief",
    "phone",
    "address",
)
_ANSWERS_ALSO = re.compile(r"rates\.[^.]+\.(condition|amount)|hours\.\d+|windows\.[^.]+\.name")
_KEYS = re.compile(r"codes\.\w+|number|index|credit_code|windows\.\d+|windows\.[^.]+\.no")
_CASE = re.compile(r"cases\.[^.]+\.label")
_WORDS = frozenset({"codes", "number", "index", "credit_code", "windows", "rates", "hours", "cases"})
"""With which paths begin that one of these describes."""
_ROW = re.compile(r"(?<=^rates\.)[^.]+|(?<=^windows\.)[^.]+")

FILTERS: Mapping[str, tuple[str, ...]] = {
    "部门": ("department",),
    "服务对象": ("targets",),
    "主题": ("person_topics", "legal_topics", "events", "theme", "area"),
}
"""Label of each filter → the fields whose texts are its values."""
PLACE = "地区"
"""The filter by the districts that handle an item."""
ONLINE, FREE = ("网办", "可网办"), ("收费", "免费")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the engine knows of an item."""

    path: str
    kind: int
    """The number of its kind."""
    name: str
    aliases: tuple[str, ...]
    keys: tuple[str, ...]
    facts: tuple[Fact, ...]
    values: tuple[tuple[str, str], ...]
    """Label and value of each filter that it answers to."""
    withdrawn: bool
    cases: tuple[Fact, ...] = ()
    """The labels of its cases; the value of each is the name of the case's page."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it is called."""
        return (self.name, *self.aliases)


def kind_names(with_districts: bool = False) -> list[tuple[str, str]]:
    """Return folder and label of every kind in their order, the districts' the last."""
    kinds = sorted((model.kind for model in all_kinds().values()), key=lambda kind: kind.order)
    last = [District.kind] if with_districts else []
    return [(kind.plural, kind.label) for kind in (*kinds, *last)]


def entries_of(
    sheets: Iterable[Sheet], withdrawn: frozenset[str], places: Mapping[str, Sequence[str]] | None = None
) -> list[Entry]:
    """Return the entries of items by kind, those in force before those that are withdrawn, then by address.

    `places` has the names of the districts that handle an item, by its path.
    """
    numbers, known = _kind_numbers(), places or {}
    ordered = in_order(sheets, withdrawn)
    return [_entry(each, numbers[each.item.kind.plural], withdrawn, known.get(each.item.path, ())) for each in ordered]


def in_order(sheets: Iterable[Sheet], withdrawn: frozenset[str]) -> list[Sheet]:
    """Return items in the order of their entries, so that an item's place here is the number of its entry."""
    numbers = _kind_numbers()

    def place(sheet: Sheet) -> tuple[int, bool, str]:
        item = sheet.item
        return numbers[item.kind.plural], item.path in withdrawn, item.path

    return sorted(sheets, key=place)


def _kind_numbers() -> dict[str, int]:
    return {plural: number for number, (plural, _) in enumerate(kind_names(with_districts=True))}


def _entry(sheet: Sheet, kind: int, withdrawn: frozenset[str], places: Sequence[str]) -> Entry:
    item, facts = sheet.item, [(fact.path, fact) for fact in facts_under(sheet, _WORDS)]
    keys = tuple(dict.fromkeys(fact.text for path, fact in facts if _is_key(path)))
    return Entry(
        path=item.path,
        kind=kind,
        name=item.name,
        aliases=_aliases(item.name, item.terms(), keys),
        keys=keys,
        facts=(*_brief(sheet), *(fact for path, fact in facts if _answers_also(path))),
        values=(*dict.fromkeys(_values(sheet)), *((PLACE, name) for name in places)),
        withdrawn=item.path in withdrawn,
        # What is withdrawn has no pages for its cases.
        cases=() if item.path in withdrawn else tuple(fact for path, fact in facts if _is_case(path)),
    )


def _aliases(name: str, terms: Iterable[str], keys: Iterable[str]) -> tuple[str, ...]:
    """Return other names, without keys and without what the name says already."""
    known, seen = normalise(name), {exact_key(key) for key in keys}
    found = []
    for term in terms:
        plain = normalise(term)
        if plain and plain not in known and not {plain, exact_key(term)} & seen:
            seen.add(plain)
            found.append(term)
    return tuple(found)


def _brief(sheet: Sheet) -> Iterator[Fact]:
    brief = (*ANSWERS, *sheet.item.kind.brief)
    yield from (sheet.facts[path] for path in dict.fromkeys(brief) if path in sheet.facts)


def _values(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for label, fields in FILTERS.items():
        yield from ((label, fact.text) for field in fields for fact in facts_at(sheet, field))
    facts = sheet.facts
    if (online := facts.get("online.available")) and online.value == "true":
        yield ONLINE
    if (fee := facts.get("fee.amount")) and fee.value == "0":
        yield FREE


# Paths are the same from item to item, and a site has a hundred facts an item.
@cache
def _is_key(path: str) -> bool:
    return _KEYS.fullmatch(path) is not None


@cache
def _answers_also(path: str) -> bool:
    return _ANSWERS_ALSO.fullmatch(path) is not None


@cache
def _is_case(path: str) -> bool:
    return _CASE.fullmatch(path) is not None


def label_key(path: str) -> str:
    """Return a fact's path with a star for the name of its row, so that rates and windows share one label."""
    return _ROW.sub("*", path)
