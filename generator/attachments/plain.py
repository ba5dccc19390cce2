"""Plain text and tables in text files (txt, csv)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from generator.attachments.parts import Cell, Part, Passage, Remark, Row, Unreadable

_ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GBK"))
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8, GBK or UTF-16; raise `Unreadable` where it is none."""
    marked = _MARKS.get(data[:2])
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("attachment-broken", "不是文字文件，打开是乱码", "请用原来的软件另存为 UTF-8 的文字文件。")


def text_parts(data: bytes) -> Iterator[Part]:
    """Yield the lines of a text."""
    for number, line in enumerate(text_of(data).splitlines(), 1):
        if line.strip():
            yield Passage(f"第 {number} 行", line)


def table_parts(data: bytes) -> Iterator[Part]:
    """Yield the rows of a table whose columns are parted by commas, semicolons or tabs."""
    text = text_of(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, row in enumerate(rows, 1):
            cells = [(column, value) for column, value in enumerate(row, 1) if value.strip()]
            # A number of 18 digits is kept as text by a leading apostrophe, or as ="…".
            yield Row("表", tuple(Cell(str(c), f"第 {number} 行第 {c} 列", v.strip("'=\"\t ")) for c, v in cells))
    except csv.Error:
        yield Remark(
            "attachment-broken", f"第 {rows.line_num} 行", "表格的格式不对，后面没有读取", "请用表格软件另存为 CSV。"
        )
