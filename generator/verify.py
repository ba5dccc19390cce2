"""Reads every fact back from what was built and compares it with the source.

Shares nothing with the renderers but the list of facts: it parses pages and data as anyone could, by the marks of the
public interface. A build has its outputs compared as they are written, `tongchuang verify` the files of a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.facts import Fact, Sheet
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing a built site with its source."""

    facts: int
    outputs: int
    differences: tuple[Difference, ...]

    def as_json(self) -> str:
        """Return the JSON document of the public interface."""
        differences = [asdict(entry) for entry in self.differences]
        document = {"facts": self.facts, "outputs": self.outputs, "differences": differences}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()

    def as_text(self) -> str:
        """Return one line a difference, and the count."""
        lines = [
            f"{entry.path}: {entry.channel}: {entry.fact}「{entry.label}」"
            f"应为「{entry.expected}」，实为「{entry.found}」"
            for entry in self.differences
        ]
        total = f"核对 {self.outputs} 个文件里的 {self.facts} 条事实：{len(self.differences)} 处不一致。"
        return "\n".join([*lines, total])


Sheets = Mapping[str, Sheet]
Counted = tuple[int, list[Difference]]


class Compared(NamedTuple):
    """What was found in some outputs: their paths, how many hold facts, how many facts, and where they differ."""

    paths: tuple[str, ...]
    outputs: int
    facts: int
    differences: tuple[Difference, ...]


def sheets_of(catalogue: Catalogue) -> Sheets:
    """Return the facts of every item by the item's path."""
    return {item.path: catalogue.sheet(item) for item in catalogue.items}


def verify_site(catalogue: Catalogue, folder: Path, jobs: int = 1) -> Comparison:
    """Compare every page and every JSON file below a folder with the catalogue's facts."""
    sheets = sheets_of(catalogue)
    files = [path for path in site_files(folder) if holds_facts(path)]
    return comparison_of(in_parts(lambda part: compare_files(part, folder, sheets), files, jobs), sheets)


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
    facts = outputs = 0
    for path, text in texts:
        paths.append(path)
        if holds_facts(path):
            compare = compare_page if path.endswith(".html") else compare_json
            counted, found = compare(text, path, sheets)
            facts += counted
            outputs += 1
            differences += found
    return Compared(tuple(paths), outputs, facts, tuple(differences))


def holds_facts(path: str) -> bool:
    """Tell whether an output is one that facts are read back from."""
    return (path.endswith(".html") and not path.startswith("pagefind/")) or (
        path.endswith(".json") and path.startswith("api/")
    )


def comparison_of(parts: Sequence[Compared], sheets: Sheets) -> Comparison:
    """Put together what was found in all outputs of a site; an item without a page or data file is a difference too."""
    missing = _missing_outputs(sheets, {path for part in parts for path in part.paths})
    differences = {entry for part in parts for entry in part.differences} | set(missing)
    facts, outputs = sum(part.facts for part in parts), sum(part.outputs for part in parts)
    return Comparison(facts, outputs, tuple(sorted(differences)))


def _missing_outputs(sheets: Sheets, paths: Set[str]) -> Iterator[Difference]:
    for path in sheets:
        for channel, file in (("page", f"{path}/index.html"), ("json", f"api/v1/{path}.json")):
            if file not in paths:
                yield Difference(path, channel, file, "文件存在", "没有这个文件")


def compare_page(html: str, path: str, sheets: Sheets) -> Counted:
    """Compare the marked facts of a page; the page of an item must show all facts of that item."""
    differences: list[Difference] = []
    seen: set[str] = set()
    nodes = LexborHTMLParser(html).css("[data-fact]")
    for node in nodes:
        attributes = node.attributes
        key = attributes.get("data-fact") or ""
        seen.add(key)
        differences += _compare(key, attributes.get("data-value"), node.text(deep=True), "page", path, sheets)
    own = sheets.get(path.removesuffix("/index.html"))
    if own:
        gone = (fact for fact in own.facts.values() if fact.key not in seen)
        differences += [Difference(fact.key, "page", path, fact.text, "没有显示", fact.label) for fact in gone]
        differences += _compare_fingerprint(html, path, own)
    return len(nodes), differences


def _compare_fingerprint(html: str, path: str, sheet: Sheet) -> Iterator[Difference]:
    if f'<meta name="tongchuang:fingerprint" content="{sheet.fingerprint}">' not in html:
        yield Difference(f"{sheet.item.path}#", "page", path, sheet.fingerprint, "指纹不同或没有", "指纹")


def compare_json(text: str, path: str, sheets: Sheets) -> Counted:
    """Compare an item's JSON file, which must hold all of its facts, or a kind's list, which must name all items."""
    own = sheets.get(path.removeprefix("api/v1/").removesuffix(".json"))
    try:
        document = orjson.loads(text)
        if own:
            return _compare_entry(document, own, own.facts, path)
        return _compare_list(document, path, sheets)
    except (ValueError, KeyError, TypeError, AttributeError):  # not JSON at all, or JSON of another shape
        return 0, [Difference(f"{path}#", "json", path, "完整的数据文件", "文件损坏，读不出来")]


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
