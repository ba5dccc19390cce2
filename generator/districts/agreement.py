"""同一事项、同一标准: in which elements the districts say what the city says, counted, and where they do not.

An element is a field of an item as the list of elements names it: a time limit, the materials, the conditions. What
each place has of its own (window, address, phone) is counted apart. An element that neither says is not counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from generator.catalogue import Catalogue, DistrictCatalogue
from generator.district import is_laid_over
from generator.districts.differing import FREE, Differing, differing
from generator.facts import Difference, Group, Sheet, difference
from generator.fields import LOCAL, SHORTER
from generator.item import Item, Part
from generator.schema import FieldSpec, fields_of


class Element(NamedTuple):
    """What is compared: a field, by its path, with its label."""

    path: tuple[str, ...]
    label: str
    is_local: bool


class Count(NamedTuple):
    """How many items of districts were compared in an element, and how many of them say the same."""

    element: Element
    compared: int
    same: int


class Deviating(NamedTuple):
    """An element in which an item of a district differs: the facts, and why; no reason where none is needed."""

    element: Element
    facts: tuple[Difference, ...]
    reason: Group | None
    is_shorter: bool


class Row(NamedTuple):
    """An item of the city that differs somewhere, and in what, for each district in their order; None: not handled."""

    sheet: Sheet
    cells: tuple[tuple[Deviating, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the districts agree with the city."""

    compared: int
    """How many items of districts there are."""
    standard: tuple[Count, ...]
    """The elements that are to be the same everywhere."""
    local: tuple[Count, ...]
    rows: tuple[Row, ...]

    @property
    def elements(self) -> int:
        """How many elements were compared, of all items together."""
        return sum(count.compared for count in self.standard)

    @property
    def same(self) -> int:
        """How many of them say the same."""
        return sum(count.same for count in self.standard)


@cache
def elements_of(model: type[Item]) -> tuple[Element, ...]:
    """Return what is compared of a kind."""
    skipped = FREE | model.bookkeeping
    return tuple(each for spec in fields_of(model) if spec.key not in skipped for each in _elements(spec, (), ""))


def _elements(spec: FieldSpec, path: tuple[str, ...], outer: str) -> Iterator[Element]:
    here, label = (*path, spec.key), f"{outer}{spec.label}"
    if spec.part is None or spec.is_list or spec.local or spec.part.headline_fields:
        yield Element(here, label, spec.local == LOCAL)
        return
    for inner in fields_of(spec.part):
        yield from _elements(inner, here, "")


def agreement_of(city: Catalogue) -> Agreement:
    """Return how far the districts agree with the city."""
    compared, differ = Counter[Element](), Counter[Element]()
    cells: defaultdict[str, dict[int, tuple[Deviating, ...]]] = defaultdict(dict)
    total = 0
    for number, district in enumerate(city.districts):
        for item in district.items:
            twin = city.find(item.kind.name, item.id) if is_laid_over(type(item)) else None
            if twin is None:
                continue
            total += 1
            found = _by_element(twin, item)
            differ.update(found.keys())
            compared.update(element for element in elements_of(type(item)) if element in found or _says(twin, element))
            cells[twin.path][number] = tuple(_deviating(found, district, twin, item))
    elements = sorted(compared, key=lambda element: differ[element] == 0)
    counts = [Count(element, compared[element], compared[element] - differ[element]) for element in elements]
    return Agreement(
        total,
        tuple(count for count in counts if not count.element.is_local),
        tuple(count for count in counts if count.element.is_local),
        tuple(_rows(city, cells)),
    )


def _rows(city: Catalogue, cells: defaultdict[str, dict[int, tuple[Deviating, ...]]]) -> Iterator[Row]:
    numbers = range(len(city.districts))
    for path in sorted(cells):
        if any(cells[path].values()):
            yield Row(city.sheet(city.by_path[path]), tuple(cells[path].get(number) for number in numbers))


def _by_element(city: Item, own: Item) -> dict[Element, list[Differing]]:
    """Return the fields that differ by their elements; an own window in a list of cases is no other standard."""
    found: dict[Element, list[Differing]] = {}
    elements = {element.path: element for element in elements_of(type(city))}
    for each in differing(city, own):
        steps = tuple(step for step in each.path if isinstance(step, str))
        ends = range(1, len(steps) + 1)
        element = next(elements[steps[:end]] for end in ends if steps[:end] in elements)
        if element.is_local or each.mark != LOCAL:
            found.setdefault(element, []).append(each)
    return found


def _says(item: Item, element: Element) -> bool:
    value: object = item
    for step in element.path:
        value = getattr(value, step) if isinstance(value, Part) else None
    return value is not None and value != ()


def _deviating(
    found: dict[Element, list[Differing]], district: DistrictCatalogue, twin: Item, item: Item
) -> Iterator[Deviating]:
    standard = {element: fields for element, fields in found.items() if not element.is_local}
    if not standard:
        return
    facts = difference(district.city.sheet(twin).facts, district.sheet(item).facts)
    reasons = _reasons(district, item)
    for element, fields in standard.items():
        path = ".".join(element.path)
        told = tuple(each for each in facts if each.path == path or each.path.startswith(f"{path}."))
        reason = next((group for of, group in reasons if f"{path}.".startswith(f"{of}.")), None)
        is_shorter = all(each.mark == SHORTER and each.is_free for each in fields)
        yield Deviating(element, told, reason, is_shorter)


def _reasons(district: DistrictCatalogue, item: Item) -> list[tuple[str, Group]]:
    told = zip(district.district.differs, district.sheet(district.district).tree.differs, strict=True)
    return [(each.of, group) for each, group in told if each.guide == item.id]
