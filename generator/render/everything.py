"""All channels of a site; items are rendered and written on as many processes as are given."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from generator.outputs import Output
from generator.render.data import data_outputs
from generator.render.feeds import feed_outputs, sitemap_output
from generator.render.items import item_outputs
from generator.render.lists import list_outputs
from generator.render.portal import portal_outputs
from generator.render.search import search_document
from generator.render.search_entries import search_entry
from generator.render.site import Site
from generator.write import write_outputs

# Below this many items a second process costs more than it saves.
_ITEMS_A_JOB = 200


def render_items(site: Site, staging: Path, jobs: int) -> int:
    """Render and write the outputs of all items; return how many files that were."""
    items = site.catalogue.items
    jobs = min(jobs, len(items) // _ITEMS_A_JOB + 1)
    if jobs == 1:
        return write_outputs(item_outputs(site, items), staging)
    global _shared
    _shared = (site, staging)
    # Forked workers see the catalogue without copying it; each writes the files of every nth item.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork")) as pool:
        return sum(pool.map(_render_part, range(jobs), [jobs] * jobs))


_shared: tuple[Site, Path] | None = None


def _render_part(number: int, jobs: int) -> int:
    assert _shared is not None
    site, staging = _shared
    return write_outputs(item_outputs(site, site.catalogue.items[number::jobs]), staging)


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
    return {
        item.path: search_document(search_entry(site, item), item.name) for item in site.catalogue.items
    }
