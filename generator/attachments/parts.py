"""What is read out of an attachment: passages and rows of tables with their places, and remarks about the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.problems import Severity


class Passage(NamedTuple):
    """A text and where it stands: 第 3 页."""

    where: str
    text: str


class Cell(NamedTuple):
    """A cell of a table: its column, where it stands, and its text."""

    column: str
    where: str
    text: str


class Row(NamedTuple):
    """A row of a table; cells without text are left out."""

    table: str
    cells: tuple[Cell, ...]


class Remark(NamedTuple):
    """Something an editor should mend; `where` is empty where it is about the whole file."""

    code: str
    where: str
    message: str
    hint: str
    severity: Severity = "error"


Part = Passage | Row | Remark
Parts = Iterator[Part]


class Unreadable(Exception):
    """The file cannot be read; the message says why, for the editor."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.remark = Remark(code, "", message, hint)


def broken(what: str) -> Unreadable:
    """Say that a file is damaged."""
    return Unreadable("attachment-broken", f"文件打不开：{what}", "请用原来的软件打开看看，另存一份好的再放上来。")
