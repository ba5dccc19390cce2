"""Tables in Word documents: merged cells, symbols of the ticking fonts, boxes to click, several tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from generator.tables.office_grid import Cell, Table, Unreadable, filled, squeezed, tidy

# What ticks and boxes are in the fonts that have pictures in the places of letters: Wingdings, and Wingdings 2.
_WINGDINGS = {0xFE: "☑", 0xFC: "✓", 0x6E: "■", 0xA8: "□", 0x6F: "□", 0x71: "□", 0xFD: "☒", 0xFB: "☒", 0x6C: "●"}
_WINGDINGS_2 = {0x52: "☑", 0x50: "✓", 0xA3: "□", 0x54: "☒", 0x53: "☒", 0x30: "□", 0xA2: "■", 0x97: "●"}
_PICTURE_FONTS = {"Wingdings": _WINGDINGS, "Wingdings 2": _WINGDINGS_2}


def read_docx(file: Path) -> list[Table]:
    """Return the tables of a document; raise `Unreadable` for one without any."""
    try:
        body = docx.Document(str(file)).element.body
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Unreadable("这个文档打不开，文件已损坏。请用 Word 打开后另存为 docx 再导入。") from error
    tables = list(_tables(body))
    if not tables:
        pictures = sum(1 for _ in body.iter(qn("w:drawing"), qn("w:pict")))
        if pictures:
            raise Unreadable(
                f"文档里没有表格，只有 {pictures} 张图片。图片里的表格读不出来，请找可编辑的原件，或重新录入。"
            )
        raise Unreadable("文档里没有表格。请确认文件选对了；用空格对齐的文字不是表格，请改成表格再导入。")
    return tables


def _tables(body: Any) -> Iterator[Table]:
    before, number = "", 0
    for element in body.iter(qn("w:p"), qn("w:tbl")):
        if any(True for _ in element.iterancestors(qn("w:tbl"))):
            continue  # a table inside a cell is part of the cell's text
        if element.tag == qn("w:p"):
            before = tidy(_text(element)) or before
            continue
        number += 1
        yield _table(element, number, before)
        before = ""


def _table(element: Any, number: int, before: str) -> Table:
    rows: list[list[Cell]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for at, row in enumerate(_own(element, "w:tr")):
        cells = [Cell("", _address(number, at, column)) for column in range(_skipped(row))]
        for entry in _own(row, "w:tc"):
            start, span = len(cells), _span(entry)
            cells.append(Cell(tidy(_text(entry)), _address(number, at, start)))
            corner = (at, start)
            if _goes_on(entry) and at and start < len(rows[at - 1]):
                corner = merged.get((at - 1, start), (at - 1, start))
                merged[at, start] = corner
            for column in range(start + 1, start + span):
                cells.append(Cell("", _address(number, at, column)))
                merged[at, column] = corner
        rows.append(cells)
    return Table(name=f"表{number}", rows=_even(filled(rows, merged), number), before=before)


def _even(rows: Any, number: int) -> Any:
    width = max(map(len, rows), default=0)
    return tuple(
        (*row, *(Cell("", _address(number, at, column)) for column in range(len(row), width)))
        for at, row in enumerate(rows)
    )


def _own(element: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or cells of a row, also those wrapped in content controls, without inner tables'."""
    parent = qn("w:tbl") if tag == "w:tr" else qn("w:tr")
    for entry in element.iter(qn(tag)):
        if next(entry.iterancestors(parent)) is element:
            yield entry


def _skipped(row: Any) -> int:
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return int(found.get(qn("w:val"), 0)) if found is not None else 0


def _span(entry: Any) -> int:
    found = entry.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return max(1, int(found.get(qn("w:val"), 1))) if found is not None else 1


def _goes_on(entry: Any) -> bool:
    found = entry.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return found is not None and found.get(qn("w:val"), "continue") != "restart"


def _address(table: int, row: int, column: int) -> str:
    return f"表{table}第{row + 1}行第{column + 1}列"


def _text(element: Any) -> str:
    """Return the text of an element, its paragraphs in lines; deleted text (in change tracking) is not among it."""
    signs = []
    for node in element.iter():
        if node.tag == qn("w:t"):
            signs.append(_run_text(node))
        elif node.tag == qn("w:sym"):
            signs.append(_symbol(node.get(qn("w:font"), ""), int(node.get(qn("w:char"), "0"), 16) & 0xFF))
        elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            signs.append(" ")
        elif node.tag in (qn("w:br"), qn("w:cr"), qn("w:p")):
            signs.append("\n")
    return "".join(signs)


def _run_text(node: Any) -> str:
    font = node.getparent().find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    name = font.get(qn("w:ascii"), "") if font is not None else ""
    text = node.text or ""
    return "".join(_symbol(name, ord(sign)) for sign in text) if name in _PICTURE_FONTS and squeezed(text) else text


def _symbol(font: str, code: int) -> str:
    found = _PICTURE_FONTS.get(font, {}).get(code & 0xFF)
    return found or chr(code)
