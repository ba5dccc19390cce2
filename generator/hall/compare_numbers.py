"""Numbers as people write them, in Arabic or Chinese numerals, and the clean form of a text that holds them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_DIGITS = {word: value for value, words in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆")) for word in words}
_DIGITS |= {word: value for value, words in enumerate(("五伍", "六陆", "七柒", "八捌", "九玖"), 5) for word in words}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIAD = "万萬"

CHINESE = f"[{''.join(_DIGITS)}{''.join(_TENS)}{_MYRIAD}点廿半]"
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?:[{_MYRIAD}])?|{CHINESE}+)"
"""A number in a text that went through `clean`."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－~～〜∼﹣ー", "-") | dict.fromkeys("￥", "¥"))
_LOOKALIKE = str.maketrans({"O": "0", "o": "0", "Ｏ": "0", "l": "1", "I": "1", "|": "1", "i": "1", "Z": "2", "S": "5"})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def clean(text: str) -> str:
    """Return a text in half-width form without blanks and invisible marks, every dash and wave written as `-`."""
    half = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_DASHES)).translate(_DASHES)
    return re.sub(r"-{2,}", "-", re.sub(r"\s+", "", half))


def with_digits_for_letters(text: str) -> str:
    """Return a text with O, l and the like written as the digits that they look like."""
    return text.translate(_LOOKALIKE)


def number(text: str) -> Decimal | None:
    """Read a number such as 20, 1,200.50, 1.2万, 二十, 贰拾 or 二〇; None where it is none."""
    factor = 10_000 if re.fullmatch(rf"[\d.]+[{_MYRIAD}]", text) else 1
    try:
        if re.match(r"\d", text):
            return Decimal(text.replace(",", "").rstrip(_MYRIAD)) * factor
    except InvalidOperation:
        return None
    return _chinese(text.replace("廿", "二十"))


def _chinese(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    whole, point, rest = text.partition("点")
    if point:
        before, after = _whole(whole), _by_digits(rest)
        return None if before is None or after is None else Decimal(f"{before}.{after}")
    found = _whole(text)
    return None if found is None else Decimal(found)


def _by_digits(text: str) -> str | None:
    return "".join(str(_DIGITS[sign]) for sign in text) if text and all(sign in _DIGITS for sign in text) else None


def _whole(text: str) -> int | None:
    if digits := _by_digits(text):
        return int(digits)
    head, myriad, rest = re.sub(f"[{_MYRIAD}]", "万", text).partition("万")
    if not myriad:
        return _below_myriad(text)
    many = _whole(head)
    left = _below_myriad(rest, last_unit=10_000) if rest else 0
    return None if many is None or left is None else many * 10_000 + left


def _below_myriad(text: str, last_unit: int = 1) -> int | None:
    """Read 一千二百零三; a bare digit at the end counts the next lower unit, 一百二 is 120."""
    total, digit, unit, after_zero = 0, None, last_unit, False
    for sign in text:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit, after_zero = _DIGITS[sign], after_zero or sign in "零〇"
        elif sign in _TENS and (unit == last_unit or _TENS[sign] < unit or total == 0):
            unit = _TENS[sign]
            total += (1 if digit is None else digit) * unit
            digit, after_zero = None, False
        else:
            return None
    if digit is None:
        return total if text else None
    return total + digit * (1 if after_zero or unit <= 10 else unit // 10)
