"""A cluster as the place where the work of a build is done, and from where the site is published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from generator.cluster.errands import Errands, errands_of
from generator.cluster.link import linked
from generator.cluster.parcel import Parcel, pack
from generator.cluster.places import Home, InStore, Place, SharedFolder, shared_folder, unpacked
from generator.cluster.sharing import Load, batches_of, shared_out
from generator.cluster.stores import ObjectStore
from generator.cluster.worker import MadeUnit
from generator.notes import EVERYTHING
from generator.processes import beside
from generator.production import Part
from generator.render.unit import Unit
from generator.reuse import Kept, Making
from generator.write import write_outputs

POINTER = "current.json"
"""The file in an object store that names the release that readers are to see."""
_FILES_AT_ONCE = 200


def checked(address: str, folder: Path | None, store: str | None) -> Cluster:
    """Return a cluster that is there and runs our code; raise `ClusterFault` otherwise."""
    cluster = Cluster(address, folder, ObjectStore(store) if store else None)
    if cluster.store:
        cluster.store.check()
    # In another process: what a connection leaves running does not go well with the processes forked later.
    beside(cluster.ask, lambda: None, both=True)
    return cluster


@dataclass(slots=True)
class Cluster:
    """A Dask cluster by the address of its scheduler, and where its workers put what they make."""

    address: str
    folder: Path | None = None
    """The name by which workers see the folder that holds the site; None to have everything sent home."""
    store: ObjectStore | None = None
    """Where the site is published instead of the site folder."""
    _release: str = field(default="", init=False)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the site goes to an object store."""
        return self.store is not None

    def ask(self) -> None:
        """Raise `ClusterFault` unless the cluster is there and runs our code."""
        with linked(self.address) as link:
            link.assert_same_code()

    def parts(
        self, making: Making, staging: Path, units: Sequence[Unit], here: Callable[[Sequence[Unit]], Part]
    ) -> list[Part]:
        """Have units made on the cluster, and those that are better made `here` beside it."""
        errands = errands_of(units)
        names = {unit.name: unit for unit in units}
        found: list[Part] = []
        at_home = beside(
            lambda: here(errands.here), lambda: found.extend(self._away(making, staging, errands, names)), both=True
        )
        return [at_home, *found]

    def _away(self, making: Making, staging: Path, errands: Errands, names: Mapping[str, Unit]) -> Iterator[Part]:
        """Yield what the cluster makes, its files in their place."""
        parcel = pack(making.site, errands.shared)
        place = self._place(staging, parcel)
        shipped = b"" if isinstance(place, SharedFolder) else parcel.data
        with linked(self.address) as link:
            batches = batches_of(errands.errands, link.slots())
            for done in shared_out(link, Load(batches, shipped, parcel.fingerprint, place)):
                list(write_outputs(unpacked(done.sent), staging, making.folder))
                kept = () if self.is_elsewhere else done.units
                yield Part(
                    [unit.compared for unit in done.units],
                    {one.name: _kept(making, names[one.name], one, staging) for one in kept},
                )
        if isinstance(place, SharedFolder):
            place.end(staging)

    def _place(self, staging: Path, parcel: Parcel) -> Place:
        if self.store:
            self._release = f"releases/{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{parcel.fingerprint}"
            return InStore(self.store.below(self._release))
        return Home() if self.folder is None else shared_folder(self.folder, staging, parcel)

    def publish(self, staging: Path) -> None:
        """Add what was made here to the store and point to the whole."""
        assert self.store is not None
        release = self.store.below(self._release)
        for files in _in_parts(staging):
            release.put({file.relative_to(staging).as_posix(): file.read_bytes() for file in files})
        self.store.point(POINTER, json.dumps({"release": f"{self._release}/"}).encode() + b"\n")


def _kept(making: Making, unit: Unit, made: MadeUnit, staging: Path) -> Kept:
    """Return what to keep of a unit; what it asked of what it was given is noted nowhere."""
    return making.kept(unit, made.compared, EVERYTHING if unit.notes else made.asked, staging)


def _in_parts(folder: Path) -> Iterator[list[Path]]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    for start in range(0, len(files), _FILES_AT_ONCE):
        yield files[start : start + _FILES_AT_ONCE]
