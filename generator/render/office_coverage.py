"""Coverage of the disclosure catalogue, for the office: shares, then each tick that is not seen to be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.coverage.promises import STATES, Coverage, Promise, Share, checkable, coverage_of
from generator.facts import Fact, Sheet
from generator.item_places import files_of
from generator.render.site import Site

WITHOUT_ROW_SHOWN = 100


class Line(NamedTuple):
    """A share with the fact that names what it is of."""

    name: Fact
    counts: Share
    checkable: int


class Row(NamedTuple):
    """A promise with the facts of its row and the file to mend."""

    promise: Promise
    sheet: Sheet
    file: str


class Alike(NamedTuple):
    """Promises of a channel that ask for the same; what was found is said once where it is the same for all."""

    channel: str
    action: str
    found: str
    rows: list[Row]


def coverage_context(site: Site) -> Mapping[str, Any]:
    """Return what the page's template is given."""
    coverage = coverage_of(site.catalogue)
    files = files_of(site.settings.root)
    rows: dict[str, list[Row]] = {state: [] for state in STATES}
    for promise in coverage.promises:
        path = promise.row.path
        rows[promise.state].append(Row(promise, site.catalogue.sheet(promise.row), files.get(path, "")))
    return {
        "states": STATES,
        "total": coverage.total,
        "checkable": checkable(coverage.total),
        "tables": [("按公开主体", _lines(site, coverage, "department")), ("按领域", _lines(site, coverage, "area"))],
        "alike": {state: _alike(found) for state, found in rows.items()},
        "empty": len(coverage.empty_rows),
        "without_row": site.sheets(coverage.without_row[:WITHOUT_ROW_SHOWN]),
        "without_row_count": len(coverage.without_row),
        "silent": [site.catalogue.sheet(item) for item in _departments(site, coverage)],
    }


def _alike(rows: list[Row]) -> list[Alike]:
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.promise.channel, row.promise.action), []).append(row)
    found = []
    for (channel, action), members in groups.items():
        said = {row.promise.found for row in members}
        found.append(Alike(channel, action, said.pop() if len(said) == 1 else "", members))
    return sorted(found, key=lambda group: -len(group.rows))


def _lines(site: Site, coverage: Coverage, attribute: str) -> list[Line]:
    named = {getattr(promise.row, attribute): promise.row for promise in coverage.promises}
    return [
        Line(site.catalogue.sheet(named[value]).facts[attribute], counts, checkable(counts))
        for value, counts in coverage.by(attribute).items()
    ]


def _departments(site: Site, coverage: Coverage) -> list[Any]:
    found = (site.catalogue.find("department", identifier) for identifier in coverage.silent)
    return [item for item in found if item]
