"""Drafts beside what the site has: which items are new, which differ, which are the same, which clash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from generator.item import Item
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER
from generator.kinds import all_kinds
from generator.normalise import normalise
from generator.schema import fields_of, label_at
from generator.source import Source, parse_text
from generator.tables.office_draft import Draft
from generator.tables.office_ids import id_of
from generator.tables.office_known import Known
from generator.tables.office_yaml import NotFaithful, yaml_text
from generator.validation import validate

DRAFT_MARK: Mapping[str, object] = {}
"""What a file says that is not ready to be published."""


class Verdict(StrEnum):
    """What an import means for an item."""

    NEW = "新增"
    CHANGED = "改动"
    SAME = "不变"
    CLASH = "冲突"
    REFUSED = "不能写"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which the table and the file say different things, both as texts."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One draft and what it comes to."""

    draft: Draft
    verdict: Verdict
    path: str
    """The file, from the root."""
    missing: tuple[str, ...] = ()
    """Labels of the facts that the table does not have."""
    faults: tuple[str, ...] = ()
    """What is wrong in form with what the table has."""
    differences: tuple[Difference, ...] = ()
    text: str = ""
    """The new file."""
    reason: str = ""


def plan(drafts: Sequence[Draft], known: Known, root: Path, file: str) -> list[Planned]:
    """Return what each draft comes to, in their order; ids that are given stay given."""
    taken = {kind: set(known.ids(kind)) for kind in all_kinds()}
    first: dict[tuple[object, ...], Draft] = {}
    found = []
    for draft in drafts:
        key = (draft.kind, normalise(draft.name), draft.same)
        if key in first:
            reason = f"与 {first[key].source} 同名"
            found.append(Planned(draft, Verdict.CLASH, "", reason=reason))
            continue
        first[key] = draft
        found.append(_planned(draft, known, root, taken[draft.kind], file))
    return found


def _planned(draft: Draft, known: Known, root: Path, taken: set[str], file: str) -> Planned:
    if existing := known.existing(draft.kind, draft.name, **dict(draft.same)):
        differences = tuple(differences_of(existing, draft.values))
        return Planned(draft, Verdict.CHANGED if differences else Verdict.SAME, existing.path, differences=differences)
    model = all_kinds()[draft.kind]
    folder = f"{ITEMS_FOLDER}/{model.kind.plural}"
    if waiting := known.waiting(root, draft.kind, draft.name, draft.same):
        return Planned(draft, Verdict.SAME, waiting, reason="文件已有，还是草稿或有错，没有动它")
    identifier = id_of(draft.name, taken)
    taken.add(identifier)
    path = f"{folder}/{identifier}{ITEM_SUFFIX}"
    missing, faults = _shortcomings(model, draft, path, identifier)
    comments = [f"从《{file}》{draft.source} 导入，请逐项核对。"]
    comments += [f"还缺：{'、'.join(missing)}。"] if missing else []
    comments += [f"表里还有：{comment}" for comment in draft.comments]
    values = {**(DRAFT_MARK if missing else {}), **_in_order(model, draft.values)}
    if faults:
        return Planned(draft, Verdict.REFUSED, path, missing, faults)
    try:
        return Planned(draft, Verdict.NEW, path, missing, text=yaml_text(values, comments))
    except NotFaithful:
        return Planned(draft, Verdict.REFUSED, path, missing, ("有写不进文件的字符",))


def _in_order(model: type[Item], values: Mapping[str, object]) -> dict[str, object]:
    order = [spec.key for spec in fields_of(model)]
    return {key: values[key] for key in order if key in values}


def _shortcomings(
    model: type[Item], draft: Draft, path: str, identifier: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels of missing facts, and the faults of those that are there."""
    try:
        model.model_validate({**draft.values, "id": identifier})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
    else:
        return (), ()
    missing = [label_at(model, each["loc"]) for each in details if each["type"] == "missing"]
    # A list is called too short where its entries are unfinished, which is said of these.
    others = [each["type"] for each in details if each["type"] not in ("missing", "too_short")]
    faults = _faults(model, draft, path, identifier) if others else []
    return tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(faults))


def _faults(model: type[Item], draft: Draft, path: str, identifier: str) -> list[str]:
    """Return what the reader of the file will say of it, but for missing facts."""
    text = yaml_text(draft.values)
    values, _ = parse_text(text, path)
    _, problems = validate(model, Source(path=path, text=text, values=values or {}), {"id": (identifier, path)})
    return [f"「{each.field}」{each.message}" for each in problems if each.code != "missing-key"]


def differences_of(item: Item, values: Mapping[str, object]) -> Iterator[Difference]:
    """Yield what values say otherwise than an item; what the table does not say is no difference."""
    has = item.model_dump(mode="json", by_alias=True, exclude_none=True)
    for key, value in values.items():
        label = label_at(type(item), (key,))
        if key == "name" or _agrees(has.get(key), value):
            continue
        if isinstance(value, list) and isinstance(value[0], Mapping):
            entries = has.get(key) or []
            unlike = [entry for entry in value if not any(_agrees(each, entry) for each in entries)]
            yield from (Difference(label, _shown(_counterpart(entries, each)), _shown(each)) for each in unlike)
        else:
            yield Difference(label, _shown(has.get(key)), _shown(value))


def _counterpart(entries: Sequence[Mapping[str, object]], wanted: Mapping[str, object]) -> object:
    """Return the entry that is called like the wanted one, with the fields that the wanted one has."""
    for name in ("condition", "title", "policy", "number"):
        for entry in entries:
            if name in wanted and _agrees(entry.get(name), wanted[name]):
                return {key: entry[key] for key in wanted if key in entry}
    return None


# Ids that this program gave, the wording that a rule already says, places beyond those that a table names.
_NOT_COMPARED = frozenset({"id", "wording"})


_NOT_SHOWN = _NOT_COMPARED | {"checked"}


def _agrees(has: object, value: object) -> bool:
    if isinstance(value, Mapping):
        known = has if isinstance(has, Mapping) else {}
        return all(_agrees(known.get(key), each) for key, each in value.items() if key not in _NOT_COMPARED)
    if isinstance(value, list):
        known_list = has if isinstance(has, list) else []
        if value and isinstance(value[0], Mapping):
            return all(any(_agrees(each, wanted) for each in known_list) for wanted in value)
        return known_list == value
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
