"""Reads every fact back from what was built and compares it with the source.

Shares nothing with the renderers but the list of facts: it parses pages and data as anyone could, by the marks of the
public interface. A build has its outputs compared as they are written, `tongchuang verify` the files of a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from selectolax.lexbor import LexborHTMLParser

from generator.case_reading import amiss, guide_of
from generator.catalogue import Catalogue
from generator.channels import CHANNELS, REQUIRED, channel_of
from generator.facts import Fact, Sheet
from generator.led_reading import facts_shown
from generator.processes import in_parts


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A fact that an output says differently, not at all, or although the source does not have it."""

    fact: str
    channel: str
    path: str
    expected: str
    found: str
    label: str = ""


_LED, _KIOSK_SEARCH, _SCREEN_DATA, _PAGE = "/led.json", "/kiosk/index-data.js", "/facts.json", "/index.html"


class Count(NamedTuple):
    """How many outputs of a channel were compared, and how many facts in them."""

    outputs: int
    facts: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a built site with its source."""

    channels: Mapping[str, Count]
    """What was compared, by channel; channels that the site does not have are left out."""
    differences: tuple[Difference, ...]

    @property
    def outputs(self) -> int:
        """The number of files compared."""
        return sum(count.outputs for count in self.channels.values())

    @property
    def facts(self) -> int:
        """The number of facts compared, in all files together."""
        return sum(count.facts for count in self.channels.values())

    def as_json(self) -> str:
        """Return the JSON document of the public interface."""
        differences = [asdict(entry) for entry in self.differences]
        channels = {name: count._asdict() for name, count in self.channels.items()}
        document = {"facts": self.facts, "outputs": self.outputs, "channels": channels, "differences": differences}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()

    def as_text(self) -> str:
        """Return one line a difference, one a channel, and the count."""
        lines = [
            f"{entry.path}: {entry.channel}: {entry.fact}「{entry.label}」"
            f"应为「{entry.expected}」，实为「{entry.found}」"
            for entry in self.differences
        ]
        counts = self.channels.items()
        lines += [f"{CHANNELS[name][1]}：{count.outputs} 个文件，{count.facts} 条事实" for name, count in counts]
        total = f"核对 {self.outputs} 个文件里的 {self.facts} 条事实：{len(self.differences)} 处不一致。"
        return "\n".join([*lines, total])


Sheets = Mapping[str, Sheet]
Counted = tuple[int, list[Difference]]


class Compared(NamedTuple):
    """What was found in some outputs: all paths, by channel how many facts in how many files, and what differs."""

    paths: tuple[str, ...]
    channels: Mapping[str, Count]
    differences: tuple[Difference, ...]


def sheets_of(catalogue: Catalogue) -> Sheets:
    """Return the facts of every item by the item's path."""
    return {item.path: catalogue.sheet(item) for item in catalogue.items}


def verify_site(catalogue: Catalogue, folder: Path, jobs: int = 1, prints: Sequence[Compared] = ()) -> Comparison:
    """Compare every page and every JSON file below a folder with the catalogue's facts; add the prints compared."""
    sheets = sheets_of(catalogue)
    files = [path for path in site_files(folder) if holds_facts(path)]
    parts = in_parts(lambda part: compare_files(part, folder, sheets), files, jobs)
    return comparison_of([*parts, *prints], sheets)


def site_files(folder: Path) -> list[str]:
    """Return the paths of all files below a site's folder, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def compare_files(paths: Sequence[str], folder: Path, sheets: Sheets) -> Compared:
    """Compare files below a folder."""
    # A damaged file differs; it must not stop the rest.
    texts = ((path, (folder / path).read_text(encoding="utf-8", errors="replace")) for path in paths)
    return compare_texts(texts, sheets)


def compare_texts(texts: Iterable[tuple[str, str]], sheets: Sheets) -> Compared:
    """Compare outputs, given as path and text, as they come; those that hold no facts are only noted."""
    paths: list[str] = []
    differences: list[Difference] = []
    channels: dict[str, Count] = {}
    for path, text in texts:
        paths.append(path)
        if holds_facts(path):
            counted, found = _comparing(path)(text, path, sheets)
            before = channels.get(channel_of(path), Count(0, 0))
            channels[channel_of(path)] = Count(before.outputs + 1, before.facts + counted)
            differences += found
    return Compared(tuple(paths), channels, tuple(differences))


def _comparing(path: str) -> Callable[[str, str, Sheets], Counted]:
    ways = {
        ".html": compare_page,
        _LED: compare_led,
        _KIOSK_SEARCH: compare_kiosk_search,
        _SCREEN_DATA: compare_screen_data,
    }
    return next((compare for ending, compare in ways.items() if path.endswith(ending)), compare_json)


def holds_facts(path: str) -> bool:
    """Tell whether an output is one that facts are read back from."""
    if path.endswith(".html"):
        return "pagefind/" not in path
    if path.startswith("api/v1/history/"):  # what items said before, on purpose
        return False
    if path.startswith("api/v1/"):
        return path.endswith(".json")
    return path.endswith((_LED, _KIOSK_SEARCH, _SCREEN_DATA))


def comparison_of(parts: Sequence[Compared], sheets: Sheets) -> Comparison:
    """Put together what was found in all outputs of a site; an item without a page or data file is a difference too."""
    missing = _missing_outputs(sheets, {path for part in parts for path in part.paths})
    differences = {entry for part in parts for entry in part.differences} | set(missing)
    return Comparison(_added(part.channels for part in parts), tuple(sorted(differences)))


def _added(parts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    found: dict[str, list[Count]] = {name: [] for name in reversed(list(CHANNELS))}
    for part in parts:
        for name, count in part.items():
            found[name].append(count)
    sums = {name: [sum(column) for column in zip(*counts, strict=True)] for name, counts in found.items() if counts}
    return {name: Count(*both) for name, both in sums.items()}


def _missing_outputs(sheets: Sheets, paths: Set[str]) -> Iterator[Difference]:
    for path in sheets:
        for channel, file in (("page", f"{path}/index.html"), ("json", f"api/v1/{path}.json")):
            if file not in paths:
                yield Difference(path, channel, file, "文件存在", "没有这个文件")


def compare_page(html: str, path: str, sheets: Sheets) -> Counted:
    """Compare the marked facts of a page; the page of an item must show all facts of that item."""
    differences: list[Difference] = []
    seen: set[str] = set()
    channel = channel_of(path)
    nodes = LexborHTMLParser(html).css("[data-fact]")
    for node in nodes:
        attributes = node.attributes
        key = attributes.get("data-fact") or ""
        seen.add(key)
        differences += _compare(key, attributes.get("data-value"), node.text(deep=True), channel, path, sheets)
    own = sheets.get(path.removesuffix("/index.html"))
    if own:
        differences += _gone(own.facts.values(), seen, path)
        differences += _compare_fingerprint(html, path, own)
    else:
        differences += _gone(_required(path, seen, sheets), seen, path)
        differences += _of_another_case(path, seen, sheets)
    return len(nodes), differences


def _gone(wanted: Iterable[Fact], seen: Set[str], path: str) -> list[Difference]:
    channel = channel_of(path)
    gone = (fact for fact in wanted if fact.key not in seen)
    return [Difference(fact.key, channel, path, fact.text, "没有显示", fact.label) for fact in gone]


def _of_another_case(path: str, seen: Set[str], sheets: Sheets) -> Iterator[Difference]:
    """Yield the materials and steps that the page of a case lacks, or shows although they are not of the case."""
    sheet = sheets.get(guide_of(path))
    for key, label, is_missing in amiss(path, seen, sheet.facts) if sheet else ():
        said = ("列在这种情形里", "没有列出") if is_missing else ("不属于这种情形", "列出来了")
        yield Difference(key, channel_of(path), path, *said, label)


def _required(path: str, seen: Set[str], sheets: Sheets) -> Iterator[Fact]:
    """Yield the facts that a medium of the hall has to show; what it names by the name's own fact it shows."""
    for pattern, item, inner in REQUIRED:
        if match := pattern.fullmatch(path):
            groups = ("", *match.groups())
            sheet = sheets.get(item.format(*groups))
            wanted = re.compile(inner.format(*groups))
            for key, fact in sheet.facts.items() if sheet else ():
                if wanted.fullmatch(key) and f"{fact.target}#name" not in seen:
                    yield fact


def _compare_fingerprint(html: str, path: str, sheet: Sheet) -> Iterator[Difference]:
    if f'<meta name="tongchuang:fingerprint" content="{sheet.fingerprint}">' not in html:
        yield Difference(f"{sheet.item.path}#", "page", path, sheet.fingerprint, "指纹不同或没有", "指纹")


def compare_led(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare the lines of an LED screen: each message names its facts, and its lines say just these."""
    try:
        count = 0
        differences: list[Difference] = []
        for message in orjson.loads(text)["messages"]:
            for fact, shown in facts_shown(message):
                differences += _compare(fact["fact"], fact["value"], shown, "led", path, sheets)
                count += 1
        return count, differences
    except (ValueError, KeyError, TypeError, AttributeError):
        return 0, [_damaged(path)]


def compare_kiosk_search(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare what the search of a touch-screen shows: a script that gives one name to a list in JSON."""
    try:
        count = 0
        differences: list[Difference] = []
        for entry in orjson.loads(text.partition("=")[2].rstrip().rstrip(";")):
            for inner, said in entry["facts"].items():
                key = f"{entry['path']}#{inner}"
                differences += _compare(key, said["value"], said["text"], channel_of(path), path, sheets)
                count += 1
        return count, differences
    except (ValueError, KeyError, TypeError, AttributeError):
        return 0, [_damaged(path)]


def compare_screen_data(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare the data of a window's screen, which has to tell of all that the screen itself has to."""
    try:
        differences: list[Difference] = []
        seen: set[str] = set()
        for entry in orjson.loads(text)["facts"]:
            seen.add(entry["fact"])
            differences += _compare(entry["fact"], entry["value"], entry["text"], channel_of(path), path, sheets)
        differences += _gone(_required(path.replace(_SCREEN_DATA, _PAGE), seen, sheets), seen, path)
        return len(seen), differences
    except (ValueError, KeyError, TypeError, AttributeError):
        return 0, [_damaged(path)]


def _damaged(path: str) -> Difference:
    return Difference(f"{path}#", channel_of(path), path, "完整的数据文件", "文件损坏，读不出来")


def compare_json(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare an item's JSON file, which must hold all of its facts, or a kind's list, which must name all items."""
    own = sheets.get(path.removeprefix("api/v1/").removesuffix(".json"))
    try:
        document = orjson.loads(text)
        if own:
            return _compare_entry(document, own, own.facts, path)
        return _compare_list(document, path, sheets)
    except (ValueError, KeyError, TypeError, AttributeError):  # not JSON at all, or JSON of another shape
        return 0, [_damaged(path)]


def _compare_list(document: Mapping[str, Any], path: str, sheets: Sheets) -> Counted:
    """Compare a list; the index of all lists has no items and passes."""
    count = 0
    differences: list[Difference] = []
    left = {key: sheet for key, sheet in sheets.items() if sheet.item.kind.name == document.get("kind")}
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
        differences += _compare(own + inner, said["value"], said["text"], "json", path, alone)
    gone = (sheet.facts[inner] for inner in wanted if inner not in facts)
    differences += [Difference(fact.key, "json", path, fact.text, "没有", fact.label) for fact in gone]
    if entry["path"] != sheet.item.path:
        differences.append(Difference(own, "json", path, sheet.item.path, str(entry["path"]), "地址"))
    if entry["fingerprint"] != sheet.fingerprint:
        differences.append(Difference(own, "json", path, sheet.fingerprint, str(entry["fingerprint"]), "指纹"))
    return len(facts), differences


def _compare(key: str, value: str | None, text: str, channel: str, path: str, sheets: Sheets) -> Iterable[Difference]:
    item_path, _, inner = key.partition("#")
    sheet = sheets.get(item_path)
    fact: Fact | None = sheet.facts.get(inner) if sheet else None
    if fact is None:
        return [Difference(key, channel, path, "没有这条事实", text)]
    if value == fact.value and text == fact.text:
        return ()
    differences = []
    if (value or "") != fact.value:
        differences.append(Difference(key, channel, path, fact.value, value or "", fact.label))
    if text != fact.text and text.split() != fact.text.split():  # a browser shows runs of white space as one space
        differences.append(Difference(key, channel, path, fact.text, text, fact.label))
    return differences
