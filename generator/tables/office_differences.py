"""What a table says otherwise than an item, and the edit of the item's file that would follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.item import Item
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER
from generator.normalise import normalise
from generator.schema import label_at
from generator.source import parse_text
from generator.tables.office_draft import Draft
from generator.tables.transaction import FileChange
from generator.tables.yaml_edit import NotEdited, edit_text

# Ids that this program gave, and the wording that a rule already says.
_NOT_COMPARED = frozenset({"id", "wording"})
_NOT_SHOWN = _NOT_COMPARED | {"checked"}
_NAMES_OF_ENTRIES = ("condition", "title", "policy", "number")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the table and the file say different things, both as texts."""

    label: str
    before: str
    after: str
    path: tuple[str, ...] = ()
    """Keys that lead to the field; none in a list of entries, which say more than a table does."""
    value: object = None


def differences_of(item: Item, values: Mapping[str, object]) -> Iterator[Difference]:
    """Yield what values say otherwise than an item; what the table does not say is no difference."""
    has = item.model_dump(mode="json", by_alias=True, exclude_none=True)
    known = {key: value for key, value in values.items() if key != "name"}
    return _differences(type(item), has, known, ())


def _differences(
    model: type[Item], has: Mapping[str, object], values: Mapping[str, object], path: tuple[str, ...]
) -> Iterator[Difference]:
    for key, value in values.items():
        here, known = (*path, key), has.get(key)
        if key in _NOT_COMPARED or _agrees(known, value):
            continue
        label = label_at(model, here)
        if isinstance(value, Mapping):
            yield from _differences(model, known if isinstance(known, Mapping) else {}, value, here)
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            entries = known if isinstance(known, list) else []
            unlike = [entry for entry in value if not any(_agrees(each, entry) for each in entries)]
            yield from (Difference(label, _counterpart(entries, each), _shown(each)) for each in unlike)
        else:
            yield Difference(label, _shown(known), _shown(value), here, value)


def _counterpart(entries: Sequence[Mapping[str, object]], wanted: Mapping[str, object]) -> str:
    """Return the entry that is called like the wanted one, with the fields that the wanted one has."""
    for name in _NAMES_OF_ENTRIES:
        for entry in entries:
            if name in wanted and _agrees(entry.get(name), wanted[name]):
                return _shown({key: entry[key] for key in wanted if key in entry})
    return "没有对应的一条"


def _agrees(has: object, value: object) -> bool:
    if isinstance(value, Mapping):
        known = has if isinstance(has, Mapping) else {}
        return all(_agrees(known.get(key), each) for key, each in value.items() if key not in _NOT_COMPARED)
    if isinstance(value, list):
        known_list = has if isinstance(has, list) else []
        if value and isinstance(value[0], Mapping):
            return all(any(_agrees(each, wanted) for each in known_list) for wanted in value)
        return sorted(normalise(str(each)) for each in known_list) == sorted(normalise(str(each)) for each in value)
    if isinstance(value, int | float) and has is not None:
        return float(str(has)) == float(value)
    return normalise(str(has or "")) == normalise(str(value))


def _shown(value: object) -> str:
    if value is None:
        return "空白"
    if isinstance(value, Mapping):
        return "，".join(_shown(each) for key, each in value.items() if key not in _NOT_SHOWN and each != [])
    if isinstance(value, list):
        return "；".join(map(_shown, value)) or "空白"
    return str(value)


def edit_of(item: Item, draft: Draft, differences: Sequence[Difference], root: Path) -> FileChange | None:
    """Return the change of an item's file to what the table says, None where no program should make it."""
    wanted = [each for each in differences if each.path and each.path[0] not in draft.unsure]
    files = list((root / ITEMS_FOLDER / item.kind.plural).rglob(f"{item.id}{ITEM_SUFFIX}")) if wanted else []
    if len(files) != 1:
        return None
    before = files[0].read_bytes()
    values, _ = parse_text(before.decode(), "")
    if values is None:
        return None
    for each in wanted:
        values = _with(values, each.path, each.value)
    try:
        return FileChange(path=files[0], before=before, after=edit_text(before.decode(), values, type(item)).encode())
    except NotEdited:
        return None


def _with(values: Mapping[str, object], path: Sequence[str], value: object) -> dict[str, object]:
    """Return values with another one at a path."""
    key, *rest = path
    inner = values.get(key)
    return {**values, key: _with(inner if isinstance(inner, Mapping) else {}, rest, value) if rest else value}
