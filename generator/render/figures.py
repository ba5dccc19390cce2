"""Drawings made from data: the steps of a guide, the plan of a floor, QR codes, small charts; all inline SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from html import escape
from math import isqrt
from typing import Any

from markupsafe import Markup
from zxingcpp import BarcodeFormat, create_barcode

from generator.facts import Fact, Group

_QUIET_ZONE = 4  # modules of light around a code, ISO/IEC 18004
_RUN = re.compile(b"\x00+|\xff+|\n")  # dark and light modules, the end of a row
_BOX_WIDTH, _BOX_HEIGHT, _GAP = 150, 86, 26


def qr_code(text: str, label: str) -> Markup:
    """Return a QR code as inline SVG with a label for screen readers."""
    side, lines = _drawn(text)
    return Markup(
        f'<svg role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'class="qr"><path stroke="#000" d="M{_QUIET_ZONE} {_QUIET_ZONE}.5{lines}"/></svg>'
    )


@lru_cache(maxsize=8)  # a guide's page and its handout carry the same code
def _drawn(text: str) -> tuple[int, str]:
    """Return how many modules a code measures with its quiet zone, and its path after the first point."""
    barcode = create_barcode(text, BarcodeFormat.QRCode, ec_level="M")
    image: Any = barcode.to_image(scale=1, add_quiet_zones=False)  # its stub leaves out that it is a buffer
    modules = memoryview(image).tobytes()
    size = isqrt(len(modules))
    rows = b"\n".join(modules[start : start + size] for start in range(0, size * size, size))
    lines = "".join(map(_strokes(size).__getitem__, _RUN.findall(rows)))
    return size + 2 * _QUIET_ZONE, lines


@cache
def _strokes(size: int) -> Mapping[bytes, str]:
    """Return what a path does for each run of a code: a line over dark modules, a move over light ones or rows."""
    runs = range(1, size + 1)
    dark, light = {b"\x00" * run: f"h{run}" for run in runs}, {b"\xff" * run: f"m{run} 0" for run in runs}
    return {**dark, **light, b"\n": f"m-{size} 1"}


def step_flow(steps: Sequence[Group]) -> Markup:
    """Draw the steps of a procedure as boxes joined by arrows, wrapped to rows of four.

    The drawing repeats what the numbered list beside it says, so it is hidden from screen readers.
    """
    rows = -(-len(steps) // 4)
    columns = min(len(steps), 4)
    width = columns * (_BOX_WIDTH + _GAP) - _GAP + 4
    height = rows * (_BOX_HEIGHT + _GAP) - _GAP + 4
    shapes = "".join(_step(index, step, len(steps)) for index, step in enumerate(steps))
    return Markup(
        f'<svg class="flow" viewBox="-2 -2 {width} {height}" style="max-width:{width}px" aria-hidden="true" '
        f'focusable="false">{shapes}</svg>'
    )


def _step(index: int, step: Group, total: int) -> str:
    row, column = divmod(index, 4)
    x, y = column * (_BOX_WIDTH + _GAP), row * (_BOX_HEIGHT + _GAP)
    middle = x + _BOX_WIDTH / 2
    time = step.days.fact.text if step.days else ""
    lines = (
        f'<rect x="{x}" y="{y}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="4"/>'
        f'<text class="flow-name" x="{middle}" y="{y + 30}">{index + 1} {escape(_cut(step.name, 8))}</text>'
        f'<text x="{middle}" y="{y + 52}">{escape(_cut(step.actor, 10))}</text>'
        f'<text x="{middle}" y="{y + 72}">{escape(time)}</text>'
    )
    if index + 1 == total:
        return lines
    if column == 3:  # the last box of a row: down and back to the first column
        turn = y + _BOX_HEIGHT + _GAP / 2
        way = f"M{middle} {y + _BOX_HEIGHT}V{turn}H{_BOX_WIDTH / 2}v{_GAP / 2 - 3}"
        return f'{lines}<path d="{way}"/>{_head(_BOX_WIDTH / 2, turn + _GAP / 2, down=True)}'
    start, centre = x + _BOX_WIDTH, y + _BOX_HEIGHT / 2
    return f'{lines}<path d="M{start} {centre}h{_GAP - 4}"/>{_head(start + _GAP, centre, down=False)}'


def _head(x: float, y: float, *, down: bool) -> str:
    tip = f"M{x - 5} {y - 7}L{x} {y}L{x + 5} {y - 7}z" if down else f"M{x - 7} {y - 5}L{x} {y}L{x - 7} {y + 5}z"
    return f'<path class="flow-head" d="{tip}"/>'


def _cut(fact: Fact, length: int) -> str:
    return fact.text if len(fact.text) <= length else f"{fact.text[: length - 1]}…"


def floor_plan(hall: object, number: int, highlighted: Sequence[str] = ()) -> Markup:
    """Draw a floor of a hall from the coordinates of its zones and windows, in metres times ten."""
    floor = next(entry for entry in hall.floors if entry.number == number)  # type: ignore[attr-defined]
    shapes = [f'<rect class="plan-floor" width="{floor.width * 10}" height="{floor.height * 10}"/>']
    for zone in floor.zones:
        x, y, width, height = (10 * metres for metres in (zone.x, zone.y, zone.width, zone.height))
        shapes.append(
            f'<rect class="plan-zone" x="{x}" y="{y}" width="{width}" height="{height}"/>'
            f'<text class="plan-zone-name" x="{x + width / 2}" y="{y + height - 12}">{escape(zone.name)}</text>'
        )
    for window in hall.windows:  # type: ignore[attr-defined]
        if window.floor == number:
            lit = " plan-here" if window.no in highlighted else ""
            x, y = 10 * window.x, 10 * window.y
            shapes.append(
                f'<g class="plan-window{lit}"><rect x="{x - 14}" y="{y - 9}" width="28" height="18" rx="2"/>'
                f'<text x="{x}" y="{y + 4}">{escape(window.no)}</text></g>'
            )
    title = escape(f"{floor.name}平面图")
    view = f"-4 -4 {floor.width * 10 + 8} {floor.height * 10 + 8}"
    return Markup(
        f'<div class="plan" role="group" tabindex="0" aria-label="{title}"><svg role="img" aria-label="{title}" '
        f'viewBox="{view}">{"".join(shapes)}</svg></div>'
    )
