"""Conditions: read like the reference in `case_reference`, whatever the text, and told where they go wrong."""

from __future__ import annotations

from itertools import product

import pytest
from case_reference import reference_holds
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.conditions import LONGEST_CONDITION, Condition, Is, NotACondition, holds, mentions, parse

OPTIONS = ("a", "b-2", "3")
QUESTIONS = ("reason", "in-order", "not-so")
WIDE = {"=": "＝", "(": "（", ")": "）", "[": "【", "]": "］", ",": "、", " ": "　"}

comparisons = st.builds("{} = {}".format, st.sampled_from(QUESTIONS), st.sampled_from(OPTIONS)) | st.builds(
    lambda question, options: f"{question} in [{', '.join(options)}]",
    st.sampled_from(QUESTIONS),
    st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3),
)
expressions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds("not {}".format, inner),
        st.builds("({})".format, inner),
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
    ),
    max_leaves=8,
)
words = st.sampled_from(
    (*QUESTIONS, *OPTIONS, *"=()[],", "==", "and", "or", "not", "in", "＝", "【", "A", "。", "\r\n")
)


def all_answers() -> list[dict[str, str]]:
    """Return every way to answer the questions, or some of them, or none."""
    found = product((None, *OPTIONS), repeat=len(QUESTIONS))
    return [{name: option for name, option in zip(QUESTIONS, row, strict=True) if option} for row in found]


@settings(deadline=None)
@given(expressions)
def test_a_condition_holds_where_the_reference_says_so(text: str) -> None:
    if len(text) <= LONGEST_CONDITION:
        for answers in all_answers():
            assert holds(text, answers) == reference_holds(text, answers)


@settings(deadline=None)
@given(expressions, st.data())
def test_full_width_signs_and_spaces_mean_the_same(text: str, data: st.DataObject) -> None:
    signs = [data.draw(st.sampled_from((sign, WIDE[sign]))) if sign in WIDE else sign for sign in text]
    if len(text) <= LONGEST_CONDITION:
        assert parse("".join(signs)) == parse(text)


@settings(deadline=None)
@given(st.text() | st.lists(words).map(" ".join) | st.lists(words).map("".join))
@example("not " * 50_000 + "a = b")
@example("(" * 50_000)
@example("ﷺ = a")
@example("a\r\n= b")
@example("and=0")
@example("a in [or]")
@example("order = in-order")
def test_any_text_is_a_condition_or_is_told_where_not(text: str) -> None:
    try:
        read = parse(text)
    except NotACondition as error:
        assert 0 <= error.position <= len(text)
    else:
        assert isinstance(read, tuple)
        for answers in all_answers():
            assert holds(text, answers) == reference_holds(text, answers)


def test_the_deepest_condition_can_be_read_and_asked() -> None:
    deep = "(" * 240 + "a = b" + ")" * 240
    assert parse(deep) == Is("a", ("b",))
    denied = "not " * 123 + "a = b"
    assert holds(denied, {"a": "b"}) is False
    nested = "not(a=b or " * 41 + "a=b" + ")" * 41
    assert len(nested) > LONGEST_CONDITION - 50
    assert holds(nested, {"a": "b"}) is False


def test_comparisons_are_named_from_left_to_right() -> None:
    assert list(mentions("not (a = x or b in [y, z]) and c = w")) == [
        Is("a", ("x",)),
        Is("b", ("y", "z")),
        Is("c", ("w",)),
    ]
    assert list(mentions(None)) == []


def test_no_condition_always_holds_and_no_answer_equals_nothing() -> None:
    assert holds(None, {})
    assert not holds("a = b", {})
    assert holds("not a in [b]", {})


HINT = (
    "写「问题 = 选项」或「问题 in [选项, 选项]」，用 not、and、or 和括号连接，例如 reason = lost and not age = child。"
)
TOLD = {
    "reason": "「reason」不是条件：没有写完",
    "reason = lost and": "「reason = lost and」不是条件：没有写完",
    "reason is lost": "「reason is lost」不是条件：从第 8 个字起看不懂",
    "reason = 丢了": "「reason = 丢了」不是条件：从第 10 个字起看不懂",
    "reason in [lost,]": "「reason in [lost,]」不是条件：从第 17 个字起看不懂",
    "㎏㎏ = a": "「㎏㎏ = a」不是条件：从第 1 个字起看不懂",
    "or = lost": "「or = lost」不是条件：从第 1 个字起看不懂",
    "not = lost": "「not = lost」不是条件：从第 5 个字起看不懂",
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_no_condition_is_told_with_its_place(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Condition).validate_python(text)
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["said"], error["ctx"]["hint"]) == ("wrong-condition", TOLD[text], HINT)
