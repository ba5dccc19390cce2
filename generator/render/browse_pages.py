"""The pages for browsing: one that names the ways, one for each way, and one for each shelf where a way is long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from generator.outputs import Output
from generator.render.browse import Letter, Shelf, Way, browse_ways, code_stems, guides_in_force, letters
from generator.render.site import Site
from generator.shell import Page

ADDRESS = "browse"
TITLE = "分类浏览"
WHOLE = 800
"""How many lines a page shows at most; a way with more has a page for each of its shelves."""


class Listing(NamedTuple):
    """A way to browse as it is offered: the end of its address, what it is called, for whom it is."""

    name: str
    label: str
    hint: str
    template: str = "browse-shelves"

    @property
    def address(self) -> str:
        """The address of its page below the site root."""
        return f"{ADDRESS}/{self.name}"


class Group(NamedTuple):
    """Shelves under one heading; a page with one group shows none."""

    anchor: str
    label: str
    shelves: Sequence[Shelf | Letter]

    @property
    def lines(self) -> int:
        """How many lines its shelves have together."""
        return sum(len(shelf.entries) for shelf in self.shelves)


LISTINGS = (
    Listing("events", "按生活事件", "生孩子、买房、退休，碰到什么事就看什么"),
    Listing("topics", "按主题", "个人办事和法人办事，各按主题分"),
    Listing("a-z", "按拼音首字母", "知道叫什么，正式名称和平常叫法都能查", "browse-letters"),
    Listing("departments", "按部门", "知道归哪个部门管"),
    Listing("windows", "按窗口", "知道去哪个窗口，看那里办什么"),
    Listing("codes", "按事项编号", "打印件上、窗口上写着编号", "browse-codes"),
)
# The listing that shows the shelves of a way.
_LISTED = {"persons": "topics", "legal": "topics"}


def browse_outputs(site: Site) -> Iterator[Output]:
    """Yield the pages for browsing."""
    groups = _groups(site)
    yield _overview(site, groups)
    for listing in LISTINGS:
        found = groups[listing.name]
        whole = is_whole(found)
        yield _page(site, listing.address, listing.label, listing, groups=found, whole=whole)
        if not whole:
            yield from (_shelf_page(site, listing, shelf) for group in found for shelf in group.shelves)


def is_whole(groups: Sequence[Group]) -> bool:
    """Tell whether one page holds all lines."""
    return sum(group.lines for group in groups) <= WHOLE


def _groups(site: Site) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = {listing.name: [] for listing in LISTINGS}
    for way in browse_ways(site):
        found[_LISTED.get(way.anchor, way.anchor)].append(Group(way.anchor, way.label, way.shelves))
    found["a-z"].append(Group("letters", "", letters(site)))
    found["codes"].append(Group("codes", "", code_stems(site)))
    return found


def shelf_finder(ways: Sequence[Way]) -> Callable[[Way, Shelf], str]:
    """Return the function that tells where a shelf of a way is shown: a place on a page, or a page of its own."""
    groups: dict[str, list[Group]] = {}
    for way in ways:
        groups.setdefault(_LISTED.get(way.anchor, way.anchor), []).append(Group(way.anchor, way.label, way.shelves))
    whole = {name: is_whole(found) for name, found in groups.items()}

    def address(way: Way, shelf: Shelf) -> str:
        name = _LISTED.get(way.anchor, way.anchor)
        return f"{ADDRESS}/{name}/#{shelf.anchor}" if whole[name] else f"{ADDRESS}/{name}/{shelf.anchor}/"

    return address


def _overview(site: Site, groups: dict[str, list[Group]]) -> Output:
    guides = len(guides_in_force(site))
    whole = {name: is_whole(found) for name, found in groups.items()}
    return _page(site, ADDRESS, TITLE, None, groups=groups, whole=whole, guides=guides)


def _shelf_page(site: Site, listing: Listing, shelf: Shelf | Letter) -> Output:
    address = f"{listing.address}/{shelf.anchor}"
    title = f"{listing.label}：{shelf.label}"
    return _page(site, address, title, listing, groups=[Group(shelf.anchor, "", (shelf,))], whole=True)


def _page(site: Site, address: str, title: str, listing: Listing | None, **context: Any) -> Output:
    template = listing.template if listing else ADDRESS
    article = site.article(
        f"pages/{template}.html", address, title=title, listing=listing, listings=LISTINGS, here=address, **context
    )
    about = f"{listing.hint}。" if listing else "按生活事件、主题、拼音、部门、窗口、编号找办事指南。"
    tags = {"ColumnName": title, "ColumnDescription": about, "ColumnKeywords": title, "ColumnType": title}
    above = [(TITLE, ADDRESS)] if listing else []
    if listing and address != listing.address:
        above.append((listing.label, listing.address))
    return site.page(
        Page(title=title, description=about, article=article, address=address, breadcrumbs=tuple(above), tags=tags)
    )
