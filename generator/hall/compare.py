"""Compares snapshots with the source: what is wrong, missing, shown though withdrawn, unknown, at the wrong window."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.facts import Fact
from generator.hall.compare_expected import Expected, expected_text, fee_field, guide_field, hall_field, verdict
from generator.hall.compare_marks import compare_marks
from generator.hall.compare_result import Comparison, Difference, Remark
from generator.hall.matching import Match, Names, Windows, windows_meant
from generator.hall.notation import Verdict, bare
from generator.hall.snapshot_types import Snapshot, Statement
from generator.item import Item
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall

_NOT_SHOWN = re.compile(r"(未|没有?|无)(显示|公示|写|标|标注|标明|注明|内容)|空白|缺|看不清|黑屏|不亮")
_THE_HALL = {"大厅", "全大厅", "本大厅", "总服务台", "公共", "大厅公共"}


def compare_snapshots(catalogue: Catalogue, hall: Hall, snapshots: Sequence[Snapshot]) -> Comparison:
    """Compare what files show with the facts of the catalogue, for one hall."""
    names = Names(catalogue)
    desks = [_worked_through(_Desk(catalogue, hall, names, snapshot)) for snapshot in snapshots]
    return Comparison(
        hall=hall,
        day=catalogue.today,
        files=tuple(snapshot.name for snapshot in snapshots),
        checked=sum(desk.checked for desk in desks),
        differences=tuple(entry for desk in desks for entry in desk.differences),
        unread=tuple(entry for desk in desks for entry in desk.unread),
        remarks=tuple(entry for desk in desks for entry in desk.remarks),
        leftovers=tuple(entry for snapshot in snapshots for entry in snapshot.leftovers),
        empty_cells=sum(snapshot.empty_cells for snapshot in snapshots),
    )


def _worked_through(desk: _Desk) -> _Desk:
    """Compare all statements of a desk's snapshot."""
    snapshot = desk.snapshot
    marked = [one for one in snapshot.statements if one.fact]
    written = [one for one in snapshot.statements if not one.fact]
    if marked:
        found = compare_marks(desk.catalogue, desk.hall, marked, snapshot.covers_windows)
        desk.differences += found.differences
        desk.checked += found.checked
    for statement in written:
        desk.take(statement)
    if written and snapshot.covers_windows:
        desk.differences += desk.missing()
    return desk


class _About(NamedTuple):
    """A statement with the windows and the item that it turned out to speak of."""

    statement: Statement
    windows: tuple[str, ...]
    item: Item

    @property
    def window(self) -> str:
        return "、".join(self.windows) or self.statement.window


@dataclass
class _Desk:
    """What is known of one snapshot so far. What concerns an item as a whole is said once a window."""

    catalogue: Catalogue
    hall: Hall
    names: Names
    snapshot: Snapshot
    checked: int = 0
    differences: list[Difference] = field(default_factory=list)
    unread: list[Difference] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)
    said: set[tuple[str, str, str]] = field(default_factory=set)
    at_window: bool = False
    """Whether the last row left the item out and turned out to be about the window."""

    def take(self, statement: Statement) -> None:
        """Compare one statement that names its window and its item in words."""
        meant = windows_meant(statement.window, self.hall) if statement.window else Windows()
        self.at_window = statement.from_above and self._speaks_of_the_window(statement, meant.sure)
        if self.at_window:
            statement = replace(statement, item="", code="")
        named = statement.code or statement.item
        about_hall = not named or bare(named) in _THE_HALL | {bare(name) for name in _names_of(self.hall)}
        match = Match((self.hall,)) if about_hall else self._match(statement, meant)
        windows = self._windows(statement, meant, match)
        if windows is None:
            return
        if not match.items:
            self._unknown_item(statement, windows, match)
        self.checked += len(match.items) if not statement.field else 0
        for item in match.items:
            if self._is_shown_rightly(_About(statement, windows, item)) and statement.field:
                self._compare_field(_About(statement, windows, item))

    def _speaks_of_the_window(self, statement: Statement, windows: tuple[str, ...]) -> bool:
        """Tell whether a row with a blank cell for the item is about the window, and not the item above."""
        expected = hall_field(self.catalogue, self.hall, windows, statement.field)
        if not expected.facts:
            return False
        item = (*self._match(statement, Windows(windows)).items, None)[0]
        if item is None or self.at_window or not self._expected(item, windows, statement.field).facts:
            return True
        return verdict(self.catalogue, self.hall, self.hall, expected, statement.text) is Verdict.SAME

    def _match(self, statement: Statement, meant: Windows) -> Match:
        windows = meant.sure or meant.possible
        by_code = self.names.find(statement.code, windows) if statement.code else Match()
        by_name = self.names.find(statement.item, windows) if statement.item else Match()
        if by_code.items and by_name.items and by_code.items != by_name.items:
            item = by_name.items[0]
            self._once("不一致", statement, meant.sure, item.name, statement.code, _code(item), "编码是另一件事项的")
        chosen = by_name if by_name.items else by_code if by_code.items else by_name
        if chosen.near and chosen is by_name and self._is_new("near", statement.item, ""):
            self.remarks.append(Remark(statement.origin, statement.item, f"按相近名称认作「{chosen.near}」"))
        return chosen

    def _windows(self, statement: Statement, meant: Windows, match: Match) -> tuple[str, ...] | None:
        """Return the windows of a statement, narrowed by its item; None where that leaves more than one."""
        if meant.possible:
            handled = {no for item in match.items for no in getattr(item, "windows", ())}
            left = tuple(no for no in meant.possible if no in handled)
            if len(left) == 1:
                return left
            note = f"「{statement.window}」可能是 {'、'.join(meant.possible)}，请写全窗口号"
            self._doubt(statement, match.items[0].name if match.items else statement.item, "", "", note)
            return None
        if statement.window and not meant.sure:
            self._once("窗口不对", statement, (), statement.item, statement.window, "", "大厅没有这个窗口")
        return meant.sure

    def _unknown_item(self, statement: Statement, windows: tuple[str, ...], match: Match) -> None:
        likely = dict.fromkeys(match.possible)
        note = f"名称相近的有：{'、'.join(likely)}" if likely else ""
        named = statement.item or statement.code
        self._once("不认识的事项", statement, windows, named, named, "", note)

    def _is_shown_rightly(self, about: _About) -> bool:
        """Note the item as shown at the windows; tell whether its fields are to be compared."""
        statement, windows, item = about
        if not isinstance(item, Guide):
            return True
        if item.is_withdrawn(self.catalogue.today):
            self._once(
                "已停办仍在显示", statement, windows, item.name, statement.item or statement.code, "不再显示", ""
            )
            return False
        if item.hall == self.hall.id:
            right = [no for no in windows if no in item.windows]
            for no in right:
                self.shown.setdefault(no, set()).add(item.path)
            if wrong := tuple(no for no in windows if no not in right):
                expected = "、".join(item.windows)
                self._once(
                    "窗口不对", statement, wrong, item.name, "、".join(wrong), expected, "", f"{item.path}#place.where"
                )
        elif windows:
            self._once("窗口不对", statement, windows, item.name, "、".join(windows), "不在这个大厅办", "")
        return True

    def _compare_field(self, about: _About) -> None:
        statement, windows, item = about
        if not statement.text:
            return
        expected = self._expected(item, windows, statement.field)
        self.checked += 1
        if not expected.facts:
            self._doubt(statement, item.name, statement.text, "", expected.doubt, windows)
            return
        if _NOT_SHOWN.fullmatch(bare(statement.text)):
            self.differences.append(self._difference("窗口缺少", about, expected))
            return
        found = verdict(self.catalogue, self.hall, item, expected, statement.text)
        if found is Verdict.DIFFERENT:
            self.differences.append(self._difference("不一致", about, expected))
        elif found is Verdict.UNREADABLE:
            note, right = "看不懂这个写法", expected_text(expected, self.catalogue.today)
            self._doubt(statement, item.name, statement.text, right, note, windows, expected.facts[0].key)

    def _expected(self, item: Item, windows: tuple[str, ...], name: str) -> Expected:
        if isinstance(item, Guide):
            return guide_field(self.catalogue, item, name)
        if isinstance(item, Fee):
            return fee_field(self.catalogue, item, name)
        return hall_field(self.catalogue, self.hall, windows, name)

    def _difference(self, kind: str, about: _About, expected: Expected) -> Difference:
        fact: Fact = expected.facts[0]
        right = expected_text(expected, self.catalogue.today)
        statement = about.statement
        return Difference(
            kind,
            statement.origin,
            about.window,
            about.item.name,
            statement.field,
            statement.text,
            right,
            fact.key,
        )

    def _once(
        self, kind: str, statement: Statement, windows: tuple[str, ...], item: str, shown: str, expected: str,
        note: str, fact: str = "",
    ) -> None:  # fmt: skip
        window = "、".join(windows) or statement.window
        if self._is_new(kind, window, item):
            self.differences.append(Difference(kind, statement.origin, window, item, "", shown, expected, fact, note))

    def _is_new(self, *what: str) -> bool:
        key = (what[0], what[1], what[2])
        new = key not in self.said
        self.said.add(key)
        return new

    def _doubt(
        self, statement: Statement, item: str, shown: str, expected: str, note: str, windows: tuple[str, ...] = (),
        fact: str = "",
    ) -> None:  # fmt: skip
        window = "、".join(windows) or statement.window
        self.unread.append(
            Difference("看不懂", statement.origin, window, item, statement.field, shown, expected, fact, note)
        )

    def missing(self) -> Iterator[Difference]:
        """Yield what the windows handle that the snapshot does not name there, for windows it names anything of."""
        origin = self.snapshot.statements[0].origin._replace(row=0, column="", sheet="")
        for no in sorted(self.shown):
            for guide in self.catalogue.all_of(Guide):
                if guide.hall != self.hall.id or no not in guide.windows or guide.is_withdrawn(self.catalogue.today):
                    continue
                if guide.path not in self.shown[no]:
                    key = f"{self.hall.path}#windows.{no}.guides.{guide.id}.guide"
                    yield Difference("窗口缺少", origin, no, guide.name, "", "", guide.name, key)


def _names_of(hall: Hall) -> Iterator[str]:
    yield hall.name
    yield from hall.terms()


def _code(item: Item) -> str:
    return item.codes.local if isinstance(item, Guide) else item.id
