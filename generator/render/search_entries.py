"""Items → what the index of full texts is made of: a document for each, under the number of its entry."""

from __future__ import annotations

from generator.facts import Sheet
from generator.item import Item
from generator.render.lookup import searched, withdrawn_of
from generator.render.lookup_entries import in_order
from generator.render.search import SearchEntry, search_document
from generator.render.site import Site


def search_addresses(site: Site) -> dict[str, Item]:
    """Return the items by the addresses of their search documents, in the order of the entries."""
    sheets = searched(site)
    ordered = enumerate(in_order(sheets, withdrawn_of(site, sheets)))
    return {f"{sheet.item.path}/{number}": sheet.item for number, sheet in ordered}


def search_documents(site: Site) -> dict[str, str]:
    """Return the search document of every item by its address, as `search.py` has it."""
    return {address: item_document(site, item) for address, item in search_addresses(site).items()}


def item_document(site: Site, item: Item) -> str:
    """Return the search document of an item."""
    catalogue = site.catalogue.of_district(item.id) if item.within else site.catalogue
    return search_document(search_entry(catalogue.sheet(item)), item.name)


def search_entry(sheet: Sheet) -> SearchEntry:
    """Return what the index knows of an item."""
    item = sheet.item
    texts = [fact.text for path, fact in sheet.facts.items() if path != "name"]
    return SearchEntry(
        name=item.name,
        terms=tuple(dict.fromkeys(item.terms())),
        texts=tuple(dict.fromkeys([*texts, item.prose()])),
    )
