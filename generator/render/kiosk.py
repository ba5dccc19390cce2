"""The touch-screen of a hall: pages of their own that need no script to be read and never lead out of their folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from generator.facts import Fact, Group, Sheet
from generator.kinds.guide import Guide
from generator.kinds.hall import Floor, Hall, Window
from generator.notes import ITEM, Notes, Query
from generator.outputs import Output, page_path
from generator.render.browse import browse_ways
from generator.render.changes import Change, coming_changes
from generator.render.lookup import KIOSK_SCRIPT, kiosk_lookup
from generator.render.opening import opening_calendar
from generator.render.pinyin import by_initial
from generator.render.site import Site
from generator.render.unit import Unit
from generator.seen import WHOLE, as_it_is
from generator.watched import Watched

CHANGES_SHOWN = 4
_HINTS = {
    "events": "结婚、生育、退休",
    "persons": "证件、户籍、社保",
    "legal": "开店、许可、变更",
    "departments": "知道归谁管的",
}


class Tile(NamedTuple):
    """A large button: where it leads below the kiosk, what it says, how many guides are behind it."""

    address: str
    label: Fact | str
    guides: int


class Way(NamedTuple):
    """A way to the guides of the hall: its list of tiles, and the guides behind each."""

    anchor: str
    label: str
    hint: str
    tiles: tuple[Tile, ...]
    shelves: tuple[tuple[Sheet, ...], ...]


class Seat(NamedTuple):
    """A window with what is said of it and of the way to it."""

    window: Window
    facts: Group
    floor: Fact
    zone: Fact | None
    lifts: tuple[Fact, ...]
    guides: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Kiosk:
    """The touch-screen of a hall with what all its pages need."""

    site: Site
    hall: Hall
    sheet: Sheet
    guides: tuple[Sheet, ...]
    """The guides handled in the hall that are in force."""

    @property
    def address(self) -> str:
        """The address of the start page."""
        return f"{self.hall.path}/kiosk"

    def page(self, template: str, inner: str, title: str, up: str = "", **context: Any) -> Output:
        """Return a page below the kiosk; `up` is where 返回上一页 leads without script."""
        address = f"{self.address}/{inner}".rstrip("/")
        home = "../" * (inner.count("/") + 1) if inner else ""
        made_from = (self.hall.path, *context.pop("made_from", ()))
        frame = {"home": home, "up": f"{home}{up}index.html", "title": title, "hall": self.sheet.tree}
        return self.site.document(f"hall/kiosk/{template}.html", address, made_from, **frame, **context)


Page = tuple[str, Callable[[], Output]]
"""The path of a file below the kiosk and what renders it."""


def kiosks(site: Site) -> list[Kiosk]:
    """Return the touch-screen of every hall."""
    return [_kiosk(site, hall) for hall in site.catalogue.all_of(Hall)]


def _kiosk(site: Site, hall: Hall) -> Kiosk:
    guides = (guide for guide in site.catalogue.all_of(Guide) if guide.hall == hall.id)
    return Kiosk(site, hall, site.catalogue.sheet(hall), tuple(site.sheets(_in_force(site, guides))))


def _in_force(site: Site, guides: Iterable[Guide]) -> list[Guide]:
    return [guide for guide in guides if not guide.is_withdrawn(site.today)]


def kiosk_units(site: Site) -> list[Unit]:
    """Return all touch-screens, file by file."""
    units: list[Unit] = []
    for hall in site.catalogue.all_of(Hall):
        kiosk, notes = watched_kiosk(site, hall)
        units.append(_search_unit(*watched_kiosk(site, hall)))  # it reads more of a guide than the pages do
        for inner, render in shared_pages(kiosk):
            units.append(Unit(f"{kiosk.address}/{inner}", partial(_one, render), notes=notes))
        alone = Kiosk(site, hall, site.catalogue.sheet(hall), ())
        units += [_guide_unit(alone, site.catalogue.sheet(as_it_is(sheet.item))) for sheet in kiosk.guides]
    return units


def _search_unit(kiosk: Kiosk, notes: Notes) -> Unit:
    return Unit(f"{kiosk.address}/{KIOSK_SCRIPT}", partial(_one, partial(search_lookup, kiosk)), notes=notes)


def watched_kiosk(site: Site, hall: Hall) -> tuple[Kiosk, Notes]:
    """Return the touch-screen of a hall with the notes of what is read of the items that it shows."""
    notes = Notes(by_kind=True)
    watched = replace(site, catalogue=Watched(site.catalogue, notes))
    return _kiosk(watched, next(one for one in watched.catalogue.all_of(Hall) if one.id == hall.id)), notes


def _one(render: Callable[[], Output], _: Site) -> tuple[Output]:
    return (render(),)


def _guide_unit(kiosk: Kiosk, sheet: Sheet) -> Unit:
    path = sheet.item.path
    asks = frozenset(Query(ITEM, path=each, fields=WHOLE) for each in (path, kiosk.hall.path))
    return Unit(f"{kiosk.address}/{path}", partial(_guide_page, kiosk, sheet), asks, path)


def _guide_page(kiosk: Kiosk, sheet: Sheet, site: Site) -> tuple[Output]:
    return (guide_page(replace(kiosk, site=site), sheet),)


def search_lookup(kiosk: Kiosk) -> Output:
    """Return what the search engine works on."""
    return kiosk_lookup(kiosk.site, kiosk.address, kiosk.guides)


def kiosk_paths(kiosk: Kiosk) -> list[str]:
    """Return the paths of all files below the touch-screen's folder, for whoever copies or keeps it."""
    inner = [address for address, _ in shared_pages(kiosk)] + [_guide_address(sheet) for sheet in kiosk.guides]
    return [KIOSK_SCRIPT, *(page_path(address) for address in inner)]


def shared_pages(kiosk: Kiosk) -> Iterator[Page]:
    """Yield all pages but the guides, each with its address below the kiosk."""
    ways = _ways(kiosk)
    yield "", partial(start_page, kiosk, ways)
    yield "search", partial(search_page, kiosk)
    for way in ways:
        yield way.anchor, partial(way_page, kiosk, way)
        for tile, sheets in zip(way.tiles, way.shelves, strict=True):
            yield tile.address, partial(shelf_page, kiosk, way, tile, sheets)
    yield "windows", partial(windows_page, kiosk)
    for window in kiosk.hall.windows:
        yield window_address(window.no), partial(window_page, kiosk, window)
    for floor in kiosk.hall.floors:
        yield floor_address(floor), partial(floor_page, kiosk, floor)


def window_address(no: str) -> str:
    """Return the address of a window's page below the kiosk."""
    return f"windows/{no.lower()}"


def floor_address(floor: Floor) -> str:
    """Return the address of a floor's page below the kiosk."""
    return f"floors/{floor.number}"


def _guide_address(sheet: Sheet) -> str:
    return f"guides/{sheet.item.id}"


def _ways(kiosk: Kiosk) -> list[Way]:
    """Return the ways to browse with the guides of this hall only; windows have pages of their own."""
    here = {sheet.item.id for sheet in kiosk.guides}
    ways = []
    for way in browse_ways(kiosk.site):
        if way.anchor not in _HINTS:
            continue
        found = [(shelf, tuple(sheet for sheet in shelf.sheets if sheet.item.id in here)) for shelf in way.shelves]
        kept = [(shelf, sheets) for shelf, sheets in found if sheets]
        tiles = tuple(
            Tile(f"{way.anchor}/{shelf.anchor}", _shelf_label(kiosk, shelf.anchor, shelf.label), len(sheets))
            for shelf, sheets in kept
        )
        ways.append(Way(way.anchor, way.label, _HINTS[way.anchor], tiles, tuple(sheets for _, sheets in kept)))
    return ways


def _shelf_label(kiosk: Kiosk, anchor: str, label: str) -> Fact | str:
    """Return the department's own short name, which is a fact, or the heading of the code list."""
    kind, _, identifier = anchor.partition("-")
    department = kiosk.site.catalogue.find(kind, identifier) if kind == "department" else None
    return kiosk.site.catalogue.sheet(department).facts["short_name"] if department else label


def start_page(kiosk: Kiosk, ways: list[Way]) -> Output:
    """Return the page that the touch-screen comes back to."""
    by_id = {sheet.item.id: sheet for sheet in kiosk.guides}
    return kiosk.page(
        "start",
        "",
        kiosk.hall.name,
        ways=ways,
        popular=[by_id[name] for name in kiosk.site.settings.popular if name in by_id],
        changes=_fee_changes(kiosk.site),
        calendar=opening_calendar(kiosk.hall, kiosk.site.today),
        first_floor=floor_address(kiosk.hall.floors[0]),
    )


def _fee_changes(site: Site) -> list[Change]:
    return [change for change in coming_changes(site) if change.before and change.after][:CHANGES_SHOWN]


def search_page(kiosk: Kiosk) -> Output:
    """Return the search with its keyboard, and all guides by first letter for a screen without script."""
    return kiosk.page("search", "search", "搜索", letters=by_initial(kiosk.guides), data_file=KIOSK_SCRIPT)


def way_page(kiosk: Kiosk, way: Way) -> Output:
    """Return the shelves of a way to browse."""
    return kiosk.page("way", way.anchor, way.label, way=way)


def shelf_page(kiosk: Kiosk, way: Way, tile: Tile, sheets: tuple[Sheet, ...]) -> Output:
    """Return the guides of a shelf."""
    label = tile.label.text if isinstance(tile.label, Fact) else tile.label
    return kiosk.page(
        "shelf", tile.address, f"{way.label}：{label}", up=f"{way.anchor}/", way=way, label=tile.label, sheets=sheets
    )


def windows_page(kiosk: Kiosk) -> Output:
    """Return all windows by floor."""
    return kiosk.page("windows", "windows", "按窗口", seats=[_seat(kiosk, window) for window in kiosk.hall.windows])


def window_page(kiosk: Kiosk, window: Window) -> Output:
    """Return a window: the way to it on the plan and in words, and what is handled there."""
    seat = _seat(kiosk, window)
    inner = window_address(window.no)
    return kiosk.page("window", inner, f"{window.no} 窗口", up="windows/", seat=seat, data=kiosk.hall)


def floor_page(kiosk: Kiosk, floor: Floor) -> Output:
    """Return the plan of a floor with its windows."""
    seats = [_seat(kiosk, window) for window in kiosk.hall.windows if window.floor == floor.number]
    inner = floor_address(floor)
    return kiosk.page("floor", inner, floor.name, floor=floor, seats=seats, data=kiosk.hall)


def guide_page(kiosk: Kiosk, sheet: Sheet) -> Output:
    """Return a guide, the answer first."""
    return kiosk.page(
        "guide",
        _guide_address(sheet),
        sheet.item.name,
        made_from=(sheet.item.path,),
        item=sheet.tree,
        path=sheet.item.path,
        fingerprint=sheet.fingerprint,
        handout=f"handouts/{sheet.item.id}/index.html",
    )


def _seat(kiosk: Kiosk, window: Window) -> Seat:
    facts = kiosk.sheet.facts
    floor = next(entry for entry in kiosk.sheet.tree.floors if entry.number.value == str(window.floor))
    return Seat(
        window=window,
        facts=next(entry for entry in kiosk.sheet.tree.windows if entry.no.value == window.no),
        floor=floor.name,
        zone=facts.get(f"floors.{window.floor}.zones.{window.zone}.name"),
        lifts=tuple(fact for fact in floor.facilities if "电梯" in fact.text),
        guides=tuple(sheet for sheet in kiosk.guides if window.no in getattr(sheet.item, "every_window", ())),
    )
