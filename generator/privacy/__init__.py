"""Personal information in a text: numbers, addresses and the like that must not be published (条例第十五条).

`find` tells where they stand and how they would be masked. It knows nothing of files or items, so that items, prose and
attachments are searched alike. Numbers with a check character are found by it; numbers without one only near a word
that says what they are, because codes of items and offices look the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.privacy.details import addresses, emails, illnesses
from generator.privacy.leaks import KINDS, Kind, Leak, Span
from generator.privacy.numbers import bank_cards, identity_numbers, mobile_numbers, thin_masks
from generator.privacy.papers import permits, plates
from generator.text_files import to_halfwidth

__all__ = ["KINDS", "Kind", "Leak", "allowed_form", "find", "kinds_in"]

# In this order: what an earlier one has found is not found again as something else.
_DETECTORS: tuple[Callable[[str], Iterator[Span]], ...] = (
    identity_numbers,
    permits,
    bank_cards,
    mobile_numbers,
    thin_masks,
    plates,
    emails,
    addresses,
    illnesses,
)
_WEB_ADDRESS = re.compile(r"https?://[^\s，。；、）》”]+")
# One sign for one, so that offsets stay. Punctuation is left as it is: it tells where a saying ends.
_SIGNS = "".join(chr(code) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()) + "＠＋＊．＿－　"
_PLAIN = str.maketrans(_SIGNS + "‐‑‒–—−\u00a0\u2002\u2003\u2009", to_halfwidth(_SIGNS) + "------    ")
# Without one of these there is nothing to find: most texts have no such thing and pass with one search.
_POSSIBLE = re.compile(r"\d(?:[ -]?\d){6}|\d{3}\*|@|[A-HJ-NP-Z][·•. ]?[0-9A-Z]{5}|[住地]址|居住地|所在地|[患病癌症]")


def find(text: str, allowed: frozenset[str] = frozenset()) -> Iterator[Leak]:
    """Yield what a text tells of a person, in the order of detectors; `allowed` holds published numbers.

    `allowed` are numbers and addresses in the form that `allowed_form` gives. Offsets are those of the text as given.
    """
    plain = text.translate(_PLAIN)
    if not _POSSIBLE.search(plain):
        return
    if "://" in plain:
        plain = _WEB_ADDRESS.sub(lambda match: "\x00" * len(match[0]), plain)
    taken: list[tuple[int, int]] = []
    for detector in _DETECTORS:
        for span in detector(plain):
            if any(span.start < end and start < span.end for start, end in taken):
                continue
            taken.append((span.start, span.end))
            if allowed_form(plain[span.start : span.end]) not in allowed:
                yield Leak(span.kind, span.start, span.end, span.masked)


@lru_cache(maxsize=64)
def kinds_in(text: str) -> frozenset[str]:
    """Return the kinds of personal information that a text holds: a quick look before places are asked for."""
    return frozenset(leak.kind for leak in find(text))


def allowed_form(written: str) -> str:
    """Return the form in which allowed numbers and addresses are compared."""
    return re.sub(r"^(?:\+?86|0086)(?=1\d{10}$)", "", re.sub(r"[ \-]", "", to_halfwidth(written)).lower())
