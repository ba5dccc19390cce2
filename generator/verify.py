"""Reads every fact back from the built files and compares it with the source.

Shares nothing with the renderers but the list of facts: it parses the files as anyone could, by the marks of the
public interface.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
        return json.dumps(document, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Return one line a difference, and the count."""
        lines = [
            f"{entry.path}: {entry.channel}: {entry.fact}「{entry.label}」"
            f"应为「{entry.expected}」，实为「{entry.found}」"
            for entry in self.differences
        ]
        total = f"核对 {self.outputs} 个文件里的 {self.facts} 条事实：{len(self.differences)} 处不一致。"
        return "\n".join([*lines, total])


def verify_site(catalogue: Catalogue, folder: Path, jobs: int = 1) -> Comparison:
    """Compare every page and every JSON file below a folder with the catalogue's facts."""
    sheets = {item.path: catalogue.sheet(item) for item in catalogue.items}
    pages = [path for path in sorted(folder.rglob("*.html")) if path.parts[len(folder.parts)] != "pagefind"]
    files = [*pages, *sorted((folder / "api").rglob("*.json"))]
    parts = in_parts(lambda part: _compare_files(part, folder, sheets), files, jobs)
    missing = _missing_outputs(sheets, folder)
    differences = sorted({entry for _, found in parts for entry in found} | set(missing))
    return Comparison(sum(count for count, _ in parts), len(files), tuple(differences))


Counted = tuple[int, list[Difference]]


def _compare_files(files: Sequence[Path], folder: Path, sheets: Mapping[str, Sheet]) -> Counted:
    count, differences = 0, []
    for file in files:
        relative = file.relative_to(folder).as_posix()
        text = file.read_text(encoding="utf-8", errors="replace")  # a damaged file differs, it must not stop the rest
        compare = compare_page if file.suffix == ".html" else compare_json
        counted, found = compare(text, relative, sheets)
        count += counted
        differences += found
    return count, differences


def _missing_outputs(sheets: Mapping[str, Sheet], folder: Path) -> Iterator[Difference]:
    for path in sheets:
        for channel, file in (("page", f"{path}/index.html"), ("json", f"api/v1/{path}.json")):
            if not (folder / file).is_file():
                yield Difference(path, channel, file, "文件存在", "没有这个文件")


def compare_page(html: str, path: str, sheets: Mapping[str, Sheet]) -> Counted:
    """Compare the marked facts of a page; the page of an item must show all facts of that item."""
    differences: list[Difference] = []
    seen: set[str] = set()
    nodes = LexborHTMLParser(html).css("[data-fact]")
    for node in nodes:
        attributes = node.attributes
        key = attributes.get("data-fact") or ""
        seen.add(key)
        value, text = attributes.get("data-value") or "", node.text(deep=True)
        differences += _compare(key, value, text, "page", path, sheets)
    own = sheets.get(path.removesuffix("/index.html"))
    if own:
        gone = (fact for fact in own.facts.values() if fact.key not in seen)
        differences += [Difference(fact.key, "page", path, fact.text, "没有显示", fact.label) for fact in gone]
        differences += _compare_fingerprint(html, path, own)
    return len(nodes), differences


def _compare_fingerprint(html: str, path: str, sheet: Sheet) -> Iterator[Difference]:
    if f'<meta name="tongchuang:fingerprint" content="{sheet.fingerprint}">' not in html:
        yield Difference(f"{sheet.item.path}#", "page", path, sheet.fingerprint, "指纹不同或没有", "指纹")


def compare_json(text: str, path: str, sheets: Mapping[str, Sheet]) -> Counted:
    """Compare an item's JSON file, which must hold all of its facts, or a kind's list, which must name all items."""
    own = sheets.get(path.removeprefix("api/v1/").removesuffix(".json"))
    try:
        document = json.loads(text)
        if own:
            return _compare_entry(document, own, own.facts, path)
        return _compare_list(document, path, sheets)
    except (ValueError, KeyError, TypeError, AttributeError):  # not JSON at all, or JSON of another shape
        return 0, [Difference(f"{path}#", "json", path, "完整的数据文件", "文件损坏，读不出来")]


def _compare_list(document: Mapping[str, Any], path: str, sheets: Mapping[str, Sheet]) -> Counted:
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
    for inner, said in facts.items():
        differences += _compare(own + inner, said["value"], said["text"], "json", path, {sheet.item.path: sheet})
    gone = (sheet.facts[inner] for inner in wanted if inner not in facts)
    differences += [Difference(fact.key, "json", path, fact.text, "没有", fact.label) for fact in gone]
    if entry["path"] != sheet.item.path:
        differences.append(Difference(own, "json", path, sheet.item.path, str(entry["path"]), "地址"))
    if entry["fingerprint"] != sheet.fingerprint:
        differences.append(Difference(own, "json", path, sheet.fingerprint, str(entry["fingerprint"]), "指纹"))
    return len(facts), differences


def _compare(
    key: str, value: str, text: str, channel: str, path: str, sheets: Mapping[str, Sheet]
) -> Iterable[Difference]:
    item_path, _, inner = key.partition("#")
    sheet = sheets.get(item_path)
    fact: Fact | None = sheet.facts.get(inner) if sheet else None
    if fact is None:
        return [Difference(key, channel, path, "没有这条事实", text)]
    differences = []
    if value != fact.value:
        differences.append(Difference(key, channel, path, fact.value, value, fact.label))
    if text != fact.text and text.split() != fact.text.split():  # a browser shows runs of white space as one space
        differences.append(Difference(key, channel, path, fact.text, text, fact.label))
    return differences
