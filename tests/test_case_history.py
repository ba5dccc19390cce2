"""Earlier versions of guides whose questions came, changed, were wrong for a while, and went."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import FILES, GUIDE, tiny_project
from repository import commit, git
from test_history import catalogue, changed, days, known

from generator.kinds.guide import Guide
from generator.render.history import owner_text

GUIDE_FILE = "items/guides/card-renewal.yml"
PATH = "guides/card-renewal"
STEP = "  - {name: 发证, actor: 证件窗口, days: {number: 10}, action: 发给新证"


def asking(when: str, *questions: str) -> str:
    """Return the guide with a step for some answers, and questions with these ids."""
    assert f"{STEP}}}\n" in GUIDE
    options = "options: [{id: old, text: 到期}, {id: worn, text: 磨损}]"
    rows = "".join(f"  - {{id: {name}, text: 问{name}？, why: 不同。, {options}}}\n" for name in questions)
    return GUIDE.replace(f"{STEP}}}\n", f"{STEP}, when: {when}}}\nquestions:\n{rows}")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the small project, committed on 2026-11-01, and questions since 2026-11-05."""
    folder = tiny_project(tmp_path / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    commit(folder, "2026-11-05", {GUIDE_FILE: asking("reason = worn", "reason")})
    return folder


def test_new_questions_are_a_change_and_their_cases_have_names(repository: Path) -> None:
    found = {
        path: (old, new) for path, old, new, since in changed(repository, "2026-11-23", PATH) if since == "2026-11-05"
    }
    assert found["questions.reason.text"] == (None, "问reason？")
    assert found["cases.old.label"] == (None, "到期")
    assert found["cases.old.do"] == (None, "1 步")
    assert found["cases.worn.do"] == (None, "2 步")
    items = catalogue(repository, "2026-11-23")
    facts = items.sheet(items.by_path[PATH]).facts
    assert owner_text("cases.worn.do", facts, Guide) == "磨损"
    assert owner_text("cases.worn.label", facts, Guide) == ""


def test_a_condition_that_changes_is_seen_in_the_cases(repository: Path) -> None:
    commit(repository, "2026-11-08", {GUIDE_FILE: asking("reason = old", "reason")})
    assert changed(repository, "2026-11-23", PATH, 1) == [
        ("cases.old.do", "1 步", "2 步", "2026-11-08"),
        ("cases.worn.do", "2 步", "1 步", "2026-11-08"),
    ]


WRONG = {
    "an answer that is not there": asking("reason = new", "reason"),
    "a question that is not there": asking("season = old", "reason"),
    "one question twice": asking("reason = worn", "reason", "reason"),
    "questions that nobody can count": asking("q1 = old", *(f"q{number}" for number in range(300))),
    "no condition at all": asking("reason is worn", "reason"),
}


@pytest.mark.parametrize("name", WRONG)
def test_questions_that_were_wrong_for_a_while_stop_nothing(name: str, repository: Path) -> None:
    commit(repository, "2026-11-08", {GUIDE_FILE: WRONG[name]})
    commit(repository, "2026-11-10", {GUIDE_FILE: FILES[GUIDE_FILE]})
    assert days(known(repository, "2026-11-23"), PATH)[:1] == [("2026-11-05", "2026-11-08")]
