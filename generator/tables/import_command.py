"""`tongchuang import`: a workbook brought back, or a table that an office already has."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator import problems
from generator.build import Project
from generator.catalogue import Catalogue
from generator.exit_status import FINE, MISSING_PART, PROBLEMS_FOUND
from generator.mkdocs_build import load_catalogue
from generator.problems import Place, Problem
from generator.reading import read_items
from generator.tables.entries import Entry, entries_of
from generator.tables.files import NotWritable, changed_files
from generator.tables.findings import as_text
from generator.tables.layout import FORMAT_PROPERTY, FORMAT_VERSION, MARK_SHEET
from generator.tables.plan import Plan, described, plan_of
from generator.tables.rehearsal import problems_after
from generator.tables.tracing import traced
from generator.tables.transaction import FileChange, NotWritten, write_all
from generator.tables.workbook import Workbook, WrongWorkbook, open_workbook


def add(verbs: Any, common: argparse.ArgumentParser) -> None:
    """Add the verb; `common` has the options of every verb."""
    reading = verbs.add_parser("import", parents=[common], help="把改好的工作簿或单位已有的表格读进来")
    reading.add_argument("file", metavar="FILE", type=Path, help="导出后改过的 .xlsx，或单位已有的 xlsx、csv、docx")
    modes = reading.add_mutually_exclusive_group()
    modes.add_argument("--dry-run", action="store_true", help="只看会改什么，不写（默认）")
    modes.add_argument("--write", action="store_true", help="写进 items/")
    reading.add_argument("--delete", action="store_true", help="表格里删掉的行，文件也删掉")
    reading.add_argument("--as", dest="kind", metavar="KIND", help="单位已有的表格按哪一类读")
    reading.add_argument("--format", choices=["text", "json"], default="text", help="单位已有的表格怎样报告")
    reading.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    file: Path = options.file
    if not file.is_file():
        return _said(f"没有文件 {file}。", MISSING_PART)
    try:
        book = open_workbook(file) if file.suffix.lower() in (".xlsx", ".xlsm") else None
    except WrongWorkbook as error:
        return _said(str(error), PROBLEMS_FOUND)
    project, catalogue, found = load_catalogue(options.config, options.as_of)
    if book is None or not _is_ours(book):
        return _import_office_table(options, project, catalogue, found)
    if (version := str(book.properties.get(FORMAT_PROPERTY, FORMAT_VERSION))) != FORMAT_VERSION:
        message = f"{book.name} 是第 {version} 版格式，这里只认第 {FORMAT_VERSION} 版。请重新导出。"
        return _said(message, PROBLEMS_FOUND)
    if problems.has_errors(found):
        print(problems.as_text(found), file=sys.stderr)
        return _said("项目里的内容有错误，没有读表格；请先改好。", PROBLEMS_FOUND)
    return _import_own(options, book, project, found)


def _is_ours(book: Workbook) -> bool:
    return FORMAT_PROPERTY in book.properties or book.sheet(MARK_SHEET) is not None


def _import_office_table(
    options: argparse.Namespace, project: Project, catalogue: Catalogue, known: Sequence[Problem]
) -> int:
    # Imported here, because reading the tables of offices takes libraries of its own.
    office = importlib.import_module("generator.tables.office_import")
    return int(office.run(options, project, catalogue, known))


def _import_own(options: argparse.Namespace, book: Workbook, project: Project, known: Sequence[Problem]) -> int:
    entries = entries_of(read_items(project.root, project.jobs), project.root)
    plan = plan_of(book, entries)
    changes: list[FileChange] = []
    if not problems.has_errors(plan.problems):
        changes = _rehearsed(plan, project, known, with_removal=options.delete)
    for edit in plan.edits:
        print("\n".join(described(edit)))
    _print_gone(plan.gone, is_removed=options.delete)
    if plan.problems:
        print(as_text(plan.problems), file=sys.stderr)
    if problems.has_errors(plan.problems):
        return _said("表格里有错误，什么也没有写。", PROBLEMS_FOUND)
    return _written(changes, plan, project, with_writing=options.write)


def _rehearsed(plan: Plan, project: Project, known: Sequence[Problem], *, with_removal: bool) -> list[FileChange]:
    """Return the new files, and add what the checker says of them to the plan's problems."""
    try:
        changes = changed_files(plan.edits, plan.gone if with_removal else [], project.root)
    except NotWritable as error:
        place = Place(path=error.edit.incoming.cell(()))
        plan.problems.append(Problem(place=place, code="not-writable", message=error.message))
        return []
    if changes:
        plan.problems += traced(problems_after(project, changes, known), plan.edits, changes)
    return changes


def _print_gone(gone: Sequence[Entry], *, is_removed: bool) -> None:
    for entry in gone:
        name = entry.tree.get("name", "")
        if is_removed:
            print(f"删去 {entry.source.path}（{name}）")
        else:
            message = f"表格里没有 {entry.source.path}（{name}），文件留着；确实要删，请加 --delete。"
            print(message, file=sys.stderr)


def _written(changes: Sequence[FileChange], plan: Plan, project: Project, *, with_writing: bool) -> int:
    if not changes:
        print("没有改动。")
        return FINE
    count = sum(len(edit.differences) if edit.entry else 1 for edit in plan.edits)
    if not with_writing:
        print(f"共 {count} 处改动，涉及 {len(changes)} 个文件；还没有写。没有问题的话，加 --write 再运行一次。")
        return FINE
    try:
        write_all(changes, project.root)
    except NotWritten as error:
        return _said(str(error), PROBLEMS_FOUND)
    print(f"共 {count} 处改动，已写进 {len(changes)} 个文件。")
    return FINE


def _said(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status
