"""The checker's word on files before they are written: read in a copy of the project that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator import build
from generator.item_files import ITEMS_FOLDER
from generator.problems import Problem, has_errors
from generator.tables.transaction import FileChange


def problems_after(project: build.Project, changes: Sequence[FileChange], known: Iterable[Problem]) -> list[Problem]:
    """Return the problems that the changes would bring; those that the project has already are left out.

    While changed files have errors of their own, only these are told.
    """
    with tempfile.TemporaryDirectory(prefix="tongchuang-") as folder:
        copy = Path(folder) / "project"
        _copy(project, copy)
        for change in changes:
            target = copy / change.path.relative_to(project.root)
            target.unlink(missing_ok=True)  # a hard link to the real file must not be written through
            if change.after is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(change.after)
        content = copy / os.path.relpath(project.content, project.root)
        _, found = build.check(replace(project, root=copy, content=content))
    before = Counter(_without_place(problem) for problem in known)
    fresh = []
    for problem in found:
        if before[_without_place(problem)] > 0:
            before[_without_place(problem)] -= 1
        else:
            fresh.append(problem)
    touched = {change.path.relative_to(project.root).with_suffix("").as_posix() for change in changes}
    own = [problem for problem in fresh if problem.place.path.rpartition(".")[0] in touched]
    # An item with errors is not read, and whatever leads to it would be blamed although nobody touched it.
    return own if has_errors(own) else fresh


def _copy(project: build.Project, copy: Path) -> None:
    """Lay down the content by hard links and everything else as one link each."""
    copy.mkdir()
    copied = [project.root / ITEMS_FOLDER, project.content]
    for source in copied:
        target = copy / os.path.relpath(source, project.root)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, copy_function=_link)
    for entry in project.root.iterdir():
        if not (copy / entry.name).exists() and entry not in (project.site_folder,):
            with suppress(OSError):
                (copy / entry.name).symlink_to(entry.absolute(), target_is_directory=entry.is_dir())


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _without_place(problem: Problem) -> tuple[str, str, str, str]:
    return problem.place.path, problem.code, problem.field, problem.message
