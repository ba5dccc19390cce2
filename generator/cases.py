"""Questions → the tree of cases: what is asked after which answer, and where it ends.

A question is asked only where its answer can still make a difference; where every option leads to the same, it is
passed over and its first option assumed, which changes nothing by that very reason. Who is sent elsewhere has to be
told so by the option chosen: a question whose options all lead away is asked, even if all lead to one place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from generator.case_parts import CaseOption, CaseQuestion
from generator.conditions import Answers, holds

MOST_COMBINATIONS = 20_000
"""Ends of the tree before needless questions are passed over; a guide with more is refused, not computed."""
MOST_QUESTIONS = 100
"""The depth of the tree, and so of the machine's stack, is bounded by it."""
ROOT = ""
SEPARATOR = "--"  # no id has two hyphens

Outcome = Callable[[Answers], Hashable]
"""What a set of answers amounts to: equal for cases that need not be told apart."""


class TooManyCases(Exception):
    """The questions allow for more combinations than anybody can check."""


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: a question still to be asked, or the end of a case."""

    id: str
    """The options chosen on the way, joined: `lost--adult`; empty at the root."""
    chosen: tuple[tuple[CaseQuestion, CaseOption], ...]
    """The questions asked on the way with the options chosen."""
    answers: Answers
    """Option by question, those assumed for questions passed over included."""
    question: CaseQuestion | None
    """What is asked here; None at the end of a case."""

    @property
    def is_case(self) -> bool:
        """Whether the way ends here."""
        return self.question is None

    @property
    def label(self) -> str:
        """The options chosen, in words; at the end of a case what the case is called."""
        return " · ".join(option.text for _, option in self.chosen)

    @property
    def title(self) -> str:
        """The label and the question still to be asked, which no other node has together."""
        asked = self.question.text if self.question else ""
        return "：".join(text for text in (self.label, asked) if text)

    @property
    def elsewhere(self) -> CaseOption | None:
        """The last option if it leads away to another guide or office."""
        last = self.chosen[-1][1] if self.chosen else None
        return last if last and last.leads_away else None


@dataclass(frozen=True, slots=True)
class CaseTree:
    """All nodes, each before those below it, options in their order."""

    nodes: tuple[Node, ...]

    @property
    def cases(self) -> list[Node]:
        """The ends."""
        return [node for node in self.nodes if node.is_case]

    def below(self, node: Node) -> list[tuple[CaseOption, Node]]:
        """Return each option of a node's question with the node it leads to."""
        by_id = {entry.id: entry for entry in self.nodes}
        options = node.question.options if node.question else ()
        return [(option, by_id[child_id(node, option)]) for option in options]

    def above(self, node: Node) -> Node | None:
        """Return the node in which the last question on the way was asked, None for the root."""
        if not node.chosen:
            return None
        identifier = node.id.rpartition(SEPARATOR)[0]
        return next(entry for entry in self.nodes if entry.id == identifier)


def child_id(node: Node, option: CaseOption) -> str:
    """Return the id of the node that an option leads to."""
    return f"{node.id}{SEPARATOR}{option.id}" if node.id else option.id


def case_tree(questions: Sequence[CaseQuestion], outcome: Outcome) -> CaseTree:
    """Return the tree of cases; raise `TooManyCases`. Without questions it is one case, the root."""
    if len(questions) > MOST_QUESTIONS:
        raise TooManyCases
    return CaseTree(tuple(_Grower(questions, outcome).grow()))


class _Grower:
    """Grows a tree from its questions; a question's place is its number."""

    def __init__(self, questions: Sequence[CaseQuestion], outcome: Outcome) -> None:
        self.questions = questions
        self.outcome = outcome
        self.ends = 0
        self.shapes: dict[tuple[tuple[str, str], ...], Hashable] = {}

    def grow(self) -> Iterator[Node]:
        yield from self._nodes(0, Node(ROOT, (), {}, None))

    def _nodes(self, number: int, at: Node) -> Iterator[Node]:
        """Yield the node at some answers and all below it."""
        following = self._next(number, at.answers)
        if following is None or at.elsewhere:
            yield at
            return
        number, question = following
        shapes = [self._shape(number + 1, self._answered(at.answers, question, o), o) for o in question.options]
        if self._is_needless(question, shapes):
            assumed = self._answered(at.answers, question, question.options[0])
            yield from self._nodes(number + 1, Node(at.id, at.chosen, assumed, None))
            return
        yield Node(at.id, at.chosen, at.answers, question)
        for option in question.options:
            chosen = (*at.chosen, (question, option))
            answers = self._answered(at.answers, question, option)
            yield from self._nodes(number + 1, Node(child_id(at, option), chosen, answers, None))

    def _next(self, number: int, answers: Answers) -> tuple[int, CaseQuestion] | None:
        """Return the first question from a number on that is to be asked under some answers."""
        rest = enumerate(self.questions[number:], number)
        return next(((at, question) for at, question in rest if holds(question.when, answers)), None)

    def _answered(self, answers: Answers, question: CaseQuestion, option: CaseOption) -> Answers:
        return {**answers, question.id: option.id}

    def _is_needless(self, question: CaseQuestion, shapes: Sequence[Hashable]) -> bool:
        return len(set(shapes)) == 1 and not all(option.leads_away for option in question.options)

    def _shape(self, number: int, answers: Answers, last: CaseOption) -> Hashable:
        """Return what can become of some answers, found once: equal shapes need not be told apart."""
        key = tuple(answers.items())
        if key not in self.shapes:
            self.shapes[key] = self._find_shape(number, answers, last)
        return self.shapes[key]

    def _find_shape(self, number: int, answers: Answers, last: CaseOption) -> Hashable:
        if last.leads_away:
            return self._end(("elsewhere", last.guide, last.advice))
        following = self._next(number, answers)
        if following is None:
            return self._end(self.outcome(answers))
        number, question = following
        shapes = [self._shape(number + 1, self._answered(answers, question, o), o) for o in question.options]
        if self._is_needless(question, shapes):
            return shapes[0]
        return (question.id, *shapes)

    def _end(self, shape: Hashable) -> Hashable:
        self.ends += 1  # each end is come to once
        if self.ends > MOST_COMBINATIONS:
            raise TooManyCases
        return shape
