"""What became of every cell of an office's table: nothing that somebody wrote is dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from generator.tables.office_grid import SPACES, Cell, Table, squeezed


class Fate(StrEnum):
    """What became of a cell, in the order in which one says more than another."""

    LEFT = "没有放入"
    PARTLY = "部分放入"
    DUPLICATE = "重复的行"
    PLACED = "放入"
    REPEAT = "同上"
    NOTED = "写成注释"
    UNTICKED = "未勾选或空白记号"
    SERIAL = "序号"
    HEADER = "表头"
    TITLE = "标题行"


_RANK = {fate: rank for rank, fate in enumerate(Fate)}
TROUBLED = (Fate.LEFT, Fate.PARTLY)
_NOBODY_SAID = "没有对应的字段"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell and what became of it; `rest` is the text that was not placed."""

    table: str
    address: str
    heading: str
    text: str
    fate: Fate
    why: str = ""
    rest: str = ""


@dataclass(slots=True)
class Account:
    """The cells of all tables. It grows while the tables are read."""

    _cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    _entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def open(self, tables: Iterable[Table]) -> None:
        """Take over every cell in which something is written."""
        for table in tables:
            self._cells.update({(table.name, cell.address): cell for cell in table.own_cells()})

    def say(self, table: str, cell: Cell, fate: Fate, *, heading: str = "", why: str = "", rest: str = "") -> None:
        """Note what became of a cell; of a merged one that serves several rows, the worst stays."""
        key = (table, cell.address)
        if key not in self._cells:
            return  # an empty cell
        known = self._entries.get(key)
        if known is None or _RANK[fate] < _RANK[known.fate]:
            text = self._cells[key].text
            self._entries[key] = Entry(table, cell.address, heading, text, fate, why, rest or text)

    def __iter__(self) -> Iterator[Entry]:
        """Yield all cells in the order of the tables; what nobody spoke of was not placed."""
        for key, cell in self._cells.items():
            yield self._entries.get(key) or Entry(*key, "", cell.text, Fate.LEFT, _NOBODY_SAID, cell.text)

    def sums(self) -> dict[Fate, int]:
        """Return how many cells met each fate."""
        counts = Counter(entry.fate for entry in self)
        return {fate: counts[fate] for fate in Fate if counts[fate]}

    def troubles(self) -> list[Entry]:
        """Return the cells of which something was not placed."""
        return [entry for entry in self if entry.fate in TROUBLED]


NO_VALUE = frozenset({"—", "——", "-", "--", "/", "\\", "无", "×", "〇", "空", "N/A"})


@dataclass(frozen=True, slots=True)
class Given:
    """The text of a field in a row, the cell it comes from, and whether that cell only says 同上."""

    text: str
    cell: Cell
    heading: str
    is_repeat: bool = False


@dataclass(slots=True)
class Record:
    """A row below the headings; asking for a text leaves it to the asker to say what became of it."""

    table: str
    row: int
    titles: tuple[str, ...]
    given: dict[str, Given]
    account: Account
    comments: list[str] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    """Keys of values that rest on a reading which somebody should confirm."""

    @property
    def source(self) -> str:
        """Where the row stands, for people."""
        return f"{self.table} 第 {self.row} 行"

    def text(self, name: str) -> str:
        """Return what the row says of a field, empty for nothing and for signs that say nothing."""
        found = self.given.get(name)
        if found is None:
            return ""
        if found.cell.fault:
            self.leave(name, found.cell.fault)
            return ""
        if squeezed(found.text) in NO_VALUE:
            self._say(name, Fate.UNTICKED)
            return ""
        return found.text

    def heading(self, name: str) -> str:
        """Return the heading of a field's column as written."""
        found = self.given.get(name)
        return found.heading if found else ""

    def place(self, *names: str) -> None:
        """Say that what the row says of the fields has its place."""
        for name in names:
            if found := self.given.get(name):
                self._say(name, Fate.REPEAT if found.is_repeat else Fate.PLACED)

    def untick(self, name: str) -> None:
        """Say that the cell is an empty box."""
        self._say(name, Fate.UNTICKED)

    def leave(self, name: str, why: str, rest: str = "", *, partly: bool = False) -> None:
        """Say why a field's text, or the rest of it, has no place; it is kept as a comment of the new file."""
        self._say(name, Fate.PARTLY if partly else Fate.LEFT, why, rest)
        if (found := self.given.get(name)) and found.text:
            self.comments.append(f"{found.heading}：{one_line(rest or found.text)}")

    def leave_all(self, why: str) -> None:
        """Say of everything in the row why it has no place."""
        for name, found in self.given.items():
            if found.text:
                self._say(name, Fate.LEFT, why)

    def note(self, name: str) -> None:
        """Keep a field's text as a comment of the new file; the models have no place for it."""
        if text := self.text(name):
            self._say(name, Fate.NOTED)
            self.comments.append(f"{self.heading(name)}：{one_line(text)}")

    def _say(self, name: str, fate: Fate, why: str = "", rest: str = "") -> None:
        if found := self.given.get(name):
            self.account.say(self.table, found.cell, fate, heading=found.heading, why=why, rest=rest)


def one_line(text: str) -> str:
    """Return a text in one line."""
    return SPACES.sub(" ", text).strip()
