"""一次性告知单: what the window hands to an applicant, a sheet for the guide and one for each of its cases."""

from __future__ import annotations

from collections.abc import Iterator

from generator.facts import Sheet
from generator.kinds.guide import Guide
from generator.outputs import Output
from generator.render.case_views import CaseView
from generator.render.site import Site


def handout_address(guide: Guide) -> str:
    """Return the address of a guide's handout below the site root."""
    return f"{guide.within}handouts/{guide.id}"


def handout_outputs(site: Site, guide: Guide) -> Iterator[Output]:
    """Yield the handout of a guide, nothing for one that is withdrawn: nobody must be sent away with it."""
    if not guide.is_withdrawn(site.today):
        yield _handout(site, guide, site.catalogue.sheet(guide), handout_address(guide), None)


def case_handout(site: Site, guide: Guide, sheet: Sheet, case: CaseView) -> Output:
    """Return the handout of a case, with what applies in it and nothing else."""
    return _handout(site, guide, sheet, f"{handout_address(guide)}/{case.id}", case)


def _handout(site: Site, guide: Guide, sheet: Sheet, address: str, case: CaseView | None) -> Output:
    return site.document(
        "hall/handout.html",
        address,
        made_from=(guide.path,),
        item=sheet.tree,
        path=guide.path,
        within=guide.within.rstrip("/"),
        case=case,
        fingerprint=sheet.fingerprint,
        valid_until=site.valid_until_for([guide]),
    )
