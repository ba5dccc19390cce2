"""A site is renewed: what is new is put into a spare tree, and this takes the site's place in one step.

The spare tree is what the site was before its last renewal, so it differs by little: only what changed since is
touched, however large the site. What it holds is never trusted: every file is one of the site's that is kept, or new.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.write import MARKER, assert_replaceable

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


def spare_of(site: Path) -> Path:
    """Return where the tree lies that the next renewal starts from."""
    return site.with_name(f".{site.name}.old")


def renew(staging: Path, site: Path, kept: Iterable[str]) -> None:
    """Put a tree in the site's place that holds what is staged and what is kept of the site, and nothing else.

    At any moment, whatever happens, the site is the old one or the new one, whole.
    """
    assert_replaceable(site)
    (staging / MARKER).touch()
    spare = spare_of(site)
    if not site.exists():
        shutil.rmtree(spare, ignore_errors=True)
        staging.rename(site)
        return
    staged, standing = _files(staging), _files(site)
    wanted = {path: standing[path] for path in kept} | staged
    if spare.is_dir() and not spare.is_symlink():
        there = _bring_to(spare, wanted)
    else:
        spare.unlink(missing_ok=True)
        staging = staging.rename(spare)
        there = set(staged)
    for path in wanted.keys() - there:
        _put(f"{staging if path in staged else site}/{path}", f"{spare}/{path}")
    exchange(spare, site)
    if staging != spare:
        shutil.rmtree(staging, ignore_errors=True)


def _files(tree: Path) -> dict[str, int]:
    return {path: number for path, number in _numbers(tree) if number}


def _numbers(tree: Path) -> Iterator[tuple[str, int]]:
    """Yield the path of every file below a tree with its number on the disk, and of every folder with 0."""
    cut = len(str(tree)) + 1
    folders = [str(tree)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                is_folder = entry.is_dir(follow_symlinks=False)
                yield entry.path[cut:], 0 if is_folder else entry.inode()
                if is_folder:
                    folders.append(entry.path)


def _bring_to(spare: Path, wanted: Mapping[str, int]) -> set[str]:
    """Take out of the spare tree what is not wanted, folders that are empty then too; return the paths of the rest."""
    folders = {parent for path in wanted for parent in _parents(path)}
    there = set()
    for path, number in reversed(list(_numbers(spare))):  # the inner folders first
        if number and wanted.get(path) == number:
            there.add(path)
        elif number:
            (spare / path).unlink()
        elif path not in folders:
            shutil.rmtree(spare / path)
    return there


def _parents(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _put(source: str, target: str) -> None:
    try:
        _link(source, target)
    except FileNotFoundError:
        os.makedirs(target.rpartition("/")[0], exist_ok=True)
        _link(source, target)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # a disk that knows no links
        shutil.copy2(source, target)


def exchange(one: Path, other: Path) -> None:
    """Let two folders change places; in one step where the system can do so."""
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None, use_errno=True)
        if library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
            return
    between = one.with_name(f"{one.name}.between")
    other.rename(between)
    one.rename(other)
    between.rename(one)
