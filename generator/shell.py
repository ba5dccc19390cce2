"""The page around an article: rendered once by the engine for each section and depth, filled for every page.

A shell is the engine's HTML with marks where title, description, canonical link, tags, breadcrumbs and article go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

SLOTS = ("title", "description", "canonical", "tags", "breadcrumbs", "article")
_MARK = re.compile(r"@@(" + "|".join(SLOTS) + r")@@")


def mark(slot: str) -> str:
    """Return the text that stands for a slot in the engine's templates."""
    return f"@@{slot}@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page puts into a shell. `article` is HTML, everything else plain text."""

    title: str
    description: str
    article: str
    address: str
    breadcrumbs: tuple[tuple[str, str], ...] = ()
    """Label and address of each page above, from the second level on."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Meta tags of the page, by name."""


class Shell:
    """An engine's page cut at its marks."""

    def __init__(self, html: str, base: str) -> None:
        self.base = base
        parts = _MARK.split(html)
        self._static, self._slots = parts[0::2], parts[1::2]
        if missing := set(SLOTS) - set(self._slots):
            raise ValueError("、".join(sorted(missing)))

    def fill(self, page: Page, site_url: str) -> str:
        """Return the HTML of a page."""
        address = f"{page.address}/" if page.address else ""
        values = {
            "title": escape(page.title),
            "description": escape(page.description),
            "canonical": escape(site_url + address),
            "tags": "".join(_tag(name, content) for name, content in page.tags.items()),
            "breadcrumbs": self._breadcrumbs(page),
            "article": page.article,
        }
        pieces = [self._static[0]]
        for slot, text in zip(self._slots, self._static[1:], strict=True):
            pieces += (values[slot], text)
        return "".join(pieces)

    def _breadcrumbs(self, page: Page) -> str:
        links = "".join(
            f'<li><a href="{self.base}{escape(address)}/">{escape(label)}</a></li>'
            for label, address in page.breadcrumbs
        )
        if not page.address:  # the home page is the top: nothing stands above it
            return ""
        return f'<li><a href="{self.base}">首页</a></li>{links}'


def _tag(name: str, content: str) -> str:
    return f'<meta name="{escape(name)}" content="{escape(content)}">'


def base_of(address: str) -> str:
    """Return the relative way from a page's address to the site root: `../../` for `guides/id-card-loss`."""
    return "../" * (address.count("/") + 1) if address else ""
