"""Files of separated values: the encoding and the separator are told from the file itself."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from openpyxl.utils import get_column_letter

from generator.tables.office_grid import Cell, Row, Table, Unreadable, tidy

MAX_BYTES = 50 * 1024 * 1024
_SEPARATORS = ",;\t"
_SAMPLE = 64_000
_ENCODINGS = ("utf-8-sig", "gb18030")


def read_csv(file: Path) -> Table:
    """Return the table of a file in UTF-8, with or without a mark, UTF-16 or GBK; raise `Unreadable`."""
    if file.stat().st_size > MAX_BYTES:
        raise Unreadable(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有读取。请拆成几个文件。")
    text, encoding = _decoded(file.read_bytes())
    separator = _separator(text)
    try:
        # A separator of our own lines keeps \r\n inside quotes; `strict` would refuse a stray quotation mark.
        rows = [_row(number, values) for number, values in enumerate(_records(text, separator), 1)]
    except csv.Error as error:
        raise Unreadable(f"这个文件不是完整的 CSV：{_reason(error)}。请用表格软件打开后另存为 xlsx 再导入。") from None
    width = max(map(len, rows), default=0)
    even = tuple(
        (*row, *(Cell("", _address(number, at)) for at in range(len(row), width))) for number, row in enumerate(rows, 1)
    )
    note = f"按 {_NAMES[encoding]} 编码读取，列间用「{_SIGNS[separator]}」分隔"
    return Table(name="表格", rows=even, notes=(note,), fills_down=True)


_NAMES = {"utf-8-sig": "UTF-8", "gb18030": "GBK", "utf-16": "UTF-16"}
_SIGNS = {",": "逗号", ";": "分号", "\t": "制表符"}


def _reason(error: csv.Error) -> str:
    return "有一格特别长，多半是引号没有成对" if "field larger" in str(error) else "引号或换行不成对"


def _records(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines(keepends=True), delimiter=separator))


def _row(number: int, values: list[str]) -> Row:
    return tuple(Cell(tidy(value), _address(number, at)) for at, value in enumerate(values))


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row}"


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise Unreadable("文件不是 UTF-8 或 GBK 编码的文字，读不出来。请用表格软件打开后另存为 xlsx 再导入。")


def _separator(text: str) -> str:
    """Return the separator that cuts most lines of the beginning into the same number of columns, more than one."""
    sample = text[:_SAMPLE]

    def agreement(separator: str) -> tuple[int, int]:
        widths = Counter(len(values) for values in _records(sample, separator))
        width, count = max(widths.items(), key=lambda entry: (entry[0] > 1, entry[1]), default=(0, 0))
        return (count if width > 1 else 0), width

    return max(_SEPARATORS, key=agreement)
