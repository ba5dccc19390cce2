"""A guide's cases as templates show them: what was asked and answered, and the parts of the guide that apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import orjson
from markupsafe import Markup

from generator.cases import CaseTree, Node, TooManyCases, child_id
from generator.facts import Fact, Group
from generator.guide_cases import different_in
from generator.guide_parts import CaseDifference
from generator.kinds.guide import Guide

Entry = TypeVar("Entry")


class Answered(NamedTuple):
    """A question that was asked on the way, the option chosen, and the page on which another can be chosen."""

    question: Group
    option: Group
    address: str


class Choice(NamedTuple):
    """An option with the id of the node that it leads to."""

    option: Group
    id: str


class CaseView(NamedTuple):
    """The end of a case. `facts` are its own statements; of one that leads elsewhere, all lists are empty."""

    id: str
    facts: Group
    answered: tuple[Answered, ...]
    materials: tuple[Group, ...]
    steps: tuple[Group, ...]
    fees: tuple[Group, ...]
    differences: tuple[Group, ...]
    windows: tuple[Fact, ...]
    in_hall: bool
    """Whether it is handled where the guide is; False where the case has a place of its own."""
    own_time: bool
    own_visits: bool
    """Whether time and visits differ from the guide's, whose notes on them then say nothing of the case."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether who is in this case is served by another guide or office."""
        return hasattr(self.facts, "elsewhere")


class CaseBlock(NamedTuple):
    """What the guide's own page says of its cases."""

    question: Group
    choices: tuple[Choice, ...]
    cases: tuple[CaseView, ...]
    data: Markup
    """The tree and the numbers of what applies, as JSON for the page's script."""


def case_tree_of(guide: Guide) -> CaseTree | None:
    """Return the tree of a guide's cases; None without questions, and for none or too many, which a rule forbids."""
    try:
        tree = guide.cases() if guide.questions else None
    except TooManyCases:
        return None
    return tree if tree and not tree.nodes[0].is_case else None


def node_address(guide: Guide, node: Node) -> str:
    """Return the address of a node's page below the site root."""
    return f"{cases_address(guide)}/{node.id}" if node.id else cases_address(guide)


def cases_address(guide: Guide) -> str:
    """Return the address of the page with a guide's first question."""
    return f"{guide.path}/cases"


def case_block(guide: Guide, item: Group) -> CaseBlock | None:
    """Return what a guide's page says of its cases; `item` is the tree of the guide's facts."""
    tree = case_tree_of(guide)
    if tree is None:
        return None
    start = tree.nodes[0]
    question, choices = question_of(guide, item, start), choices_at(guide, item, start)
    return CaseBlock(question, choices, case_views(guide, item, tree), _data(guide, tree))


def case_views(guide: Guide, item: Group, tree: CaseTree) -> tuple[CaseView, ...]:
    """Return every case, in the order of the options."""
    facts = {group.label.value: group for group in item.cases}
    return tuple(_view(guide, item, node, facts[node.id]) for node in tree.cases)


def _view(guide: Guide, item: Group, node: Node, facts: Group) -> CaseView:
    answered = answered_at(guide, item, node)
    if node.elsewhere:
        return CaseView(node.id, facts, answered, (), (), (), (), (), False, False, False)
    found = guide.applying(node.answers)
    materials, steps, fees, differences = (
        _picked(entries, numbers)
        for entries, numbers in zip(
            (item.materials, item.steps, item.fees, item.differences), found.numbers, strict=True
        )
    )
    windows = next((entry.windows for entry in differences if entry.windows), item.windows)
    own = different_in(found.differences)
    has = (own.place is None, own.promised is not None, own.visits is not None)
    return CaseView(node.id, facts, answered, materials, steps, fees, differences, tuple(windows), *has)


def _picked(entries: Sequence[Entry], numbers: Iterable[int]) -> tuple[Entry, ...]:
    return tuple(entries[number] for number in numbers)


def question_of(guide: Guide, item: Group, node: Node) -> Group:
    """Return the facts of the question that is asked at a node."""
    assert node.question
    question: Group = item.questions[guide.questions.index(node.question)]
    return question


def choices_at(guide: Guide, item: Group, node: Node) -> tuple[Choice, ...]:
    """Return the options of the question that is asked at a node."""
    if node.question is None:
        return ()
    facts = question_of(guide, item, node).options
    pairs = zip(facts, node.question.options, strict=True)
    return tuple(Choice(group, child_id(node, option)) for group, option in pairs)


def answered_at(guide: Guide, item: Group, node: Node) -> tuple[Answered, ...]:
    """Return what was asked and chosen on the way to a node."""
    found, address = [], cases_address(guide)
    inner = ""
    for question, option in node.chosen:
        group = item.questions[guide.questions.index(question)]
        chosen = group.options[question.options.index(option)]
        found.append(Answered(group, chosen, f"{address}/{inner}" if inner else address))
        inner = f"{inner}--{option.id}" if inner else option.id
    return tuple(found)


def _data(guide: Guide, tree: CaseTree) -> Markup:
    """Return ids and numbers only: all words are in the page already, in their marks."""
    asked = {node.id: _asked(node) for node in tree.nodes if node.question}
    cases = {node.id: _numbers(guide, node) for node in tree.cases}
    return Markup(orjson.dumps({"path": guide.path, "nodes": asked, "cases": cases}).decode())


def _asked(node: Node) -> dict[str, Any]:
    assert node.question
    return {"question": node.question.id, "options": [option.id for option in node.question.options]}


def _numbers(guide: Guide, node: Node) -> dict[str, Any]:
    if node.elsewhere:
        return {"elsewhere": True}
    found = guide.applying(node.answers)
    return {**found.numbers._asdict(), "own": _own(found.differences)}


def _own(differences: Sequence[CaseDifference]) -> list[str]:
    """Return what of the page does not stand in a case, by the names that templates give it in `data-usual`."""
    own = different_in(differences)
    differs = {
        "fees": True,
        "time": own.promised is not None,
        "visits": own.visits is not None,
        "hall": own.place is not None,
        "windows": own.windows or own.place is not None,
    }
    return [name for name, is_own in differs.items() if is_own]
