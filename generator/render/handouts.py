"""一次性告知单: what the window hands to an applicant, one sheet a guide, to be signed and taken home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.kinds.guide import Guide
from generator.outputs import Output
from generator.render.site import Site


def handout_address(guide: Guide) -> str:
    """Return the address of a guide's handout below the site root."""
    return f"handouts/{guide.id}"


def handout_outputs(site: Site, guide: Guide) -> Iterator[Output]:
    """Yield the handout of a guide, nothing for one that is withdrawn: nobody must be sent away with it."""
    if guide.is_withdrawn(site.today):
        return
    sheet = site.catalogue.sheet(guide)
    yield site.document(
        "hall/handout.html",
        handout_address(guide),
        made_from=(guide.path,),
        item=sheet.tree,
        path=guide.path,
        fingerprint=sheet.fingerprint,
        announced_until=announced_until(site),
        valid_until=site.valid_until_for([guide]),
    )


def announced_until(site: Site) -> str:
    """Return the last day whose changes are announced today, in ISO form, which compares like the facts' values."""
    return (site.today + timedelta(days=site.settings.announce_days)).isoformat()
