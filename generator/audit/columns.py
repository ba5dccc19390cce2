"""Columns of the site: what they are called, how much is in them, and when they were last updated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from generator import codelists
from generator.audit.site import Audited
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.announcement import Announcement
from generator.kinds.policy import Policy

TWO_WEEKS = timedelta(days=14)
NEWS = "工作动态"
NOTICES = "通知公告"
INTERPRETATIONS = "政策解读"


class Column(NamedTuple):
    """One column: `latest` is the day of its last update as far as it has one."""

    name: str
    address: str
    entries: int
    latest: date | None


def months_before(day: date, months: int) -> date:
    """Return the day so many months earlier, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


def latest_of(items: Sequence[Item], today: date) -> date | None:
    """Return the day of the last update among items; what is dated after today does not count."""
    return max((day for item in items if (day := item.dated()) and day <= today), default=None)


def news_columns(audited: Audited) -> Iterator[Column]:
    """Yield the columns of announcements, the news among them."""
    for name, code in codelists.ANNOUNCEMENT_COLUMNS.items():
        items = [item for item in audited.catalogue.all_of(Announcement) if item.column == name]
        address = f"{Announcement.kind.plural}/by/column-{code}/"
        yield Column(name, address, len(items), latest_of(items, audited.today))


def policy_columns(audited: Audited) -> Iterator[Column]:
    """Yield the columns of policies: documents, and interpretations."""
    kind = Policy.kind
    items = audited.catalogue.all_of(Policy)
    explained = [item for item in items if item.genre == INTERPRETATIONS]
    documents = [item for item in items if item.genre != INTERPRETATIONS]
    yield Column(kind.label, f"{kind.plural}/", len(documents), latest_of(items, audited.today))
    code = codelists.POLICY_GENRES[INTERPRETATIONS]
    latest = latest_of(explained, audited.today)
    yield Column(INTERPRETATIONS, f"{kind.plural}/by/genre-{code}/", len(explained), latest)


def kind_columns(audited: Audited) -> Iterator[Column]:
    """Yield the list of every kind."""
    for name, model in all_kinds().items():
        items = audited.catalogue.of_kind(name)
        yield Column(model.kind.label, f"{model.kind.plural}/", len(items), latest_of(items, audited.today))
