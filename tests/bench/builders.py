"""Who builds: ourselves in every scenario, and each peer from nothing, with Pagefind after it."""

from __future__ import annotations

import hashlib
import importlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tests.bench.edits import Edits
from tests.bench.guides import Project
from tests.bench.measure import Run, run
from tests.bench.peers.peer import Installed, Peer
from tests.bench.results import OURS
from tests.bench.scenarios import Scenario

ROOT = Path(__file__).resolve().parents[2]

Rows = list[tuple[str, Run]]
"""Runs by the scenarios for which they stand."""


class Job(NamedTuple):
    """One thing to measure: whose, which scenario, how."""

    builder: str
    scenario: str
    measure: Callable[[], Rows]


class Trash:
    """Takes what earlier builds left; deleting comes later, for some disks are slow to write anew what just went."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def take(self, folder: Path) -> None:
        """Move a folder away, where it exists."""
        if folder.exists():
            folder.rename(self.folder / f"{folder.name}-{time.monotonic_ns()}")

    def empty(self) -> None:
        """Delete what was taken."""
        for folder in self.folder.iterdir():
            shutil.rmtree(folder)


class Ours:
    """Builds a project of ours in all scenarios."""

    def __init__(self, project: Project, trash: Trash) -> None:
        self.project = project
        self.site = project.folder / "site"
        self.cache = project.folder / ".cache"
        self.edits = Edits()
        self._trash = trash
        self._has_search = False

    def job(self, scenario: Scenario) -> Job:
        """Return what measures a scenario."""
        return Job(OURS, scenario.name, lambda: [(scenario.name, self.measure(scenario))])

    def measure(self, scenario: Scenario) -> Run:
        """Build as the scenario has it, after a build that is not counted where it starts from one."""
        if scenario.cold:
            self._trash.take(self.site)
            self._trash.take(self.cache)
        elif not self._has_search:
            self.build(search=True)
        if scenario.edit:
            self.edits.apply(scenario.edit, self.project)
        return self.build(scenario.search)

    def build(self, search: bool) -> Run:
        """Build over what stands there."""
        command = [sys.executable, "-m", "generator", "build", "--as-of", self.project.day]
        command += [] if search else ["--no-search"]
        self._has_search = search
        return run([command], self.project.folder, (self.site, self.cache), {"PYTHONPATH": str(ROOT)})[0]

    def difference(self, folder: Path) -> str:
        """Say how the site differs from one that is built from nothing in another folder; leaves the index out."""
        for source in self.project.folder.iterdir():
            if source.name in ("items", "content", "site_theme", ".git"):
                shutil.copytree(source, folder / source.name)
            elif source.suffix == ".yml":
                shutil.copy(source, folder)
        clean = Ours(replace(self.project, folder=folder), self._trash)
        clean.build(search=False)
        ours, theirs = _tree(self.site), _tree(clean.site)
        other = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
        return f"{len(other)} files differ: {', '.join(other[:3])}" if other else "the same bytes"


def _tree(folder: Path) -> dict[str, bytes]:
    """Return a hash of every file but the index by its path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    named = ((file.relative_to(folder).as_posix(), file) for file in files)
    read = ((path, file) for path, file in named if not path.startswith("pagefind/"))
    return {path: hashlib.blake2b(file.read_bytes(), digest_size=16).digest() for path, file in read}


def make_repository(folder: Path) -> None:
    """Make a folder a git repository of one commit."""
    (folder / ".gitignore").write_text("/site/\n/.cache/\n/bench.log\n", encoding="utf-8")
    name = ("-c", "user.name=bench", "-c", "user.email=bench@mingchuan.example")
    for arguments in (("init", "-q"), ("add", "-A"), (*name, "commit", "-q", "-m", "all")):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


class Theirs:
    """Builds a peer's site of the same guides: from nothing, and over what stands there where that is quicker."""

    def __init__(self, peer: Peer, installed: Installed, project: Project, page: Path, trash: Trash) -> None:
        self.name = peer.name
        self._peer = peer
        self._folder = trash.folder.parent / f"{peer.name}-{project.count}"
        self._site = self._folder / "public"
        self._trash = trash
        self._folder.mkdir()
        installed.write(project, page, self._folder)
        self._command = installed.command(self._folder, self._site)

    def jobs(self, scenarios: Sequence[str]) -> list[Job]:
        """Return what measures a cold build with both rows, and a second one for who goes by what stands there."""
        jobs = [Job(self.name, "cold", lambda: self._cold(scenarios))] if {"cold", "cold-search"} & {*scenarios} else []
        if jobs and self._peer.warm and "same" in scenarios:
            jobs.append(Job(self.name, "same", lambda: [("same", self._run(search=True)[-1])]))
        return jobs

    def _cold(self, scenarios: Sequence[str]) -> Rows:
        for left in (self._site, *(self._folder / name for name in self._peer.leaves)):
            self._trash.take(left)
        runs = self._run(search="cold-search" in scenarios)
        return [row for row in zip(("cold", "cold-search"), runs, strict=False) if row[0] in scenarios]

    def _run(self, search: bool) -> list[Run]:
        commands = [self._command, *([pagefind(self._site)] if search else [])]
        return run(commands, self._folder, (self._site,))

    def page(self) -> str:
        """Return the built page of the first guide."""
        return next(self._site.glob("guides/bench-00001/index.html")).read_text(encoding="utf-8")


def pagefind(site: Path) -> list[str]:
    """Return the command that indexes a site, by the program that we use."""
    program = importlib.import_module("pagefind_bin").get_executable()
    return [str(program), "--site", str(site), "--silent"]
