"""What the touch-screen finds guides by: names and aliases spelled in pinyin, as a classic script that opens anywhere.

A name is kept as its syllables, `shen fen zheng`; where a character can be read in several ways and the dictionary of
phrases does not decide, as `can/cen/shen bao`. Initials, full pinyin and mixtures of both are prefixes of syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import orjson

from generator.facts import Sheet
from generator.item import Item

READINGS_A_CHARACTER = 3
SHOWN = ("name", "fee.amount", "place.where")
"""The facts that a result shows."""
# What the dictionary of phrases lacks, or reads in a way that is not meant at a counter.
_PHRASES = {"还款": [["huán"], ["kuǎn"]], "还贷": [["huán"], ["dài"]], "朝阳": [["cháo", "zhāo"], ["yáng"]]}
_KEYS = re.compile("[a-z0-9]")
_NOT_CHINESE = "="


@cache
def _reader() -> Any:
    """Return the function that reads Chinese, with the phrases above."""
    # Its dictionaries take longer to load than most commands to run, and only this channel needs them.
    from pypinyin import Style, load_phrases_dict, pinyin

    load_phrases_dict(_PHRASES)
    return lambda text: pinyin(text, style=Style.NORMAL, heteronym=True, errors=_NOT_CHINESE.__add__)


@cache
def spelling(text: str) -> str:
    """Return what a name is typed by: syllables set apart by spaces, readings by slashes; other signs are left out."""
    syllables: list[str] = []
    for readings in _reader()(unicodedata.normalize("NFKC", text)):
        if readings[0].startswith(_NOT_CHINESE):
            syllables += _KEYS.findall(readings[0].lower())
        else:
            syllables.append("/".join(_typed(readings[:READINGS_A_CHARACTER])))
    return " ".join(syllables)


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


def index_script(sheets: Iterable[Sheet]) -> bytes:
    """Return a script that assigns the guides to one global: pages from file:// cannot fetch data."""
    return b"window.kioskIndex=" + orjson.dumps([_entry(sheet) for sheet in sheets]) + b";\n"


def _entry(sheet: Sheet) -> dict[str, Any]:
    item: Item = sheet.item
    facts = {path: sheet.facts[path] for path in SHOWN}
    aliases = list(dict.fromkeys(item.terms()))
    return {
        "path": item.path,
        "id": item.id,
        "facts": {path: {"value": fact.value, "text": fact.text} for path, fact in facts.items()},
        "spelling": spelling(item.name),
        "aliases": [[alias, spelling(alias)] for alias in aliases],
        "windows": list(getattr(item, "windows", ())),
    }
