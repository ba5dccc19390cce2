"""A district's file laid over the city's: values taken over or written anew, each with the file that it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.fields import LOCAL
from generator.item import Part
from generator.problems import Place
from generator.schema import FieldSpec, fields_of
from generator.source import Source

PathInFile = tuple[str | int, ...]
Values = dict[str, object]


class Layer(NamedTuple):
    """A source, where in it the values stand, and under which names it has what are numbered entries in the whole."""

    source: Source
    prefix: PathInFile = ()
    names: Mapping[PathInFile, str] = {}  # a named tuple's default, never changed

    def own(self, path: PathInFile) -> PathInFile:
        """Return the path in the source for one in the whole."""
        found: PathInFile = self.prefix
        for end, step in enumerate(path, 1):
            found += (self.names.get(path[:end], step),)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Layered(Source):
    """A source of several: its values are laid over each other, its path is that of the uppermost file."""

    layers: tuple[Layer, ...]
    """The uppermost first."""

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of a value, in the file that it was taken from."""
        for end in range(len(path), 0, -1):
            if layer := self._owner(path[:end]):
                return layer.source.place(*layer.own(path), key=key)
        return Place(path=self.path)

    def _owner(self, path: PathInFile) -> Layer | None:
        """Return the layer that a value was taken from: the first that holds the very same."""
        found = self.at(*path)
        holding = (layer for layer in self.layers if layer.source.at(*layer.own(path)) is found)
        return next(holding, None) if found is not None else None


class Laid(NamedTuple):
    """Values laid over others, and what was noticed."""

    values: Values
    names: dict[PathInFile, str]
    """Entries of lists that the upper values call by name, by their paths in the whole."""
    repeated: list[PathInFile]
    """Paths in the upper values of what the lower ones say as well."""
    unknown: list[PathInFile]
    """Paths in the upper values of names that no entry or several entries have."""


def laid_over(model: type[Part], lower: Mapping[str, object], upper: Mapping[str, object]) -> Laid:
    """Return the values of a file with another's laid over them.

    Groups are filled in field by field, but what is a district's own (a way to ask, a promise) is replaced whole, as
    are lists. Of a list of groups, single entries can be meant by what their first field says: `steps: {审查: …}`.
    """
    laid = Laid({}, {}, [], [])
    laid.values.update(_laid(model, lower, upper, (), (), laid))
    return laid


def _laid(
    part: type[Part],
    lower: Mapping[str, object],
    upper: Mapping[str, object],
    path: PathInFile,
    written: PathInFile,
    noted: Laid,
) -> Values:
    specs = {spec.key: spec for spec in fields_of(part)}
    values: Values = {**lower}
    for key, value in upper.items():
        spec, here, at = specs.get(key), (*path, key), (*written, key)
        below = lower.get(key)
        if spec and spec.part and isinstance(value, dict) and isinstance(below, list):
            values[key] = _entries(spec.part, below, value, here, at, noted)
        elif spec and spec.part and _is_filled_in(spec) and isinstance(value, dict) and isinstance(below, dict):
            values[key] = _laid(spec.part, below, value, here, at, noted)
        else:
            if key in lower and below == value:
                noted.repeated.append(at)
            values[key] = value
    return values


def _is_filled_in(spec: FieldSpec) -> bool:
    """Tell whether a group keeps what a district does not write of it."""
    return not spec.is_list and spec.local != LOCAL and spec.part is not None and not spec.part.headline_fields


def _entries(
    part: type[Part], lower: list[Any], upper: Values, path: PathInFile, written: PathInFile, noted: Laid
) -> list[object]:
    """Return a list of groups with some of them, called by what their first field says, filled in anew."""
    entries: list[object] = list(lower)
    first = fields_of(part)[0].key
    for name, value in upper.items():
        found = [number for number, entry in enumerate(lower) if isinstance(entry, dict) and entry.get(first) == name]
        if len(found) != 1 or not isinstance(value, dict):
            noted.unknown.append((*written, name))
            continue
        here = (*path, found[0])
        noted.names[here] = name
        entries[found[0]] = _laid(part, lower[found[0]], value, here, (*written, name), noted)
    return entries
