"""The tree of cases against brute force: every combination of answers comes to one case, and that case is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise

import pytest
from case_reference import Option, combinations, end_of, reference_holds
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.case_parts import CaseOption, CaseQuestion
from generator.cases import MOST_QUESTIONS, CaseTree, Node, TooManyCases, case_tree
from generator.conditions import Answers, holds


def question(identifier: str, *options: str, when: str | None = None, advice: Sequence[str] = ()) -> CaseQuestion:
    """Return a question; options in `advice` lead away, each with a text of its own."""
    return CaseQuestion(
        id=identifier,
        text=f"问{identifier}？",
        why="因为不同。",
        options=tuple(
            CaseOption(id=option, text=option, advice=f"{identifier} {option}" if option in advice else None)
            for option in options
        ),
        when=when,
    )


def tree_of(questions: Sequence[CaseQuestion], conditions: Sequence[str]) -> CaseTree:
    """Return the tree for parts with these conditions."""
    return case_tree(questions, lambda answers: tuple(holds(condition, answers) for condition in conditions))


def conditions_over(questions: Sequence[tuple[str, Sequence[str]]]) -> st.SearchStrategy[str]:
    """Return conditions over questions, given with their options."""
    comparisons = st.one_of(
        [
            st.lists(st.sampled_from(options), min_size=1, unique=True).map(
                lambda chosen, name=name: f"{name} = {chosen[0]}" if len(chosen) == 1 else f"{name} in {list(chosen)}"  # type: ignore[misc]
            )
            for name, options in questions
        ]
    ).map(lambda text: text.replace("'", ""))
    return st.recursive(
        comparisons,
        lambda inner: st.one_of(
            st.builds("not ({})".format, inner),
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
        ),
        max_leaves=3,
    )


@st.composite
def guides(draw: st.DrawFn) -> tuple[list[CaseQuestion], list[str]]:
    """Draw questions, each perhaps asked only after some answers before, and the conditions of parts."""
    names = [(f"q{number}", "abc"[: draw(st.integers(2, 3))]) for number in range(draw(st.integers(1, 4)))]
    questions = []
    for number, (name, options) in enumerate(names):
        when = draw(st.none() | conditions_over(names[:number])) if number else None
        advice = draw(st.lists(st.sampled_from(options), max_size=1))
        questions.append(question(name, *options, when=when, advice=advice))
    return questions, draw(st.lists(conditions_over(names), max_size=4))


def walk(tree: CaseTree, chosen: Mapping[str, Option]) -> Node:
    """Return the case to which somebody comes who answers like this."""
    node = tree.nodes[0]
    while node.question is not None:
        node = {option.id: below for option, below in tree.below(node)}[chosen[node.question.id].id]
    return node


@settings(max_examples=150, deadline=None)
@given(guides())
def test_every_combination_comes_to_the_case_that_brute_force_finds(
    drawn: tuple[list[CaseQuestion], list[str]],
) -> None:
    questions, conditions = drawn
    tree = tree_of(questions, conditions)
    come_to: Counter[str] = Counter()
    for chosen in combinations(questions):
        case, end = walk(tree, chosen), end_of(questions, chosen)
        come_to[case.id] += 1
        assert case.elsewhere == end.away
        if end.away is None:
            said = [reference_holds(condition, case.answers) for condition in conditions]
            assert said == [reference_holds(condition, end.answers) for condition in conditions]
        assert {question.id: option.id for question, option in case.chosen}.items() <= end.answers.items()
    assert come_to.keys() == {case.id for case in tree.cases}


@settings(max_examples=150, deadline=None)
@given(guides())
def test_no_question_is_asked_that_changes_nothing(drawn: tuple[list[CaseQuestion], list[str]]) -> None:
    questions, conditions = drawn
    for node in tree_of(questions, conditions).nodes:
        if node.question is None:
            continue
        so_far = {asked.id: option for asked, option in node.chosen}
        results: dict[str, list[Hashable]] = {option.id: [] for option in node.question.options}
        for chosen in combinations(questions):
            if all(chosen[name] == option for name, option in so_far.items()):
                end = end_of(questions, chosen)
                said = tuple(reference_holds(condition, end.answers) for condition in conditions)
                results[chosen[node.question.id].id].append(end.away.advice if end.away else said)
        assert any(one != other for one, other in pairwise(results.values()))


@settings(max_examples=150, deadline=None)
@given(guides())
def test_nodes_stand_before_those_below_them_under_ids_of_their_own(
    drawn: tuple[list[CaseQuestion], list[str]],
) -> None:
    tree = tree_of(*drawn)
    ids = [node.id for node in tree.nodes]
    assert ids[0] == ""
    assert len(set(ids)) == len(ids)
    for node in tree.nodes:
        for _, below in tree.below(node):
            assert ids.index(node.id) < ids.index(below.id)
            assert tree.above(below) == node


def test_an_order_of_questions_gives_ids_and_labels() -> None:
    questions = [question("reason", "lost", "damaged"), question("age", "child", "adult", when="reason = lost")]
    tree = tree_of(questions, ["reason = damaged", "age = child"])
    assert [node.id for node in tree.nodes] == ["", "lost", "lost--child", "lost--adult", "damaged"]
    assert [case.id for case in tree.cases] == ["lost--child", "lost--adult", "damaged"]


def test_without_questions_the_root_is_the_only_case() -> None:
    (root,) = tree_of([], []).nodes
    assert root.is_case and root.id == "" and root.answers == {}


def test_a_question_is_passed_over_where_it_makes_no_difference() -> None:
    questions = [question("reason", "lost", "damaged"), question("age", "child", "adult")]
    tree = tree_of(questions, ["reason = damaged", "reason = lost and age = child"])
    assert [node.id for node in tree.nodes] == ["", "lost", "lost--child", "lost--adult", "damaged"]


def same_advice(identifier: str, *options: str, when: str | None = None) -> CaseQuestion:
    """Return a question whose options all lead to the same place."""
    found = [CaseOption(id=option, text=option, advice="到派出所") for option in options]
    return question(identifier, *options, when=when).model_copy(update={"options": tuple(found)})


def test_who_is_sent_elsewhere_whatever_they_answer_is_still_sent() -> None:
    """Such a question used to be passed over, and the guide's own materials shown instead of the other place."""
    questions = [question("kind", "new", "old"), same_advice("where", "east", "west", when="kind = old")]
    tree = tree_of(questions, ["kind = new"])
    assert [node.id for node in tree.nodes] == ["", "new", "old", "old--east", "old--west"]
    assert [case.elsewhere is not None for case in tree.cases] == [False, True, True]


def test_two_ways_to_the_same_place_are_not_taken_for_a_case_here() -> None:
    first = question("kind", "new", "old")
    first = first.model_copy(update={"options": (same_advice("kind", "new", "old").options[0], first.options[1])})
    tree = tree_of([first, same_advice("where", "east", "west", when="kind = old")], [])
    assert [case.id for case in tree.cases] == ["new", "old--east", "old--west"]
    assert all(case.elsewhere for case in tree.cases)


def test_too_many_combinations_are_refused_at_once_and_many_are_not() -> None:
    yes_or_no = [question(f"q{number}", "a", "b") for number in range(MOST_QUESTIONS + 1)]
    with pytest.raises(TooManyCases):
        case_tree(yes_or_no[:20], lambda answers: tuple(answers.items()))
    with pytest.raises(TooManyCases):
        case_tree(yes_or_no, lambda answers: None)
    assert len(case_tree(yes_or_no[:13], lambda answers: tuple(answers.items())).cases) == 2**13


def test_a_long_row_of_questions_that_end_early_is_no_trouble() -> None:
    row = [question(f"q{number}", "a", "b", advice=["b"]) for number in range(MOST_QUESTIONS)]

    def outcome(answers: Answers) -> Hashable:
        return tuple(answers.items())

    assert len(case_tree(row, outcome).cases) == MOST_QUESTIONS + 1
