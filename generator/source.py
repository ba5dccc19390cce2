"""YAML text → plain values that remember their places; the only user of yaml.

A good file passes once, fast, without places. Only a file that looks suspicious or fails is surveyed: read again
with the places of everything, its slips mended in a draft to see what the parser says then, and every problem told.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any

import orjson
import yaml
from yaml import events
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs import it without exporting it

from generator.problems import Place, Problem, in_order
from generator.text_files import clean_text, read_text, to_halfwidth
from generator.yaml_diagnosis import diagnose
from generator.yaml_errors import SyntaxFault
from generator.yaml_slips import SUSPECT_FIRST, may_hold_slips
from generator.yaml_survey import MAX_DEPTH, WORDS, Node, Step, Survey, plain_value

__all__ = [
    "PackedSource",
    "Source",
    "packed",
    "parse_text",
    "place_of",
    "read_front_matter",
    "read_source",
    "to_halfwidth",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One content file as read: its path relative to the configuration file, its text and its values."""

    path: str
    text: str
    values: dict[str, object]

    def at(self, *path: str | int) -> object:
        """Return the value at this path, None where there is none."""
        value: Any = self.values
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of the value (or of its key) at this path."""
        return place_of(self, path, key=key)


class PackedSource(Source):
    """A source that is kept in the memory for the few that are asked for their texts, values or places."""

    __slots__ = ("_data",)
    _data: bytes

    def __init__(self, path: str, data: bytes) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_data", data)

    def __reduce__(self) -> tuple[type[PackedSource], tuple[str, bytes]]:
        return PackedSource, (self.path, self._data)

    @property
    def text(self) -> str:
        """The file's text."""
        return _unpacked(self._data)[0]

    @property
    def values(self) -> dict[str, object]:
        """The file's values, which nobody changes."""
        return _unpacked(self._data)[1]


def packed(source: Source) -> Source:
    """Return a source that takes a fifth of the memory."""
    try:
        data = orjson.dumps((source.text, source.values))
    except TypeError:  # a number of more than 19 digits
        return source
    return PackedSource(source.path, zlib.compress(data, 1))


@lru_cache(maxsize=64)  # of one file, several are asked in a row
def _unpacked(data: bytes) -> tuple[str, dict[str, object]]:
    text, values = orjson.loads(zlib.decompress(data))
    return text, values


def read_source(file: Path, relative: str) -> tuple[Source | None, list[Problem]]:
    """Read a YAML file; the source is None if there is any problem, and all problems found are returned."""
    text, problems = read_text(file, relative)
    if text is None:
        return None, in_order(problems)
    values, more = _parse(text, relative)
    if problems or more or values is None:
        return None, in_order(problems + more)
    return Source(path=relative, text=text, values=values), []


def parse_text(text: str, relative: str) -> tuple[dict[str, object] | None, list[Problem]]:
    """Parse YAML text; the values are None if there is any problem."""
    clean, problems = clean_text(text, relative)
    if clean is None:
        return None, problems
    values, more = _parse(clean, relative)
    return (None if problems else values), in_order(problems + more)


def read_front_matter(file: Path, relative: str) -> tuple[dict[str, object], str, int, list[Problem]]:
    """Read a Markdown file: the values of its front matter, its body, the body's first line number, problems."""
    text, problems = read_text(file, relative)
    if text is None:
        return {}, "", 1, in_order(problems)
    lines = text.split("\n")
    if lines[0].rstrip(" \t") != "---":
        return {}, text, 1, in_order(problems)
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip(" \t") in ("---", "...")), None)
    if closing is None:
        return {}, text, 1, in_order([*problems, _unclosed_front_matter(relative)])
    body = "\n".join(lines[closing + 1 :])
    if all(line.lstrip(" ").startswith("#") or not line.strip(" ") for line in lines[1:closing]):
        return {}, body, closing + 2, in_order(problems)
    # An empty line in the place of the opening `---` keeps the line numbers right.
    values, more = _parse("\n" + "\n".join(lines[1:closing]) + "\n", relative)
    return values or {}, body, closing + 2, in_order(problems + more)


def place_of(source: Source, path: Sequence[str | int], *, key: bool = False) -> Place:
    """Return the place of the value (or of its key) at this path, or else of its deepest ancestor that exists."""
    node = _root(source.text)
    place = node.at
    for step in path:
        child = node.children.get(step)
        if child is None:
            break
        place = child.key_at if key else child.node.at
        node = child.node
    return Place(path=source.path, line=place[0] + 1, column=place[1] + 1)


def _unclosed_front_matter(relative: str) -> Problem:
    message = "文件第 1 行是「---」，但后面没有另一行「---」来结束文件头。"
    hint = "请在文件头之后、正文之前加一行「---」；若没有文件头，请删去第 1 行。"
    return Problem(place=Place(path=relative), code="unclosed-front-matter", message=message, hint=hint)


# The good case: one pass over the parser's events. The parser is typed as giving less than it gives, hence Any.

_NextEvent = Callable[[], Any]
_Scalar, _MappingEnd, _SequenceEnd = events.ScalarEvent, events.MappingEndEvent, events.SequenceEndEvent

# Plain scalars that begin otherwise are text and nothing to worry about, which is known from one look.
_TYPED_FIRST = frozenset("-0123456789") | {word[:1] for word in WORDS}
_SPECIAL = _TYPED_FIRST | SUSPECT_FIRST
# Keys and short values (原件, 申请人自备) are the same in file after file: kept once.
_SHORT = 12


class _Irregular(Exception):
    """The text has something that only the survey can tell apart."""


def _parse(text: str, relative: str) -> tuple[dict[str, object] | None, list[Problem]]:
    try:
        values = _fast_values(text)
        if not may_hold_slips(text):
            return values, []
        suspected = values
    except (_Irregular, yaml.YAMLError):
        suspected = None
    problems = diagnose(text, relative, _Parser())
    if problems:
        return None, problems
    return (_fast_values(text, _TYPED_FIRST) if suspected is None else suspected), []


def _fast_values(text: str, special: frozenset[str] = _SPECIAL) -> dict[str, object]:
    next_event = CParser(text).get_event
    next_event()  # the stream's start
    if type(next_event()) is not events.DocumentStartEvent or type(next_event()) is not events.MappingStartEvent:
        raise _Irregular
    values = _fast_mapping(next_event, MAX_DEPTH, special)
    next_event()  # the document's end
    if type(next_event()) is not events.StreamEndEvent:
        raise _Irregular
    return values


def _fast_mapping(next_event: _NextEvent, depth: int, special: frozenset[str]) -> dict[str, object]:
    values: dict[str, object] = {}
    while type(event := next_event()) is not _MappingEnd:
        if type(event) is not _Scalar:
            raise _Irregular
        name = _fast_scalar(event, special)
        if type(name) is not str or name in values or (name == "<<" and not event.style):
            raise _Irregular
        event = next_event()
        is_scalar = type(event) is _Scalar
        values[name] = (
            _fast_scalar(event, special) if is_scalar else _fast_collection(event, next_event, depth, special)
        )
    return values


def _fast_collection(event: Any, next_event: _NextEvent, depth: int, special: frozenset[str]) -> object:
    if type(event) is events.AliasEvent or event.anchor is not None or event.tag is not None or depth <= 1:
        raise _Irregular
    if type(event) is events.MappingStartEvent:
        return _fast_mapping(next_event, depth - 1, special)
    values = []
    while type(event := next_event()) is not _SequenceEnd:
        is_scalar = type(event) is _Scalar
        values.append(
            _fast_scalar(event, special) if is_scalar else _fast_collection(event, next_event, depth - 1, special)
        )
    return values


def _fast_scalar(event: Any, special: frozenset[str]) -> object:
    if event.anchor is not None or event.tag is not None:
        raise _Irregular
    text = event.value if len(event.value) > _SHORT else intern(event.value)
    if event.style:
        return text
    if "-" in text and special is _SPECIAL and event.start_mark.line != event.end_mark.line:
        raise _Irregular  # lines that were perhaps meant as a list
    first = text[:1]
    if first not in special:
        return text
    if first in SUSPECT_FIRST and special is _SPECIAL:
        raise _Irregular
    return plain_value(text)


# The closer look: the same events, with their places, for `yaml_survey` and `yaml_diagnosis`.

_KINDS: dict[type, Any] = {
    events.DocumentStartEvent: "document",
    events.ScalarEvent: "scalar",
    events.AliasEvent: "alias",
    events.MappingStartEvent: "mapping",
    events.SequenceStartEvent: "sequence",
    events.MappingEndEvent: "end",
    events.SequenceEndEvent: "end",
}


class _Parser:
    """PyYAML as the diagnosis sees it."""

    def survey(self, text: str, relative: str) -> Survey:
        """Read a text with the places of everything."""
        return Survey(_steps(text), text, relative)

    def first_fault(self, text: str) -> SyntaxFault | None:
        """Return where the parser gives up, if it does."""
        try:
            CParser(text).raw_parse()
        except yaml.MarkedYAMLError as error:
            return _fault(error)
        return None


def _steps(text: str) -> Iterator[Step | SyntaxFault]:
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            if type(event) in _KINDS:
                yield _step(event)
    except yaml.MarkedYAMLError as error:
        yield _fault(error)


def _step(event: Any) -> Step:
    start, end = event.start_mark, event.end_mark
    return Step(
        kind=_KINDS[type(event)],
        at=(start.line, start.column),
        end=(end.line, end.column),
        indexes=(start.index, end.index),
        value=getattr(event, "value", ""),
        style=getattr(event, "style", "") or "",
        anchor=getattr(event, "anchor", None),
        tag=getattr(event, "tag", None),
        in_flow=bool(getattr(event, "flow_style", False)),
    )


def _fault(error: yaml.MarkedYAMLError) -> SyntaxFault:
    mark, began = error.problem_mark, error.context_mark
    words = f"{error.context}: {error.problem}" if error.context else str(error.problem)
    at = (mark.line, mark.column) if mark else (0, 0)
    return SyntaxFault(words=words, at=at, began=(began.line, began.column) if began else None)


@lru_cache(maxsize=64)
def _root(text: str) -> Node:
    return _Parser().survey(text, "").root or Node((0, 0))
