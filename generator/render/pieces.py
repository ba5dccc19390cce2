"""Small pieces of HTML that every kind's page repeats a hundred times: facts with links, rows of labels and facts.

Filters in Python and not Jinja macros, which took a quarter of a page's time. A fact prints its own mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from markupsafe import Markup

from generator.facts import Fact


def linked(fact: Fact, base: str) -> Markup:
    """Return a fact, linked to the item that it refers to; `base` leads to the site root."""
    return Markup(_linked(base, fact))


def series(facts: Iterable[Fact], base: str) -> Markup:
    """Return facts set apart by 、, which no line starts with."""
    return Markup(_series(base, facts))


def row(fact: Fact, label: str = "", base: str = "") -> Markup:
    """Return a labelled row of a list of pairs, nothing where there is no fact."""
    return _pair(label or fact.label, _linked(base, fact)) if fact else Markup()


def row_list(facts: Sequence[Fact], label: str, base: str = "") -> Markup:
    """Return a labelled row with several facts, nothing where there are none."""
    return _pair(label, _series(base, facts)) if facts else Markup()


def points(facts: Iterable[Fact]) -> Markup:
    """Return facts as a list, nothing where there are none."""
    entries = "".join(f"<li>{fact.__html__()}</li>" for fact in facts)
    return Markup(f'<ul class="points">{entries}</ul>' if entries else "")


def _pair(label: str, html: str) -> Markup:
    return Markup(f"<div><dt>{escape(label)}</dt><dd>{html}</dd></div>")


def _linked(base: str, fact: Fact) -> str:
    return f'<a href="{base}{fact.target}/">{fact.__html__()}</a>' if fact.target else fact.__html__()


def _series(base: str, facts: Iterable[Fact]) -> str:
    entries = '、</span><span class="item">'.join(_linked(base, fact) for fact in facts)
    return f'<span class="item">{entries}</span>' if entries else ""
