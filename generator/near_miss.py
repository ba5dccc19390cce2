"""What was surely meant by a word that is not known: one measure for keys, ids, values of lists and codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA, Indel

LEAST = 0.62
"""Below this likeness a suggestion would rather mislead: `phone` for `photo`."""
LEAST_SOUND = 0.85
MOST_SOUNDED = 500
"""Known words up to which they are compared by sound too; ids, of which there are thousands, are not Chinese."""
_HAN = re.compile("[一-鿿]")
_DIGITS = re.compile(r"\d+")
# What southern speakers and hurried typists do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))


def near_miss(written: str, known: Iterable[str]) -> str:
    """Return the known word that was surely meant, by its letters or in Chinese by its sound; else empty."""
    words = [word for word in dict.fromkeys(known) if word != written]
    meant = _plain(written)
    if not meant or not words:
        return ""
    likeness = {word: _likeness(meant, _plain(word)) for word in words}
    best = max(words, key=likeness.__getitem__)
    if likeness[best] >= LEAST:
        return best
    if not _HAN.search(meant) or len(words) > MOST_SOUNDED:
        return ""
    return _like_in_sound(meant, words) or _with_same_head(meant, words)


def meant_key(written: str, labels: Mapping[str, str]) -> str:
    """Return the key that was surely meant: the one whose Chinese label was written, or the near miss; else empty.

    `labels` are the known keys with their labels.
    """
    by_label = {label: key for key, label in labels.items()}
    if written in labels:  # as it is read in half width
        return written
    if written in by_label:
        return by_label[written]
    return near_miss(written, labels) or by_label.get(near_miss(written, by_label), "")


def guess(written: str, known: Iterable[str]) -> str:
    """Suggest the near miss among known words as a question, or say nothing."""
    near = near_miss(written, known)
    return f"是不是 {near}？" if near else ""


def _plain(text: str) -> str:
    """Return a text without what the eye passes over: case, width, separators."""
    return re.sub(r"[\s_\-—「」“”\"']+", "-", unicodedata.normalize("NFKC", text).lower()).strip("-")


def _likeness(written: str, known: str) -> float:
    """Return 0 to 1: slips of the hand count once each, and a word that is part of the other is near."""
    if written == known:
        return 1.0
    if _DIGITS.sub("#", written) == _DIGITS.sub("#", known) and not _same_digits(written, known):
        return 0.0  # another number is another thing: window A09 is no slip for A01
    if min(len(written), len(known)) <= 1 and not _is_part(written, known):
        return 0.0
    return max(
        OSA.normalized_similarity(written, known),
        Indel.normalized_similarity(written, known),
        LEAST if _is_part(written, known) else 0.0,
    )


def _same_digits(one: str, other: str) -> bool:
    """Tell whether two texts have the same digits in another order, or the same numbers with other zeros before."""
    numbers = [[number.lstrip("0") for number in _DIGITS.findall(text)] for text in (one, other)]
    return sorted(one) == sorted(other) or numbers[0] == numbers[1]


def _is_part(one: str, other: str) -> bool:
    """Tell whether one Chinese word holds the other, at least half of it: 县级 and 县."""
    short, long = sorted((one, other), key=len)
    return bool(_HAN.match(short)) and short in long and 2 * len(short) >= len(long)


def _with_same_head(written: str, known: Sequence[str]) -> str:
    """Return the only word of two characters that begins as the written one does: 窗品 and 窗口."""
    same = [word for word in known if len(word) == len(written) == 2 and word[0] == written[0]]
    return same[0] if len(same) == 1 else ""


def _like_in_sound(written: str, known: Sequence[str]) -> str:
    sounds = {word: _sound(_plain(word)) for word in known if abs(len(word) - len(written)) <= 1}
    said = _sound(written)
    best = max(sounds, key=lambda word: Indel.normalized_similarity(said, sounds[word]), default="")
    return best if best and Indel.normalized_similarity(said, sounds[best]) >= LEAST_SOUND else ""


@cache
def _sound(text: str) -> str:
    """Return how a text sounds, without tones and without what many do not tell apart."""
    # Its dictionaries take longer to load than most commands to run, and few words need them.
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(text)
    for spelt, heard in _ALIKE:
        syllables = [syllable.replace(spelt, heard) for syllable in syllables]
    return " ".join(syllables)
