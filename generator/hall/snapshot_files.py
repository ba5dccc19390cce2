"""Files with tables → sheets of rows of texts: CSV in the usual encodings and separators, and XLSX workbooks."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from generator.hall.snapshot_types import UnreadableSnapshot

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGEST_UNPACKED = 200 * 1024 * 1024
_SEPARATORS = ",\t;"
MOST_COLUMNS = 200


class Sheet(NamedTuple):
    """A sheet: its name, empty for CSV, and its rows of texts."""

    name: str
    rows: list[list[str]]
    down: frozenset[tuple[int, int]] = frozenset()
    """Row and column, from 0, of cells that only repeat the merged cell above or beside them."""


def is_workbook(data: bytes, name: str) -> bool:
    """Tell whether a file is one of a spreadsheet program."""
    return data.startswith((b"PK\x03\x04", _OLE)) or name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et"))


def sheets_of_workbook(data: bytes, name: str) -> list[Sheet]:
    """Read the visible sheets of a workbook, each merged cell repeated over its area."""
    _refuse_other_formats(data, name)
    from openpyxl import load_workbook  # takes a third of a second, which no other command should wait for

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
                raise UnreadableSnapshot(f"{name} 展开后太大，不像是核对表。")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations that are not read
            book = load_workbook(io.BytesIO(data), data_only=True)
        return [_sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except UnreadableSnapshot:
        raise
    except Exception as error:  # openpyxl meets a damaged file with whatever its parts raise
        raise UnreadableSnapshot(f"{name} 不是完好的 XLSX 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx。") from error


def _refuse_other_formats(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableSnapshot(f"{name} 有密码，读不了。请去掉密码后另存，再来核对。")
        raise UnreadableSnapshot(f"{name} 是旧格式的文件（.xls），请用 Excel 或 WPS 另存为 .xlsx。")
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableSnapshot(f"{name} 不是 XLSX 工作簿，请用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv。")


def _sheet(sheet: Any) -> Sheet:
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS))]
    repeated = set()
    for area in sheet.merged_cells.ranges:
        first = rows[area.min_row - 1][area.min_col - 1] if area.min_col <= MOST_COLUMNS else ""
        for row in range(area.min_row - 1, min(area.max_row, len(rows))):
            for column in range(area.min_col - 1, min(area.max_col, len(rows[row]))):
                if (row, column) != (area.min_row - 1, area.min_col - 1):
                    rows[row][column] = first
                    repeated.add((row, column))
    return Sheet(sheet.title, rows, frozenset(repeated))


def _text(cell: Any) -> str:
    """Return a cell's value as a person sees it, as far as that matters here."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and "%" in str(cell.number_format):
        return f"{round(value * 100, 6):g}%"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def sheets_of_csv(data: bytes, name: str) -> list[Sheet]:
    """Read a table of separated values in UTF-8, GB18030 or UTF-16; the separator is the one that parts most rows."""
    text = _decoded(data, name)
    if "\x00" in text:
        raise UnreadableSnapshot(f"{name} 不是表格：里面有二进制内容。请用 .csv 或 .xlsx 文件。")
    try:
        tables = [(separator, list(_rows(text, separator))) for separator in _SEPARATORS]
    except csv.Error as error:
        raise UnreadableSnapshot(f"{name} 不是完好的 CSV 表格，可能有引号没有配对。") from error
    rows = max(tables, key=lambda table: sum(len(row) > 1 for row in table[1]))[1]
    if not any(len(row) > 1 for row in rows):
        raise UnreadableSnapshot(f"{name} 不是表格：没有找到用逗号、制表符或分号隔开的列。")
    return [Sheet("", rows)]


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
        yield [cell.strip() for cell in row[:MOST_COLUMNS]]


def _decoded(data: bytes, name: str) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # UTF-8 with a damaged byte decodes as GB18030 into rare signs and signs for private use.
        if encoding != "gb18030" or not _looks_damaged(data, text):
            return text
    raise UnreadableSnapshot(f"{name} 的编码认不出来，请另存为 UTF-8 编码的 CSV（Excel 里选“CSV UTF-8”）。")


def _looks_damaged(data: bytes, text: str) -> bool:
    as_utf8 = data.decode("utf-8", errors="ignore")
    chinese = re.compile("[\u4e00-\u9fff]")
    return bool(re.search("[\ue000-\uf8ff\U00020000-\U0010ffff]", text)) or (
        len(chinese.findall(as_utf8)) > 0.9 * len(chinese.findall(text))
    )
