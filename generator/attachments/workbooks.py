"""Workbooks (xlsx): every cell of every sheet, hidden ones too, and comments; a stream, for 20,000 rows are usual."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from generator.attachments.archives import Archive
from generator.attachments.office import package_parts, texts_by_element
from generator.attachments.parts import Cell, Part, Passage, Remark, Row
from generator.attachments.xml import Reader, parse

_HIDDEN_HINT = "请先取消隐藏看一看：不公布的删去，要公布的就显示出来。"
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_DIGITS = re.compile(r"\d{7}")


def workbook_parts(archive: Archive) -> Iterator[Part]:
    """Yield the rows of all sheets, comments, and remarks about what is hidden."""
    yield from package_parts(archive)
    shared = _shared_strings(archive)
    for name, path, is_hidden in _sheets(archive):
        called = f"工作表“{name}”"
        if is_hidden:
            yield Remark("attachment-hidden", called, "是隐藏的", _HIDDEN_HINT, "warning")
        sheet = _Sheet(called, shared)
        for chunk in archive.chunks(path):
            sheet.reader.feed(chunk)
            yield from sheet.taken()
        sheet.reader.feed(b"", is_last=True)
        yield from sheet.taken()
        yield from sheet.remarks()
    yield from _notes(archive)


def _sheets(archive: Archive) -> list[tuple[str, str, bool]]:
    """Return name, part and whether it is hidden, for each sheet."""
    listed: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}

    def relation(element: str, values: Mapping[str, str]) -> None:
        if element == "Relationship":
            targets[values.get("Id", "")] = values.get("Target", "")

    def sheet(element: str, values: Mapping[str, str]) -> None:
        if element == "sheet":
            key = next((value for name, value in values.items() if name.endswith(":id")), "")
            listed.append((values.get("name", ""), key, values.get("state", "visible") != "visible"))

    for part, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        if part in archive.entries:
            parse(archive.chunks(part), start, _ignore, _ignore)
    found = []
    for name, key, is_hidden in listed:
        target = targets.get(key, "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if path in archive.entries and "worksheets/" in path:
            found.append((name, path, is_hidden))
    return found


def _ignore(_: object) -> None:
    return None


def _shared_strings(archive: Archive) -> list[str]:
    """Return the texts that cells refer to by number; what shows how a word is read is no text."""
    found: list[str] = []
    pieces: list[str] = []
    inside = [0, 0]

    def start(element: str, _: Mapping[str, str]) -> None:
        inside[0] += element == "t"
        inside[1] += element == "rPh"

    def end(element: str) -> None:
        inside[0] -= element == "t"
        inside[1] -= element == "rPh"
        if element == "si":
            found.append("".join(pieces))
            pieces.clear()

    def text(data: str) -> None:
        if inside[0] and not inside[1]:
            pieces.append(data)

    if "xl/sharedStrings.xml" in archive.entries:
        parse(archive.chunks("xl/sharedStrings.xml"), start, end, text)
    return found


class _Sheet:
    """The reader of one sheet: fed with pieces, it gives rows."""

    def __init__(self, called: str, shared: list[str]) -> None:
        self.called, self.shared = called, shared
        self.rows: list[Part] = []
        self.cells: list[Cell] = []
        self.hidden_rows: list[str] = []
        self.hidden_columns = 0
        self.broken_cells: list[str] = []
        self.kind = self.reference = ""
        self.value: list[str] = []
        self.formula: list[str] = []
        self.into: list[str] | None = None
        self.reader = Reader(self._start, self._end, self._text)

    def taken(self) -> list[Part]:
        rows, self.rows = self.rows, []
        return rows

    def remarks(self) -> Iterator[Remark]:
        if self.hidden_rows or self.hidden_columns:
            what = [f"{len(self.hidden_rows)} 行"] * bool(self.hidden_rows)
            what += [f"{self.hidden_columns} 列"] * bool(self.hidden_columns)
            yield Remark("attachment-hidden", self.called, f"有隐藏的{'、'.join(what)}", _HIDDEN_HINT, "warning")
        if self.broken_cells:
            yield Remark(
                "attachment-cell-error",
                f"{self.called}{self.broken_cells[0]}",
                f"有 {len(self.broken_cells)} 个格子是公式错误，看的人看到的是 #REF! 之类",
                "请改好公式，或把数值粘贴成普通的内容。",
                "warning",
            )

    def _start(self, element: str, values: Mapping[str, str]) -> None:
        if element == "c":
            self.kind, self.reference = values.get("t", "n"), values.get("r", "")
            self.value, self.formula = [], []
        elif element in ("v", "t"):
            self.into = self.value
        elif element == "f":
            self.into = self.formula
        elif element == "row" and values.get("hidden") in ("1", "true"):
            self.hidden_rows.append(values.get("r", ""))
        elif element == "col" and values.get("hidden") in ("1", "true"):
            first, last = int(values.get("min", "1")), int(values.get("max", "1"))
            # Whole rest of the sheet hidden is a way of framing a table.
            self.hidden_columns += last - first + 1 if last < 16_000 else 0

    def _text(self, data: str) -> None:
        if self.into is not None:
            self.into.append(data)

    def _end(self, element: str) -> None:
        if element in ("v", "t", "f"):
            self.into = None
        elif element == "c":
            self._cell()
        elif element == "row" and self.cells:
            self.rows.append(Row(self.called, tuple(self.cells)))
            self.cells = []

    def _cell(self) -> None:
        written = "".join(self.value)
        if self.kind == "s":
            number = int(written) if written.isdigit() else -1
            written = self.shared[number] if 0 <= number < len(self.shared) else ""
        elif self.kind == "n" and "E" in written:
            written = _without_exponent(written)
        if self.kind == "e" or written in _ERRORS:
            self.broken_cells.append(self.reference)
        column = self.reference.rstrip("0123456789")
        if written.strip():
            self.cells.append(Cell(column, f"{self.called}{self.reference}", written))
        formula = "".join(self.formula)
        if _DIGITS.search(formula):
            self.rows.append(Passage(f"{self.called}{self.reference} 的公式", formula))


def _without_exponent(written: str) -> str:
    """Return 110101199003071000 for 1.10101199003071E+17, as which a number of 18 digits is kept."""
    try:
        return f"{float(written):.0f}"
    except (ValueError, OverflowError):
        return written


def _notes(archive: Archive) -> Iterator[Part]:
    """Yield comments, headers of drawings and other texts beside the cells."""
    count = 0
    for name in archive.names:
        if re.match(r"xl/(?:comments|threadedComments|drawings|charts|persons)[^_]*\.xml$", name):
            found = texts_by_element(archive, name)
            count += "omments" in name
            yield from (Passage("批注或图形里的文字", text) for key, text in found.items() if key in ("t", "text"))
    if count:
        yield Remark("attachment-comment", "", "有批注，看的人都能打开", "请删去批注；要说明的写进表里。", "warning")
