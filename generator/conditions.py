"""Conditions: a small expression over the answers to questions, `reason = lost and not age in [child, adult]`.

Nothing is ever executed: the text becomes a tree of five sorts of nodes, and a tree can only be asked whether it holds.
A question that has no answer is equal to nothing and one of nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, StringConstraints

from generator.fields import problem, quoted

GRAMMAR = """
    ?either: both ("or" both)*
    ?both: negation ("and" negation)*
    ?negation: "not" negation -> negated
             | "(" either ")"
             | ID ("=" | "==") ID -> equals
             | ID "in" "[" ID ("," ID)* "]" -> one_of
    ID: /(?!(and|or|not|in)(?![a-z0-9-]))[a-z0-9]+(-[a-z0-9]+)*/
    %ignore /[ \\t\\r\\n]+/
"""
KEYWORDS = frozenset({"and", "or", "not", "in"})
"""The words of the grammar, which are no ids."""
LONGEST_CONDITION = 500
"""In characters; the parser's depth, and so the machine's, is bounded by it."""
_SIGNS = {"【": "[", "】": "]", "〔": "[", "〕": "]", "、": ","}
_HINT = (
    "写「问题 = 选项」或「问题 in [选项, 选项]」，用 not、and、or 和括号连接，例如 reason = lost and not age = child。"
)


class Is(NamedTuple):
    """The answer to a question is one of some options."""

    question: str
    options: tuple[str, ...]


class Not(NamedTuple):
    """The inner condition does not hold."""

    inner: Expression


class All(NamedTuple):
    """Every part holds."""

    parts: tuple[Expression, ...]


class Any_(NamedTuple):
    """At least one part holds."""

    parts: tuple[Expression, ...]


Expression = Is | Not | All | Any_
Answers = Mapping[str, str]
"""The option chosen for each question that was answered, by their ids."""


class NotACondition(ValueError):
    """The text is no condition; `position` is where reading stopped, from 1, and 0 where it ended too early."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


@lru_cache(maxsize=10_000)
def parse(text: str) -> Expression:
    """Return the expression that a text spells; raise `NotACondition`. Full-width signs count as the plain ones."""
    from lark.exceptions import UnexpectedEOF, UnexpectedInput

    if len(text) > LONGEST_CONDITION:
        raise NotACondition(LONGEST_CONDITION + 1)
    try:
        return _expression(_parser().parse("".join(map(_plain, text))))
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedEOF) or getattr(getattr(error, "token", None), "type", "") == "$END"
        column = 0 if ended else (error.pos_in_stream or 0) + 1
        raise NotACondition(column) from None


@lru_cache(maxsize=1_000)
def _plain(sign: str) -> str:
    """Return a sign as the grammar knows it; one for one, so that positions stay those of the text."""
    plain = unicodedata.normalize("NFKC", sign)
    return _SIGNS.get(plain, plain) if len(plain) == 1 else sign


@cache
def _parser() -> Any:
    from lark import Lark  # a tenth of a second that a site without questions need not spend

    return Lark(GRAMMAR, start="either", parser="lalr", maybe_placeholders=False)


def _expression(tree: Any) -> Expression:
    match tree.data:
        case "equals" | "one_of":
            question, *options = (str(token) for token in tree.children)
            return Is(question, tuple(options))
        case "negated":
            return Not(_expression(tree.children[0]))
        case "both":
            return All(tuple(_expression(child) for child in tree.children))
        case _:
            return Any_(tuple(_expression(child) for child in tree.children))


def holds(condition: str | None, answers: Answers) -> bool:
    """Tell whether a condition holds under some answers; no condition always holds."""
    return condition is None or _holds(parse(condition), answers)


def _holds(expression: Expression, answers: Answers) -> bool:
    match expression:
        case Is(question, options):
            return answers.get(question) in options
        case Not(inner):
            return not _holds(inner, answers)
        case All(parts):
            return all(_holds(part, answers) for part in parts)
        case Any_(parts):
            return any(_holds(part, answers) for part in parts)


def mentions(condition: str | None) -> Iterator[Is]:
    """Yield each comparison of a condition, from left to right."""
    pending = [parse(condition)] if condition else []
    while pending:
        match pending.pop(0):
            case Is() as comparison:
                yield comparison
            case Not(inner):
                pending.insert(0, inner)
            case All(parts) | Any_(parts):
                pending[:0] = parts


def _condition(value: str) -> str:
    try:
        parse(value)
    except NotACondition as error:
        at = f"从第 {error.position} 个字起看不懂" if error.position else "没有写完"
        raise problem("wrong-condition", f"{quoted(value)}不是条件：{at}", _HINT) from None
    return value


Condition = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_CONDITION),
    AfterValidator(_condition),
]
