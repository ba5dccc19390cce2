"""Texts of a hall's media: short enough for the window screens, and such that an LED screen can show them.

The limits are what site_theme/assets/screen.css makes of a screen of 800×480, where a line holds the fewest characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem
from generator.item import Item
from generator.kinds.announcement import Announcement
from generator.kinds.department import Department
from generator.kinds.fee import Fee
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.led_text import is_beyond_all, is_known, too_wide, width


class Room(NamedTuple):
    """How much a place on the window screen holds: lines, and full-width characters in each."""

    lines: int
    columns: int

    @property
    def limit(self) -> int:
        """The number of characters in all."""
        return self.lines * self.columns

    def said(self) -> str:
        """Say the limit in words."""
        return f"一行最多 {self.columns} 个字" if self.lines == 1 else f"最多 {self.limit} 个字（{self.lines} 行）"


WINDOW_NAME = Room(2, 9)
DEPARTMENT_NAME = Room(1, 14)
GUIDE_NAME = Room(3, 12)
RATE = Room(5, 6)
CHANGE = Room(3, 15)  # the guide's name and the case; the date and the new rate take two more lines


def window_names_fit_their_screen(catalogue: Catalogue) -> Iterator[Finding]:
    """Find names of windows that the window screen cuts (国发〔2016〕55号: 一致)."""
    for hall in catalogue.all_of(Hall):
        for row, window in enumerate(hall.windows):
            yield from _too_long(hall, ("windows", row, "name"), window.name, WINDOW_NAME)


def department_names_fit_their_screen(catalogue: Catalogue) -> Iterator[Finding]:
    """Find short names of departments at windows that the window screen cuts (国发〔2016〕55号: 一致)."""
    halls = catalogue.all_of(Hall)
    sitting = {identifier for hall in halls for window in hall.windows for identifier in window.departments}
    for department in catalogue.all_of(Department):
        if department.id in sitting:
            yield from _too_long(department, ("short_name",), department.short_name, DEPARTMENT_NAME)


def guide_names_fit_their_screen(catalogue: Catalogue) -> Iterator[Finding]:
    """Find names of guides at windows that the window screen cuts (国发〔2016〕55号: 一致)."""
    for guide in catalogue.all_of(Guide):
        if guide.hall and guide.windows:
            yield from _too_long(guide, ("name",), guide.name, GUIDE_NAME)


def fees_fit_their_screen(catalogue: Catalogue) -> Iterator[Finding]:
    """Find rates in words, and changes ahead, that the window screen cuts (国发〔2016〕55号: 一致)."""
    for guide in catalogue.all_of(Guide):
        for row, use in enumerate(guide.fees if guide.hall and guide.windows else ()):
            fee = catalogue.find("fee", use.fee)
            rate = fee.rate(use.rate) if isinstance(fee, Fee) else None
            if rate is None:
                continue
            for period in rate.periods:
                yield from _too_long(guide, ("fees", row), period.described or "", RATE)
            if rate.next_after(catalogue.today):
                yield from _too_long(guide, ("fees", row), f"{guide.name}（{use.case or rate.condition}）", CHANGE)


def _too_long(item: Item, path: PathInItem, text: str, room: Room) -> Iterator[Finding]:
    length = ceil(width(text) / 2)
    if length > room.limit:
        yield Finding(
            item=item,
            path=path,
            code="too-long-for-screen",
            message=f"「{text}」有 {length} 个字，窗口屏{room.said()}，多 {length - room.limit} 个字",
            hint="数字、字母两个算一个字。请改短；说明性的话移到别的字段里。",
        )


def led_texts_can_be_divided(catalogue: Catalogue) -> Iterator[Finding]:
    """Find texts with a piece that no LED line can hold and that must not be divided (国发〔2016〕55号: 一致)."""
    for hall, item, path, text in _led_texts(catalogue):
        assert hall.led
        for piece in too_wide(text, hall.led.columns):
            length, limit = ceil(width(piece) / 2), hall.led.columns
            yield Finding(
                item=item,
                path=path,
                code="too-long-for-led",
                message=f"「{piece}」不能拆开，有 {length} 个字，LED 屏一行 {limit} 个字，多 {length - limit} 个字",
                hint="数字、字母两个算一个字。请改写，或核对大厅 LED 屏的每行字数 led.columns。",
            )


def led_texts_can_be_shown(catalogue: Catalogue) -> Iterator[Finding]:
    """Find characters that LED controllers cannot show (GB 18030; controllers have the characters of GBK)."""
    for _, item, path, text in _led_texts(catalogue):
        for char in dict.fromkeys(text):
            if not char.isspace() and not is_known(char):
                yield Finding(
                    item=item,
                    path=path,
                    code="not-for-led",
                    message=f"LED 屏显示不了「{char}」（U+{ord(char):04X}）",
                    hint="请换成常用的字或标点，不用表情符号。",
                    severity="error" if is_beyond_all(char) else "warning",
                )


def _led_texts(catalogue: Catalogue) -> Iterator[tuple[Hall, Item, PathInItem, str]]:
    """Yield the texts that editors write and an LED screen may show: its own, names of guides and announcements."""
    for hall in catalogue.all_of(Hall):
        if hall.led is None:
            continue
        for row, message in enumerate(hall.led.messages):
            yield hall, hall, ("led", "messages", row), message
        for row, hours in enumerate(hall.hours):
            yield hall, hall, ("hours", row), hours.headline()[0]
        yield hall, hall, ("complaint_phone",), hall.complaint_phone
        for guide in catalogue.all_of(Guide):
            if guide.hall == hall.id:
                yield hall, guide, ("name",), guide.name
        for announcement in catalogue.all_of(Announcement):
            if announcement.column == "通知公告" and not announcement.is_withdrawn(catalogue.today):
                yield hall, announcement, ("name",), announcement.name
