"""Atom feeds of each kind whose items are dated, and the XML site map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.item import Item
from generator.kinds import all_kinds
from generator.outputs import Output
from generator.render.site import Site

FEED_LENGTH = 30


def feed_outputs(site: Site) -> Iterator[Output]:
    """Yield the Atom feed of every kind that has dated items."""
    for name, model in all_kinds().items():
        dated = [(day, item) for item in site.catalogue.of_kind(name) if (day := item.dated())]
        if not dated:
            continue
        latest = sorted(dated, key=lambda pair: (-pair[0].toordinal(), pair[1].id))[:FEED_LENGTH]
        entries = [_entry(site, day, item) for day, item in latest]
        path = f"{model.kind.plural}/feed.xml"
        xml = site.article(
            "feeds/atom.xml", path, kind=model.kind, path=path, entries=entries, updated=_moment(latest[0][0])
        )
        yield Output(path, xml.encode(), tuple(item.path for _, item in latest))


def sitemap_output(site: Site, addresses: Iterable[str]) -> Output:
    """Return the XML site map over the addresses of all pages."""
    xml = site.article(
        "feeds/sitemap.xml", "sitemap.xml", urls=[f"{site.settings.url}{address}" for address in sorted(addresses)]
    )
    return Output("sitemap.xml", xml.encode())


def _entry(site: Site, day: date, item: Item) -> dict[str, str]:
    facts = site.catalogue.sheet(item).facts
    summary = facts["summary"].text if "summary" in facts else item.name
    return {"title": item.name, "url": f"{site.settings.url}{item.path}/", "updated": _moment(day), "summary": summary}


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+08:00"
