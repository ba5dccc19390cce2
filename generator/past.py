"""Items as they were: files of a repository read in memory by today's models."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.drafts import is_draft
from generator.git import Commit, Contents
from generator.item import Item
from generator.item_files import BODY_SUFFIX, ITEM_SUFFIX, ITEMS_FOLDER, NOTES
from generator.kinds import all_kinds
from generator.past_world import Entry
from generator.processes import in_parts
from generator.schema import fields_of
from generator.source import Source, parse_text
from generator.text_files import MAX_BYTES, clean_text
from generator.validation import validate

Files = dict[str, str]
"""The blob of each file by its path below the project."""

# A file that was touched since may hold something else than what the catalogue was read from.
_STARTED = time.time()


@lru_cache(maxsize=100_000)
def item_path(file: str) -> str | None:
    """Return the address `<plural>/<id>` of the item that a file belongs to, None where it belongs to none."""
    path = PurePosixPath(file)
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    if hidden or path.name == NOTES or len(path.parts) < 3 or path.suffix not in (ITEM_SUFFIX, BODY_SUFFIX):
        return None
    return f"{path.parts[1]}/{path.stem}" if path.parts[1] in _models() else None


@lru_cache(maxsize=1)
def _models() -> Mapping[str, type[Item]]:
    return {model.kind.plural: model for model in all_kinds().values()}


class Tree:
    """The files of one commit, each with its blob, and which of them belong to an item."""

    def __init__(self, blobs: Mapping[str, str] | None = None) -> None:
        self.blobs: Files = {}
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        for file, blob in (blobs or {}).items():
            self.put(file, blob)

    def put(self, file: str, blob: str) -> None:
        """Set the blob of a file; an empty one removes the file."""
        path = item_path(file)
        if path is None:
            return
        if blob:
            self.blobs[file] = blob
            self._of[path].add(file)
        else:
            self.blobs.pop(file, None)
            self._of[path].discard(file)

    def of(self, path: str) -> list[str]:
        """Return the YAML files of an item in their order; more than one only by mistake."""
        files = (file for file in self._of.get(path, ()) if file.endswith(ITEM_SUFFIX))
        return sorted(files, key=lambda file: file.split("/"))

    def blobs_of(self, path: str) -> dict[str, str]:
        """Return the blobs of all files of an item."""
        return {file: self.blobs[file] for file in sorted(self._of.get(path, ()))}


class Key(NamedTuple):
    """What an item is made from: its YAML file, that file's blob and the blob of the Markdown beside it, if any."""

    file: str
    blob: str
    body: str


class _Plain(NamedTuple):
    """What the files of an item hold, before any model looked at it."""

    text: str
    values: dict[str, object]
    body: str


class Reader:
    """Makes items from blobs, each once; what the project's folder holds just so is taken from the catalogue."""

    def __init__(self, read: Callable[[str], bytes | None], root: Path, catalogue: Catalogue) -> None:
        self._read = read
        self._root = root
        self._catalogue = catalogue
        self._made: dict[Key, Item | None] = {}
        self._here: dict[str, str] = {}
        """The name that git gives to what a file of the folder holds, for those that were looked at."""

    def item(self, file: str, files: Mapping[str, str]) -> Item | None:
        """Return the item of a YAML file, None where today's models refuse it or the repository lacks it."""
        key = _key(file, files)
        if key not in self._made:
            self._made[key] = self._present(key) or _validated(key, _plain(key, self._read))
        return self._made[key]

    def read_ahead(self, wanted: Iterable[Key], jobs: int) -> None:
        """Make items at once that will be asked for, and forget all others; their files are read by so many processes.

        Which are made ahead changes no item: only how long it takes.
        """
        self._made = {key: self._present(key) for key in dict.fromkeys(wanted)}
        old = [key for key, item in self._made.items() if item is None]
        parts = in_parts(lambda part: _all_plain(part, self._root), old, jobs)
        self._made |= {key: _validated(key, plain) for part in parts for key, plain in part}

    def _present(self, key: Key) -> Item | None:
        """Return today's item if the folder still holds the same bytes, which saves reading them again."""
        path = item_path(key.file)
        found = self._catalogue.by_path.get(path) if path else None
        same = (
            found and self._blob_of(key.file, key.blob) == key.blob and self._has_same_body(_beside(key.file), key.body)
        )
        return found if same else None

    def _has_same_body(self, body: str, blob: str) -> bool:
        return self._blob_of(body, blob) == blob if blob else not (self._root / body).exists()

    def _blob_of(self, file: str, like: str) -> str:
        """Return the name that git gives to what a file holds now, empty where there is no file."""
        if file not in self._here:
            self._here[file] = _hashed(self._root / file, like)
        return self._here[file]


def _hashed(file: Path, like: str) -> str:
    """Return the name that git gives to what a file holds, of the length of another; empty if there is no old file."""
    with suppress(OSError, ValueError):
        if file.stat().st_ctime >= _STARTED:
            return ""
        data = file.read_bytes()
        make = hashlib.sha256 if len(like) == 64 else hashlib.sha1
        return make(b"blob %d\0" % len(data) + data).hexdigest()
    return ""


def _key(file: str, files: Mapping[str, str]) -> Key:
    return Key(file, files[file], files.get(_beside(file), ""))


def _beside(file: str) -> str:
    """Return the Markdown file that belongs to a YAML file."""
    return file.removesuffix(ITEM_SUFFIX) + BODY_SUFFIX


def keys_of(blobs: Mapping[str, str], commits: Iterable[Commit]) -> Iterator[Key]:
    """Yield what commits will ask a reader for, where so many files with their blobs stood before them."""
    files = dict(blobs)
    for commit in commits:
        changes = [change for change in commit.changes if is_item_file(change.path)]
        files.update(changes)
        names = (change.path.removesuffix(BODY_SUFFIX).removesuffix(ITEM_SUFFIX) + ITEM_SUFFIX for change in changes)
        yield from (_key(name, files) for name in names if files.get(name))


def all_keys(blobs: Mapping[str, str]) -> Iterator[Key]:
    """Yield what all items of some files are made from."""
    return (_key(file, blobs) for file in blobs if file.endswith(ITEM_SUFFIX))


def _all_plain(keys: Sequence[Key], root: Path) -> list[tuple[Key, _Plain | None]]:
    """Read files from the repository in a process of its own: plain values, which are handed over quickly."""
    with Contents(root) as contents:
        held = contents.read_all([blob for key in keys for blob in (key.blob, key.body) if blob])
        return [(key, _plain(key, held.get)) for key in keys]


def _plain(key: Key, read: Callable[[str], bytes | None]) -> _Plain | None:
    """Return what the files of an item hold, None where that is no text, no YAML or a draft."""
    text = _text(read(key.blob))
    values = parse_text(text, key.file)[0] if text is not None else None
    if text is None or values is None or is_draft(values):
        return None
    return _Plain(text, values, (_text(read(key.body)) or "") if key.body and _takes_body(_model_of(key)) else "")


def _validated(key: Key, plain: _Plain | None) -> Item | None:
    if plain is None:
        return None
    outside: dict[str, tuple[object, str]] = {"id": (PurePosixPath(key.file).stem, "")}
    if plain.body and (clean := clean_text(plain.body, key.file)[0]) and clean.strip():
        outside["body"] = (clean, key.file)
    return validate(_model_of(key), Source(path=key.file, text=plain.text, values=plain.values), outside)[0]


def _text(data: bytes | None) -> str | None:
    with suppress(UnicodeDecodeError):
        return data.decode() if data is not None and len(data) <= MAX_BYTES else None
    return None


def _model_of(key: Key) -> type[Item]:
    return _models()[key.file.split("/")[1]]


def _takes_body(model: type[Item]) -> bool:
    return any(spec.is_markdown and spec.key == "body" for spec in fields_of(model))


def items_of(files: Files, wanted: set[str], reader: Reader) -> dict[str, Entry | None]:
    """Return the wanted items of a set of files by path, with their places; None where there is none."""
    return items_in(Tree({file: blob for file, blob in files.items() if item_path(file) in wanted}), wanted, reader)


def items_in(tree: Tree, wanted: set[str], reader: Reader) -> dict[str, Entry | None]:
    """Do as `items_of` without looking at any other file."""
    return {path: _first(tree.of(path), tree.blobs, reader) for path in wanted}


def _first(names: Iterable[str], blobs: Mapping[str, str], reader: Reader) -> Entry | None:
    """Return the item of the first file that can be read, with its place."""
    found = ((file, reader.item(file, blobs)) for file in names)
    return next(((item, tuple(file.split("/"))) for file, item in found if item), None)


def is_item_file(file: str) -> bool:
    """Tell whether a file below the project belongs to an item."""
    return file.startswith(f"{ITEMS_FOLDER}/") and item_path(file) is not None
