"""All outputs of a catalogue, rendered in memory: of each what is needed to tell two renderings apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import NamedTuple

from generator.build import Project
from generator.catalogue import Catalogue
from generator.mkdocs_plugin import shell_places
from generator.outputs import Output
from generator.processes import in_parts
from generator.render.everything import units_of
from generator.render.search_entries import search_documents
from generator.render.site import Site
from generator.render.unit import Unit
from generator.shell import SLOTS, Shell, mark

SEARCH = "search-text/"
"""Where the texts of the search index stand among the outputs; the index itself is made of all of them."""
_KEY = re.compile(r'data-fact="([^"]+)"')
_PACKED = ("handouts/", "hall/")


class Traits(NamedTuple):
    """What two renderings of an output are compared by."""

    content: bytes
    """A hash of its bytes."""
    keys: bytes
    """A hash of the keys of the facts that it marks, whatever their order."""
    shown: frozenset[str]
    """Keys of the watched facts among them."""


class Rendering(NamedTuple):
    """The outputs of a catalogue by path, and the bytes of those that packs for the hall are made of."""

    outputs: Mapping[str, Traits]
    packed: Mapping[str, bytes]


def rendering_of(project: Project, catalogue: Catalogue, valid_until: date, watched: Set[str]) -> Rendering:
    """Render a catalogue without its history; `watched` has the keys of the facts to look for."""
    site = Site(
        catalogue=catalogue,
        settings=project.settings,
        theme=project.theme,
        shells=_bare_shells(),
        valid_until=valid_until,  # the same for both, else every page would differ
    )

    def render(units: Sequence[Unit]) -> Rendering:
        return _traits((output for unit in units for output in unit.make(site)), watched)

    parts = [_traits(_search_texts(site), watched), *in_parts(render, units_of(site), project.jobs)]
    outputs = {path: traits for part in parts for path, traits in part.outputs.items()}
    return Rendering(outputs, {path: data for part in parts for path, data in part.packed.items()})


def _traits(outputs: Iterator[Output], watched: Set[str]) -> Rendering:
    found: dict[str, Traits] = {}
    packed: dict[str, bytes] = {}
    for output in outputs:
        keys = set(_KEY.findall(output.data.decode())) if output.path.endswith(".html") else set()
        whole, marks = _hash(output.data), _hash("\n".join(sorted(keys)).encode())
        found[output.path] = Traits(whole, marks, frozenset(keys & watched))
        if output.path.startswith(_PACKED):
            packed[output.path] = output.data
    return Rendering(found, packed)


def _hash(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _search_texts(site: Site) -> Iterator[Output]:
    """Yield what the index knows of each item; its number there is left out, which every new item would move."""
    for address, text in search_documents(site).items():
        yield Output(f"{SEARCH}{address.rpartition('/')[0]}", text.encode())


def _bare_shells() -> dict[tuple[str, int], Shell]:
    """Return shells of nothing but their slots: what stands around an article does not come from items."""
    bare = "\n".join(map(mark, SLOTS))
    return {(section, depth): Shell(bare, "../" * depth) for section, depth in shell_places(with_districts=True)}
