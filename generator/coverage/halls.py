"""Which media of the halls show an item: windows' screens, kiosks, fee boards, LED screens, handouts."""

from __future__ import annotations

from collections.abc import Mapping

from generator.catalogue import Catalogue
from generator.channels import CHANNELS, channel_of
from generator.kinds.announcement import Announcement
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.outputs import page_path

LED_NOTICES = 6
"""How many notices an LED screen shows, the latest first."""
_SCREENS = frozenset({"screen", "kiosk", "led", "board"})

Shown = Mapping[str, tuple[str, ...]]
"""Paths of the files in halls that show an item, by the item's path."""


def shown_in_halls(catalogue: Catalogue) -> Shown:
    """Return where in the halls each item is shown."""
    found: dict[str, dict[str, None]] = {}
    for guide in catalogue.all_of(Guide):
        hall = catalogue.find("hall", guide.hall) if guide.hall else None
        if isinstance(hall, Hall) and not guide.is_withdrawn(catalogue.today):
            found.setdefault(guide.path, {}).update(dict.fromkeys(_of_guide(guide, hall)))
            for use in guide.fees:
                found.setdefault(f"fees/{use.fee}", {})[page_path(f"{hall.path}/fees")] = None
    for hall in catalogue.all_of(Hall):
        for announcement in _notices(catalogue) if hall.led else ():
            found.setdefault(announcement.path, {})[f"{hall.path}/led.txt"] = None
    return {path: tuple(files) for path, files in found.items()}


def _of_guide(guide: Guide, hall: Hall) -> list[str]:
    windows = [no for no in guide.every_window if hall.window(no)]
    screens = [page_path(f"{hall.path}/windows/{no.lower()}") for no in windows]
    return [*screens, page_path(f"{hall.path}/kiosk/{guide.path}"), page_path(f"handouts/{guide.id}")]


def _notices(catalogue: Catalogue) -> list[Announcement]:
    current = [item for item in catalogue.all_of(Announcement) if not item.is_withdrawn(catalogue.today)]
    notices = [item for item in current if item.column == "通知公告"]
    return sorted(notices, key=lambda item: (item.published, item.id), reverse=True)[:LED_NOTICES]


def media_of(files: tuple[str, ...]) -> list[str]:
    """Name the media that some files are for: 窗口屏, 查询机."""
    return list(dict.fromkeys(CHANNELS[channel_of(path)][1] for path in files))


def on_screens(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some files that an electronic screen shows."""
    return tuple(path for path in files if channel_of(path) in _SCREENS)
