"""Rules as a whole: which functions are rules, what a valid project raises, what an editor may accept."""

from __future__ import annotations

import pytest
from conftest import MakeCatalogue

from generator.checks import all_rules, all_text_rules, run_checks
from generator.checks.texts import texts_of

RULES = [*all_rules(), *all_text_rules()]


def test_a_valid_project_raises_no_finding(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"announcements/saturday": "", "disclosures/card-fees": ""})
    assert run_checks(world.catalogue, world.sources) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.__module__.split('.')[-1]}.{rule.__name__}")
def test_a_rule_cites_its_clause(rule: object) -> None:
    # Every docstring is one sentence that begins with what the rule does and ends in the source in brackets.
    assert rule.__doc__
    assert rule.__doc__.split()[0] in ("Find", "Warn")
    assert "(" in rule.__doc__


def test_helpers_are_no_rules() -> None:
    assert {"offered", "texts_of", "guess", "called", "body_name"}.isdisjoint(rule.__name__ for rule in RULES)


def test_a_warning_is_accepted_with_a_reason(make_catalogue: MakeCatalogue) -> None:
    late = "review_by: 2026-11-20"
    accepted = f"{late}\naccepted: [{{code: review-overdue, reason: 法律正在修订}}]"
    assert make_catalogue({"guides/card-renewal": late}).said("review-overdue").endswith("共 0 个错误，1 个提醒。")
    assert make_catalogue({"guides/card-renewal": accepted}).said("review-overdue") == "检查通过：没有发现问题。"


def test_an_error_is_not_accepted(make_catalogue: MakeCatalogue) -> None:
    accepted = "# without payment\naccepted: [{code: fee-payment, reason: 以后再写}]"
    assert make_catalogue({"guides/card-renewal": accepted}).said("fee-payment").endswith("共 1 个错误，0 个提醒。")


def test_texts_are_found_at_every_depth_with_what_readers_see(make_catalogue: MakeCatalogue) -> None:
    world = make_catalogue({"guides/card-renewal": "accepted: [{code: review-overdue, reason: 不公开的理由}]"})
    texts = texts_of(world.catalogue.by_path["guides/card-renewal"])
    found = {entry.path: (entry.text, entry.shown) for entry in texts.entries}
    assert found["steps", 0, "action"] == ("核对旧证和“本人” & 采集相片", True)
    assert found["accepted", 0, "reason"] == ("不公开的理由", False)
    assert not any("department" in path or "type" in path for path in found), "ids and labels of lists are no texts"
