"""What is read out of an attachment → what an editor should mend: leaks, filled columns, wrong wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.attachments.parts import Cell, Part, Passage, Remark, Row
from generator.house_rules import HouseRules
from generator.privacy import KINDS, columns, find
from generator.privacy.numbers import is_sample_number
from generator.wording import rules_for, slips
from generator.wording.tables import Place as Kind

MOST_ALIKE = 5
"""So many findings of a code are told one by one; of the others the number."""
_HEAD_ROWS = 6


def remarks_on(parts: Iterable[Part], house: HouseRules) -> Iterator[Remark]:
    """Yield remarks about the parts of a file; many of one code are summed up at the end."""
    told: defaultdict[str, int] = defaultdict(int)
    unsaid: dict[str, tuple[int, Remark]] = {}
    for remark in told_by(parts, house, "attachments"):
        told[remark.code] += 1
        if told[remark.code] <= MOST_ALIKE:
            yield remark
        else:
            unsaid[remark.code] = (told[remark.code] - MOST_ALIKE, remark)
    for count, last in unsaid.values():
        yield last._replace(where="", message=f"还有 {count} 处同样的问题，最后一处在{last.where}")


def told_by(parts: Iterable[Part], house: HouseRules, kind_of_text: Kind) -> Iterator[Remark]:
    """Yield all remarks about the parts of a file or page, one by one."""
    tables: dict[str, _Table] = {}
    for part in parts:
        if isinstance(part, Remark):
            yield part
        elif isinstance(part, Passage):
            yield from _in_text(part.text, part.where, house, kind_of_text)
        else:
            yield from tables.setdefault(part.table, _Table()).remarks(part, house, kind_of_text)
    for table in tables.values():
        yield from table.sums()


def _in_text(text: str, where: str, house: HouseRules, place: Kind, title: str = "") -> Iterator[Remark]:
    """Yield leaks and wrong wording of a text; the title of its column tells what it is about."""
    lead = f"{title}：" if title else ""
    for leak in find(lead + text, house.numbers):
        kind = KINDS[leak.kind]
        yield Remark(leak.kind, where, f"「{leak.masked}」是{kind.label}", kind.hint, kind.severity)
    for slip in (*slips(text, place), *house.slips(text)):
        # Attachments are often others' documents, which the editor cannot mend.
        severity = slip.severity if place == "prose" else "warning"
        yield Remark(slip.code, where, slip.message, slip.hint, severity)


class _Table:
    """A table that is being gone through: its titles, and its columns that must not be filled."""

    def __init__(self) -> None:
        self.rows = 0
        self.titles: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.filled: dict[str, tuple[int, Cell]] = {}

    def remarks(self, row: Row, house: HouseRules, place: Kind) -> Iterator[Remark]:
        """Yield what the cells of a row tell."""
        self.rows += 1
        if self.rows <= _HEAD_ROWS and (kinds := self._heads(row)):
            self.kinds.update(kinds)
            self.titles.update((cell.column, cell.text) for cell in row.cells if cell.column in kinds)
            for cell in row.cells:
                yield from _in_text(cell.text, cell.where, house, place)
            return
        for cell in self._suspicious(row, house):
            kind = self.kinds.get(cell.column, "")
            # Where and how somebody lives is told once for the column, not cell by cell.
            title = "" if kind in ("home", "health") else self.titles.get(cell.column, "")
            found = list(_in_text(cell.text, cell.where, house, place, title))
            yield from found
            if (
                kind
                and kind != "name"
                and not any(remark.code in KINDS for remark in found)
                and self._tells(kind, cell)
            ):
                self.filled[cell.column] = (self.filled.get(cell.column, (0, cell))[0] + 1, cell)

    def _suspicious(self, row: Row, house: HouseRules) -> Iterable[Cell]:
        """Return the cells worth a look: most rows tell nothing, which one look at the whole row shows."""
        whole = "\n".join(cell.text for cell in row.cells)
        if house.wordings or rules_for(whole) or any(True for _ in find(whole)):
            return row.cells
        return [cell for cell in row.cells if cell.column in self.kinds]

    def _heads(self, row: Row) -> dict[str, str]:
        """Return the kinds of columns where a row is one of titles, not of values that begin with a title."""
        kinds = {cell.column: kind for cell in row.cells if (kind := columns.kind_of(cell.text))}
        return kinds if len(kinds) >= min(2, len(row.cells)) else {}

    def _tells(self, kind: str, cell: Cell) -> bool:
        if kind == "health" and "name" not in self.kinds.values():
            return False
        return columns.tells(kind, cell.text) and not (kind == "identity" and is_sample_number(cell.text))

    def sums(self) -> Iterator[Remark]:
        """Yield the columns that are filled, each once."""
        for column, (count, last) in self.filled.items():
            kind = self.kinds[column]
            message = (
                f"这一列的标题是“{self.titles[column].strip()}”，有 {count} 格填了{columns.label_of(kind)}或遮盖得不够"
            )
            yield Remark("private-column", last.where, message, columns.advice_for(kind))
