"""Edits of the small valid project, and the mistakes that a repository cannot well hold: too large, oddly named.

All others are files in `tests/mistakes/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from project import FILES

DEPARTMENT = "items/departments/police.yml"
HALL = "items/hall/main.yml"
FEE = "items/fees/small-card.yml"
POLICY = "items/policies/small-law.yml"
BODY = "items/policies/small-law.md"
MATERIAL = "items/materials/small-card.yml"
GUIDE = "items/guides/card-renewal.yml"
ABOUT = "content/about.md"

Files = Mapping[str, str]
"""Texts by path."""


@dataclass(frozen=True, slots=True)
class Case:
    """Files that differ from the small project; place, code and message of what `check` says of them."""

    files: Files
    says: tuple[str, str, str]


def edited(path: str, old: str, new: str) -> dict[str, str]:
    """Return a file of the project with one passage replaced, where it stands first."""
    assert old in FILES[path], f"{path} does not hold {old!r}"
    return {path: FILES[path].replace(old, new, 1)}


def lay(project: Path, files: Files) -> Path:
    """Write files of a project."""
    for name, content in files.items():
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return project


OTHER_MATERIAL = FILES[MATERIAL].replace("name: 小证\naliases: [证]", "name: 照片")

CASES: dict[str, Case] = {
    "file of 10 MB": Case(
        {MATERIAL: FILES[MATERIAL] + "# 说明\n" * 1_100_000},
        (f"{MATERIAL}:1:1", "file-too-large", "文件有 9.4 MB，超过 1 MB 的上限，没有读取。"),
    ),
    "body too long": Case(
        {BODY: "第一条。\n" * 60_000},
        (f"{BODY}:1:1", "too-long", "太长：300000 个字，最多 200000 个字"),
    ),
    "id with a line end": Case(
        {"items/materials/a\nb.yml": OTHER_MATERIAL},
        ("items/materials/a\\nb.yml:1:1", "wrong-id", "文件名「a\\nb」不能作编号"),
    ),
}
