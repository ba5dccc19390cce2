"""The catalogue of wrong files: each gives exactly its recorded messages, and nothing is written."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from mistake_files import EXPECTED, MISTAKES, RECORD_VARIABLE, as_record, lay_mistake, mistake_names
from project import tiny_project, tree

from generator import cli
from generator.render.mistakes import COMMONEST, Mistake, problems_of

Found = Sequence[dict[str, Any]]
Check = Callable[[Path], Found]
NAMES = mistake_names()
FEWEST = 120
LONGEST_SECONDS = 5


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Return a function that runs `tongchuang check` in a project and returns what it found."""

    def checked(project: Path) -> Found:
        monkeypatch.chdir(project)
        status = cli.main(["check", "--format", "json"])
        said = capsys.readouterr()
        if said.err:  # the settings are wrong: one line, no list of problems
            assert (status, said.out) == (1, "")
            return [{**_SETTINGS, "message": said.err.removesuffix("\n")}]
        found: Found = json.loads(said.out)["problems"]
        assert status == int(any(problem["severity"] == "error" for problem in found))
        return found

    return checked


_SETTINGS = {
    "path": "mkdocs.yml", "line": 1, "column": 1, "field": "", "severity": "error", "code": "settings", "hint": "",
}  # fmt: skip


def test_project_without_mistakes_passes(tmp_path: Path, check: Check) -> None:
    assert check(tiny_project(tmp_path)) == []


def test_line_ends_of_windows_are_nobodys_mistake(tmp_path: Path, check: Check) -> None:
    project = tiny_project(tmp_path)
    for file in [*project.glob("items/**/*.yml"), *project.glob("content/*.md")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert check(project) == []


@pytest.mark.parametrize("name", NAMES)
def test_mistake_gives_exactly_its_recorded_messages_and_nothing_is_written(
    name: str, tmp_path: Path, check: Check
) -> None:
    project = lay_mistake(tiny_project(tmp_path), name)
    before, started = tree(project), time.perf_counter()
    said = as_record(check(project))
    assert time.perf_counter() - started < LONGEST_SECONDS
    assert tree(project) == before
    expected = MISTAKES / name / EXPECTED
    if os.environ.get(RECORD_VARIABLE):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert said, "nothing is said of this mistake"


def test_catalogue_is_as_large_as_promised() -> None:
    assert len(NAMES) >= FEWEST


def test_mistakes_that_come_together_are_all_told() -> None:
    several = [name for name in NAMES if name.startswith("several/")]
    alone = [name for name in several if (MISTAKES / name / EXPECTED).read_text(encoding="utf-8").count("问题：") < 2]
    assert (len(several) >= 10, alone) == (True, [])


@pytest.mark.parametrize("mistake", COMMONEST, ids=lambda mistake: mistake.title)
def test_the_commonest_mistakes_are_told_and_put_right(mistake: Mistake) -> None:
    assert problems_of(mistake.kind, mistake.wrong)
    assert problems_of(mistake.kind, mistake.right) == []


def test_ten_mistakes_are_the_commonest() -> None:
    assert len(COMMONEST) == 10
    codes = [problems_of(mistake.kind, mistake.wrong)[0].code for mistake in COMMONEST]
    assert codes == [
        "fullwidth-colon",
        "missing-space-after-colon",
        "tab-indentation",
        "unknown-key",
        "fullwidth-comma",
        "unknown-key",
        "not-in-list",
        "wrong-date",
        "wrong-number",
        "wrong-phone",
    ]
