"""Reads every fact back from what was built and compares it with the source.

Shares nothing with the renderers but the list of facts: it parses pages and data as anyone could, by the marks of the
public interface. A build has its outputs compared as they are written, `tongchuang verify` the files of a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import orjson
from selectolax.lexbor import LexborHTMLParser

from generator.case_reading import amiss, guide_of
from generator.catalogue import Catalogue
from generator.channels import CHANNELS, channel_of
from generator.differences import Counted, Difference, Sheets, compare_fact, gone, required
from generator.facts import Sheet
from generator.processes import in_parts
from generator.verify_data import SCREEN_DATA, compare_json, compare_led, compare_lookup, compare_screen_data

_LED, _KIOSK_SEARCH = "/led.json", "/kiosk/lookup.js"
_SEARCH = re.compile(r"search/(lookup|blocks/\d+)\.json")


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


class Compared(NamedTuple):
    """What was found in some outputs: all paths, by channel how many facts in how many files, and what differs."""

    paths: tuple[str, ...]
    channels: Mapping[str, Count]
    differences: tuple[Difference, ...]


def sheets_of(catalogue: Catalogue) -> Sheets:
    """Return the facts of every item by the item's path."""
    everywhere = (catalogue, *catalogue.districts)
    return {item.path: each.sheet(item) for each in everywhere for item in each.items}


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
        _KIOSK_SEARCH: compare_lookup,
        SCREEN_DATA: compare_screen_data,
    }
    if _SEARCH.fullmatch(path):
        return compare_lookup
    return next((compare for ending, compare in ways.items() if path.endswith(ending)), compare_json)


def holds_facts(path: str) -> bool:
    """Tell whether an output is one that facts are read back from."""
    if path.endswith(".html"):
        return "pagefind/" not in path
    if path.startswith("api/v1/history/"):  # what items said before, on purpose
        return False
    if path.startswith("api/v1/"):
        return path.endswith(".json")
    return path.endswith((_LED, _KIOSK_SEARCH, SCREEN_DATA)) or bool(_SEARCH.fullmatch(path))


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
        differences += compare_fact(key, attributes.get("data-value"), node.text(deep=True), channel, path, sheets)
    own = sheets.get(path.removesuffix("/index.html"))
    if own:
        differences += gone(own.facts.values(), seen, path)
        differences += _compare_fingerprint(html, path, own)
    else:
        differences += gone(required(path, seen, sheets), seen, path)
        differences += _of_another_case(path, seen, sheets)
    return len(nodes), differences


def _of_another_case(path: str, seen: Set[str], sheets: Sheets) -> Iterator[Difference]:
    """Yield the materials and steps that the page of a case lacks, or shows although they are not of the case."""
    sheet = sheets.get(guide_of(path))
    for key, label, is_missing in amiss(path, seen, sheet.facts) if sheet else ():
        said = ("列在这种情形里", "没有列出") if is_missing else ("不属于这种情形", "列出来了")
        yield Difference(key, channel_of(path), path, *said, label)


def _compare_fingerprint(html: str, path: str, sheet: Sheet) -> Iterator[Difference]:
    if f'<meta name="tongchuang:fingerprint" content="{sheet.fingerprint}">' not in html:
        yield Difference(f"{sheet.item.path}#", "page", path, sheet.fingerprint, "指纹不同或没有", "指纹")
