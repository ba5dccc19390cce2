"""Rows that came back → the tree of each item as the workbook has it, and the cell of each of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.fields import quoted
from generator.item import Item
from generator.problems import Problem
from generator.schema import FieldSpec
from generator.tables.cell_values import CellFault, Names, read_cell, text_of
from generator.tables.entries import Entry
from generator.tables.findings import cell_problem
from generator.tables.layout import ID_TITLE, Column, tables_of
from generator.tables.rows import KEEP, inner
from generator.tables.sheets import Returned, Row
from generator.tables.values import Tree, joined

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Incoming:
    """One item as the workbook has it."""

    model: type[Item]
    id: str
    tree: Tree
    cells: dict[Path, str]
    """Sheet and cell of each value and entry, by its path in the tree."""
    problems: list[Problem] = field(default_factory=list)

    def cell(self, path: Path) -> str:
        """Return sheet and cell of a value, or else of what holds it."""
        while path not in self.cells:
            path = path[:-1]
        return self.cells[path]


@dataclass(frozen=True, slots=True)
class Reader:
    """Builds items from sheets."""

    sheets: Mapping[str, Returned]
    names: Names

    def item(self, row: Row, model: type[Item], entry: Entry | None) -> Incoming:
        """Return the item of a row of its kind's sheet; `entry` is what its files say now."""
        made = Incoming(model, row.id, {}, {})
        made.tree = self._part(made, (), row, entry.tree if entry else {}, ())
        return made

    def _part(self, made: Incoming, lists: tuple[tuple[str, ...], ...], row: Row, old: Tree, at: Path) -> Tree:
        """Return the tree of a row and of the lists below it; `old` is the entry that it was when given out."""
        table = tables_of(made.model)[lists]
        returned = self.sheets[table.title]
        made.cells[at] = returned.address(row.number)
        tree: Tree = {}
        for column in table.columns:
            value = self._value(made, returned, row, column, inner(old, column.path))
            if value not in (None, "", []):
                _put(tree, column.path, value)
            if column.title in returned.places:
                made.cells[(*at, *column.path)] = returned.address(row.number, column.title)
        for path in [other[-1] for other in tables_of(made.model) if other[:-1] == lists and other]:
            if entries := self._list(made, (*lists, path), row, inner(old, path) or [], (*at, *path)):
                _put(tree, path, entries)
        return tree

    def _list(
        self, made: Incoming, lists: tuple[tuple[str, ...], ...], holder: Row, old: Sequence[Tree], at: Path
    ) -> list[Tree]:
        """Return the entries of a list in the order of their numbers, those without a number last."""
        returned = self.sheets.get(tables_of(made.model)[lists].title)
        if returned is None:
            return list(old)
        rows = returned.by_holder.get((made.id, holder.numbers), [])
        made.problems += _of_equal_numbers(returned, rows)
        rows = sorted(rows, key=lambda row: (row.numbers[-1] is None, row.numbers[-1] or 0))
        entries: list[Tree] = []
        for row in rows:
            number = row.numbers[-1]
            is_known = bool(number and number <= len(old))
            before = old[number - 1] if number and is_known else {}
            entry = self._part(made, lists, row, before, (*at, len(entries)))
            if entry or (is_known and not before):
                entries.append(entry)
            elif is_known:  # a row that was never filled in holds nothing; one that was emptied may be a slip
                made.problems.append(_emptied(returned, row))
        return entries

    def _value(self, made: Incoming, returned: Returned, row: Row, column: Column, old: Any) -> Any:
        """Return a cell's canonical value; what stands there now where the column or the cell is not given out."""
        place = returned.place(column)
        if place is None:
            return old
        value = returned.value(row.number, place)
        if value == KEEP:
            return old
        try:
            return self._read(returned, row, place, column.spec, old)
        except CellFault as fault:
            sheet = returned.table.title
            problem = cell_problem(sheet, row.number, place, fault.code, fault.message, fault.hint, column.title)
            made.problems.append(problem)
            return old

    def _read(self, returned: Returned, row: Row, place: int, spec: FieldSpec, old: Any) -> Any:
        """Return a cell's canonical value; raise `CellFault` where it is not sure what is meant."""
        value = returned.value(row.number, place)
        shown = joined(old) if isinstance(old, list) else old or ""
        try:
            read = read_cell(spec, value, self.names)
        except CellFault:
            if text_of(value) == shown:
                return old
            raise
        formula = returned.sheet.formulas.get((row.number, place))
        if formula and (value is None or read != (old or ([] if spec.is_list else ""))):
            result = "还没有算过" if value is None else f"算出来是{quoted(text_of(value))}"
            message = f"单元格里是公式{quoted(formula)}，{result}，现在的内容是{quoted(shown or '空白')}"
            hint = "请复制这个单元格，用「选择性粘贴 - 值」粘回去，再核对。"
            raise CellFault("formula", message, hint)
        if isinstance(value, int) and read == shown.lstrip("0") != shown:
            message = f"写的是数字{quoted(read)}，前面的 0 丢了，现在的内容是{quoted(shown)}"
            raise CellFault("lost-zeros", message, "请把单元格设成「文本」格式，再重新输入。")
        return read


def _put(tree: Tree, path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        tree = tree.setdefault(key, {})
    tree[path[-1]] = value


def _emptied(returned: Returned, row: Row) -> Problem:
    title = returned.table.numbers[-1]
    code, message = "emptied-row", f"「{row.id}」的第 {row.numbers[-1]} 条只剩编号和序号"
    hint = "这一条不要了，请整行删掉；还要的，请把内容填回去。"
    return cell_problem(returned.table.title, row.number, returned.places[title], code, message, hint, title)


def _of_equal_numbers(returned: Returned, rows: Sequence[Row]) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    title = returned.table.numbers[-1]
    for row in rows:
        if (number := row.numbers[-1]) is None:
            continue
        if number in seen:
            message = f"「{row.id}」的序号 {number} 在第 {seen[number]} 行已经用过"
            hint = "每条一个序号，不能重复；新加的一条可以空着。"
            place = returned.places[title]
            yield cell_problem(returned.table.title, row.number, place, "twice-number", message, hint, title)
        seen.setdefault(number, row.number)


def stray_rows(sheets: Mapping[str, Returned]) -> Iterator[tuple[Returned, Row, Problem]]:
    """Yield the rows of lists that no entry above them holds."""
    for returned in sheets.values():
        table = returned.table
        if not table.lists:
            continue
        above = sheets.get(tables_of(table.model)[table.lists[:-1]].title)
        if above is None:
            continue
        holders = {(row.id, row.numbers) for row in above.rows}
        for row in returned.rows:
            if (row.id, row.numbers[:-1]) in holders:
                continue
            title = table.numbers[-2] if len(table.numbers) > 1 else ID_TITLE
            place = returned.places[title]
            written = row.numbers[-2] if len(table.numbers) > 1 else row.id
            message = f"「{above.table.title}」里没有{quoted(written)}这一行"
            hint = "请改成那张表里有的；上一行删了，这一行也要删。"
            yield returned, row, cell_problem(table.title, row.number, place, "stray-row", message, hint, title)
