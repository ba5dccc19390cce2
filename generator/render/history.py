"""Earlier versions as small static files: what a print of then says otherwise than the site today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import orjson

from generator.facts import Difference, Fact, Sheet
from generator.history import changes_since
from generator.item import Item
from generator.outputs import Output
from generator.past_walk import Version
from generator.render.data import API
from generator.render.site import Site
from generator.schema import spec_at

HISTORY = f"{API}/history"
_AMOUNT, _BASIS = ".amount", ".basis_today."


def history_outputs(site: Site) -> Iterator[Output]:
    """Yield a file for each item with earlier versions, the index of these, and the present fingerprints."""
    sheets = {item.path: site.catalogue.sheet(item) for item in site.catalogue.items}
    for path in sorted(site.history.versions.keys() & sheets.keys()):
        yield Output(f"{HISTORY}/{path}.json", orjson.dumps(_record(site, sheets[path])), (path,))
    yield Output(f"{HISTORY}/index.json", orjson.dumps(_index(site, sheets)))
    yield Output(f"{API}/fingerprints.json", orjson.dumps(_present(site, sheets)), tuple(sheets))


def _present(site: Site, sheets: Mapping[str, Sheet]) -> dict[str, object]:
    return {
        "as_of": site.today.isoformat(),
        "fingerprints": {
            path: {"fingerprint": sheet.fingerprint, "name": sheet.item.name, "kind": sheet.item.kind.label}
            for path, sheet in sheets.items()
        },
    }


def _index(site: Site, sheets: Mapping[str, Sheet]) -> dict[str, object]:
    """Return which item each earlier fingerprint belongs to, and the names of items that are gone, and where to."""
    versions = site.history.versions
    names = {path: found[-1].facts["name"].text for path, found in versions.items() if path not in sheets}
    owners = {version.fingerprint: path for path, found in versions.items() for version in found}
    moved = {entry.address: entry.redirect for entry in site.catalogue.addresses.left if entry.redirect in sheets}
    return {"complete": site.history.complete, "versions": owners, "gone": names, "moved": moved}


def _record(site: Site, sheet: Sheet) -> dict[str, object]:
    versions: dict[str, dict[str, object]] = {}
    for version in site.history.versions[sheet.item.path]:
        known = versions.get(version.fingerprint)  # an edit that was taken back and made again
        versions[version.fingerprint] = {
            "from": known["from"] if known else version.first.isoformat(),
            "until": version.last.isoformat(),
            "changes": known["changes"] if known else _changes(site, sheet, version),
        }
    return {
        "path": sheet.item.path,
        "current": sheet.fingerprint,
        "complete": site.history.complete,
        "versions": versions,
    }


def _changes(site: Site, sheet: Sheet, version: Version) -> list[dict[str, str | None]]:
    return [_change(entry, since, sheet, version) for entry, since in changes_since(version, sheet, site.history)]


def _change(entry: Difference, since: date, sheet: Sheet, version: Version) -> dict[str, str | None]:
    shown = entry.after or entry.before
    assert shown
    facts = sheet.facts if entry.after else version.facts
    owner = owner_text(entry.path, facts, type(sheet.item))
    return {
        "fact": entry.path,
        "label": f"{owner}：{shown.label}" if owner else shown.label,
        "before": entry.before.text if entry.before else None,
        "after": entry.after.text if entry.after else None,
        "since": since.isoformat(),
        "basis": basis_text(entry.path, sheet.facts) or None,
    }


def owner_text(path: str, facts: Mapping[str, Fact], model: type[Item]) -> str:
    """Return what names the entry of a list that a fact stands in (a material, a step, a case), empty elsewhere."""
    field, _, rest = path.partition(".")
    entry, _, inner = rest.partition(".")
    if inner != "label" and (label := facts.get(f"{field}.{entry}.label")):
        return label.text
    spec = spec_at(model, (field,))
    if not inner or not spec or not spec.is_list or not spec.part:
        return ""
    first = next(other for other in facts if other.startswith(f"{field}.{entry}."))
    return facts[first].text if first != path else ""


def basis_text(path: str, facts: Mapping[str, Fact]) -> str:
    """Return the documents that today's amount rests on, empty for facts that are no amounts."""
    group = path.removesuffix(_AMOUNT)
    if group == path:
        return ""
    own = [fact.text for inner, fact in facts.items() if inner.startswith(group + _BASIS)]
    every = [fact.text for inner, fact in facts.items() if _BASIS in inner]
    return "、".join(dict.fromkeys(own or every))
