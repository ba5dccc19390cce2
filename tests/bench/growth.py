"""The part of the plot that shows how times grow with the number of guides, on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

Span = tuple[float, float]
Scale = Callable[[float], float]
_DASHES = ("", "7 4", "2 4", "9 3 2 3", "14 4", "1 2", "5 2 1 2")
_LINE = 22
_NAMES = 220
"""How much room the names have beside the axes."""


class Curve(NamedTuple):
    """Whose curve, how it looks, and seconds by number of guides."""

    label: str
    look: str
    points: tuple[tuple[int, float], ...]


def growth(curves: Sequence[Curve], across: Span, down: Span) -> Iterator[str]:
    """Yield the axes and the curves between two edges each way, and beside them what each curve is."""
    sizes = sorted({size for curve in curves for size, _ in curve.points})
    times = [seconds for curve in curves for _, seconds in curve.points]
    right = across[1] - _NAMES
    x = _scale((sizes[0], sizes[-1]), (across[0] + 20, right - 20))
    y = _scale((_decade(min(times)), _decade(max(times), up=True)), (down[1], down[0]))
    yield from _axes(sizes, (min(times), max(times)), x, y, ((across[0], right), down))
    for number, curve in enumerate(curves):
        look = f'class="l-{curve.look}" stroke-dasharray="{_DASHES[number % len(_DASHES)]}"'
        points = " ".join(f"{x(size):.1f},{y(seconds):.1f}" for size, seconds in curve.points)
        yield f'<polyline {look} points="{points}"/>'
        for size, seconds in curve.points:
            yield f'<circle class="{curve.look}" cx="{x(size):.1f}" cy="{y(seconds):.1f}" r="3.5"/>'
        top = down[0] + 8 + number * _LINE
        yield f'<polyline {look} points="{right + 20:.1f},{top:.1f} {right + 60:.1f},{top:.1f}"/>'
        yield _text(right + 70, top + 5, curve.label, "ink")


def _axes(
    sizes: Sequence[int],
    times: Span,
    x: Callable[[float], float],
    y: Callable[[float], float],
    edges: tuple[Span, Span],
) -> Iterator[str]:
    (left, right), (_, bottom) = edges
    for size in sizes:
        yield _text(x(size), bottom + 22, f"{size:,}", "figure soft", "middle")
    tick = _decade(times[0])
    while tick <= _decade(times[1], up=True):
        yield f'<line class="axis" x1="{left:.1f}" x2="{right:.1f}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>'
        yield _text(left - 12, y(tick) + 5, f"{tick:g} s", "figure soft", "end")
        tick *= 10


def _scale(values: Span, places: Span) -> Scale:
    low, high = (math.log10(value) for value in values)
    start, end = places
    return lambda value: start + (end - start) * (math.log10(value) - low) / (high - low)


def _decade(seconds: float, up: bool = False) -> float:
    power = math.log10(seconds)
    return float(10 ** (math.ceil(power) if up else math.floor(power)))


def _text(x: float, y: float, said: str, look: str, anchor: str = "start") -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
