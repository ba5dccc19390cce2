"""Many text files below a folder, written all or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.tables.journal import Busy, Journal, Note, digest_of, locked, new_beside, old_beside, recover


class NotWritten(Exception):
    """Nothing was written; the message says why, in Chinese."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """What becomes of one file; `before` is None for a new file, `after` None for one that goes."""

    path: Path
    before: bytes | None
    """The bytes that were read when the change was worked out."""
    after: bytes | None


def write_all(changes: Iterable[FileChange], root: Path) -> None:
    """Bring every change to the disk, or leave every file as it was and raise `NotWritten`.

    New texts are first written beside their places and only then renamed. A file that no longer holds `before`, or
    that lies outside the root or behind a link, stops everything. If the machine stops in between, the next call, or
    `journal.recovered`, puts everything back.
    """
    wanted = [change for change in changes if change.before != change.after]
    if not wanted:
        return
    for change in wanted:
        _assert_inside(change.path, root)
    _assert_different(wanted)
    try:
        with locked(root):
            recover(root)
            _write(wanted, root)
    except Busy:
        raise NotWritten("另一个导入或导出正在写文件。请等它写完，再运行一次。") from None
    except OSError as error:
        name = f"{error.filename} " if error.filename else ""
        kept = "所有文件都保持原样。" if not _is_open(root) else "再运行一次，会先恢复原样。"
        raise NotWritten(f"写文件失败：{name}{error.strerror or error}。{kept}") from error


def _is_open(root: Path) -> bool:
    """Tell whether files wait to be put back, which the disk did not let us do."""
    with suppress(OSError), locked(root):
        recover(root)
        return False
    return True


def _write(changes: Sequence[FileChange], root: Path) -> None:
    for change in changes:
        _assert_as_read(change, root)
    journal = _journal(changes, root)
    try:
        journal.begin()
        for change in changes:
            _write_beside(change)
        for change in changes:  # writing takes a while, and editors go on working
            _assert_as_read(change, root)
            _put_in_place(change)
        journal.finish()
    except BaseException:
        journal.undo()
        raise
    with suppress(OSError):  # everything is written; what waits beside is cleared by the next run
        journal.clear()


def _journal(changes: Sequence[FileChange], root: Path) -> Journal:
    notes = [
        Note(path=_shown(change.path, root), is_new=change.before is None, digest=digest_of(change.after))
        for change in changes
    ]
    missing = {folder for change in changes for folder in change.path.parents if not folder.exists()}
    return Journal(root, tuple(notes), tuple(_shown(folder, root) for folder in sorted(missing)))


def _put_in_place(change: FileChange) -> None:
    """Keep the old file beside its place and rename the new one into it."""
    old = old_beside(change.path)
    if change.after is None:
        change.path.replace(old)
        return
    if change.before is not None:
        try:
            os.link(change.path, old)  # so that whoever reads meanwhile always finds the one or the other
        except OSError:  # disks without hard links
            change.path.replace(old)
    new_beside(change.path).replace(change.path)


def _write_beside(change: FileChange) -> None:
    if change.after is None:
        return
    change.path.parent.mkdir(parents=True, exist_ok=True)
    beside = new_beside(change.path)
    with open(beside, "wb") as file:
        file.write(change.after)
        file.flush()
        os.fsync(file.fileno())
    if change.before is not None:
        beside.chmod(change.path.stat().st_mode & 0o777)


def _shown(path: Path, root: Path) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")


def _assert_inside(path: Path, root: Path) -> None:
    shown = _shown(path, root)
    if shown.startswith("../") or path.is_symlink():
        raise NotWritten(f"{shown} 不在项目里，或者是一个链接，不能写。所有文件都保持原样。")
    if path.parent.resolve() != root.resolve() / path.parent.relative_to(root):
        raise NotWritten(f"{shown} 的文件夹是一个链接，不能写。所有文件都保持原样。")


def _assert_as_read(change: FileChange, root: Path) -> None:
    if _bytes_of(change.path) != change.before:
        raise NotWritten(f"{_shown(change.path, root)} 刚才被别人改过，所有文件都保持原样。请再运行一次。")


def _assert_different(changes: Sequence[FileChange]) -> None:
    counts = Counter(change.path for change in changes)
    if twice := next((path for path, count in counts.items() if count > 1), None):
        raise NotWritten(f"{twice.name} 要写两次，内容不同。所有文件都保持原样。")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
