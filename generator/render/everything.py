"""All channels of a site, as units that can be shared out to processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.item import Item
from generator.kinds.bundle import Bundle
from generator.kinds.guide import Guide
from generator.outputs import Output
from generator.render.boards import board_outputs
from generator.render.browse_pages import browse_outputs
from generator.render.bundles import bundle_outputs
from generator.render.cases import case_outputs
from generator.render.changes_feeds import change_feed_outputs
from generator.render.changes_pages import change_outputs
from generator.render.data import data_outputs
from generator.render.districts import district_units
from generator.render.drafts import draft_outputs
from generator.render.feeds import feed_outputs, sitemap_output
from generator.render.handouts import handout_outputs
from generator.render.history import history_outputs
from generator.render.items import item_outputs
from generator.render.kiosk import kiosk_units
from generator.render.kiosk_cases import kiosk_case_units
from generator.render.led import led_outputs
from generator.render.lists import list_units
from generator.render.lookup import lookup_outputs
from generator.render.office import ADDRESS as OFFICE
from generator.render.office import office_outputs
from generator.render.office_due import calendar_outputs
from generator.render.offline import offline_outputs
from generator.render.plans import plan_outputs
from generator.render.portal import portal_outputs
from generator.render.redirects import is_left, redirect_outputs
from generator.render.screens import screen_outputs
from generator.render.site import Site
from generator.render.unit import Unit
from generator.render.verification import verification_outputs

_PAGE = "index.html"
_OF_THE_SITE = (
    *(portal_outputs, browse_outputs, lookup_outputs, data_outputs),
    *(feed_outputs, history_outputs, verification_outputs, office_outputs, draft_outputs),
    *(change_outputs, change_feed_outputs, redirect_outputs, calendar_outputs),
)
_OF_THE_HALL = (screen_outputs, board_outputs, plan_outputs, led_outputs, offline_outputs)


def units_of(site: Site) -> list[Unit]:
    """Return all that is to be rendered; what takes long comes first, neighbours take about the same time."""
    whole = [Unit(channel.__name__, channel) for channel in (*_OF_THE_SITE, *_OF_THE_HALL)]
    shown = [*whole, *list_units(site), *kiosk_units(site), *kiosk_case_units(site)]
    own = [Unit(item.path, partial(_outputs_of, item), item=item.path) for item in site.catalogue.items]
    return [*shown, *own, *district_units(site, outputs_of)]


def _outputs_of(item: Item, site: Site) -> Iterator[Output]:
    return outputs_of(site, item)


def outputs_of(site: Site, item: Item) -> Iterator[Output]:
    """Yield what belongs to one item: its page, its data, its handouts, its cases."""
    yield from item_outputs(site, [item])
    if isinstance(item, Guide):
        yield from handout_outputs(site, item)
        yield from case_outputs(site, item)
    if isinstance(item, Bundle):
        yield from bundle_outputs(site, item)


def sitemap(site: Site, paths: Iterable[str]) -> Output:
    """Return the site map over the paths of all files, without the office's pages and those that lead elsewhere."""
    pages = {path.removesuffix(_PAGE) for path in paths if path.endswith(_PAGE)}
    named = (page for page in pages if not page.startswith(f"{OFFICE}/") and not is_left(site, page))
    return sitemap_output(site, named)
