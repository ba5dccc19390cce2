"""Halls: a plan on which every window has its own number and spot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem
from generator.kinds.hall import Floor, Hall, Window, Zone
from generator.near_miss import guess


def numbers_are_unique(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two windows, floors or zones of a hall with one number (窗口示意图: each window is found by its number)."""
    for hall in catalogue.all_of(Hall):
        lists: list[tuple[str, PathInItem, str, list[str]]] = [
            ("window", ("windows",), "no", [window.no for window in hall.windows]),
            ("floor", ("floors",), "number", [str(floor.number) for floor in hall.floors]),
        ]
        for index, floor in enumerate(hall.floors):
            lists.append(("zone", ("floors", index, "zones"), "id", [zone.id for zone in floor.zones]))
        for what, path, key, numbers in lists:
            for row in _repeated(numbers):
                message = f"{_WHAT[what]}「{numbers[row]}」写了两次"
                hint = f"同一大厅里{_WHAT[what]}不能重复；请核对墙上挂的号。" if what == "window" else "请改其中一个。"
                yield Finding(item=hall, path=(*path, row, key), code=f"duplicate-{what}", message=message, hint=hint)


_WHAT = {"window": "窗口号", "floor": "楼层", "zone": "分区编号"}


def windows_are_on_the_plan(catalogue: Catalogue) -> Iterator[Finding]:
    """Find windows on a floor or in a zone that the hall does not have, or outside their zone (窗口示意图)."""
    for hall, index, window in _windows(catalogue):
        floor = _floor(hall, window.floor)
        path: PathInItem = ("windows", index)
        if floor is None:
            known = "、".join(str(each.number) for each in hall.floors)
            message, hint = f"窗口 {window.no} 在 {window.floor} 楼，大厅没有这一层", f"已写的楼层：{known}。"
            yield Finding(item=hall, path=(*path, "floor"), code="window-floor", message=message, hint=hint)
            continue
        zone = next((zone for zone in floor.zones if zone.id == window.zone), None)
        if zone is None:
            ids = [each.id for each in floor.zones]
            message = f"{window.floor} 楼没有分区「{window.zone}」"
            hint = f"{guess(window.zone, ids)}本层的分区：{'、'.join(ids) or '一个也没有写'}。"
            yield Finding(item=hall, path=(*path, "zone"), code="window-zone", message=message, hint=hint)
        elif not _holds(zone, window):
            message = f"窗口 {window.no} 的位置（{window.x}，{window.y}）不在「{zone.name}」里"
            hint = (
                f"该分区横向 {zone.x}–{zone.x + zone.width} 米，纵向 {zone.y}–{zone.y + zone.height} 米；请核对 x、y。"
            )
            yield Finding(item=hall, path=(*path, "x"), code="window-outside-zone", message=message, hint=hint)


def windows_stand_apart(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two windows at one spot of a floor (窗口示意图)."""
    spots: dict[tuple[str, int, int, int], str] = {}
    for hall, index, window in _windows(catalogue):
        holder = spots.setdefault((hall.id, window.floor, window.x, window.y), window.no)
        if holder != window.no:
            yield Finding(
                item=hall,
                path=("windows", index, "x"),
                code="windows-one-spot",
                message=f"窗口 {window.no} 与窗口 {holder} 在同一个位置（{window.floor} 楼 {window.x}，{window.y}）",
                hint="请核对 x、y，平面图上两个窗口会叠在一起。",
            )


def zones_fit_on_their_floor(catalogue: Catalogue) -> Iterator[Finding]:
    """Find zones that reach beyond the plan of their floor (楼层图)."""
    for hall, path, floor in _floors(catalogue):
        for index, zone in enumerate(floor.zones):
            if zone.x + zone.width > floor.width or zone.y + zone.height > floor.height:
                yield Finding(
                    item=hall,
                    path=(*path, "zones", index),
                    code="zone-outside-floor",
                    message=f"分区「{zone.name}」到（{zone.x + zone.width}，{zone.y + zone.height}），"
                    f"超出本层平面图（{floor.width}，{floor.height}）",
                    hint="请核对分区的位置和大小，或平面图的宽和高。",
                )


def zones_do_not_overlap(catalogue: Catalogue) -> Iterator[Finding]:
    """Find two zones of a floor that cover one spot (楼层图)."""
    for hall, path, floor in _floors(catalogue):
        for (_, first), (index, second) in combinations(enumerate(floor.zones), 2):
            if _overlap(first, second):
                yield Finding(
                    item=hall,
                    path=(*path, "zones", index),
                    code="zones-overlap",
                    message=f"分区「{second.name}」与「{first.name}」重叠",
                    hint="请核对两个分区的 x、y、width、height；边挨着边不算重叠。",
                )


def _windows(catalogue: Catalogue) -> Iterator[tuple[Hall, int, Window]]:
    for hall in catalogue.all_of(Hall):
        for index, window in enumerate(hall.windows):
            yield hall, index, window


def _floors(catalogue: Catalogue) -> Iterator[tuple[Hall, PathInItem, Floor]]:
    for hall in catalogue.all_of(Hall):
        for index, floor in enumerate(hall.floors):
            yield hall, ("floors", index), floor


def _floor(hall: Hall, number: int) -> Floor | None:
    return next((floor for floor in hall.floors if floor.number == number), None)


def _repeated(numbers: Iterable[str]) -> Iterator[int]:
    seen = set()
    for row, number in enumerate(numbers):
        if number in seen:
            yield row
        seen.add(number)


def _holds(zone: Zone, window: Window) -> bool:
    return zone.x <= window.x <= zone.x + zone.width and zone.y <= window.y <= zone.y + zone.height


def _overlap(first: Zone, second: Zone) -> bool:
    across = first.x < second.x + second.width and second.x < first.x + first.width
    return across and first.y < second.y + second.height and second.y < first.y + first.height
