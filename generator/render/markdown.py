"""Markdown of items → HTML without raw HTML or unsafe links."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@cache
def _parser() -> MarkdownIt:
    # html=False escapes tags; the parser's own link check refuses javascript:, vbscript:, file: and data:.
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown_html(text: str, base: str = "") -> str:
    """Render Markdown for a page from which `base` leads to the site root, where links such as /fees/ start.

    Headings start at the second level, because the page has its title.
    """
    tokens = _parser().parse(text)
    lowest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=2)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2 - min(lowest, 2), 6)}"
        _make_relative(token.children or (), base)
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html


def _make_relative(tokens: Sequence[Token], base: str) -> None:
    """Make links and images from the site root relative, so that a site works below any folder."""
    for token in tokens:
        for name in ("href", "src"):
            address = str(token.attrs.get(name, ""))
            if address.startswith("/") and not address.startswith("//"):
                token.attrs[name] = f"{base}{address[1:]}" or "./"
