"""Fees of a case: what is charged together is meant so, and alternatives are several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from generator.catalogue import Catalogue
from generator.checks.case_survey import cases_here, label_of
from generator.checks.finding import Finding
from generator.guide_parts import FeeUse
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide


def alternatives_are_several(catalogue: Catalogue) -> Iterator[Finding]:
    """Find a fee marked as one of several to choose from that stands alone (国发〔2016〕55号: 准确)."""
    for guide in catalogue.all_of(Guide):
        counts = Counter(use.one_of for use in guide.fees)
        for index, use in enumerate(guide.fees):
            if use.one_of and counts[use.one_of] == 1:
                yield Finding(
                    item=guide,
                    path=("fees", index, "one_of"),
                    code="choice-of-one",
                    message=f"「{use.one_of}」只收其一，却只有这一条这样写",
                    hint="请在可以替代它的那几条收费上写同样的词；没有别的可选，就删掉 one_of。",
                )


def alternatives_meet_in_a_case(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of alternatives that the questions tell apart already (国发〔2016〕55号: 准确)."""
    for guide in catalogue.all_of(Guide):
        together = {pair for _, pair in _pairs(guide)}
        for index, use in enumerate(guide.fees if together or cases_here(guide) else ()):
            others = [at for at, other in enumerate(guide.fees) if at != index and other.one_of == use.one_of]
            if use.one_of and others and not any((min(at, index), max(at, index)) in together for at in others):
                yield Finding(
                    item=guide,
                    path=("fees", index, "one_of"),
                    code="choice-decided",
                    message=f"没有一种情形里它和别的「{use.one_of}」同时收，不用再选",
                    hint="情形问题已经分清了的，删掉 one_of；还要选的，请核对 when。",
                    severity="warning",
                )


def fees_of_a_case_are_meant(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of two rates of one fee that a case charges together (行政许可法第五十九条: 按照公布的标准收费)."""
    for guide in catalogue.all_of(Guide):
        told: set[int] = set()
        for label, (earlier, later) in _pairs(guide):
            first, second = guide.fees[earlier], guide.fees[later]
            alternatives = first.one_of is not None and first.one_of == second.one_of
            if first.fee != second.fee or alternatives or later in told:
                continue
            told.add(later)
            yield Finding(
                item=guide,
                path=("fees", later),
                code="charged-together",
                message=f"{_called(catalogue, first)}和{_called(catalogue, second)}加在一起收：{label}",
                hint="只收其中一条的，几条都写同样的 one_of 或分清 when；各收各的，在 accepted 里说明。",
                severity="warning",
            )


def _pairs(guide: Guide) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the numbers of every two fees that apply in one case, with the case."""
    for case in cases_here(guide) if len(guide.fees) > 1 else ():
        numbers: Sequence[int] = guide.applying(case.answers).numbers.fees
        for pair in combinations(numbers, 2):
            yield label_of(case), pair


def _called(catalogue: Catalogue, use: FeeUse) -> str:
    fee = catalogue.find("fee", use.fee)
    rate = fee.rate(use.rate) if isinstance(fee, Fee) else None
    return f"「{use.case or (rate.condition if rate else use.rate)}」"
