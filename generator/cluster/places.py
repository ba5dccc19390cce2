"""Where workers take the sources from and put what they made: messages, a shared folder, an object store."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Protocol
from uuid import uuid4

from generator.cluster.fault import ClusterFault
from generator.cluster.parcel import Parcel
from generator.cluster.stores import ObjectStore
from generator.outputs import Output

Sent = tuple[tuple[str, bytes], ...]
"""Outputs on their way home: path and packed bytes. Empty where the worker has put them in their place itself."""
_QUICK = 1
_PARCEL = "parcel"


class Place(Protocol):
    """Where sources come from and outputs go, as a worker sees it."""

    def sources(self, shipped: bytes) -> bytes:
        """Return the parcel; `shipped` is what came by message."""

    def take(self, outputs: Sequence[Output]) -> Sent:
        """Put outputs there; return those that the caller has to write."""


@dataclass(frozen=True, slots=True)
class Home:
    """The machine that shares out the work."""

    def sources(self, shipped: bytes) -> bytes:
        """Return what was shipped."""
        return shipped

    def take(self, outputs: Sequence[Output]) -> Sent:
        """Return all outputs, packed for the way."""
        return tuple((output.path, zlib.compress(output.data, _QUICK)) for output in outputs)


def unpacked(sent: Sent) -> Iterable[Output]:
    """Return the outputs that came home."""
    return (Output(path, zlib.decompress(data)) for path, data in sent)


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """The folder where the site is being put together, by the name under which workers see it."""

    folder: Path
    desk: str
    """The folder in it that holds the sources and drafts; it goes when the build ends, and with it whoever is late."""

    def sources(self, shipped: bytes) -> bytes:
        """Read the parcel; raise `ClusterFault` where this is another folder, or its build has ended."""
        try:
            return (self.folder / self.desk / _PARCEL).read_bytes()
        except OSError as error:
            raise self._unseen() from error

    def take(self, outputs: Sequence[Output]) -> Sent:
        """Write all outputs; raise `ClusterFault` where this is another folder, or its build has ended.

        A machine may be taken for lost and write a file that another has written already: each puts it there whole.
        """
        draft = self.folder / self.desk / uuid4().hex
        for output in outputs:
            try:
                draft.write_bytes(output.data)
            except FileNotFoundError as error:
                raise self._unseen() from error
            target = self.folder / output.path
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(target)
        return ()

    def end(self, staging: Path) -> None:
        """Take the parcel and all drafts away, from the folder by the name that it has at home."""
        rmtree(staging / self.desk)

    def _unseen(self) -> ClusterFault:
        return ClusterFault(
            f"工作机在 {self.folder.parent} 看不到正在生成的站点，没有生成，原来的站点没有变。"
            "--cluster-folder 要写工作机上看到的、输出目录所在的共享文件夹。"
        )


def shared_folder(folder: Path, staging: Path, parcel: Parcel) -> SharedFolder:
    """Lay a parcel down in the staging folder, which workers see in a folder by another name."""
    desk = f".cluster-{parcel.fingerprint}"
    (staging / desk).mkdir()
    (staging / desk / _PARCEL).write_bytes(parcel.data)
    return SharedFolder(folder / staging.name, desk)


@dataclass(frozen=True, slots=True)
class InStore:
    """A folder of an object store."""

    store: ObjectStore

    def sources(self, shipped: bytes) -> bytes:
        """Return what was shipped."""
        return shipped

    def take(self, outputs: Sequence[Output]) -> Sent:
        """Write all outputs at once."""
        self.store.put({output.path: output.data for output in outputs})
        return ()
