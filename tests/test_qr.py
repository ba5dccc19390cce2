"""The QR code on every page: read back from its drawing by a decoder."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxingcpp import BarcodeFormat, read_barcodes

from generator.render.figures import qr_code

MODULE = 4


class Picture:
    """Grey pixels in rows, as the decoder takes them."""

    def __init__(self, side: int) -> None:
        self.side = side * MODULE
        self.pixels = bytearray(b"\xff" * self.side * self.side)

    def darken(self, left: int, top: int) -> None:
        for y in range(top * MODULE, (top + 1) * MODULE):
            start = y * self.side + left * MODULE
            self.pixels[start : start + MODULE] = bytes(MODULE)

    def read(self) -> list[str]:
        view = memoryview(self.pixels).cast("B", (self.side, self.side))
        return [found.text for found in read_barcodes(view, formats=BarcodeFormat.QRCode)]


def picture_of(svg: str) -> Picture:
    """Draw the SVG as a browser would: lines of one module's height, half a module below each row's top."""
    side = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]
    picture = Picture(side)
    left, top, strokes = re.search(r'd="M(\d+) (\d+)\.5([hm\d -]*)"', svg).groups()  # type: ignore[union-attr]
    x, y = int(left), int(top)
    for kind, across, down in re.findall(r"([hm])(-?\d+)(?: (\d+))?", strokes):
        if kind == "h":
            for at in range(x, x + int(across)):
                picture.darken(at, y)
        x, y = x + int(across), y + int(down or 0)
    return picture


URL = "https://www.mingchuan.example/guides/id-card-loss/?v=RORY3QHS5V"


def test_the_code_on_a_page_leads_to_it() -> None:
    assert picture_of(str(qr_code(URL, "本页二维码"))).read() == [URL]


@given(st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200))
def test_any_address_reads_back(text: str) -> None:
    assert picture_of(str(qr_code(text, "二维码"))).read() == [text]


@pytest.mark.parametrize("label", ["本页二维码", 'a "quoted" <label>'])
def test_the_label_is_escaped(label: str) -> None:
    svg = str(qr_code(URL, label))
    assert svg.count("<") == 3  # the two elements, and the end of the first
    assert 'aria-label="' in svg
