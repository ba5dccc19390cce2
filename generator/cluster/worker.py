"""What a worker of the cluster runs: it unpacks a site once and does batches of its work."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import NamedTuple

from generator.cluster.errands import Errand
from generator.cluster.parcel import Opened, sheets_on_demand, unpack
from generator.cluster.places import Place, Sent
from generator.cluster.state import STATE, State
from generator.notes import Notes, Query
from generator.outputs import Output
from generator.verify import Compared, compare_texts, holds_facts
from generator.watched import Watched

Batch = Sequence[Errand]


class OtherCode(Exception):
    """This worker runs other code than whoever shares out the work; the message says what is different."""


class MadeUnit(NamedTuple):
    """What comparing a unit's outputs found, and what its making asked of the catalogue."""

    name: str
    compared: Compared
    asked: Set[Query]


class Done(NamedTuple):
    """A batch: what is to be written by whoever asked for it, and the units."""

    sent: Sent
    units: tuple[MadeUnit, ...]


class _Kept(NamedTuple):
    fingerprint: str
    opened: Opened
    folder: TemporaryDirectory[str]
    """Where the theme lies; it goes when nobody holds it."""


_kept: _Kept | None = None
_lock = Lock()


def do_batch(shipped: bytes, fingerprint: str, batch: Batch, place: Place, wanted: State) -> Done:
    """Make the outputs of a batch from a parcel, put them into a place and compare them with the source.

    Raises `OtherCode` where the bytes might be others than those of who asks.
    """
    if other := wanted.differs(STATE):  # one that came after the build had begun
        raise OtherCode(other)
    opened = _opened(shipped, fingerprint, place)
    sheets = sheets_on_demand(opened.site.catalogue)
    outputs: list[Output] = []

    def compared(made: Iterable[Output]) -> Compared:
        new = list(made)
        outputs.extend(new)
        return compare_texts(((one.path, one.data.decode() if holds_facts(one.path) else "") for one in new), sheets)

    units = tuple(_made(opened, errand, compared) for errand in batch)
    return Done(place.take(outputs), units)


def _made(opened: Opened, errand: Errand, compared: Callable[[Iterable[Output]], Compared]) -> MadeUnit:
    watched = Watched(opened.site.catalogue, Notes(by_kind=not errand.item))
    history = opened.own_history(errand.item) if errand.item else opened.site.history
    site = replace(opened.site, catalogue=watched, history=history)
    found = compared(opened.reader.made_by(errand)(site))
    return MadeUnit(errand.name, found, watched.asked)


def _opened(shipped: bytes, fingerprint: str, place: Place) -> Opened:
    global _kept
    with _lock:
        if _kept is None or _kept.fingerprint != fingerprint:
            gc.set_threshold(100_000)  # as at home: what is made of a site lives on, and need not be searched
            folder = TemporaryDirectory(prefix="tongchuang-")
            opened = unpack(place.sources(shipped), lambda files: _laid_down(files, Path(folder.name)))
            _kept = _Kept(fingerprint, opened, folder)
        return _kept.opened


def _laid_down(files: Mapping[str, bytes], folder: Path) -> Path:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder
