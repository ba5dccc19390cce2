"""Sheets of rows → statements: finds the head of the table, tells its columns apart, and follows the rows down.

Two layouts: a row a statement (窗口, 事项, 字段, 显示), or a row an item with a column for each field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.hall.compare_fields import role_of
from generator.hall.compare_numbers import clean
from generator.hall.notation import bare
from generator.hall.snapshot_files import Sheet
from generator.hall.snapshot_types import Leftover, Origin, Snapshot, Statement, UnreadableSnapshot

_ROWS_BEFORE_HEAD = 40
_LIKE_A_WINDOW = re.compile(r"(?:[A-Z]-?\d{1,3}|\d{1,3}号)(?:号|窗口?|柜台)*|[A-Z]?-?\d{1,3}号?(?:窗口?|柜台)")
_WANTED = (
    "一行一条：窗口、事项（名称或编码）、字段、实际显示；或一行一件事项：窗口、事项，再加收费、承诺时限、咨询电话等列"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: its row from 0, the column of each role, and the columns with fields of their own."""

    row: int
    texts: tuple[str, ...]
    roles: Mapping[str, int]
    values: Mapping[int, str]
    strange: Mapping[int, str]

    @property
    def is_long(self) -> bool:
        """Tell whether each row is one statement."""
        return "field" in self.roles and "shown" in self.roles


@dataclass
class _Reading:
    """What was read of a sheet so far, and what the rows above said that a blank cell repeats."""

    file: str
    sheet: Sheet
    head: Head
    window: str
    item: str = ""
    code: str = ""
    statements: list[Statement] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


def table_snapshot(name: str, sheets: Sequence[Sheet], labels: Collection[str] = ()) -> Snapshot:
    """Read all sheets of a file; raise UnreadableSnapshot where none has the columns of a known layout."""
    known = {bare(label) for label in labels}
    heads = [(sheet, _head(sheet, known)) for sheet in sheets]
    if not any(head for _, head in heads):
        raise UnreadableSnapshot(_columns_missing(name, sheets))
    statements: list[Statement] = []
    leftovers: list[Leftover] = []
    for sheet, head in heads:
        if head is None:
            if any(any(row) for row in sheet.rows):
                leftovers.append(Leftover(Origin(name, sheet.name), "", "这个工作表没有认得的表头，没有核对"))
            continue
        reading = _read(name, sheet, head)
        statements += reading.statements
        leftovers += reading.leftovers
    if not statements:
        raise UnreadableSnapshot(f"{name} 只有表头，下面没有内容。")
    empty = sum(bool(one.field) and not one.text for one in statements)
    return Snapshot(name, tuple(statements), tuple(leftovers), empty_cells=empty)


def _columns_missing(name: str, sheets: Sequence[Sheet]) -> str:
    rows = [row for sheet in sheets for row in sheet.rows[:_ROWS_BEFORE_HEAD] if sum(map(bool, row)) > 1]
    best = max(rows, key=lambda row: (sum(bool(role_of(cell)) for cell in row), sum(map(bool, row))), default=[])
    there = "、".join(f"「{cell[:20]}」" for cell in best[:12] if cell)
    return f"{name} 缺少要核对的列。现有的列：{there or '没有'}。要有的列：{_WANTED}。"


def _head(sheet: Sheet, labels: Collection[str]) -> Head | None:
    for number, row in enumerate(sheet.rows[:_ROWS_BEFORE_HEAD]):
        cells = [("" if (number, at) in sheet.down else cell) for at, cell in enumerate(row)]
        if head := _head_of(number, cells, labels):
            return head
    return None


def _head_of(number: int, cells: Sequence[str], labels: Collection[str]) -> Head | None:
    roles: dict[str, int] = {}
    values: dict[int, str] = {}
    strange: dict[int, str] = {}
    for at, cell in enumerate(cells):
        role = role_of(cell) if cell else ""
        if role and role not in ("value", "aside") and role not in roles:
            roles[role] = at
        elif role in ("field", "shown") and "shown" not in roles:
            roles["shown"] = at  # 项目 and 内容: the second of the two is what is shown
        elif role == "value" or (cell and role != "aside" and (role or bare(cell) in labels)):
            values[at] = cell
        elif cell and role != "aside":
            strange[at] = cell
    _tell_apart(roles, values, cells)
    named = "item" in roles or "code" in roles
    enough = {"field", "shown"} <= roles.keys() or (named and (values or "window" in roles))
    if not enough or not (named or "window" in roles or {"field", "shown"} <= roles.keys()):
        return None
    return Head(number, tuple(cells), roles, values, strange)


def _tell_apart(roles: dict[str, int], values: dict[int, str], cells: Sequence[str]) -> None:
    """Decide on 项目 and 显示 where only one of the two is there: without a column for the item it names the item."""
    for role, other in (("field", "shown"), ("shown", "field")):
        if role in roles and other not in roles:
            at = roles.pop(role)
            if "item" not in roles and "code" not in roles:
                roles["item"] = at
            elif role == "field":
                values[at] = cells[at]
            else:
                roles[role] = at


def _read(name: str, sheet: Sheet, head: Head) -> _Reading:
    own_window = sheet.name if _is_window_title(sheet.name) else ""
    reading = _Reading(name, sheet, head, "" if "window" in head.roles else own_window)
    for number in range(head.row):
        if text := _joined(sheet.rows[number]):
            reading.leftovers.append(Leftover(Origin(name, sheet.name, number + 1), text, "表头上面的文字"))
            if "window" not in head.roles and _is_window_title(text):
                reading.window = text
    for at, cell in head.strange.items():
        origin = Origin(name, sheet.name, head.row + 1, column_letters(at))
        reading.leftovers.append(Leftover(origin, cell, "不认识的列，没有核对"))
    for number in range(head.row + 1, len(sheet.rows)):
        _read_row(reading, number)
    return reading


def _is_window_title(text: str) -> bool:
    return bool(_LIKE_A_WINDOW.match(clean(text).upper()))


def _joined(row: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(cell for cell in row if cell))


def _read_row(reading: _Reading, number: int) -> None:
    row = reading.sheet.rows[number]
    texts = {cell for cell in row if cell}
    if not texts:
        reading.item = reading.code = ""
        if "window" in reading.head.roles:
            reading.window = ""
        return
    if tuple(row[: len(reading.head.texts)]) == reading.head.texts:
        return  # the head again, at the top of the next page
    if len(texts) == 1 and _is_title(reading, number, next(iter(texts))):
        return
    base = _named(reading, number)
    found = list(_statements(reading, number, base)) if base else []
    if not found:
        origin = Origin(reading.file, reading.sheet.name, number + 1)
        reading.leftovers.append(Leftover(origin, _joined(row), "看不出是哪个窗口、哪件事项的什么内容"))
    reading.statements += found


def _is_title(reading: _Reading, number: int, text: str) -> bool:
    """Take a row with a single text for a title or a remark, unless its column says what it is."""
    roles = reading.head.roles
    if _is_window_title(text) and "window" not in roles:
        reading.window, reading.item, reading.code = text, "", ""
        return True
    own = [at for at, cell in enumerate(reading.sheet.rows[number]) if cell and (number, at) not in reading.sheet.down]
    return not own


def _cell(reading: _Reading, number: int, role: str) -> str:
    at, row = reading.head.roles.get(role), reading.sheet.rows[number]
    return row[at] if at is not None and at < len(row) else ""


def _named(reading: _Reading, number: int) -> Statement | None:
    """Return the window and the item of a row, from the rows above where its cells are blank."""
    window, item, code = (_cell(reading, number, role) for role in ("window", "item", "code"))
    at = reading.head.roles.get("window")
    repeated = at is None or (number, at) in reading.sheet.down
    from_above = False
    if not item and not code and (not window or repeated) and reading.head.is_long:
        item, code = reading.item, reading.code
        from_above = bool(item or code)
    says = item or code or (reading.head.is_long and _cell(reading, number, "field"))
    if not window and says:
        window = reading.window
    reading.window, reading.item, reading.code = window or reading.window, item, code
    if not (window or item or code or reading.head.is_long):
        return None
    return Statement(
        origin=_origin(reading, number), text="", window=window, item=item, code=code, from_above=from_above
    )


def _origin(reading: _Reading, number: int, at: int | None = None) -> Origin:
    return Origin(reading.file, reading.sheet.name, number + 1, "" if at is None else column_letters(at))


def _statements(reading: _Reading, number: int, base: Statement) -> Iterator[Statement]:
    head, row = reading.head, reading.sheet.rows[number]
    case = _cell(reading, number, "case")
    bracketed = f"（{case}）" if case else ""
    named = bool(base.item or base.code)
    if head.is_long:
        name, shown = _cell(reading, number, "field"), _cell(reading, number, "shown")
        if name and (named or base.window or shown):
            origin = _origin(reading, number, head.roles["shown"])
            yield replace(base, origin=origin, field=name + bracketed, text=shown)
    elif named:
        at = head.roles.get("item", head.roles.get("code"))
        yield replace(base, origin=_origin(reading, number, at))
    if named or base.window:
        for at, name in head.values.items():
            shown = row[at] if at < len(row) else ""
            if shown or not head.is_long:
                yield replace(base, origin=_origin(reading, number, at), field=name + bracketed, text=shown)


def column_letters(at: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    high, low = divmod(at, 26)
    return (column_letters(high - 1) if high else "") + chr(ord("A") + low)
