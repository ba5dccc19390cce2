"""Districts: a page for each, its guides, halls and departments below it, and how far all agree with the city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import orjson

from generator.catalogue import DistrictCatalogue
from generator.district import is_laid_over
from generator.districts.agreement import Agreement, Deviating, Element, Row, agreement_of
from generator.facts import Fact, Sheet
from generator.item import Item
from generator.outputs import Output
from generator.render.data import API, item_data
from generator.render.items import item_page
from generator.render.site import DISTRICTS, Site
from generator.render.unit import Unit
from generator.schema import label_at
from generator.shell import Page

TITLE, ADDRESS = DISTRICTS
ABOUT = "在哪个地方办，各地与统一的标准有没有不同。"
Made = Callable[[Site, Item], Iterable[Output]]


def district_units(site: Site, outputs_of: Made) -> list[Unit]:
    """Return all that districts have; `outputs_of` makes what belongs to one item."""
    found = [Unit(ADDRESS, _overview)] if site.catalogue.districts else []
    for district in site.catalogue.districts:
        own, identifier = district.district, district.district.id
        found.append(Unit(own.path, partial(_home, identifier), item=own.path, shows_many=True))
        items = (item for item in district.items if item is not own)
        found += [Unit(item.path, partial(_of_item, identifier, item, outputs_of), item=item.path) for item in items]
    return found


def _of_item(identifier: str, item: Item, outputs_of: Made, site: Site) -> Iterable[Output]:
    return outputs_of(replace(site, catalogue=site.catalogue.of_district(identifier)), item)


def _home(identifier: str, city: Site) -> Iterator[Output]:
    """Yield the page and the data of a district itself."""
    district = city.catalogue.of_district(identifier)
    site = replace(city, catalogue=district)
    sheet = district.sheet(district.district)
    laid = [item for item in district.items if is_laid_over(type(item))]
    places = [item for item in district.items if not is_laid_over(type(item)) and item is not district.district]
    sheets = sorted(site.sheets(laid), key=lambda each: (each.facts["department"].value, each.item.path))
    context = {"sheets": sheets, "places": site.sheets(places), "count": len(laid), "labels": _labels(district)}
    yield item_page(site, sheet, section="", above=(DISTRICTS,), **context)
    yield item_data(site, sheet)


def _labels(district: DistrictCatalogue) -> list[str]:
    """Return what the field is called that each deviation is about."""
    models = {item.kind.name: type(item) for item in district.items}
    return [_label(models, each.of) for each in district.district.differs]


def _label(models: dict[str, type[Item]], path: str) -> str:
    return next((label_at(model, path.split(".")) for model in models.values() if is_laid_over(model)), path)


def _overview(site: Site) -> Iterator[Output]:
    """Yield the page on how far the districts agree, and the same as data."""
    found = agreement_of(site.catalogue)
    districts = site.catalogue.districts
    sheets = [district.sheet(district.district) for district in districts]
    counts = [sum(is_laid_over(type(item)) for item in district.items) for district in districts]
    article = site.article(
        "pages/districts.html",
        ADDRESS,
        title=TITLE,
        agreement=found,
        districts=list(zip(sheets, counts, strict=True)),
        differing=[count for count in found.standard if count.same < count.compared],
        rate=_rate(found.same, found.elements),
        rate_of=_rate,
    )
    tags = {"ColumnName": TITLE, "ColumnDescription": ABOUT, "ColumnKeywords": TITLE, "ColumnType": TITLE}
    yield site.page(Page(title=TITLE, description=ABOUT, article=article, address=ADDRESS, tags=tags))
    yield Output(f"{API}/{ADDRESS}.json", orjson.dumps(_document(site, found, sheets, counts)))


def _rate(same: int, compared: int) -> str:
    """Return a share in per cent, never rounded up to the whole."""
    if same == compared:
        return "100"
    return f"{min(same / compared * 100, 99.99):.2f}"


def _document(site: Site, found: Agreement, sheets: Sequence[Sheet], counts: Sequence[int]) -> dict[str, object]:
    elements = [*found.standard, *found.local]
    return {
        "kind": "district",
        "label": TITLE,
        "as_of": site.today.isoformat(),
        "items": [_record(site, sheet, count) for sheet, count in zip(sheets, counts, strict=True)],
        "agreement": {
            "items": found.compared,
            "compared": found.elements,
            "same": found.same,
            "elements": [{**_element(each.element), "compared": each.compared, "same": each.same} for each in elements],
        },
        "differences": [entry for row in found.rows for entry in _differences(row, sheets)],
    }


def _record(site: Site, sheet: Sheet, count: int) -> dict[str, object]:
    return {
        "id": sheet.item.id,
        "path": sheet.item.path,
        "url": f"{site.settings.url}{sheet.item.path}/",
        "fingerprint": sheet.fingerprint,
        "count": count,
        "facts": {path: _said(sheet.facts[path]) for path in ("name", "phone")},
    }


def _element(element: Element) -> dict[str, object]:
    return {"field": ".".join(element.path), "label": element.label, "local": element.is_local}


def _differences(row: Row, sheets: Sequence[Sheet]) -> Iterator[dict[str, object]]:
    for sheet, cell in zip(sheets, row.cells, strict=True):
        for each in cell or ():
            yield {"item": row.sheet.item.path, "district": sheet.item.id, **_deviation(each)}


def _deviation(each: Deviating) -> dict[str, object]:
    return {
        "field": ".".join(each.element.path),
        "label": each.element.label,
        "shorter": each.is_shorter,
        "reason": each.reason.reason.text if each.reason else None,
        "facts": [
            {"path": path, "city": _said(before) if before else None, "district": _said(after) if after else None}
            for path, before, after in each.facts
        ],
    }


def _said(fact: Fact) -> dict[str, str]:
    return {"value": fact.value, "text": fact.text, "label": fact.label}


CHANNELS: tuple[Callable[..., Iterable[Output]], ...] = (_overview, _home, _of_item)
"""What makes the units."""
