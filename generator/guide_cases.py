"""What a case takes of a guide: its materials, steps, fees, and what differs in time and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from generator.conditions import Answers, holds
from generator.guide_parts import CaseDifference, FeeUse, MaterialUse, Step
from generator.item import Shown
from generator.parts import Duration

Conditioned = TypeVar("Conditioned", MaterialUse, Step, FeeUse, CaseDifference)


class Numbers(NamedTuple):
    """The places, from 0, of what applies in the guide's lists."""

    materials: tuple[int, ...]
    steps: tuple[int, ...]
    fees: tuple[int, ...]
    differences: tuple[int, ...]


class Applying(NamedTuple):
    """The parts of a guide that apply in a case, in the guide's order. Equal numbers are equal cases."""

    numbers: Numbers
    materials: tuple[MaterialUse, ...]
    steps: tuple[Step, ...]
    fees: tuple[FeeUse, ...]
    differences: tuple[CaseDifference, ...]


class Different(NamedTuple):
    """What a case has instead of the guide's own; None and empty where it is the guide's."""

    promised: Duration | None
    windows: tuple[str, ...]
    place: str | None
    visits: int | None


def applying(
    materials: Sequence[MaterialUse],
    steps: Sequence[Step],
    fees: Sequence[FeeUse],
    differences: Sequence[CaseDifference],
    answers: Answers,
) -> Applying:
    """Return what applies of the lists of a guide under some answers."""
    lists = (_held(materials, answers), _held(steps, answers), _held(fees, answers), _held(differences, answers))
    return Applying(
        Numbers(*lists),
        tuple(materials[at] for at in lists[0]),
        tuple(steps[at] for at in lists[1]),
        tuple(fees[at] for at in lists[2]),
        tuple(differences[at] for at in lists[3]),
    )


def _held(parts: Sequence[Conditioned], answers: Answers) -> tuple[int, ...]:
    return tuple(at for at, part in enumerate(parts) if holds(part.when, answers))


def different_in(differences: Sequence[CaseDifference]) -> Different:
    """Return differences as one; where two say the same thing, which a rule forbids, the first counts."""
    return Different(
        next((entry.promised for entry in differences if entry.promised), None),
        next((entry.windows for entry in differences if entry.windows), ()),
        next((entry.place for entry in differences if entry.place), None),
        next((entry.visits for entry in differences if entry.visits is not None), None),
    )


def bring(materials: Sequence[MaterialUse]) -> Shown:
    """Return the ids of all materials of a case, and how many are to be brought."""
    count = sum(not use.exempt for use in materials)
    exempt = len(materials) - count
    text = (f"{count} 件" if count else "不用带材料") + (f"（另有 {exempt} 件免提交）" if exempt else "")
    return Shown(",".join(use.material for use in materials), text, "申请材料")
