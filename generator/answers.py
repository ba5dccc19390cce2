"""What a catalogue answers to the queries that somebody noted, in a few bytes each: the same bytes, the same answer."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

import orjson

from generator.catalogue import Catalogue
from generator.item import Item
from generator.kinds import all_kinds
from generator.notes import (
    ADDRESSES,
    DISTRICT,
    DISTRICTS,
    DRAFT,
    ITEM,
    KIND,
    REFERRING,
    THESAURUS,
    TWINS,
    UNREAD,
    Query,
)
from generator.schema import fields_of
from generator.seen import ABOUT, DAYS, FACTS, FINGERPRINT, LINKS, WHOLE, about

_NONE = b"-"
_PLAIN = (str, int, bool, type(None))


class Answered(NamedTuple):
    """What an earlier catalogue answered."""

    items: Mapping[str, tuple[str, Mapping[str, str]]]
    """The digests of all that each item says, and of its facts by the first words of their paths, by its path."""
    answers: Mapping[Query, str]


class Answers:
    """What a catalogue answers."""

    def __init__(self, catalogue: Catalogue, earlier: Answered | None = None) -> None:
        self._catalogue = catalogue
        self._earlier = earlier or Answered({}, {})
        self._districts = {each.district.id: each for each in catalogue.districts}
        self._known: dict[Query, bytes] = {}
        self._said: dict[str, bytes] = {}
        self._words: dict[str, Mapping[str, str]] = {}

    def to(self, query: Query) -> bytes:
        """Return the digest of the answer to a query."""
        if query not in self._known:
            before = self._earlier.answers.get(query)
            is_same = before is not None and self._is_untouched(query)
            self._known[query] = bytes.fromhex(before or "") if is_same else self._found(query)
        return self._known[query]

    def to_all(self, queries: Iterable[Query]) -> bytes:
        """Return one digest of the answers to some queries."""
        known = self._known
        return _digest(b"".join([known.get(query) or self.to(query) for query in queries]))

    def prepare(self) -> None:
        """Find out what every item says at once, before processes that ask for it are started."""
        for item in self._items():
            self._whole(item)
            self._by_word(item)

    def given(self, queries: Iterable[Query]) -> Answered:
        """Return what was answered until now, for the next catalogue."""
        items = {path: (whole.hex(), self._words[path]) for path, whole in self._said.items() if path in self._words}
        return Answered(items, {query: self._known[query].hex() for query in queries if query in self._known})

    @cached_property
    def _touched(self) -> frozenset[str]:
        """The paths of the items that do not say what they said before, those that are new or gone included."""
        now = {item.path: self._whole(item).hex() for item in self._items()}
        before = self._earlier.items
        same = {path for path, whole in now.items() if path in before and before[path][0] == whole}
        if [path for path in now if path in same] != [path for path in before if path in same]:
            same = set()  # a file that was moved to another folder has another place in lists
        return frozenset((now.keys() | before.keys()) - same)

    @cached_property
    def _groups(self) -> frozenset[str]:
        """The folders in which items were touched: of a kind, or of a district."""
        return frozenset("/".join(path.split("/")[: 2 if path.startswith("d/") else 1]) for path in self._touched)

    def _is_untouched(self, query: Query) -> bool:
        """Tell whether the answer surely is what it was, because it depends on items alone that say what they said."""
        if query.sort == ITEM:
            return query.path not in self._touched
        if query.sort == DISTRICT:
            return f"d/{query.of}" not in self._groups
        if query.sort in (KIND, REFERRING):
            return all_kinds()[query.of].kind.plural not in self._groups and query.path not in self._touched
        return False

    def _found(self, query: Query) -> bytes:
        catalogue = self._catalogue
        match query.sort:
            case str(sort) if sort == ITEM:
                item = self._by_path(query.path)
                return self._told([item], query) if item else _NONE
            case str(sort) if sort == KIND:
                return self._told(catalogue.of_kind(query.of), query)
            case str(sort) if sort == DISTRICT:
                found = self._districts.get(query.of)
                return self._told(found.items, query) if found else _NONE
            case str(sort) if sort == REFERRING:
                target = self._by_path(query.path)
                return self._told(catalogue.referring(query.of, target), query) if target else _NONE
            case str(sort) if sort == TWINS:
                item = catalogue.by_path.get(query.path)
                told = catalogue.in_districts(item) if item else []
                return _digest("".join(each.item.path + each.fingerprint for both in told for each in both).encode())
            case str(sort) if sort == DRAFT:
                return b"+" if query.path in catalogue.drafts else _NONE
        around: dict[str, object] = {
            THESAURUS: catalogue.thesaurus,
            ADDRESSES: catalogue.addresses,
            UNREAD: sorted(catalogue.unread),
            DISTRICTS: list(self._districts),
        }
        if query.sort in around:
            return _digest(repr(around[query.sort]).encode())
        everything = (self._whole(item) for item in self._items())
        return _digest(b"".join(chain(everything, (repr(value).encode() for value in around.values()))))

    def _told(self, items: Sequence[Item], query: Query) -> bytes:
        """Return the digest of which items there are, and of what the query read of them."""
        which = _digest("\0".join(item.path for item in items).encode())
        words = query.fields.split(" ") if query.fields else ()
        return _digest(which + b"".join(self._column(items, query._replace(fields=word)) for word in words))

    def _column(self, items: Sequence[Item], query: Query) -> bytes:
        """Return the digest of what was read of each of some items, which many queries have in common."""
        if query.sort not in (KIND, DISTRICT):
            return _digest(b"\0".join(self._value(item, query.fields) for item in items))
        column = query._replace(path="column")
        if column not in self._known:
            self._known[column] = _digest(b"\0".join(self._value(item, query.fields) for item in items))
        return self._known[column]

    def _value(self, item: Item, word: str) -> bytes:
        if word == WHOLE:
            return self._whole(item)
        if word.startswith(FACTS):
            fact = word.removeprefix(FACTS)
            # The tree has a part even where none of its fields is a fact.
            return self._by_word(item).get(fact, "").encode() + _written(item, _attributes(type(item)).get(fact, ""))
        if word == about(FINGERPRINT):
            return self._of(item.path).sheet(item).fingerprint.encode()
        if word == about(DAYS):
            return repr(sorted(self._of(item.path).turning_days[item.path])).encode()
        if word == about(ABOUT):
            return repr([sorted(values) for values in self._of(item.path).subjects.get(item.path, ())]).encode()
        if word == about(LINKS):
            return repr(self._of(item.path).links[item.path]).encode()
        return _written(item, word)

    def _items(self) -> Iterable[Item]:
        """Return all items, the city's and the districts'."""
        return chain(self._catalogue.items, *(each.items for each in self._catalogue.districts))

    def _of(self, path: str) -> Catalogue:
        """Return the catalogue in which an item stands: its district's or the city's."""
        district = self._districts.get(path.split("/")[1]) if path.startswith("d/") else None
        return district or self._catalogue

    def _by_path(self, path: str) -> Item | None:
        return self._of(path).by_path.get(path)

    def _whole(self, item: Item) -> bytes:
        """Return the digest of all that an item says: its own fields, and its facts, which others have a part in."""
        if item.path not in self._said:
            sheet = self._of(item.path).sheet(item)
            written = item.__pydantic_serializer__.to_json(item)
            draft = b"draft" if item.path in self._catalogue.drafts else b""
            around = (part for fact in sheet.facts.values() for part in fact[3:])  # labels and targets
            said = "\0".join([item.path, sheet.fingerprint, *around])
            self._said[item.path] = _digest(b"\0".join([said.encode(), written, draft]))
        return self._said[item.path]

    def _by_word(self, item: Item) -> Mapping[str, str]:
        """Return digests of the facts of an item by the first word of their paths."""
        if item.path not in self._words:
            whole, words = self._earlier.items.get(item.path, ("", {}))
            if whole == self._whole(item).hex():
                self._words[item.path] = words
                return words
            facts: defaultdict[str, list[str]] = defaultdict(list)
            for path, fact in self._of(item.path).sheet(item).facts.items():
                facts[path.partition(".")[0]] += (path, *fact[1:])
            self._words[item.path] = {word: _digest("\0".join(said).encode()).hex() for word, said in facts.items()}
        return self._words[item.path]


def _written(item: Item, attribute: str) -> bytes:
    """Return the value of a field as bytes that no other value has."""
    value = item.__dict__.get(attribute)
    if isinstance(value, _PLAIN):
        return orjson.dumps(value)
    return item.__pydantic_serializer__.to_json(item, include={attribute})


@cache
def _attributes(model: type[Item]) -> dict[str, str]:
    """Return the attributes of a model by the names that their fields have in facts."""
    return {spec.key: spec.attribute for spec in fields_of(model)}


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
