"""Outputs → a directory. A build goes to a staging folder, which takes the site's place whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.outputs import Output

# Tells a folder that we made, and may replace, from one that merely has the configured name.
MARKER = ".tongchuang"


class UnsafeTarget(Exception):
    """The site folder holds something that no build of ours put there."""


def write_outputs(outputs: Iterable[Output], root: Path, earlier: Path | None = None) -> Iterator[Output]:
    """Write outputs below a root, making folders once, and yield each when it is written.

    A file that holds the same bytes below an earlier root is put in its place, with the time of its writing.
    """
    made: set[str] = set()
    base, before = f"{root}{os.sep}", f"{earlier}{os.sep}" if earlier and earlier.is_dir() else ""
    for output in outputs:
        folder, _, _ = output.path.rpartition("/")
        if folder not in made:
            os.makedirs(base + folder, exist_ok=True)
            made.add(folder)
        if not (before and _taken_over(before + output.path, base + output.path, output.data)):
            with open(base + output.path, "wb") as file:
                file.write(output.data)
        yield output


def take_over_same(paths: Iterable[str], root: Path, earlier: Path) -> None:
    """Put those of some files that hold the same bytes below an earlier root in the place of those below a root."""
    for path in paths:
        file = root / path
        draft = file.with_name(f"{file.name}.same")
        if _taken_over(f"{earlier}/{path}", str(draft), file.read_bytes()):
            draft.replace(file)


def _taken_over(earlier: str, target: str, data: bytes) -> bool:
    """Link an earlier file to a target if it holds some data; tell whether it does and the disk can do so."""
    try:
        with open(earlier, "rb") as file:
            if os.fstat(file.fileno()).st_size != len(data) or file.read() != data:
                return False
        os.link(earlier, target)
    except OSError:
        return False
    return True


def staging_folder(site: Path) -> Path:
    """Return a fresh folder beside the site, on the same disk so that it can be renamed into place."""
    staging = site.with_name(f".{site.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def discard(staging: Path) -> None:
    """Remove a staging folder, if it is there."""
    shutil.rmtree(staging, ignore_errors=True)


def assert_replaceable(site: Path) -> None:
    """Raise `UnsafeTarget` unless the site folder is absent, empty or one of ours."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise UnsafeTarget(f"{site} 不是普通文件夹，没有动它。请换一个输出目录。")
    if site.is_dir() and any(site.iterdir()) and not (site / MARKER).exists():
        raise UnsafeTarget(f"{site} 里有不是本工具生成的文件，没有动它。请清空它，或换一个输出目录。")


def publish(staging: Path, site: Path) -> None:
    """Put a finished build in the place of the site; the old one stays until the new one is whole."""
    assert_replaceable(site)
    (staging / MARKER).touch()
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    staging.rename(site)
    shutil.rmtree(old, ignore_errors=True)
