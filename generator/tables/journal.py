"""What a run notes down before it writes many files, so that the next run can undo one that was cut off.

The journal stands in the root from before the first file is touched until the last one is in its place. While it is
there, old files wait beside their places, and going back is always possible, as often as going back is cut off too.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import fcntl

JOURNAL = ".tongchuang-journal"
FINISHED = ".tongchuang-journal-finished"
"""The journal's name when every file is in its place, and only what waits beside them is still to be cleared."""
_NEW, _OLD = ".tongchuang-new", ".tongchuang-old"


class Busy(Exception):
    """Another run is writing below the same root."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """What is about to become of one file."""

    path: str
    """From the root, with slashes."""
    is_new: bool
    digest: str
    """The SHA-256 of the new bytes, empty where the file goes."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The files that one run writes, and the folders that it makes."""

    root: Path
    notes: tuple[Note, ...]
    folders: tuple[str, ...]
    """From the root, the outer ones first."""

    def begin(self) -> None:
        """Put the journal on the disk; what an older run left beside the files is cleared away."""
        for note in self.notes:
            _clear(self.root / note.path)
        content = {"notes": [asdict(note) for note in self.notes], "folders": self.folders}
        with open(self.root / JOURNAL, "xb") as file:
            file.write(json.dumps(content, ensure_ascii=False).encode())
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self.root)

    def finish(self) -> None:
        """Note that every file is in its place: from here on nothing goes back."""
        for folder in {(self.root / note.path).parent for note in self.notes}:
            sync_folder(folder)
        (self.root / JOURNAL).replace(self.root / FINISHED)
        sync_folder(self.root)

    def clear(self) -> None:
        """Remove the old files that waited beside their places, then the journal."""
        for note in self.notes:
            _clear(self.root / note.path)
        (self.root / FINISHED).unlink(missing_ok=True)

    def undo(self) -> list[str]:
        """Put every old file back and remove the new ones; return those that somebody edited since, which stay."""
        edited = [note.path for note in self.notes if not _undone(self.root / note.path, note)]
        for folder in {(self.root / note.path).parent for note in self.notes}:
            sync_folder(folder)
        for name in reversed(self.folders):
            with suppress(OSError):  # somebody put something into it
                (self.root / name).rmdir()
        (self.root / JOURNAL).unlink(missing_ok=True)
        return edited


def digest_of(data: bytes | None) -> str:
    """Return the SHA-256 of bytes, empty for no file."""
    return "" if data is None else sha256(data).hexdigest()


def new_beside(path: Path) -> Path:
    """Return where a file's new bytes wait."""
    # Hidden and neither .yml nor .md: whoever reads the items meanwhile passes it over.
    return path.with_name(f".{path.name}{_NEW}")


def old_beside(path: Path) -> Path:
    """Return where a file's old bytes wait."""
    return path.with_name(f".{path.name}{_OLD}")


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other runs from writing below a root; the system takes the lock back however a run ends. Raises `Busy`."""
    handle = None
    with suppress(OSError):  # systems without locks of folders
        handle = os.open(root, os.O_RDONLY)
    try:
        if handle is not None and sys.platform != "win32":
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            except OSError:
                pass  # some network disks lock nothing
        yield
    finally:
        if handle is not None:
            os.close(handle)


def recovered(root: Path) -> str:
    """Undo what a run that was cut off left below a root; return what to tell of it, empty where nothing was left."""
    try:
        with locked(root):
            return recover(root)
    except Busy:
        return ""  # it is still at work
    except OSError as error:
        return (
            f"上次写入中断了，这次没能恢复原样：{error.filename or ''} {error.strerror or error}。请处理后再运行一次。"
        )


def recover(root: Path) -> str:
    """Do the same where the caller has the lock; raise `OSError` where the disk does not let it."""
    if finished := _read(root, FINISHED):
        finished.clear()
    if not (root / JOURNAL).exists():
        return ""
    journal = _read(root, JOURNAL)
    if journal is None:  # cut off while the journal itself was written, and no file was touched yet
        (root / JOURNAL).unlink()
        return ""
    edited = journal.undo()
    said = f"上次写入中途断了（断电或被强行关闭），{len(journal.notes)} 个文件都已恢复成写入以前的样子；请重新导入。"
    return said + (f"中断以后又有人改过的没有动：{'、'.join(edited)}。" if edited else "")


def _read(root: Path, name: str) -> Journal | None:
    """Return a journal, None where there is none or only its beginning."""
    try:
        content: Mapping[str, Any] = json.loads((root / name).read_bytes())
        notes = tuple(Note(**note) for note in content["notes"])
        folders: Sequence[str] = content["folders"]
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None
    paths = [*(note.path for note in notes), *folders]
    is_ours = all(_is_below(path) for path in paths)  # nobody gets a file outside removed by a journal of theirs
    return Journal(root, notes, tuple(folders)) if is_ours else None


def _is_below(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in Path(path).parts and ":" not in path[:3]


def _clear(path: Path) -> None:
    for beside in (new_beside(path), old_beside(path)):
        beside.unlink(missing_ok=True)


def _undone(path: Path, note: Note) -> bool:
    """Put one file back; return whether nobody else had edited it."""
    new_beside(path).unlink(missing_ok=True)
    old = old_beside(path)
    if note.is_new:
        if path.is_file() and digest_of(path.read_bytes()) == note.digest:
            path.unlink()
        return True
    if not old.exists():
        return True  # not touched yet, or back already
    is_edited = path.exists() and not path.samefile(old) and digest_of(path.read_bytes()) != note.digest
    if not is_edited:
        old.replace(path)
    old.unlink(missing_ok=True)  # renaming one name of a file to its other name leaves both
    return not is_edited


def sync_folder(folder: Path) -> None:
    """Have the system write the names in a folder to the disk."""
    with suppress(OSError):  # not every system can do this with folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
