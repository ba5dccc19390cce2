"""Reads facts back from data: JSON of items and lists, LED lines, what search and a window's screen show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from generator.channels import channel_of
from generator.differences import Counted, Difference, Sheets, compare_fact, damaged, gone, required
from generator.facts import Sheet
from generator.item import Item
from generator.led_reading import facts_shown

WHOLE_SITE = "search/lookup.json"
SCREEN_DATA, SCREEN = "/facts.json", "/index.html"
_BROKEN = (ValueError, KeyError, TypeError, AttributeError)
"""What reading raises when a text is not JSON at all, or JSON of another shape."""


def compare_led(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare the lines of an LED screen: each message names its facts, and its lines say just these."""
    try:
        count = 0
        differences: list[Difference] = []
        for message in orjson.loads(text)["messages"]:
            for fact, shown in facts_shown(message):
                differences += compare_fact(fact["fact"], fact["value"], shown, "led", path, sheets)
                count += 1
        return count, differences
    except _BROKEN:
        return 0, [damaged(path)]


def compare_lookup(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare what search shows of its results: all entries, those of a block, or a script that gives them a name."""
    try:
        document = orjson.loads(text.partition("=")[2].rstrip().rstrip(";") if path.endswith(".js") else text)
        entries = document if isinstance(document, list) else document.get("entries")
        count = 0
        differences: list[Difference] = []
        for entry in entries or ():
            for inner, value, said in _shown_by_search(entry):
                key = f"{entry['p']}#{inner}"
                differences += compare_fact(key, value, said, channel_of(path), path, sheets)
                count += 1
        if entries is not None and path == WHOLE_SITE:
            listed = {entry["p"] for entry in entries}
            wanted = (sheet for key, sheet in sheets.items() if key not in listed and is_listed(sheet.item))
            differences += gone((sheet.facts["name"] for sheet in wanted), set(), path)
        return count, differences
    except _BROKEN:
        return 0, [damaged(path)]


def _shown_by_search(entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield path, value and text of all that a search result may show: its name, its facts, and its cases."""
    for inner, value, *shown in (["name", entry["n"]], *entry.get("f", ())):
        yield inner, value, shown[0] if shown else value
    for identifier, label in entry.get("c", ()):
        yield f"cases.{identifier}.label", identifier, label


def compare_screen_data(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare the data of a window's screen, which has to tell of all that the screen itself has to."""
    try:
        differences: list[Difference] = []
        seen: set[str] = set()
        for entry in orjson.loads(text)["facts"]:
            seen.add(entry["fact"])
            differences += compare_fact(entry["fact"], entry["value"], entry["text"], channel_of(path), path, sheets)
        differences += gone(required(path.replace(SCREEN_DATA, SCREEN), seen, sheets), seen, path)
        return len(seen), differences
    except _BROKEN:
        return 0, [damaged(path)]


def compare_json(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare an item's JSON file, which must hold all of its facts, or a kind's list, which must name all items."""
    own = sheets.get(path.removeprefix("api/v1/").removesuffix(".json"))
    try:
        document = orjson.loads(text)
        if own:
            return _compare_entry(document, own, own.facts, path)
        return _compare_list(document, path, sheets)
    except _BROKEN:
        return 0, [damaged(path)]


def is_listed(item: Item) -> bool:
    """Tell whether lists name an item: those of the city and the districts; what a district has its own page names."""
    return item.within in ("", f"{item.path}/")


def _compare_list(document: Mapping[str, Any], path: str, sheets: Sheets) -> Counted:
    """Compare a list; the index of all lists has no items and passes."""
    count = 0
    differences: list[Difference] = []
    kind = document.get("kind")
    own = ((key, each) for key, each in sheets.items() if each.item.kind.name == kind)
    left = {key: each for key, each in own if is_listed(each.item)}
    for entry in document.get("items", []):
        sheet = left.pop(entry["path"], None)
        if sheet is None:
            differences.append(Difference(f"{entry['path']}#", "json", path, "没有这一项", "列了这一项"))
            continue
        shown = [inner for inner in ("name", *sheet.item.kind.brief) if inner in sheet.facts]
        counted, found = _compare_entry(entry, sheet, shown, path)
        count += counted
        differences += found
    differences += [Difference(f"{key}#", "json", path, sheet.item.name, "没有列出") for key, sheet in left.items()]
    return count, differences


def _compare_entry(entry: Mapping[str, Any], sheet: Sheet, wanted: Iterable[str], path: str) -> Counted:
    """Compare what a JSON object says of an item; the wanted facts must be there."""
    facts: Mapping[str, Mapping[str, str]] = entry["facts"]
    own = f"{sheet.item.path}#"
    differences: list[Difference] = []
    alone = {sheet.item.path: sheet}
    for inner, said in facts.items():
        differences += compare_fact(own + inner, said["value"], said["text"], "json", path, alone)
    gone = (sheet.facts[inner] for inner in wanted if inner not in facts)
    differences += [Difference(fact.key, "json", path, fact.text, "没有", fact.label) for fact in gone]
    if entry["path"] != sheet.item.path:
        differences.append(Difference(own, "json", path, sheet.item.path, str(entry["path"]), "地址"))
    if entry["fingerprint"] != sheet.fingerprint:
        differences.append(Difference(own, "json", path, sheet.fingerprint, str(entry["fingerprint"]), "指纹"))
    return len(facts), differences
