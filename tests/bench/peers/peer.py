"""What a peer is to the bench, and how one from the Python registry is installed."""

from __future__ import annotations

import shutil
import subprocess
import venv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.bench.guides import Project

LOCK = Path(__file__).parents[1] / "requirements.lock"


class Absent(NamedTuple):
    """Why a peer cannot be measured."""

    why: str


class Installed(NamedTuple):
    """A peer that is there: what it is called with its version, how its site is written and built."""

    label: str
    write: Callable[[Project, Path, Path], None]
    """From a project, a page of ours and an empty folder to the sources of the peer's site."""
    command: Callable[[Path, Path], list[str]]
    """From that folder and the folder of the site to the command that builds it."""


class Peer(NamedTuple):
    """A peer by its name; `install` installs it into a cache, where it is not there yet."""

    name: str
    install: Callable[[Path], Installed | Absent]
    in_nav: bool = False
    """Whether every page stands in the navigation, so that a page costs the more, the more there are."""
    warm: bool = False
    """Whether building over what stands there costs less than from nothing."""
    leaves: tuple[str, ...] = ()
    """What it leaves beside the site for the next build, below its folder."""


def python_packages(cache: Path) -> Path | None:
    """Return the programs' folder of an environment with what the lock pins, made once; None where that fails."""
    folder = cache / "bench-venv"
    programs, stamp = folder / "bin", folder / "installed.lock"
    if stamp.exists() and stamp.read_bytes() == LOCK.read_bytes():
        return programs
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
    if subprocess.run([*install, "--only-binary", ":all:", "-r", str(LOCK)], capture_output=True).returncode:
        return None
    shutil.copy(LOCK, stamp)
    return programs


def version_of(package: str) -> str:
    """Return the version of a package that the lock pins."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return next(line.split("==")[1].rstrip(" \\") for line in lines if line.startswith(f"{package}=="))


NOT_INSTALLED = Absent("its package of tests/bench/requirements.lock cannot be installed")
