"""Drafts: files with `status: 草稿`, which may be incomplete and are shown only in the preview.

A draft is read like any other file. What it lacks is kept aside, what is wrong in it is a problem as ever; and whatever
it says already is put into a sketch of the item, so that nothing private lies in it unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from generator.codelists import DRAFT
from generator.fields import AS_TEXT
from generator.item import Item, Part
from generator.problems import Problem
from generator.schema import FieldSpec, fields_of
from generator.source import Source

SPELLINGS = (DRAFT, "draft")
STATUS = "status"
OF_COMPLETENESS = frozenset({"missing-key", "empty-value", "too-few"})
"""The codes of problems that a draft may have."""

AnyPart = TypeVar("AnyPart", bound=Part)


class Draft(NamedTuple):
    """A draft: what it says, as far as it goes, where it stands, and what it still lacks."""

    sketch: Item
    source: Source
    missing: tuple[Problem, ...]

    @property
    def path(self) -> str:
        """The address that it will have."""
        return self.sketch.path

    @property
    def name(self) -> str:
        """What it is called, or its address where it has no name yet."""
        return self.sketch.name or self.path


def is_draft(values: Mapping[str, object]) -> bool:
    """Tell whether the values of a file are a draft's."""
    return values.get(STATUS) in SPELLINGS


def in_chinese(source: Source) -> Source:
    """Return a source with `draft` written as the code list has it."""
    if source.values.get(STATUS) != "draft":
        return source
    return replace(source, values={**source.values, STATUS: DRAFT})


def draft_of(
    model: type[Item], source: Source, values: Mapping[str, object], problems: Iterable[Problem]
) -> tuple[Draft, list[Problem]]:
    """Return the draft of a file and those of its problems that a draft must not have either."""
    missing = tuple(problem for problem in problems if problem.code in OF_COMPLETENESS)
    wrong = [problem for problem in problems if problem.code not in OF_COMPLETENESS]
    return Draft(sketch(model, values), source, missing), wrong


def sketch(model: type[AnyPart], values: Mapping[str, object]) -> AnyPart:
    """Return a part with the texts that stand in values, unchecked; everything else is as if it had not been said."""
    return model.model_construct(**{spec.key: _sketched(spec, values.get(spec.key)) for spec in fields_of(model)})


def _sketched(spec: FieldSpec, written: object) -> Any:
    entries = written if isinstance(written, list) else [written]
    if spec.part:
        parts = tuple(sketch(spec.part, entry) for entry in entries if isinstance(entry, dict))
        return parts if spec.is_list else next(iter(parts), None)
    texts = tuple(str(entry) for entry in entries if isinstance(entry, str | int) and spec.format is AS_TEXT)
    return texts if spec.is_list else next(iter(texts), None)


def summary(drafts: Mapping[str, Draft]) -> str:
    """Say how many drafts there are and what they lack, a line each; empty where there are none."""
    if not drafts:
        return ""
    lines = [f"另有 {len(drafts)} 份草稿，不发布，只在预览里看得到："]
    for draft in drafts.values():
        lacks = f"还缺 {len(draft.missing)} 项" if draft.missing else "已写完整"
        lines.append(f"  {draft.source.path}（{draft.name}，{lacks}）")
    return "\n".join(lines)
