"""XML parts of office documents, read piece by piece; definitions of entities, which bombs are made of, are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from generator.attachments.parts import broken

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class _Entity(Exception):
    """The part defines entities."""


class Reader:
    """Hands elements, by their local names, and texts to functions; raises `Unreadable` where the part is broken."""

    def __init__(self, start: Start, end: End, text: Text) -> None:
        """Remember the functions; `w:p` and `p` are one element."""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = lambda name, values: start(name.rpartition(":")[2], values)
        self._parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        self._parser.CharacterDataHandler = text
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, chunk: bytes, is_last: bool = False) -> None:
        """Read on."""
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, _Entity) as error:
            raise broken("里面的内容不合格式") from error


def parse(chunks: Iterable[bytes], start: Start, end: End, text: Text) -> None:
    """Read a part to its end."""
    reader = Reader(start, end, text)
    for chunk in chunks:
        reader.feed(chunk)
    reader.feed(b"", is_last=True)


def _refuse(*_: object) -> None:
    raise _Entity
