"""What will change soon: the next rates of fees, guides about to start or end, policies not yet in force."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

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
    found = [*_fee_changes(site), *_guide_changes(site), *_policy_changes(site)]
    ahead = [change for change in found if 0 < (change.day - site.today).days <= site.settings.announce_days]
    return sorted(ahead, key=lambda change: (change.day, change.sheet.item.path, change.subject))


def _fee_changes(site: Site) -> list[Change]:
    found = []
    for fee in site.catalogue.all_of(Fee):
        sheet = site.catalogue.sheet(fee)
        for rate in fee.rates:
            if following := rate.next_after(site.today):
                before = sheet.facts[f"rates.{rate.id}.amount"]
                after = sheet.facts[f"rates.{rate.id}.next_amount"]
                assert following.start is not None
                found.append(Change(following.start, sheet, f"{rate.condition}收费标准", before, after))
    return found


def _guide_changes(site: Site) -> list[Change]:
    found = []
    for guide in site.catalogue.all_of(Guide):
        sheet = site.catalogue.sheet(guide)
        for day, subject in ((guide.planned_start, "开始办理"), (guide.planned_end, "最后办理日")):
            if day:
                found.append(Change(day, sheet, subject, None, None))
    return found


def _policy_changes(site: Site) -> list[Change]:
    return [
        Change(policy.effective, site.catalogue.sheet(policy), "开始施行", None, None)
        for policy in site.catalogue.all_of(Policy)
        if policy.effective
    ]
