"""The repository of a project: which commits touched a folder, and what files held then; the only user of git.

Everything is asked in two processes, whatever the number of commits: one lists them, one hands out contents.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, NamedTuple

_CHINA = timezone(timedelta(hours=8))
# Settings of a person or machine that would change what the commands print.
_PLAIN = ("log.showRoot=true", "log.showSignature=false", "log.follow=false", "log.diffMerges=separate")
_LOG = ("log", "--first-parent", "-m", "--reverse", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff")
_HEADER = "\x01"
_FILE_MODES = ("100644", "100755")
# A build inside a git hook inherits these, and they would lead to another repository.
_MISLEADING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_NAMESPACE")


class Change(NamedTuple):
    """A file that a commit wrote, or removed where the blob is empty; the path is relative to the project."""

    path: str
    blob: str


class Commit(NamedTuple):
    """A commit with the day in 东八区 on which it was made and the files it changed against its first parent."""

    id: str
    day: date
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """The commits that touched a folder, the oldest first. Not complete where a clone left out older ones."""

    commits: tuple[Commit, ...]
    complete: bool


def log_of(root: Path, folder: str, after: str = "", cuts: Sequence[str] = ()) -> Log:
    """Return the first-parent commits that touched a folder; none, and not complete, where there is no repository.

    `after` is a first-parent commit from which on they are wanted, itself left out: git compares no older ones.
    At `cuts`, in the order of time, the question is divided: git compares trees on one core only. Which commits touched
    the folder is seen from what they changed, since git itself would compare all trees twice to tell.
    """
    shallow = _said(root, "rev-parse", "--is-shallow-repository")
    spans = [f"{start}..{end}" if start else end for start, end in pairwise([after, *cuts, "HEAD"])]
    asked = [(*_LOG, f"--format={_HEADER}%H %ct", "--relative", span) for span in spans]
    with ThreadPoolExecutor(len(asked)) as pool:
        listed = list(pool.map(lambda arguments: _said(root, *arguments), asked))
    if shallow is None or None in listed:
        return Log((), complete=False)
    commits = (_within(folder, commit) for text in listed for commit in _commits(text or ""))
    return Log(tuple(commit for commit in commits if commit.changes), complete=shallow.strip() == "false")


def _within(folder: str, commit: Commit) -> Commit:
    return commit._replace(changes=tuple(change for change in commit.changes if change.path.startswith(f"{folder}/")))


def first_parents(root: Path) -> list[str]:
    """Return the ids of all first-parent commits, the latest first; none where there is no repository."""
    return (_said(root, "rev-list", "--first-parent", "HEAD") or "").split()


def commit_of(root: Path, revision: str) -> str | None:
    """Return the id of the commit that a person's name for it means, None where there is no such commit here."""
    if revision.startswith("-"):
        return None
    said = _said(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return said.strip() if said else None


def common_ancestor(root: Path, first: str, second: str) -> str | None:
    """Return the latest commit that two commits have in common, None where they have none here."""
    said = _said(root, "merge-base", first, second)
    return said.split()[0] if said else None


def files_at(root: Path, commit: str, folder: str) -> dict[str, str]:
    """Return the blob of each file of a folder in a commit, by paths relative to the project; links are left out."""
    listed = _said(root, "ls-tree", "-r", "-z", commit, "--", folder) or ""
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    rows = ((head.split(" "), path) for head, _, path in entries)
    return {path: blob for (mode, _, blob), path in rows if mode in _FILE_MODES}


def is_shallow(root: Path) -> bool | None:
    """Tell whether a clone left out older commits; None where there is no repository."""
    said = _said(root, "rev-parse", "--is-shallow-repository")
    return said.strip() == "true" if said else None


def day_of(root: Path, commit: str) -> date:
    """Return the day in 东八区 on which a commit was made."""
    seconds = _said(root, "show", "-s", "--format=%ct", commit)
    return datetime.fromtimestamp(int(seconds or 0), _CHINA).date()


def _said(root: Path, *arguments: str) -> str | None:
    """Return what a git command prints, None where it fails or there is no git."""
    try:
        done = subprocess.run(_command(root, *arguments), capture_output=True, check=False, env=_environment())
    except OSError:
        return None
    return done.stdout.decode("utf-8", errors="surrogateescape") if done.returncode == 0 else None


def _command(root: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(root), *(part for setting in _PLAIN for part in ("-c", setting)), *arguments]


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
    # Never wait for a password or fetch what a partial clone lacks: what is not here is not known.
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}


def _commits(listed: str) -> Iterator[Commit]:
    """Yield commits from the log's tokens: a header, then for each file a record and its path."""
    identifier, day, changes = "", date.min, list[Change]()
    tokens = iter(listed.split("\0"))
    for token in tokens:
        record = token.lstrip("\n")
        if record.startswith(_HEADER):
            if identifier:
                yield Commit(identifier, day, tuple(changes))
            identifier, _, seconds = record[1:].partition(" ")
            day, changes = datetime.fromtimestamp(int(seconds), _CHINA).date(), []
        elif record.startswith(":"):
            _, mode, _, blob, _ = record.split(" ")
            changes.append(Change(next(tokens), blob if mode in _FILE_MODES else ""))
    if identifier:
        yield Commit(identifier, day, tuple(changes))


class Contents:
    """What blobs hold, from one process that stays open; a context manager."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            with suppress(BrokenPipeError):
                self._process.communicate()  # closes its input, whereupon it ends

    def read(self, blob: str) -> bytes | None:
        """Return what a blob holds, None where the repository does not have it."""
        try:
            return self._asked(blob)
        except OSError:  # git ended, or could not be started
            return None

    def read_all(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return what blobs hold, without waiting for each before the next; those the repository lacks are left out."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        with suppress(OSError):
            process = self._process = self._process or self._started()
            assert process.stdin and process.stdout
            # Beside the reading: a process that waits to be read from would not read what it is asked.
            asking = Thread(target=_ask, args=(process.stdin, wanted), daemon=True)
            asking.start()
            found = {blob: data for blob in wanted if (data := _answer(process.stdout)) is not None}
            asking.join()
            return found
        return {}

    def _asked(self, blob: str) -> bytes | None:
        process = self._process = self._process or self._started()
        assert process.stdin and process.stdout
        process.stdin.write(f"{blob}\n".encode())
        process.stdin.flush()
        return _answer(process.stdout)

    def _started(self) -> subprocess.Popen[bytes]:
        """Start git when it is first asked, because often nobody asks."""
        command = _command(self._root, "cat-file", "--batch")
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=_environment())


def _ask(git: IO[bytes], blobs: Iterable[str]) -> None:
    with suppress(OSError, ValueError):
        git.write("".join(f"{blob}\n" for blob in blobs).encode())
        git.flush()


def _answer(git: IO[bytes]) -> bytes | None:
    """Read what git says of one object: its name, type and size, then what it holds; or that there is none."""
    head = git.readline().split()
    if len(head) != 3:
        return None
    data = git.read(int(head[2]) + 1)[:-1]
    return data if head[1] == b"blob" else None
