"""The inspection itself: every indicator's check, what it costs, what the office says to it, and the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.audit import disclosure, functions, links, publishing, services, tags, vetoes
from generator.audit.indicator import VETO, Found, Indicator, Unchecked
from generator.audit.remarks import Remark
from generator.audit.site import Audited
from generator.audit.sources import Sources
from generator.audit.unchecked import unchecked_of
from generator.problems import Place

INDICATORS: tuple[Indicator, ...] = (
    *vetoes.INDICATORS,
    *publishing.INDICATORS,
    *services.INDICATORS,
    *functions.INDICATORS,
    *links.INDICATORS,
    *tags.INDICATORS,
    *disclosure.INDICATORS,
)
FULL, PASS = Decimal(100), Decimal(60)


class Finding(NamedTuple):
    """One thing found, with its source and what the office says to it, empty where it says nothing."""

    message: str
    hint: str
    address: str
    place: Place | None
    remark: str


class Assessed(NamedTuple):
    """What came out for one indicator."""

    indicator: Indicator
    findings: tuple[Finding, ...]

    @property
    def is_veto(self) -> bool:
        """Tell whether this is a veto that is hit."""
        return self.indicator.group == VETO and len(self.findings) >= self.indicator.limit

    @property
    def lost(self) -> Decimal:
        """The points lost, no more than the indicator has."""
        return min(self.indicator.points, self.indicator.each * len(self.findings))


@dataclass(frozen=True)
class Inspection:
    """The result of an inspection. Without `slots`, for the cached properties."""

    name: str
    day: str
    pages: int
    files: int
    links: int
    assessed: tuple[Assessed, ...]
    unused_remarks: tuple[Remark, ...]
    unchecked: tuple[Unchecked, ...]

    @cached_property
    def vetoes(self) -> int:
        """The number of vetoes that are hit."""
        return sum(entry.is_veto for entry in self.assessed)

    @cached_property
    def score(self) -> Decimal:
        """A hundred less what was lost; what could not be checked costs nothing."""
        return FULL - sum((entry.lost for entry in self.assessed), Decimal(0))

    @cached_property
    def checkable(self) -> Decimal:
        """The points of the indicators that were checked."""
        return sum((entry.indicator.points for entry in self.assessed), Decimal(0))

    @property
    def is_qualified(self) -> bool:
        """Tell whether the site would pass."""
        return not self.vetoes and self.score >= PASS

    @cached_property
    def unexplained(self) -> int:
        """The number of findings that nothing is said to; below its limit a veto's findings are no fault yet."""
        counted = (entry for entry in self.assessed if entry.indicator.group != VETO or entry.is_veto)
        return sum(not finding.remark for entry in counted for finding in entry.findings)


def inspect_site(audited: Audited, sources: Sources, remarks: Sequence[Remark]) -> Inspection:
    """Run every indicator over a site."""
    used: set[Remark] = set()
    assessed = []
    for indicator in INDICATORS:
        findings = tuple(_findings(indicator, audited, sources, remarks, used))
        assessed.append(Assessed(indicator, findings))
    return Inspection(
        name=audited.settings.name,
        day=audited.today.isoformat(),
        pages=len(audited.public),
        files=len(audited.files),
        links=sum(len(page.links) + len(page.needed) for page in audited.pages.values()),
        assessed=tuple(assessed),
        unused_remarks=tuple(remark for remark in remarks if remark not in used),
        unchecked=unchecked_of(audited),
    )


def _findings(
    indicator: Indicator,
    audited: Audited,
    sources: Sources,
    remarks: Sequence[Remark],
    used: set[Remark],
) -> Iterator[Finding]:
    for found in indicator.check(audited):
        remark = next((one for one in remarks if one.fits(indicator.id, found)), None)
        used |= {remark} if remark else set()
        place = _place(found, audited, sources)
        yield Finding(found.message, found.hint, found.address, place, remark.reason if remark else "")


def _place(found: Found, audited: Audited, sources: Sources) -> Place | None:
    """Return the source of a finding: its item's or file's line, else the file that its page is made from."""
    if found.file:
        return Place(path=found.file)
    if found.address in audited.prose:
        return Place(path=audited.prose[found.address])
    path = found.item.path if found.item else "/".join(found.address.split("/")[:2])
    source = sources(path)
    if source is None:
        return None
    return source.place(*found.path) if found.path else Place(path=source.path)
