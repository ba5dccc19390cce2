"""`tongchuang import` of a table that an office already has: read, placed, compared, told, and written if wanted."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.build import Project
from generator.catalogue import Catalogue
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND, WRONG_USAGE
from generator.problems import Problem, has_errors
from generator.tables import office_departments, office_disclosures, office_fees, office_guides
from generator.tables.findings import as_text as problems_as_text
from generator.tables.office_account import Account, Record
from generator.tables.office_draft import Desk, Draft
from generator.tables.office_grid import Table, Unreadable
from generator.tables.office_headings import SORTS
from generator.tables.office_known import Known
from generator.tables.office_open import read_tables
from generator.tables.office_plan import plan
from generator.tables.office_rehearsal import changes_of, problems_of
from generator.tables.office_report import Outcome, as_json, as_text
from generator.tables.office_sections import sections_of
from generator.tables.transaction import NotWritten, write_all

_READERS: dict[str, Callable[[Sequence[Record], Desk], list[Draft]]] = {
    "disclosures": office_disclosures.drafts,
    "fees": office_fees.drafts,
    "guides": office_guides.drafts,
    "powers": office_guides.drafts,
    "departments": office_departments.drafts,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    file: Path
    kind: str
    write: bool
    form: str


def run(options: argparse.Namespace, project: Project, catalogue: Catalogue, known: Sequence[Problem] = ()) -> int:
    """Import the table of an office as the options say; print what was found and return the exit status.

    `known` are the problems that the project has already.
    """
    wanted = _wanted(options)
    kinds = list(dict.fromkeys(sort.kind for sort in SORTS))
    if wanted.kind and wanted.kind not in kinds:
        return _refused(f"不能按「{wanted.kind}」导入；可以写：{'、'.join(kinds)}。", WRONG_USAGE)
    try:
        outcome = read_office_file(wanted.file, project, catalogue, wanted.kind)
    except Unreadable as error:
        return _refused(f"{wanted.file.name}：{error}", PROBLEMS_FOUND)
    except OSError as error:
        return _refused(f"{wanted.file}：{error.strerror or '读不出来'}", MISSING_PART)
    changes = changes_of(outcome, project.root)
    found = problems_of(outcome, changes, project, known)
    is_written = wanted.write and bool(changes) and not has_errors(found)
    if is_written:
        try:
            write_all(changes, project.root)
        except NotWritten as error:
            return _refused(str(error), PROBLEMS_FOUND)
    _tell(outcome, found, wanted.form, written=is_written)
    return PROBLEMS_FOUND if outcome.has_problems or has_errors(found) else FINE


def _tell(outcome: Outcome, found: Sequence[Problem], form: str, *, written: bool) -> None:
    """Print the report, and apart from it what the checker says of the site as the table would have it."""
    text = partial(as_text, refused=has_errors(found))
    report = as_json if form == "json" else text
    sys.stdout.write(f"{report(outcome, written=written)}\n")
    if found:
        sys.stderr.write(f"按表格写进去，检查会发现：\n{problems_as_text(found)}\n")


def _wanted(options: argparse.Namespace) -> Wanted:
    return Wanted(
        file=Path(options.file),
        kind=getattr(options, "kind", None) or "",
        write=bool(getattr(options, "write", False)),
        form=getattr(options, "format", "text"),
    )


def _refused(message: str, status: int) -> int:
    sys.stderr.write(f"{message}\n")
    return status


def read_office_file(file: Path, project: Project, catalogue: Catalogue, kind: str = "") -> Outcome:
    """Return what a file of an office holds and what it comes to; raise `Unreadable` or `OSError`."""
    tables = read_tables(file)
    if not any(True for table in tables for _ in table.own_cells()):
        raise Unreadable("文件里一格内容也没有。")
    return outcome_of(tables, file.name, project, catalogue, kind)


def outcome_of(tables: Sequence[Table], file: str, project: Project, catalogue: Catalogue, kind: str = "") -> Outcome:
    """Return what tables hold and what they come to; `kind` forces how they are understood."""
    account = Account()
    account.open(tables)
    known = Known(catalogue)
    desk = Desk(known, project.settings)
    sections = sections_of(tables, account, kind)
    drafts: list[Draft] = []
    for section in sections:
        drafts += _READERS[section.header.sort.name](section.records, desk)
    return Outcome(
        file=file,
        tables=tuple(tables),
        sections=tuple(sections),
        account=account,
        planned=tuple(plan(drafts, known, project.root, file)),
    )
