"""All channels of a site; items are rendered and written on as many processes as are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.outputs import Output
from generator.processes import in_parts
from generator.render.data import data_outputs
from generator.render.feeds import feed_outputs, sitemap_output
from generator.render.items import item_outputs
from generator.render.lists import list_outputs
from generator.render.portal import portal_outputs
from generator.render.search import search_document
from generator.render.search_entries import search_entry
from generator.render.site import Site
from generator.write import write_outputs


def render_items(site: Site, staging: Path, jobs: int) -> int:
    """Render and write the outputs of all items; return how many files that were."""
    site.sheets(site.catalogue.items)  # made here once; the processes, the lists and the verification share them
    return sum(in_parts(lambda items: write_outputs(item_outputs(site, items), staging), site.catalogue.items, jobs))


def render_rest(site: Site, staging: Path) -> Iterator[Output]:
    """Yield everything but the items' own files; the site map, last, lists the pages already in the staging folder."""
    addresses: set[str] = {f"{item.path}/" for item in site.catalogue.items}
    for output in (*list_outputs(site), *portal_outputs(site), *data_outputs(site), *feed_outputs(site)):
        if output.path.endswith("index.html"):
            addresses.add(output.path.removesuffix("index.html"))
        yield output
    prose = (path.relative_to(staging).as_posix() for path in staging.rglob("index.html"))
    addresses |= {path.removesuffix("index.html") for path in prose}
    yield sitemap_output(site, addresses)


def search_documents(site: Site) -> dict[str, str]:
    """Return the search document of every item by the item's path."""
    return {item.path: search_document(search_entry(site, item), item.name) for item in site.catalogue.items}
