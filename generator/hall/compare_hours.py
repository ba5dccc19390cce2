"""Opening hours as people write them: spans of time, the days and the season that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.hall.compare_numbers import clean, number

_FIGURE = r"(?:\d{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_HALVES = "上午|早上?|中午|下午|午后|晚上?|am|pm|AM|PM"


def _clock(name: str) -> str:
    """Return the pattern of a time of day, its groups named after where it stands."""
    minute = rf"(?:[:时点](?P<{name}_minute>半|整|{_FIGURE})?分?)?"
    return rf"(?P<{name}_half>{_HALVES})?(?P<{name}_hour>{_FIGURE}){minute}"


_SPAN = re.compile(rf"{_clock('from')}(?:-|至|到){_clock('to')}")
_SEASON = re.compile(r"(\d{1,2})月(\d{1,2})日(?:至|到|-)(?:次年)?(\d{1,2})月(\d{1,2})日")
_DAYS = {
    "工作日": re.compile(r"工作日|周一(至|到|-)周?五|星期一(至|到|-)(星期)?五|周1-5|周一-五"),
    "周六": re.compile(r"周六|星期六"),
    "周日": re.compile(r"周日|周天|星期[日天]"),
    "周末": re.compile(r"周末|双休日"),
    "每天": re.compile(r"每天|每日|全年|天天"),
}
_SEASONS = {"夏": re.compile("夏"), "冬": re.compile("冬")}

Span = tuple[int, int]


class Hours(NamedTuple):
    """Spans in minutes of the day, and the days and the season that are named, if any."""

    spans: tuple[Span, ...]
    days: frozenset[str]
    seasons: frozenset[str]


def hours(text: str) -> Hours | None:
    """Read opening hours from a cleaned text; None where no span of time is in it."""
    spans = tuple(_spans(_SEASON.sub("", text)))
    if not spans:
        return None
    days = frozenset(name for name, pattern in _DAYS.items() if pattern.search(text))
    return Hours(spans, days, frozenset(name for name, pattern in _SEASONS.items() if pattern.search(text)))


def _spans(text: str) -> Iterator[Span]:
    for match in _SPAN.finditer(text):
        if not re.search(r"[:时点]", match[0]):  # 周1-5, 2026-7: no time of day
            continue
        start = _minutes(match["from_half"], match["from_hour"], match["from_minute"])
        end = _minutes(match["to_half"] or match["from_half"], match["to_hour"], match["to_minute"])
        if start is not None and end is not None:
            yield start, end


def _minutes(half: str | None, hour: str, minute: str | None) -> int | None:
    hours, minutes = number(hour), number(minute) if minute not in (None, "半", "整") else None
    if hours is None or hours > 24:
        return None
    afternoon = (half or "").lower() in {"下午", "午后", "晚", "晚上", "pm"} and hours < 12
    past = 30 if minute == "半" else int(minutes or 0)
    return (int(hours) + 12 * afternoon) * 60 + past


def same_hours(shown: str, meant: str) -> bool | None:
    """Tell whether two cleaned texts name the same hours; days and season count where the notice names them."""
    seen, right = hours(shown), hours(meant)
    if seen is None or right is None:
        return None
    days = not seen.days or seen.days == right.days
    return seen.spans == right.spans and days and (not seen.seasons or seen.seasons == right.seasons)


def lines_of(text: str) -> list[str]:
    """Return the parts of a notice that each name hours of their own; a part is for one sort of day or season."""
    parts = [part for part in re.split(r"[\n;；。]|(?=夏[令季])|(?=冬[令季])|(?=周六)", text) if part.strip()]
    return parts if parts and all(hours(clean(part)) for part in parts) else [text]
