"""Tables → rows under headings: titles skipped, headings repeated after a page break dropped, 同上 looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.tables.office_account import Account, Fate, Given, Record
from generator.tables.office_grid import Row, Table, squeezed
from generator.tables.office_header import Column, Header, header_at
from generator.tables.office_headings import SERIAL, UNKNOWN

_SAME = frozenset({"同上", "〃", "″", "同前", "同左上"})
_FILLS_DOWN = frozenset({"parent"})
_REMARKS = ("注", "备注", "说明", "填表", "制表", "审核")
NO_HEADER = "这张表没有找到表头"
_NARROWEST = 3
"""Columns: in narrower tables a row with one text is no title."""


@dataclass(slots=True)
class Section:
    """The rows below one set of headings."""

    table: str
    header: Header
    titles: tuple[str, ...]
    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _above: dict[str, str] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)


def sections_of(tables: Sequence[Table], account: Account, forced: str = "") -> list[Section]:
    """Return the sections of all tables; a table without headings goes on with those of the one before."""
    found: list[Section] = []
    for table in tables:
        found += _Reader(table, account, forced, found[-1] if found else None).read()
    return found


@dataclass(slots=True)
class _Reader:
    table: Table
    account: Account
    forced: str
    before: Section | None
    sections: list[Section] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def read(self) -> list[Section]:
        rows, at = self.table.rows, 0
        headed = {number: header for number in range(len(rows)) if (header := self._header(number))}
        if not headed and self.before and len(rows) and len(self.before.header.columns) == len(rows[0]):
            self._begin(self.before.header, self.before.titles)
            self.sections[-1]._above = self.before._above
        if not headed and not self.sections:
            for row in rows:
                self._say(row, Fate.LEFT, why=NO_HEADER)
            return []
        while at < len(rows):
            header = headed.get(at)
            if header:
                self._head(header, at)
            else:
                self._row(rows[at], at)
            at += header.rows if header else 1
        return self.sections

    def _header(self, at: int) -> Header | None:
        rows = self.table.rows
        above = (cell.text for row in rows[max(0, at - 4) : at] for cell in row if cell.is_own)
        return header_at(rows, at, [self.table.name, self.table.before, *above], self.forced)

    def _head(self, header: Header, at: int) -> None:
        for row in self.table.rows[at : at + header.rows]:
            self._say(row, Fate.HEADER)
        if self.sections and _headings(self.sections[-1].header) == _headings(header):
            return  # the same headings again, after a page break
        self._begin(header, (self.table.name, self.table.before, *self.titles))

    def _begin(self, header: Header, titles: tuple[str, ...]) -> None:
        self.sections.append(Section(self.table.name, header, tuple(filter(None, titles))))

    def _row(self, row: Row, at: int) -> None:
        own = [cell for cell in row if cell.is_own]
        if not own:
            return
        if not self.sections or _is_banner(row):
            texts = list(dict.fromkeys(cell.text for cell in own))
            is_remark = bool(self.sections) and texts[0].startswith(_REMARKS)
            self._say(row, Fate.LEFT if is_remark else Fate.TITLE, why="表外的说明，请看要不要写进内容")
            self.titles += [] if is_remark else texts
            return
        self._record(self.sections[-1], row, at)

    def _record(self, section: Section, row: Row, at: int) -> None:
        given = dict(self._given(section, row))
        for column in section.header.columns:
            cell = row[column.at]
            if column.field == SERIAL:
                self.account.say(self.table.name, cell, Fate.SERIAL)
            elif column.field == UNKNOWN and cell.is_own:
                why = f"「{column.heading or column.letter}」这一列没有对应的字段"
                self.account.say(self.table.name, cell, Fate.LEFT, heading=column.heading, why=why)
        content = tuple(entry.text for entry in given.values())
        if not any(content):
            return
        number = at + 1
        if first := section._seen.get(content):
            self._say(row, Fate.DUPLICATE, keep=True)
            section.notes.append(f"第 {number} 行与第 {first} 行完全相同，只取一次")
            return
        section._seen[content] = number
        titles = tuple(dict.fromkeys((*section.titles, *self.titles)))
        record = Record(self.table.name, number, titles, given, self.account)
        for column in section.header.columns:
            if column.field == UNKNOWN and row[column.at].text:
                record.comments.append(f"{column.heading or column.letter}：{' '.join(row[column.at].text.split())}")
        section.records.append(record)

    def _given(self, section: Section, row: Row) -> Iterator[tuple[str, Given]]:
        for column in section.header.columns:
            if column.field in (UNKNOWN, SERIAL):
                continue
            cell, above = row[column.at], section._above.get(column.field, "")
            is_repeat = squeezed(cell.text) in _SAME and bool(above)
            if not cell.text and self.table.fills_down and column.field in _FILLS_DOWN and above:
                section.notes.append(f"{cell.address}「{column.heading}」空白，按上一行写成「{squeezed(above)}」")
                is_repeat = True
            text = above if is_repeat else cell.text
            section._above[column.field] = text
            yield column.field, Given(text, cell, column.heading, is_repeat)

    def _say(self, row: Row, fate: Fate, why: str = "", *, keep: bool = False) -> None:
        for cell in row:
            if cell.is_own or not keep:
                self.account.say(self.table.name, cell, fate, why=why)


def _headings(header: Header) -> list[str]:
    return [column.heading for column in header.columns]


def _is_banner(row: Row) -> bool:
    """Tell whether a row is one text over the whole width, or one at its beginning and nothing else."""
    filled = [at for at, cell in enumerate(row) if cell.text]
    if len(row) < _NARROWEST or len({row[at].address for at in filled}) != 1:
        return False
    return len(filled) >= _NARROWEST or filled == [0]


def columns_of(section: Section) -> tuple[Column, ...]:
    """Return the columns that have a heading or anything below it."""
    return tuple(column for column in section.header.columns if column.heading)
