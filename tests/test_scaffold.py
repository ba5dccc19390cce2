"""Starting files: what they show of cases is right, and a bundle filled in passes the checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from project import run, tiny_project
from test_bundles import FILES

from generator.case_parts import CaseQuestion
from generator.cases import case_tree
from generator.scaffold import starting_file


@pytest.mark.parametrize("kind", ["guide", "bundle"])
def test_the_example_of_questions_becomes_valid_when_the_signs_are_taken_away(tmp_path: Path, kind: str) -> None:
    text = starting_file(tmp_path, kind, "new-card").read_text(encoding="utf-8")
    (block,) = re.findall(r"^# questions:\n(?:# [ #].*\n)+", text, re.MULTILINE)
    said = yaml.safe_load(re.sub("^# ", "", block, flags=re.MULTILINE))
    questions = [CaseQuestion.model_validate(entry) for entry in said["questions"]]
    tree = case_tree(questions, lambda answers: tuple(answers.items()))
    assert [node.id for node in tree.cases] == ["lost--child", "lost--adult", "damaged"]
    examples = re.findall(r"^# #   (when: .*)$", block, re.MULTILINE)
    assert examples == [
        "when: reason = damaged",
        "when: reason = lost and age = child",
        "when: age in [child, adult]",
        "when: not reason = lost",
    ]


FILLED = {
    "name:": "name: 小证和小照",
    "summary:": "summary: 换小证要用新小照的人来办。",
    "department:": "department: police",
    "targets: []": "targets: [自然人]",
    "  - guide:": "  - guide: card-renewal\n  - guide: card-photo\n    after: [card-renewal]",
    "  # phone:": "  phone: 0123-555010",
    "owner:": "owner: 证件科",
    "revised:": "revised: 2026-10-12",
    "review_by:": "review_by: 2027-10-12",
}


def test_a_bundle_that_is_filled_in_passes_the_checks(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path, {"items/guides/card-photo.yml": FILES["items/guides/card-photo.yml"]})
    assert run(folder, "new", "bundle", "photo-and-card").returncode == 0
    path = folder / "items/bundles/photo-and-card.yml"
    phones = iter("12")
    lines = [FILLED.get(line, line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [line + next(phones) if line == FILLED["  # phone:"] else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(folder, "check")
    assert (done.returncode, done.stdout) == (0, "检查通过：没有发现问题。\n")
