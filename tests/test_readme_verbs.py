"""The verbs of the command line are told in both READMEs, and none that there is not; tasks of VS Code read `check`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from project import FILES, ROOT, run, tiny_project


def verbs() -> set[str]:
    """Return the verbs as a user is told them."""
    said = run(ROOT, "--help").stdout
    found = set(re.findall(r"^    ([a-z]+)\b", said, re.MULTILINE))
    assert {"build", "check"} < found, said
    return found


def named(path: str) -> set[str]:
    """Return the verbs that a README names: in its table of verbs, and after the program's name."""
    text = (ROOT / path).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z].*?) \|", text, re.MULTILINE)
    in_table = {word for row in rows for word in re.findall(r"`([a-z]+)(?=[` ])", row)}
    return in_table | set(re.findall(r"\btongchuang ([a-z]+)\b", text))


@pytest.mark.parametrize("path", ["README.md", "README.zh-CN.md"])
def test_every_verb_is_told_and_no_other(path: str) -> None:
    known = verbs()
    assert named(path) - known == set()
    assert known - named(path) == set()


def tasks() -> dict[str, Any]:
    found = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))
    return {task["label"]: task for task in found["tasks"]}


def test_vs_code_reads_the_problems_of_the_check(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    (folder / "items/fees/small-card.yml").write_text(
        FILES["items/fees/small-card.yml"].replace("amount: 20\n", "amount: 20元\n"), encoding="utf-8"
    )
    (folder / "items/policies/small-law.yml").write_text(
        FILES["items/policies/small-law.yml"] + "effectiv: 1\n", encoding="utf-8"
    )
    said = run(folder, *tasks()["检查"]["args"]).stdout
    found = []
    for matcher in tasks()["检查"]["problemMatcher"]:
        pattern = matcher["pattern"]
        for line in said.splitlines():
            if match := re.match(pattern["regexp"], line):
                place = (match[pattern["file"]], int(match[pattern["line"]]), int(match[pattern["column"]]))
                found.append((*place, matcher["severity"], match[pattern["code"]]))
    counted = re.search("共 ([0-9]+) 个错误，([0-9]+) 个提醒。", said)
    assert counted and len(found) == int(counted[1]) + int(counted[2]), said
    assert ("items/fees/small-card.yml", 11, 17, "error", "wrong-amount") in found
    assert {one[:4] for one in found if "policies" in one[0]} == {("items/policies/small-law.yml", 11, 1, "error")}


def test_vs_code_tells_errors_from_warnings() -> None:
    lines = {"error": "items/a.yml:1:2: 错误: 「名称」空白 [x-y]", "warning": "items/a.yml:1:2: 提醒: 空闲 [x-y]"}
    for matcher in tasks()["检查"]["problemMatcher"]:
        having = [severity for severity, line in lines.items() if re.match(matcher["pattern"]["regexp"], line)]
        assert having == [matcher["severity"]]


def test_tasks_run_verbs_that_there_are() -> None:
    assert {label: task["args"][0] for label, task in tasks().items()} == {
        "检查": "check",
        "预览": "serve",
        "影响": "impact",
    }
    assert {task["args"][0] for task in tasks().values()} <= verbs()
