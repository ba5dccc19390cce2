"""What a bench edits: as an editor would, each time something else, and undone to the byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.bench.guides import FEE, POLICY_USERS, Project, as_yaml, identifier_of, notice, users_of

Files = Mapping[Path, bytes]
Edit = Callable[[Project, int], Files]
"""From a project and how often it was edited before, to the new bytes of files."""


class Edits:
    """Edits that follow each other, and what the files were before the first."""

    def __init__(self) -> None:
        self.before: dict[Path, bytes | None] = {}
        self._times: dict[Edit, int] = {}

    def apply(self, edit: Edit, project: Project) -> None:
        """Edit the project once more."""
        number = self._times.get(edit, 0)
        self._times[edit] = number + 1
        for file, data in edit(project, number).items():
            self.before.setdefault(file, file.read_bytes() if file.exists() else None)
            file.write_bytes(data)

    def undo(self) -> None:
        """Make all files again what they were before the first edit."""
        for file, data in self.before.items():
            file.write_bytes(data) if data is not None else file.unlink()
        self.before.clear()
        self._times.clear()


def one_guide(project: Project, number: int) -> Files:
    """Change a sentence of a step of one guide, each time of another."""
    file = _guide(project, (17 * number + 1) % project.count)
    values = _read(file)
    values["steps"][0]["action"] += f"，第 {number + 1} 次修改"
    return {file: as_yaml(values)}


def one_fee(project: Project, _: int) -> Files:
    """Raise the fee that 200 guides charge by a yuan."""
    file = project.folder / "items" / "fees" / f"{FEE}.yml"
    values = _read(file)
    values["rates"][0]["periods"][-1]["amount"] += 1
    return {file: as_yaml(values)}


def one_template(project: Project, number: int) -> Files:
    """Give the head of every guide's page another class."""
    file = project.folder / "site_theme" / "kinds" / "guide" / "page.html"
    text = file.read_text(encoding="utf-8")
    head = f'<header class="page-head bench-{number + 1}">'
    return {file: re.sub(r'<header class="page-head(?: bench-\d+)?">', head, text, count=1).encode()}


def one_policy(project: Project, number: int) -> Files:
    """Repeal the policy that 20 guides rest on: another takes its place, and the guides name that one."""
    policies = project.folder / "items" / "policies"
    old, new = f"bench-notice-{number}", f"bench-notice-{number + 1}"
    text = (policies / f"{old}.yml").read_text(encoding="utf-8")
    edited = {
        policies / f"{old}.yml": text.replace("validity: 有效", f"validity: 废止\nended: {project.day}").encode(),
        policies / f"{new}.yml": notice(number + 1, f"repeals: [{old}]\n").encode(),
    }
    for guide in users_of(project.count, POLICY_USERS):
        file = _guide(project, guide)
        edited[file] = file.read_bytes().replace(f"policy: {old}\n".encode(), f"policy: {new}\n".encode())
    return edited


def _guide(project: Project, number: int) -> Path:
    return project.folder / "items" / "guides" / f"{identifier_of(number)}.yml"


def _read(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return values
