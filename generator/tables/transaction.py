"""Many text files below a folder, written all or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NEW, _OLD = ".tongchuang-new", ".tongchuang-old"


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
    that lies outside the root or behind a link, stops everything.
    """
    wanted = [change for change in changes if change.before != change.after]
    for change in wanted:
        _assert_inside(change.path, root)
        _assert_as_read(change, root)
    _assert_different(wanted)
    made = _missing_folders(wanted)
    try:
        for change in wanted:
            _write_beside(change)
        for change in wanted:  # writing takes a while, and editors go on working
            _assert_as_read(change, root)
        _exchange(wanted)
    except OSError as error:
        name = f"{error.filename} " if error.filename else ""
        raise NotWritten(f"写文件失败：{name}{error.strerror or error}。所有文件都保持原样。") from error
    finally:
        for change in wanted:
            with suppress(OSError):
                _beside(change.path, _NEW).unlink(missing_ok=True)
        _remove_empty(made)


def _exchange(changes: Sequence[FileChange]) -> None:
    """Put all new files in their places; on a failure put all old ones back and raise again."""
    done: list[FileChange] = []
    try:
        for change in changes:
            done.append(change)
            if change.before is not None:
                change.path.replace(_beside(change.path, _OLD))
            if change.after is not None:
                _beside(change.path, _NEW).replace(change.path)
    except BaseException:
        for change in reversed(done):
            _put_back(change)
        raise
    for change in changes:
        _beside(change.path, _OLD).unlink(missing_ok=True)
    for folder in {change.path.parent for change in changes}:
        _sync_folder(folder)


def _put_back(change: FileChange) -> None:
    old = _beside(change.path, _OLD)
    if change.before is None:
        change.path.unlink(missing_ok=True)
    elif old.exists():
        old.replace(change.path)


def _write_beside(change: FileChange) -> None:
    if change.after is None:
        return
    change.path.parent.mkdir(parents=True, exist_ok=True)
    beside = _beside(change.path, _NEW)
    with open(beside, "wb") as file:
        file.write(change.after)
        file.flush()
        os.fsync(file.fileno())
    if change.before is not None:
        beside.chmod(change.path.stat().st_mode & 0o777)


def _beside(path: Path, suffix: str) -> Path:
    # Hidden and neither .yml nor .md: whoever reads the items meanwhile passes it over.
    return path.with_name(f".{path.name}{suffix}")


def _assert_inside(path: Path, root: Path) -> None:
    shown = os.path.relpath(path, root).replace(os.sep, "/")
    if shown.startswith("../") or path.is_symlink():
        raise NotWritten(f"{shown} 不在项目里，或者是一个链接，不能写。所有文件都保持原样。")
    if path.parent.resolve() != root.resolve() / path.parent.relative_to(root):
        raise NotWritten(f"{shown} 的文件夹是一个链接，不能写。所有文件都保持原样。")


def _assert_as_read(change: FileChange, root: Path) -> None:
    if _bytes_of(change.path) != change.before:
        shown = os.path.relpath(change.path, root).replace(os.sep, "/")
        raise NotWritten(f"{shown} 刚才被别人改过，所有文件都保持原样。请再运行一次。")


def _assert_different(changes: Sequence[FileChange]) -> None:
    paths = [change.path for change in changes]
    if twice := next((path for path in paths if paths.count(path) > 1), None):
        raise NotWritten(f"{twice.name} 要写两次，内容不同。所有文件都保持原样。")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _missing_folders(changes: Sequence[FileChange]) -> list[Path]:
    """Return the folders that are to be made, the outer ones first."""
    missing = {folder for change in changes for folder in change.path.parents if not folder.exists()}
    return sorted(missing)


def _remove_empty(folders: Sequence[Path]) -> None:
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system can do this with folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
