"""A printed page read back: the text of its PDF against that of the page it was printed from, sign by sign.

The page has been compared with the source by its marks; so whatever the PDF says differently, one altered digit
included, is named by the fact in which it stands. Only what printing adds is passed over: numbers and check codes in
the margins, and heads of tables that continue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple
from unicodedata import normalize

import pypdfium2
from selectolax.lexbor import LexborHTMLParser

# What a page shows on a screen only.
_NOT_PRINTED = "head, script, nav, [hidden]"
_MARGINS = re.compile("(核对码[A-Z2-7]{10})?第[0-9]+页/共[0-9]+页")
_RESUME = 12  # so many characters tell where a text goes on after a difference


class PrintedFact(NamedTuple):
    """A marked fact of a page: its key, and where it stands in the page's text without blanks."""

    key: str
    start: int
    end: int


class Deviation(NamedTuple):
    """A place at which a PDF says something else: the fact, empty between facts, with both texts around it."""

    key: str
    expected: str
    found: str


class Printed(NamedTuple):
    """The text of a page without blanks, its facts, and the heads of its tables."""

    text: str
    facts: tuple[PrintedFact, ...]
    heads: tuple[str, ...]


def printed_text(html: str) -> Printed:
    """Return what a page prints."""
    tree = LexborHTMLParser(html)
    for node in tree.css(_NOT_PRINTED):
        node.decompose()
    body = tree.body
    assert body is not None
    keys: list[str] = []
    # Marks are set around facts before the text is taken, so that places are found in the text itself.
    for node in body.css("[data-fact]"):
        keys.append(node.attributes.get("data-fact") or "")
        node.insert_before("\ue000")
        node.insert_after("\ue001")
    heads = tuple(_plain(node.text(deep=True)) for node in body.css("thead"))
    return _without_marks(_plain(body.text(deep=True)), keys, heads)


def _without_marks(marked: str, keys: Sequence[str], heads: Sequence[str]) -> Printed:
    facts: list[PrintedFact] = []
    pieces: list[str] = []
    length, start, numbers = 0, 0, iter(count())
    for piece in re.split("([\ue000\ue001])", marked):
        if piece == "\ue000":
            start = length
        elif piece == "\ue001":
            facts.append(PrintedFact(keys[next(numbers)], start, length))
        else:
            pieces.append(piece)
            length += len(piece)
    return Printed("".join(pieces), tuple(facts), tuple(re.sub("[\ue000\ue001]", "", head) for head in heads))


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF without blanks and without what stands in its margins."""
    document = pypdfium2.PdfDocument(data)
    try:
        pages = (_plain(page.get_textpage().get_text_range()) for page in document)
        return "".join(_MARGINS.sub("", page) for page in pages)
    finally:
        document.close()


def deviations(printed: Printed, text: str) -> Iterator[Deviation]:
    """Yield where the text of a PDF differs from what the page prints, each fact once."""
    here = there = 0
    while True:
        same = _length_alike(printed.text[here:], text[there:])
        if here + same == len(printed.text) and there + same == len(text):
            return
        if head := _repeated_head(printed, text, there, same):
            at, length = head
            here, there = here + at, there + at + length
            continue
        here, there = here + same, there + same
        fact = _fact_at(printed, here)
        end = max(fact.end if fact else here, here)
        found = text[there - (here - fact.start) if fact else there :]
        expected = printed.text[fact.start : fact.end] if fact else printed.text[here : here + _RESUME]
        resumed = _resumed(printed.text, end, text, there)
        shown = found[: _RESUME + len(expected)] if resumed is None else text[len(text) - len(found) : resumed[1]]
        yield Deviation(fact.key if fact else "", expected, shown)
        if resumed is None:
            return
        here, there = resumed


def _length_alike(first: str, second: str) -> int:
    pairs = enumerate(zip(first, second, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(first), len(second)))


def _repeated_head(printed: Printed, text: str, start: int, same: int) -> tuple[int, int] | None:
    """Return how far on a table's head is repeated and its length, where that alone makes the difference."""
    for head in printed.heads:
        for at in range(max(0, same - len(head)), same + 1):
            if head and text.startswith(head, start + at):
                return at, len(head)
    return None


def _fact_at(printed: Printed, place: int) -> PrintedFact | None:
    """Return the fact around a place, or the one that ends there: what follows it may have been added to it."""
    around = [fact for fact in printed.facts if fact.start <= place <= fact.end]
    inside = [fact for fact in around if place < fact.end]
    return next(iter(inside or around), None)


def _resumed(expected: str, start: int, text: str, after: int) -> tuple[int, int] | None:
    """Return where both texts go on alike after a difference."""
    for place in range(start, max(start, len(expected) - _RESUME) + 1):
        found = text.find(expected[place : place + _RESUME], after)
        if found >= 0 and expected[place:]:
            return place, found
    return None
