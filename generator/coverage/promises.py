"""Each tick of the disclosure catalogue as a promise: kept, not kept, to be looked at by people, or not checkable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.checks.disclosures import WEBSITE, missed_deadline
from generator.coverage.content import Contents, Found
from generator.coverage.halls import Shown, media_of, on_screens, shown_in_halls
from generator.item import Item
from generator.kinds.disclosure import Disclosure
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide

SERVICE_HALL = "政务服务中心"
BOARD = "社区/企事业单位/村公示栏（电子屏）"
STATES: Mapping[str, str] = {
    "broken": "没有做到",
    "unclear": "要人核对",
    "kept": "做到了",
    "unchecked": "这里查不到",
}
"""What a promise comes to."""


class Promise(NamedTuple):
    """A tick of a row: its channel, what it comes to, what was found and what to do."""

    row: Disclosure
    channel: str
    state: str
    found: str
    action: str = ""

    @property
    def label(self) -> str:
        """What the promise comes to, in words."""
        return STATES[self.state]


Share = Mapping[str, int]
"""How many promises come to each state."""


@dataclass(frozen=True)
class Coverage:
    """All promises of a catalogue, and what no row of it speaks of. Without `slots`, for the cached properties."""

    today: date
    promises: tuple[Promise, ...]
    without_row: tuple[Item, ...]
    """What is published and has to be, yet no row of the catalogue leads there."""
    silent: tuple[str, ...]
    """Ids of departments that are to publish something and have nothing on this site."""

    @cached_property
    def total(self) -> Share:
        """How many promises come to each state."""
        return share(self.promises)

    @cached_property
    def empty_rows(self) -> tuple[Disclosure, ...]:
        """Rows of which this site and its halls show nothing."""
        states: dict[str, set[str]] = {}
        rows = {promise.row.path: promise.row for promise in self.promises}
        for promise in self.promises:
            states.setdefault(promise.row.path, set()).add(promise.state)
        return tuple(
            rows[path] for path, found in states.items() if "broken" in found and not found & {"kept", "unclear"}
        )

    def by(self, attribute: str) -> Mapping[str, Share]:
        """Return the shares by a field of the rows: `department` or `area`."""
        found: dict[str, list[Promise]] = {}
        for promise in self.promises:
            found.setdefault(getattr(promise.row, attribute), []).append(promise)
        return {value: share(promises) for value, promises in sorted(found.items())}


def share(promises: Iterable[Promise]) -> Share:
    """Count promises by what they come to; every state has its number."""
    counted = Counter(promise.state for promise in promises)
    return {state: counted[state] for state in STATES}


def checkable(counts: Share) -> int:
    """Return how many promises can be checked here."""
    return sum(counts.values()) - counts["unchecked"]


def coverage_of(catalogue: Catalogue) -> Coverage:
    """Return what each tick of the catalogue comes to as of its day."""
    contents, shown = Contents(catalogue), shown_in_halls(catalogue)
    rows = [row for row in catalogue.all_of(Disclosure) if row.manner == "主动公开"]
    found = {row.path: contents.of(row) for row in rows}
    promises = [promise for row in rows for promise in _promises(row, found[row.path], shown, catalogue.today)]
    spoken = {item.path for each in found.values() for item in (*each.own, *each.near)}
    return Coverage(
        today=catalogue.today,
        promises=tuple(promises),
        without_row=tuple(_without_row(catalogue, spoken)),
        silent=tuple(_silent(catalogue, rows)),
    )


def _promises(row: Disclosure, found: Found, shown: Shown, today: date) -> Iterator[Promise]:
    checks: Mapping[str, Callable[[], Promise]] = {
        WEBSITE: lambda: _on_the_site(row, found, today),
        SERVICE_HALL: lambda: _in_the_hall(row, found, shown),
        BOARD: lambda: _on_a_board(row, found, shown),
    }
    for channel in row.channels:
        check = checks.get(channel)
        yield check() if check else Promise(row, channel, "unchecked", "在本站和大厅之外，请公开主体自己核对")


def _on_the_site(row: Disclosure, found: Found, today: date) -> Promise:
    late = missed_deadline(row, today)
    if late:
        return Promise(row, WEBSITE, "broken", f"最迟应在 {late} 公开，还没有", "请公开，并更新 published。")
    if row.published is None:
        return Promise(row, WEBSITE, "broken", "还没有公开过", "请公开，并写 published。")
    if found.own:
        newest = f"，最新 {found.newest}" if found.newest else ""
        return Promise(row, WEBSITE, "kept", f"{len(found.own)} 项内容{newest}")
    if found.near:
        days = [day for item in found.near if (day := item.dated())]
        said = f"栏目里有 {len(found.near)} 项" + (f"，最新 {max(days)}" if days else "")
        return Promise(row, WEBSITE, "unclear", said, "请看其中有没有这一项；有的，在 places 里写它自己的地址。")
    if found.outside:
        return Promise(row, WEBSITE, "unclear", "写的是别的网站", "请打开看内容还在不在。")
    if found.columns:
        hint = "请把内容发出来，在 places 里写它自己的地址。"
        return Promise(row, WEBSITE, "broken", "只写到栏目，栏目里没有公开主体的这一项", hint)
    return Promise(row, WEBSITE, "broken", "没有写在网站哪里能看到", "请在 places 里写内容的地址。")


def _in_the_hall(row: Disclosure, found: Found, shown: Shown) -> Promise:
    files = _files(found.own, shown)
    if files:
        return Promise(row, SERVICE_HALL, "kept", "、".join(media_of(files)))
    if near := _files(found.near, shown):
        said = f"{'、'.join(media_of(near))}上有公开主体的通知"
        return Promise(row, SERVICE_HALL, "unclear", said, "请看其中有没有这一项。")
    if any(column.startswith("hall/") for column in found.columns):
        hint = "请到大厅看专区里有没有；有事项或收费的，在 places 里写它的地址。"
        return Promise(row, SERVICE_HALL, "unclear", "写着在大厅看，但屏、查询机、告知单上没有这一项", hint)
    hint = "请让大厅显示它的事项或收费，或去掉这个渠道。"
    return Promise(row, SERVICE_HALL, "broken", "大厅的屏、查询机、公示、告知单上都没有", hint)


def _on_a_board(row: Disclosure, found: Found, shown: Shown) -> Promise:
    """Look at the halls' screens; a village's own board stands elsewhere."""
    files = on_screens(_files(found.own, shown))
    if files:
        return Promise(row, BOARD, "kept", f"大厅的{'、'.join(media_of(files))}")
    return Promise(row, BOARD, "unchecked", "公示栏在村（社区）或单位，这里查不到；大厅的屏上没有")


def _files(items: Iterable[Item], shown: Shown) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for item in items for path in shown.get(item.path, ())))


def _without_row(catalogue: Catalogue, spoken: set[str]) -> Iterator[Item]:
    """Yield guides and fees that no row leads to: both are to be published by law (政府信息公开条例第二十条)."""
    for item in (*catalogue.all_of(Guide), *catalogue.all_of(Fee)):
        if item.path not in spoken and not item.is_withdrawn(catalogue.today):
            yield item


def _silent(catalogue: Catalogue, rows: Iterable[Disclosure]) -> Iterator[str]:
    publishing = {getattr(item, "department", None) for item in catalogue.items if not isinstance(item, Disclosure)}
    yield from sorted({row.department for row in rows} - publishing)
