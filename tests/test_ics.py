"""The calendar of what is due: read back by the library and by a reader of our own that knows the rules of RFC 5545."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from conftest import MakeCatalogue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from project import TODAY

from generator.agenda import Agenda, agenda_of
from generator.agenda.entry import Due
from generator.agenda.ics import as_ics
from generator.catalogue import Catalogue

URL = "https://www.small.example/"
FILES = {
    "guides/card-renewal": "review_by: 2026-12-20\n",
    "disclosures/fee": "formed: 2026-09-01\npublished: 2026-08-01\n",
}


def calendar_of(catalogue: Catalogue, days: int = 60) -> bytes:
    return as_ics(agenda_of(catalogue, 90, days), catalogue, URL, "到期提醒")


def unfolded(data: bytes) -> list[str]:
    """Return the content lines of a calendar, which must be folded as RFC 5545 §3.1 has it."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    physical = data.split(b"\r\n")[:-1]
    assert max(map(len, physical)) <= 75
    for line in physical:
        line.decode()  # no sign is cut in two
    return data.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def components(lines: list[str]) -> dict[str, Any]:
    """Return the calendar as its properties by name, with the components inside it under `inner`."""
    stack: list[dict[str, Any]] = [{"inner": []}]
    for line in lines:
        name, _, value = line.partition(":")
        if name == "BEGIN":
            stack.append({"type": value, "inner": []})
        elif name == "END":
            done = stack.pop()
            assert done["type"] == value
            stack[-1]["inner"].append(done)
        else:
            assert name not in stack[-1], "a property that may stand once"
            stack[-1][name] = unescaped(value)
    assert len(stack) == 1
    (calendar,) = stack[0]["inner"]
    return dict(calendar)


def unescaped(value: str) -> str:
    kept = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    return kept.replace("\0", "\\")


def test_the_whole_calendar_of_a_small_project(make_catalogue: MakeCatalogue) -> None:
    calendar = components(unfolded(calendar_of(make_catalogue(FILES).catalogue, days=30)))
    late, review = calendar.pop("inner")
    assert calendar == {
        "type": "VCALENDAR",
        "VERSION": "2.0",
        "PRODID": "-//Tongchuang//due//ZH",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "NAME": "到期提醒",
        "X-WR-CALNAME": "到期提醒",
    }
    assert late == {
        "type": "VEVENT",
        "UID": "disclosure-disclosures-fee@www.small.example",
        "DTSTAMP": "20261123T000000Z",
        "DTSTART;VALUE=DATE": "20260929",
        "DTEND;VALUE=DATE": "20260930",
        "SUMMARY": "已过期：信息公开：小证收费公开",
        "DESCRIPTION": "信息形成或变更之日起 20 个工作日内，信息形成或变更于 2026年9月1日，最近公开是 2026年8月1日\n"
        "请公开，并更新 published；已经公开的，核对 formed 和 published。\n负责：公安局",
        "CATEGORIES": "信息公开",
        "URL": "https://www.small.example/disclosures/fee/",
        "TRANSP": "TRANSPARENT",
        "inner": [],
    }
    assert (review["DTSTART;VALUE=DATE"], review["DTEND;VALUE=DATE"]) == ("20261220", "20261221")
    assert review["inner"] == [
        {
            "type": "VALARM",
            "ACTION": "DISPLAY",
            "DESCRIPTION": "还有 7 天：小证期满换领",
            "TRIGGER": "-P7D",
            "inner": [],
        }
    ]


def test_the_library_reads_back_what_was_due(make_catalogue: MakeCatalogue) -> None:
    catalogue = make_catalogue(FILES).catalogue
    agenda = agenda_of(catalogue, 90, 60)
    read = Calendar.from_ical(calendar_of(catalogue).decode())
    assert [(str(event["uid"]), event.decoded("dtstart")) for event in read.walk("VEVENT")] == [
        (f"{entry.identity}@www.small.example", entry.day) for entry in agenda.entries
    ]
    assert not [event.errors for event in read.walk() if event.errors]


def test_the_same_day_gives_the_same_bytes_and_names_stay(make_catalogue: MakeCatalogue) -> None:
    first, again = (calendar_of(make_catalogue(FILES).catalogue) for _ in range(2))
    assert first == again
    moved = calendar_of(make_catalogue({**FILES, "guides/card-renewal": "review_by: 2026-12-28\n"}).catalogue)
    uids = [[line for line in unfolded(data) if line.startswith("UID:")] for data in (first, moved)]
    assert sorted(uids[0]) == sorted(uids[1])
    assert len(set(uids[0])) == len(uids[0])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=120), st.integers(-400, 400))
def test_any_text_comes_back_whole(make_catalogue: MakeCatalogue, text: str, days: int) -> None:
    catalogue = WORLD.setdefault("catalogue", make_catalogue().catalogue)
    today = date.fromisoformat(TODAY)
    day = today + timedelta(days=days)
    entry = Due(kind="review", day=day, item=catalogue.items[0], message=(text,), action="请核对。")
    agenda = Agenda(today=today, until=today, rebuild=today, entries=(entry,))
    (event,) = components(unfolded(as_ics(agenda, catalogue, URL, text)))["inner"]
    assert event["DESCRIPTION"].split("\n")[0] == text
    assert event["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
    assert bool(event["inner"]) is (days >= 0)


WORLD: dict[str, Catalogue] = {}
