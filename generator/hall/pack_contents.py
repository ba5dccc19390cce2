"""Which files of a built site belong to a pack: what its pages need, and where they lead within the hall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.hall.pack_devices import Device, is_printed, may_lead_to
from generator.hall.pack_links import Link, Reading, reading_of, target_of
from generator.item import Item
from generator.outputs import Output
from generator.problems import Place, Problem

_HINTS = {
    "leads-out": "离线包里打不开它。请改模板，只链接到本大厅的窗口屏、查询机、公示和告知单。",
    "missing-file": "请重新生成站点。",
    "rooted-link": "从文件夹打开时找不到它。请写成相对地址，页面写到 index.html。",
}


@dataclass(frozen=True)
class SiteFiles:
    """The files of a built site below its root; each is read once, however many packs hold it."""

    root: Path
    paths: frozenset[str]
    hall: Item
    _outputs: dict[str, Output] = field(default_factory=dict, repr=False)
    _readings: dict[str, Reading] = field(default_factory=dict, repr=False)

    def output(self, path: str) -> Output:
        """Return a file with its bytes."""
        if path not in self._outputs:
            self._outputs[path] = Output(path, (self.root / path).read_bytes())
        return self._outputs[path]

    def reading(self, path: str) -> Reading:
        """Return what a file links to and which items it shows."""
        if path not in self._readings:
            self._readings[path] = reading_of(path, self.output(path).data)
        return self._readings[path]


@dataclass(frozen=True)
class Contents:
    """The files of a pack, and the links that lead nowhere in it: page, kind of fault and target."""

    paths: frozenset[str]
    faults: frozenset[tuple[str, str, str]]


def site_files(root: Path, hall: Item) -> SiteFiles:
    """Return the files of a site that a pack may take: all but those of other packs and of the tools."""
    found = (file.relative_to(root).as_posix() for file in root.rglob("*.*") if file.is_file())
    return SiteFiles(root, frozenset(path for path in found if not path.startswith((".", "packs/"))), hall)


def contents_of(device: Device, site: SiteFiles) -> Contents:
    """Return what belongs to the pack of a device, following links from the files that it takes whole."""
    waiting = [path for path in site.paths if path.startswith(device.whole)]
    seen = set(waiting)
    faults: set[tuple[str, str, str]] = set()
    while waiting:
        page = waiting.pop()
        for link in site.reading(page).links:
            target, code = _followed(page, link, site)
            if code:
                faults.add((page, code, target))
            elif target and target not in seen:
                seen.add(target)
                waiting.append(target)
    return Contents(frozenset(seen), frozenset(faults))


def _followed(page: str, link: Link, site: SiteFiles) -> tuple[str, str]:
    """Return the file that a link leads to, empty where it leads to none, and what is wrong with it."""
    target = target_of(page, link.url)
    if target is None or (is_printed(page, site.hall) and not link.needed):
        return "", ""
    if "://" in target or target.startswith(".."):
        return target, "leads-out"
    if target.startswith("/") or target.endswith("/"):
        return target, "rooted-link"
    if not link.needed and not may_lead_to(target, site.hall):
        return target, "leads-out"
    return target, "" if target in site.paths else "missing-file"


def link_problems(contents: Iterable[Contents]) -> Iterator[Problem]:
    """Yield a problem for each target that packs lead to in vain, at the first page that names it."""
    pages: dict[tuple[str, str], set[str]] = {}
    for page, code, target in {fault for content in contents for fault in content.faults}:
        pages.setdefault((code, target), set()).add(page)
    for (code, target), naming in pages.items():
        others = f"，另有 {len(naming) - 1} 个页面也这样" if len(naming) > 1 else ""
        said = {
            "leads-out": "链接到离线包以外的",
            "missing-file": "要用的文件不存在：",
            "rooted-link": "链接不能离线用：",
        }
        message = f"{said[code]}{' ' if code == 'leads-out' else ''}{target}{others}"
        yield Problem(place=Place(path=min(naming)), code=code, message=message, hint=_HINTS[code])
