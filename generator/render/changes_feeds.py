"""Atom feeds of changes: of all, of each class of fact and of each department. An entry is one item in one commit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.changes.records import Change, all_kinds_by_plural
from generator.outputs import Output
from generator.render.changes_pages import View, everything, views
from generator.render.site import Site

FEED_LENGTH = 50


def change_feed_outputs(site: Site) -> Iterator[Output]:
    """Yield the feeds of all views that have one."""
    found = (everything(site), *(view for _, group in views(site) for view in group))
    for view in found:
        if view.has_feed:
            yield _feed(site, view)


def _feed(site: Site, view: View) -> Output:
    path = f"{view.address}/feed.xml"
    entries = entries_of(site, view.changes)
    updated = entries[0]["updated"] if entries else f"{site.today.isoformat()}T00:00:00+08:00"
    xml = site.article("feeds/changes.xml", path, view=view, path=path, entries=entries, updated=updated)
    return Output(path, xml.encode())


def entries_of(site: Site, changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return the latest entries: title, stable id, address, moment, and the changes of the item in that commit."""
    entries: list[dict[str, object]] = []
    for (commit, path), together in groupby(changes, lambda change: (change.commit, change.item)):
        if len(entries) == FEED_LENGTH:
            break
        found = list(together)
        day, more = found[0].day.isoformat(), f"等 {len(found)} 处" if len(found) > 1 else ""
        address = f"{path}/" if path in site.catalogue.by_path else "changes/"
        entries.append(
            {
                "title": f"{found[0].name}：{found[0].what}{more}",
                "id": f"tag:{site.settings.domain},{day}:changes/{commit[:12]}/{path}",
                "url": f"{site.settings.url}{address}",
                "updated": f"{day}T00:00:00+08:00",
                "category": all_kinds_by_plural()[found[0].plural],
                "lines": [change.line for change in found],
            }
        )
    return entries
