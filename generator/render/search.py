"""Search documents: what an item says → a slim page that only Pagefind reads, its text already cut into tokens.

The language of these pages is `und`, undetermined. Tried out with Pagefind 1.5.2: under `zh` the extended program cuts
the tokens again and even the plain one's script does so with every query (`Intl.Segmenter`); under `en` words lose
their endings. Under `und` both sides take the tokens as they are; `search-engine.js` opens the index under that name.

Pagefind indexes the words of meta values too, and these would be found in every item: so `title` holds the tokens of
the name and `terms` those of the other names, which gives matches there their weight. What a result shows, and the
filters, stand in the lookup data (`lookup.py`). A document's address is its item's with the number of the entry there,
`guides/id-card-loss/12`: a large site's browser has no other way from an item to its block.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import ceil

from generator.normalise import simplified
from generator.tokens import index_tokens

LANGUAGE = "und"

FOLDER = "pagefind"
DOCUMENTS_A_RUN = 1_500
"""As many as Pagefind takes in half a gigabyte; every index is some requests more for a visitor's first search."""
MANY, MOST_A_RUN = 15_000, 7_500
"""On larger sites the indexes grow instead of becoming more, up to three gigabytes a run."""

# Pagefind's scale runs to 10; plain text has 1.
NAME_WEIGHT, TERM_WEIGHT, TEXT_WEIGHT = "10", "6", "0.5"


def index_folders(count: int) -> list[str]:
    """Return the folders of the indexes that so many documents are divided among."""
    parts = max(ceil(min(count, MANY) / DOCUMENTS_A_RUN), ceil(count / MOST_A_RUN))
    return [FOLDER] if parts <= 1 else [f"{FOLDER}/{number}" for number in range(parts)]


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the index knows of an item."""

    name: str
    terms: tuple[str, ...]
    """Other names by which people look for it."""
    texts: tuple[str, ...]
    """All its other text, the labels of its cases included."""


def search_document(entry: SearchEntry, title: str) -> str:
    """Return the page that Pagefind indexes for an item; the title is for people who open it."""
    return (
        f'<!doctype html><html lang="{LANGUAGE}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body data-pagefind-body>{_weighted_text(entry)}</body></html>\n"
    )


def _weighted_text(entry: SearchEntry) -> str:
    """Return the tokens of name, terms and texts; each stands once, where it weighs most."""
    seen: set[str] = set()
    # Only names and terms answer to a single character or the end of a number; in texts that would help nobody.
    name = _fresh(_tokens(entry.name, True), seen)
    terms = _fresh((token for term in entry.terms for token in _tokens(term, True)), seen)
    texts = _fresh((token for text in entry.texts for token in _tokens(text, False)), seen)
    return (
        f'<h1 data-pagefind-meta="title" data-pagefind-weight="{NAME_WEIGHT}">{name}</h1>'
        f'<p data-pagefind-meta="terms" data-pagefind-weight="{TERM_WEIGHT}">{terms}</p>'
        f'<p data-pagefind-weight="{TEXT_WEIGHT}">{texts}</p>'
    )


def _fresh(tokens: Iterable[str], seen: set[str]) -> str:
    """Join the tokens not seen before and note them as seen. Tokens are letters and digits: nothing to escape."""
    fresh = [token for token in dict.fromkeys(tokens) if token not in seen]
    seen.update(fresh)
    return " ".join(fresh)


# Nine of ten texts of a site stand in several of its items.
@lru_cache(maxsize=20_000)
def _tokens(text: str, thorough: bool) -> tuple[str, ...]:
    return tuple(map(sys.intern, index_tokens(simplified(text), thorough=thorough)))
