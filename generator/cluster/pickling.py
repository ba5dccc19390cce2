"""Pickles in which a site, its items and their facts are only named: whoever reads them has these already."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from generator.item import Part

Name = tuple[str, ...]


def dumps(value: object, name_of: Callable[[Any], Name | None] | None = None) -> bytes:
    """Return the pickle of a value; what has a name is only named in it."""
    stream = io.BytesIO()
    pickler = _Pickler(stream, name_of) if name_of else pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _ways()
    pickler.dump(value)
    return stream.getvalue()


def loads(data: bytes, named: Callable[[Name], Any]) -> Any:
    """Return the value of a pickle, with what is named in it."""
    return _Unpickler(data, named).load()


class _Pickler(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, name_of: Callable[[Any], Name | None]) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self.persistent_id = name_of  # type: ignore[method-assign]


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, named: Callable[[Name], Any]) -> None:
        super().__init__(io.BytesIO(data))
        self.persistent_load = named  # type: ignore[method-assign]


# Pydantic's own way keeps four mappings a part and goes through two methods; the fields are all that is needed.


@cache
def _ways() -> Mapping[type, Callable[[Any], tuple[Any, ...]]]:
    return dict.fromkeys(_parts_below(Part), _reduced)


def _parts_below(part: type[Part]) -> Iterator[type[Part]]:
    for below in part.__subclasses__():
        yield below
        yield from _parts_below(below)


def _reduced(part: Part) -> tuple[Any, ...]:
    return _part, (type(part), part.__dict__, part.__pydantic_private__)


_NOTHING: set[str] = set()


def _part(model: type[Part], values: dict[str, Any], private: dict[str, Any] | None) -> Part:
    made = model.__new__(model)
    object.__setattr__(made, "__dict__", values)
    object.__setattr__(made, "__pydantic_fields_set__", _NOTHING)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", private)
    return made
