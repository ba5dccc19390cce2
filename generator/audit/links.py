"""功能设计, 可用性: links, images, attachments and anchors inside the site, followed on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.audit.indicator import CHECKLIST, FUNCTIONS, Found, Indicator
from generator.audit.page import PageRead
from generator.audit.site import Audited


class Dead(NamedTuple):
    """A link that leads nowhere inside the site."""

    page: PageRead
    url: str
    what: str


def dead_links(audited: Audited, pages: Iterable[PageRead]) -> Iterator[Dead]:
    """Yield every link, file and anchor of some pages that is not there."""
    for page in pages:
        for url in (*page.needed, *(url for url, _ in page.links)):
            if what := _fault(audited, page, url):
                yield Dead(page, url, what)


def _fault(audited: Audited, page: PageRead, url: str) -> str:
    target = audited.target(page, url)
    if target is None or (not target and audited.is_elsewhere(url)):
        return ""
    if not target:
        return "没有这个文件或页面"
    fragment = unquote(urlsplit(url).fragment)
    if not fragment:
        return ""
    there = audited.pages.get(target)
    if there is None or fragment in there.ids or fragment == "top":
        return ""
    return "页面里没有这个位置"


def on_the_home_page(audited: Audited) -> Iterator[Found]:
    """Find dead links on the home page."""
    home = (page for page in audited.pages.values() if not page.address)
    yield from map(_found, dead_links(audited, home))


def on_other_pages(audited: Audited) -> Iterator[Found]:
    """Find dead links on all other pages, the hall's documents among them."""
    others = (page for page in audited.pages.values() if page.address)
    yield from map(_found, dead_links(audited, others))


def _found(dead: Dead) -> Found:
    return Found(f"链接「{dead.url}」：{dead.what}", "请改正地址，或补上文件。", dead.page.address)


INDICATORS = (
    Indicator(
        id="dead-links-home",
        group=FUNCTIONS,
        name="首页的链接、图片、附件可用",
        threshold="每个扣 0.1 分",
        source=CHECKLIST,
        certainty="M-",
        how="首页每个站内链接、文件和锚点都查",
        check=on_the_home_page,
        points=Decimal(2),
        each=Decimal("0.1"),
    ),
    Indicator(
        id="dead-links",
        group=FUNCTIONS,
        name="其他页面的链接、图片、附件可用",
        threshold="每个扣 0.05 分",
        source=CHECKLIST,
        certainty="M-",
        how="全站每个网页的站内链接、文件和锚点都查，大厅的屏幕和打印件也查",
        check=on_other_pages,
        points=Decimal(3),
        each=Decimal("0.05"),
    ),
)
