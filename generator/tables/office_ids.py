"""Ids for items that tables bring: the syllables of the name, short enough for an address, each given once."""

from __future__ import annotations

import re
from collections.abc import Collection

from generator.render.pinyin import spelling

LONGEST = 60
_BRACKETED = re.compile("[（(《][^（()）《》]*[)）》]")


def id_of(name: str, taken: Collection[str], otherwise: str = "item") -> str:
    """Return a lower-case ASCII id for a name that is not taken; with a number at its end where it would be."""
    syllables = [syllable.split("/")[0] for syllable in spelling(_BRACKETED.sub("", name) or name).split()]
    whole = re.sub("[^a-z0-9-]+", "", "-".join(syllables))
    stem = _cut(whole) or otherwise
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found


def _cut(text: str) -> str:
    """Return the text, or as many whole syllables as an address bears."""
    if len(text) <= LONGEST:
        return text.strip("-")
    return text[: LONGEST + 1].rpartition("-")[0].strip("-")
