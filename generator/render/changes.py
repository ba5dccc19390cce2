"""What will change soon: the next rates of fees, guides about to start or end, policies not yet in force."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.facts import Fact, Sheet
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.policy import Policy
from generator.render.site import Site


class Change(NamedTuple):
    """A change ahead: from which day, of which item, what it is now and what it will be."""

    day: date
    sheet: Sheet
    subject: str
    before: Fact | None
    after: Fact | None


def coming_changes(site: Site) -> list[Change]:
    """Return the changes within the announced days, the nearest first."""
    return changes_ahead(site.catalogue, site.settings.announce_days)


def changes_ahead(catalogue: Catalogue, days: int) -> list[Change]:
    """Return the changes within so many days after the catalogue's, the nearest first."""
    found = [*_fee_changes(catalogue), *_guide_changes(catalogue), *_policy_changes(catalogue)]
    ahead = [change for change in found if 0 < (change.day - catalogue.today).days <= days]
    return sorted(ahead, key=lambda change: (change.day, change.sheet.item.path, change.subject))


def _fee_changes(catalogue: Catalogue) -> list[Change]:
    found = []
    for fee in catalogue.all_of(Fee):
        sheet = catalogue.sheet(fee)
        for rate in fee.rates:
            if following := rate.next_after(catalogue.today):
                before = sheet.facts[f"rates.{rate.id}.amount"]
                after = sheet.facts[f"rates.{rate.id}.next_amount"]
                assert following.start is not None
                found.append(Change(following.start, sheet, f"{rate.condition}收费标准", before, after))
    return found


def _guide_changes(catalogue: Catalogue) -> list[Change]:
    found = []
    for guide in catalogue.all_of(Guide):
        sheet = catalogue.sheet(guide)
        if guide.planned_start:
            found.append(Change(guide.planned_start, sheet, "开始办理", None, None))
        if guide.planned_end:
            found.append(Change(guide.planned_end + timedelta(days=1), sheet, "不再办理", None, None))
    return found


def _policy_changes(catalogue: Catalogue) -> list[Change]:
    return [
        Change(policy.effective, catalogue.sheet(policy), "开始施行", None, None)
        for policy in catalogue.all_of(Policy)
        if policy.effective
    ]
