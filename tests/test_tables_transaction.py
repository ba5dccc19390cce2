"""Many files at once: all are written or none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import tree

from generator.tables.transaction import FileChange, NotWritten, write_all


def _change(path: Path, before: str | None, after: str | None) -> FileChange:
    return FileChange(path=path, before=_bytes(before), after=_bytes(after))


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _three(root: Path) -> list[FileChange]:
    """Return a change, a new file in a new folder and a removal."""
    (root / "a.yml").write_text("a: 1\n")
    (root / "c.yml").write_text("c: 3\n")
    return [
        _change(root / "a.yml", "a: 1\n", "a: 2\n"),
        _change(root / "new" / "b.yml", None, "b: 2\n"),
        _change(root / "c.yml", "c: 3\n", None),
    ]


def test_all_files_are_written_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    write_all(_three(tmp_path), tmp_path)
    assert tree(tmp_path) == {"a.yml": b"a: 2\n", "new/b.yml": b"b: 2\n"}


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_a_failure_at_any_step_leaves_every_file_as_it_was(
    failing: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, replace = _three(tmp_path), Path.replace
    before, calls = tree(tmp_path), list[Path]()

    def fail_once(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise OSError(28, "No space left on device", str(target))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fail_once)
    with pytest.raises(NotWritten, match=r"^写文件失败：.* No space left on device。所有文件都保持原样。$"):
        write_all(changes, tmp_path)
    assert tree(tmp_path) == before
    assert not (tmp_path / "new").exists()


def test_a_file_that_somebody_changed_meanwhile_stops_everything(tmp_path: Path) -> None:
    changes = _three(tmp_path)
    (tmp_path / "c.yml").write_text("c: 4\n")
    before = tree(tmp_path)
    with pytest.raises(NotWritten, match=r"^c\.yml 刚才被别人改过，所有文件都保持原样。请再运行一次。$"):
        write_all(changes, tmp_path)
    assert tree(tmp_path) == before


def test_a_new_file_whose_place_is_taken_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("a: 1\n")
    with pytest.raises(NotWritten, match=r"^a\.yml 刚才被别人改过"):
        write_all([_change(tmp_path / "a.yml", None, "a: 2\n")], tmp_path)
    assert tree(tmp_path) == {"a.yml": b"a: 1\n"}


def test_nothing_is_written_outside_the_root_or_through_a_link(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)
    with pytest.raises(NotWritten, match=r"^\.\./outside/a\.yml 不在项目里"):
        write_all([_change(outside / "a.yml", None, "a\n")], root)
    with pytest.raises(NotWritten, match=r"^link/a\.yml 的文件夹是一个链接"):
        write_all([_change(root / "link" / "a.yml", None, "a\n")], root)
    assert tree(outside) == {}


def test_one_file_written_twice_is_refused(tmp_path: Path) -> None:
    twice = [_change(tmp_path / "a.yml", None, "1\n"), _change(tmp_path / "a.yml", None, "2\n")]
    with pytest.raises(NotWritten, match=r"^a\.yml 要写两次，内容不同。所有文件都保持原样。$"):
        write_all(twice, tmp_path)
    assert tree(tmp_path) == {}
