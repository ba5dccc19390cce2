"""Items as they were: files of a repository read in memory by today's models, and linked as of a day."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator.catalogue import Catalogue
from generator.drafts import is_draft
from generator.item import Item
from generator.item_files import BODY_SUFFIX, ITEM_SUFFIX, ITEMS_FOLDER, NOTES
from generator.kinds import all_kinds
from generator.schema import fields_of, references
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
        return sorted(files, key=lambda file: PurePosixPath(file).parts)

    def blobs_of(self, path: str) -> dict[str, str]:
        """Return the blobs of all files of an item."""
        return {file: self.blobs[file] for file in sorted(self._of.get(path, ()))}


class Reader:
    """Makes items from blobs, each once; what the project's folder holds just so is taken from the catalogue."""

    def __init__(self, read: Callable[[str], bytes | None], root: Path, catalogue: Catalogue) -> None:
        self._read = read
        self._root = root
        self._catalogue = catalogue
        self._made: dict[tuple[str, str, str], Item | None] = {}

    def item(self, file: str, files: Mapping[str, str]) -> Item | None:
        """Return the item of a YAML file, None where today's models refuse it or the repository lacks it."""
        body = str(PurePosixPath(file).with_suffix(BODY_SUFFIX))
        key = (file, files[file], files.get(body, ""))
        if key not in self._made:
            self._made[key] = self._present(file, body, key) or self._parsed(file, key)
        return self._made[key]

    def _present(self, file: str, body: str, key: tuple[str, str, str]) -> Item | None:
        """Return today's item if the folder still holds the same bytes, which saves reading them again."""
        path = item_path(file)
        same = self._blob_of(file, key[1]) == key[1] and self._has_same_body(body, key[2])
        return self._catalogue.by_path.get(path) if same and path else None

    def _has_same_body(self, body: str, blob: str) -> bool:
        return self._blob_of(body, blob) == blob if blob else not (self._root / body).exists()

    def _blob_of(self, file: str, like: str) -> str:
        """Return the name that git gives to what a file holds now, empty where there is no file."""
        with suppress(OSError, ValueError):
            found = self._root / file
            if found.stat().st_ctime >= _STARTED:
                return ""
            data = found.read_bytes()
            make = hashlib.sha256 if len(like) == 64 else hashlib.sha1
            return make(b"blob %d\0" % len(data) + data).hexdigest()
        return ""

    def _parsed(self, file: str, key: tuple[str, str, str]) -> Item | None:
        model = _models()[PurePosixPath(file).parts[1]]
        text = self._text(key[1])
        values = parse_text(text, file)[0] if text is not None else None
        if text is None or values is None or is_draft(values):
            return None
        outside: dict[str, tuple[object, str]] = {"id": (PurePosixPath(file).stem, "")}
        body = self._text(key[2]) if key[2] and _takes_body(model) else None
        if body and (clean := clean_text(body, file)[0]) and clean.strip():
            outside["body"] = (clean, file)
        return validate(model, Source(path=file, text=text, values=values), outside)[0]

    def _text(self, blob: str) -> str | None:
        data = self._read(blob)
        with suppress(UnicodeDecodeError):
            return data.decode() if data is not None and len(data) <= MAX_BYTES else None
        return None


def _takes_body(model: type[Item]) -> bool:
    return any(spec.is_markdown and spec.key == "body" for spec in fields_of(model))


@dataclass(frozen=True, slots=True)
class World:
    """The items of one commit as of a day; answers what items ask of a catalogue."""

    today: date
    items: Mapping[str, Item]
    order: Mapping[str, tuple[str, ...]]
    """Where the file of each item stands among the files, by the item's path."""
    referrers: Mapping[str, frozenset[str]]
    """Paths of the items that refer to a path, whether that exists or not."""

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        return self.items.get(f"{all_kinds()[kind].kind.plural}/{identifier}")

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target, in the order of their files."""
        paths = sorted(self.referrers.get(target.path, ()), key=self.order.__getitem__)
        return [self.items[path] for path in paths if self.items[path].kind.name == kind]

    def with_items(self, changed: Mapping[str, tuple[Item, tuple[str, ...]] | None], day: date) -> World:
        """Return the world as of another day with items changed, each given with its place, or gone."""
        items, order = dict(self.items), dict(self.order)
        moved: defaultdict[str, set[str]] = defaultdict(set)
        for path, entry in changed.items():
            before = items.pop(path, None)
            order.pop(path, None)
            for target in targets(before) ^ targets(entry[0] if entry else None):
                moved[target].add(path)
            if entry:
                items[path], order[path] = entry
        referrers = dict(self.referrers)
        for target, paths in moved.items():
            referrers[target] = referrers.get(target, frozenset()) ^ paths
        return World(day, items, order, referrers)


class Asking:
    """A world that notes which items were asked for: what one item says depends on these and on nothing else."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.today = world.today
        self.asked: set[str] = set()

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        self.asked.add(f"{all_kinds()[kind].kind.plural}/{identifier}")
        return self._world.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target, in the order of their files."""
        found = self._world.referring(kind, target)
        self.asked.update(item.path for item in found)
        return found


def still_so(world: World, catalogue: Catalogue, turns: Mapping[str, Iterable[date]]) -> set[str]:
    """Return the paths of items that say today what they said in a world, without making their facts.

    `turns` has the days on which each item turns. An item that something touched, however far away, is left out.
    """
    now = catalogue.by_path
    touched = {path for path in now.keys() | world.items.keys() if world.items.get(path) is not now.get(path)}
    touched |= {path for path, days in turns.items() if any(world.today < day <= catalogue.today for day in days)}
    turned = {path for path in touched if world.items.get(path) is now.get(path)}
    return world.items.keys() - affected(touched, turned, world.items, now, world.referrers)


def affected(
    seeds: Iterable[str],
    turned: Set[str],
    before: Mapping[str, Item],
    after: Mapping[str, Item],
    referrers: Mapping[str, Iterable[str]],
) -> set[str]:
    """Return items that changed and those whose facts may differ because of it, however far away.

    `turned` are those that are the same but for the day. What an item shows of another that did not change itself is
    only followed further where it may take anything from it.
    """
    found = set(seeds)
    pending = [(path, path) for path in found]
    while pending:
        path, seed = pending.pop()
        near = set(referrers.get(path, ()))
        if path == seed:
            near |= targets(before.get(path)) | targets(after.get(path))
        for other in near - found:
            if _passes_on(path, other, path == seed and path not in turned, turned, before, after):
                found.add(other)
                pending.append((other, seed))
    return found


def _passes_on(
    path: str, to: str, is_changed: bool, turned: Set[str], before: Mapping[str, Item], after: Mapping[str, Item]
) -> bool:
    """Tell whether a change of an item, or of what it shows, may be seen in another."""
    kind = _kind_names()[to.partition("/")[0]]
    old, new = before.get(path), after.get(path)
    if path in turned or old is None or new is None:
        return True
    if is_changed:
        return old.seen_by(kind) != new.seen_by(kind)
    return new.seen_by(kind) is new


@lru_cache(maxsize=1)
def _kind_names() -> Mapping[str, str]:
    return {model.kind.plural: name for name, model in all_kinds().items()}


def reached(paths: Iterable[str], world: World) -> set[str]:
    """Return paths and those of all items that refer to them, however far away."""
    found: set[str] = set()
    pending = list(paths)
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending += world.referrers.get(path, ())
    return found


def targets(item: Item | None) -> frozenset[str]:
    """Return the paths that an item refers to."""
    return frozenset(_targets(item)) if item else frozenset()


def _targets(item: Item) -> Iterator[str]:
    for link in references(item):
        yield f"{all_kinds()[link.kind].kind.plural}/{link.identifier}"


def items_of(files: Files, wanted: set[str], reader: Reader) -> dict[str, tuple[Item, tuple[str, ...]] | None]:
    """Return the wanted items of a set of files by path, with their places; None where there is none."""
    return items_in(Tree({file: blob for file, blob in files.items() if item_path(file) in wanted}), wanted, reader)


def items_in(tree: Tree, wanted: set[str], reader: Reader) -> dict[str, tuple[Item, tuple[str, ...]] | None]:
    """Do as `items_of` without looking at any other file."""
    return {path: _first(tree.of(path), tree.blobs, reader) for path in wanted}


def _first(names: Iterable[str], blobs: Mapping[str, str], reader: Reader) -> tuple[Item, tuple[str, ...]] | None:
    """Return the item of the first file that can be read, with its place."""
    found = ((file, reader.item(file, blobs)) for file in names)
    return next(((item, PurePosixPath(file).parts) for file, item in found if item), None)


def is_item_file(file: str) -> bool:
    """Tell whether a file below the project belongs to an item."""
    return file.startswith(f"{ITEMS_FOLDER}/") and item_path(file) is not None
