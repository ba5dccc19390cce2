"""Whether a site still stands as a build of the same sources left it: then there is nothing to build.

What a build reads is compared by what the files hold; those that the disk says were not touched are not read again.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.cache_files import cache_file, read_cached, write_cached

_SETTLED_NS = 2_000_000_000
"""A file that was touched so shortly before it was read could be touched again without the disk's telling."""

Stamp = tuple[int, int, int, int]
"""Size, time of writing, time of the last change of any kind, number on the disk."""


class Sources(NamedTuple):
    """What the files that a build reads held at some moment."""

    digests: Mapping[str, str]
    stamps: Mapping[str, Stamp]
    taken: int
    """The moment before the first was read, in nanoseconds."""

    def key(self, around: str) -> str:
        """Return one hash of all files and of what else a build depends on."""
        listed = "\n".join(f"{path}\0{digest}" for path, digest in sorted(self.digests.items()))
        return hashlib.sha256(f"{around}\n{listed}".encode(errors="surrogateescape")).hexdigest()


class Standing(NamedTuple):
    """What is known of the last build into a folder."""

    key: str
    sources: Sources
    site: Mapping[str, tuple[int, int]]
    """Size and time of every file of the site, by its path."""
    report: Mapping[str, object]
    """What the build told about itself, as plain values."""


def read_sources(root: Path, places: Iterable[Path], known: Sources | None) -> Sources:
    """Return what all files at or below some places hold, by their paths seen from the root.

    Those that stand as they were `known` are not read again.
    """
    digests, stamps, taken = {}, {}, time.time_ns()
    for place in places:
        seen_from_root, cut = os.path.relpath(place, root), len(str(place))
        for file, stat in _files(str(place)):
            path, stamp = seen_from_root + file[cut:], _stamp(stat)
            settled = known and known.stamps.get(path) == stamp and stamp[2] < known.taken - _SETTLED_NS
            digests[path] = known.digests[path] if known and settled else _digest(file)
            stamps[path] = stamp
    return Sources(digests, stamps, taken)


def _stamp(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except OSError as error:
        return f"! {error.errno}"


def _files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    """Yield all files at or below a place with what the disk says of them, links followed as a build follows them."""
    with suppress(OSError):
        if not Path(place).is_dir():
            yield place, Path(place).stat()
            return
        with os.scandir(place) as entries:
            found = list(entries)
        for entry in found:
            if entry.is_dir():
                yield from _files(entry.path)
            else:
                with suppress(OSError):  # a link that leads nowhere
                    yield entry.path, entry.stat()


def read_standing(root: Path, site_folder: Path) -> Standing | None:
    """Return what the last build into a folder noted, None where it noted nothing that can be used."""
    kept = read_cached(cache_file(root, site_folder, "standing"))
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        digests, stamps, taken = kept["sources"]
        stamps = {path: (int(size), int(wrote), int(last), int(at)) for path, (size, wrote, last, at) in stamps.items()}
        site = {path: (int(size), int(wrote)) for path, (size, wrote) in kept["site"].items()}
        return Standing(kept["key"], Sources(dict(digests), stamps, int(taken)), site, dict(kept["report"]))
    return None


def write_standing(root: Path, site_folder: Path, standing: Standing) -> None:
    """Note the state of a site that was just built."""
    write_cached(cache_file(root, site_folder, "standing"), standing._asdict() | {"sources": list(standing.sources)})


def written_site(site_folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of every file below a site's folder; nothing where there is none."""
    if site_folder.is_symlink():
        return {}
    cut = len(str(site_folder)) + 1
    return {path[cut:]: (stat.st_size, stat.st_mtime_ns) for path, stat in _files(str(site_folder)) if path[cut:]}


def written_below(site_folder: Path, inner: str) -> dict[str, tuple[int, int]]:
    """Return size and time of every file below a folder inside a site's, by its path below the site's."""
    return {f"{inner}/{path}": written for path, written in written_site(site_folder / inner).items()}


def stand_as_written(files: Mapping[str, tuple[int, int]], site_folder: Path) -> bool:
    """Tell whether files of a site have the size and time that they were written with."""
    for path, written in files.items():
        try:
            found = (site_folder / path).lstat()
        except OSError:
            return False
        if (found.st_size, found.st_mtime_ns) != written:
            return False
    return True
