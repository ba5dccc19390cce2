"""A draft → the text of its YAML file: block style, with the notes of the table above the values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.source import parse_text
from generator.text_files import STRANGE

# What certainly is a plain text in YAML: begins with a Chinese character or bracket and has no sign with a meaning.
_PLAIN = re.compile(r"[\u4e00-\u9fff《“〔（][^:#\[\]{}&*!|>'\"%@`\\\n\t]*(?<! )")
_ID = re.compile("[a-z][a-z-]*[a-z](?:-[a-z0-9]+)*")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


class NotFaithful(Exception):
    """The text would not be read back as the values; a fault of this program, and nothing is written."""


def yaml_text(values: Mapping[str, object], comments: Iterable[str] = ()) -> str:
    """Return values as YAML that is read back as the very same."""
    lines = [f"# {STRANGE.sub(' ', ' '.join(comment.split()))}" for comment in comments]
    text = "\n".join([*lines, *_mapping(values)]) + "\n"
    read, _ = parse_text(text, "")
    if read != _as_read(values):
        raise NotFaithful(text)
    return text


def _as_read(value: object) -> object:
    """Return a value as the reader gives it: fractions as they are written, so that none is rounded."""
    if isinstance(value, Mapping):
        return {key: _as_read(each) for key, each in value.items()}
    if isinstance(value, list):
        return list(map(_as_read, value))
    return json.dumps(value) if isinstance(value, float) else value


def _mapping(values: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}:"
            yield from _mapping(value, f"{indent}  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            yield from _sequence(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _sequence(values: Sequence[object], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *others = _mapping(value, f"{indent}  ")
            yield f"{indent}- {first.strip()}"
            yield from others
        else:
            yield f"{indent}- {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) or (_ID.fullmatch(text) and text not in _WORDS)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
