"""Papers of persons: passports, permits of Hong Kong, Macao, Taiwan and foreign residents, number plates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.leaks import Span, masked_number

# So far may the number stand from the word that says what it is; digits between them belong to something else.
_GAP = r"[^\n\d。；]{0,12}?(?<![0-9A-Za-z])"
_END = r"(?![0-9A-Za-z])"
_PASSPORT = re.compile(
    rf"(?:护照|[Pp]assport|PASSPORT|证件号|证件号码){_GAP}((?:[EeGgDdSsPpHh]\d{{8}}|[EePpDdSs][A-Za-z]\d{{7}}|1[45]\d{{7}}){_END})"
)
_PERMITS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:港澳通行证|来往港澳|往来港澳|赴港澳){_GAP}([CcWw][A-Za-z0-9]\d{{7}}{_END})",
        rf"(?:回乡证|来往内地通行证|港澳居民|港澳台){_GAP}([HhMm]\d{{8}}(?:\d\d)?{_END})",
        rf"(?:台胞证|台湾居民|来往大陆){_GAP}(\d{{8}}(?:\d\d)?{_END}(?!年))",
        rf"(?:往来台湾|台湾通行证|入台){_GAP}([TtLl]\d{{8}}{_END})",
        rf"(?:永久居留){_GAP}([A-Z]{{3}}\d{{12}}{_END})",
        rf"(?:香港.{{0,4}}身份证){_GAP}([A-Z]{{1,2}}\d{{6}}\(?[0-9A]\)?)",
    )
)
_AREAS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_FEW_LETTERS = r"(?=[0-9A-HJ-NP-Z]{5}(?![0-9A-Za-z]))(?!(?:\d*[A-Z]){3})[0-9A-HJ-NP-Z]{5}"
_PLATE = re.compile(
    rf"[{_AREAS}][A-HJ-NP-Z][·•. -]?"
    rf"(?:{_FEW_LETTERS}|[A-HJK][0-9A-HJ-NP-Z]\d{{4}}|\d{{5}}[A-HJK]|[0-9A-HJ-NP-Z]{{4}}[挂学警港澳领使]){_END}(?!号?窗口)"
)


def permits(text: str) -> Iterator[Span]:
    """Yield numbers of passports and permits near the word that says what they are."""
    for match in _PASSPORT.finditer(text):
        yield Span("passport-number", *match.span(1), masked_number(match[1], 2, 2))
    for pattern in _PERMITS:
        for match in pattern.finditer(text):
            yield Span("travel-permit", *match.span(1), masked_number(match[1], 2, 2))


def plates(text: str) -> Iterator[Span]:
    """Yield complete number plates of vehicles, those of eight characters too (GA 36)."""
    for match in _PLATE.finditer(text):
        yield Span("plate-number", *match.span(), f"{match[0][:-4]}****")
