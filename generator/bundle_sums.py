"""Sums over the errands of a bundle: fees as low and high ends, and each material once with what to prepare of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.fields import number_text
from generator.guide_fees import OPEN_FEE

_AMOUNTS = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:(-)([0-9]+(?:\.[0-9]+)?)?)?")
WORKING_DAYS, DAYS_OF_THE_WEEK = 5, 7


class Fee(NamedTuple):
    """What errands cost together: amounts in yuan, and those whose fee is no sum."""

    low: Decimal
    high: Decimal | None
    """None where there is no upper end."""
    others: tuple[str, ...] = ()
    """Ids of errands that charge by percentage or by a standard with several units."""

    @property
    def value(self) -> str:
        """The canonical value: `40`, `200-360`, `90-` with an open end, `0+real-estate-transfer-sale`."""
        return "+".join((_ends(self.low, self.high, "-"), *self.others))

    @property
    def text(self) -> str:
        """The amounts with what is charged besides."""
        if self.high == 0:
            return OPEN_FEE if self.others else "不收费"
        besides = f"，另有 {len(self.others)} 件按情形收费" if self.others else ""
        if self.high is None:
            return f"{number_text(self.low)} 元起{besides}" if self.low else OPEN_FEE
        return f"{_ends(self.low, self.high, '～')} 元{besides}"


def fee_of(errand: str, value: str, text: str) -> Fee:
    """Return the fee that a statement says: one amount, a range, or nothing that can be added up."""
    match = _AMOUNTS.fullmatch(value)
    if not match or "%" in text:  # a percentage has a number for its value too
        return Fee(Decimal(0), Decimal(0), (errand,))
    low, dash, high = match.groups()
    return Fee(Decimal(low), Decimal(high or low) if high or not dash else None)


def fees_together(fees: Iterable[Fee]) -> Fee:
    """Return the sum of fees that are all to be paid."""
    fees = list(fees)
    others = tuple(errand for fee in fees for errand in fee.others)
    return Fee(sum((fee.low for fee in fees), Decimal(0)), _highest(sum, fees), others)


def fees_either(fees: Iterable[Fee]) -> Fee:
    """Return from the least to the most of fees of which one is to be paid."""
    fees = list(fees)
    others = dict.fromkeys(errand for fee in fees for errand in fee.others)
    return Fee(min(fee.low for fee in fees), _highest(max, fees), tuple(others))


def _highest(of: Callable[[list[Decimal]], Decimal | int], fees: Sequence[Fee]) -> Decimal | None:
    """Return the sum or the greatest of the upper ends, None where one is open."""
    known = [fee.high for fee in fees if fee.high is not None]
    return Decimal(of(known)) if len(known) == len(fees) else None


def _ends(low: Decimal, high: Decimal | None, between: str) -> str:
    if low == high:
        return number_text(low)
    return f"{number_text(low)}{between}{'' if high is None else number_text(high)}"


def working_days(number: int, unit: str) -> int:
    """Return a time limit in working days, calendar days at five in seven and rounded up."""
    return number if unit == "工作日" else -(-number * WORKING_DAYS // DAYS_OF_THE_WEEK)


def span_text(numbers: Sequence[int], unit: str) -> str:
    """Return `3 件`, or `3～5 件` where numbers differ."""
    return f"{_ends(Decimal(min(numbers)), Decimal(max(numbers)), '～')} {unit}"


class Need(NamedTuple):
    """What one errand wants of one material."""

    material: str
    errand: str
    originals: int
    photocopies: int
    exempt: bool = False
    case: str = ""
    """In which case, where that is not decided here; empty where it is wanted in any case."""
    returned: bool = True
    """Whether originals are shown and taken back, as certificates are; forms stay at the window."""


class Wanted(NamedTuple):
    """What to prepare of a material for all errands that want it."""

    material: str
    errands: tuple[str, ...]
    """Who wants it brought; where nobody does, who would want it."""
    originals: int
    photocopies: int
    sharing: int
    """How many errands look at the same originals."""
    made_by: tuple[str, ...]
    """Errands from which it comes in time for some or all who want it."""
    exempt: bool
    cases: tuple[str, ...]
    """In which cases, where that is not decided; empty where somebody wants it in any case."""

    @property
    def is_made(self) -> bool:
        """Whether all of it comes from earlier errands, so that there is nothing to prepare."""
        return bool(self.made_by) and not self.originals + self.photocopies

    @property
    def is_to_prepare(self) -> bool:
        """Whether everybody has to bring it."""
        return not (self.exempt or self.is_made or self.cases)


def wanted(needs: Iterable[Need], earlier: Mapping[str, frozenset[str]], makes: Mapping[str, str]) -> list[Wanted]:
    """Return each material once. `earlier` is what is done before each errand, `makes` the material it results in."""
    by_material: dict[str, list[Need]] = {}
    for need in needs:
        by_material.setdefault(need.material, []).append(need)
    return [_wanted(material, entries, earlier, makes) for material, entries in by_material.items()]


def _wanted(
    material: str, needs: Sequence[Need], earlier: Mapping[str, frozenset[str]], makes: Mapping[str, str]
) -> Wanted:
    asked = [need for need in needs if not need.exempt]
    makers = {need.errand: [made for made in makes if made in earlier[need.errand]] for need in asked}
    made = {errand: [maker for maker in found if makes[maker] == material] for errand, found in makers.items()}
    brought = [need for need in asked if not made[need.errand]]
    shown = [need for need in brought if need.returned and need.originals]
    kept = sum(need.originals for need in brought if not need.returned)
    return Wanted(
        material,
        tuple(dict.fromkeys(need.errand for need in brought or asked or needs)),
        max((need.originals for need in shown), default=0) + kept,
        sum(need.photocopies for need in brought),
        len(shown),
        tuple(dict.fromkeys(maker for need in asked for maker in made[need.errand])),
        not asked,
        tuple(dict.fromkeys(need.case for need in brought)) if all(need.case for need in brought) else (),
    )
