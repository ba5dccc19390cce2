"""What was read before is taken from the cache, and only what is the same."""

from __future__ import annotations

import pickle
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from project import FILES, ROOT, tiny_project

from generator.cache_files import FOLDER, write_sealed
from generator.code_version import system_version
from generator.read_before import keep_read, read_before
from generator.reading import Known, Read, read_items

GUIDE = "items/guides/card-renewal.yml"


def read_twice(folder: Path) -> tuple[set[str], Read]:
    """Read with what is kept, keep what was read; return the names of the files that were read anew."""
    kept = read_before(folder)
    known = Known(dict(kept.found))
    found = read_items(folder, known=known)
    keep_read(kept, known)
    return {file.stem for file in known.files if file not in kept.found}, found


def test_only_files_that_changed_are_read(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    every = {file.stem for file in (folder / "items").glob("*/*.yml")}
    assert read_twice(folder)[0] == every
    assert read_twice(folder)[0] == set()
    (folder / GUIDE).write_text(FILES[GUIDE].replace("5550101", "5550109"), encoding="utf-8")
    assert read_twice(folder) == ({"card-renewal"}, read_items(folder))
    (folder / GUIDE).write_text(FILES[GUIDE], encoding="utf-8")
    assert read_twice(folder) == ({"card-renewal"}, read_items(folder))
    (folder / GUIDE).rename(folder / "items/guides/card-again.yml")
    assert read_twice(folder)[0] == {"card-again"}
    assert read_twice(folder)[0] == set()


def test_the_body_beside_a_file_counts(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    law = folder / "items/policies/small-law.md"
    law.write_text("# 全文\n\n第一条 办小证。\n", encoding="utf-8")
    read_twice(folder)
    assert read_twice(folder)[0] == set()
    law.write_text("# 全文\n\n第一条 换小证。\n", encoding="utf-8")
    assert read_twice(folder) == ({"small-law"}, read_items(folder))
    law.unlink()
    assert read_twice(folder) == ({"small-law"}, read_items(folder))


def test_files_with_a_problem_are_read_each_time(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path, {GUIDE: re.sub("(?m)^name:", "nane:", FILES[GUIDE])})
    _, first = read_twice(folder)
    again, second = read_twice(folder)
    assert again == {"card-renewal"}
    assert first == second == read_items(folder)
    assert [problem.code for problem in second.problems] == ["unknown-key"]


def test_random_edits_read_like_the_first_time(tmp_path: Path) -> None:
    folder, chance = tiny_project(tmp_path), random.Random(3)
    files = sorted((folder / "items").glob("*/*.yml"))
    for _ in range(40):
        file = chance.choice(files)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        at = chance.randrange(len(lines) or 1)
        lines[at : at + 1] = chance.choice([[], lines[at : at + 1] * 2, ["# 说明\n"]])
        file.write_text("".join(lines), encoding="utf-8")
        assert read_twice(folder)[1] == read_items(folder)


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER / "read").iterdir())


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:40] + b"\0" + data[41:]])
def test_a_damaged_part_is_none(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    folder = tiny_project(tmp_path)
    every, _ = read_twice(folder)
    for file in kept_files(folder):
        file.write_bytes(harm(file.read_bytes()))
    assert read_twice(folder) == (every, read_items(folder))


class Evil:
    """What somebody could put into a cache that several machines share."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        """Have a file written when it is read."""
        return (Path.touch, (Path("evil"),))  # type: ignore[return-value]


@pytest.mark.parametrize(
    "content",
    [pickle.dumps((system_version(), Evil())), pickle.dumps(("older", {})), pickle.dumps([1]), b"no pickle"],
    ids=["evil", "older", "other", "none"],
)
def test_what_is_not_ours_is_neither_run_nor_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    folder = tiny_project(tmp_path / "project")
    every, _ = read_twice(folder)
    monkeypatch.chdir(tmp_path)
    for file in kept_files(folder):
        write_sealed(file, content)
    assert read_twice(folder) == (every, read_items(folder))
    assert not (tmp_path / "evil").exists()


def test_the_demonstration_is_kept_in_parts_of_which_an_edit_writes_one(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "items", folder / "items")
    read_twice(folder)
    before = {file: file.stat().st_mtime_ns for file in kept_files(folder)}
    assert len(before) >= 4
    _, found = read_twice(folder)
    assert found == read_items(folder)
    assert {file: file.stat().st_mtime_ns for file in kept_files(folder)} == before
    edited = next((folder / "items/guides").rglob("passport-first.yml"))
    edited.write_text(edited.read_text(encoding="utf-8") + "# 一句说明\n", encoding="utf-8")
    assert read_twice(folder)[0] == {"passport-first"}
    assert len({file for file in kept_files(folder) if file.stat().st_mtime_ns != before[file]}) == 1
