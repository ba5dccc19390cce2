"""The one form in which names, queries and keys are compared; `site_theme/assets/search-words.js` repeats the rule.

1. Unicode form NFKD, combining marks U+0300 to U+036F dropped (as in `tokens`), ASCII letters in lower case.
2. Traditional and Japanese forms become the simplified character, one for one, by the table of `variants`.
3. Everything but Han characters, ASCII letters and digits is dropped: 国发〔2016〕55号 and 国发[2016]55号 are one.

For exact keys (codes, document numbers, window numbers) a leading 第 and a final 号 say nothing, nor does 窗口.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from generator.tokens import HAN, MARKS

# The blocks in which variants stand that people can type; later extensions hold rare characters only.
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
# What the converter's Japanese table lacks.
_MORE = {"戸": "户"}
_DROPPED = re.compile(f"[^{HAN}a-z0-9]+")
_WINDOW = re.compile("([a-z]?[0-9]{1,3})号?(?:窗口?)?")


@lru_cache(maxsize=50_000)
def normalise(text: str) -> str:
    """Return the form of a text in which it is compared, empty where nothing of it counts."""
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    return _DROPPED.sub("", plain.translate(_table()))


def simplified(text: str) -> str:
    """Return a text with each traditional or Japanese form replaced, as queries are before they are looked up."""
    return text.translate(_table())


def exact_key(text: str) -> str:
    """Return the form of a code, a document number or a window number in which it is compared."""
    plain = normalise(text).removeprefix("第")
    window = _WINDOW.fullmatch(plain)
    return window[1] if window else plain.removesuffix("号")


def variants_of(texts: Iterable[str]) -> str:
    """Return pairs of a variant and its simplified character, for those that occur in normalised texts."""
    present = set().union(*texts)
    return "".join(variant + plain for variant, plain in variants().items() if plain in present)


@cache
def variants() -> Mapping[str, str]:
    """Return the simplified character of each traditional or Japanese form."""
    # Loaded only where texts are compared.
    from opencc import OpenCC

    characters = [chr(code) for block in _BLOCKS for code in range(*block)]
    lines = "\n".join(characters)  # one a line, lest neighbours be read as a word
    simplified = OpenCC("t2s").convert(lines).split("\n")
    japanese = OpenCC("t2s").convert(OpenCC("jp2t").convert(lines)).split("\n")
    found = {one: new for one, new in zip(characters, simplified, strict=True) if new != one}
    found |= {
        one: new
        for one, new in zip(characters, japanese, strict=True)
        if new != one and one not in found and not _is_simplified(one) and _is_simplified(new)
    }
    found |= _MORE
    ended = {one: found.get(new, new) for one, new in found.items()}  # 苧 stands for one character, 薴 for 苧
    return {one: new for one, new in sorted(ended.items()) if one != new}


def _is_simplified(character: str) -> bool:
    """Tell whether a character is one of the 6,763 of the simplified standard set: 芸 and 缶 are words of their own."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _table() -> Mapping[int, str]:
    return {ord(variant): plain for variant, plain in variants().items()}
