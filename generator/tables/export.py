"""All items → one workbook: a sheet for each kind and each list, with notes, drop-downs and a mark of what it held."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from generator.fields import boolean_text
from generator.kinds import all_kinds
from generator.schema import FieldSpec
from generator.tables.entries import Entry
from generator.tables.layout import (
    CHOICES_SHEET,
    FORMAT_PROPERTY,
    FORMAT_VERSION,
    GUIDE_SHEET,
    ID_TITLE,
    MARK_SHEET,
    Column,
    Table,
    all_tables,
)
from generator.tables.rows import cell_of, rows_of
from generator.tables.values import type_of

LAST_ROW = 20_000
"""Drop-downs and formats reach down to here."""
_FONT, _BOLD = Font(name="微软雅黑", size=10), Font(name="微软雅黑", size=10, bold=True)
_REQUIRED, _OPTIONAL = PatternFill("solid", fgColor="FFD9E2F3"), PatternFill("solid", fgColor="FFF2F2F2")
_HEAD = Alignment(vertical="center", wrap_text=True)
_WRAPPED, _ONE_LINE = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
_LONG_AGO = datetime(2000, 1, 1)
_TEXT_FORMAT, _DATE_FORMAT = "@", "yyyy-mm-dd"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_GUIDE = (
    "这个工作簿是本站全部内容。改好以后保存，运行 tongchuang import 文件名，先看会改什么；没有问题再加 --write 写回。",
    "一张工作表是一类内容，名字里带「·」的是其中的列表，每行开头的编号说明属于哪一项。",
    "可以改：白底单元格里的内容；加行、删行；调整列的顺序、宽度和筛选。",
    "不要改：工作表的名字、第一行的列名、已有内容的编号。编号是网址的一部分，公布后不再改。",
    "新增一项：在最下面加一行，写新的编号（小写英文字母、数字和 -），蓝底的列都要填。",
    "删除一项：删掉行只会提醒，不会删文件；确实要删，运行时加 --delete。",
    "列表里的「序号」是先后次序：改序号就是换位置，空着就排在最后；删掉一行就是删掉这一条。",
    "「…·序号」是上一级的序号：改了上一级的序号，下一级的也要改。",
    "一个单元格写几条时，每条一行（Alt+Enter 换行）；一条里面的换行写成 ↵。",
    "日期写成真正的日期，金额和数量只写数字，是否类写「是」或「否」，编码和电话是文本。",
    "空着的单元格表示没有写这一项，按默认办。单元格里不要用公式。",
)


def workbook_bytes(entries: Mapping[str, Entry]) -> bytes:
    """Return the workbook of all items; the same items give the same bytes."""
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = GUIDE_SHEET
    _fill_guide(guide)
    lists = _Choices(entries.values())
    for table in all_tables():
        _fill(book.create_sheet(table.title), table, entries.values(), lists)
    lists.fill(book.create_sheet(CHOICES_SHEET))
    _fill_mark(book.create_sheet(MARK_SHEET), entries.values())
    book.custom_doc_props.append(StringProperty(name=FORMAT_PROPERTY, value=FORMAT_VERSION))  # type: ignore[attr-defined]
    book.properties.creator, book.properties.created = "同窗", _LONG_AGO
    data = io.BytesIO()
    book.save(data)
    return _without_times(data)


def _without_times(data: io.BytesIO) -> bytes:
    """Return the archive without the time at which it was made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", part)
            information = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            information.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(information, part)
    return packed.getvalue()


def _fill_guide(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(_GUIDE, 1):
        cell = sheet.cell(number, 1, line)
        cell.font, cell.alignment = _BOLD if number == 1 else _FONT, _WRAPPED
    sheet.sheet_view.showGridLines = False


def _fill(sheet: Any, table: Table, entries: Iterable[Entry], lists: _Choices) -> None:
    widths = [len(title) * 2 + 2 for title in table.titles]
    _fill_head(sheet, table)
    row = 1
    for entry in entries:
        if entry.model is not table.model:
            continue
        for numbers, tree in rows_of(table, entry.tree):
            row += 1
            cells = [entry.id, *numbers, *(cell_of(column, tree) for column in table.columns)]
            for index, value in enumerate(cells):
                if value is not None:
                    _put(sheet.cell(row, index + 1), value, _column(table, index))
                    widths[index] = max(widths[index], _width(value))
    _format_columns(sheet, table, widths)
    for number, column in enumerate(table.columns, len(table.numbers) + 2):
        if reference := lists.reference(column.spec):
            _offer(sheet, number, reference)
    first = get_column_letter(len(table.numbers) + 2)
    sheet.freeze_panes = f"{first}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.titles))}{max(row, 2)}"


def _column(table: Table, index: int) -> Column | None:
    """Return the column at an index, None for the id and the numbers."""
    place = index - 1 - len(table.numbers)
    return table.columns[place] if place >= 0 else None


def _fill_head(sheet: Any, table: Table) -> None:
    for index, title in enumerate(table.titles):
        column = _column(table, index)
        cell = sheet.cell(1, index + 1, title)
        cell.font, cell.alignment = _BOLD, _HEAD
        cell.fill = _REQUIRED if column is None or column.is_required else _OPTIONAL
        note = Comment(_note(table, column, title), "同窗")
        note.width, note.height = 260, 150
        cell.comment = note
    sheet.row_dimensions[1].height = 32


def _note(table: Table, column: Column | None, title: str) -> str:
    if column is None:
        return _NOTES.get(title, f"属于第几条{title.removesuffix('·序号')}，写那一条的序号。")
    spec = column.spec
    lines = [spec.explanation, "必填。" if column.is_required else ""]
    if spec.is_list:
        lines.append("可写几条，每条一行。")
    if spec.choices:
        lines.append(f"可选：{'、'.join(spec.choices)}。")
    if spec.refers:
        lines.append(f"写「{all_kinds()[spec.refers].kind.label}」的编号。")
    if default := _default(spec):
        lines.append(f"空着就是「{default}」。")
    return "\n".join(line for line in lines if line) or title


_NOTES = {
    ID_TITLE: "哪一项内容，公布后不再改。",
    "序号": "在列表里的先后次序，从 1 起；新加的可以空着。",
}


def _default(spec: FieldSpec) -> str:
    value = spec.default
    if spec.required or spec.is_list or value is None:
        return ""
    return boolean_text(value) if isinstance(value, bool) else str(value)


def _put(cell: Any, value: Any, column: Column | None) -> None:
    """Write a value as what it is: text stays text, whatever it begins with."""
    cell.value = value
    cell.font = _FONT
    cell.alignment = _ONE_LINE if column and column.spec.is_markdown else _WRAPPED
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _TEXT_FORMAT
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, date):
        cell.number_format = _DATE_FORMAT


def _format_columns(sheet: Any, table: Table, widths: Sequence[int]) -> None:
    for index, width in enumerate(widths):
        column = _column(table, index)
        dimension = sheet.column_dimensions[get_column_letter(index + 1)]
        dimension.width = min(max(width, 8), 40)
        kind = type_of(column.spec) if column and not column.spec.is_list else str if column or index == 0 else int
        if kind not in (int, Decimal):
            dimension.number_format = _DATE_FORMAT if kind is date else _TEXT_FORMAT


def _width(value: Any) -> int:
    """Return about how many Latin letters wide a value is; Chinese characters count twice."""
    line = max(str(value)[:200].split("\n"), key=len)
    return sum(2 if sign > "\u2e7f" else 1 for sign in line[:60]) + 2


def _offer(sheet: Any, number: int, reference: str) -> None:
    validation = DataValidation(type="list", formula1=reference, allow_blank=True)
    validation.errorTitle, validation.error = "不在可选范围内", "请从下拉列表里选。"
    letter = get_column_letter(number)
    validation.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(validation)


class _Choices:
    """The lists behind drop-downs, each a column of a hidden sheet."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: dict[str, list[str]] = {name: [] for name in all_kinds()}
        for entry in entries:
            self._ids[entry.model.kind.name].append(entry.id)
        self._columns: dict[tuple[str, ...], int] = {}

    def reference(self, spec: FieldSpec) -> str:
        """Return the range of a field's list, empty where it has none; cells with several entries have none."""
        if spec.is_list:
            return ""
        boolean = ("是", "否") if type_of(spec) is bool else ()
        values = tuple(spec.choices or (self._ids[spec.refers] if spec.refers else boolean))
        if not values:
            return ""
        letter = get_column_letter(self._columns.setdefault(values, len(self._columns) + 1))
        return f"'{CHOICES_SHEET}'!${letter}$1:${letter}${len(values)}"

    def fill(self, sheet: Any) -> None:
        """Write the lists that were referred to."""
        for values, number in self._columns.items():
            for row, value in enumerate(values, 1):
                _put(sheet.cell(row, number), value, None)
        sheet.sheet_state = "hidden"


def _fill_mark(sheet: Any, entries: Iterable[Entry]) -> None:
    """Note what each item said when it was given out, field by field, to know later who changed what."""
    for entry in entries:
        sheet.append([entry.path, json.dumps(entry.digests, separators=(",", ":"))])
    sheet.sheet_state = "veryHidden"
