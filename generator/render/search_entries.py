"""Items → what search knows of them: names, other names, texts, key facts and filters."""

from __future__ import annotations

from generator.item import Item
from generator.render.lists import facts_at
from generator.render.search import SearchEntry
from generator.render.site import Site


def search_entry(site: Site, item: Item) -> SearchEntry:
    """Return the search entry of an item."""
    sheet = site.catalogue.sheet(item)
    kind = item.kind
    brief = [sheet.facts[path] for path in kind.brief if path in sheet.facts]
    texts = [fact.text for path, fact in sheet.facts.items() if path != "name"]
    filters = {
        label: tuple(fact.text for fact in facts_at(sheet, field)) for field, label in (kind.filters or {}).items()
    }
    return SearchEntry(
        path=item.path,
        kind=kind.name,
        kind_label=kind.label,
        name=item.name,
        terms=tuple(dict.fromkeys(item.terms())),
        texts=tuple(dict.fromkeys([*texts, item.prose()])),
        brief=tuple((fact.key, fact.value, fact.text, fact.label) for fact in brief),
        filters={label: values for label, values in filters.items() if values},
        withdrawn=item.is_withdrawn(site.today),
        order=kind.order,
    )
