"""Problems of files that an import would write → the cells that brought them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.problems import Place, Problem
from generator.schema import label_at
from generator.source import Source, parse_text
from generator.tables.files import item_path
from generator.tables.plan import Edit
from generator.tables.transaction import FileChange

Path = tuple[str | int, ...]


def traced(problems: Sequence[Problem], edits: Sequence[Edit], changes: Sequence[FileChange]) -> list[Problem]:
    """Return the problems with sheet and cell for their place wherever a cell can be told."""
    by_file = {item_path(edit): edit for edit in edits}
    texts = {change.path.name: change.after for change in changes if change.after is not None}
    found = []
    for problem in problems:
        edit = by_file.get(problem.place.path) or by_file.get(problem.place.path.removesuffix(".md") + ".yml")
        if edit is None:
            found.append(replace(problem, place=Place(path=str(problem.place), line=problem.place.line)))
            continue
        text = texts.get(item_path(edit).rpartition("/")[2], b"").decode()
        path = value_path(problem, text) if problem.place.path.endswith(".yml") else ("body",)
        if problem.code == "missing-key":
            found.append(_missing(problem, edit, path))
        else:
            found.append(replace(problem, place=Place(path=edit.incoming.cell(path))))
    return found


def _missing(problem: Problem, edit: Edit, path: Path) -> Problem:
    """Return a problem of a value that is not there, at the cell where it would stand and in the words of a table."""
    model, cells = edit.incoming.model, edit.incoming.cells
    empty = next((other for other in cells if label_at(model, other) == problem.field), path)
    hint = problem.hint.partition("…。")[2]
    return replace(problem, place=Place(path=edit.incoming.cell(empty)), message="必填，没有写", hint=hint)


def value_path(problem: Problem, text: str) -> Path:
    """Return the path of the value that stands at a problem's place, the innermost one; else of the whole item."""
    values, _ = parse_text(text, "")
    if values is None:
        return ()
    source = Source(path="", text=text, values=values)
    wanted = (problem.place.line, problem.place.column)
    best: Path = ()
    for path in _paths(values):
        for is_key in (False, True):
            place = source.place(*path, key=is_key)
            if (place.line, place.column) == wanted and len(path) >= len(best):
                best = path
    return best


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    inner: Mapping[Any, Any] = {}
    if isinstance(value, Mapping):
        inner = value
    elif isinstance(value, list):
        inner = dict(enumerate(value))
    for key, one in inner.items():
        yield (*path, key)
        yield from _paths(one, (*path, key))
