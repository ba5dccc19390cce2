"""How Chinese is typed on a keyboard: toneless syllables, with the readings of words where characters have several.

A name is spelled as its syllables, `shen fen zheng`; where a character can be read in several ways and the dictionary
of phrases does not decide, as `can/cen/shen bao`. Initials, full pinyin and mixtures of both are prefixes of syllables.
"""

from __future__ import annotations

import importlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import Any

from generator.facts import Sheet
from generator.normalise import normalise
from generator.tokens import HAN

READINGS_A_CHARACTER = 3
# What the dictionary of phrases lacks, or reads in a way that is not meant at a counter.
_PHRASES = {
    "还款": [["huán"], ["kuǎn"]],
    "还贷": [["huán"], ["dài"]],
    "还房贷": [["huán"], ["fáng"], ["dài"]],
    "还清": [["huán"], ["qīng"]],
    "归还": [["guī"], ["huán"]],
    "参保": [["cān"], ["bǎo"]],
    "参军": [["cān"], ["jūn"]],
    "朝阳": [["cháo", "zhāo"], ["yáng"]],
    "差旅": [["chāi"], ["lǚ"]],
    "中介": [["zhōng"], ["jiè"]],
    "绿本": [["lǜ"], ["běn"]],
    "幼儿园": [["yòu"], ["ér"], ["yuán"]],
    "公积金": [["gōng"], ["jī"], ["jīn"]],
    "登记": [["dēng"], ["jì"]],
    "遗失": [["yí"], ["shī"]],
    "房屋": [["fáng"], ["wū"]],
    "房产": [["fáng"], ["chǎn"]],
    "丢了": [["diū"], ["le"]],
    "坏了": [["huài"], ["le"]],
}
SELDOM = 0.08
"""A reading that fewer of a character's words have is not meant by anyone who types: 员 as yun, 食 as si."""
_KEYS = re.compile("[a-z0-9]")
_HAN_RUNS = re.compile(f"[{HAN}]+")
_NOT_CHINESE = "="


@cache
def _library() -> tuple[Any, Any]:
    """Return the function that reads Chinese and the one that cuts it into words, with the phrases above."""
    # Its dictionaries take longer to load than most commands to run, and only few channels need them.
    from pypinyin import Style, load_phrases_dict, pinyin
    from pypinyin.seg.mmseg import seg

    load_phrases_dict(_PHRASES)
    return lambda text: pinyin(text, style=Style.NORMAL, heteronym=True, errors=_NOT_CHINESE.__add__), seg.cut


@cache
def spelling(text: str) -> str:
    """Return what a name is typed by: syllables set apart by spaces, readings by slashes; other signs are left out."""
    syllables: list[str] = []
    words = _cut(unicodedata.normalize("NFKC", text))
    for readings in chain.from_iterable(map(_word_readings, words)):
        if readings[0].startswith(_NOT_CHINESE):
            syllables += _KEYS.findall(readings[0].lower())
        else:
            syllables.append("/".join(_typed(readings[:READINGS_A_CHARACTER])))
    return " ".join(syllables)


def _cut(text: str) -> Iterator[str]:
    """Yield the words of a text as the library itself cuts it, so that a word that many names share is read once."""
    seg: Callable[[str], Iterator[str]] = importlib.import_module("pypinyin.seg.simpleseg").seg
    return seg(text)


@lru_cache(maxsize=50_000)
def _word_readings(word: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, _library()[0](word)))


def _typed(readings: Sequence[str]) -> list[str]:
    """Return readings as they are typed; many type lu where the keyboard wants lv."""
    return list(dict.fromkeys(form for reading in readings for form in (reading, reading.replace("v", "u"))))


def initial(text: str) -> str:
    """Return the capital letter that a name is filed under, `0` where it begins with a digit, else `#`."""
    first = spelling(text)[:1].upper()
    return "0" if first.isdigit() else first or "#"


def by_initial(sheets: Iterable[Sheet]) -> list[tuple[str, list[Sheet]]]:
    """Return guides under the letters that their names begin with, both in the order of the alphabet."""
    ordered = sorted(sheets, key=lambda sheet: (initial(sheet.item.name), spelling(sheet.item.name)))
    return [(letter, list(found)) for letter, found in groupby(ordered, lambda sheet: initial(sheet.item.name))]


@lru_cache(maxsize=50_000)
def read_words(text: str) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Return the words of a text in its normalised form, each with the readings of its characters (v for ü)."""
    runs = _HAN_RUNS.findall(normalise(text))
    return tuple((word, _readings(word)) for run in runs for word in _library()[1](run))


@lru_cache(maxsize=20_000)
def _readings(word: str) -> tuple[tuple[str, ...], ...]:
    found = _library()[0](word)
    if len(word) == 1 and not found[0][0].startswith(_NOT_CHINESE):
        return (_usual(word, found[0]),)
    if len(found) != len(word):  # characters that nobody can read come as one
        return tuple(() for _ in word)
    known = (() if each[0].startswith(_NOT_CHINESE) else each for each in found)
    return tuple(_usual(character, each) for character, each in zip(word, known, strict=True))


def _usual(character: str, readings: Sequence[str]) -> tuple[str, ...]:
    """Return those of several readings that people mean: by the words of the dictionary, else the first."""
    if len(readings) < 2:
        return tuple(readings)
    counts = _word_counts().get(character, {})
    enough = SELDOM * sum(counts.values())
    usual = [reading for reading in dict.fromkeys(readings) if counts.get(reading, 0) > enough]
    return tuple(usual[:READINGS_A_CHARACTER] or readings[:1])


@cache
def _word_counts() -> Mapping[str, Mapping[str, int]]:
    """Return in how many words of the dictionary each character is read in each way."""
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.tone_convert import to_normal

    plain = cache(to_normal)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, readings in PHRASES_DICT.items():
        for character, reading in zip(word, readings, strict=False):
            counts[character][plain(reading[0])] += 1
    return counts


def syllabary(texts: Iterable[str]) -> dict[str, str]:
    """Return for each syllable the characters that are read so somewhere in the texts."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for character, readings in _characters(texts):
        for reading in readings:
            found[reading].add(character)
    return {syllable: "".join(sorted(found[syllable])) for syllable in sorted(found)}


def _characters(texts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    words = {word: readings for text in texts for word, readings in read_words(text)}
    for word, readings in words.items():
        yield from zip(word, readings, strict=True)


def heteronyms(syllables: Mapping[str, str]) -> frozenset[str]:
    """Return the characters of a syllabary that stand under several syllables."""
    counts = Counter(chain.from_iterable(syllables.values()))
    return frozenset(character for character, count in counts.items() if count > 1)


def word_readings(texts: Iterable[str], several: frozenset[str]) -> dict[str, str]:
    """Return the reading of each word of the texts that decides how a character with several readings is read."""
    return {
        word: " ".join(each[0] for each in readings)
        for text in texts
        for word, readings in read_words(text)
        if len(word) > 1 and several.intersection(word) and all(len(each) == 1 for each in readings)
    }
