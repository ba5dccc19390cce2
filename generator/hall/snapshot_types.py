"""Snapshots: statements that devices and notices really show, each with the place where it stands in its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class UnreadableSnapshot(Exception):
    """A file that cannot be read; the message says why and what to do."""


class Origin(NamedTuple):
    """Where a statement stands: the file; in a table the sheet, the row and the column as spreadsheets count them."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        sheet = f" 工作表「{self.sheet}」" if self.sheet else ""
        row = f" 第 {self.row} 行" if self.row else ""
        return f"{self.file}{sheet}{row}{f' {self.column} 列' if self.column else ''}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing shown. Without a field it only says that an item is named at a window.

    `fact` and `value` are those of a mark or of our own data, which name their fact themselves.
    """

    origin: Origin
    text: str
    window: str = ""
    item: str = ""
    code: str = ""
    field: str = ""
    fact: str = ""
    value: str = ""
    from_above: bool = False
    """Whether the item's cell is blank, so that the item of the row above or the window itself may be meant."""


class Leftover(NamedTuple):
    """Something in a file that is no statement, with the reason."""

    origin: Origin
    text: str
    reason: str


class Snapshot(NamedTuple):
    """What one file shows."""

    name: str
    statements: tuple[Statement, ...]
    leftovers: tuple[Leftover, ...] = ()
    covers_windows: bool = True
    """Whether an item that is not named at a window of the file is missing there."""
    empty_cells: int = 0
