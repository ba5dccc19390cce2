"""Random edits of a workbook arrive in the YAML as exactly these values, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from project import FILES, tiny_project
from tables import cell, entries, given_out

from generator.item_files import BODY_SUFFIX
from generator.schema import FieldSpec
from generator.source import Source, parse_text
from generator.tables.entries import Entry
from generator.tables.export import workbook_bytes
from generator.tables.files import changed_files
from generator.tables.layout import Column, Table, all_tables, tables_of
from generator.tables.plan import plan_of
from generator.tables.rows import inner, rows_of
from generator.tables.values import Tree, type_of
from generator.tables.workbook import open_workbook
from generator.yaml_slips import MARKUP

# Whatever YAML, Excel or a careless program could take for something else.
WORD = st.text("甲乙。，：a1 :#-'\"{}[]&*!|>%@`~\\?😀", min_size=1, max_size=12).map(str.strip).filter(bool)
WORD = WORD.filter(lambda text: MARKUP.search(text) is None)  # refused in a cell
LIKE = st.sampled_from(["yes", "null", "~", "0012", "1.10", "2026-01-01", "12:30", "1e3", "- 甲", "甲: 乙", "甲 #乙"])
TEXT = st.one_of(WORD, LIKE)
LINES = st.lists(TEXT, min_size=1, max_size=3)
DAY = st.dates(date(1960, 1, 1), date(2090, 1, 1))

Written = tuple[Any, str | list[str]]
"""What an editor puts into a cell, and the canonical value that is meant."""


def _written(spec: FieldSpec, ids: Sequence[str]) -> st.SearchStrategy[Written]:
    """Return values of a field in the ways in which people write them."""
    if spec.choices or spec.refers:
        known = st.sampled_from(sorted(spec.choices) if spec.choices else ids)
        one = known.map(lambda code: (f"　{code} ", code))
        return one.map(lambda pair: (pair[0], [pair[1]])) if spec.is_list else one
    if spec.is_list:
        return LINES.map(lambda lines: ("\r\n".join(lines) + "\n", lines))
    kind = type_of(spec)
    if kind is bool:
        return st.sampled_from([(True, "是"), ("有", "是"), ("√", "是"), (False, "否"), ("否 ", "否")])
    if kind in (int, Decimal):
        number = st.integers(0, 10**6)
        ways = [number.map(lambda n: (n, str(n))), number.map(lambda n: (_wide(f"{n:,}"), str(n)))]
        return st.one_of(*ways, number.map(lambda n: (n + 0.25, f"{n}.25")) if kind is Decimal else ways[0])
    if kind is date:
        return DAY.flatmap(_days)
    if spec.is_markdown:
        return LINES.map(lambda lines: ("\n".join(lines), "\n".join(lines)))
    return TEXT.map(lambda text: (f" {text}　", text))


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def _days(day: date) -> st.SearchStrategy[Written]:
    serial = (day - date(1899, 12, 30)).days
    ways = [day, datetime(day.year, day.month, day.day), f"{day.year}年{day.month}月{day.day}日", serial]
    return st.sampled_from([(way, day.isoformat()) for way in ways])


@dataclass
class Edited:
    """A workbook with edits, and the trees of the items as they should be."""

    book: Workbook
    trees: dict[str, Tree]
    names: list[str] = field(default_factory=list)
    gone: list[tuple[Table, int]] = field(default_factory=list)

    def remove_rows(self) -> None:
        """Remove the rows that are to go, from below."""
        for table, row in sorted(self.gone, key=lambda one: -one[1]):
            self.book[table.title].delete_rows(row)


Row = tuple[Table, str, tuple[int, ...], int]
"""Sheet, item, numbers, and where the row stands."""


def _rows(root: Path) -> list[Row]:
    found = []
    for table in all_tables():
        at = 2
        for path, entry in entries(root).items():
            if entry.model is table.model:
                for numbers, _ in rows_of(table, entry.tree):
                    found.append((table, path, numbers, at))
                    at += 1
    return found


def _entries_of(tree: Tree, lists: Sequence[tuple[str, ...]], numbers: Sequence[int]) -> Any:
    for path, number in zip(lists, numbers, strict=False):
        tree = inner(tree, path)[number - 1]
    return tree


def _put(tree: Tree, path: Sequence[str], value: Any) -> None:
    """Set a value, or take it away where it says nothing, with the parts that are empty then."""
    key, *rest = path
    if rest:
        _put(tree.setdefault(key, {}), rest, value)
        if not tree[key]:
            del tree[key]
    elif value:
        tree[key] = value
    else:
        tree.pop(key, None)


def _ids(root: Path, spec: FieldSpec) -> list[str]:
    return [entry.id for entry in entries(root).values() if entry.model.kind.name == spec.refers] or ["none"]


def _edit_cells(data: st.DataObject, root: Path, edited: Edited) -> None:
    rows = _rows(root)
    count = data.draw(st.integers(0, 5))
    for _ in range(count):
        table, path, numbers, at = data.draw(st.sampled_from(rows))
        columns = [column for column in table.columns if column.path != ("name",)]
        column: Column = data.draw(st.sampled_from(columns))
        may_go = not table.lists and not column.is_required
        written, meant = data.draw(_written(column.spec, _ids(root, column.spec)))
        if may_go and data.draw(st.integers(0, 3)) == 0:
            written, meant = None, ""
        cell(edited.book[table.title], at, column.title).value = written
        if isinstance(written, str):
            cell(edited.book[table.title], at, column.title).data_type = "s"
        _put(_entries_of(edited.trees[path], table.lists, numbers), column.path, meant)


def _edit_list(data: st.DataObject, root: Path, edited: Edited) -> None:
    """Add, remove or move rows of one list that has no lists below it."""
    leaves = [
        table
        for table in all_tables()
        if table.lists and not any(other[:-1] == table.lists for other in tables_of(table.model))
    ]
    rows = [row for row in _rows(root) if row[0] in leaves]
    table, path, numbers, at = data.draw(st.sampled_from(rows))
    holder = _entries_of(edited.trees[path], table.lists[:-1], numbers[:-1])
    listed, sheet = inner(holder, table.lists[-1]), edited.book[table.title]
    match data.draw(st.sampled_from(["add", "remove", "swap"])):
        case "add":
            added: Tree = {}
            at = sheet.max_row + 1
            for title, value in zip(table.titles, [entries(root)[path].id, *numbers[:-1]], strict=False):
                cell(sheet, at, title).value = value
            for column in table.columns:
                if column.is_required or len(table.columns) == 1:
                    written, meant = data.draw(_written(column.spec, _ids(root, column.spec)))
                    cell(sheet, at, column.title).value = written
                    _put(added, column.path, meant)
            listed += [added] if added else []
        case "remove":
            edited.gone.append((table, at))
            del listed[numbers[-1] - 1]
            if not listed:
                _put(holder, table.lists[-1], None)
        case "swap" if len(listed) > 1:
            other = numbers[-1] % len(listed)
            step = 1 if other else 1 - len(listed)
            cell(sheet, at, "序号").value, cell(sheet, at + step, "序号").value = other + 1, numbers[-1]
            listed[numbers[-1] - 1], listed[other] = listed[other], listed[numbers[-1] - 1]


def _pruned(tree: Any) -> Any:
    """Return a tree without parts that say nothing."""
    if not isinstance(tree, dict):
        return tree
    found = {key: _pruned(value) for key, value in tree.items()}
    return {key: value for key, value in found.items() if value not in ({}, [])}


def _blocks(text: str) -> dict[str, str]:
    """Return the text of each key of an item, without whole-line comments, which may stand between two keys."""
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("#")]
    parts = re.split(r"^(?=[a-z_]+:)", "".join(lines), flags=re.MULTILINE)
    return {part.partition(":")[0]: part.rstrip() for part in parts if part.strip()}


def _comments(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def _assert_other_bytes_stay(entry: Entry, text: str, wanted: Tree) -> None:
    before, after = _blocks(entry.source.text), _blocks(text)
    kept = {key for key in before if entry.tree.get(key) == wanted.get(key)}
    assert {key: after.get(key) for key in kept} == {key: before[key] for key in kept}
    assert [key for key in after if key in before] == [key for key in before if key in after]
    assert _comments(text) == _comments(entry.source.text)


def _after(entry: Entry, root: Path, texts: dict[Path, bytes | None]) -> Entry:
    """Return an item as its new files say it."""
    file = root / entry.source.path
    text = (texts.get(file) or entry.source.text.encode()).decode()
    body = texts.get(file.with_suffix(BODY_SUFFIX), None if entry.body is None else entry.body.encode())
    values, _ = parse_text(text, "")
    assert values is not None
    source = Source(path=entry.source.path, text=text, values=values)
    return Entry(entry.model, entry.id, source, None if body is None else body.decode())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small project with comments at every key, which the test only reads."""
    files = {
        name: re.sub(r"^(?=[a-z_]+:)", "# 保留\n", text, flags=re.MULTILINE)
        for name, text in FILES.items()
        if name.endswith(".yml") and name.startswith("items/")
    }
    return tiny_project(tmp_path_factory.mktemp("property") / "project", files)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_random_edits_arrive_as_exactly_these_values_and_go_out_again_the_same(
    data: st.DataObject, project: Path
) -> None:
    file = project / "表.xlsx"
    file.write_bytes(given_out(project))
    edited = Edited(load_workbook(file), {path: deepcopy(entry.tree) for path, entry in entries(project).items()})
    _edit_cells(data, project, edited)
    if data.draw(st.booleans()):
        _edit_list(data, project, edited)
    edited.remove_rows()
    edited.book.save(file)

    plan = plan_of(open_workbook(file), entries(project))
    assert plan.problems == []
    changes = changed_files(plan.edits, plan.gone, project)
    wanted = {path: _pruned(tree) for path, tree in edited.trees.items()}
    texts = {change.path: change.after for change in changes}
    after = {path: _after(entry, project, texts) for path, entry in entries(project).items()}
    assert {path: entry.tree for path, entry in after.items()} == wanted
    for path, entry in entries(project).items():
        if entry.tree == wanted[path]:
            assert after[path].source.text == entry.source.text
        _assert_other_bytes_stay(entry, after[path].source.text, wanted[path])

    file.write_bytes(workbook_bytes(after))
    again = plan_of(open_workbook(file), after)
    assert (again.edits, again.gone, again.problems) == ([], [], [])
