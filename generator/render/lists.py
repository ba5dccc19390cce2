"""List pages of each kind, and a page for each value of its filters, so that filtering needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from generator.facts import Fact, Sheet
from generator.item import Item, Kind
from generator.kinds import all_kinds
from generator.notes import Notes
from generator.outputs import Output
from generator.render.site import Site
from generator.render.templates import has_template
from generator.render.unit import Unit
from generator.schema import spec_at
from generator.shell import Page
from generator.watched import Watched

ROWS_A_PAGE = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its label, the address of its list and how many items it has."""

    label: str
    address: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a kind with its values."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A list of items at an address; the label says what it is narrowed to, and is empty for the whole list."""

    label: str
    address: str
    sheets: Sequence[Sheet]


Groups = dict[str, list[Narrowed]]  # by the label of the filter


def list_units(site: Site) -> list[Unit]:
    """Return each list of every kind; a long kind has many lists."""
    units: list[Unit] = []
    for model in all_kinds().values():
        kind, notes = model.kind, Notes(by_kind=True)
        catalogue = Watched(site.catalogue, notes)
        items = sorted(catalogue.of_kind(kind.name), key=lambda item: _order(site, item))
        sheets = [catalogue.sheet(item) for item in items]
        groups = _groups(model, sheets)
        listed = [Narrowed("", kind.plural, sheets), *chain.from_iterable(groups.values())]
        for narrowed in listed:
            make = partial(_pages, kind=kind, listed=narrowed, groups=groups)
            units.append(Unit(f"lists/{narrowed.address}", make, notes=notes))
    return units


def _order(site: Site, item: Item) -> tuple[bool, int, str]:
    """Put what is in force before what is not, then by date where the kind asks for it, else by id."""
    dated = item.dated()
    age = -dated.toordinal() if dated and item.kind.latest_first else 0
    return (item.is_withdrawn(site.today), age, item.path)


def _groups(model: type[Item], sheets: Sequence[Sheet]) -> Groups:
    """Return for each filter the lists that it leads to, in the order of the code list where there is one."""
    found: Groups = {}
    for field, label in (model.kind.filters or {}).items():
        spec = spec_at(model, field.split("."))
        codes = spec.choices if spec and spec.choices else {}
        members: dict[str, list[Sheet]] = {}
        texts: dict[str, str] = {}
        for sheet in sheets:
            for fact in facts_at(sheet, field):
                members.setdefault(fact.value, []).append(sheet)
                texts[fact.value] = fact.text
        order = [value for value in (codes or sorted(members)) if value in members]
        prefix = f"{model.kind.plural}/by/{field.replace('_', '-')}"
        found[label] = [
            Narrowed(texts[value], f"{prefix}-{codes.get(value, value)}", members[value]) for value in order
        ]
    return found


def facts_at(sheet: Sheet, field: str) -> list[Fact]:
    """Return the facts of a field, one or, for a list, all of its entries."""
    if field in sheet.facts:
        return [sheet.facts[field]]
    found: list[Fact] = []
    while fact := sheet.facts.get(f"{field}.{len(found) + 1}"):
        found.append(fact)
    return found


def _filters(groups: Groups, here: str) -> list[Filter]:
    filters = []
    for label, narrowed in groups.items():
        choices = tuple(
            Choice(group.label, group.address, len(group.sheets), group.address == here) for group in narrowed
        )
        if choices:
            filters.append(Filter(label, choices))
    return filters


def _pages(site: Site, kind: Kind, listed: Narrowed, groups: Groups) -> Iterator[Output]:
    """Yield a list as pages of at most `ROWS_A_PAGE` rows."""
    address, narrowed, sheets = listed.address, listed.label, listed.sheets
    chunks = [sheets[start : start + ROWS_A_PAGE] for start in range(0, len(sheets), ROWS_A_PAGE)] or [[]]
    by = address if narrowed else f"{address}/by"
    addresses = [address] + [f"{by}/page-{number}" for number in range(2, len(chunks) + 1)]
    name = f"kinds/{kind.name}/list.html"
    template = name if has_template(site.theme, name) else "kinds/_default/list.html"
    title = f"{kind.label}：{narrowed}" if narrowed else kind.label
    for number, (chunk, here) in enumerate(zip(chunks, addresses, strict=True), 1):
        article = site.article(
            template,
            here,
            kind=kind,
            title=title,
            narrowed=narrowed,
            rows=chunk,
            total=len(sheets),
            columns=_columns(kind, chunk),
            filters=_filters(groups, address),
            number=number,
            addresses=addresses,
        )
        crumbs = ((kind.label, kind.plural),) if narrowed or number > 1 else ()
        tags = {
            "ColumnName": kind.label,
            "ColumnDescription": kind.about,
            "ColumnKeywords": kind.label,
            "ColumnType": kind.label,
        }
        page = Page(
            title=_page_title(title, listed, groups, number),
            description=kind.about,
            article=article,
            address=here,
            breadcrumbs=crumbs,
            tags=tags,
        )
        yield site.page(page, kind.plural, made_from=tuple(sheet.item.path for sheet in chunk))


def _page_title(title: str, listed: Narrowed, groups: Groups, number: int) -> str:
    """Return a title that no other page has: two filters may have values of the same name, and lists have pages."""
    here = listed.address
    by = next((label for label, narrowed in groups.items() if any(group.address == here for group in narrowed)), "")
    return title + (f"（{by}）" if by else "") + (f"第 {number} 页" if number > 1 else "")


def _columns(kind: Kind, sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    """Return path and label of each column, the label as the facts themselves say it."""
    columns = []
    for path in kind.brief:
        label = next((sheet.facts[path].label for sheet in sheets if path in sheet.facts), "")
        if label:
            columns.append((path, label))
    return columns
