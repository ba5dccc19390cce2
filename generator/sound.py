"""What an earlier build looked at and found sound, so that the next one need not look at it again.

Texts and files that have nothing wrong with them are noted by a hash of all that the look depends on; what has a
mistake is looked at each time. The notes are safe to delete, and ignored when anything about them is wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.cache_files import FOLDER, read_cached, write_cached


class Sound:
    """Hashes of what was found sound, under a key: with other rules it may not be."""

    def __init__(self, file: Path | None = None, key: str = "") -> None:
        self._file, self._key = file, key
        self._before = _read(file, key) if file else frozenset()
        self._now: set[str] = set()

    @property
    def remembers(self) -> bool:
        """Whether it is worth finding out what a look depends on: whoever keeps nothing has no use for it."""
        return self._file is not None

    def is_known(self, digest: str) -> bool:
        """Tell whether something was found sound before; then it still is."""
        if digest in self._before:
            self._now.add(digest)
        return digest in self._before

    def add(self, digests: Iterable[str]) -> None:
        """Note that something is sound."""
        self._now.update(digests)

    def keep(self) -> None:
        """Keep the notes for the next build, without those of what is gone."""
        if self._file and self._now != self._before:
            write_cached(self._file, {"key": self._key, "sound": sorted(self._now)})


def sound_file(root: Path) -> Path:
    """Return where a project keeps such notes."""
    return root / FOLDER / "sound"


def digest_of(*parts: bytes) -> str:
    """Return one hash of some bytes and of where one ends and the next begins."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d:%b" % (len(part), part))
    return digest.hexdigest()


def _read(file: Path, key: str) -> frozenset[str]:
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        kept = read_cached(file)
        if kept["key"] == key:
            return frozenset(map(str, kept["sound"]))
    return frozenset()
