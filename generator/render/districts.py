"""Districts: a page for each, its guides, halls and departments below it, and how far all agree with the city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import orjson

from generator.catalogue import DistrictCatalogue
from generator.district import is_laid_over
from generator.districts.agreement import Agreement, Deviating, Row, agreement_of
from generator.facts import Fact, Sheet
from generator.item import Item
from generator.outputs import Output
from generator.render.data import API, item_data
from generator.render.items import item_page
from generator.render.site import DISTRICTS, Site
from generator.schema import label_at
from generator.shell import Page

TITLE, ADDRESS = DISTRICTS
ABOUT = "在哪个地方办，各地与统一的标准有没有不同。"
ITEMS_A_TASK = 40
Made = Callable[[Site, Item], Iterable[Output]]


def district_tasks(site: Site, outputs_of: Made) -> list[Callable[[], Iterator[Output]]]:
    """Return what yields all that districts have, in pieces; `outputs_of` makes what belongs to one item."""
    tasks: list[Callable[[], Iterator[Output]]] = []
    if site.catalogue.districts:
        tasks.append(partial(_overview, site))
    for district in site.catalogue.districts:
        own = replace(site, catalogue=district)
        tasks.append(partial(_home, own, district))
        items = [item for item in district.items if item.within != item.path + "/"]
        pieces = [items[start : start + ITEMS_A_TASK] for start in range(0, len(items), ITEMS_A_TASK)]
        tasks += [partial(_of_items, own, piece, outputs_of) for piece in pieces]
    return tasks


def _of_items(site: Site, items: Sequence[Item], outputs_of: Made) -> Iterator[Output]:
    for item in items:
        yield from outputs_of(site, item)


def _home(site: Site, district: DistrictCatalogue) -> Iterator[Output]:
    """Yield the page and the data of a district itself."""
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
    named = zip(sheets, counts, strict=True)
    return {
        "kind": "district",
        "label": TITLE,
        "as_of": site.today.isoformat(),
        "items": [
            {
                "id": sheet.item.id,
                "path": sheet.item.path,
                "url": f"{site.settings.url}{sheet.item.path}/",
                "fingerprint": sheet.fingerprint,
                "count": count,
                "facts": {path: _said(sheet.facts[path]) for path in ("name", "phone")},
            }
            for sheet, count in named
        ],
        "agreement": {
            "items": found.compared,
            "compared": found.elements,
            "same": found.same,
            "elements": [
                {"field": ".".join(each.element.path), "label": each.element.label, "local": each.element.is_local,
                 "compared": each.compared, "same": each.same}
                for each in (*found.standard, *found.local)
            ],
        },
        "differences": [entry for row in found.rows for entry in _differences(row, sheets)],
    }  # fmt: skip


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
