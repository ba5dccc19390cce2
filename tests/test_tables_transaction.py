"""Many files at once: all are written or none is."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import tree

from generator.tables.journal import JOURNAL, digest_of, locked, recovered
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


@pytest.mark.parametrize("failing", [1, 2, 3, 4])  # three files, then the journal
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


def _many(root: Path) -> list[FileChange]:
    """Return changes, removals and new files in old and new folders."""
    changes = []
    for number in range(4):
        folder = root / f"old-{number % 2}"
        folder.mkdir(exist_ok=True)
        for name, after in (("changed", f"new: {number}\n"), ("gone", None)):
            (folder / f"{name}-{number}.yml").write_text(f"old: {number}\n")
            changes.append(_change(folder / f"{name}-{number}.yml", f"old: {number}\n", after))
        changes.append(_change(root / f"new-{number % 2}" / "inner" / f"{number}.yml", None, f"added: {number}\n"))
    return changes


def _killed(work: Callable[[], object], moment: int) -> bool:
    """Do some work in a process that is killed (-9) as it touches the disk for the nth time; tell whether it was."""
    child = os.fork()
    if child == 0:
        touched = iter(range(1, sys.maxsize))

        def count(event: str, _: object) -> None:
            is_touch = event in ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.chmod")
            if is_touch and next(touched) == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _moments(root: Path, work: Callable[[], object]) -> Iterator[int]:
    """Yield each moment at which some work can be killed, until it gets through; the caller puts things back."""
    moment = 1
    while _killed(work, moment):
        yield moment
        moment += 1


TOLD = "上次写入中途断了（断电或被强行关闭），12 个文件都已恢复成写入以前的样子；请重新导入。"
can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are split as Unix does")
may_fork = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@can_fork
@may_fork
def test_killed_at_any_moment_all_is_written_or_all_is_as_it_was(quick_folder: Path) -> None:
    changes, seen = _many(quick_folder), set[str]()
    before = tree(quick_folder)
    after = {name: data for name, data in before.items() if "gone" not in name}
    after |= {str(change.path.relative_to(quick_folder)): change.after for change in changes if change.after}
    for moment in _moments(quick_folder, lambda: write_all(changes, quick_folder)):
        seen.add(said := recovered(quick_folder))
        assert recovered(quick_folder) == ""
        if (left := tree(quick_folder)) == after:
            assert said == ""
            write_all([_back(change) for change in changes], quick_folder)
            for folder in ("new-0/inner", "new-1/inner", "new-0", "new-1"):
                (quick_folder / folder).rmdir()
        else:
            assert left == before, f"killed at moment {moment}"
            assert not (quick_folder / "new-0").exists()
    assert tree(quick_folder) == after
    assert seen == {"", TOLD}


def _back(change: FileChange) -> FileChange:
    return FileChange(path=change.path, before=change.after, after=change.before)


@can_fork
@may_fork
def test_sixty_kills_while_writing_and_while_putting_back(quick_folder: Path) -> None:
    changes, moments = _many(quick_folder), random.Random(5)
    before = tree(quick_folder)
    for _ in range(60):
        assert _killed(lambda: write_all(changes, quick_folder), moments.randint(5, 70))
        while _killed(lambda: recovered(quick_folder), moments.randint(2, 60)):
            pass
        assert tree(quick_folder) == before
    write_all(changes, quick_folder)
    assert (quick_folder / "new-1/inner/3.yml").read_text() == "added: 3\n"


@can_fork
@may_fork
def test_what_somebody_edited_after_a_power_cut_stays(quick_folder: Path) -> None:
    changes = _three(quick_folder)
    for _ in _moments(quick_folder, lambda: write_all(changes, quick_folder)):
        if (quick_folder / "a.yml").read_text() == "a: 2\n":
            break
        recovered(quick_folder)
    (quick_folder / "a.yml").write_text("a: by hand\n")
    said = "上次写入中途断了（断电或被强行关闭），3 个文件都已恢复成写入以前的样子；请重新导入。"
    assert recovered(quick_folder) == f"{said}中断以后又有人改过的没有动：a.yml。"
    assert tree(quick_folder) == {"a.yml": b"a: by hand\n", "c.yml": b"c: 3\n"}


def test_a_journal_that_was_cut_off_or_names_files_outside_touches_nothing(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "a.yml").write_text("a: 1\n")
    note = '{"path": "../a.yml", "is_new": true, "digest": "%s"}'
    outside = '{"notes": [%s], "folders": []}' % (note % digest_of(b"a: 1\n"))
    for content in ("", '{"notes": [{"pa', "[]", outside):
        (root / JOURNAL).write_text(content)
        assert recovered(root) == ""
        assert (tree(root), (tmp_path / "a.yml").read_text()) == ({}, "a: 1\n")


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not locked there")
def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    changes = _three(tmp_path)
    before = tree(tmp_path)
    with locked(tmp_path), pytest.raises(NotWritten, match=r"^另一个导入或导出正在写文件。请等它写完，再运行一次。$"):
        write_all(changes, tmp_path)
    assert tree(tmp_path) == before
