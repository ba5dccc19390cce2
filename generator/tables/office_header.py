"""Where the headings of a table stand and what they mean: one or two rows, merged, broken by spaces, renamed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from openpyxl.utils import get_column_letter
from rapidfuzz import fuzz, process

from generator.tables.office_grid import Row, squeezed
from generator.tables.office_headings import SORTS, UNKNOWN, Sort

NEAR_ENOUGH = 84
"""Of 100: 「公开渠道载体」 still is 「公开渠道和载体」; what is less alike is asked about, not guessed."""
FEWEST = 3
"""Headings that a row must have to be a row of headings."""
_BRACKETED = re.compile(r"[(（〔\[【][^)）〕\]】]*[)）〕\]】]")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its heading as written, the field, the synonym that matched and how well, of 100."""

    at: int
    letter: str
    heading: str
    field: str
    synonym: str = ""
    score: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The headings of a table: the sort of table, its columns, in how many rows they stand."""

    sort: Sort
    columns: tuple[Column, ...]
    rows: int

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns if column.field)


@cache
def plain(heading: str) -> str:
    """Return a heading as the synonyms are written: without white space, brackets and what stands in them."""
    text = squeezed(unicodedata.normalize("NFKC", heading))
    return _SIGNS.sub("", _BRACKETED.sub("", text)) or _SIGNS.sub("", text)


@cache
def _known(sort: str) -> dict[str, str]:
    """Return the field of each synonym of a sort of table."""
    words = next(each for each in SORTS if each.name == sort).words
    return {word: field for field, synonyms in words.items() for word in synonyms}


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for sort in SORTS for word in _known(sort.name))


def names_columns(row: Row) -> bool:
    """Tell whether a row looks like headings: several short texts, most of them known."""
    texts = list(dict.fromkeys(plain(cell.text) for cell in row if cell.text))
    if len(texts) < FEWEST or any(len(text) > 20 for text in texts):
        return False
    known = sum(text in _every_word() for text in texts)
    return known >= FEWEST and known * 2 >= len(texts)


def header_at(rows: Sequence[Row], at: int, titles: Iterable[str], forced: str = "") -> Header | None:
    """Return the headings that begin with a row, None where no sort of table has such."""
    if not names_columns(rows[at]):
        return None
    below = rows[at + 1] if at + 1 < len(rows) and _goes_on(rows[at], rows[at + 1]) else None
    headings = _headings(rows[at], below)
    title = "".join(titles)
    candidates = [_header(sort, headings, rows[at], 2 if below else 1) for sort in SORTS if forced in ("", sort.kind)]
    fitting = [header for header in candidates if "name" in header.fields and header.fields & set(header.sort.needs)]
    return max(fitting, key=lambda header: _fit(header, title), default=None)


def _fit(header: Header, title: str) -> tuple[int, int]:
    named = sum(column.score for column in header.columns if column.field)
    return named + 60 * any(sign in title for sign in header.sort.signs), -len(header.sort.words)


def _goes_on(row: Row, below: Row) -> bool:
    """Tell whether the row below has the second line of the headings: 一级事项 and 二级事项 under 公开事项."""
    own = [(upper, cell) for upper, cell in zip(row, below, strict=True) if cell.is_own]
    if not own:
        # Headings merged over two rows, nothing of their own in the second.
        return any(cell.is_copy and cell.text for cell in below) and _is_same(row, below)
    under = [cell for upper, cell in own if upper.is_copy or not upper.text or upper.text != cell.text]
    known = sum(plain(cell.text) in _every_word() or _level(plain(cell.text)) != "" for _, cell in own)
    has_spans = any(upper.is_copy or not upper.text for upper, _ in own)
    return bool(under) and has_spans and known * 3 >= len(own) * 2


def _is_same(row: Row, below: Row) -> bool:
    return [cell.text for cell in row] == [cell.text for cell in below]


def _headings(row: Row, below: Row | None) -> list[tuple[str, str]]:
    """Return for each column the upper and the lower heading; without merging, an empty upper one goes on."""
    found: list[tuple[str, str]] = []
    upper = ""
    for at, cell in enumerate(row):
        lower = below[at].text if below and not (below[at].is_copy and below[at].text == cell.text) else ""
        if cell.text or not lower:
            upper = cell.text
        found.append((upper, lower))
    return found


def _header(sort: Sort, headings: list[tuple[str, str]], row: Row, rows: int) -> Header:
    columns: list[Column] = []
    taken: set[str] = set()
    for at, (upper, lower) in enumerate(headings):
        field, synonym, score = _meaning(sort, upper, lower)
        if field in taken:
            field, synonym, score = UNKNOWN, "", 0
        taken.add(field)
        written = "·".join(squeezed(part) for part in (upper, lower) if part)
        columns.append(Column(at, _letter(row, at), written, field, synonym, score))
    return Header(sort, tuple(columns), rows)


def _letter(row: Row, at: int) -> str:
    """Return how the column is called: C in a sheet, 第3列 in a document; merged cells bear their corner's address."""
    return f"第{at + 1}列" if row[0].address.endswith("列") else get_column_letter(at + 1)


def _meaning(sort: Sort, upper: str, lower: str) -> tuple[str, str, int]:
    """Return the field of a heading, the synonym and how alike they are; the lower heading decides."""
    top, sub = plain(upper), plain(lower)
    known = _known(sort.name)
    if sub and (field := known.get(sub)):
        return field, sub, 100
    if sub and known.get(top) == "levels" and (level := _level(sub)):
        return f"levels/{level}", level, 90
    text = sub or top
    if not text:
        return UNKNOWN, "", 0
    if field := known.get(text):
        return field, text, 100
    near = process.extractOne(text, list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH) if len(text) > 3 else None
    return (known[near[0]], near[0], round(near[1])) if near else (UNKNOWN, "", 0)


def _level(text: str) -> str:
    """Return the level that a local name means: 东阳市级 stands for the county, 镇街乡 for the town."""
    name = text.removesuffix("级")
    for level, endings in (("村级", "村居社区"), ("乡级", "乡镇街道办"), ("县级", "县区旗市")):
        if name and name[-1] in endings:
            return level
    return ""
