"""Workbooks that offices made: sheets as grids, values as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook

from generator.tables.office_grid import Cell, Table, Unreadable, filled, tidy
from generator.tables.workbook import ERROR_VALUES, Sheet, WrongWorkbook, address, open_workbook

_WIDEST = 200
"""Columns: sheets whose format reaches to the last column have no more cells to say for it."""


def read_xlsx(file: Path) -> list[Table]:
    """Return the sheets of a workbook that hold anything; raise `Unreadable`."""
    try:
        book = open_workbook(file)
    except WrongWorkbook as error:
        raise Unreadable(str(error)) from error
    formats = _formats(file) if any(map(_has_numbers, book.sheets)) else {}
    return [_table(sheet, formats.get(sheet.title, {})) for sheet in book.sheets if sheet.rows]


def _has_numbers(sheet: Sheet) -> bool:
    return any(isinstance(value, int | float) for values in sheet.rows.values() for value in values)


def _formats(file: Path) -> dict[str, dict[str, str]]:
    """Return how numbers are shown that are shown unlike they are: 0505 for 505, 0.5% for 0.005."""
    found: dict[str, dict[str, str]] = {}
    with file.open("rb") as opened:
        for sheet in load_workbook(opened, read_only=True, data_only=True, keep_links=False).worksheets:
            sheet.reset_dimensions()
            found[sheet.title] = dict(_special(sheet.iter_rows()))
    return found


def _special(rows: object) -> Iterator[tuple[str, str]]:
    assert isinstance(rows, Iterator)
    for row in rows:
        for cell in row:
            if isinstance(cell.value, int | float) and cell.number_format not in ("General", "0"):
                yield address(cell.row, cell.column), cell.number_format


def _table(sheet: Sheet, formats: Mapping[str, str]) -> Table:
    height = max(sheet.rows)
    width = min(max(map(len, sheet.rows.values())), _WIDEST)
    rows = [[_cell(sheet, row, column, formats) for column in range(1, width + 1)] for row in range(1, height + 1)]
    merged = {
        (row - 1, column - 1): (top - 1, left - 1)
        for (row, column), (top, left) in sheet.merged_from().items()
        if row <= height and column <= width
    }
    return Table(name=sheet.title, rows=filled(rows, merged), notes=tuple(_notes(sheet)))


def _notes(sheet: Sheet) -> Iterator[str]:
    if sheet.is_hidden:
        yield "这是隐藏的工作表，也读了"
    if rows := sorted(sheet.hidden_rows & sheet.rows.keys()):
        yield f"隐藏的行也读了：{'、'.join(map(str, rows[:20]))}{' 等' if len(rows) > 20 else ''}"
    if sheet.hidden_columns:
        letters = [address(1, column)[:-1] for column in sorted(sheet.hidden_columns)[:20]]
        yield f"隐藏的列也读了：{'、'.join(letters)}"


def _cell(sheet: Sheet, row: int, column: int, formats: Mapping[str, str]) -> Cell:
    value, place = sheet.value(row, column), address(row, column)
    formula = sheet.formulas.get((row, column))
    if formula is not None and value is None:
        return Cell(formula, place, fault="公式没有算好的结果，请在表格软件里打开、保存后再导入")
    if isinstance(value, str) and value in ERROR_VALUES:
        return Cell(value, place, fault="这一格是错误值，请在表格软件里改好")
    return Cell(tidy(_text(value, formats.get(place, ""))), place)


def _text(value: object, form: str) -> str:
    """Return a value as the sheet shows it: leading zeros and percentages by its format, days in ISO form."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case int() if form and not form.strip("0"):
            return str(value).zfill(len(form))
        case int() | float() if form.endswith("%"):
            return f"{value * 100:.10g}%"
        case float():
            return f"{value:.12g}"
        case _:
            return str(value)
