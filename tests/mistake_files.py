"""The catalogue of wrong files in `tests/mistakes/`: laying one over the small valid project, and its messages.

A mistake is a folder `<area>/<name>/` with the whole wrong files as an editor left them, `expected.txt` with all that
is said of them and, where a file is taken away, `removed.txt` with its path. After a change of the messages
`TONGCHUANG_RECORD=1 pytest tests/test_mistakes.py` writes them anew; read the difference before you accept it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from project import ROOT

from generator.problems import SEVERITY_LABELS

MISTAKES = ROOT / "tests" / "mistakes"
EXPECTED, REMOVED = "expected.txt", "removed.txt"
RECORD_VARIABLE = "TONGCHUANG_RECORD"


def mistake_names() -> list[str]:
    """Return `<area>/<name>` of every mistake, in order."""
    return sorted(f"{area.name}/{folder.name}" for area in _folders(MISTAKES) for folder in _folders(area))


def _folders(folder: Path) -> list[Path]:
    return [entry for entry in folder.iterdir() if entry.is_dir()]


def lay_mistake(project: Path, name: str) -> Path:
    """Put the files of a mistake into a project, take away what it lacks, and return the project."""
    folder = MISTAKES / name
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.is_file() and relative.as_posix() not in (EXPECTED, REMOVED):
            (project / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, project / relative)
    if (folder / REMOVED).exists():
        for path in (folder / REMOVED).read_text(encoding="utf-8").split():
            (project / path).unlink()
    return project


def as_record(problems: Sequence[Mapping[str, object]]) -> str:
    """Lay out the problems that `check --format json` gave, as `expected.txt` holds them."""
    return "\n".join(
        f"{problem['path']}:{problem['line']}:{problem['column']} "
        f"{SEVERITY_LABELS['error' if problem['severity'] == 'error' else 'warning']} {problem['code']}\n"
        f"字段：{problem['field']}\n问题：{problem['message']}\n办法：{problem['hint']}\n"
        for problem in problems
    )
