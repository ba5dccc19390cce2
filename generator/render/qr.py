"""Text → QR code: the rows of modules of a symbol by ISO/IEC 18004 (model 2, byte mode, versions 1 to 10).

Every page carries one, so it has to be quick: what depends on the version alone is made once, and the penalties of
the eight masks are counted on a whole symbol at a time, held as one integer. Level M or, where it fits the same
size, better.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

CODEWORDS = (26, 44, 70, 100, 134, 172, 196, 242, 292, 346)
MAX_SIZE = 4 * len(CODEWORDS) + 17


class Level(NamedTuple):
    """A level of error correction: its number in the format bits, and by version blocks and check bytes a block."""

    code: int
    blocks: tuple[int, ...]
    check_bytes: tuple[int, ...]


# Table 9 of the standard, from the weakest level that we use to the strongest: M, Q, H.
LEVELS = (
    Level(0, (1, 1, 1, 2, 2, 4, 4, 4, 5, 5), (10, 16, 26, 18, 24, 16, 18, 22, 22, 26)),
    Level(3, (1, 1, 2, 2, 4, 4, 6, 6, 8, 8), (13, 22, 18, 26, 18, 24, 18, 22, 20, 24)),
    Level(2, (1, 1, 2, 4, 4, 4, 5, 6, 8, 8), (17, 28, 22, 16, 22, 28, 26, 26, 24, 28)),
)
# 7.8.2: where a mask turns a module, by row and column.
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda i, j: (i + j) % 2 == 0,
    lambda i, j: i % 2 == 0,
    lambda i, j: j % 3 == 0,
    lambda i, j: (i + j) % 3 == 0,
    lambda i, j: (i // 2 + j // 3) % 2 == 0,
    lambda i, j: i * j % 2 + i * j % 3 == 0,
    lambda i, j: (i * j % 2 + i * j % 3) % 2 == 0,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2 == 0,
)
_FINDER, _ALIGNMENT = 4, 2  # from the middle of a pattern to its edge, the light border of a finder included
_LIGHT_AREA = "0000"  # 7.8.3.1, N3; between rows it keeps them apart and makes the edge count as light


class TooLong(ValueError):
    """The text does not fit a symbol of version 10."""


def qr_rows(text: str) -> list[str]:
    """Return the rows of a symbol as strings of 1, dark, and 0, light."""
    data = text.encode()
    version, level = _version_and_level(len(data))
    layout = _layout(version)
    message = _message(data, version, level)
    bits = f"{int.from_bytes(message):0{8 * len(message)}b}".ljust(len(layout.order), "0")
    modules = list(layout.blank)
    for place, bit in zip(layout.order, bits, strict=True):
        modules[place] = bit
    mask, rows = _masked(modules, layout)
    return _with_format(rows, layout.size, version, level.code << 3 | mask)


def _version_and_level(length: int) -> tuple[int, Level]:
    for version in range(1, len(CODEWORDS) + 1):
        fitting = [level for level in LEVELS if _data_bytes(version, level) * 8 >= _used_bits(length, version)]
        if fitting:
            return version, fitting[-1]
    raise TooLong(f"{length} bytes do not fit a QR code of version {len(CODEWORDS)}")


def _data_bytes(version: int, level: Level) -> int:
    return CODEWORDS[version - 1] - level.blocks[version - 1] * level.check_bytes[version - 1]


def _length_bits(version: int) -> int:
    return 8 if version < 10 else 16


def _used_bits(length: int, version: int) -> int:
    return 4 + _length_bits(version) + 8 * length


def _message(data: bytes, version: int, level: Level) -> bytes:
    """Return data and check bytes in the order in which they are laid out (7.4 to 7.6)."""
    room = _data_bytes(version, level)
    used = 4 << _length_bits(version) + 8 * len(data) | len(data) << 8 * len(data) | int.from_bytes(data)
    free = 8 * room - _used_bits(len(data), version)
    content = (used << free).to_bytes(room)
    if free > 4:  # after the terminator and zeros up to the next byte, 0xEC and 0x11 take turns
        start = room - (free - 4) // 8
        content = content[:start] + (b"\xec\x11" * room)[: room - start]
    blocks = list(_blocks(content, level.blocks[version - 1]))
    checks = [_check_bytes(block, level.check_bytes[version - 1]) for block in blocks]
    columns = [*zip_longest(*blocks), *zip_longest(*checks)]
    return bytes(byte for column in columns for byte in column if byte is not None)


def _blocks(content: bytes, count: int) -> Iterator[bytes]:
    """Cut the content into blocks, of which the last ones may be longer by a byte."""
    short, longer = divmod(len(content), count)
    start = 0
    for number in range(count):
        end = start + short + (number >= count - longer)
        yield content[start:end]
        start = end


def _check_bytes(block: bytes, count: int) -> bytes:
    """Return the remainder of a block divided by the generator polynomial over GF(256), as for a checksum."""
    multiples, low = _generator_multiples(count), (1 << 8 * (count - 1)) - 1
    remainder = 0
    for byte in block:
        remainder = (remainder & low) << 8 ^ multiples[byte ^ remainder >> 8 * (count - 1)]
    return remainder.to_bytes(count)


@cache
def _generator_multiples(count: int) -> tuple[int, ...]:
    """Return the generator polynomial of so many check bytes times each byte, without its leading term."""
    factors = [1]
    root = 1
    for _ in range(count):
        factors = [a ^ _times(b, root) for a, b in zip([*factors, 0], [0, *factors], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(factor, byte) for factor in factors[1:])) for byte in range(256))


def _times(a: int, b: int) -> int:
    """Multiply in GF(256) modulo the polynomial of the standard."""
    product = 0
    while b:
        product ^= a * (b & 1)
        a, b = a << 1 ^ (a >> 7) * 0x11D, b >> 1
    return product


@dataclass(frozen=True, slots=True)
class _Layout:
    """What a version fixes: the modules without data, the places of the data's bits, the masks by row and column."""

    size: int
    blank: str
    order: tuple[int, ...]
    masks: tuple[tuple[int, int], ...]


@cache
def _layout(version: int) -> _Layout:
    size = 4 * version + 17
    fixed = _fixed_modules(version, size)
    blank = "".join(fixed.get(divmod(place, size), "0") for place in range(size * size))
    order = tuple(i * size + j for i, j in _way(size) if (i, j) not in fixed)
    masks = []
    for turns in MASKS:
        cells = ["01"[(i, j) not in fixed and turns(i, j)] for i in range(size) for j in range(size)]
        masks.append(_by_row_and_column(cells, size))
    return _Layout(size, blank, order, tuple(masks))


def _fixed_modules(version: int, size: int) -> dict[tuple[int, int], str]:
    """Return the function patterns and the places of format and version, which stay light for now (6.3)."""
    fixed = dict.fromkeys([*_format_places(size), *_version_places(version, size), (size - 8, 8)], "0")
    fixed |= {place: "10"[at % 2] for at in range(8, size - 8) for place in ((6, at), (at, 6))}
    last = size - 7
    centres = [] if version == 1 else [6, last] if version < 7 else [6, (6 + last) // 2, last]
    for i in centres:
        for j in centres:
            if (i, j) not in ((6, 6), (6, last), (last, 6)):
                fixed |= _rings(i, j, _ALIGNMENT, light=(1,), size=size)
    for i, j in ((3, 3), (3, size - 4), (size - 4, 3)):
        fixed |= _rings(i, j, _FINDER, light=(2, 4), size=size)
    return fixed


def _rings(i: int, j: int, reach: int, light: tuple[int, ...], size: int) -> dict[tuple[int, int], str]:
    """Return squares around a middle, those at the given distances light."""
    span = range(-reach, reach + 1)
    squares = {(i + down, j + along): max(abs(down), abs(along)) for down in span for along in span}
    return {(i, j): "10"[away in light] for (i, j), away in squares.items() if 0 <= i < size and 0 <= j < size}


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Yield the modules in the order of the bits: pairs of columns from the right, up and down in turn (7.7.3)."""
    columns = [right for right in range(size - 1, 0, -2) if right > 6] + [5, 3, 1]
    for turn, right in enumerate(columns):
        for i in range(size) if turn % 2 else range(size - 1, -1, -1):
            yield i, right
            yield i, right - 1


def _by_row_and_column(cells: list[str], size: int) -> tuple[int, int]:
    """Return a symbol as two integers, row after row and column after column, with light areas between."""
    rows = ("".join(cells[start : start + size]) for start in range(0, size * size, size))
    columns = ("".join(cells[start::size]) for start in range(size))
    return int(_LIGHT_AREA.join(rows) + _LIGHT_AREA, 2), int(_LIGHT_AREA.join(columns) + _LIGHT_AREA, 2)


def _masked(modules: list[str], layout: _Layout) -> tuple[int, list[str]]:
    """Return the number of the mask with the lowest penalty and the rows under it (7.8)."""
    by_row, by_column = _by_row_and_column(modules, layout.size)
    symbols = [(by_row ^ across, by_column ^ down) for across, down in layout.masks]
    penalties = [_penalty(across, down, layout.size) for across, down in symbols]
    best = penalties.index(min(penalties))
    stride = layout.size + len(_LIGHT_AREA)
    text = f"{symbols[best][0]:0{stride * layout.size}b}"
    return best, [text[start : start + layout.size] for start in range(0, len(text), stride)]


def _penalty(across: int, down: int, size: int) -> int:
    """Return the penalty of 7.8.3.1: long runs, squares, what looks like a finder, too much of one colour."""
    stride = size + len(_LIGHT_AREA)
    inner = _inner(size)
    same = ~(across ^ across >> 1) & inner
    squares = (same & same >> stride & ~(across ^ across >> stride)).bit_count()
    lines = _runs(same) + _runs(~(down ^ down >> 1) & inner)
    finders = _finder_likes(across, stride * size) + _finder_likes(down, stride * size)
    uneven = abs(2 * across.bit_count() - size * size) * 10 // (size * size)  # in steps of five per cent
    return lines + 3 * squares + 40 * finders + 10 * uneven


@cache
def _inner(size: int) -> int:
    """Return a symbol where every module is set that has a left neighbour."""
    return int(("0" + "1" * (size - 1) + _LIGHT_AREA) * size, 2)


def _runs(same: int) -> int:
    """Return three points for a run of five like modules and one for each more: N1."""
    fives = same & same >> 1 & same >> 2 & same >> 3
    return fives.bit_count() + 2 * (fives & ~(fives >> 1)).bit_count()


def _finder_likes(symbol: int, length: int) -> int:
    """Count dark-light-dark-dark-dark-light-dark with four light modules before or after: N3."""
    light = (1 << length + len(_LIGHT_AREA)) - 1 ^ symbol
    four = light & light >> 1 & light >> 2 & light >> 3
    alike = symbol & light >> 1 & symbol >> 2 & symbol >> 3 & symbol >> 4 & light >> 5 & symbol >> 6
    return (alike & (four >> 7 | four << 4)).bit_count()


def _with_format(rows: list[str], size: int, version: int, format_bits: int) -> list[str]:
    """Return the rows with format, version and the one dark module filled in (7.9, 7.10)."""
    modules = [list(row) for row in rows]
    written = f"{_protected(format_bits, 0x537, 10) ^ 0x5412:015b}"
    said = [*zip(_format_places(size), written * 2, strict=True)]
    said += zip(_version_places(version, size), f"{_protected(version, 0x1F25, 12):018b}" * 2, strict=False)
    for (i, j), bit in said:
        modules[i][j] = bit
    modules[size - 8][8] = "1"
    return ["".join(row) for row in modules]


def _protected(value: int, polynomial: int, count: int) -> int:
    """Append so many check bits (BCH code) to a value."""
    remainder = value << count
    while remainder.bit_length() > count:
        remainder ^= polynomial << remainder.bit_length() - count - 1
    return value << count | remainder


def _format_places(size: int) -> list[tuple[int, int]]:
    """Return the places of the two copies of the format, each from its highest bit on (figure 25)."""
    near = [(8, j) for j in (0, 1, 2, 3, 4, 5, 7, 8)] + [(i, 8) for i in (7, 5, 4, 3, 2, 1, 0)]
    far = [(size - 1 - down, 8) for down in range(7)] + [(8, size - 8 + along) for along in range(8)]
    return near + far


def _version_places(version: int, size: int) -> list[tuple[int, int]]:
    """Return the places of the two copies of the version, each from its highest bit on; small symbols have none."""
    if version < 7:
        return []
    places = [(5 - at // 3, size - 9 - at % 3) for at in range(18)]
    return places + [(j, i) for i, j in places]
