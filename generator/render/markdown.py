"""Markdown of items → HTML without raw HTML or unsafe links."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    # html=False escapes tags; the parser's own link check refuses javascript:, vbscript:, file: and data:.
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def markdown_html(text: str) -> str:
    """Render Markdown; headings start at the second level, because the page has its title."""
    tokens = _parser().parse(text)
    lowest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=2)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2 - min(lowest, 2), 6)}"
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html
