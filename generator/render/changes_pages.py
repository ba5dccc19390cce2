"""What changed and what will: `/changes/` with a page for each class, kind, department and year, bounded in length.

What is told here was once so and is compared with nothing today; only what is coming carries the marks of facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import orjson

from generator.changes.records import CHANGE_CLASSES, Change, all_kinds_by_plural
from generator.kinds import all_kinds
from generator.kinds.department import Department
from generator.outputs import Output
from generator.render.changes import coming_changes
from generator.render.data import API
from generator.render.site import Site
from generator.shell import Page

ADDRESS, TITLE = "changes", "变更记录"
ABOUT = "收费、时限、材料、地点等哪一天改了什么，以及即将改什么。"
CHANGES_A_PAGE = 200
DATA = f"{API}/changes.json"
SELECTS = (("class", "全部类别", "类别"), ("kind", "全部栏目", "栏目"), ("department", "全部部门", "部门"))
"""The choices of the form in place: the field's name, the words for no choice, the group of views that it offers."""
MOST_IN_DATA = 5000
"""A larger history's data file has the latest; all of it is in the repository."""


class View(NamedTuple):
    """The changes of one class, kind, department or year, and where they are listed."""

    group: str
    name: str
    label: str
    changes: Sequence[Change]

    @property
    def address(self) -> str:
        """The address of its first page."""
        return "/".join(part for part in (ADDRESS, self.group, self.name) if part)

    @property
    def addresses(self) -> list[str]:
        """The addresses of all its pages; no id has two hyphens."""
        count = max(1, -(-len(self.changes) // CHANGES_A_PAGE))
        return [f"{self.address}--{number}" if number > 1 else self.address for number in range(1, count + 1)]

    @property
    def has_feed(self) -> bool:
        """Whether it has an Atom feed."""
        return self.group in ("", "departments") and not self.name.isdigit()


class Day(NamedTuple):
    """What changed on a day, by item: name, path and changes."""

    day: object
    items: list[tuple[str, str, list[Change]]]


def change_outputs(site: Site) -> Iterator[Output]:
    """Yield the pages of changes and their data file."""
    groups = views(site)
    for view in (everything(site), *(view for _, found in groups for view in found)):
        for number, address in enumerate(view.addresses, 1):
            yield _page(site, view, groups, number, address)
    yield Output(DATA, orjson.dumps(_data(site)))


def everything(site: Site) -> View:
    """Return the view of all changes, the latest first."""
    return View("", "", TITLE, site.history.changes[::-1])


def views(site: Site) -> list[tuple[str, list[View]]]:
    """Return the views by class, kind, department and year, each list with its Chinese name; empty ones are left out,
    but not those of classes and departments, whose feeds somebody may have subscribed to before anything changed.
    """
    classes = _split(site, [change.bears for change in site.history.changes])
    kinds = _split(site, [change.plural for change in site.history.changes])
    departments = _split(site, [change.department for change in site.history.changes])
    years = _split(site, [str(change.day.year) for change in site.history.changes])
    named = [(item.id, item.short_name) for item in site.catalogue.all_of(Department)]
    return [
        ("类别", [View("", name, label, classes.get(name, ())) for name, label in CHANGE_CLASSES.items()]),
        ("栏目", _existing("kinds", all_kinds_by_plural(), kinds)),
        ("部门", [View("departments", name, label, departments.get(name, ())) for name, label in named]),
        ("年份", _existing("", {year: f"{year}年" for year in sorted(years, reverse=True)}, years)),
    ]


def _selects(groups: list[tuple[str, list[View]]]) -> list[tuple[str, str, str, list[View]]]:
    """Return the fields of the form; what never changed is no choice."""
    offered = {label: [view for view in found if view.changes] for label, found in groups}
    return [(name, every, label, offered[label]) for name, every, label in SELECTS]


def _split(site: Site, names: Sequence[str]) -> Mapping[str, Sequence[Change]]:
    """Return the changes by a name that each has, the latest first."""
    found: dict[str, list[Change]] = {}
    for change, name in zip(reversed(site.history.changes), reversed(names), strict=True):
        found.setdefault(name, []).append(change)
    return found


def _existing(group: str, labels: Mapping[str, str], found: Mapping[str, Sequence[Change]]) -> list[View]:
    return [View(group, name, label, found[name]) for name, label in labels.items() if name in found]


def _page(site: Site, view: View, groups: list[tuple[str, list[View]]], number: int, address: str) -> Output:
    first = (number - 1) * CHANGES_A_PAGE
    title = f"{TITLE}：{view.label}" if view.name else TITLE
    shown = view.changes[first : first + CHANGES_A_PAGE]
    article = site.article(
        "pages/changes.html",
        address,
        title=title,
        view=view,
        groups=groups,
        number=number,
        days=days_of(shown),
        classes=CHANGE_CLASSES,
        kinds=all_kinds_by_plural(),
        coming=coming_changes(site) if not view.name and number == 1 else None,
        unknown=unknown(site),
        source=DATA,
        selects=_selects(groups),
    )
    tags = {"ColumnName": title, "ColumnDescription": ABOUT, "ColumnKeywords": title, "ColumnType": TITLE}
    above = ((TITLE, ADDRESS),) if address != ADDRESS else ()
    numbered = f"{title}（第 {number} 页）" if number > 1 else title
    page = Page(title=numbered, description=ABOUT, article=article, address=address, breadcrumbs=above, tags=tags)
    return site.page(page)


def days_of(changes: Sequence[Change]) -> list[Day]:
    """Return changes by day and item, in the order they have."""
    days = []
    for day, of_day in groupby(changes, lambda change: change.day):
        items: dict[str, list[Change]] = {}
        for change in of_day:
            items.setdefault(change.item, []).append(change)
        days.append(Day(day, [(found[0].name, path, found) for path, found in items.items()]))
    return days


def unknown(site: Site) -> str:
    """Return what cannot be known, in a sentence; empty where the whole history is there."""
    if site.history.complete:
        return ""
    if not site.history.since:
        return "这份网站不是从版本库生成的，不知道以前的内容。"
    return "版本库只有最近的部分，更早的变更不在这里。"


def _data(site: Site) -> dict[str, object]:
    latest = site.history.changes[::-1]
    return {
        "as_of": site.today.isoformat(),
        "complete": site.history.complete,
        "total": len(latest),
        "classes": dict(CHANGE_CLASSES),
        "kinds": {model.kind.plural: model.kind.label for model in all_kinds().values()},
        "changes": [
            {**change.as_json(), "page": change.item in site.catalogue.by_path} for change in latest[:MOST_IN_DATA]
        ],
    }
