"""Personal information in a text: numbers, addresses and the like that must not be published (条例第十五条).

`find` tells where they stand and how they would be masked. It knows nothing of files or items, so that items, prose and
attachments are searched alike. Numbers with a check character are found by it; numbers without one only near a word
that says what they are, because codes of items and offices look the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.privacy.details import addresses, emails, illnesses
from generator.privacy.leaks import KINDS, Kind, Leak, Span
from generator.privacy.numbers import bank_cards, identity_numbers, mobile_numbers, thin_masks
from generator.privacy.papers import permits, plates
from generator.text_files import to_halfwidth

__all__ = ["KINDS", "Kind", "Leak", "allowed_form", "find", "kinds_in"]


class _Detector(NamedTuple):
    """A detector, and what a text needs to have before it is asked: one quick search instead of a slow one."""

    needs: re.Pattern[str]
    spans: Callable[[str], Iterator[Span]]


# Office phones begin with a zero and fall short of eleven digits without it.
_LONG_NUMBER = re.compile(r"[1-9](?:[ -]?\d){10}")
# In this order: what an earlier one has found is not found again as something else.
_DETECTORS = (
    _Detector(_LONG_NUMBER, identity_numbers),
    _Detector(re.compile(r"\d{6}"), permits),
    _Detector(_LONG_NUMBER, bank_cards),
    _Detector(_LONG_NUMBER, mobile_numbers),
    _Detector(re.compile(r"\d\*"), thin_masks),
    _Detector(re.compile(r"[A-HJ-NP-Z][·•. -]?[0-9A-Z]{4}"), plates),
    _Detector(re.compile("@"), emails),
    _Detector(re.compile(r"\d"), addresses),
    _Detector(re.compile("[患病癌症孕产瘫痫肝瘤]"), illnesses),
)
_WEB_ADDRESS = re.compile(r"https?://[^\s，。；、）》”]+")
# One sign for one, so that offsets stay. Punctuation is left as it is: it tells where a saying ends.
_SIGNS = "".join(chr(code) for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()) + "＠＋＊．＿－　"
_DASHES = "‐‑‒–—−\u00a0\u2002\u2003\u2009"
_PLAIN = str.maketrans(_SIGNS + _DASHES, to_halfwidth(_SIGNS) + "------    ")
_WIDE = re.compile(f"[{_SIGNS}{_DASHES}]")


def find(text: str, allowed: frozenset[str] = frozenset()) -> Iterator[Leak]:
    """Yield what a text tells of a person, in the order of detectors; `allowed` holds published numbers.

    `allowed` are numbers and addresses in the form that `allowed_form` gives. Offsets are those of the text as given.
    """
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    if "://" in plain:
        plain = _WEB_ADDRESS.sub(lambda match: "\x00" * len(match[0]), plain)
    taken: list[tuple[int, int]] = []
    for needs, spans in _DETECTORS:
        for span in spans(plain) if needs.search(plain) else ():
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
