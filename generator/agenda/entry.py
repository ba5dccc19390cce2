"""One thing that has to be done or known by a day, and how far away that day is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from generator.catalogue import Catalogue
from generator.facts import Fact
from generator.item import Item
from generator.workdays import is_workday

Urgency = Literal["warning", "notice"]
PathInItem = tuple[str | int, ...]
Message = tuple[str | Fact, ...]
"""Words of our own and facts, in the order in which they are read."""

LABELS: Mapping[str, str] = {
    "review": "复核",
    "fee-change": "收费变化",
    "planned": "开办和停办",
    "announcement": "公告到期",
    "policy-change": "文件施行和废止",
    "basis-superseded": "依据有变化",
    "basis-unchecked": "依据要核对",
    "disclosure": "信息公开",
    "annual-report": "年度报告",
    "holidays": "放假安排",
}
"""What each sort of entry is called."""

GROUPS: Mapping[str, str] = {"overdue": "已过期", "week": "7 天内", "month": "30 天内", "later": "以后"}
WEEK, MONTH = 7, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due on a day. A warning is a duty that can be missed, a notice only tells what will happen."""

    kind: str
    day: date
    item: Item
    message: Message
    action: str
    path: PathInItem = ()
    """The place inside the item."""
    severity: Urgency = "warning"
    detail: str = ""
    """What tells several entries of one sort and item apart; it stays when days move."""

    @property
    def label(self) -> str:
        """What the sort of entry is called."""
        return LABELS[self.kind]

    @property
    def text(self) -> str:
        """The message as plain text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.message)

    @property
    def department(self) -> str:
        """The id of the department that has to act, empty where the item names none."""
        return str(getattr(self.item, "department", None) or "")

    @property
    def identity(self) -> str:
        """What the entry is called in calendars: the same from day to day."""
        return "-".join(filter(None, (self.kind, self.item.path.replace("/", "-"), self.detail)))


class Distance(NamedTuple):
    """How many days lie between a day and today; negative after the day."""

    days: int
    workdays: int

    @property
    def group(self) -> str:
        """The group of what is so far away."""
        if self.days < 0:
            return "overdue"
        return "week" if self.days <= WEEK else "month" if self.days <= MONTH else "later"

    @property
    def text(self) -> str:
        """The distance in words."""
        if self.days == 0:
            return "今天"
        word = "已过" if self.days < 0 else "还有"
        return f"{word} {abs(self.days)} 天（{abs(self.workdays)} 个工作日）"


def distance(today: date, day: date) -> Distance:
    """Return how far a day is away; of the two days only the later one is counted."""
    days = (day - today).days
    first = min(today, day)
    workdays = sum(is_workday(first + timedelta(days=number)) for number in range(1, abs(days) + 1))
    return Distance(days, workdays if days >= 0 else -workdays)


def said(catalogue: Catalogue, item: Item, path: str) -> Fact | str:
    """Return a fact of an item, empty text where it has none."""
    return catalogue.sheet(item).facts.get(path, "")
