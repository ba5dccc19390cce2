"""Two states of an item → the statements that differ. Only what the item's own file says: what it shows of others is
told where it is written. Entries of lists are matched, so that moving them is no change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from generator.changes.matching import matched
from generator.fact_classes import EDITORIAL
from generator.fields import Format
from generator.item import Item, Lookup, Part
from generator.parts import Basis
from generator.schema import FieldSpec, fields_of

SHORT = 8
"""Characters; a list of values that are all no longer is told as a whole."""


class Edit(NamedTuple):
    """A statement that changed. Both texts None: it changed in a way that has no words of its own."""

    path: str
    label: str
    """What it is, with the entry of a list that it belongs to: `小证：份数`."""
    before: str | None
    after: str | None
    bears: str
    since: date | None = None
    """The day from which it holds, where the source says one."""
    basis: str = ""


class _At(NamedTuple):
    """Where the comparing is: the path, what owns the statements, the class and label around."""

    ambiguous: frozenset[str]
    path: str = ""
    owner: str = ""
    bears: str = EDITORIAL
    label: str = ""
    is_entry: bool = False
    """Whether the owner is an entry of a list, which is always named."""

    def into(self, spec: FieldSpec, entry: str = "") -> _At:
        """Go into a field, or into an entry of it."""
        path = ".".join(part for part in (self.path, spec.key, entry) if part)
        return self._replace(path=path, bears=spec.bears or self.bears, label=spec.label)

    def owned(self, owner: str, *, is_entry: bool) -> _At:
        """Go on to what belongs to an entry, or to a part; the entry around a part stays the owner."""
        return self if self.is_entry and not is_entry else self._replace(owner=owner, is_entry=is_entry)

    def edit(self, before: str | None, after: str | None, since: date | None = None, basis: str = "") -> Edit:
        """Return the change of what stands here."""
        named = self.owner and self.owner != self.label and (self.is_entry or self.label in self.ambiguous)
        label = f"{self.owner}：{self.label}" if named else self.label
        return Edit(self.path, label, before, after, self.bears, since, basis)


def edits(before: Item, after: Item, then: Lookup, now: Lookup) -> list[Edit]:
    """Return what differs between two states of an item, in the order of its fields; names are as of each state."""
    comparing = _Comparing(then, now)
    found = list(comparing.parts(before, after, _At(_ambiguous(type(after)))))
    telling = [edit for edit in found if edit.path.partition(".")[0] not in after.bookkeeping]
    return telling or found


class _Comparing:
    """Compares parts, with the names of what they refer to on either side."""

    def __init__(self, then: Lookup, now: Lookup) -> None:
        self.then, self.now = then, now

    def parts(self, before: Part, after: Part, at: _At, skipped: frozenset[str] = frozenset()) -> Iterator[Edit]:
        """Yield what differs between two states of a part."""
        kind = type(after)
        if kind.headline_fields and before.headline() != after.headline():
            old, new = before.headline(), after.headline()
            yield at.edit(old[1] if old else None, new[1] if new else None)
        for spec in fields_of(kind):
            told = kind.headline_fields | skipped | frozenset(kind.entry_key)
            old_value, new_value = getattr(before, spec.attribute), getattr(after, spec.attribute)
            if spec.attribute not in told and old_value != new_value and not _is_internal(spec, kind):
                yield from self.field(spec, before, after, at)

    def field(self, spec: FieldSpec, before: Part, after: Part, at: _At) -> Iterator[Edit]:
        """Yield what differs in a field whose values differ."""
        old, new = getattr(before, spec.attribute), getattr(after, spec.attribute)
        inner = at.into(spec)
        if spec.is_list and spec.part:
            if spec.part.state_fields:
                yield from self.states(spec, before, after, at)
            else:
                yield from self.entries(spec, old, new, at)
        elif spec.is_list:
            yield from self.values(spec, old, new, at)
        elif spec.part and old and new:
            yield from self.parts(old, new, inner.owned(spec.label, is_entry=False))
        elif not spec.shown and not spec.is_markdown:
            yield inner.edit(None, None)
        else:
            yield inner.edit(self.text(spec, old, self.then), self.text(spec, new, self.now))

    def text(self, spec: FieldSpec, value: Any, look: Lookup) -> str | None:
        """Return how a value reads; a part is called after its headline or its first statement."""
        if value is None:
            return None
        if isinstance(value, Part):
            return self.name(value, look)
        if isinstance(value, tuple):
            return "、".join(self.text(spec, entry, look) or "" for entry in value)
        if spec.refers:
            target = look.find(spec.refers, value)
            return target.name if target else value
        assert isinstance(spec.format, Format)
        return spec.format.text(value)

    def name(self, part: Part, look: Lookup) -> str:
        """Return what a part is called: its headline or first statement; an optional one says what it is."""
        if headline := part.headline():
            return headline[1]
        shown = [spec for spec in fields_of(type(part)) if spec.shown]
        first = next((spec for spec in shown if getattr(part, spec.attribute) not in (None, ())), shown[0])
        text = self.text(first, getattr(part, first.attribute), look) or ""
        return text if first.required or len(text) > SHORT else f"{first.label} {text}"

    def names(self, parts: Sequence[Part], look: Lookup) -> list[str]:
        """Return what the entries of a list are called; of those with the same name the next statement is added."""
        plain = [self.name(part, look) for part in parts]
        counts = Counter(plain)
        more = (self.second(part, look) if counts[name] > 1 else "" for part, name in zip(parts, plain, strict=True))
        return [f"{name}（{text}）" if text else name for name, text in zip(plain, more, strict=True)]

    def second(self, part: Part, look: Lookup) -> str:
        """Return the second statement of a part, empty where there is none."""
        shown = [spec for spec in fields_of(type(part)) if spec.shown and getattr(part, spec.attribute)]
        texts = (self.text(spec, getattr(part, spec.attribute), look) or "" for spec in shown[1:2])
        return next(texts, "")

    def entries(self, spec: FieldSpec, old: Sequence[Part], new: Sequence[Part], at: _At) -> Iterator[Edit]:
        """Yield what differs in a list of parts: added and removed entries as one statement each."""
        then, now = self.names(old, self.then), self.names(new, self.now)
        for pair in matched(old, new, lambda entry: _words(entry)):
            left = old[pair.before] if pair.before is not None else None
            right = new[pair.after] if pair.after is not None else None
            entry = right or left
            assert entry is not None
            number = (pair.after if pair.after is not None else pair.before) or 0
            name = now[number] if right else then[number]
            inner = at.into(spec, _entry_name(entry, number))
            if left and right:
                if left != right:
                    yield from self.parts(left, right, inner.owned(name, is_entry=True))
            else:
                yield inner.edit(None if right else name, name if right else None)

    def values(self, spec: FieldSpec, old: Sequence[Any], new: Sequence[Any], at: _At) -> Iterator[Edit]:
        """Yield what differs in a list of values: short ones as a whole, sentences one by one."""
        if sorted(map(str, old)) == sorted(map(str, new)):
            return
        then = [self.text(spec, value, self.now if value in new else self.then) or "" for value in old]
        now = [self.text(spec, value, self.now) or "" for value in new]
        if spec.choices or all(len(text) <= SHORT for text in (*then, *now)):
            yield at.into(spec).edit("、".join(then) or None, "、".join(now) or None)
            return
        for pair in matched(then, now, str):
            left = then[pair.before] if pair.before is not None else None
            right = now[pair.after] if pair.after is not None else None
            number = (pair.after if pair.after is not None else pair.before) or 0
            if left != right:
                yield at.into(spec, str(number + 1)).edit(left, right)

    def states(self, spec: FieldSpec, before: Part, after: Part, at: _At) -> Iterator[Edit]:
        """Yield what differs in a list of dated states: a new one says from when it holds and what held before."""
        old, new = getattr(before, spec.attribute), getattr(after, spec.attribute)
        starts = {entry.first_day for entry in (*map(_State, old), *map(_State, new))}
        for pair in matched(old, new, lambda entry: _words(entry)):
            left = old[pair.before] if pair.before is not None else None
            right = new[pair.after] if pair.after is not None else None
            said = before.state_text(left) if left else None
            says = after.state_text(right) if right else None
            present = right or left
            assert present is not None
            state = _State(present)
            inner = at.into(spec, str(state.first_day or "") or str((pair.after or 0) + 1))._replace(label=at.label)
            if not left and pair.after:
                said = after.state_text(new[pair.after - 1])
            if said != says:
                basis = self.basis(right, self.now) if right else ""
                yield inner.edit(said, says, state.first_day, basis)
            if left and right:
                yield from self.kept_state(left, right, inner, starts)

    def kept_state(self, left: Part, right: Part, inner: _At, starts: set[date | None]) -> Iterator[Edit]:
        """Yield what differs beside the statement; an end that another state's start implies is no news."""
        follows = {day - timedelta(days=1) for day in starts if day} | {None}
        ends = (getattr(part, name) for part in (left, right) for name in part.last_days)
        skipped = right.state_fields | (frozenset(right.last_days) if follows.issuperset(ends) else frozenset())
        yield from self.parts(left, right, inner, skipped)
        for name in right.first_days:
            if getattr(left, name) != getattr(right, name):
                spec = next(spec for spec in fields_of(type(right)) if spec.attribute == name)
                old, new = getattr(left, name), getattr(right, name)
                yield inner.into(spec).edit(self.text(spec, old, self.then), self.text(spec, new, self.now))

    def basis(self, part: Part, look: Lookup) -> str:
        """Return the documents that a part rests on, by their numbers."""
        found = [entry for value in part.__dict__.values() if isinstance(value, tuple) for entry in value]
        return "、".join(dict.fromkeys(self.document(entry, look) for entry in found if isinstance(entry, Basis)))

    def document(self, basis: Basis, look: Lookup) -> str:
        """Return the number of a document, or else its title."""
        policy = look.find("policy", basis.policy) if basis.policy else None
        number = getattr(policy, "number", None) if policy else basis.number
        return number or (policy.name if policy else basis.title or basis.policy or "")


class _State:
    """A dated state with its first day."""

    def __init__(self, part: Part) -> None:
        self.first_day: date | None = getattr(part, part.first_days[0])


@cache
def _ambiguous(model: type[Item]) -> frozenset[str]:
    """Return the labels that several fields of a kind have, lists left out."""
    counts = Counter(_labels(model))
    return frozenset(label for label, count in counts.items() if count > 1)


def _labels(kind: type[Part]) -> Iterator[str]:
    for spec in fields_of(kind):
        if not spec.is_list:
            yield spec.label
            yield from _labels(spec.part) if spec.part else ()


def _is_internal(spec: FieldSpec, kind: type[Part]) -> bool:
    """Tell whether a field is for editors alone: the id, accepted warnings."""
    return issubclass(kind, Item) and spec.attribute in Item.model_fields and not spec.shown


def _entry_name(entry: Part, number: int) -> str:
    name = "--".join(str(getattr(entry, key) or "") for key in entry.entry_key)
    return name or str(number + 1)


def _words(part: Part) -> str:
    """Return all that a part says, for comparing."""
    return " ".join(str(value) for value in leaves(part))


def leaves(value: Any) -> Iterator[Any]:
    """Yield every single value within a part or a list."""
    if isinstance(value, Part):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from leaves(entry)
    elif value is not None:
        yield value
