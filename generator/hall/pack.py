"""A built site → a folder for each machine of a hall, which works without a network; the whole takes its place at once.

A pack has the site's own tree below it, so that all relative links stay right, a start page, and its manifest.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from generator.build import Project
from generator.catalogue import Catalogue
from generator.due import last_valid_day
from generator.hall.manifest import Edition, manifest_bytes, manifest_document, source_time
from generator.hall.pack_contents import Contents, SiteFiles, contents_of, link_problems, site_files
from generator.hall.pack_devices import Device, devices_of, is_printed, missing_starts
from generator.hall.pack_links import reading_of
from generator.hall.signing import signature_of
from generator.hall.sync import MANIFEST, SIGNATURE, path_problems
from generator.item import Item
from generator.kinds import all_kinds
from generator.outputs import Output
from generator.problems import Place, Problem, in_order
from generator.render import templates
from generator.render.data import API
from generator.write import assert_replaceable, discard, publish, staging_folder, write_outputs

_TEMPLATE = "hall/pack-start.html"
_NAMED = 5
"""How many items a message names."""


class NotPacked(Exception):
    """The site cannot be packed; the message says why. `is_missing` where there is no site at all."""

    def __init__(self, message: str, *, is_missing: bool = False) -> None:
        super().__init__(message)
        self.is_missing = is_missing


class FaultyPages(Exception):
    """Pages of the site lack something that a pack needs."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in pages")
        self.problems = problems


class Packed(NamedTuple):
    """One pack that was written."""

    device: str
    label: str
    files: int
    size: int
    """Bytes of all files together."""
    build: str


def assert_current(site: Path, catalogue: Catalogue) -> None:
    """Raise `NotPacked` unless a folder holds the site of the catalogue's items on the catalogue's day."""
    if not (site / API / "index.json").is_file():
        raise NotPacked(f"{site} 里没有站点，请先运行 tongchuang build。", is_missing=True)
    built = _json(site / API / "index.json").get("as_of")
    if built != catalogue.today.isoformat():
        raise NotPacked(f"{site} 是按 {built} 生成的，现在要 {catalogue.today} 的：请重新生成，或加 --as-of {built}。")
    shown = {
        file.relative_to(site / API).with_suffix("").as_posix(): _json(file).get("fingerprint")
        for model in all_kinds().values()
        for file in (site / API / model.kind.plural).glob("*.json")
    }
    left: dict[str, str | None] = {entry.address: None for entry in catalogue.addresses.left}
    known = {**left, **{item.path: catalogue.sheet(item).fingerprint for item in catalogue.items}}
    if wrong := sorted(path for path, _ in shown.items() ^ known.items()):
        paths = list(dict.fromkeys(wrong))
        more = "等" if len(paths) > _NAMED else ""
        raise NotPacked(
            f"{site} 与内容不一致，请先运行 tongchuang build：{'、'.join(paths[:_NAMED])}{more} 共 {len(paths)} 项。"
        )


def _json(file: Path) -> dict[str, Any]:
    try:
        document = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError:
        return {}
    return document if isinstance(document, dict) else {}


def edition_of(project: Project, catalogue: Catalogue, hall: Item, *, signed: bool) -> Edition:
    """Return what all packs of a hall have in common; raise `NotPacked` for a wrong SOURCE_DATE_EPOCH."""
    folders = (project.root / "items", project.content, project.theme)
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    try:
        changed = source_time([project.root / project.config, *files])
    except ValueError as error:
        raise NotPacked(f"{error}。") from error
    valid_until = last_valid_day(catalogue, project.settings.announce_days)
    return Edition(hall.id, catalogue.today, valid_until, changed, signed)


def write_packs(
    project: Project,
    catalogue: Catalogue,
    hall: Item,
    out: Path,
    *,
    key: Ed25519PrivateKey | None = None,
    with_pdf: bool = False,
) -> list[Packed]:
    """Write the packs of all machines of a hall into a folder, whole or not at all, and return them.

    Raises `NotPacked`, `FaultyPages`, and `UnsafeTarget` where the folder holds something else.
    """
    assert_current(project.site_folder, catalogue)
    edition = edition_of(project, catalogue, hall, signed=key is not None)
    assert_replaceable(out)
    site = site_files(project.site_folder, hall)
    contents = _sound_contents(devices_of(hall, catalogue), site)
    staging = staging_folder(out)
    try:
        made = [
            _Pack(project, catalogue, hall, edition, site, key).write(device, found, staging / device.name, with_pdf)
            for device, found in contents.items()
        ]
        publish(staging, out)
    finally:
        discard(staging)
    return made


def _sound_contents(devices: list[Device], site: SiteFiles) -> dict[Device, Contents]:
    """Return what belongs to the pack of each device; raise `FaultyPages` where a page or a link is missing."""
    contents = {device: contents_of(device, site) for device in devices}
    if faults := in_order([*missing_starts(devices, set(site.paths)), *link_problems(contents.values())]):
        raise FaultyPages(faults)
    return contents


class _Pack(NamedTuple):
    """What is needed to write any pack of a run."""

    project: Project
    catalogue: Catalogue
    hall: Item
    edition: Edition
    site: SiteFiles
    key: Ed25519PrivateKey | None

    def write(self, device: Device, contents: Contents, folder: Path, with_pdf: bool) -> Packed:
        """Write the pack of a device."""
        outputs = [self._start_page(device), *(self.site.output(path) for path in sorted(contents.paths))]
        list(write_outputs(outputs, folder))
        if with_pdf:
            outputs += self._printed(sorted(contents.paths), folder, device)
        if clash := sorted(path_problems(output.path for output in outputs)):
            raise FaultyPages(
                [Problem(place=Place(path=device.name), code="pack-path", message=text) for text in clash]
            )
        document = manifest_document(self.edition, device.name, outputs, self._items(outputs[0], contents))
        signed = [Output(MANIFEST, manifest_bytes(document))]
        if self.key:
            signed.append(Output(SIGNATURE, signature_of(signed[0].data, self.key)))
        list(write_outputs(signed, folder))
        size = sum(len(output.data) for output in outputs)
        return Packed(device.name, device.label, len(outputs), size, document["build"])

    def _start_page(self, device: Device) -> Output:
        html = templates.render(
            self.project.theme,
            _TEMPLATE,
            label=device.label,
            starts=device.starts,
            hall=self.catalogue.sheet(self.hall).facts["name"],
            today=self.edition.as_of,
            valid_until=self.edition.valid_until,
        )
        return Output("index.html", html.encode())

    def _items(self, start: Output, contents: Contents) -> dict[str, str]:
        """Return the fingerprints of the items whose facts are shown; the start page is the pack's, not the site's."""
        readings = [reading_of(start.path, start.data), *map(self.site.reading, contents.paths)]
        shown = {path for reading in readings for path in reading.items} & self.catalogue.by_path.keys()
        return {path: self.catalogue.sheet(self.catalogue.by_path[path]).fingerprint for path in sorted(shown)}

    def _printed(self, paths: Sequence[str], folder: Path, device: Device) -> Iterator[Output]:
        """Print the papers of the boards as PDF into the pack's folder, and yield them."""
        if device.name != "boards":
            return
        names = {path: name for path in paths if (name := _pdf_name(path, self.hall))}
        for name in names.values():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        # Imported here, because only who prints needs it.
        pdf = importlib.import_module("generator.hall.pdf")
        try:
            pdf.print_pdfs({self.site.root / path: folder / name for path, name in names.items()})
        except pdf.PdfFailed as error:
            raise NotPacked(str(error), is_missing=True) from error
        yield from (Output(name, (folder / name).read_bytes()) for name in names.values())


def _pdf_name(path: str, hall: Item) -> str:
    """Return where the PDF of a page goes, such as `pdf/fees-a3.pdf`; empty for what is not for paper."""
    if not is_printed(path, hall) or not path.endswith("/index.html") or "/screen/" in path:
        return ""
    address = path.removesuffix("/index.html")
    if address.startswith("handouts/"):
        return f"pdf/{address}.pdf"
    return f"pdf/{address.removeprefix(f'{hall.path}/').replace('/', '-')}.pdf"
