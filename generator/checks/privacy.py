"""Privacy: no identity number and no mobile phone of a person in anything published (个人信息保护法; 条例第十五条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from generator.checks.finding import Finding
from generator.checks.texts import ItemTexts, TextAt

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z])")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 11
_BIRTH_YEARS = range(1900, 2100)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")


def identity_numbers_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find valid identity numbers in any text, hidden ones too (条例第十五条; GB 11643 check character)."""
    for entry, text in _with_many_digits(texts):
        for match in _IDENTITY.finditer(text):
            if _is_identity_number(match[0]):
                yield Finding(
                    item=texts.item,
                    path=entry.path,
                    code="identity-number",
                    message=f"{entry.line(match.start())}「{_masked(match[0], 6, 4)}」是公民身份号码",
                    hint="公民身份号码不得公开（政府信息公开条例第十五条）；请删去，样例用校验位不对的虚构号码。",
                )


def mobile_numbers_are_not_published(texts: ItemTexts) -> Iterator[Finding]:
    """Find mobile phone numbers in any text, hidden ones too (条例第十五条; 个人信息保护法第五十一条)."""
    for entry, text in _with_many_digits(texts):
        for match in _MOBILE.finditer(text):
            yield Finding(
                item=texts.item,
                path=entry.path,
                code="mobile-number",
                message=f"{entry.line(match.start())}「{_masked(match[1], 3, 4)}」是手机号码",
                hint="不公布个人手机号；请写带区号的办公电话或 12345。",
            )


def _with_many_digits(texts: ItemTexts) -> Iterator[tuple[TextAt, str]]:
    """Yield the texts that can hold such a number; full-width digits are digits, web addresses are left out."""
    for entry in texts.entries:
        if len(entry.text) >= _FEWEST_DIGITS and len(_DIGIT.findall(entry.text)) >= _FEWEST_DIGITS:
            text = entry.text.translate(_HALF_WIDTH)
            yield entry, _WEB_ADDRESS.sub(lambda match: " " * len(match[0]), text)


def _is_identity_number(number: str) -> bool:
    """Check date and check character only: whether the region code exists is not needed to leak a person."""
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return born.year in _BIRTH_YEARS and ric.calc_check_digit(number) == number[-1].upper()


def _masked(number: str, head: int, tail: int) -> str:
    number = re.sub(r"[- ]", "", number)
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"
