"""A workbook given out, changed as an editor would, and brought back; for tests."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from generator.reading import read_items
from generator.tables.entries import Entry, entries_of
from generator.tables.export import workbook_bytes
from generator.tables.files import changed_files
from generator.tables.plan import Plan, plan_of
from generator.tables.workbook import open_workbook

Sheet = Any


@cache
def entries(root: Path) -> Mapping[str, Entry]:
    """Return the items of a project as they first were, which must be well formed."""
    read = read_items(root)
    assert not read.problems, read.problems
    return entries_of(read, root)


@cache
def given_out(root: Path) -> bytes:
    """Return the workbook of a project as it first was."""
    return workbook_bytes(entries(root))


def brought_back(root: Path, change: Callable[[Workbook], object], name: str = "表.xlsx") -> Plan:
    """Give the workbook of a project out, change it, and return what its import would do."""
    file = root / name
    file.write_bytes(given_out(root))
    book = load_workbook(file)
    change(book)
    book.save(file)
    return plan_of(open_workbook(file), entries(root))


def cell(sheet: Sheet, row: int, title: str) -> Any:
    """Return the cell of a row below a title."""
    return sheet.cell(row, next(head.column for head in sheet[1] if head.value == title))


def row_of(sheet: Sheet, *first: object) -> int:
    """Return the row whose first cells hold these values."""
    rows = sheet.iter_rows(min_row=2, max_col=len(first), values_only=True)
    return next(number for number, values in enumerate(rows, 2) if values == first)


def changed_lines(plan: Plan, root: Path) -> dict[str, list[str]]:
    """Return the lines that go (-) and come (+) in each file that an import would change."""
    found = {}
    for change in changed_files(plan.edits, [], root):
        before, after = (text.decode().splitlines() if text else [] for text in (change.before, change.after))
        lines = difflib.unified_diff(before, after, lineterm="", n=0)
        name = change.path.relative_to(root / "items").as_posix()
        found[name] = [line for line in lines if not line.startswith(("+++", "---", "@@"))]
    return {name: lines for name, lines in found.items() if lines}
