"""The wording rules in data files: each finds its own wrong examples, and none of the tables finds a good one."""

from __future__ import annotations

import pytest

from generator.wording import Group, groups, slips_of
from generator.wording.tables import Rule

RULES = [(group, rule) for group in groups() for rule in group.rules]


def named(value: Group | Rule) -> str:
    return value.code if isinstance(value, Group) else value.wrong[0]


@pytest.mark.parametrize(("group", "rule"), RULES, ids=named)
def test_a_rule_finds_its_wrong_examples_and_no_good_one(group: Group, rule: Rule) -> None:
    for example in rule.wrong:
        assert rule.regex.fullmatch(example) if group.whole else list(slips_of(group, rule, example)), example
    for example in rule.good:
        assert not (rule.regex.fullmatch(example) if group.whole else list(slips_of(group, rule, example))), example


@pytest.mark.parametrize(("group", "rule"), RULES, ids=named)
def test_a_rule_names_words_by_which_it_is_passed_over(group: Group, rule: Rule) -> None:
    if not group.whole:
        assert rule.words
        for example in rule.wrong:
            assert any(word in example for word in rule.words), example


@pytest.mark.parametrize(("group", "rule"), RULES, ids=named)
def test_what_is_remembered_only_warns(group: Group, rule: Rule) -> None:
    assert rule.severity == "warning" or rule.certainty != "M"
    assert bool(rule.right) != bool(group.advice)


def test_codes_are_of_one_group_each() -> None:
    codes = [group.code for group in groups()]
    assert sorted(set(codes)) == sorted(codes)
