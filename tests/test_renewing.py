"""A site is renewed in one step, by the files that are new or kept, whatever lies in the spare tree."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import tree

from generator import renewing
from generator.outputs import Output
from generator.renewing import exchange, renew, spare_of
from generator.write import MARKER, UnsafeTarget, take_over_same, write_outputs

NAMES = ("a", "b/a", "b/c/a", "b/c/d", "e/a", "e/f/g/a")
FILES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([b"", b"1", b"22"]), max_size=5)
# Where one has a file, another may have a folder.
LEFT = st.dictionaries(st.sampled_from(("a/b", "b", "b/c/d/e", "e", "x/y/z", "b/c/a")), st.just(b"left"), max_size=3)


def lay_down(folder: Path, files: Mapping[str, bytes]) -> Path:
    for path, data in files.items():
        if not any(parent.is_file() for parent in (folder / path).parents) and not (folder / path).is_dir():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rounds=st.lists(st.tuples(FILES, st.sets(st.sampled_from(NAMES)), st.none() | LEFT), min_size=1, max_size=4))
def test_the_site_holds_what_is_staged_and_kept_and_nothing_else(
    tmp_path: Path, rounds: list[tuple[dict[str, bytes], set[str], dict[str, bytes] | None]]
) -> None:
    shutil.rmtree(tmp_path)
    site, staging = tmp_path / "site", tmp_path / ".site.new"
    stands: dict[str, bytes] = {}
    for staged, names, left in rounds:
        if left is not None:  # a build that was cut off, or somebody, left this
            lay_down(spare_of(site), left)
        kept = sorted(names & stands.keys() - staged.keys())
        renew(lay_down(staging, staged), site, kept)
        stands = {path: stands[path] for path in kept} | staged
        found = tree(site)
        assert found.pop(MARKER) == b""
        assert found == stands
        assert not staging.exists()
        assert all(any(folder.iterdir()) for folder in site.rglob("*") if folder.is_dir())


def test_only_what_changed_is_touched(tmp_path: Path) -> None:
    site, staging = tmp_path / "site", tmp_path / ".site.new"
    renew(lay_down(staging, {"a": b"1", "b/a": b"1", "b/c/a": b"1"}), site, [])
    renew(lay_down(staging, {"a": b"2"}), site, ["b/a", "b/c/a"])
    numbers = {path: (site / path).stat().st_ino for path in ("b", "b/c", "b/a")}
    spare = {path: (spare_of(site) / path).stat().st_ino for path in ("b", "b/c", "b/a")}
    renew(lay_down(staging, {"a": b"3"}), site, ["b/a", "b/c/a"])
    # The trees have changed places; their folders are the same, and a file that is kept is one file in both.
    assert {path: (site / path).stat().st_ino for path in spare} == spare
    assert {path: (spare_of(site) / path).stat().st_ino for path in numbers} == numbers
    assert numbers["b/a"] == spare["b/a"]
    assert tree(site) == {MARKER: b"", "a": b"3", "b/a": b"1", "b/c/a": b"1"}
    assert tree(spare_of(site))["a"] == b"2"


@pytest.mark.parametrize("has_exchange", [True, False])
def test_two_folders_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_exchange: bool) -> None:
    if not has_exchange:  # another system
        monkeypatch.setattr(renewing.ctypes, "CDLL", lambda *_, **__: object())
    one, other = lay_down(tmp_path / "one", {"a": b"1"}), lay_down(tmp_path / "other", {"a": b"2"})
    exchange(one, other)
    assert tree(tmp_path) == {"one/a": b"2", "other/a": b"1"}


def test_a_disk_without_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    site, staging = tmp_path / "site", tmp_path / ".site.new"
    renew(lay_down(staging, {"b/a": b"1"}), site, [])
    monkeypatch.setattr(os, "link", refuse)
    renew(lay_down(staging, {"a": b"2"}), site, ["b/a"])
    renew(lay_down(staging, {"a": b"3"}), site, ["b/a"])
    assert tree(site) == {MARKER: b"", "a": b"3", "b/a": b"1"}


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    site = lay_down(tmp_path / "site", {"letters.txt": b"mine"})
    with pytest.raises(UnsafeTarget):
        renew(lay_down(tmp_path / ".site.new", {"a": b"1"}), site, [])
    assert tree(site) == {"letters.txt": b"mine"}


def test_a_file_with_the_same_bytes_keeps_its_place_and_time(tmp_path: Path) -> None:
    earlier, root = lay_down(tmp_path / "site", {"b/a": b"same", "c": b"old", "d": b"longer"}), tmp_path / "staging"
    outputs = [Output("b/a", b"same"), Output("c", b"new"), Output("d", b"long"), Output("e", b"fresh")]
    assert list(write_outputs(outputs, root, earlier)) == outputs
    assert tree(root) == {output.path: output.data for output in outputs}
    assert [(root / path).stat().st_nlink for path in ("b/a", "c", "d", "e")] == [2, 1, 1, 1]
    lay_down(root, {"d": b"longer", "f": b"x"})
    take_over_same(["c", "d", "f"], root, earlier)
    assert [(root / path).stat().st_nlink for path in ("c", "d", "f")] == [1, 2, 1]
    assert tree(root) == {"b/a": b"same", "c": b"new", "d": b"longer", "e": b"fresh", "f": b"x"}
