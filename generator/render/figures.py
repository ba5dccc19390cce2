"""Drawings made from data: the steps of a guide, the plan of a floor, QR codes, small charts; all inline SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from generator.facts import Fact, Group
from generator.render.qr import qr_rows

_QUIET_ZONE = 2
_DARK = re.compile("1+")
_BOX_WIDTH, _BOX_HEIGHT, _GAP = 150, 86, 26


def qr_code(text: str, label: str) -> Markup:
    """Return a QR code as inline SVG with a label for screen readers."""
    rows = qr_rows(text)
    side = len(rows) + 2 * _QUIET_ZONE
    return Markup(
        f'<svg role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'class="qr"><path stroke="#000" d="{_dark_runs(rows)}"/></svg>'
    )


def _dark_runs(rows: Sequence[str]) -> str:
    """Return a path along the dark modules of each row, every stroke relative to the end of the one before."""
    strokes = []
    last_x, last_y = -_QUIET_ZONE, 0
    for y, row in enumerate(rows):
        for run in _DARK.finditer(row):
            start, end = run.span()
            strokes.append(f"m{start - last_x} {y - last_y}h{end - start}")
            last_x, last_y = end, y
    return f"M{_QUIET_ZONE} {_QUIET_ZONE}.5{''.join(strokes).partition(' 0')[2]}"


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
        f'<svg class="flow" viewBox="-2 -2 {width} {height}" style="max-width:{width}px" aria-hidden="true" focusable="false">'
        f"{shapes}</svg>"
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
        return f'{lines}<path d="M{middle} {y + _BOX_HEIGHT}V{turn}H{_BOX_WIDTH / 2}v{_GAP / 2 - 3}"/>{_head(_BOX_WIDTH / 2, turn + _GAP / 2, down=True)}'
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
        shapes.append(
            f'<rect class="plan-zone" x="{zone.x * 10}" y="{zone.y * 10}" width="{zone.width * 10}" height="{zone.height * 10}"/>'
            f'<text class="plan-zone-name" x="{zone.x * 10 + zone.width * 5}" y="{(zone.y + zone.height) * 10 - 12}">{escape(zone.name)}</text>'
        )
    for window in hall.windows:  # type: ignore[attr-defined]
        if window.floor == number:
            lit = " plan-here" if window.no in highlighted else ""
            shapes.append(
                f'<g class="plan-window{lit}"><rect x="{window.x * 10 - 14}" y="{window.y * 10 - 9}" width="28" height="18" rx="2"/>'
                f'<text x="{window.x * 10}" y="{window.y * 10 + 4}">{escape(window.no)}</text></g>'
            )
    title = escape(f"{floor.name}平面图")
    view = f"-4 -4 {floor.width * 10 + 8} {floor.height * 10 + 8}"
    return Markup(
        f'<div class="plan" role="group" tabindex="0" aria-label="{title}"><svg role="img" aria-label="{title}" '
        f'viewBox="{view}">{"".join(shapes)}</svg></div>'
    )
