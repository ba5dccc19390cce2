"""The pages that belong to no kind: home, statistics, search, site map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.facts import Sheet
from generator.item import Kind
from generator.kinds import all_kinds
from generator.kinds.announcement import Announcement
from generator.kinds.bundle import Bundle
from generator.kinds.department import Department
from generator.kinds.hall import Hall
from generator.outputs import Output
from generator.render.browse import Way, browse_ways
from generator.render.browse_pages import LISTINGS, shelf_finder
from generator.render.changes import coming_changes
from generator.render.opening import opening_calendar
from generator.render.pinyin import by_initial
from generator.render.site import Site
from generator.render.statistics import statistics
from generator.shell import Page

BUNDLES_NAMED = 12
"""How many events the home page names; the heading leads to all."""
MOST_LISTED = 3000
"""A larger site's search page names the kinds alone: by first letter it would take seconds to load."""


def portal_outputs(site: Site) -> Iterator[Output]:
    """Yield the pages that belong to no kind."""
    ways = browse_ways(site)
    yield home_page(site, ways)
    yield _plain(site, "data", "数据", "办事指南、时限压缩和网上办理的统计。", figures=statistics(site))
    yield _plain(site, "search", "搜索", "搜索办事指南、收费、政策和公开目录。", **search_context(site, ways))
    yield _plain(site, "sitemap", "网站地图", "全站栏目和内容。", **_map_context(site, ways))


def home_page(site: Site, ways: tuple[Way, ...]) -> Output:
    """Return the home page."""
    hall = site.catalogue.find("hall", site.settings.main_hall)
    chosen = [guide for name in site.settings.popular if (guide := site.catalogue.find("guide", name))]
    article = site.article(
        "pages/home.html",
        "",
        ways=ways,
        shelf_address=shelf_finder(ways),
        popular=site.sheets(chosen),
        bundles=site.sheets(site.catalogue.all_of(Bundle))[:BUNDLES_NAMED],
        hall=site.catalogue.sheet(hall) if hall else None,
        calendar=opening_calendar(hall, site.today) if isinstance(hall, Hall) else None,
        announcements=latest_announcements(site, 6),
        changes=coming_changes(site)[:6],
        kinds=kind_counts(site),
        figures=statistics(site),
        districts=district_sheets(site),
    )
    about = f"{site.settings.district}办事指南、收费标准、政策文件和政府信息公开。"
    tags = {"ColumnName": "首页", "ColumnDescription": about, "ColumnKeywords": "首页", "ColumnType": "首页"}
    return site.page(Page(title="首页", description=about, article=article, address="", tags=tags))


def _map_context(site: Site, ways: tuple[Way, ...]) -> dict[str, Any]:
    bundles = site.sheets(site.catalogue.all_of(Bundle))
    around = {"kinds": kind_counts(site), "districts": district_sheets(site)}
    return {**around, "ways": ways, "listings": LISTINGS, "bundles": bundles}


def district_sheets(site: Site) -> list[Sheet]:
    """Return the facts of each district itself."""
    return [each.sheet(each.district) for each in site.catalogue.districts]


def _plain(site: Site, name: str, title: str, about: str, **context: Any) -> Output:
    article = site.article(f"pages/{name}.html", name, **context)
    tags = {"ColumnName": title, "ColumnDescription": about, "ColumnKeywords": title, "ColumnType": title}
    return site.page(Page(title=title, description=about, article=article, address=name, tags=tags))


def kind_counts(site: Site) -> list[tuple[Kind, int]]:
    """Return every kind with its number of items."""
    return [(model.kind, len(site.catalogue.of_kind(name))) for name, model in all_kinds().items()]


def search_kinds(site: Site) -> list[tuple[str, str, int, str]]:
    """Return label, folder, number and purpose of every kind, for the search page."""
    return [(kind.label, kind.plural, count, kind.about) for kind, count in kind_counts(site)]


def search_context(site: Site, ways: tuple[Way, ...]) -> dict[str, Any]:
    """Return what the search page offers to those without script and to those who found nothing."""
    everything = site.sheets(site.catalogue.items)
    events = next(way for way in ways if way.anchor == "events")
    address = shelf_finder(ways)
    return {
        "kinds": search_kinds(site),
        "topics": [(address(events, shelf), shelf.label) for shelf in events.shelves],
        "departments": site.sheets(site.catalogue.all_of(Department)),
        "letters": by_initial(everything) if len(everything) <= MOST_LISTED else [],
    }


def latest_announcements(site: Site, count: int) -> list[Sheet]:
    """Return the latest announcements that have not expired."""
    current = [item for item in site.catalogue.all_of(Announcement) if not item.is_withdrawn(site.today)]
    return site.sheets(sorted(current, key=lambda item: (item.published, item.id), reverse=True)[:count])
