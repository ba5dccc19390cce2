"""Text for LED screens: how wide it is, where a line may end, and which characters a controller can show.

A controller has a character for each two bytes of GB 2312 or GBK; a full-width one takes the room of two half-width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_HAN = "\u3400-\u9fff"
_UNIT = rf"元(?:/[{_HAN}]{{1,3}})?|个?(?:工作日|自然日)|日(?:（自然日）)?|小时|分钟|[年月个件份张本证次项号楼路%％℃]"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
# What stays on one line, the longest sort first: document numbers, spans of time, phones, dates, numbers with units.
_WHOLE = re.compile(
    rf"[{_HAN}]{{1,5}}〔[0-9]{{4}}〕[0-9]+号"
    r"|[0-9]{1,2}:[0-9]{2}[–-][0-9]{1,2}:[0-9]{2}"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[起止]?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[0-9]+(?:-[0-9]+)+"
    rf"|{_NUMBER}(?:[～~–-]{_NUMBER})? ?(?:{_UNIT})"
    rf"|[0-9]*[A-Za-z][0-9A-Za-z.'&+-]*|{_NUMBER}"
)
_OPENING = "（《「『【〔〈“‘([{"
_CLOSING = "，。、；：！？）》」』】〕〉”’…,.;:!?)]}%％"
_STOPS = "，。；：！？,;:!?"

# What is lost by a break: after a stop, between parts, beside brackets and blanks, within a phrase; and by each line.
_AFTER_STOP, _BETWEEN_PARTS, _AT_SIGN, _IN_TEXT, _PER_LINE = 0, 2, 8, 120, 40


class Piece(NamedTuple):
    """A piece of text that no line may divide, and how much is lost by ending a line after it."""

    text: str
    cost: int


def width(text: str) -> int:
    """Return the room that a text takes, in half-width characters."""
    return sum(1 if char.isascii() else 2 for char in text)


def is_known(char: str) -> bool:
    """Tell whether a controller with the usual Chinese characters (GBK) can show a character."""
    try:
        return char.isprintable() and len(char.encode("gbk")) <= 2
    except UnicodeEncodeError:
        return False


def is_beyond_all(char: str) -> bool:
    """Tell whether no controller shows a character: emoji and others beyond 65535, private use, control characters."""
    return ord(char) > 0xFFFF or unicodedata.category(char) in ("Co", "Cn", "Cs", "Cc", "Cf")


def too_wide(text: str, columns: int) -> list[str]:
    """Return the indivisible pieces of a text that are longer than a line of so many full-width characters."""
    pieces = (piece.text.strip() for piece in _pieces((text,)))
    return [piece for piece in pieces if width(piece) > 2 * columns]


def lines_of(parts: Sequence[str], columns: int) -> list[str]:
    """Divide a text, given in parts that belong together, into lines of at most so many full-width characters.

    Few lines, about equally long, ending after punctuation rather than within a phrase. A piece that is longer than a
    line stands alone; the checks do not let one pass.
    """
    pieces = list(_pieces(parts))
    ideal = width("".join(parts)) / _fewest(pieces, 2 * columns)
    best = [Ending(0.0, 0)]  # for the last pieces, from none of them on; the piece at `start` is at best[-1]
    for start in reversed(range(len(pieces))):
        best.append(min(_endings(pieces, start, best, 2 * columns, ideal)))
    lines, start = [], 0
    while start < len(pieces):
        end = best[len(pieces) - start].end
        lines.append(_joined(pieces[start:end]))
        start = end
    return lines


class Ending(NamedTuple):
    """A way to divide the text from a piece on: what is lost, and where the first of its lines ends."""

    cost: float
    end: int


def _endings(pieces: Sequence[Piece], start: int, best: Sequence[Ending], limit: int, ideal: float) -> Iterator[Ending]:
    """Yield the ways to end the line that starts at a piece; `best` has those of all later pieces, the last first."""
    count = len(pieces)
    for end in range(start + 1, count + 1):
        room = width(_joined(pieces[start:end]))
        if room > limit and end > start + 1:
            return
        after = best[count - end]
        lost = 0 if end == count else pieces[end - 1].cost
        yield Ending(after.cost + _PER_LINE + lost + (room - ideal) ** 2 / 8, end)


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


def _fewest(pieces: Sequence[Piece], limit: int) -> int:
    """Return the number of lines when each is filled as far as it goes."""
    lines, room = 1, 0
    for piece in pieces:
        more = width(piece.text)
        if room and room + width(piece.text.rstrip()) > limit:
            lines, room = lines + 1, 0
        room += more
    return lines


def _pieces(parts: Sequence[str]) -> Iterator[Piece]:
    """Yield the indivisible pieces; signs that close stay with what stands before them, those that open with the next.

    Blanks belong to the piece before them.
    """
    texts: list[tuple[str, int]] = []
    for part in parts:
        for text in _whole_pieces(part):
            held = texts and (texts[-1][0].strip()[-1:] in _OPENING or text[0] in _CLOSING or text.isspace())
            if held and texts[-1][0].strip():
                texts[-1] = (texts[-1][0] + text, _cost(texts[-1][0] + text))
                continue
            if texts and text[0] in _OPENING:
                texts[-1] = (texts[-1][0], min(texts[-1][1], _AT_SIGN))
            texts.append((text, _cost(text)))
        if texts:
            texts[-1] = (texts[-1][0], min(texts[-1][1], _BETWEEN_PARTS))
    yield from (Piece(text, cost) for text, cost in texts)


def _whole_pieces(text: str) -> Iterator[str]:
    at = 0
    for match in _WHOLE.finditer(text):
        yield from text[at : match.start()]
        yield match.group()
        at = match.end()
    yield from text[at:]


def _cost(text: str) -> int:
    last = text.rstrip()[-1:]
    if last in _STOPS:
        return _AFTER_STOP
    return _AT_SIGN if last in _CLOSING or text != text.rstrip() else _IN_TEXT
