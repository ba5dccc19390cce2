"""What the repository is asked: commits that touched a folder, and contents of files."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
from repository import commit, git

from generator.git import Change, Contents, Log, log_of


def blob(folder: Path, name: str) -> str:
    """Return git's name for what a file holds in the last commit."""
    return git(folder, "rev-parse", f"HEAD:{name}").strip()


def test_commits_come_oldest_first_with_what_they_wrote_and_removed(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    first = commit(tmp_path, "2026-11-01", {"items/a.yml": "1", "items/b b.yml": "2", "other.txt": "x"})
    one, two = blob(tmp_path, "items/a.yml"), blob(tmp_path, "items/b b.yml")
    commit(tmp_path, "2026-11-02", {"other.txt": "y"})
    third = commit(tmp_path, "2026-11-03", {"items/a.yml": None, 'items/c\n"引号.yml': "3"})
    log = log_of(tmp_path, "items")
    assert log.complete
    assert [(entry.id, entry.day) for entry in log.commits] == [(first, date(2026, 11, 1)), (third, date(2026, 11, 3))]
    assert log.commits[0].changes == (Change("items/a.yml", one), Change("items/b b.yml", two))
    assert [(change.path, bool(change.blob)) for change in log.commits[1].changes] == [
        ("items/a.yml", False),
        ('items/c\n"引号.yml', True),
    ]


def test_the_day_is_the_one_in_china(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.yml").write_text("1", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "late", moment="2026-11-01T23:30:00+00:00")
    assert [entry.day for entry in log_of(tmp_path, "items").commits] == [date(2026, 11, 2)]


def test_settings_of_the_machine_and_a_hooks_variables_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    git(folder, "init", "-q")
    commit(folder, "2026-11-01", {"items/a.yml": "1"})
    commit(folder, "2026-11-02", {"items/a.yml": None, "items/b.yml": "1"})
    plain = log_of(folder, "items")
    assert len(plain.commits) == 2
    wild = "[log]\nshowRoot = false\nshowSignature = true\nfollow = true\ndiffMerges = combined\ndate = relative\n"
    wild += "[diff]\nrenames = copies\nmnemonicPrefix = true\nrelative = true\n[color]\nui = always\n"
    (tmp_path / "config").write_text(wild, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert log_of(folder, "items") == plain


def test_contents_are_read_whole_and_what_is_not_there_is_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    data = "第一行\n\n第二行\n" * 5000
    commit(tmp_path, "2026-11-01", {"items/a.yml": data, "items/empty.yml": ""})
    with Contents(tmp_path) as contents:
        assert contents.read(blob(tmp_path, "items/a.yml")) == data.encode()
        assert contents.read("0" * 40) is None
        assert contents.read(git(tmp_path, "rev-parse", "HEAD").strip()) is None
        assert contents.read(blob(tmp_path, "items/empty.yml")) == b""


def test_a_git_that_dies_gives_no_contents_and_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "git"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert log_of(tmp_path, "items") == Log((), complete=False)
    with Contents(tmp_path) as contents:
        assert contents.read("0" * 40) is None
        assert contents.read("1" * 40) is None
