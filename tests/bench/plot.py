"""The results as a plot."""

from __future__ import annotations

from tests.bench.results import Results


def plot(results: Results) -> str:
    """Return the plot as SVG."""
    return "<svg xmlns='http://www.w3.org/2000/svg'/>"
