"""QR codes against an independent encoder, module by module."""

from __future__ import annotations

import re

import pytest
import segno
from segno import encoder

from generator.render.figures import qr_code
from generator.render.qr import CODEWORDS, TooLong, qr_rows

URL = "https://www.mingchuan.example/guides/id-card-renewal/?v=ABCDEFGHIJ"


def same_padding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let segno fill up as the standard says: it adds a byte of zeros where the text ends on a whole byte."""
    monkeypatch.setattr(encoder, "write_padding_bits", lambda bits, version, length: bits.extend([0] * (-length % 8)))


def segno_rows(text: str, mask: int) -> list[str]:
    code = segno.make(text, error="m", micro=False, mask=mask)
    return ["".join("01"[module] for module in row) for row in code.matrix]


@pytest.mark.parametrize("length", [1, 14, 15, 26, 42, 43, 62, 63, 84, 106, 107, 122, 152, 180, 181, 213])
def test_every_version_and_level_has_the_modules_of_another_encoder(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    same_padding(monkeypatch)
    text = (URL * 4)[:length]
    assert qr_rows(text) in [segno_rows(text, mask) for mask in range(8)]


@pytest.mark.parametrize("number", range(1, 9))
def test_the_mask_is_the_one_that_another_encoder_prefers(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    same_padding(monkeypatch)
    text = f"{URL}{number}"
    code = segno.make(text, error="m")
    assert qr_rows(text) == segno_rows(text, code.mask)


def test_a_text_that_fits_no_version_is_refused() -> None:
    assert len(qr_rows("x" * 213)) == 4 * len(CODEWORDS) + 17
    with pytest.raises(TooLong, match="214 bytes do not fit a QR code of version 10"):
        qr_rows("x" * 214)


def test_the_drawing_has_the_dark_modules_of_the_code() -> None:
    rows = qr_rows(URL)
    drawn = [["0"] * len(rows) for _ in rows]
    for left, top, strokes in re.findall(r"M(\d+) (\d+)\.5([^M]*)", str(qr_code(URL, "核对")).partition(' d="')[2]):
        x = int(left) - 2
        for step, length in re.findall(r"([hm])(\d+)", strokes):
            if step == "h":
                drawn[int(top) - 2][x : x + int(length)] = "1" * int(length)
            x += int(length)
    assert ["".join(row) for row in drawn] == rows
