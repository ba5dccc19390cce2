"""What the files of items gave when they were read before, kept so that the next build reads only those that changed.

Only sound files are kept: those with a problem are read each time. They are kept in parts, so that a change writes
one part anew and not all.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from generator.cache_files import FOLDER, read_sealed, write_sealed
from generator.code_version import system_version
from generator.item_files import BODY_SUFFIX, ITEM_SUFFIX, item_files, shown_path
from generator.kinds import all_kinds
from generator.reading import ItemFile, Known

_FILES_A_PART = 128
# What a kept file may be made of; anything else in it means that it is not ours.
_PACKAGES = ("generator.",)
_PLAIN = {("datetime", "date"), ("datetime", "timedelta"), ("decimal", "Decimal")}


class Kept(NamedTuple):
    """The parts as they were found: what each file held, and what it gave."""

    root: Path
    parts: int
    digests: Mapping[Path, str]
    """A hash of each file there is, with the body beside it."""
    found: Mapping[Path, ItemFile]
    """Those that were read before and hold the same."""


def read_before(root: Path) -> Kept:
    """Return what the files below a project's folder gave when they were read before, as far as they hold the same."""
    listed, _ = item_files(root, [model.kind.plural for model in all_kinds().values()])
    files = [file for some in listed.values() for file in some if file.suffix == ITEM_SUFFIX]
    digests = {file: _digest(file) for file in files}
    parts = 1 << (len(files) // _FILES_A_PART).bit_length()
    kept: dict[str, tuple[str, ItemFile]] = {}
    for number in range(parts):
        kept |= _read_part(root, parts, number)
    found = {}
    for file, digest in digests.items():
        before = kept.get(shown_path(file, root))
        if before and before[0] == digest:
            found[file] = before[1]
    return Kept(root, parts, digests, found)


def keep_read(kept: Kept, known: Known) -> None:
    """Keep what files gave that were not kept before, and forget those that are gone."""
    sound = {file: given for file, given in known.files.items() if file in kept.digests and _is_sound(given)}
    changed = {file for file, given in sound.items() if kept.found.get(file) is not given}
    parts: defaultdict[int, dict[str, tuple[str, ItemFile]]] = defaultdict(dict)
    for file, given in sound.items():
        path = shown_path(file, kept.root)
        parts[_part_of(path, kept.parts)][path] = (kept.digests[file], given)
    for number in {_part_of(shown_path(file, kept.root), kept.parts) for file in changed}:
        content = pickle.dumps((system_version(), parts[number]), pickle.HIGHEST_PROTOCOL)
        write_sealed(_file(kept.root, kept.parts, number), content)


def _is_sound(given: ItemFile) -> bool:
    item, _, problems, draft = given
    return item is not None and not problems and draft is None


def _digest(file: Path) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in (file, file.with_suffix(BODY_SUFFIX)):
        try:
            content = part.read_bytes()
        except OSError:
            content = None
        digest.update(b"-" if content is None else b"%d:%b" % (len(content), content))
    return digest.hexdigest()


def _part_of(path: str, parts: int) -> int:
    return crc32(path.encode(errors="surrogateescape")) % parts


def _file(root: Path, parts: int, number: int) -> Path:
    return root / FOLDER / "read" / f"{parts}-{number}"


def _read_part(root: Path, parts: int, number: int) -> dict[str, tuple[str, ItemFile]]:
    content = read_sealed(_file(root, parts, number))
    if content is None:
        return {}
    try:
        version, files = _Unpickler(io.BytesIO(content)).load()
    except Exception:  # whatever else somebody put there
        return {}
    return files if version == system_version() else {}


class _Unpickler(pickle.Unpickler):
    """Makes our own values and plain ones, and calls nothing else: the cache may come from somebody else's machine."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that values may be of."""
        if module.startswith(_PACKAGES) or (module, name) in _PLAIN:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")
