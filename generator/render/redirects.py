"""Pages at addresses whose items have moved or gone, so that what is printed and linked still leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from generator.addresses import Address
from generator.kinds import all_kinds
from generator.outputs import Output
from generator.render.data import API
from generator.render.site import Site
from generator.shell import Page

_GUIDES, _HANDOUTS = "guides/", "handouts/"


def redirect_outputs(site: Site) -> Iterator[Output]:
    """Yield page and data of each address that was left; what has an item again is the item's."""
    for entry in site.catalogue.addresses.left:
        if entry.address in site.catalogue.by_path:
            continue
        if entry.redirect:
            yield _moved(site, entry, entry.address, entry.redirect)
            if both_guides(entry):
                yield _moved(site, entry, _handout(entry.address), _handout(entry.redirect))
        else:
            yield _gone(site, entry)
        yield Output(f"{API}/{entry.address}.json", orjson.dumps(_record(site, entry)))


def is_left(site: Site, page: str) -> bool:
    """Tell whether a page stands at an address that was left, which the site map does not name."""
    known = site.catalogue.addresses.by_address
    address = page.strip("/").replace(_HANDOUTS, _GUIDES, 1) if page.startswith(_HANDOUTS) else page.strip("/")
    return address in known and known[address].is_left and address not in site.catalogue.by_path


def both_guides(entry: Address) -> bool:
    """Tell whether a handout has moved along with its guide."""
    return entry.address.startswith(_GUIDES) and (entry.redirect or "").startswith(_GUIDES)


def _handout(address: str) -> str:
    return address.replace(_GUIDES, _HANDOUTS, 1)


def _moved(site: Site, entry: Address, address: str, target: str) -> Output:
    """Return a page that leads on by itself, with the code (?v=) of a print where there is a script for it."""
    assert entry.redirect
    return site.document(
        "pages/moved.html",
        address,
        (entry.redirect,),
        target=target,
        target_name=site.catalogue.sheet(site.catalogue.by_path[entry.redirect]).facts["name"],
        entry=entry,
    )


def _gone(site: Site, entry: Address) -> Output:
    plural = entry.address.partition("/")[0]
    kind = next(model.kind for model in all_kinds().values() if model.kind.plural == plural)
    successor = site.catalogue.by_path[entry.successor] if entry.successor else None
    title = f"{entry.name or kind.label}（已撤下）"
    article = site.article(
        "pages/gone.html",
        entry.address,
        entry=entry,
        kind=kind,
        successor=site.catalogue.sheet(successor).facts["name"]._replace(target=successor.path) if successor else None,
    )
    tags = {"robots": "noindex", "ColumnName": kind.label, "ColumnType": kind.label}
    page = Page(
        title=title,
        description=f"{title}。{entry.gone}",
        article=article,
        address=entry.address,
        breadcrumbs=((kind.label, kind.plural),),
        tags=tags,
    )
    return site.page(page, plural, (entry.successor,) if entry.successor else ())


def _record(site: Site, entry: Address) -> dict[str, object]:
    """Return what programs are told at the old address: where the item is, or since when and why it is not."""
    record: dict[str, object] = {"path": entry.address, "name": entry.name, "day": entry.day, "as_of": site.today}
    if entry.redirect:
        return {**record, "moved_to": entry.redirect, "url": f"{site.settings.url}{API}/{entry.redirect}.json"}
    return {**record, "gone": entry.gone, "successor": entry.successor, "document": entry.document}
