"""Item pages: the kind's template in its section's shell, and whatever the template leaves out in a closing table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.changes.records import CHANGE_CLASSES
from generator.facts import Fact, Sheet
from generator.item import Item
from generator.outputs import Output
from generator.render.data import item_data
from generator.render.site import Site
from generator.shell import Page

_KEY = re.compile(r'data-fact="([^"]+)"')


def item_outputs(site: Site, items: Iterable[Item]) -> Iterator[Output]:
    """Yield the page and the JSON file of each item."""
    for item in items:
        sheet = site.catalogue.sheet(item)
        yield item_page(site, sheet)
        yield item_data(site, sheet)


def item_page(
    site: Site,
    sheet: Sheet,
    section: str | None = None,
    above: tuple[tuple[str, str], ...] | None = None,
    **context: object,
) -> Output:
    """Return the page of an item, in its kind's section or in another. Every fact of the item stands on it."""
    item = sheet.item
    kind = item.kind
    article = site.article(
        f"kinds/{kind.name}/page.html",
        item.path,
        item=sheet.tree,
        path=item.path,
        within=item.within.rstrip("/"),
        kind=kind,
        fingerprint=sheet.fingerprint,
        withdrawn=item.is_withdrawn(site.today),
        body=item.prose(),
        data=item,
        **context,
    )
    rest = facts_left_out(article, sheet)
    if rest:
        article += site.article("partials/rest.html", item.path, facts=rest)
    if told := site.history.of_item.get(item.path):
        article += site.article("partials/item-changes.html", item.path, told=told, classes=CHANGE_CLASSES)
    if item.path in site.catalogue.drafts:
        article = site.article("partials/draft.html", item.path) + article
    page = Page(
        title=site.called(item),
        description=_description(site, sheet),
        article=article,
        address=item.path,
        breadcrumbs=site.above(item) if above is None else above,
        tags=_tags(site, sheet),
    )
    return site.page(page, kind.plural if section is None else section, made_from=(item.path,))


def facts_left_out(article: str, sheet: Sheet) -> list[Fact]:
    """Return the facts of a sheet that an article does not show."""
    shown = set(_KEY.findall(article))
    return [fact for fact in sheet.facts.values() if fact.key not in shown]


def _description(site: Site, sheet: Sheet) -> str:
    said = [f"{fact.label}：{fact.text}" for path in sheet.item.kind.brief if (fact := sheet.facts.get(path))]
    name = site.called(sheet.item)
    return f"{name}。{'；'.join(said)}。" if said else name


def _tags(site: Site, sheet: Sheet) -> dict[str, str]:
    """Return the content tags of 国办发〔2017〕47号 and the fingerprint."""
    item = sheet.item
    history = site.history
    # A clone that left commits out would give a day that is too late.
    dated = item.dated() or (history.since.get(item.path) if history.complete else None)
    source = next((sheet.facts[path].text for path in ("source", "department", "issuer") if path in sheet.facts), "")
    tags = {
        "ArticleTitle": item.name,
        "PubDate": f"{dated.isoformat()} 00:00" if dated else "",
        "ContentSource": source or site.settings.host,
        "Keywords": ";".join([item.name, *item.terms()]),
        "ColumnName": item.kind.label,
        "ColumnType": item.kind.label,
        "tongchuang:fingerprint": sheet.fingerprint,
    }
    return {name: content for name, content in tags.items() if content}


def column_tags(item: Item, title: str) -> dict[str, str]:
    """Return the column tags of 国办发〔2017〕47号 for a page that belongs to an item without being its own."""
    label = item.kind.label
    keywords = ";".join([item.name, *item.terms()])
    return {"ColumnName": label, "ColumnDescription": title, "ColumnKeywords": keywords, "ColumnType": label}
