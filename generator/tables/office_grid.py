"""A table of an office as a grid of cells, whatever program made it; merged ranges filled from their corner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.text_files import STRANGE

SPACES = re.compile(r"[\s\u3000\u200b\ufeff\xa0]+")


class Unreadable(Exception):
    """A file that cannot be read as a table; the message says why, in Chinese, and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell and where it is written: C12, or 表2第5行第3列; in a merged range, the corner."""

    text: str
    address: str
    is_copy: bool = False
    """Whether the text is that of a merged range whose corner stands elsewhere."""
    fault: str = ""
    """Why the text cannot be trusted: an error value, a formula without its result."""

    @property
    def is_own(self) -> bool:
        """Whether something is written in this very cell."""
        return bool(self.text or self.fault) and not self.is_copy


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of a workbook, a table of a document or a file of separated values."""

    name: str
    rows: tuple[Row, ...]
    before: str = ""
    """The paragraph above the table, in documents."""
    notes: tuple[str, ...] = ()
    """What the reader of the report should know: hidden rows, formulas."""
    fills_down: bool = False
    """Whether the format cannot merge cells, so that an empty one may stand for the one above."""

    def own_cells(self) -> Iterator[Cell]:
        """Yield every cell in which something is written, each merged range once."""
        return (cell for row in self.rows for cell in row if cell.is_own)


def squeezed(text: str) -> str:
    """Return a text without any white space, as names and headings are compared and words broken by lines rejoined."""
    return SPACES.sub("", text)


def tidy(text: str) -> str:
    """Return a text with Unix line ends, without signs that nobody sees, white space at ends of lines, empty lines."""
    lines = (STRANGE.sub("", line).strip(" \t\u3000\xa0") for line in re.split(r"\r\n|[\r\n\v\f\u2028]", text))
    return "\n".join(line for line in lines if line)


def filled(rows: list[list[Cell]], merged: Mapping[tuple[int, int], tuple[int, int]]) -> tuple[Row, ...]:
    """Return rows with the cells of merged ranges filled; `merged` has the corner of each covered row and column."""
    for (row, column), (top, left) in merged.items():
        corner = rows[top][left]
        rows[row][column] = replace(corner, is_copy=True)
    return tuple(map(tuple, rows))
