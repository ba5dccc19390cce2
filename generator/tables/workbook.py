"""A file that somebody calls a workbook → its sheets as plain values, or one Chinese sentence why it can't be read.

Nothing is unpacked before the archive's own table of contents says that it is small enough, and formulas are told
from values: a sheet hands out what Excel last showed, and says in which cells that was computed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

MAX_FILE = 50 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
MAX_RATIO = 250
"""A sheet of equal rows packs to a fortieth; only bombs come near a thousandth."""
MAX_CELLS = 4_000_000
SPACIOUS = 1024 * 1024
"""Below this size a part is harmless however well it packs."""
ERROR_VALUES = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z0-9:]+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_MIN, _MAX = re.compile(rb'\bmin="(\d+)"'), re.compile(rb'\bmax="(\d+)"')

Value = Any
"""None, text, int, float, bool, datetime, date, time or timedelta."""


class WrongWorkbook(Exception):
    """The file is no workbook that can be read safely; the message is Chinese and says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: the values that Excel last showed, row by row, and what is particular about some of them."""

    title: str
    is_hidden: bool
    rows: Mapping[int, Sequence[Value]]
    """Row number (from 1) → the values from column A on; rows without any value are left out."""
    formulas: Mapping[tuple[int, int], str]
    """Row and column (from 1) of each computed cell → its formula."""
    merged: tuple[str, ...]
    """Ranges such as `A1:C2`; the value stands in the cell at the top left."""
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell (both numbers from 1), None where it is empty."""
        values = self.rows.get(row, ())
        return values[column - 1] if column <= len(values) else None

    def merged_from(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Return for each cell covered by a merged range, but its first, the row and column of the first."""
        found = {}
        for reference in self.merged:
            left, top, right, bottom = (int(bound or 1) for bound in range_boundaries(reference))
            cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            found.update({cell: (top, left) for cell in cells if cell != (top, left)})
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Workbook:
    """A workbook as read."""

    name: str
    """The file's name."""
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, Value]
    """The custom properties of the document."""
    has_links: bool
    """Whether it takes values from other workbooks."""

    def sheet(self, title: str) -> Sheet | None:
        """Return the sheet of a title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def address(row: int, column: int) -> str:
    """Return the name of a cell (both numbers from 1): C12."""
    return f"{get_column_letter(column)}{row}"


def open_workbook(path: Path) -> Workbook:
    """Read a workbook; raise `WrongWorkbook` where it is none or not a safe one."""
    name = path.name
    _assert_archive(path)
    with warnings.catch_warnings(), zipfile.ZipFile(path) as archive:
        warnings.simplefilter("ignore")  # openpyxl's remarks on drawings and validations that it leaves out
        try:
            return _read(path, archive)
        except WrongWorkbook:
            raise
        except (OSError, MemoryError):
            raise
        except Exception as error:  # whatever a damaged part makes the library stumble over
            raise WrongWorkbook(f"{name} 损坏了，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。") from error


def _assert_archive(path: Path) -> None:
    """Raise `WrongWorkbook` unless the file is an archive of a workbook, small enough and without programs."""
    name, size = path.name, path.stat().st_size
    if size > MAX_FILE:
        raise WrongWorkbook(f"{name} 有 {size >> 20} MB，超过 {MAX_FILE >> 20} MB 的上限，没有读取。请分成几个文件。")
    head = path.read_bytes()
    if head.startswith(_OLE):
        raise WrongWorkbook(_said_of_ole(name, head))
    if not zipfile.is_zipfile(path):
        kind = "是空文件" if not head else "不是 Excel 工作簿，只是扩展名像"
        raise WrongWorkbook(f"{name} {kind}。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（.xlsx）」。")
    try:
        with zipfile.ZipFile(path) as archive:
            _assert_parts(name, archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise WrongWorkbook(f"{name} 损坏了，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。") from error


def _said_of_ole(name: str, data: bytes) -> str:
    if _ENCRYPTED in data:
        return f"{name} 设了打开密码，读不出来。请在 Excel 的「文件 - 信息 - 保护工作簿」里去掉密码后再试。"
    return f"{name} 是旧的 .xls 格式，改扩展名不行。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（.xlsx）」。"


def _assert_parts(name: str, parts: Sequence[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    packs_too_well = any(
        part.file_size > SPACIOUS and part.file_size > MAX_RATIO * max(1, part.compress_size) for part in parts
    )
    if unpacked > MAX_UNPACKED or packs_too_well:
        raise WrongWorkbook(f"{name} 解压后有 {unpacked >> 20} MB，不像正常的工作簿（可能是压缩炸弹），没有打开。")
    if any(part.flag_bits & 1 for part in parts):
        raise WrongWorkbook(f"{name} 的压缩包设了密码，读不出来。请用 Excel 或 WPS 另存为没有密码的 .xlsx。")
    if any(entry.lower().endswith("vbaproject.bin") for entry in names):
        raise WrongWorkbook(f"{name} 里有宏，没有打开。请另存为不带宏的「Excel 工作簿（.xlsx）」。")
    if "xl/workbook.xml" not in names:
        kind = "是 Word 文档" if "word/document.xml" in names else "是压缩包，里面没有工作簿"
        raise WrongWorkbook(f"{name} {kind}。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（.xlsx）」。")


def _read(path: Path, archive: zipfile.ZipFile) -> Workbook:
    with path.open("rb") as file:  # opened here, because the library leaves it open when it stumbles
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets, cells = [], 0
        for worksheet in book.worksheets:
            markup = archive.read(worksheet._worksheet_path)  # type: ignore[attr-defined]
            rows = {}
            for number, values in _rows(worksheet):
                rows[number] = values
                cells += len(values)
                if cells > MAX_CELLS:
                    raise WrongWorkbook(
                        f"{path.name} 超过 {MAX_CELLS // 10_000} 万个单元格，没有读取。请分成几个文件。"
                    )
            formulas = _formulas(path, worksheet.title) if _FORMULA.search(markup) else {}
            sheets.append(_sheet(worksheet, rows, formulas, markup))
        properties = {entry.name: entry.value for entry in book.custom_doc_props.props}  # type: ignore[attr-defined]
        has_links = any(name.startswith("xl/externalLinks/") for name in archive.namelist())
        return Workbook(name=path.name, sheets=tuple(sheets), properties=properties, has_links=has_links)


def _rows(worksheet: Any) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield number and values of each row that has any, without the empty cells at its end."""
    worksheet.reset_dimensions()  # what a file says of its size need not be so
    for number, values in enumerate(worksheet.iter_rows(values_only=True), 1):
        width = len(values)
        while width and values[width - 1] in (None, ""):
            width -= 1
        if width:
            yield number, values[:width]


def _formulas(path: Path, title: str) -> dict[tuple[int, int], str]:
    with path.open("rb") as file:
        worksheet = load_workbook(file, read_only=True, keep_links=False)[title]
        worksheet.reset_dimensions()
        return {
            (cell.row, cell.column): str(getattr(cell.value, "text", cell.value))
            for row in worksheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and cell.value is not None
        }


def _sheet(
    worksheet: Any, rows: dict[int, Sequence[Value]], formulas: dict[tuple[int, int], str], markup: bytes
) -> Sheet:
    columns: set[int] = set()
    for match in _HIDDEN_COLUMN.finditer(markup):
        first, last = _MIN.search(match[0]), _MAX.search(match[0])
        if first and last:
            columns.update(range(int(first[1]), min(int(last[1]), 16_384) + 1))
    return Sheet(
        title=worksheet.title,
        is_hidden=worksheet.sheet_state != "visible",
        rows=rows,
        formulas=formulas,
        merged=tuple(match[1].decode() for match in _MERGED.finditer(markup)),
        hidden_rows=frozenset(int(match[1]) for match in _HIDDEN_ROW.finditer(markup)),
        hidden_columns=frozenset(columns),
    )
