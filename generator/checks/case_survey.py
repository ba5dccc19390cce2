"""What the rules about cases share: who asks, where conditions stand, the tree, and every way to answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.case_parts import CaseOption, CaseQuestion
from generator.cases import CaseTree, Node, TooManyCases
from generator.catalogue import Catalogue
from generator.checks.finding import PathInItem
from generator.conditions import holds, mentions
from generator.kinds.bundle import Bundle
from generator.kinds.guide import Guide

Asking = Guide | Bundle
"""An item that may ask which case it is."""
MOST_NAMED = 3
"""Cases that a message names before it only counts them."""


class Conditioned(NamedTuple):
    """A part of a guide or bundle that has a condition."""

    path: PathInItem
    when: str
    what: str
    """What the part is to an editor."""


class Way(NamedTuple):
    """A way to answer all that is asked, needless questions included, and the option that led away if one did."""

    answers: Mapping[str, str]
    away: CaseOption | None


def asking(whole: Catalogue) -> list[Asking]:
    """Return all guides and bundles. No rule, for which reason the parameter is not called as those of rules are."""
    return [*whole.all_of(Guide), *whole.all_of(Bundle)]


def conditioned_parts(item: Asking) -> Iterator[Conditioned]:
    """Yield what a guide or bundle says only in some cases; questions are not among it."""
    for key, what, parts in _lists(item):
        for index, part in enumerate(parts):
            if (when := getattr(part, "when", None)) is not None:
                yield Conditioned((key, index, "when"), when, what)


def _lists(item: Asking) -> tuple[tuple[str, str, Sequence[object]], ...]:
    if isinstance(item, Bundle):
        return (("guides", "要办的事", item.guides),)
    return (
        ("materials", "材料", item.materials),
        ("steps", "环节", item.steps),
        ("fees", "收费", item.fees),
        ("differences", "差别", item.differences),
    )


def conditioned_questions(item: Asking) -> Iterator[tuple[int, CaseQuestion, str]]:
    """Yield the questions that are asked only after some answers, with their numbers and conditions."""
    for index, question in enumerate(item.questions):
        if question.when is not None:
            yield index, question, question.when


def tree_of(item: Asking) -> CaseTree | None:
    """Return the tree of an item whose questions can be relied on, None where other rules find an error in them."""
    if not item.questions or not _is_sound(item):
        return None
    try:
        return item.cases()
    except TooManyCases:
        return None


def _is_sound(item: Asking) -> bool:
    """Tell whether ids are distinct and conditions name what is there."""
    known: dict[str, set[str]] = {}
    for question in item.questions:
        options = {option.id for option in question.options}
        if question.id in known or len(options) < len(question.options) or not _names_known(question.when, known):
            return False
        known[question.id] = options
    return all(_names_known(part.when, known) for part in conditioned_parts(item))


def _names_known(when: str | None, known: Mapping[str, set[str]]) -> bool:
    return all(set(named.options) <= known.get(named.question, set()) for named in mentions(when))


def cases_here(guide: Guide) -> list[Node]:
    """Return the cases that the guide itself serves; none where there are no questions to rely on."""
    tree = tree_of(guide)
    return [case for case in tree.cases if not case.elsewhere] if tree else []


def ways(questions: Sequence[CaseQuestion]) -> Iterator[Way]:
    """Yield every way to answer the questions whose conditions hold; the tree must have been grown before."""
    pending: list[tuple[dict[str, str], int]] = [({}, 0)]
    while pending:
        answers, number = pending.pop()
        rest = enumerate(questions[number:], number)
        following = next(((at, question) for at, question in rest if holds(question.when, answers)), None)
        if following is None:
            yield Way(answers, None)
            continue
        at, question = following
        for option in question.options:
            chosen = {**answers, question.id: option.id}
            if option.leads_away:
                yield Way(chosen, option)
            else:
                pending.append((chosen, at + 1))


def label_of(case: Node) -> str:
    """Name a case by the options that were chosen: 情形「丢了 · 成年人」."""
    return labels_of([case])


def labels_of(cases: Sequence[Node]) -> str:
    """Name some cases, and count them where they are many; where no answer matters, the only one is all of them."""
    if not any(case.chosen for case in cases):
        return "所有情形"
    named = "、".join(f"「{' · '.join(option.text for _, option in case.chosen)}」" for case in cases[:MOST_NAMED])
    return f"{named}等 {len(cases)} 种情形" if len(cases) > MOST_NAMED else f"情形{named}"


def most_multiplying(item: Asking, cases: Sequence[Node]) -> CaseQuestion:
    """Return the question without which the fewest cases would be left."""

    def left_without(question: CaseQuestion) -> int:
        chosen = Counter(option.id for case in cases for asked, option in case.chosen if asked.id == question.id)
        return len(cases) - sum(chosen.values()) + max(chosen.values(), default=0)

    return min(item.questions, key=left_without)
