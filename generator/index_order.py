"""Brings an index that Pagefind made into one fixed order, so that the same documents give the same bytes.

Pagefind 1.5 writes the values of a filter, the list of filters and with them the names of these files in the order of
a hash table, another one in every run. All else it writes in order. Its files are gzip over a signature and CBOR
(RFC 8949), of which only whole numbers, texts, lists and null occur here; they are moved about but never changed.
"""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

SIGNATURE = b"pagefind_dcd"
WHOLE_NUMBERS, TEXTS, LISTS, SIMPLE = (0, 1), (2, 3), 4, 7

# Where in the list that is the content of a `.pf_meta` file the filters stand.
FILTERS_IN_META = 3


class UnknownFormat(Exception):
    """A file isn't written as Pagefind 1.5 writes it."""


def settle(folder: Path) -> None:
    """Put filters in order and rename them and the meta file by what they hold."""
    renamed = {}
    for file in sorted((folder / "filter").glob("*.pf_filter")):
        name, values = _parts(_content(file))
        content = _list([name, _list(sorted(_parts(values)))])
        renamed[file.stem] = _rewrite(file, content, len(file.stem.rpartition("_")[2]))
    entry = folder / "pagefind-entry.json"
    for file in sorted(folder.glob("pagefind.*.pf_meta")):
        old = file.stem.removeprefix("pagefind.")
        new = _rewrite(file, _settled_meta(_content(file), renamed), 12).removeprefix("pagefind.")
        entry.write_bytes(entry.read_bytes().replace(old.encode(), new.encode()))


def _settled_meta(content: bytes, renamed: dict[str, str]) -> bytes:
    parts = _parts(content)
    filters = parts[FILTERS_IN_META]
    for old, new in renamed.items():
        filters = filters.replace(old.encode(), new.encode())
    parts[FILTERS_IN_META] = _list(sorted(_parts(filters)))
    return _list(parts)


def _content(file: Path) -> bytes:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(SIGNATURE):
        raise UnknownFormat(file.name)
    return data.removeprefix(SIGNATURE)


def _rewrite(file: Path, content: bytes, digits: int) -> str:
    """Replace a file by one with other content, named after it; return the new stem."""
    name = f"{file.stem.rpartition('_')[0]}_{hashlib.sha256(content).hexdigest()[:digits]}"
    file.unlink()
    file.with_name(name + file.suffix).write_bytes(gzip.compress(SIGNATURE + content, mtime=0))
    return name


def _parts(data: bytes) -> list[bytes]:
    """Return the parts of an encoded list, each still encoded."""
    kind, count, at = _head(data, 0)
    if kind != LISTS:
        raise UnknownFormat(f"{kind} 0")
    parts = []
    for _ in range(count):
        end = _end(data, at)
        parts.append(data[at:end])
        at = end
    return parts


def _list(parts: list[bytes]) -> bytes:
    """Return the encoded list of encoded parts."""
    count = len(parts)
    if count < 24:
        return bytes([LISTS << 5 | count]) + b"".join(parts)
    power = next(power for power in range(4) if count < 256 ** (1 << power))
    return bytes([LISTS << 5 | 24 + power]) + count.to_bytes(1 << power, "big") + b"".join(parts)


def _end(data: bytes, at: int) -> int:
    """Return where the item that starts at a place ends."""
    kind, number, at = _head(data, at)
    if kind in WHOLE_NUMBERS or (kind == SIMPLE and number < 24):
        return at
    if kind in TEXTS:
        return at + number
    if kind != LISTS:
        raise UnknownFormat(f"{kind} {at}")
    for _ in range(number):
        at = _end(data, at)
    return at


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return an item's kind, its number and where what follows starts."""
    if at >= len(data):
        raise UnknownFormat(f"end {at}")
    kind, number = data[at] >> 5, data[at] & 31
    if number < 24:
        return kind, number, at + 1
    if number > 27:
        raise UnknownFormat(f"{kind} {number}")
    width = 1 << (number - 24)
    return kind, int.from_bytes(data[at + 1 : at + 1 + width], "big"), at + 1 + width
