"""What the models say about themselves: labels along a path, references.

The one place that looks into pydantic's field descriptions; everything else asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.fields import FORMATS, FilePath, Format, MarkdownText, OneOf, Refers, SitePath
from generator.item import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of a part, as operations on facts need it."""

    attribute: str
    key: str
    """The name in YAML and in keys of facts."""
    label: str
    explanation: str
    shown: bool
    required: bool
    is_list: bool
    part: type[Part] | None
    """The part's class where the field holds parts."""
    format: Format | None
    refers: str
    """The kind that the value refers to, or empty."""
    choices: Mapping[str, str] | None
    is_markdown: bool
    is_file: bool
    is_page: bool
    bears: str
    """The class of its facts; empty where it is the class of the part around it."""
    local: str
    """What a district may make of it; empty where it is to be the same everywhere."""
    default: Any
    example: str = ""
    """A value as an editor writes it, empty where the field gives none."""


@cache
def fields_of(part: type[Part]) -> tuple[FieldSpec, ...]:
    """Return the fields of a part in the order of its model."""
    return tuple(_spec(name, info) for name, info in part.model_fields.items())


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    annotation, metadata = _unwrap(info.annotation, list(info.metadata))
    is_list = get_origin(annotation) is tuple
    if is_list:
        annotation, metadata = _unwrap(get_args(annotation)[0], metadata)
    part = annotation if isinstance(annotation, type) and issubclass(annotation, Part) else None
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return FieldSpec(
        attribute=name,
        key=info.alias or name,
        label=info.title or name,
        explanation=info.description or "",
        shown=bool(extra.get("shown", True)),
        required=info.is_required(),
        is_list=is_list,
        part=part,
        format=None if part else FORMATS[annotation],
        refers=next((entry.kind for entry in metadata if isinstance(entry, Refers)), ""),
        choices=next((entry.codes for entry in metadata if isinstance(entry, OneOf)), None),
        is_markdown=any(isinstance(entry, MarkdownText) for entry in metadata),
        is_file=any(isinstance(entry, FilePath) for entry in metadata),
        is_page=any(isinstance(entry, SitePath) for entry in metadata),
        bears=str(extra.get("bears", "")),
        local=str(extra.get("of_districts", "")),
        default=info.default,
        example=str(info.examples[0]) if info.examples else "",
    )


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """Strip `Annotated` and `| None`, collecting metadata."""
    while True:
        if hasattr(annotation, "__metadata__"):
            metadata = [*metadata, *annotation.__metadata__]
            annotation = annotation.__origin__
        elif get_origin(annotation) in (Union, UnionType):
            (annotation,) = [choice for choice in get_args(annotation) if choice is not NoneType]
        else:
            return annotation, metadata


def spec_at(model: type[Part], path: Sequence[str | int]) -> FieldSpec | None:
    """Return the field that a path such as ("materials", 2, "copies") ends in, None where there is none."""
    part: type[Part] | None = model
    spec: FieldSpec | None = None
    for segment in path:
        if isinstance(segment, int):
            continue
        spec = next((entry for entry in fields_of(part) if entry.key == segment), None) if part else None
        if spec is None:
            return None
        part = spec.part
    return spec


def label_at(model: type[Part], path: Sequence[str | int]) -> str:
    """Return the Chinese label of a path, from the outside in: 申请材料第3条·份数."""
    labels: list[str] = []
    for end, segment in enumerate(path, 1):
        if isinstance(segment, int):
            labels[-1:] = [f"{labels[-1]}第{segment + 1}条" if labels else f"第{segment + 1}条"]
        elif spec := spec_at(model, path[:end]):
            labels.append(spec.label)
        else:
            labels.append(segment)
    return "·".join(labels)


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that names another item, and where it stands."""

    path: tuple[str | int, ...]
    kind: str
    identifier: str


def references(part: Part) -> Iterator[Reference]:
    """Yield every reference of an item to another."""
    for path, spec, value in values_where(part, _is_reference):
        yield Reference(path, spec.refers, value)


def local_paths(part: Part) -> Iterator[tuple[tuple[str | int, ...], FieldSpec, str]]:
    """Yield path, field and value of everything that names a file to download or a page of the site."""
    yield from values_where(part, _is_local)


def values_where(
    part: Part, wanted: Callable[[FieldSpec], bool], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], FieldSpec, Any]]:
    """Yield path, field and value of every leaf whose field is wanted; parts without such fields are not entered."""
    for spec in _leading_to(type(part), wanted):
        value = getattr(part, spec.attribute)
        entries = enumerate(value) if spec.is_list else ((None, value),)
        for index, entry in entries:
            place = (*path, spec.key) if index is None else (*path, spec.key, index)
            if spec.part and entry is not None:
                yield from values_where(entry, wanted, place)
            elif entry is not None:
                yield place, spec, entry


@cache
def _leading_to(part: type[Part], wanted: Callable[[FieldSpec], bool]) -> tuple[FieldSpec, ...]:
    return tuple(spec for spec in fields_of(part) if (_leading_to(spec.part, wanted) if spec.part else wanted(spec)))


def _is_reference(spec: FieldSpec) -> bool:
    return bool(spec.refers)


def _is_local(spec: FieldSpec) -> bool:
    return spec.is_file or spec.is_page
