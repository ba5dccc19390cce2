"""Releases: whole copies of a site side by side, one of them the current. Changing over is one rename.

    target/current -> releases/000042-20261122
    target/releases/000042-20261122/       the files
    target/releases/000042-20261122.json   what it is: day, commit, numbers

The web server's root is `target/current`. A publisher that is stopped at any moment leaves the old release or the new
one current, never a mixture; what it left half done is cleared away by the next.
"""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import orjson

RELEASES, CURRENT = "releases", "current"
_LOCK, _DRAFT, _LINK = ".lock", ".draft", ".next"
# Numbered, because a clock may be set back; the day is for people.
_NAME = re.compile(r"([0-9]{6})-[0-9]{8}")


class NotPublished(Exception):
    """The release could not be made or changed over to; what was current still is."""


class Release(NamedTuple):
    """A release by its number and folder name."""

    number: int
    name: str


def releases_of(target: Path) -> list[Release]:
    """Return the whole releases below a target, the oldest first."""
    folder = target / RELEASES
    names = (entry.name for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else ()
    found = (Release(int(match[1]), match[0]) for name in names if (match := _NAME.fullmatch(name)))
    return sorted(release for release in found if (folder / f"{release.name}.json").is_file())


def current_of(target: Path) -> str:
    """Return the name of the current release, empty where there is none."""
    link = target / CURRENT
    return link.readlink().name if link.is_symlink() else ""


def record_of(target: Path, name: str) -> Mapping[str, object]:
    """Return what is noted of a release, nothing where the note cannot be read."""
    try:
        found = orjson.loads((target / RELEASES / f"{name}.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


@contextmanager
def only_publisher(target: Path) -> Iterator[None]:
    """Keep the target for this process; the lock ends with the process. Raise `NotPublished` where another has it."""
    foreign = target.is_dir() and any(target.iterdir()) and not (target / RELEASES).is_dir()
    if foreign or (target.exists() and not target.is_dir()):
        raise NotPublished(f"{target} 里有不是发布时放进去的东西，没有动它。请换一个空文件夹。")
    try:
        import fcntl  # here, because not every system has it
    except ImportError:
        raise NotPublished("发布要在 Linux 或 macOS 上运行。") from None
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    with open(target / RELEASES / _LOCK, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotPublished("另一个发布正在进行，等它完成后再试。") from None
        yield


def copied(site: Path, target: Path) -> Path:
    """Copy a site into a draft below the target; files that the current release has too take no further space."""
    draft = target / RELEASES / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    before = target / RELEASES / current_of(target) if current_of(target) else None
    for folder, _, names in os.walk(site):
        inner = Path(folder).relative_to(site)
        (draft / inner).mkdir(parents=True)
        for name in names:
            _copy(site / inner / name, draft / inner / name, before / inner / name if before else None)
    return draft


def _copy(source: Path, copy: Path, before: Path | None) -> None:
    if before and before.is_file() and filecmp.cmp(source, before, shallow=False):
        try:
            os.link(before, copy)
            return
        except OSError:  # a disk without hard links
            pass
    shutil.copyfile(source, copy)


def release(draft: Path, target: Path, day: date, record: Mapping[str, object]) -> Release:
    """Make a draft the newest release and the current one."""
    number = max((known.number for known in releases_of(target)), default=0) + 1
    made = Release(number, f"{number:06}-{day:%Y%m%d}")
    folder = target / RELEASES / made.name
    _clear(folder)  # without its note it was never whole
    draft.rename(folder)
    note = draft.with_suffix(".json")
    note.write_bytes(orjson.dumps({"release": made.name, **record}, option=orjson.OPT_INDENT_2))
    note.rename(folder.with_name(f"{made.name}.json"))
    change_over(target, made.name)
    return made


def change_over(target: Path, name: str) -> None:
    """Make a release the current one, from one request to the next."""
    os.sync()  # the files have to be on the disk before the link that leads to them
    link = target / _LINK
    link.unlink(missing_ok=True)
    link.symlink_to(Path(RELEASES, name), target_is_directory=True)
    link.replace(target / CURRENT)


def keep_latest(target: Path, count: int) -> list[str]:
    """Remove all but so many of the latest releases, never the current one; return the names of those removed."""
    known = releases_of(target)
    current = current_of(target)
    gone = [one.name for one in known[: max(0, len(known) - count)] if one.name != current]
    for name in gone:
        (target / RELEASES / f"{name}.json").unlink(missing_ok=True)  # first: without it the folder counts for nothing
        _clear(target / RELEASES / name)
    known_names = {one.name for one in releases_of(target)} | {current}
    for entry in (target / RELEASES).iterdir():
        if entry.is_dir() and entry.name not in known_names:
            _clear(entry)
    return gone


def release_before(target: Path) -> str:
    """Return the name of the release before the current one; raise `NotPublished` where there is none."""
    current = current_of(target)
    earlier = [one.name for one in releases_of(target) if one.name < current]
    if not earlier:
        raise NotPublished("没有更早的版本可以退回。")
    return earlier[-1]


def _clear(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
