"""The sheets of a workbook that we gave out, as it comes back: titles matched, rows with ids and numbers."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.fields import quoted
from generator.near_miss import near_miss
from generator.problems import Problem
from generator.tables.cell_values import text_of
from generator.tables.findings import cell_problem, sheet_problem
from generator.tables.layout import CHOICES_SHEET, GUIDE_SHEET, ID_TITLE, MARK_SHEET, Column, Table, all_tables
from generator.tables.workbook import Sheet, Workbook, address


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: what it belongs to. Its cells are asked for through the sheet."""

    number: int
    """In the sheet, from 1."""
    id: str
    numbers: tuple[int | None, ...]
    """The numbers of the entries that hold it, then its own, which may be missing."""


@dataclass(slots=True)
class Returned:
    """One sheet that came back."""

    table: Table
    sheet: Sheet
    places: Mapping[str, int]
    """Title → column, from 1."""
    rows: list[Row]
    merged: Mapping[tuple[int, int], tuple[int, int]]
    by_holder: dict[tuple[str, tuple[int | None, ...]], list[Row]] = field(default_factory=dict)
    """The rows of a list, by the item's id and the numbers of the entries that hold it."""

    def value(self, row: int, place: int) -> Any:
        """Return what stands in a cell, in a merged range what stands in its first."""
        return self.sheet.value(*self.merged.get((row, place), (row, place)))

    def place(self, column: Column) -> int | None:
        """Return where a column stands, None where it was removed."""
        return self.places.get(column.title)

    def address(self, row: int, title: str = ID_TITLE) -> str:
        """Return sheet and cell for messages."""
        return f"「{self.table.title}」{address(row, self.places.get(title, 1))}"


def returned_sheets(book: Workbook) -> tuple[dict[str, Returned], list[Problem]]:
    """Return the sheets by title, and what is wrong or to be told about the workbook as a whole."""
    known = {table.title: table for table in all_tables()}
    found: dict[str, Returned] = {}
    problems = list(_of_links(book))
    for sheet in book.sheets:
        if sheet.title in (GUIDE_SHEET, CHOICES_SHEET, MARK_SHEET):
            continue
        if table := known.get(sheet.title.strip()):
            returned, more = _returned(table, sheet)
            problems += more
            if returned:
                found[table.title] = returned
        elif sheet.rows:
            problems.append(_unknown_sheet(sheet, [title for title in known if not book.sheet(title)]))
    for title in known:
        if title not in found and not any(sheet.title.strip() == title for sheet in book.sheets):
            problems.append(sheet_problem(title, "missing-sheet", "没有这张工作表，其中的内容都不改"))
    return found, problems


def _of_links(book: Workbook) -> Iterator[Problem]:
    if book.has_links:
        message = "有指向别的工作簿的链接，没有打开它们，只看这里最后显示的值"
        yield sheet_problem(book.name, "external-links", message)


def _unknown_sheet(sheet: Sheet, missing: list[str]) -> Problem:
    near = near_miss(sheet.title, missing)
    hint = f"是不是「{near}」改了名？请改回去。" if near else "自己加的工作表不会读入。"
    return sheet_problem(sheet.title, "unknown-sheet", "不是本站的工作表，没有读", hint)


def _returned(table: Table, sheet: Sheet) -> tuple[Returned | None, list[Problem]]:
    if not sheet.rows:
        return None, [sheet_problem(sheet.title, "empty-sheet", "工作表是空的，列名也没有，其中的内容都不改")]
    head = min(sheet.rows)
    places, problems = _places(table, sheet, head)
    needed = [title for title in (ID_TITLE, *table.numbers) if title not in places]
    if needed:
        message = f"没有「{'」「'.join(needed)}」这一列，不知道每行属于哪一项"
        hint = "请从新导出的工作簿里取回列名。"
        return None, [*problems, cell_problem(sheet.title, head, 1, "missing-column", message, hint)]
    returned = Returned(table, sheet, places, [], sheet.merged_from())
    problems += _of_hidden(sheet)
    if body := [reference for reference in sheet.merged if reference.rpartition(":")[2] != "A1"]:
        message = f"有合并的单元格 {'、'.join(body[:5])}，每一格都按左上角的内容读"
        problems.append(sheet_problem(sheet.title, "merged-cells", message))
    for number in [*sheet.rows]:
        if number > head:
            problems += _add_row(returned, number)
    groups: defaultdict[tuple[str, tuple[int | None, ...]], list[Row]] = defaultdict(list)
    for row in returned.rows:
        groups[row.id, row.numbers[:-1]].append(row)
    returned.by_holder = dict(groups)
    return returned, problems


def _of_hidden(sheet: Sheet) -> Iterator[Problem]:
    if sheet.is_hidden:
        yield sheet_problem(sheet.title, "hidden-sheet", "工作表是隐藏的，照样读入")
    if rows := sorted(sheet.hidden_rows & set(sheet.rows)):
        shown = "、".join(map(str, rows[:5])) + (" 等" if len(rows) > 5 else "")
        yield sheet_problem(sheet.title, "hidden-rows", f"第 {shown} 行是隐藏的（可能是筛选），照样读入")


def _plain(title: Any) -> str:
    return "".join(unicodedata.normalize("NFKC", text_of(title)).split())


def _places(table: Table, sheet: Sheet, head: int) -> tuple[dict[str, int], list[Problem]]:
    """Return where each column stands, and what is to be told about those that are not as given out."""
    known = {_plain(title): title for title in table.titles}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    unknown: list[tuple[int, str]] = []
    for number, value in enumerate(sheet.rows[head], 1):
        title = known.get(_plain(value))
        if title is None:
            if _filled(sheet, number, head):
                unknown.append((number, text_of(value)))
        elif title in places:
            message = f"「{title}」有两列，不知道看哪一列"
            problems.append(cell_problem(sheet.title, head, number, "twice-column", message, "请删掉一列。"))
        else:
            places[title] = number
    missing = [title for title in table.titles if title not in places]
    for number, written in unknown:
        near = near_miss(written, missing)
        hint = f"是不是「{near}」改了名？请改回去。" if near else "列名要与导出时一样。"
        name = quoted(written) if written else "没有列名的一列"
        problems.append(
            cell_problem(sheet.title, head, number, "unknown-column", f"{name}没有读", hint, severity="warning")
        )
    columns = {column.title for column in table.columns}
    if gone := [title for title in missing if title in columns]:
        message = f"没有「{'」「'.join(gone)}」这{'一' if len(gone) == 1 else '几'}列，其中的内容都不改"
        problems.append(sheet_problem(sheet.title, "missing-column", message))
    return places, problems


def _filled(sheet: Sheet, place: int, head: int) -> bool:
    return any(text_of(sheet.value(row, place)) for row in sheet.rows if row > head)


def _add_row(returned: Returned, number: int) -> Iterator[Problem]:
    """Add a row with its id and numbers, or say what is wrong with these; rows with nothing in them are passed over."""
    table, sheet = returned.table, returned.sheet
    if not any(text_of(returned.value(number, place)) for place in returned.places.values()):
        return
    place = returned.places[ID_TITLE]
    identifier = text_of(returned.value(number, place))
    if (number, place) in sheet.formulas:
        yield cell_problem(sheet.title, number, place, "formula", "不能用公式", "请直接写编号。", ID_TITLE)
        return
    if not identifier:
        message, hint = "这一行有内容，却没有编号", "请写上属于哪一项的编号；不要的行请整行删掉。"
        yield cell_problem(sheet.title, number, place, "missing-id", message, hint, ID_TITLE)
        return
    numbers: list[int | None] = []
    for title in table.numbers:
        value = returned.value(number, returned.places[title])
        text = unicodedata.normalize("NFKC", text_of(value))
        is_own = title == table.numbers[-1]
        if not (text.isdecimal() and int(text) > 0) and not (is_own and not text):
            message = f"{quoted(text)}不是序号" if text else "没有写序号"
            hint = "写 1、2、3 这样的数。"
            yield cell_problem(sheet.title, number, returned.places[title], "wrong-number", message, hint, title)
            return
        numbers.append(int(text) if text else None)
    returned.rows.append(Row(number, identifier, tuple(numbers)))
