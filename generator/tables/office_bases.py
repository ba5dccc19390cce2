"""The documents that a cell of 依据 names: titles in 《》, numbers in brackets or alone, articles; the rest is said."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from generator.tables.office_grid import squeezed

_OPEN, _CLOSE = "〔\\[【﹝［(（", "〕\\]】﹞］)）"
_NUMBER = (
    rf"[\u4e00-\u9fffA-Za-z]{{1,14}}[{_OPEN}][0-9]{{4}}[{_CLOSE}]第?[0-9]+号?|[\u4e00-\u9fff]{{2,14}}令?第[0-9]+号令?"
)
_ARTICLE = r"第[一二三四五六七八九十百零〇0-9]+[条款项章](?:第[一二三四五六七八九十0-9]+[款项])*"
_ARTICLES = rf"{_ARTICLE}(?:[、，和及至]{_ARTICLE})*"
_TITLE = r"《(?P<title>[^《》]*(?:《[^《》]*》[^《》]*)*)》"
_TITLED = re.compile(
    rf"{_TITLE}(?P<first>[（(](?P<inside>(?:[^（()）]|[（(][0-9]{{4}}[)）])*)[)）])?号?(?P<article>{_ARTICLES})?"
)
_BARE_NUMBER = re.compile(rf"[（(]?(?P<number>{_NUMBER})[)）]?(?P<article>{_ARTICLES})?")
_BARE_TITLE = re.compile(
    rf"(?P<title>[\u4e00-\u9fff]{{3,40}}?(?:法|条例|办法|规定|细则|意见|通知|决定|标准))(?P<article>{_ARTICLES})?$"
)
_REVISION = re.compile("[0-9]{4}年|修[正订]")
_VAGUE = re.compile("相关|有关|按照|依据|根据|其他|上级")
_JOINTS = re.compile("[、，,；;。.\\s]+|^[和及与]|[0-9]+[.、]")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a cell names it; empty texts where it does not say."""

    title: str = ""
    number: str = ""
    article: str = ""
    revision: str = ""

    @property
    def label(self) -> str:
        """The document as people name it."""
        return f"《{self.title}》" if self.title else self.number


def documents_in(text: str) -> tuple[list[Document], list[str]]:
    """Return the documents that a text names, and the parts of the text that name none."""
    rest = unicodedata.normalize("NFC", squeezed(text))
    found: list[tuple[int, Document]] = []
    aside: list[str] = []
    for pattern, make in ((_TITLED, _titled), (_BARE_NUMBER, _numbered)):
        for match in pattern.finditer(rest):
            found.append((match.start(), make(match)))
            aside += _aside(match)
        # What was taken leaves a joint of the same length, so that the order of the documents stays theirs.
        rest = pattern.sub(lambda match: "；" * len(match[0]), rest)
    left = aside
    for match in re.finditer(r"[^、，,；;。]+", rest):
        if (bare := _BARE_TITLE.fullmatch(match[0])) and not _VAGUE.search(match[0]):
            found.append((match.start(), Document(title=bare["title"], article=bare["article"] or "")))
        elif part := _JOINTS.sub("", match[0]).strip("等和及与号"):
            left.append(part)
    documents = [document for _, document in sorted(found, key=lambda entry: entry[0])]
    return list(dict.fromkeys(documents)), left


def _titled(match: re.Match[str]) -> Document:
    inside = match["inside"] or ""
    is_number = re.fullmatch(_NUMBER, inside) is not None
    return Document(
        title=match["title"],
        number=proper_number(inside) if is_number else "",
        article=match["article"] or "",
        revision=inside if _REVISION.search(inside) and not is_number else "",
    )


def _aside(match: re.Match[str]) -> list[str]:
    """Return what stands in the brackets after a title where it is neither a number nor a revision."""
    inside = match.groupdict().get("inside") or ""
    return [inside] if inside and not re.fullmatch(_NUMBER, inside) and not _REVISION.search(inside) else []


def _numbered(match: re.Match[str]) -> Document:
    return Document(number=proper_number(match["number"]), article=match["article"] or "")


def proper_number(text: str) -> str:
    """Return a document's number as the standard writes it: 〔2016〕5号, without 第 or leading zeros."""
    mended = re.sub(rf"[{_OPEN}]([0-9]{{4}})[{_CLOSE}]第?0*([0-9]+)号?", r"〔\1〕\2号", text)
    return mended if "〔" in mended or mended.endswith(("号", "令")) else f"{mended}号"
