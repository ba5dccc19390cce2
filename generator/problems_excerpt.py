"""The lines of a source file that a problem is about, with a caret under the column, as wide as a terminal shows them.

Columns of places count characters; a terminal gives Chinese two cells each, so the caret is set by cells.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from generator.problems import Problem

TAB = 4
LARGEST_FILE = 1024 * 1024
_BEFORE_CARET = 0.6
"""The share of a long line's shown part that lies before the caret."""
_QUOTED = re.compile("「(.+?)…?」")
_QUOTES = "\"'"


class Excerpt(NamedTuple):
    """A line as it is shown, and the cells of the mark under it: how many before it, how many it covers."""

    text: str
    before: int
    marked: int


class Sources:
    """The source files below a root, read when a problem is about them; a file that cannot be shown has no lines."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines = lru_cache(maxsize=64)(self._read)

    def line(self, path: str, number: int) -> str:
        """Return a line, from 1; empty where there is none."""
        lines = self._lines(path)
        return lines[number - 1] if 1 <= number <= len(lines) else ""

    def _read(self, path: str) -> Sequence[str]:
        file = self._root / path
        try:
            if not file.is_file() or file.is_symlink() or file.stat().st_size > LARGEST_FILE:
                return ()
            return [line.removesuffix("\r") for line in file.read_text(encoding="utf-8-sig").split("\n")]
        except (OSError, ValueError):  # not UTF-8: what it would show is not what is written
            return ()


def written_length(problem: Problem, line: str) -> int:
    """Return how many characters of the line are what the message quotes, 1 where it quotes something else."""
    start = problem.place.column - 1
    opening = line[start : start + 1] if line[start : start + 1] in _QUOTES else ""
    for match in _QUOTED.finditer(problem.message):
        if line.startswith(match[1], start + len(opening)):
            return len(match[1])
    return 1


def cells(text: str) -> int:
    """Return how many cells a terminal gives a text."""
    return sum(_width(sign) for sign in text)


def excerpt(line: str, column: int, length: int, width: int) -> Excerpt:
    """Return a line, cut to a width around the marked characters; `column` counts from 1."""
    signs = [_shown(sign) for sign in line]
    start = min(column - 1, len(signs))
    begin, end = _window(signs, start, width)
    head, tail = "…" if begin else "", "…" if end < len(signs) else ""
    before = cells(head) + sum(map(cells, signs[begin:start]))
    marked = sum(map(cells, signs[start : min(start + length, end)]))
    return Excerpt(head + "".join(signs[begin:end]) + tail, before, max(1, marked))


def _window(signs: Sequence[str], start: int, width: int) -> tuple[int, int]:
    """Return the first sign and the end of the part of a line that is shown."""
    if sum(map(cells, signs)) <= width:
        return 0, len(signs)
    begin, room = start, int(width * _BEFORE_CARET)
    while begin and (room := room - cells(signs[begin - 1])) > 0:
        begin -= 1
    end, room = begin, width - 2
    while end < len(signs) and (room := room - cells(signs[end])) >= 0:
        end += 1
    return begin, end


def _shown(sign: str) -> str:
    """Return what is shown for a character: blanks for a tab, a mark for what a terminal would obey or hide."""
    if sign == "\t":
        return " " * TAB
    return sign if sign.isprintable() or sign == "\u3000" else "\ufffd"


def _width(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
