"""Text documents and slides (docx, pptx, ofd): every paragraph and every table, deleted text and comments too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.attachments.archives import Archive
from generator.attachments.office import package_parts
from generator.attachments.parts import Cell, Part, Passage, Remark, Row
from generator.attachments.xml import parse
from generator.privacy.leaks import masked_name
from generator.privacy.names import is_personal_name

_WORD_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|comments|footnotes|endnotes)\d*\.xml$")
_SLIDE_PARTS = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide|comments/.*?comment)(\d+)\.xml$")
_OFD_PARTS = re.compile(r"(?:.*/)?Pages/Page_(\d+)/Content\.xml$")
_CALLED = {"header": "页眉", "footer": "页脚", "comments": "批注", "footnotes": "脚注", "endnotes": "尾注"}
_TEXT = frozenset({"t", "delText", "TextCode", "text", "instrText"})
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})


def document_parts(archive: Archive) -> Iterator[Part]:
    """Yield the texts of a text document, and remarks about what its author may have forgotten."""
    yield from package_parts(archive)
    changes = 0
    authors: set[str] = set()
    for name in archive.names:
        if _WORD_PARTS.match(name):
            stem = re.sub(r"\d*\.xml$", "", name.rpartition("/")[2])
            story = _Story(_CALLED.get(stem, ""))
            parse(archive.chunks(name), story.start, story.end, story.text)
            yield from story.parts
            changes += story.changes
            authors |= story.authors
            if stem == "comments" and story.parts:
                message = f"有批注{_by(story.authors)}，看的人都能打开"
                yield Remark("attachment-comment", "", message, "请删去批注后再存一次。", "warning")
    if changes:
        yield Remark(
            "attachment-tracked-changes",
            "",
            f"有 {changes} 处修订没有接受{_by(authors)}，看的人能看到删去的文字",
            "请在“审阅”里接受全部修订、关闭修订，再存一次。",
            "warning",
        )


def _by(authors: set[str]) -> str:
    names = sorted(masked_name(name) if is_personal_name(name) else name for name in authors if name)
    return f"（{'、'.join(names[:3])}）" if names else ""


def slide_parts(archive: Archive) -> Iterator[Part]:
    """Yield the texts of slides and of the notes below them."""
    yield from package_parts(archive)
    for name in archive.names:
        if match := _SLIDE_PARTS.match(name):
            called = f"第 {match[2]} 页" + ("" if match[1].endswith("/slide") else "的备注")
            story = _Story(called, counts_paragraphs=False)
            parse(archive.chunks(name), story.start, story.end, story.text)
            yield from story.parts


def ofd_parts(archive: Archive) -> Iterator[Part]:
    """Yield the texts of an OFD document, page by page (GB/T 33190)."""
    for name in archive.names:
        if match := _OFD_PARTS.match(name):
            story = _Story(f"第 {int(match[1]) + 1} 页", counts_paragraphs=False)
            parse(archive.chunks(name), story.start, story.end, story.text)
            story.finish()
            yield from story.parts


class _Story:
    """The reader of one part of a document: paragraphs, and tables row by row."""

    def __init__(self, called: str, *, counts_paragraphs: bool = True) -> None:
        self.called, self.counts = called, counts_paragraphs
        self.parts: list[Part] = []
        self.changes = 0
        self.authors: set[str] = set()
        self._paragraphs = self._tables = 0
        self._into = 0
        self._text: list[str] = []
        self._open: list[_Table] = []

    def start(self, element: str, values: Mapping[str, str]) -> None:
        if element in _TEXT:
            self._into += 1
        elif element in ("tab", "br", "cr"):
            self._text.append(" ")
        elif element == "tbl":
            self._tables += 1
            self._open.append(_Table(self._tables))
        elif element == "tr" and self._open:
            self._open[-1].next_row()
        elif element in _CHANGES or element == "comment":
            self.changes += element != "comment"
            self.authors.update(value for name, value in values.items() if name.endswith("author"))

    def text(self, data: str) -> None:
        if self._into:
            self._text.append(data)

    def end(self, element: str) -> None:
        if element in _TEXT:
            self._into -= 1
        elif element == "p":
            self.finish()
        elif element == "tc" and self._open:
            self._open[-1].end_cell()
        elif element == "tr" and self._open:
            self.parts += self._open[-1].row(self.called)
        elif element == "tbl" and self._open:
            self._open.pop()

    def finish(self) -> None:
        """Put the paragraph that has been read where it belongs: into the cell of a table, or for itself."""
        text = "".join(self._text)
        self._text.clear()
        self._paragraphs += 1
        if self._open:
            self._open[-1].pieces.append(text)
        elif text.strip():
            where = f"{self.called}第 {self._paragraphs} 段" if self.counts else self.called
            self.parts.append(Passage(where, text))


class _Table:
    """A table that is being read."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.pieces: list[str] = []
        self._cells: list[tuple[int, str]] = []
        self._row = self._column = 0

    def next_row(self) -> None:
        self._row += 1
        self._column = 0

    def end_cell(self) -> None:
        self._column += 1
        self._cells.append((self._column, "\n".join(self.pieces).strip()))
        self.pieces.clear()

    def row(self, called: str) -> Iterator[Row]:
        where = f"{called}第 {self.number} 个表第 {self._row} 行"
        cells = tuple(Cell(str(column), f"{where}第 {column} 格", text) for column, text in self._cells if text)
        self._cells.clear()
        if cells:
            yield Row(f"{called}{self.number}", cells)
