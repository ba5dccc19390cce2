"""The results as a plot: who builds how long from nothing, what our build costs after an edit, and how all grow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from tests.bench.growth import Curve, growth
from tests.bench.results import OURS, Results
from tests.bench.scenarios import COLD, LABELS, SCENARIOS

WIDTH, LEFT, RIGHT = 880, 250, 720
_BAR, _GAP, _HEAD = 16, 6, 44
_STYLE = """\
<style>
  .paper { fill: #fff } .ink { fill: #1d1d1b } .soft { fill: #5b5b57 }
  .ours { fill: #b3261e } .ours.pale { fill: #e0908b } .peer { fill: #6d7782 } .peer.pale { fill: #b3bac1 }
  .axis { stroke: #c9c9c4 } polyline { fill: none; stroke-width: 2 }
  .l-ours { stroke: #b3261e } .l-peer { stroke: #6d7782 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #161618 } .ink { fill: #ededeb } .soft { fill: #a9a9a5 }
    .ours { fill: #ff8a80 } .ours.pale { fill: #9c4f49 } .peer { fill: #9aa4ae } .peer.pale { fill: #59626b }
    .axis { stroke: #45454a } .l-ours { stroke: #ff8a80 } .l-peer { stroke: #9aa4ae }
  }
  text { font: 14px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif }
  .title { font-size: 17px; font-weight: 600 } .figure { font-variant-numeric: tabular-nums }
</style>
"""


class Bar(NamedTuple):
    """One bar: what stands left of it, its seconds, how it looks; without a label it belongs to the bar above it.

    `more` is said after the seconds.
    """

    label: str
    seconds: float
    look: str
    more: str = ""


class Drawn(NamedTuple):
    """A part of the plot and its height."""

    parts: tuple[str, ...]
    height: int


def plot(results: Results) -> str:
    """Return the plot as SVG: readable in light and dark, every figure written out."""
    size = shown_size(results)
    panels = [
        _bars(f"From nothing, {size:,} guides, seconds", list(_cold(results, size))),
        _bars(f"Our build after an edit, {size:,} guides, with search, seconds", list(_edited(results, size))),
        _curves(results),
    ]
    drawn, top = [], 16
    for panel in (one for one in panels if one.parts):
        drawn.append(f'<g transform="translate(0 {top})">{"".join(panel.parts)}</g>')
        top += panel.height
    return _document(top, _said(results, size), drawn)


def shown_size(results: Results) -> int:
    """Return the size of the bars: 10,000, else the largest that was measured."""
    sizes = results.sizes() or [0]
    return 10_000 if 10_000 in sizes else sizes[-1]


def _cold(results: Results, size: int) -> Iterator[Bar]:
    for builder in results.builders():
        kind, label = ("ours" if builder == OURS else "peer"), results.labels.get(builder, builder)
        for scenario, look, more in zip(COLD, (kind, f"{kind} pale"), ("", " with search"), strict=True):
            median = results.median(builder, scenario, size)
            if median is not None:
                yield Bar(label, median, look, more)
                label = ""


def _edited(results: Results, size: int) -> Iterator[Bar]:
    for scenario in SCENARIOS:
        median = results.median(OURS, scenario.name, size)
        if median is not None and scenario.search:
            yield Bar(LABELS[scenario.name], median, "ours pale" if scenario.cold else "ours")


def _bars(title: str, bars: Sequence[Bar]) -> Drawn:
    if not bars:
        return Drawn((), 0)
    most = max(bar.seconds for bar in bars) or 1.0
    parts, top = [_text(24, 22, title, "title ink")], _HEAD
    for number, bar in enumerate(bars):
        top += _GAP if bar.label and number else 0
        length = max((RIGHT - LEFT) * bar.seconds / most, 1.0)
        parts.append(_text(LEFT - 12, top + 13, bar.label, "ink", "end"))
        parts.append(f'<rect class="{bar.look}" x="{LEFT}" y="{top}" width="{length:.1f}" height="{_BAR}" rx="2"/>')
        parts.append(_text(LEFT + length + 6, top + 13, _seconds(bar.seconds) + bar.more, "figure ink"))
        top += _BAR + 2
    return Drawn(tuple(parts), top + 26)


def _curves(results: Results) -> Drawn:
    curves = [curve for builder in results.builders() if len((curve := _curve(results, builder)).points) > 1]
    if not curves:
        return Drawn((), 0)
    title = _text(24, 22, "From nothing without search, seconds by number of guides, logarithmic axes", "title ink")
    return Drawn((title, *growth(curves, (90, WIDTH - 40), (_HEAD, _HEAD + 240))), _HEAD + 290)


def _curve(results: Results, builder: str) -> Curve:
    medians = ((size, results.median(builder, "cold", size)) for size in results.sizes())
    points = tuple((size, median) for size, median in medians if median)
    return Curve(results.labels.get(builder, builder), "ours" if builder == OURS else "peer", points)


def _said(results: Results, size: int) -> str:
    """Say in a sentence what is drawn, for whom the picture is read to."""
    bars = [f"{bar.label} {_seconds(bar.seconds)}" for bar in _cold(results, size) if bar.label]
    edits = [f"{bar.label} {_seconds(bar.seconds)}" for bar in _edited(results, size)]
    said = f"Seconds for {size:,} guides. From nothing: {'; '.join(bars) or 'not measured'}."
    return f"{said} Ours with search: {'; '.join(edits)}." if edits else said


def _document(height: int, said: str, drawn: Sequence[str]) -> str:
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
            ' role="img" aria-labelledby="title said">',
            f'<title id="title">Build times</title>\n<desc id="said">{escape(said)}</desc>',
            f'{_STYLE}<rect class="paper" width="{WIDTH}" height="{height}" rx="8"/>',
            *drawn,
            "</svg>\n",
        )
    )


def _text(x: float, y: float, said: str, look: str, anchor: str = "start") -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>' if said else ""


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 100 else f"{seconds:.1f} s" if seconds >= 10 else f"{seconds:.2f} s"
