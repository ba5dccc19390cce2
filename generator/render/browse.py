"""Where a guide stands when people browse: by life event, person or company, department, window, letter, code.

A way has shelves, a shelf has guides in force. Which pages show them is `browse_pages`' business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from generator import codelists
from generator.facts import Fact, Sheet
from generator.kinds.department import Department
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.render.pinyin import initial, spelling
from generator.render.site import Site


class Entry(NamedTuple):
    """A line on a shelf: what people read first, the guide's name or one of its aliases, and the guide."""

    fact: Fact
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Shelf:
    """A heading with the guides below it."""

    anchor: str
    label: str
    sheets: tuple[Sheet, ...]
    heading: tuple[Fact, ...] = ()
    """The facts that the heading shows in place of the label, where it names an item or a part of one."""
    path: str = ""
    """The item that the heading leads to."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of the shelf."""
        return tuple(Entry(sheet.tree.name, sheet) for sheet in self.sheets)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the names and aliases that begin with it."""

    anchor: str
    label: str
    entries: tuple[Entry, ...]
    heading: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One way to browse: by life event, audience, topic, department, window."""

    anchor: str
    label: str
    shelves: tuple[Shelf, ...]


def guides_in_force(site: Site) -> list[Guide]:
    """Return the guides by which something can be applied for today."""
    return [guide for guide in site.catalogue.all_of(Guide) if not guide.is_withdrawn(site.today)]


def browse_ways(site: Site) -> tuple[Way, ...]:
    """Return the five ways to browse by subject and place, each with its shelves; empty shelves are left out."""
    guides = guides_in_force(site)
    return (
        Way("events", "按生活事件", _shelves(site, guides, "event", codelists.LIFE_EVENTS, lambda one: one.events)),
        Way("persons", "个人办事", _shelves(site, guides, "person", codelists.PERSON_TOPICS, _person_topics)),
        Way("legal", "法人办事", _shelves(site, guides, "legal", codelists.LEGAL_TOPICS, _legal_topics)),
        Way("departments", "按部门", tuple(_department_shelves(site, guides))),
        Way("windows", "按窗口", tuple(_window_shelves(site, guides))),
    )


def _person_topics(guide: Guide) -> tuple[str, ...]:
    return guide.person_topics


def _legal_topics(guide: Guide) -> tuple[str, ...]:
    return guide.legal_topics


def _shelves(
    site: Site,
    guides: Iterable[Guide],
    prefix: str,
    codes: Mapping[str, str],
    labels_of: Callable[[Guide], tuple[str, ...]],
) -> tuple[Shelf, ...]:
    by_label: dict[str, list[Guide]] = {}
    for guide in guides:
        for label in labels_of(guide):
            by_label.setdefault(label, []).append(guide)
    return tuple(
        Shelf(f"{prefix}-{code}", label, tuple(site.sheets(by_label[label])))
        for label, code in codes.items()
        if label in by_label
    )


def _department_shelves(site: Site, guides: Iterable[Guide]) -> Iterator[Shelf]:
    by_department: dict[str, list[Guide]] = {}
    for guide in guides:
        by_department.setdefault(guide.department, []).append(guide)
    for department in site.catalogue.all_of(Department):
        if found := by_department.get(department.id):
            name = site.catalogue.sheet(department).facts["short_name"]
            sheets = tuple(site.sheets(found))
            yield Shelf(f"department-{department.id}", department.short_name, sheets, (name,), department.path)


def _window_shelves(site: Site, guides: Iterable[Guide]) -> Iterator[Shelf]:
    at_window: dict[tuple[str | None, str], list[Guide]] = {}
    for guide in guides:
        for no in guide.every_window:
            at_window.setdefault((guide.hall, no), []).append(guide)
    halls = site.catalogue.all_of(Hall)
    for hall in halls:
        facts = site.catalogue.sheet(hall).facts
        where = (facts["name"],) if len(halls) > 1 else ()
        for window in hall.windows:
            if found := at_window.get((hall.id, window.no)):
                label = f"{window.no} {window.name}"
                heading = (*where, facts[f"windows.{window.no}.no"], facts[f"windows.{window.no}.name"])
                anchor = f"window-{hall.id}-{window.no.lower()}"
                yield Shelf(anchor, label, tuple(site.sheets(found)), heading, hall.path)


def letters(site: Site) -> tuple[Letter, ...]:
    """Return the letters with the names and aliases that begin with them, in the order of the alphabet.

    Aliases stand in their own right: official names begin with 居民 or 个体工商户, and nobody looks there.
    """
    entries = [entry for guide in guides_in_force(site) for entry in _named(site.catalogue.sheet(guide))]
    ordered = sorted(entries, key=lambda entry: (initial(entry.fact.text), spelling(entry.fact.text), entry.fact.text))
    found = groupby(ordered, lambda entry: initial(entry.fact.text))
    return tuple(Letter(_letter_anchor(letter), _letter_label(letter), tuple(group)) for letter, group in found)


def _named(sheet: Sheet) -> Iterator[Entry]:
    yield Entry(sheet.tree.name, sheet)
    yield from (Entry(alias, sheet) for alias in sheet.tree.aliases if alias.text != sheet.item.name)


def _letter_anchor(letter: str) -> str:
    return {"0": "digits", "#": "others"}.get(letter, letter.lower())


def _letter_label(letter: str) -> str:
    return {"0": "数字", "#": "其他"}.get(letter, letter)


_PLAIN = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_WITHOUT_STEM = "其他编号"


def code_stems(site: Site) -> tuple[Shelf, ...]:
    """Return the guides in the order of their codes, on a shelf for each stem: MC-GA of MC-GA-0101."""
    ordered = sorted(guides_in_force(site), key=lambda guide: (_stem(guide), guide.codes.local))
    return tuple(
        Shelf(_stem_anchor(stem, number), stem, tuple(site.sheets(found)))
        for number, (stem, found) in enumerate(groupby(ordered, _stem), 1)
    )


def _stem(guide: Guide) -> str:
    return guide.codes.local.rpartition("-")[0].upper() or _WITHOUT_STEM


def _stem_anchor(stem: str, number: int) -> str:
    return f"code-{stem.lower()}" if _PLAIN.fullmatch(stem.lower()) else f"codes-{number}"
