"""Legal bases: each names a document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.catalogue import Catalogue
from generator.checks.finding import Finding, PathInItem
from generator.item import Part
from generator.parts import Basis
from generator.schema import FieldSpec, fields_of


def bases_name_a_document(catalogue: Catalogue) -> Iterator[Finding]:
    """Find bases and reductions that name no document (行政许可法第三十条; 政策依据, fee lists)."""
    for item in catalogue.items:
        for path, basis in bases_of(item):
            if not (basis.policy or basis.title or basis.number):
                yield Finding(
                    item=item,
                    path=path,
                    code="empty-basis",
                    message="依据没有写是哪份文件",
                    hint="请写 policy（政策文件库里的编号），或 title 和 number。",
                )


def bases_of(part: Part, path: PathInItem = ()) -> Iterator[tuple[PathInItem, Basis]]:
    """Yield the bases of a part, those of inner parts included, each with its place."""
    for spec in _leading_to_bases(type(part)):
        value = getattr(part, spec.attribute)
        if value is None:
            continue
        for index, entry in enumerate(value) if spec.is_list else ((None, value),):
            place = (*path, spec.key) if index is None else (*path, spec.key, index)
            if isinstance(entry, Basis):
                yield place, entry
            else:
                yield from bases_of(entry, place)


@cache
def _leading_to_bases(part: type[Part]) -> tuple[FieldSpec, ...]:
    """Return the fields that are or hold bases: few of the dozens that an item has."""
    return tuple(
        spec for spec in fields_of(part) if spec.part and (issubclass(spec.part, Basis) or _leading_to_bases(spec.part))
    )
