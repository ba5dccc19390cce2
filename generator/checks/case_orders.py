"""The order of questions: whether another one asks fewer on average."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import permutations
from math import prod

from generator.case_parts import CaseQuestion
from generator.catalogue import Catalogue
from generator.checks.case_survey import tree_of
from generator.checks.finding import Finding
from generator.checks.service import offered
from generator.conditions import holds, mentions
from generator.kinds.guide import Guide

MOST_REORDERED = 5
"""Questions of a guide of which every order is tried."""
MOST_COMBINED = 500
"""Combinations of answers up to which that takes no time worth speaking of."""


def questions_are_asked_in_the_best_order(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where another order asks fewer questions on average (国发〔2016〕55号: 准确)."""
    for guide in offered(catalogue):
        combined = prod(len(question.options) for question in guide.questions)
        few = 2 <= len(guide.questions) <= MOST_REORDERED and combined <= MOST_COMBINED
        if not few or tree_of(guide) is None:
            continue
        means = Means(guide)
        present = means.of(guide.questions)
        order = min(_possible_orders(guide.questions), key=means.of)
        if f"{means.of(order):.1f}" != f"{present:.1f}":
            names = "→".join(question.id for question in order)
            yield Finding(
                item=guide,
                path=("questions",),
                code="more-questions-than-needed",
                message=f"平均要问 {present:.1f} 个问题，换个次序只要问 {means.of(order):.1f} 个",
                hint=f"按这个次序写：{names}；有理由不换的，在 accepted 里说明。",
                severity="warning",
            )


class Means:
    """How many questions are asked on average, all combinations of answers being equally likely, in some order.

    This is what `case_tree` asks, without making the tree: there are up to 120 orders for one guide.
    """

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._outcomes: dict[frozenset[tuple[str, str]], int] = {}
        self._numbers: dict[Hashable, int] = {}
        self._answers: dict[str, str] = {}

    def of(self, order: Sequence[CaseQuestion]) -> float:
        """Return the mean for an order of the guide's questions."""
        return self._walk(order, 0)[1]

    def _walk(self, order: Sequence[CaseQuestion], number: int) -> tuple[int, float]:
        """Return a number for what can become of the answers so far, and how many questions follow on average."""
        while number < len(order) and not holds(order[number].when, self._answers):
            number += 1
        if number == len(order):
            return self._outcome(), 0.0
        question = order[number]
        shapes, means = [], []
        for option in question.options:
            self._answers[question.id] = option.id
            away = (self._number(("elsewhere", option.guide, option.advice)), 0.0)
            shape, mean = away if option.leads_away else self._walk(order, number + 1)
            shapes.append(shape)
            means.append(mean)
        del self._answers[question.id]
        if len(set(shapes)) == 1 and not all(option.leads_away for option in question.options):
            return shapes[0], means[0]
        return self._number((question.id, *shapes)), 1 + sum(means) / len(means)

    def _outcome(self) -> int:
        key = frozenset(self._answers.items())
        if key not in self._outcomes:
            self._outcomes[key] = self._number(self._guide.applying(self._answers).numbers)
        return self._outcomes[key]

    def _number(self, shape: Hashable) -> int:
        return self._numbers.setdefault(shape, len(self._numbers))


def _possible_orders(present: Sequence[CaseQuestion]) -> Iterator[Sequence[CaseQuestion]]:
    """Yield orders, the present one first, in which conditions are about earlier questions.

    Who is led away must be led to the same place as now, so the questions that lead away stay in their order.
    """
    for order in permutations(present):
        if _leading_away(order) == _leading_away(present) and _is_possible(order):
            yield order


def _is_possible(order: Sequence[CaseQuestion]) -> bool:
    met: set[str] = set()
    for question in order:
        if not {named.question for named in mentions(question.when)} <= met:
            return False
        met.add(question.id)
    return True


def _leading_away(questions: Sequence[CaseQuestion]) -> list[str]:
    return [question.id for question in questions if any(option.leads_away for option in question.options)]
