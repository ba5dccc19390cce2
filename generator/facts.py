"""Facts: the statements that must read the same everywhere, made from items in one pass.

A fact has a key, a canonical value, a display text and a label. `Sheet` holds an item's facts twice: flat by path,
for comparing and exchange, and as a tree in the shape of the item, for templates. A fact prints itself as the marked
HTML of the public interface, so a template cannot show an item's value without its mark.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from html import escape
from sys import intern
from types import SimpleNamespace
from typing import Any, NamedTuple

from generator.item import Item, Lookup, Part, Shown
from generator.schema import FieldSpec, fields_of

FINGERPRINT_LENGTH = 10


# The guides of a district say the same few thousand things over and over: 原件, 申请人自备, an address.
_escaped = lru_cache(maxsize=10_000)(partial(escape, quote=False))


class Fact(NamedTuple):
    """One statement of an item. A named tuple because a site makes millions of them."""

    key: str
    value: str
    text: str
    label: str
    target: str = ""

    def __html__(self) -> str:
        """Return the text in the mark by which anyone can read the fact back."""
        text = _escaped(self.text)
        value = text if self.value == self.text and '"' not in text else escape(self.value)
        return f'<span data-fact="{self.key}" data-value="{value}">{text}</span>'

    @property
    def path(self) -> str:
        """The part of the key after the item."""
        return self.key.partition("#")[2]


_new = tuple.__new__  # what `Fact` itself calls, after a detour through Python


class Missing:
    """An absent optional value: false in a condition, empty in a loop, an error when printed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __html__(self) -> str:
        raise ValueError("a template prints a value that the item does not have")

    __str__ = __html__


MISSING = Missing()


class Group(SimpleNamespace):
    """The facts of one part by the names of its fields; `fact` is the part's own statement where it has one.

    Optional fields without a value are `MISSING`. Derived statements exist only where there is something to say;
    a template asks `is defined`. Any other name is an error.
    """


class Sheet(NamedTuple):
    """All facts of one item as of a date."""

    item: Item
    facts: Mapping[str, Fact]
    tree: Group
    fingerprint: str
    """The hash of the item's facts, short enough to be typed from a printed notice."""
    asked: tuple[str, ...] = ()
    """What the facts took from other items: `fee passport` looked for that fee, `guide<fees/passport` for what names
    it. The facts depend on the item, on these and on the day."""


def facts_of(item: Item, look: Lookup) -> Sheet:
    """Return the facts of an item, those that follow from other items included."""
    noting = _Noting(look)
    maker = _Maker(item.path, noting)
    tree = maker.group(item, "")
    for path, shown in item.derived(noting):
        maker.place(path, shown)
    return Sheet(item, maker.facts, tree, fingerprint(maker.facts), tuple(sorted(noting.asked)))


class _Noting:
    """The rest of the catalogue, with a note of what is asked of it."""

    def __init__(self, look: Lookup) -> None:
        self.today = look.today
        self.asked: set[str] = set()
        self._look = look

    def find(self, kind: str, identifier: str) -> Item | None:
        """Return the item of a kind by its id."""
        self.asked.add(intern(f"{kind} {identifier}"))
        return self._look.find(kind, identifier)

    def referring(self, kind: str, target: Item) -> list[Item]:
        """Return the items of a kind that refer to the target."""
        self.asked.add(intern(f"{kind}<{target.path}"))
        return self._look.referring(kind, target)


def fingerprint(facts: Mapping[str, Fact]) -> str:
    """Hash keys, values and texts of facts, whatever their order, to ten letters and digits of base32."""
    lines = [f"{path}\x1f{fact.value}\x1f{fact.text}" for path, fact in sorted(facts.items())]
    digest = hashlib.sha256("\x1e".join(lines).encode()).digest()
    return b32encode(digest).decode()[:FINGERPRINT_LENGTH]


class Difference(NamedTuple):
    """A fact that two sets of facts disagree on; None stands for absence."""

    path: str
    before: Fact | None
    after: Fact | None


def difference(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> list[Difference]:
    """Return the facts that were added, removed or changed, in the order of their paths."""
    paths = sorted(before.keys() | after.keys())
    pairs = ((path, before.get(path), after.get(path)) for path in paths)
    return [Difference(path, old, new) for path, old, new in pairs if _said(old) != _said(new)]


def _said(fact: Fact | None) -> tuple[str, str] | None:
    return (fact.value, fact.text) if fact else None


@cache
def _group_type(kind: type[Part]) -> type[Group]:
    """Return the type of a part's tree, which knows the fields without a value so that no tree has to hold them."""
    blank = {spec.key: () if spec.is_list else MISSING for spec in fields_of(kind)}
    return type("Group", (Group,), blank)


def _maker_of(spec: FieldSpec) -> Callable[..., Fact | Group]:
    """Return the method that makes one entry of a field."""
    return _Maker.part if spec.part else _Maker.reference if spec.refers else _Maker.plain


@cache
def _shown_fields(kind: type[Part]) -> tuple[tuple[str, str, Callable[..., Any], FieldSpec], ...]:
    """Return attribute, name, making method and specification of each field that becomes facts of its own."""
    fields = (spec for spec in fields_of(kind) if spec.shown and spec.attribute not in kind.headline_fields)
    return tuple(
        (spec.attribute, spec.key, _Maker.entries if spec.is_list else _maker_of(spec), spec) for spec in fields
    )


class _Maker:
    """Collects the facts of one item while its tree grows."""

    def __init__(self, item_path: str, look: Lookup) -> None:
        self.prefix = f"{item_path}#"
        self.look = look
        self.facts: dict[str, Fact] = {}
        self.groups: dict[str, Group] = {}

    def group(self, part: Part, path: str, label: str = "") -> Group:
        """Return the tree of a part and note its facts."""
        kind = type(part)
        tree = self.groups[path] = _group_type(kind)()
        members, values = tree.__dict__, part.__dict__
        inner = f"{path}." if path else ""
        if kind.headline_fields and (statement := part.headline()):
            members["fact"] = self.fact(path, *statement, label)
        for attribute, name, of_field, spec in _shown_fields(kind):
            value = values[attribute]
            if value is not None:
                members[name] = of_field(self, spec, value, inner + name)
        return tree

    def part(self, spec: FieldSpec, value: Part, path: str) -> Group:
        """Return the tree of a part within a part."""
        return self.group(value, path, spec.label)

    def reference(self, spec: FieldSpec, value: str, path: str) -> Fact:
        """Note a reference. A dangling one is a problem by itself and never rendered; here it just keeps its id."""
        target = self.look.find(spec.refers, value)
        return self.fact(path, value, target.name if target else value, spec.label, target.path if target else "")

    def plain(self, spec: FieldSpec, value: Any, path: str) -> Fact:
        """Note a value that stands for itself."""
        style = spec.format
        assert style is not None
        # As in `fact`, which is a third of the cost for the most frequent sort of statements.
        said = (self.prefix + path, style.canonical(value), style.text(value), spec.label, "")
        made = self.facts[intern(path)] = _new(Fact, said)
        return made

    def entries(self, spec: FieldSpec, values: Iterable[Any], path: str) -> list[Fact | Group]:
        """Note the entries of a list, under their keys where they have any, else under their numbers."""
        keys = spec.part.entry_key if spec.part else ()
        entry = _maker_of(spec)
        rows = []
        for number, value in enumerate(values, 1):
            name = "--".join(str(getattr(value, key) or "") for key in keys)  # no id has two hyphens
            rows.append(entry(self, spec, value, f"{path}.{name or number}"))
        return rows

    def fact(self, path: str, value: str, text: str, label: str, target: str = "") -> Fact:
        """Make a fact and note it."""
        # Paths are the same from item to item: kept once, not for each of them.
        made = self.facts[intern(path)] = _new(Fact, (self.prefix + path, value, text, label, target))
        return made

    def place(self, path: str, shown: Shown) -> None:
        """Put a derived statement into the tree, making the groups and lists that its path names."""
        outer, _, last = path.rpartition(".")
        tree = self._group_at(outer) if outer else self.groups[""]
        setattr(tree, last, self.fact(path.replace("[]", ""), *shown))

    def _group_at(self, path: str) -> Group:
        at = path.replace("[]", "")
        if at not in self.groups:
            outer, _, name = path.rpartition(".")
            made = self.groups[at] = Group()
            if outer.endswith("[]"):
                above, _, list_name = outer.removesuffix("[]").rpartition(".")
                holder = self._group_at(above) if above else self.groups[""]
                holder.__dict__.setdefault(list_name, []).append(made)
            else:
                setattr(self._group_at(outer) if outer else self.groups[""], name, made)
        return self.groups[at]
