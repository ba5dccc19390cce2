"""Change records: which item said what otherwise since which day, of which class, and in how many words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from generator.changes.wording import comparison, sentence
from generator.fact_classes import CLASSES, EDITORIAL
from generator.kinds import all_kinds

ITEMS = "items"
CHANGE_CLASSES: Mapping[str, str] = {
    **{name: label for name, label in CLASSES.items() if name != EDITORIAL},
    ITEMS: "新增和撤下",
    EDITORIAL: CLASSES[EDITORIAL],
}
"""The classes of facts, and that of whole items; the Chinese name of each."""
CHANGED, ADDED, REMOVED, RENAMED = "changed", "added", "removed", "renamed"


class Change(NamedTuple):
    """One change of one item. A named tuple because a history has tens of thousands."""

    item: str
    """The item's path, `<plural>/<id>`, as it was after the change."""
    name: str
    day: date
    """The day in 东八区 on which it was committed."""
    commit: str
    """Empty where it is not committed yet."""
    sort: str
    """changed, added, removed, or renamed: the item has another id."""
    bears: str
    """The class, one of `CHANGE_CLASSES`."""
    fact: str = ""
    label: str = ""
    before: str | None = None
    after: str | None = None
    since: date | None = None
    """The day from which it holds, where the source says one."""
    basis: str = ""
    touches: int = 0
    """How many other items say something otherwise because of it."""
    department: str = ""
    """The id of the department whose item it is, where it has one."""

    @property
    def what(self) -> str:
        """What changed, without the item's name: `收费标准 40 → 20 元/证`."""
        label = all_kinds_by_plural()[self.plural]
        if self.sort in (ADDED, REMOVED):
            return f"{'新增' if self.sort == ADDED else '撤下'}{label}"
        if self.sort == RENAMED:
            return f"网址改为 {self.after}，原来是 {self.before}"
        said = comparison(self.before, self.after)
        between = " " if self.before and self.after else "：" if self.before or self.after else ""
        return f"{self.label}{between}{said}"

    @property
    def details(self) -> str:
        """From when it holds, by which basis, and how far it reaches; empty where there is nothing to say."""
        start = f"自 {self.since.isoformat()}" if self.since else ""
        basis = f"依据 {self.basis}" if self.basis else ""
        return sentence((start, basis, f"涉及 {self.touches} 项" if self.touches else ""))

    @property
    def line(self) -> str:
        """The change in one line, the item's name first."""
        return f"{self.name} · {sentence((self.what, self.details))}"

    @property
    def plural(self) -> str:
        """The folder of the item's kind."""
        return self.item.partition("/")[0]

    @property
    def id(self) -> str:
        """A name for it that no other change has and that stays."""
        return f"{self.commit[:12] or 'uncommitted'}/{self.item}#{self.fact}"

    def as_json(self) -> dict[str, Any]:
        """Return the record for machines; texts in full."""
        return {
            "item": self.item,
            "name": self.name,
            "day": self.day.isoformat(),
            "commit": self.commit or None,
            "sort": self.sort,
            "class": self.bears,
            "fact": self.fact or None,
            "label": self.label or None,
            "before": self.before,
            "after": self.after,
            "from": self.since.isoformat() if self.since else None,
            "basis": self.basis or None,
            "touches": self.touches,
            "department": self.department or None,
            "line": self.line,
        }


def by_item(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """Return the changes of each item under the path that it has at the end, the latest first."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.sort == RENAMED:
            found[change.item] = [*found.pop(f"{change.plural}/{change.before}", []), *found.pop(change.item, [])]
        found.setdefault(change.item, []).append(change)
    return {path: tuple(reversed(entries)) for path, entries in found.items()}


def change_of(row: Sequence[Any]) -> Change:
    """Return the record of a row that went through JSON."""
    change = Change(*row)
    day, since = (date.fromisoformat(value) if value else None for value in (row[2], row[10]))
    assert day
    return change._replace(day=day, since=since)


@cache
def all_kinds_by_plural() -> Mapping[str, str]:
    """Return the Chinese name of each kind by its folder."""
    return {model.kind.plural: model.kind.label for model in all_kinds().values()}
