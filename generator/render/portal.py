"""The pages that belong to no kind: home, ways to browse, statistics, search, site map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import codelists
from generator.facts import Sheet
from generator.item import Kind
from generator.kinds import all_kinds
from generator.kinds.announcement import Announcement
from generator.kinds.department import Department
from generator.kinds.guide import Guide
from generator.kinds.hall import Hall
from generator.outputs import Output
from generator.render.changes import coming_changes
from generator.render.opening import opening_calendar
from generator.render.site import Site
from generator.render.statistics import statistics
from generator.shell import Page


@dataclass(frozen=True, slots=True)
class Shelf:
    """A heading of the browse page with the guides below it."""

    anchor: str
    label: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to browse: by life event, audience, topic, department, window."""

    anchor: str
    label: str
    shelves: tuple[Shelf, ...]


def portal_outputs(site: Site) -> Iterator[Output]:
    """Yield the pages that belong to no kind."""
    ways = browse_ways(site)
    yield home_page(site, ways)
    yield _plain(site, "browse", "分类浏览", "按生活事件、办事人、主题、部门、窗口找办事指南。", ways=ways)
    yield _plain(site, "data", "数据", "办事指南、时限压缩和网上办理的统计。", figures=statistics(site))
    yield _plain(site, "search", "搜索", "搜索办事指南、收费、政策和公开目录。", kinds=search_kinds(site))
    yield _plain(site, "sitemap", "网站地图", "全站栏目和内容。", kinds=kind_counts(site), ways=ways)


def home_page(site: Site, ways: tuple[Way, ...]) -> Output:
    """Return the home page."""
    hall = site.catalogue.find("hall", site.settings.main_hall)
    chosen = [guide for name in site.settings.popular if (guide := site.catalogue.find("guide", name))]
    article = site.article(
        "pages/home.html",
        "",
        ways=ways,
        popular=site.sheets(chosen),
        hall=site.catalogue.sheet(hall) if hall else None,
        calendar=opening_calendar(hall, site.today) if isinstance(hall, Hall) else None,
        announcements=latest_announcements(site, 6),
        changes=coming_changes(site)[:6],
        kinds=kind_counts(site),
        figures=statistics(site),
    )
    about = f"{site.settings.district}办事指南、收费标准、政策文件和政府信息公开。"
    tags = {"ColumnName": "首页", "ColumnDescription": about, "ColumnKeywords": "首页", "ColumnType": "首页"}
    return site.page(Page(title="首页", description=about, article=article, address="", tags=tags))


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


def latest_announcements(site: Site, count: int) -> list[Sheet]:
    """Return the latest announcements that have not expired."""
    current = [item for item in site.catalogue.all_of(Announcement) if not item.is_withdrawn(site.today)]
    return site.sheets(sorted(current, key=lambda item: (item.published, item.id), reverse=True)[:count])


def browse_ways(site: Site) -> tuple[Way, ...]:
    """Return the five ways to browse, each with its shelves; empty shelves are left out."""
    guides = [guide for guide in site.catalogue.all_of(Guide) if not guide.is_withdrawn(site.today)]
    events = _shelves(site, guides, "event", codelists.LIFE_EVENTS, lambda guide: guide.events)
    audiences = (
        *_shelves(site, guides, "person", codelists.PERSON_TOPICS, lambda guide: guide.person_topics),
        *_shelves(site, guides, "legal", codelists.LEGAL_TOPICS, lambda guide: guide.legal_topics),
    )
    departments = {item.id: item.short_name for item in site.catalogue.all_of(Department)}
    by_department = [
        Shelf(f"department-{identifier}", name, tuple(site.sheets(g for g in guides if g.department == identifier)))
        for identifier, name in departments.items()
    ]
    return (
        Way("events", "按生活事件", tuple(events)),
        Way("persons", "个人办事", tuple(shelf for shelf in audiences if shelf.anchor.startswith("person"))),
        Way("legal", "法人办事", tuple(shelf for shelf in audiences if shelf.anchor.startswith("legal"))),
        Way("departments", "按部门", tuple(shelf for shelf in by_department if shelf.sheets)),
        Way("windows", "按窗口", tuple(_window_shelves(site, guides))),
    )


def _shelves(
    site: Site,
    guides: Iterable[Guide],
    prefix: str,
    codes: Mapping[str, str],
    labels_of: Callable[[Guide], tuple[str, ...]],
) -> Iterator[Shelf]:
    by_label: dict[str, list[Guide]] = {}
    for guide in guides:
        for label in labels_of(guide):
            by_label.setdefault(label, []).append(guide)
    for label, code in codes.items():
        if label in by_label:
            yield Shelf(f"{prefix}-{code}", label, tuple(site.sheets(by_label[label])))


def _window_shelves(site: Site, guides: Iterable[Guide]) -> Iterator[Shelf]:
    at_window: dict[tuple[str | None, str], list[Guide]] = {}
    for guide in guides:
        for no in guide.windows:
            at_window.setdefault((guide.hall, no), []).append(guide)
    for hall in site.catalogue.all_of(Hall):
        for window in hall.windows:
            if found := at_window.get((hall.id, window.no)):
                label = f"{window.no} {window.name}"
                yield Shelf(f"window-{hall.id}-{window.no.lower()}", label, tuple(site.sheets(found)))
