"""What an inspector notes on a page, read from its HTML in one pass; small, for it travels between processes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_FACT = re.compile(r'data-fact="([^"#]+)#([^"]+)" data-value="([^"]*)"')
_NOTED = "[href], [src], [action], [id], meta[name]"
_GOES_ON = {"a", "area", "form"}
_DRAWN_WITH = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
_HEADINGS = ("h2", "h3", "h4")


class PageRead(NamedTuple):
    """One HTML file of a site."""

    path: str
    lang: str
    title: str
    tags: Mapping[str, tuple[str, ...]]
    links: tuple[tuple[str, str], ...]
    """Where a reader may go: address as written and the relation of the link."""
    needed: tuple[str, ...]
    """What the page is drawn with."""
    ids: frozenset[str]
    without_alt: int
    headings: int
    """How many first headings it has."""
    has_crumbs: bool
    footer: str
    """The words of the footer with the labels of its drawings and the addresses of its links; empty without footer."""
    sections: tuple[str, ...]
    """The second headings."""
    blank_sections: tuple[str, ...]
    """Headings that nothing follows."""
    length: int
    """Characters of the main part."""
    facts: Mapping[str, str]
    """Values of the facts of the page's own item by path; on the home page of all items, by key."""

    @property
    def address(self) -> str:
        """The address below the site root, with a slash at the end for a folder's page."""
        return self.path.removesuffix("index.html")


class _Marks:
    """What the marked nodes of a page say, collected in one pass."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self.links: dict[tuple[str, str], None] = {}
        self.needed: dict[str, None] = {}
        self.ids: set[str] = set()
        self.tags: dict[str, tuple[str, ...]] = {}
        for node in page.css(_NOTED):
            self.note(str(node.tag), {name: value or "" for name, value in node.attributes.items()})

    def note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note a node: its id, what it says of the page, where it leads or what it fetches."""
        relation = attributes.get("rel", "")
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag == "meta":
            name = attributes.get("name", "")
            self.tags[name] = (*self.tags.get(name, ()), attributes.get("content", ""))
        elif tag in _GOES_ON:
            self.links[attributes.get("href", attributes.get("action", "")), relation] = None
        elif tag != "link" or _DRAWN_WITH & set(relation.split()):
            self.needed[attributes.get("src", attributes.get("href", ""))] = None


def read_page(path: str, html: str) -> PageRead:
    """Return what an inspector notes on a page."""
    page = LexborHTMLParser(html)
    marks = _Marks(page)
    root, main, title = page.css_first("html"), page.css_first("main"), page.css_first("title")
    return PageRead(
        path=path,
        lang=(root.attributes.get("lang") or "") if root else "",
        title=title.text(strip=True) if title else "",
        tags=marks.tags,
        links=tuple(link for link in marks.links if link[0]),
        needed=tuple(url for url in marks.needed if url),
        ids=frozenset(marks.ids),
        without_alt=len(page.css("img:not([alt])")),
        headings=len(page.css("h1")),
        has_crumbs=page.css_first(".crumbs li") is not None,
        footer=_footer(page),
        sections=tuple(node.text(strip=True) for node in page.css("main h2")),
        blank_sections=tuple(_blank_sections(main)) if main else (),
        length=len(main.text(strip=True)) if main else 0,
        facts=_facts(path, html),
    )


def _footer(page: LexborHTMLParser) -> str:
    foot = page.css_first("footer")
    if foot is None:
        return ""
    labels = (node.attributes.get("aria-label") or node.attributes.get("alt") or "" for node in foot.css("svg, img"))
    targets = (node.attributes.get("href") or "" for node in foot.css("a"))
    return " ".join([foot.text(separator=" ", strip=True), *labels, *targets])


def _blank_sections(main: LexborNode) -> Iterator[str]:
    """Yield headings that are followed by a heading of their own or a higher level, or by nothing."""
    for heading in main.css(", ".join(_HEADINGS)):
        if heading.attributes.get("class") == "away":
            continue
        following = heading.next
        while following is not None and following.tag in ("-text", "-comment") and not following.text(strip=True):
            following = following.next
        if following is None:
            parent = heading.parent
            alone = parent is not None and parent.text(strip=True) == heading.text(strip=True)
            if alone and parent and parent.tag in ("section", "main", "article"):
                yield heading.text(strip=True)
        elif following.tag in _HEADINGS and str(following.tag) <= str(heading.tag):
            yield heading.text(strip=True)


def _facts(path: str, html: str) -> Mapping[str, str]:
    if path == "index.html":
        return {f"{item}#{name}": value for item, name, value in _FACT.findall(html)}
    own = path.removesuffix("/index.html")
    return {name: value for item, name, value in _FACT.findall(html) if item == own}
