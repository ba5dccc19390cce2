"""Drafts beside what the site has: which items are new, which differ, which are the same, which clash."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from generator.codelists import DRAFT
from generator.item import Item
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER
from generator.kinds import all_kinds
from generator.normalise import normalise
from generator.schema import fields_of, label_at
from generator.source import Source, parse_text
from generator.tables.office_differences import Difference, differences_of, edit_of
from generator.tables.office_draft import Draft
from generator.tables.office_ids import id_of
from generator.tables.office_known import Known
from generator.tables.office_yaml import NotFaithful, yaml_text
from generator.tables.transaction import FileChange
from generator.validation import validate

DRAFT_MARK = {"status": DRAFT}
"""What a file says that is not ready to be published."""

# Numbers of people: mobile phones, identity cards, bank cards. Files are public, comments in them too.
_PRIVATE = re.compile("(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{15,19}|[0-9]{17}[Xx])(?![0-9])")


class Verdict(StrEnum):
    """What an import means for an item."""

    NEW = "新增"
    CHANGED = "改动"
    SAME = "不变"
    CLASH = "冲突"
    REFUSED = "不能写"


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
    edit: FileChange | None = None
    """The change of a file that is there, as far as a program should make it."""


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
        edit = edit_of(existing, draft, differences, root)
        verdict = Verdict.CHANGED if differences else Verdict.SAME
        return Planned(draft, verdict, existing.path, differences=differences, edit=edit)
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
    comments += [f"表里还有：{_PRIVATE.sub('（号码没有抄）', comment)}" for comment in draft.comments]
    values = _in_order(model, {**draft.values, **(DRAFT_MARK if missing else {})})
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
