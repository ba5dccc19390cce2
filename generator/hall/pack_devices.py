"""The machines of a hall: for each the pages it starts with, the folders it takes whole, and where it may lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.catalogue import Catalogue
from generator.facts import Fact
from generator.item import Item
from generator.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Start:
    """A page that a pack starts with: its path below the site root and what it is called."""

    path: str
    label: str
    fact: Fact | None = None
    """The name of the item that it is about, shown after the label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What one pack is made for."""

    name: str
    label: str
    starts: tuple[Start, ...]
    whole: tuple[str, ...]
    """Files, and folders with a slash at the end, that the pack takes whole."""


def devices_of(hall: Item, catalogue: Catalogue) -> list[Device]:
    """Return the devices of a hall: a screen for each window, the kiosk, and the boards with everything on paper."""
    base, numbers = hall.path, [window.no for window in _windows(hall)]
    handouts = tuple(_handouts(hall, catalogue))
    papers = tuple(f"handouts/{start.path.split('/')[1]}/" for start in handouts)
    boards = (Start(f"{base}/fees/index.html", "收费公示"), Start(f"{base}/plan/index.html", "平面图和窗口目录"))
    led = (Start(f"{base}/led.txt", "LED 屏文字"),) if getattr(hall, "led", None) else ()
    own = (f"{base}/fees/", f"{base}/plan/", f"{base}/led.txt", f"{base}/led.json")
    kiosk = (Start(f"{base}/kiosk/index.html", "查询机"),)
    return [
        *(_screen(base, no) for no in numbers),
        Device(name="kiosk", label="查询机", starts=kiosk, whole=(f"{base}/kiosk/", *papers)),
        Device(name="boards", label="公示和告知单", starts=(*boards, *led, *handouts), whole=(*own, *papers)),
    ]


def _windows(hall: Item) -> Any:
    return getattr(hall, "windows", ())


def _screen(base: str, no: str) -> Device:
    folder = f"{base}/windows/{no.lower()}/"
    start = Start(f"{folder}index.html", f"{no} 窗口")
    return Device(name=f"window-{no.lower()}", label=f"{no} 窗口屏", starts=(start,), whole=(folder,))


def _handouts(hall: Item, catalogue: Catalogue) -> Iterator[Start]:
    """Yield the handouts of the guides handled in a hall; a withdrawn one has none."""
    for guide in catalogue.referring("guide", hall):
        if not guide.is_withdrawn(catalogue.today):
            name = catalogue.sheet(guide).facts["name"]
            yield Start(f"handouts/{guide.id}/index.html", "一次性告知单", name)


def is_printed(path: str, hall: Item) -> bool:
    """Tell whether a page is made for paper. Nobody taps on paper: its links may lead out of a pack, unfollowed."""
    return path.startswith(("handouts/", f"{hall.path}/fees/", f"{hall.path}/plan/"))


def may_lead_to(path: str, hall: Item) -> bool:
    """Tell whether a page of a pack may lead to another, which then belongs to the pack: a document of the hall."""
    inner = ("kiosk/", "fees/", "plan/", "windows/", "led.")
    return path.startswith(("assets/", "handouts/", *(f"{hall.path}/{name}" for name in inner)))


def missing_starts(devices: list[Device], files: set[str]) -> Iterator[Problem]:
    """Yield a problem for each start page that the site does not have."""
    for path in sorted({start.path for device in devices for start in device.starts} - files):
        hint = "请用完整的 site_theme 重新生成站点。"
        yield Problem(
            place=Place(path=path), code="missing-page", message="站点里没有这一页，离线包缺它不可", hint=hint
        )
