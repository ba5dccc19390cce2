"""Changed facts as rows of a table: class, what the fact is of and called, how it reads before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.fact_classes import CLASSES, class_of, is_substantive
from generator.facts import Difference, Fact
from generator.impact.assess import Impact, ItemEdit
from generator.item import Item
from generator.kinds import all_kinds
from generator.render.history import owner_text
from generator.schema import spec_at

NOTHING = "（没有）"


class Row(NamedTuple):
    """A changed fact, or a whole item that is new or gone, or its prose."""

    bears: str
    """Its class."""
    label: str
    before: str
    after: str
    path: str


def rows_of(edit: ItemEdit, impact: Impact) -> list[Row]:
    """Return the rows of an item: what is written in its own file, or what follows where its file is the same."""
    model = model_of(edit.path)
    if edit.state in ("new", "gone"):
        name, said = "整项内容", edit.name
        return [Row(_weightiest(edit, model), name, *(("", said) if edit.state == "new" else (said, "")), "")]
    rows = [_row(entry, edit, model, impact) for entry in _shown(edit, model)]
    if edit.prose:
        rows.append(Row("editorial", "正文", "旧的正文", "新的正文", "body"))
    order = list(CLASSES)
    return sorted(rows, key=lambda row: order.index(row.bears))


def model_of(path: str) -> type[Item]:
    """Return the model of an item by its path."""
    return next(model for model in all_kinds().values() if model.kind.plural == path.partition("/")[0])


def substantive(impact: Impact) -> int:
    """Return how many substantive facts were edited; what follows from them in other items is not counted again."""
    written = (edit for edit in impact.edits if edit.state != "follows")
    return sum(is_substantive(row.bears) for edit in written for row in rows_of(edit, impact))


def editorial(impact: Impact) -> int:
    """Return how many other facts were edited."""
    written = (edit for edit in impact.edits if edit.state != "follows")
    return sum(not is_substantive(row.bears) for edit in written for row in rows_of(edit, impact))


def _weightiest(edit: ItemEdit, model: type[Item]) -> str:
    found = {class_of(model, entry.path) for entry in edit.facts}
    return next((name for name in CLASSES if name in found), "editorial")


def _shown(edit: ItemEdit, model: type[Item]) -> Iterator[Difference]:
    """Yield the facts written in the file; where none of these differ, those that follow."""
    own = [entry for entry in edit.facts if _is_written(model, entry.path)]
    yield from own if own and edit.state == "edited" else edit.facts


def _is_written(model: type[Item], path: str) -> bool:
    fields = _fields(model, path.split("."))
    return all(name == 0 or spec_at(model, fields[: index + 1]) for index, name in enumerate(fields))


def _fields(model: type[Item], segments: Sequence[str]) -> list[str | int]:
    """Return the path of a field, where a fact's path has the key of an entry: 0."""
    fields: list[str | int] = []
    for segment in segments:
        fields.append(0 if _is_list(model, fields) else segment)
    return fields


def _is_list(model: type[Item], path: list[str | int]) -> bool:
    spec = spec_at(model, path) if path and path[-1] != 0 else None
    return bool(spec and spec.is_list)


def _row(entry: Difference, edit: ItemEdit, model: type[Item], impact: Impact) -> Row:
    fact = entry.after or entry.before
    assert fact
    owner = owner_text(entry.path, _facts(edit, impact, is_new=entry.after is not None), model)
    label = f"{owner}：{fact.label}" if owner else fact.label
    held = entry.before or _held_before(entry.path, model, _facts(edit, impact, is_new=True))
    before, after = _text(held), _text(entry.after)
    if before == after and entry.before and entry.after:  # another item of the same name
        before, after = f"{before}（{entry.before.value}）", f"{after}（{entry.after.value}）"
    return Row(class_of(model, entry.path), label, before, after, entry.path)


def _held_before(path: str, model: type[Item], facts: Mapping[str, Fact]) -> Fact | None:
    """Return what holds up to a new state of a dated list: the amount up to the day from which there is another."""
    *outer, state, name = ["", *path.split(".")]
    spec = spec_at(model, _fields(model, outer[1:]))
    if spec is None or spec.part is None or name not in spec.part.state_fields:
        return None
    listed = ".".join(outer[1:])
    states = list(dict.fromkeys(key[len(listed) + 1 :].partition(".")[0] for key in facts if key.startswith(listed)))
    return facts.get(f"{listed}.{states[states.index(state) - 1]}.{name}") if states.index(state) else None


def _facts(edit: ItemEdit, impact: Impact, *, is_new: bool) -> Mapping[str, Fact]:
    catalogue = impact.now if is_new else impact.base.catalogue
    return catalogue.sheet(catalogue.by_path[edit.path]).facts


def _text(fact: Fact | None) -> str:
    return fact.text if fact else ""
