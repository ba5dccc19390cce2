"""What questions and conditions mean, written a second time and in another way: the measure of `generator.cases`.

Conditions are turned into Python expressions, parsed by Python's own parser and walked; the answers are tried one
combination after the other. Nothing of `generator.conditions` or `generator.cases` is used.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, Protocol

FULL_WIDTH = str.maketrans("＝（）［］【】〔〕，、　", "=()[][][],, ")
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*|==?|\S")


class NotUnderstood(Exception):
    """The text is no condition by the reference."""


class Option(Protocol):
    """An answer, as far as the reference looks at it."""

    @property
    def id(self) -> str: ...
    @property
    def guide(self) -> str | None: ...
    @property
    def advice(self) -> str | None: ...


class Asked(Protocol):
    """A question, as far as the reference looks at it."""

    @property
    def id(self) -> str: ...
    @property
    def options(self) -> Sequence[Option]: ...
    @property
    def when(self) -> str | None: ...


class End(NamedTuple):
    """Where a combination of answers leads: the answers that were asked for, and the option that led elsewhere."""

    answers: Mapping[str, str]
    away: Option | None


def python_text(condition: str) -> str:
    """Return a condition as a Python expression in which ids are texts."""
    words = []
    for word in WORD.findall(condition.translate(FULL_WIDTH)):
        is_id = word[0].isalnum() and word not in ("and", "or", "not", "in")
        words.append(repr(word) if is_id else "==" if word == "=" else word)
    return " ".join(words)


def reference_holds(condition: str | None, answers: Mapping[str, str]) -> bool:
    """Tell whether a condition holds; raise `NotUnderstood`."""
    if condition is None:
        return True
    try:
        return _value(ast.parse(python_text(condition), mode="eval").body, answers)
    except SyntaxError:
        raise NotUnderstood(condition) from None


def _value(node: ast.expr, answers: Mapping[str, str]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return False not in [_value(value, answers) for value in values]
        case ast.BoolOp(op=ast.Or(), values=values):
            return True in [_value(value, answers) for value in values]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, answers)
        case ast.Compare(
            left=ast.Constant(value=str(question)), ops=[ast.Eq()], comparators=[ast.Constant(value=option)]
        ):
            return question in answers and answers[question] == option
        case ast.Compare(left=ast.Constant(value=str(question)), ops=[ast.In()], comparators=[ast.List(elts=listed)]):
            options = [entry.value for entry in listed if isinstance(entry, ast.Constant)]
            return question in answers and answers[question] in options
    raise NotUnderstood(ast.dump(node))


def combinations(questions: Sequence[Asked]) -> Iterator[Mapping[str, Option]]:
    """Yield every way to answer all questions, asked or not."""
    for chosen in product(*(question.options for question in questions)):
        yield {question.id: option for question, option in zip(questions, chosen, strict=True)}


def end_of(questions: Sequence[Asked], chosen: Mapping[str, Option]) -> End:
    """Return where somebody ends who answers like this and is asked every question whose condition holds."""
    answers: dict[str, str] = {}
    for question in questions:
        if not reference_holds(question.when, answers):
            continue
        option = chosen[question.id]
        answers[question.id] = option.id
        if option.guide is not None or option.advice is not None:
            return End(answers, option)
    return End(answers, None)
