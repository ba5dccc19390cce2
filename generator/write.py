"""Outputs → a directory: the only writer. A build goes to a staging folder and takes the site's place whole."""

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


def write_outputs(outputs: Iterable[Output], root: Path) -> Iterator[Output]:
    """Write outputs below a root, making folders once, and yield each when it is written."""
    made: set[str] = set()
    base = f"{root}{os.sep}"
    for output in outputs:
        folder, _, _ = output.path.rpartition("/")
        if folder not in made:
            os.makedirs(base + folder, exist_ok=True)
            made.add(folder)
        with open(base + output.path, "wb") as file:
            file.write(output.data)
        yield output


def link_files(paths: Iterable[str], site: Path, staging: Path) -> None:
    """Put files of the site into the new one without copying what they hold, where the disk can do so."""
    made: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in made:
            os.makedirs(f"{staging}/{folder}", exist_ok=True)
            made.add(folder)
        try:
            os.link(f"{site}/{path}", f"{staging}/{path}")
        except OSError:
            shutil.copy2(f"{site}/{path}", f"{staging}/{path}")


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
