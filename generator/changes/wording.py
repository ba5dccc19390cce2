"""A change in a dozen words: 收费标准 40 → 20 元/证. Long texts are cut around what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 24
"""Characters of a text that are shown of either side."""
_CONTEXT = 4
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^#+ |\*\*", re.MULTILINE)
_WITH_UNIT = re.compile(r"([0-9][0-9.,]*)( .+)")


def comparison(before: str | None, after: str | None) -> str:
    """Return what changed in one phrase; both None: it changed without words of its own."""
    if before is None and after is None:
        return "有调整"
    if before is None:
        return f"新增「{shortened(after or '')}」"
    if after is None:
        return f"去掉「{shortened(before)}」"
    if before != after and _line(before) == _line(after):
        return "链接或格式有调整"
    return " → ".join(pair(before, after))


def pair(before: str, after: str) -> tuple[str, str]:
    """Return two texts, short: a common unit is said once, of long texts only the surroundings of the difference."""
    before, after = _line(before), _line(after)
    old, new = _WITH_UNIT.fullmatch(before), _WITH_UNIT.fullmatch(after)
    if old and new and old[2] == new[2]:
        return old[1], after
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    start = max(0, _same_beginning(before, after) - _CONTEXT)
    ending = _same_beginning(before[start:][::-1], after[start:][::-1])
    end = max(0, ending - _CONTEXT)
    return _cut(before, start, end), _cut(after, start, end)


def shortened(text: str) -> str:
    """Return the beginning of a text."""
    line = _line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _line(text: str) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _cut(text: str, start: int, end: int) -> str:
    inner = text[start : len(text) - end]
    more = len(inner) > LONGEST
    return f"{'…' if start else ''}{inner[:LONGEST]}{'…' if more or end else ''}"


def sentence(parts: Sequence[str]) -> str:
    """Join what is said, leaving out what is empty."""
    return "，".join(part for part in parts if part)


def _same_beginning(first: str, second: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(first, second, strict=False)
    return next((number for number, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))
