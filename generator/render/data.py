"""The open data channel: one JSON file an item, one a kind, and an index; facts keyed as on the pages."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from generator.facts import Fact, Sheet
from generator.kinds import all_kinds
from generator.outputs import Output
from generator.render.site import Site

API = "api/v1"


def item_data(site: Site, sheet: Sheet) -> Output:
    """Return the JSON file of an item with all its facts."""
    item = sheet.item
    record = {
        **_head(site, sheet),
        "kind": item.kind.name,
        "kind_label": item.kind.label,
        "withdrawn": item.is_withdrawn(site.today),
        "as_of": site.today.isoformat(),
        "facts": {path: _fact(fact) for path, fact in sheet.facts.items()},
    }
    return Output(f"{API}/{item.path}.json", _encoded(record), (item.path,))


def data_outputs(site: Site) -> Iterator[Output]:
    """Yield the list of each kind, with the facts that its list page shows, and the index of all kinds."""
    index = []
    for model in all_kinds().values():
        kind = model.kind
        sheets = site.sheets(site.catalogue.of_kind(kind.name))
        paths = ("name", *kind.brief)
        records = [
            {**_head(site, sheet), "facts": {path: _fact(sheet.facts[path]) for path in paths if path in sheet.facts}}
            for sheet in sheets
        ]
        made_from = tuple(sheet.item.path for sheet in sheets)
        data = {"kind": kind.name, "label": kind.label, "as_of": site.today.isoformat(), "items": records}
        yield Output(f"{API}/{kind.plural}.json", _encoded(data), made_from)
        index.append({"kind": kind.name, "label": kind.label, "about": kind.about, "count": len(records),
                      "url": f"{site.settings.url}{API}/{kind.plural}.json"})  # fmt: skip
    document = {"site": site.settings.name, "url": site.settings.url, "as_of": site.today.isoformat(),
                "valid_until": site.valid_until.isoformat(), "kinds": index}  # fmt: skip
    yield Output(f"{API}/index.json", _encoded(document))


def _head(site: Site, sheet: Sheet) -> dict[str, object]:
    return {
        "id": sheet.item.id,
        "path": sheet.item.path,
        "url": f"{site.settings.url}{sheet.item.path}/",
        "fingerprint": sheet.fingerprint,
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"value": fact.value, "text": fact.text, "label": fact.label}


def _encoded(value: object) -> bytes:
    return orjson.dumps(value)
