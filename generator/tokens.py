"""The one rule that cuts text into words for search; `site_theme/assets/search-tokens.js` repeats it in the browser.

1. The text is brought to Unicode form NFKD (full-width letters, circled digits, compatibility ideographs become the
   plain ones) and the combining marks U+0300 to U+036F are dropped. NFKD and not NFKC, because nothing is composed
   again: what becomes of a character never depends on its neighbours or on the age of the Unicode tables.
2. Runs are taken from left to right; everything else separates. A run is either
   - Han: U+3005 々, U+3007 〇, U+3400 to U+4DBF, U+4E00 to U+9FFF, U+F900 to U+FAFF, U+20000 to U+3FFFD; or
   - a word of ASCII letters and digits, in lower case. No letter outside ASCII is ever part of a word, so that lower
     case means A to Z and needs no table either.
3. A Han run gives its single characters and its overlapping pairs. A single is written with a `1` after it (户 is
   `户1`): the index completes the beginnings of words and shortens words that it doesn't know, and a pair that stands
   nowhere must not be answered by its first character. Digits never follow Han inside a run, so nothing collides.
4. A word gives itself and all its endings, so that `07` finds `a07` and `G基站` finds `5G基站`.
5. Where thoroughness isn't worth its bytes, in long texts, a Han run of two characters or more gives its pairs only
   and a word itself and its runs of letters and of digits.

A query is cut the same way but gives only what narrows it: pairs where the run has two characters or more, else the
single; words whole; each token once, in order, at most `LONGEST_QUERY` of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_QUERY = 40
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
MARKS = re.compile("[\u0300-\u036f]+")
RUNS = re.compile(f"[{HAN}]+|[A-Za-z0-9]+")
PARTS = re.compile("[a-z]+|[0-9]+")


def index_tokens(text: str, *, thorough: bool = True) -> list[str]:
    """Return the tokens under which a text is found, in order and with repetitions."""
    tokens: list[str] = []
    for run in _runs(text):
        if run.isascii():
            tokens += _endings(run) if thorough else _parts(run)
        else:
            tokens += _singles(run) if thorough or len(run) == 1 else []
            tokens += _pairs(run)
    return tokens


def query_tokens(text: str) -> list[str]:
    """Return the tokens that all have to be in what is looked for."""
    tokens: dict[str, None] = {}
    for run in _runs(text):
        found = [run] if run.isascii() else _pairs(run) or _singles(run)
        tokens.update(dict.fromkeys(found))
        if len(tokens) >= LONGEST_QUERY:
            break
    return list(tokens)[:LONGEST_QUERY]


def _runs(text: str) -> Iterator[str]:
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text))
    return (match.group().lower() for match in RUNS.finditer(plain))


def _endings(run: str) -> list[str]:
    return [run[at:] for at in range(len(run))]


def _parts(run: str) -> list[str]:
    parts = PARTS.findall(run)
    return [run, *parts] if len(parts) > 1 else [run]


def _singles(run: str) -> list[str]:
    return [f"{character}1" for character in run]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
