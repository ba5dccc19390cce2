"""Numbers of persons that tell by themselves what they are: identity numbers, mobile phones, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from generator.privacy.leaks import Span, masked_number

# A number is not part of a longer code. "ID" and "Tel" may stand directly before it, other letters are a code's.
_BEFORE = r"(?:(?<![0-9A-Za-z])|(?<=ID)|(?<=[Tt][Ee][Ll]))(?<!\d\.)"
_AFTER = r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(
    rf"{_BEFORE}(?:\d{{6}}[ -]?(?:\d{{8}}|\d{{4}}-\d\d-\d\d)[ -]?\d{{3}}[ -]?[\dXx]"
    rf"|(?:\d{{4}}[ -]){{4}}\d[\dXx]){_AFTER}"
)
_OLD_IDENTITY = re.compile(rf"{_BEFORE}\d{{6}}[ -]?\d{{6}}[ -]?\d{{3}}{_AFTER}")
_MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z])(?<!\d[. -])|(?<=[Tt][Ee][Ll]))"
    r"(?:(?:\+|00)?86[- ]?)?(1[3-9]\d([ -]?)\d{4}\2\d{4})(?![0-9A-Za-z])(?! ?\d{3,})(?! ?[万亿]?[元吨]| ?平方)"
)
_GROUPED_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:(?:\+|00)?86[- ]?)?(1[3-9]\d(?:[ -]?\d){8})(?![0-9A-Za-z])")
_CARD = re.compile(
    rf"{_BEFORE}(?:\d{{16,19}}|\d{{4}}([ -])\d{{4}}\1\d{{4}}\1\d{{4}}(?:\1?\d{{1,3}})?|\d{{6}} \d{{13}}){_AFTER}"
)
# Of cards that banks give to people here; others are taken for cards only where the text says so.
_ISSUERS = re.compile(r"62\d{14,17}|9558\d{15}|(?:60138[0-9]|603367|690755|685800|621\d{3})\d{10,13}")
_FOREIGN_ISSUERS = re.compile(r"(?:4\d|5[1-5]|35)\d{14}|(?:4\d|5[1-5]|9\d|6\d)\d{14,17}")
_CARD_WORDS = re.compile(r"卡号|银行|[账帐]号|[账帐]户|开户|存折")
_PHONE_WORDS = re.compile(r"电话|手机|联系|[Tt]el|TEL|微信|\+86")
_IDENTITY_WORDS = re.compile(r"身份证|证件号|公民身份|证号")
_WORDS_BEFORE = 16
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_ORGANISATIONS = ("19", "59", "91", "92", "93")
_FIRST_YEAR = 1900
_MASKED = re.compile(r"(?<![0-9A-Za-z*])(?=[\dXx]*\*)[\d*]{10,18}[\dXx*](?![0-9A-Za-z*])")


def near_words(words: re.Pattern[str], text: str, start: int, reach: int = _WORDS_BEFORE) -> bool:
    """Tell whether one of the words stands shortly before a place, on the same line."""
    line = text.rfind("\n", 0, start) + 1
    return bool(words.search(text, max(line, start - reach), start))


def identity_numbers(text: str) -> Iterator[Span]:
    """Yield identity numbers of 18 characters by date and check character, of 15 by region and date (GB 11643)."""
    for match in _IDENTITY.finditer(text):
        if is_identity_number(re.sub("[ -]", "", match[0])):
            yield Span("identity-number", *match.span(), masked_number(match[0], 6, 4))
    for match in _OLD_IDENTITY.finditer(text):
        if _is_old_identity_number(re.sub("[ -]", "", match[0]), near_words(_IDENTITY_WORDS, text, match.start())):
            yield Span("identity-number", *match.span(), masked_number(match[0], 6, 3))


def is_identity_number(number: str) -> bool:
    """Check date and check character only: whether the region code exists is not needed to leak a person."""
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    if not _FIRST_YEAR <= born.year <= 2099 or ric.calc_check_digit(number) != number[-1].upper():
        return False
    # Codes of organisations have as many characters; what begins like one and like no province is one of them.
    return not (number.startswith(_ORGANISATIONS) and uscc.is_valid(number))


def _is_old_identity_number(number: str, is_said: bool) -> bool:
    try:
        date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
        if not _PROVINCE.match(number):
            return False
        # Nothing checks these numbers, so the region has to exist unless the text says what the number is.
        return is_said or bool(ric.get_birth_place(f"{number[:6]}19{number[6:]}0"))
    except (ValueError, ValidationError):
        return False


def mobile_numbers(text: str) -> Iterator[Span]:
    """Yield mobile phone numbers, with the country's code or without, in groups as people write them."""
    for match in _MOBILE.finditer(text):
        yield Span("mobile-number", *match.span(), masked_number(match[1], 3, 4))
    for match in _GROUPED_MOBILE.finditer(text):
        if match[0].startswith(("+", "00")) or near_words(_PHONE_WORDS, text, match.start()):
            yield Span("mobile-number", *match.span(), masked_number(match[1], 3, 4))


def bank_cards(text: str) -> Iterator[Span]:
    """Yield card numbers by the check digit of Luhn and an issuer's first digits."""
    for match in _CARD.finditer(text):
        number = re.sub("[ -]", "", match[0])
        if luhn.is_valid(number) and _is_issued(number, bool(match[1]), near_words(_CARD_WORDS, text, match.start())):
            yield Span("bank-card", *match.span(), masked_number(number, 0, 4))


def _is_issued(number: str, is_grouped: bool, is_said: bool) -> bool:
    if is_said and (_ISSUERS.fullmatch(number) or _FOREIGN_ISSUERS.fullmatch(number)):
        return True
    if len(number) == 18 and not is_grouped:
        return bool(_ISSUERS.fullmatch(number)) and not _has_birth_date(number)
    return bool(_ISSUERS.fullmatch(number)) or (is_grouped and bool(_FOREIGN_ISSUERS.fullmatch(number)))


def _has_birth_date(number: str) -> bool:
    """Tell whether it is like an invented identity number, as samples have them: a date, and a wrong check digit."""
    try:
        return _FIRST_YEAR <= ric.get_birth_date(number).year <= 2099
    except ValidationError:
        return False


def thin_masks(text: str) -> Iterator[Span]:
    """Yield identity and mobile numbers that are masked, but not enough to hide a person."""
    if "*" not in text:
        return
    for match in _MASKED.finditer(text):
        if not is_masked_enough(match[0]):
            head, tail = (6, 4) if len(match[0]) > 11 else (3, 4)
            yield Span("thin-mask", *match.span(), masked_number(match[0], head, tail))


def is_masked_enough(number: str) -> bool:
    """Tell whether a masked number shows no more than first six and last four, of mobile phones first three."""
    shown = sum(sign != "*" for sign in number)
    if len(number) in (15, 18):
        return shown <= 10
    return shown <= 7 if len(number) == 11 and number[0] in "1*" else shown <= 10


def is_sample_number(written: str) -> bool:
    """Tell whether it is an invented identity number: of no region, with a check character that is wrong."""
    number = re.sub("[ -]", "", written).upper()
    return len(number) == 18 and number[:3] in ("000", "999", "123") and not is_identity_number(number)
