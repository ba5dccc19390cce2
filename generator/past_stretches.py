"""The walk over many commits in stretches, each in a process of its own, put together as if it had been one walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import reduce
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.changes.records import Change
from generator.git import Commit, Contents
from generator.past import Reader
from generator.past_walk import Setting, Version, Walk
from generator.processes import each

STRETCH = 250
"""Commits; for fewer another process costs more than it saves."""


class _Walked(NamedTuple):
    """What a walk found between two commits."""

    begun: Set[str]
    """Paths of the items that it found there where it began."""
    open: Mapping[str, tuple[str, date]]
    closed: Sequence[tuple[str, Version]]
    changes: Sequence[Change]


BEHIND = 0.25
"""What the first stretch has more to do, as a part of a stretch: of what stood then the least is as it is now."""


def stretches_of(commits: int, jobs: int) -> int:
    """Return in how many stretches so many commits are gone through."""
    return max(1, min(jobs, commits // STRETCH))


def first_walk(root: Path, catalogue: Catalogue, commits: Sequence[Commit], jobs: int) -> Walk:
    """Return the walk after all commits, gone through in up to so many processes."""
    count = stretches_of(len(commits), jobs)
    ends = [round(len(commits) * (number - BEHIND) / (count - BEHIND)) for number in range(1, count + 1)]
    stretches = [(commits[:start], commits[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
    with Contents(root) as contents:
        walk = Walk(Setting(Reader(contents.read, root, catalogue), catalogue, jobs if count == 1 else 1))

        def walked(stretch: tuple[Sequence[Commit], Sequence[Commit]]) -> _Walked:
            if stretch is stretches[-1]:  # here; the others begin anew, since git answers one process alone
                return _walked(walk, *stretch)
            with Contents(root) as own:
                return _walked(Walk(Setting(Reader(own.read, root, catalogue), catalogue, 1)), *stretch)

        found = reduce(_joined, reversed(each(walked, stretches[::-1])))
    walk.open, walk.closed, walk.changes = dict(found.open), list(found.closed), list(found.changes)
    return walk


def _walked(walk: Walk, before: Sequence[Commit], commits: Sequence[Commit]) -> _Walked:
    if before:
        walk.begin_after(before)
    begun = frozenset(walk.open)
    walk.go_on(commits)
    return _Walked(begun, walk.open, walk.closed, walk.changes)


def _joined(first: _Walked, then: _Walked) -> _Walked:
    """Put two stretches together: what was there where the second began has been so since the first says."""
    pending = set(then.begun)
    closed = list(first.closed)
    for path, version in then.closed:
        if path in pending:
            pending.discard(path)
            closed.append((path, version._replace(first=first.open[path][1])))
        else:
            closed.append((path, version))
    still_open = {path: first.open[path] if path in pending else known for path, known in then.open.items()}
    return _Walked(first.begun, still_open, closed, list(chain(first.changes, then.changes)))
