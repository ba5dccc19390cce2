"""The lines of a hall's LED screen, for people to paste and for programs to read: led.txt and led.json say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from generator.facts import Fact, Sheet
from generator.kinds.announcement import Announcement
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall, Led
from generator.led_text import lines_of
from generator.outputs import Output
from generator.render.portal import latest_announcements
from generator.render.screens import Notice, coming_notices
from generator.render.site import Site

GUIDES_SHOWN = 8
ANNOUNCEMENTS_SHOWN = 6

Message = tuple[str | Fact, ...]
"""Words of our own and facts, in the order in which they are read."""


def led_outputs(site: Site) -> Iterator[Output]:
    """Yield led.json and led.txt of every hall that has an LED screen."""
    for hall in site.catalogue.all_of(Hall):
        if hall.led:
            document = led_document(site, hall, hall.led)
            made_from = tuple(sorted({fact["fact"].partition("#")[0] for fact in _facts(document)}))
            lines = "".join(f"{line}\n" for message in document["messages"] for line in message["lines"])
            data = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            yield Output(f"{hall.path}/led.json", data, made_from)
            yield Output(f"{hall.path}/led.txt", lines.encode(), made_from)


def led_document(site: Site, hall: Hall, led: Led) -> dict[str, Any]:
    """Return what led.json says: the hall, the days for which it is right, and the messages with their facts."""
    messages = [_shown(message, led.columns) for message in _messages(site, hall)]
    return {
        "hall": hall.path,
        "name": hall.name,
        "as_of": site.today.isoformat(),
        "valid_until": site.valid_until.isoformat(),
        "columns": led.columns,
        "messages": messages,
    }


def _facts(document: dict[str, Any]) -> Iterator[dict[str, str]]:
    for message in document["messages"]:
        yield from message["facts"]


def _shown(message: Message, columns: int) -> dict[str, Any]:
    facts = [part for part in message if isinstance(part, Fact)]
    parts = [part.text if isinstance(part, Fact) else part for part in message]
    named = [{"fact": fact.key, "value": fact.value, "text": fact.text} for fact in facts]
    lines = lines_of([" ".join(part.split("\n")) for part in parts], columns)
    return {"lines": lines, "facts": named, "words": _words(message)}


def _words(message: Message) -> list[str]:
    """Return what stands before, between and after the facts, by which anyone can tell what the lines say of each."""
    words = [""]
    for part in message:
        if isinstance(part, Fact):
            words.append("")
        else:
            words[-1] += part
    return words


def _messages(site: Site, hall: Hall) -> Iterator[Message]:
    tree = site.catalogue.sheet(hall).tree
    guides = guides_here(site, hall)
    yield from (("开放时间：", hours.fact) for hours in tree.hours)
    yield from ((sheet.tree.name, "：", sheet.tree.fee.amount) for sheet in site.sheets(guides[:GUIDES_SHOWN]))
    yield from (_notice(notice) for notice in coming_notices(site, guides))
    yield from (("公告：", sheet.tree.name) for sheet in _announcements(site))
    yield from ((message,) for message in tree.led.messages)
    yield "咨询电话：", tree.phone
    yield "监督投诉电话：", tree.complaint_phone


def _notice(notice: Notice) -> Message:
    name = notice.guide.tree.name
    if not notice.is_fee:
        return name, "办到 ", notice.facts.planned_end, "为止"
    case = notice.facts.case or notice.facts.condition
    return notice.facts.next_from, "起，", name, "（", case, "）收费改为 ", notice.facts.next_amount


def _announcements(site: Site) -> list[Sheet]:
    """Return the latest notices; news is not for a hall's screen."""
    current = latest_announcements(site, len(site.catalogue.all_of(Announcement)))
    return [sheet for sheet in current if sheet.tree.column.value == "通知公告"][:ANNOUNCEMENTS_SHOWN]


def guides_here(site: Site, hall: Hall) -> list[Guide]:
    """Return the guides in force that a hall handles: those that the home page names first, then those with fees."""
    here = [guide for guide in site.catalogue.all_of(Guide) if guide.hall == hall.id]
    order = {name: place for place, name in enumerate(site.settings.popular)}
    return sorted(_in_force(site, here), key=lambda guide: (order.get(guide.id, len(order)), not guide.fees, guide.id))


def _in_force(site: Site, guides: Iterable[Guide]) -> Iterator[Guide]:
    return (guide for guide in guides if not guide.is_withdrawn(site.today))
