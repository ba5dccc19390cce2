"""Cases as they come out: every question makes a difference, every part is used, no case is empty or contradictory."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from math import prod

from generator.case_parts import CaseOption, CaseQuestion
from generator.cases import CaseTree, Node, case_tree
from generator.catalogue import Catalogue
from generator.checks.case_survey import (
    Way,
    cases_here,
    conditioned_parts,
    conditioned_questions,
    labels_of,
    tree_of,
    ways,
)
from generator.checks.finding import Finding, PathInItem
from generator.checks.service import offered
from generator.conditions import Answers, holds, mentions
from generator.guide_parts import CaseDifference
from generator.kinds.guide import Guide

MOST_REORDERED = 5
"""Questions of a guide of which every order is tried."""
MOST_COMBINED = 500
"""Combinations of answers up to which that takes no time worth speaking of."""


def questions_make_a_difference(catalogue: Catalogue) -> Iterator[Finding]:
    """Find questions whose answer changes nothing in any case (情形引导, issue 4: no question without effect)."""
    for guide, tree in _trees(catalogue):
        needed = {node.question.id for node in tree.nodes if node.question}
        asked = {name for way in ways(guide.questions) for name in way.answers}
        for index, question in enumerate(guide.questions):
            if question.id in asked - needed:
                yield Finding(
                    item=guide,
                    path=("questions", index, "text"),
                    code="question-without-effect",
                    message="这个问题怎样回答，结果都一样",
                    hint="请在因它不同的材料、环节、收费或差别上写 when；都没有不同的，删掉这个问题。",
                )


def options_make_a_difference(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of options that lead to the same whatever else is answered (情形引导, issue 4: fewest questions)."""
    for guide, tree in _trees(catalogue):
        signatures = _Signatures(guide, tree)
        for row, question in enumerate(guide.questions):
            met: dict[Hashable, CaseOption] = {}
            for index, option in enumerate(question.options if signatures.asks(question) else ()):
                first = met.setdefault(signatures.of(question, option), option)
                if first is not option:
                    yield Finding(
                        item=guide,
                        path=("questions", row, "options", index, "text"),
                        code="options-alike",
                        message=f"选「{first.text}」和选「{option.text}」，结果总是一样",
                        hint="请合并成一个选项；为了让人看懂要分开写的，在 accepted 里说明。",
                        severity="warning",
                    )


class _Signatures:
    """What options lead to: equal for options that need not be told apart."""

    def __init__(self, guide: Guide, tree: CaseTree) -> None:
        self.guide = guide
        self.tree = tree
        self.by_node: dict[str, Hashable] = {}
        for node in reversed(tree.nodes):  # those below come first
            self.by_node[node.id] = self._signature(node)

    def _signature(self, node: Node) -> Hashable:
        if node.elsewhere:
            return node.elsewhere.guide, node.elsewhere.advice
        if node.question is None:
            return self.guide.applying(node.answers).numbers
        below = (self.by_node[child.id] for _, child in self.tree.below(node))
        return node.question.id, *below

    def asks(self, question: CaseQuestion) -> bool:
        """Tell whether a question is asked anywhere."""
        return any(node.question == question for node in self.tree.nodes)

    def of(self, question: CaseQuestion, option: CaseOption) -> Hashable:
        """Return what an option leads to wherever its question is asked."""
        nodes = (node for node in self.tree.nodes if node.question == question)
        return tuple(self.by_node[dict(self._below(node))[option.id]] for node in nodes)

    def _below(self, node: Node) -> Iterator[tuple[str, str]]:
        return ((option.id, child.id) for option, child in self.tree.below(node))


def conditions_can_hold(catalogue: Catalogue) -> Iterator[Finding]:
    """Find conditions that hold in no case (情形引导, issue 4: every material used in some case)."""
    for guide, path, when, what, times in _conditions(catalogue):
        if not any(times):
            yield Finding(
                item=guide,
                path=path,
                code="condition-never",
                message=f"条件「{when}」在任何情形下都不成立，这个{what}用不到",
                hint=f"请核对条件；真的用不到的，删掉这个{what}。",
            )


def conditions_can_fail(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of conditions that hold in every case (情形引导, issue 4)."""
    for guide, path, when, what, times in _conditions(catalogue):
        if times and all(times):
            told = "把不同之处直接写进指南，删掉这条差别" if what == "差别" else "删掉 when"
            yield Finding(
                item=guide,
                path=path,
                code="condition-always",
                message=f"条件「{when}」在每种情形下都成立",
                hint=f"请核对条件；每种情形都一样的，{told}。",
                severity="warning",
            )


def _conditions(catalogue: Catalogue) -> Iterator[tuple[Guide, PathInItem, str, str, list[bool]]]:
    """Yield each condition with its place, what it is of, and in which ways to answer it holds."""
    for guide, _ in _trees(catalogue):
        found = list(ways(guide.questions))
        for index, question, when in conditioned_questions(guide):
            times = [question.id in way.answers for way in found if _comes_to(way, guide.questions[:index])]
            yield guide, ("questions", index, "when"), when, "问题", times
        for part in conditioned_parts(guide):
            times = [holds(part.when, way.answers) for way in found if way.away is None]
            yield guide, part.path, part.when, part.what, times


def _comes_to(way: Way, earlier: Sequence[CaseQuestion]) -> bool:
    """Tell whether none of the questions before another led away."""
    chosen = (question.option(way.answers.get(question.id, "")) for question in earlier)
    return not any(option.leads_away for option in chosen if option)


def differences_agree(catalogue: Catalogue) -> Iterator[Finding]:
    """Find differences that contradict each other in some case (同一事实处处一致; 情形引导, issue 4)."""
    for guide, _ in _trees(catalogue):
        for (first, one), (second, other) in combinations(enumerate(guide.differences), 2):
            labels = _contradicted(one, other)
            both = [case for case in cases_here(guide) if {first, second} <= _differences_in(guide, case)]
            if labels and both:
                yield Finding(
                    item=guide,
                    path=("differences", second),
                    code="differences-contradict",
                    message=f"{labels_of(both)}里，与第 {first + 1} 条差别写的{'、'.join(labels)}不一样",
                    hint="一种情形只能有一种写法；请改条件，让两条差别不同时成立。",
                )


def _differences_in(guide: Guide, case: Node) -> set[int]:
    return set(guide.applying(case.answers).numbers.differences)


def _contradicted(one: CaseDifference, other: CaseDifference) -> list[str]:
    """Return the labels of what two differences say differently."""
    found = []
    if one.promised and other.promised and one.promised.headline() != other.promised.headline():
        found.append("承诺办结时限")
    places = [(difference.windows, difference.place) for difference in (one, other)]
    if all(windows or place for windows, place in places) and places[0] != places[1]:
        found.append("办理地点")
    if None not in (one.visits, other.visits) and one.visits != other.visits:
        found.append("到办事现场次数")
    return found


def cases_have_steps(catalogue: Catalogue) -> Iterator[Finding]:
    """Find cases without any step (国办秘函〔2019〕19号: 办理流程 is a key element)."""
    for guide in offered(catalogue):
        if empty := [case for case in cases_here(guide) if not guide.applying(case.answers).steps]:
            message, hint = f"{labels_of(empty)}没有办理环节", "请补上这些情形的环节，或改环节的 when。"
            yield Finding(item=guide, path=("steps",), code="case-without-steps", message=message, hint=hint)


def cases_have_materials(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn of cases without materials in guides that have some (国办秘函〔2019〕19号: 办理材料 is a key element)."""
    for guide in offered(catalogue):
        empty = [case for case in cases_here(guide) if not guide.applying(case.answers).materials]
        if guide.materials and empty:
            yield Finding(
                item=guide,
                path=("materials",),
                code="case-without-materials",
                message=f"{labels_of(empty)}不用交任何材料",
                hint="请核对材料的 when；确实什么都不用交的，在 accepted 里说明。",
                severity="warning",
            )


def questions_are_asked_in_the_best_order(catalogue: Catalogue) -> Iterator[Finding]:
    """Warn where another order asks fewer questions on average (情形引导, issue 4: the fewest questions needed)."""
    for guide, tree in _trees(catalogue):
        combined = prod(len(question.options) for question in guide.questions)
        if not 2 <= len(guide.questions) <= MOST_REORDERED or combined > MOST_COMBINED:
            continue
        mean = mean_questions(tree)
        order, best = _best_order(guide, mean)
        if f"{float(best):.1f}" != f"{float(mean):.1f}":
            names = "→".join(question.id for question in order)
            yield Finding(
                item=guide,
                path=("questions",),
                code="more-questions-than-needed",
                message=f"平均要问 {float(mean):.1f} 个问题，换个次序只要问 {float(best):.1f} 个",
                hint=f"按这个次序写：{names}；有理由不换的，在 accepted 里说明。",
                severity="warning",
            )


def mean_questions(tree: CaseTree) -> Fraction:
    """Return how many questions a tree asks on average, all combinations of answers being equally likely."""
    total = Fraction(0)
    for case in tree.cases:
        likelihood = Fraction(1)
        for question, _ in case.chosen:
            likelihood /= len(question.options)
        total += likelihood * len(case.chosen)
    return total


def _best_order(guide: Guide, mean: Fraction) -> tuple[Sequence[CaseQuestion], Fraction]:
    """Return the order with the lowest mean that leads everybody to the same; the present one unless one is better."""
    known: dict[frozenset[tuple[str, str]], Hashable] = {}

    def outcome(answers: Answers) -> Hashable:
        key = frozenset(answers.items())
        if key not in known:
            known[key] = guide.applying(answers).numbers
        return known[key]

    best: tuple[Sequence[CaseQuestion], Fraction] = (guide.questions, mean)
    for order in permutations(guide.questions):
        if _is_possible(order, guide.questions):
            found = mean_questions(case_tree(order, outcome))
            if found < best[1]:
                best = order, found
    return best


def _is_possible(order: Sequence[CaseQuestion], present: Sequence[CaseQuestion]) -> bool:
    """Tell whether conditions are about earlier questions, and who is led away is led to the same place as now."""
    met: set[str] = set()
    for question in order:
        if not {named.question for named in mentions(question.when)} <= met:
            return False
        met.add(question.id)
    return _leading_away(order) == _leading_away(present)


def _leading_away(questions: Sequence[CaseQuestion]) -> list[str]:
    return [question.id for question in questions if any(option.leads_away for option in question.options)]


def _trees(catalogue: Catalogue) -> Iterator[tuple[Guide, CaseTree]]:
    """Yield the guides that ask, with their trees."""
    for guide in offered(catalogue):
        if tree := tree_of(guide):
            yield guide, tree
