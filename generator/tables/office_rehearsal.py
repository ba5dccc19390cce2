"""What the checker says of an office's table as the site would have it, at the rows and cells that brought it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.build import Project
from generator.problems import Place, Problem
from generator.tables.office_account import Record
from generator.tables.office_report import Outcome
from generator.tables.rehearsal import problems_after
from generator.tables.tracing import value_path
from generator.tables.transaction import FileChange


def changes_of(outcome: Outcome, root: Path) -> list[FileChange]:
    """Return the new files of a table and its changes of files that are there."""
    new = [FileChange(path=root / each.path, before=None, after=each.text.encode()) for each in outcome.to_write]
    return [*new, *(each.edit for each in outcome.to_edit if each.edit)]


def problems_of(
    outcome: Outcome, changes: Sequence[FileChange], project: Project, known: Sequence[Problem]
) -> list[Problem]:
    """Return the problems that the changes would bring, with row and cell of the table wherever these can be told."""
    if not changes:
        return []
    sources = {each.path: each.draft.source for each in outcome.to_write}
    sources |= {_shown(each.edit.path, project.root): each.draft.source for each in outcome.to_edit if each.edit}
    texts = {_shown(change.path, project.root): change.after or b"" for change in changes}
    records = {record.source: record for section in outcome.sections for record in section.records}
    found = []
    for problem in problems_after(project, changes, known):
        path = problem.place.path
        if source := sources.get(path):
            found.append(_placed(problem, source, records, texts[path].decode()))
        else:
            found.append(replace(problem, place=Place(path=str(problem.place))))
    return found


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _placed(problem: Problem, source: str, records: Mapping[str, Record], text: str) -> Problem:
    """Return a problem at the cell of its value, else at the row, which is all that a missing value has."""
    record, place = records.get(source), source
    keys = [key for key in value_path(problem, text) if isinstance(key, str)]
    given = record.given if record and problem.code != "missing-key" else {}
    for key in reversed(keys):
        if cell := next((one.cell for name, one in given.items() if name.partition("/")[0] == key), None):
            table = record.table if record and not cell.address.startswith(record.table) else ""
            place = f"{table} {cell.address}".strip()
            break
    return replace(problem, place=Place(path=place))
