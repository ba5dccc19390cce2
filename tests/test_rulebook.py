"""The rule book: it has each code that can be emitted, once, with its severity, and its examples are true."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from emitted_codes import emitted
from project import tiny_project
from rule_examples import problems_of

from generator import build, mkdocs_build
from generator.problems import Problem
from generator.rulebook import areas, rules
from generator.rulebook.rule import HARMS, STOPPING, Rule

OWN_TESTS = {"attachments", "workbench"}
"""Areas whose problems are not about one file of text; the tests of what finds them show examples."""
RUN = {code: rule for code, rule in rules().items() if not rule.not_run}
NOT_RUN = {
    "address-removed", "address-since", "fee-rewritten", "fee-without-basis", "byte-order-mark", "choice-decided",
    "file-too-large", "gbk-encoding", "leads-out", "missing-folder",
    "missing-page", "more-questions-than-needed", "not-utf8", "pack-path", "rooted-link", "symlink", "too-many-cases",
    "unreadable-file", "utf16-encoding", "wrong-value", "yaml-syntax",
}  # fmt: skip


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> build.Project:
    root = tiny_project(tmp_path_factory.mktemp("rulebook") / "project")
    return mkdocs_build.load_catalogue(str(root / "mkdocs.yml"), None)[0]


def test_each_code_that_can_be_emitted_has_a_rule() -> None:
    unknown = {code: names for code, names in emitted().items() if not any(fnmatchcase(rule, code) for rule in rules())}
    assert not unknown, "write a Rule for each of these codes in generator/rulebook/"


def test_each_rule_can_be_broken() -> None:
    dead = {code for code in rules() if not any(fnmatchcase(code, pattern) for pattern in emitted())}
    assert not dead, "no module emits these codes any more: delete their rules"


def test_a_code_stands_in_the_book_once() -> None:
    codes = [rule.code for area in areas() for rule in area.rules]
    assert sorted(codes) == sorted(set(codes))
    assert len({area.title for area in areas()}) == len(areas())


def test_examples_are_run_but_for_those_that_no_text_can_show() -> None:
    own = {rule.code for area in areas() if area.name in OWN_TESTS for rule in area.rules}
    assert {code for code, rule in rules().items() if rule.not_run} == NOT_RUN | own
    assert len(RUN) > 200


@pytest.mark.parametrize("code", RUN)
def test_the_wrong_example_is_told_and_the_right_one_is_not(code: str, tiny: build.Project, tmp_path: Path) -> None:
    rule = RUN[code]
    told = [problem for problem in problems_of(tiny, rule.bad, rule.file, tmp_path / "bad") if problem.code == code]
    assert {problem.severity for problem in told} == {rule.severity}
    right = problems_of(tiny, rule.good, rule.file, tmp_path / "good")
    assert [problem for problem in right if problem.is_error() or problem.code == code] == []


def test_what_stops_a_build_by_law_or_inspection_has_been_seen() -> None:
    """A regulation that is only remembered may warn; an error needs a harm that anyone can see, or the text."""
    by_law = {code for code, rule in rules().items() if rule.harm in ("unlawful", "inspected") and rule.sure != "S"}
    assert not by_law
    remembered = {code for code, rule in rules().items() if rule.harm == "remembered" and rule.sure != "M"}
    assert not remembered
    assert set(HARMS) > STOPPING


@pytest.mark.parametrize("code", rules())
def test_an_entry_is_in_plain_words(code: str) -> None:
    rule = rules()[code]
    said = (rule.title, rule.finds, rule.why, rule.warns, rule.not_run)
    assert all(re.search("[一-龥]", text) or not text for text in said)
    assert len(rule.title) <= 20
    assert not rule.title.endswith("。")
    assert rule.finds.endswith("。")
    assert rule.why.endswith("。")
    assert rule.bad != rule.good


def test_codes_of_one_severity_are_told_with_it(tiny: build.Project, tmp_path: Path) -> None:
    """Whatever examples break besides their own rule comes with the severity of the book, too."""
    wrong: set[tuple[str, str]] = set()
    for rule in RUN.values():
        for problem in problems_of(tiny, rule.bad, rule.file, tmp_path / rule.code):
            wrong |= _unlike_the_book(problem, rules().get(problem.code))
    assert not wrong


def _unlike_the_book(problem: Problem, rule: Rule | None) -> set[tuple[str, str]]:
    if rule is None or (problem.severity != rule.severity and not (rule.warns and problem.severity == "warning")):
        return {(problem.code, problem.severity)}
    return set()
