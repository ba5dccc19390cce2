"""What an import would do: for each item which values change, what becomes of its files, and what stands against it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import fuzz, process

from generator.fields import ID_PATTERN, quoted
from generator.problems import Place, Problem
from generator.schema import label_at
from generator.tables.cell_values import Names
from generator.tables.entries import Entry
from generator.tables.findings import cell_problem
from generator.tables.incoming import Incoming, Reader, stray_rows
from generator.tables.layout import ID_TITLE, MARK_SHEET, Table, all_tables
from generator.tables.merge import Difference, differences, merged
from generator.tables.sheets import Returned, Row, returned_sheets
from generator.tables.values import Raw, Tree, digest
from generator.tables.workbook import Workbook

Marks = Mapping[str, Mapping[str, str]]
"""For each item that was given out the short hash of each of its fields."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One item that changes or is new."""

    incoming: Incoming
    entry: Entry | None
    """The item as its files have it, None for a new one."""
    values: dict[str, Raw]
    differences: tuple[Difference, ...]
    """What changes; nothing for a new item, which is new as a whole."""

    @property
    def path(self) -> str:
        """The item's path."""
        return f"{self.incoming.model.kind.plural}/{self.incoming.id}"


@dataclass(slots=True)
class Plan:
    """All that an import would do."""

    edits: list[Edit] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    """Items whose row was removed."""
    problems: list[Problem] = field(default_factory=list)


def marks_of(book: Workbook) -> Marks:
    """Return what the workbook notes of the items that were given out; empty where the note was lost."""
    sheet = book.sheet(MARK_SHEET)
    found: dict[str, Mapping[str, str]] = {}
    for row in sheet.rows.values() if sheet else ():
        try:
            digests = json.loads(str(row[1]))
        except (IndexError, ValueError):
            continue
        if isinstance(digests, dict):
            found[str(row[0])] = digests
    return found


def plan_of(book: Workbook, entries: Mapping[str, Entry]) -> Plan:
    """Return what the import of a workbook would change in these items."""
    sheets, problems = returned_sheets(book)
    marks = marks_of(book)
    plan = Plan(problems=problems)
    reader = Reader(sheets, _names(entries))
    for table in all_tables():
        if not table.lists and table.title in sheets:
            _plan_kind(plan, reader, sheets[table.title], entries, marks)
    gone = {(entry.model, entry.id) for entry in plan.gone}
    for returned, row, problem in stray_rows(sheets):
        if (returned.table.model, row.id) not in gone:
            plan.problems.append(problem)
    return plan


def _names(entries: Mapping[str, Entry]) -> Names:
    found: dict[str, dict[str, str]] = {}
    for entry in entries.values():
        names = found.setdefault(entry.model.kind.name, {})
        name = str(entry.tree.get("name", ""))
        names[name] = "" if name in names else entry.id
    return {kind: {name: one for name, one in names.items() if one} for kind, names in found.items()}


def _plan_kind(plan: Plan, reader: Reader, returned: Returned, entries: Mapping[str, Entry], marks: Marks) -> None:
    model = returned.table.model
    here = {entry.id: entry for entry in entries.values() if entry.model is model}
    seen: dict[str, Row] = {}
    for row in returned.rows:
        if row.id in seen:
            message = f"{quoted(row.id)}在第 {seen[row.id].number} 行已经有了"
            plan.problems.append(_id_problem(returned, row, "twice-id", message, "一项内容一行，请删掉一行。"))
        seen.setdefault(row.id, row)
    given = {entry.id: entry for entry in here.values() if not marks or entry.path in marks}
    gone = [entry for name, entry in given.items() if name not in seen]
    gone_by_name = {str(entry.tree.get("name", "")): entry for entry in reversed(gone)}
    for row in seen.values():
        entry = here.get(row.id)
        if entry is None and (problem := _of_new_id(returned, row, gone_by_name, here, marks)):
            plan.problems.append(problem)
            if problem.is_error():
                continue
        incoming = reader.item(row, model, entry)
        plan.problems += incoming.problems
        if entry is None:
            plan.edits.append(_edit(incoming, None, incoming.tree))
            continue
        tree, conflicts = _reconciled(entry, incoming, marks.get(entry.path))
        plan.problems += conflicts
        if tree != entry.tree:
            plan.edits.append(_edit(incoming, entry, tree))
    renamed = {_renamed_from(returned, row, gone_by_name) for row in seen.values() if row.id not in here}
    plan.gone += [entry for entry in gone if entry not in renamed]


def _edit(incoming: Incoming, entry: Entry | None, tree: Tree) -> Edit:
    raw, old = (entry.values, entry.tree) if entry else ({}, {})
    return Edit(
        incoming=incoming,
        entry=entry,
        values=merged(incoming.model, raw, old, tree),
        differences=tuple(differences(incoming.model, old, tree)) if entry else (),
    )


def _reconciled(entry: Entry, incoming: Incoming, base: Mapping[str, str] | None) -> tuple[Tree, list[Problem]]:
    """Return the tree to write: what only one side changed since the workbook was given out goes through."""
    if base is None:
        return incoming.tree, []
    tree: Tree = {}
    problems = []
    for key in {**entry.tree, **incoming.tree}:
        current, wanted = entry.tree.get(key), incoming.tree.get(key)
        if _digest(wanted) == base.get(key, ""):
            wanted = current  # not touched in the workbook
        elif current != wanted and _digest(current) != base.get(key, ""):
            problems.append(_conflict(entry, incoming, key))
            wanted = current
        if wanted is not None:
            tree[key] = wanted
    return tree, problems


def _digest(value: Any) -> str:
    return "" if value is None else digest(value)


def _conflict(entry: Entry, incoming: Incoming, key: str) -> Problem:
    model = entry.model
    found = list(
        differences(
            model,
            {name: value for name, value in entry.tree.items() if name == key},
            {name: value for name, value in incoming.tree.items() if name == key},
        )
    )
    change = found[0]
    place = entry.source.place(*change.old_path)
    before, after = quoted(change.before or "空白"), quoted(change.after or "空白")
    message = f"导出以后文件里也改过：{place} 现在是{before}，表格里是{after}"
    hint = "请先定下用哪个：用文件里的，就把单元格改成一样；用表格里的，就重新导出后再改。"
    return Problem(
        place=Place(path=incoming.cell(change.path)),
        code="table-conflict",
        message=message,
        hint=hint,
        field=label_at(model, change.path),
    )


def _id_problem(returned: Returned, row: Row, code: str, message: str, hint: str, *, error: bool = True) -> Problem:
    place = returned.places[ID_TITLE]
    severity: Literal["error", "warning"] = "error" if error else "warning"
    return cell_problem(returned.table.title, row.number, place, code, message, hint, ID_TITLE, severity)


def _of_new_id(
    returned: Returned, row: Row, gone_by_name: Mapping[str, Entry], here: Mapping[str, Entry], marks: Marks
) -> Problem | None:
    """Say what is wrong with an id that no item has, or is to be looked at; None where it is plainly a new one."""
    model = returned.table.model
    if not re.fullmatch(ID_PATTERN, row.id):
        hint = "编号只用小写英文字母、数字和 -，例如 id-card-renewal。"
        return _id_problem(returned, row, "wrong-id", f"{quoted(row.id)}不能作编号", hint)
    if f"{model.kind.plural}/{row.id}" in marks:
        message = f"「{row.id}」导出以后从项目里删掉了，表格里还有"
        return _id_problem(returned, row, "deleted-item", message, "不要了就删掉这一行；还要的，请从历史里取回文件。")
    if old := _renamed_from(returned, row, gone_by_name):
        message = f"编号由「{old.id}」改成了「{row.id}」"
        hint = f"编号是网址的一部分，公布后不能改；请改回「{old.id}」。"
        return _id_problem(returned, row, "changed-id", message, hint)
    # The table may have thousands of new rows, and each is held against every id.
    near = process.extractOne(row.id, here.keys(), scorer=fuzz.ratio, score_cutoff=85)
    if near and not _title(returned, row):
        message = f"没有编号为「{row.id}」的内容"
        return _id_problem(returned, row, "unknown-id", message, f"是不是「{near[0]}」？")
    if near:
        message = f"「{row.id}」是新编号，会新建一项；它与已有的「{near[0]}」很像"
        return _id_problem(returned, row, "near-id", message, "若是写错了，请改正。", error=False)
    return None


def _title(returned: Returned, row: Row) -> str:
    return _cell(returned, row, "name")


def _renamed_from(returned: Returned, row: Row, gone_by_name: Mapping[str, Entry]) -> Entry | None:
    """Return the item whose row this surely was: it is missing now, and here is its name."""
    name = _title(returned, row) if gone_by_name else ""
    return gone_by_name.get(name) if name else None


def _cell(returned: Returned, row: Row, key: str) -> str:
    table: Table = returned.table
    column = next((column for column in table.columns if column.path == (key,)), None)
    place = returned.place(column) if column else None
    value = returned.value(row.number, place) if place else None
    return value.strip() if isinstance(value, str) else ""


def described(edit: Edit) -> Iterator[str]:
    """Yield a line for each change of an item: the cell, the place in the file, the field, before and after."""
    model, entry = edit.incoming.model, edit.entry
    if entry is None:
        yield f"新建 items/{edit.path}.yml（{edit.incoming.cell(())}）：{edit.incoming.tree.get('name', '')}"
        return
    yield f"{entry.source.path}（{entry.tree.get('name', entry.id)}）"
    for change in edit.differences:
        place = entry.source.place(*change.old_path)
        label = label_at(model, change.path if change.after else change.old_path)
        yield f"  {edit.incoming.cell(change.path)} → {place.line} 行「{label}」{_said(change)}"


def _said(change: Difference) -> str:
    if isinstance(change.path[-1], int):
        return f"加一条：{quoted(change.after)}" if change.after else f"删去一条：{quoted(change.before)}"
    return f"{quoted(change.before or '空白')} → {quoted(change.after or '空白')}"
