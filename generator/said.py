"""What one item says, in digests: field by field, so that an edit of one field is nothing to whoever reads another.

What an item's facts take from other items is noted with them. While the item says what it said, and so do those that
it asked, its facts are what they were, and nobody has to make them to know that.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern
from typing import Any, NamedTuple

import orjson

from generator.catalogue import Catalogue
from generator.facts import Fact, Sheet
from generator.item import Item
from generator.kept_sheets import in_lists
from generator.schema import fields_of
from generator.seen import ABOUT, DAYS, FACTS, FINGERPRINT, LINKS, WHOLE, about

SIZE = 16
"""Bytes of a digest."""
_SOMETHING = "?"  # which nobody reads
Places = Mapping[str, int]
"""Where the digest of each field stands, by its word in notes; items with the same fields share them."""


class Said(NamedTuple):
    """What an item says."""

    whole: bytes
    """The digest of all of it: of its own fields, and of its facts, which others have a part in."""
    own: bytes
    """The digest of its own fields."""
    fingerprint: str
    places: Places
    digests: bytes
    """The digests of the fields, one after the other."""
    asked: tuple[str, ...]
    """What its facts asked of the catalogue: see `facts.Sheet`."""
    answered: bytes
    """The digest of what the catalogue answered."""
    listed: tuple[Fact, ...]
    """The facts that lists show."""

    def of(self, word: str) -> bytes:
        """Return the digest of what a word of notes stands for; of nothing where the item has nothing of it."""
        if word == WHOLE:
            return self.whole
        place = self.places.get(word)
        return b"" if place is None else self.digests[place : place + SIZE]

    def changed(self, earlier: Said) -> frozenset[str]:
        """Return the words of which something else was said earlier; where all is another, never none."""
        words = self.places.keys() | earlier.places.keys() | {WHOLE}
        return frozenset(_SOMETHING if word == WHOLE else word for word in words if self.of(word) != earlier.of(word))


def digest(data: bytes) -> bytes:
    """Return a hash of some bytes."""
    return hashlib.blake2b(data, digest_size=SIZE).digest()


def own_digest(item: Item, catalogue: Catalogue) -> bytes:
    """Return the digest of what an item itself says, and of whether it is a draft."""
    draft = b"draft" if item.path in catalogue.drafts else b""
    return digest(b"\0".join([item.path.encode(), item.__pydantic_serializer__.to_json(item), draft]))


def said_by(item: Item, catalogue: Catalogue, own: bytes, answered: bytes) -> Said:
    """Return what an item says in the catalogue in which it stands, whose facts are made for that."""
    sheet = catalogue.sheet(item)
    around = (part for fact in sheet.facts.values() for part in fact[3:])  # labels and targets
    whole = digest("\0".join([sheet.fingerprint, *around]).encode() + own)
    fields = dict(_fields(item, sheet, catalogue))
    places = _places(tuple(fields))
    digests = b"".join(fields.values())
    return Said(whole, own, sheet.fingerprint, places, digests, sheet.asked, answered, in_lists(sheet))


def _fields(item: Item, sheet: Sheet, catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    written = {
        name: orjson.dumps(value) for name, value in item.__pydantic_serializer__.to_python(item, mode="json").items()
    }
    yield from ((name, digest(value)) for name, value in written.items())
    facts: defaultdict[str, list[str]] = defaultdict(list)
    for path, fact in sheet.facts.items():
        facts[path.partition(".")[0]] += (path, *fact[1:])
    # The tree has a part even where none of its fields is a fact.
    attributes = _attributes(type(item))
    for word in sorted({*facts, *attributes}):
        said = "\0".join(facts.get(word, ())).encode()
        yield FACTS + word, digest(said + b"\0" + written.get(attributes.get(word, ""), b""))
    path = item.path
    found: dict[str, Any] = {
        FINGERPRINT: sheet.fingerprint,
        DAYS: sorted(catalogue.turning_days[path]),
        ABOUT: [sorted(values) for values in catalogue.subjects.get(path, ())],
        LINKS: catalogue.links[path],
    }
    yield from ((about(what), digest(repr(value).encode())) for what, value in found.items())


@cache
def _attributes(model: type[Item]) -> dict[str, str]:
    """Return the attributes of a model by the names that their fields have in facts."""
    return {spec.key: spec.attribute for spec in fields_of(model)}


@cache
def _places(words: tuple[str, ...]) -> Places:
    return {word: number * SIZE for number, word in enumerate(words)}


class Table:
    """Values of which each is written once, and then only named by its number."""

    def __init__(self) -> None:
        self.numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """Return the number of a value."""
        return self.numbers.setdefault(value, len(self.numbers))


def written(said: Mapping[str, Said]) -> dict[str, object]:
    """Return what items say, by their paths, as JSON can say it."""
    shapes, asked = Table(), Table()
    rows = {
        path: [
            (one.whole + one.own + one.answered + one.digests).hex(),
            one.fingerprint,
            shapes.number(tuple(one.places)),
            [asked.number(each) for each in one.asked],
            [[fact.path, *fact[1:]] for fact in one.listed],
        ]
        for path, one in said.items()
    }
    return {"items": rows, "shapes": [list(words) for words in shapes.numbers], "asked": list(asked.numbers)}


def read_back(value: Mapping[str, Any]) -> dict[str, Said]:
    """Return what was written; raise `ValueError`, `KeyError`, `TypeError` or `IndexError` where it is damaged."""
    shapes = [_places(tuple(map(str, words))) for words in value["shapes"]]
    asked: Sequence[str] = value["asked"]
    return {path: _row(path, shapes, asked, *row) for path, row in value["items"].items()}


def _row(
    path: str,
    shapes: Sequence[Places],
    asked: Sequence[str],
    digests: str,
    fingerprint: str,
    shape: int,
    asks: Iterable[int],
    listed: Iterable[Sequence[str]],
) -> Said:
    data = bytes.fromhex(digests)
    whole, own, answered = (data[start : start + SIZE] for start in range(0, 3 * SIZE, SIZE))
    asking = tuple([asked[number] for number in asks])
    facts = (
        Fact(f"{path}#{inner}", value, text, intern(label), target) for inner, value, text, label, target in listed
    )
    return Said(whole, own, fingerprint, shapes[shape], data[3 * SIZE :], asking, answered, tuple(facts))
