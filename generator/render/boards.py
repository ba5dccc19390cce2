"""收费公示 of a hall: the fees that its windows charge, for the wall (A4, A3) and for a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.facts import Group, Sheet
from generator.kinds.fee import Fee, Reduction
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.outputs import Output
from generator.render.opening import valid_until_at
from generator.render.site import Site

FORMS = ("", "a3", "screen")
"""Where below the board's address each form of it stands: A4, A3, screen."""


class Entry(NamedTuple):
    """A fee on a board with those of its rates that a window of the hall charges."""

    sheet: Sheet
    rates: list[Group]
    reductions: list[Group]
    """Those in force today."""


def board_outputs(site: Site) -> Iterator[Output]:
    """Yield the fee boards of every hall."""
    for hall in site.catalogue.all_of(Hall):
        entries = fees_charged(site, hall)
        shown = (hall.path, *(entry.sheet.item.path for entry in entries))
        valid_until = valid_until_at(site, hall)
        for form in FORMS:
            address = f"{hall.path}/fees/{form}".rstrip("/")
            yield site.document(
                "hall/fees.html",
                address,
                made_from=shown,
                hall=site.catalogue.sheet(hall).tree,
                entries=entries,
                form=form,
                forms=FORMS,
                valid_until=valid_until,
            )


def fees_charged(site: Site, hall: Hall) -> list[Entry]:
    """Return the fees that guides handled in a hall charge, in the order of the fees' files."""
    charged: set[tuple[str, str]] = set()
    for guide in site.catalogue.referring("guide", hall):
        if isinstance(guide, Guide) and not guide.is_withdrawn(site.today):
            charged |= {(use.fee, rate.id) for use, rate in guide.rates(site.catalogue)}
    entries = []
    for fee in site.catalogue.all_of(Fee):
        sheet = site.catalogue.sheet(fee)
        rates = [group for rate, group in zip(fee.rates, sheet.tree.rates, strict=True) if (fee.id, rate.id) in charged]
        if rates:
            entries.append(Entry(sheet, rates, _reductions_today(fee, sheet, site.today)))
    return entries


def _reductions_today(fee: Fee, sheet: Sheet, today: date) -> list[Group]:
    pairs = zip(fee.reductions, sheet.tree.reductions, strict=True)
    return [group for reduction, group in pairs if _in_force(reduction, today)]


def _in_force(reduction: Reduction, day: date) -> bool:
    return (reduction.start or date.min) <= day <= (reduction.until or date.max)
