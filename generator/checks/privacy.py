"""Privacy: no identity number and no mobile phone of a person in anything published (个人信息保护法; 条例第十五条)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.checks.texts import TextAt, line_of, texts_of
from generator.item import Item

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?![0-9A-Za-z])")
_ADDRESS = re.compile(r"https?://\S+")
_EARLIEST_BIRTH = 1900


def identity_numbers_are_not_published(catalogue: Catalogue) -> Iterator[Finding]:
    """Find valid identity numbers in any text, hidden ones too (条例第十五条; GB 11643 check character)."""
    for item, entry, text in _texts(catalogue):
        for match in _IDENTITY.finditer(text):
            if _is_identity_number(match[0], catalogue.today):
                yield Finding(
                    item=item,
                    path=entry.path,
                    code="identity-number",
                    message=f"{line_of(entry, match.start())}「{_masked(match[0], 6, 4)}」是公民身份号码",
                    hint="公民身份号码不得公开（政府信息公开条例第十五条）；请删去，样例用校验位不对的虚构号码。",
                )


def mobile_numbers_are_not_published(catalogue: Catalogue) -> Iterator[Finding]:
    """Find mobile phone numbers in any text, hidden ones too (条例第十五条; 个人信息保护法第五十一条)."""
    for item, entry, text in _texts(catalogue):
        for match in _MOBILE.finditer(text):
            yield Finding(
                item=item,
                path=entry.path,
                code="mobile-number",
                message=f"{line_of(entry, match.start())}「{_masked(match[1], 3, 4)}」是手机号码",
                hint="不公布个人手机号；请写带区号的办公电话或 12345。",
            )


def _texts(catalogue: Catalogue) -> Iterator[tuple[Item, TextAt, str]]:
    for item in catalogue.items:
        for entry in texts_of(item, hidden=True):
            if sum(map(str.isdigit, entry.text)) >= 11:
                # Full-width digits are digits; numbers inside web addresses are not phones. Offsets stay the same.
                text = unicodedata.normalize("NFKC", entry.text)
                yield item, entry, _ADDRESS.sub(lambda match: " " * len(match[0]), text)


def _is_identity_number(number: str, today: date) -> bool:
    """Check date and check character only: whether the region code exists is not needed to leak a person."""
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return _EARLIEST_BIRTH <= born.year and born <= today and ric.calc_check_digit(number) == number[-1].upper()


def _masked(number: str, head: int, tail: int) -> str:
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"
