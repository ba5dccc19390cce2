"""What the fees of a guide come to: a sum in one case, where they are no alternatives, and a range over its cases."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from generator.fields import number_text

OPEN_FEE = "按情形收费"


class Charge(NamedTuple):
    """A rate in force that a guide charges."""

    value: str
    text: str
    amount: Decimal | None
    """In yuan for each unit; None for a percentage or a standard in words."""
    unit: str
    one_of: str | None = None
    """The word that alternatives have in common; of these one is charged, all else is charged together."""
    counted: bool = False
    """Whether it is charged as often as the applicant asks, so that a sum with it is only the least."""


class Cost(NamedTuple):
    """What is paid in a case or over several."""

    value: str
    """`40`, `15-240`, `90-` with an open end; empty where there is no amount."""
    text: str
    low: Decimal | None
    """None where there is no amount."""
    high: Decimal | None = None
    """None where there is no upper end."""
    unit: str = ""
    """Empty for sums, which are for several things."""


NOTHING = Cost("0", "不收费", Decimal(0), Decimal(0))
UNKNOWN = Cost("", OPEN_FEE, None)


def cost_of(charges: Sequence[Charge]) -> Cost:
    """Return what charges come to that apply in one case."""
    groups = _groups(charges)
    paid = [group for group in groups if any(charge.amount != 0 for charge in group)]
    if not paid:
        return NOTHING._replace(text=charges[0].text) if charges else NOTHING
    first, every = paid[0][0], [charge for group in paid for charge in group]
    if len(paid) == 1 and len({(charge.value, charge.text) for charge in every}) == 1:
        return Cost(first.value, first.text, first.amount, first.amount, first.unit)
    ends = [_ends_of(group) for group in paid]
    known = [end for end in ends if end]
    if len(known) < len(ends):
        return UNKNOWN
    low, high = (sum(column, Decimal(0)) for column in zip(*known, strict=True))
    is_open = len(paid) > 1 and any(charge.counted for charge in every)
    return _cost(low, None if is_open else high, {charge.unit for charge in every} if len(paid) == 1 else set())


def cost_over(costs: Iterable[Cost]) -> Cost:
    """Return from the least to the most of what is paid in several cases; there has to be one."""
    costs = list(dict.fromkeys(costs))
    if len(costs) == 1:
        return costs[0]
    lows = [cost.low for cost in costs if cost.low is not None]
    if len(lows) < len(costs):  # percentages make no range
        return UNKNOWN
    highs = [cost.high for cost in costs if cost.high is not None]
    units = {cost.unit for cost in costs if cost.high != 0}
    return _cost(min(lows), max(highs) if len(highs) == len(costs) else None, units)


def cost_among(charges: Sequence[Charge]) -> Cost:
    """Return what charges come to of which nobody knows who pays which; those for several things make no range."""
    units = {charge.unit for charge in charges if charge.amount}
    if not charges:
        return NOTHING
    return cost_over(cost_of([charge]) for charge in charges) if len(units) < 2 else UNKNOWN


def _groups(charges: Iterable[Charge]) -> list[list[Charge]]:
    """Return alternatives together, everything else by itself, in order."""
    groups: dict[Hashable, list[Charge]] = {}
    for number, charge in enumerate(charges):
        groups.setdefault(number if charge.one_of is None else charge.one_of, []).append(charge)
    return list(groups.values())


def _ends_of(group: Sequence[Charge]) -> tuple[Decimal, Decimal] | None:
    amounts = [charge.amount for charge in group if charge.amount is not None]
    return (min(amounts), max(amounts)) if len(amounts) == len(group) else None


def _cost(low: Decimal, high: Decimal | None, units: set[str]) -> Cost:
    """Return amounts as one; with several units, or none, they are plain yuan."""
    unit = units.pop() if len(units) == 1 else ""
    yuan = f"元/{unit}" if unit else "元"
    least = number_text(low)
    if high is None:
        return Cost(f"{least}-", f"{least} 元起", low) if low else UNKNOWN
    if low == high:
        return Cost(least, f"{least} {yuan}", low, high, unit)
    most = number_text(high)
    return Cost(f"{least}-{most}", f"{least}～{most} {yuan}", low, high, unit)
