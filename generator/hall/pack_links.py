"""What a file of the site needs and where it leads, read from its HTML or CSS, with the items whose facts it shows.

Names of files that a script puts together cannot be read; whoever packs takes a script's own folder whole.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Link(NamedTuple):
    """A link as it is written. What a page is drawn with is needed, where a reader may go on to is not."""

    url: str
    needed: bool


class Reading(NamedTuple):
    """What was read from a file."""

    links: tuple[Link, ...] = ()
    items: frozenset[str] = frozenset()
    """Paths of the items whose facts are shown."""


_LINKED = "[href], [src], [srcset], [poster], [action], [formaction], [style], object[data], style, meta[http-equiv]"
_GOES_ON = {"a", "area", "form", "button"}
# Other relations name pages about this one, which no browser fetches to draw it.
_FETCHED = {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "modulepreload", "prefetch"}
_NEITHER = {"base"}
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_REFRESH = re.compile(r"""\s*[\d.]*\s*[;,]\s*url\s*=\s*["']?([^"']*)""", re.IGNORECASE)
_FACT_KEY = re.compile(r"\b([a-z-]+/[a-z0-9-]+)#")


def reading_of(path: str, data: bytes) -> Reading:
    """Return the links of a file and the items that it shows; other files than HTML, CSS and JSON have neither."""
    if path.endswith(".html"):
        page = LexborHTMLParser(data.decode(errors="replace"))
        keys = (node.attributes["data-fact"] or "" for node in page.css("[data-fact]"))
        # Each once: the parser gives a node for every selector of the list that fits it.
        return Reading(tuple(dict.fromkeys(_html_links(page))), frozenset(key.partition("#")[0] for key in keys))
    if path.endswith(".css"):
        return Reading(tuple(Link(url, True) for url in css_urls(data.decode(errors="replace"))))
    if path.endswith(".json"):
        return Reading(items=frozenset(_FACT_KEY.findall(data.decode(errors="replace"))))
    return Reading()


def _html_links(page: LexborHTMLParser) -> Iterator[Link]:
    for node in page.css(_LINKED):
        attributes = {name: value or "" for name, value in node.attributes.items()}
        yield from (Link(url, True) for url in css_urls(attributes.get("style", "")))
        if node.tag == "style":
            yield from (Link(url, True) for url in css_urls(node.text()))
        elif node.tag == "meta":
            if found := _REFRESH.match(attributes.get("content", "")):
                yield Link(found[1], False)
        elif node.tag not in _NEITHER:
            yield from _links_of(node, attributes)


def _links_of(node: LexborNode, attributes: dict[str, str]) -> Iterator[Link]:
    if node.tag == "link" and not _FETCHED & set(attributes.get("rel", "").lower().split()):
        return
    names = ["href", "src", "poster", "action", "formaction", *(["data"] if node.tag == "object" else [])]
    yield from (Link(attributes[name], node.tag not in _GOES_ON) for name in names if name in attributes)
    for candidate in attributes.get("srcset", "").split(","):
        if parts := candidate.split():
            yield Link(parts[0], True)


def css_urls(text: str) -> Iterator[str]:
    """Yield the addresses that a style sheet names."""
    for groups in _CSS_URL.findall(_CSS_COMMENT.sub("", text)):
        yield "".join(groups)


def target_of(page: str, url: str) -> str | None:
    """Return where a link of a page leads: a path below the site root, `..` first where it leaves the site.

    None for what is not fetched (a place in the same page, mail, phone, data); an address with its scheme for another
    host; a path with a slash first where the link begins at the root, which is not the site's root in a folder.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    if parts.netloc or parts.scheme in ("http", "https"):
        return f"{parts.scheme or 'https'}://{parts.netloc}{parts.path}"
    if parts.scheme or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        return path
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return f"{target}/" if path.endswith(("/", "/.", "/..")) or path in (".", "..") else target
