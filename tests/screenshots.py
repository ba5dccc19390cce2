"""The README's pictures, taken of the demonstration site: `python -m tests.screenshots [DIR]`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from browser import MEDIA, PAGES, paper, picture_of, reading, sheet_picture, started_chromium
from project import ROOT, TODAY, run
from search_site import serving
from system_parts import PARTS

HERE = Path(__file__).parent / "screenshots"
LARGEST = 120_000
COLOURS = (128, 64, 32, 16)


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture: which page, on which screen, or on paper."""

    page: str
    width: int = 1440
    height: int = 900
    dark: bool = False
    large: bool = False
    printed: bool = False


SHOTS: Mapping[str, Shot] = {
    "home-360": Shot(page="home", width=360, height=740),
    "home-1440": Shot(page="home"),
    "guide-360": Shot(page="guide", width=360, height=740),
    "guide-360-large": Shot(page="guide", width=360, height=740, large=True),
    "guide-1440": Shot(page="guide"),
    "guide-1440-dark": Shot(page="guide", dark=True),
    "case-360": Shot(page="case", width=360, height=740),
    "bundle-1440": Shot(page="bundle-case"),
    "guide-print": Shot(page="guide", printed=True),
    "fees-1440": Shot(page="fees"),
    "search-360": Shot(page="search-answer", width=360, height=740),
    "hall-1440": Shot(page="hall", height=1500),
    "verify-360": Shot(page="verify", width=360, height=740),
    "window-1920": Shot(page="window", width=1920, height=1080),
    "kiosk-1080": Shot(page="kiosk", width=1080, height=1920),
    "board-screen-1920": Shot(page="board-screen", width=1920, height=1080),
    "handout-print": Shot(page="handout", printed=True),
    "board-print": Shot(page="board", printed=True),
}


def main(arguments: list[str]) -> int:
    """Build the site, take every picture and write it as a small PNG."""
    folder = Path(arguments[0]) if arguments else HERE
    folder.mkdir(parents=True, exist_ok=True)
    executable = PARTS["chromium"].find()
    if executable is None:
        print(f"Chromium is missing: {PARTS['chromium'].command()}", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "site"
        done = run(ROOT, "build", "--site-dir", str(site), "--as-of", TODAY)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return done.returncode
        with serving(site) as address, started_chromium(executable) as browser:
            for name, shot in SHOTS.items():
                with reading(browser, address, shot.width, dark=shot.dark, large=shot.large) as reader:
                    reader.page.set_viewport_size({"width": shot.width, "height": shot.height})
                    page = reader.open({**PAGES, **MEDIA}[shot.page])
                    picture = sheet_picture(paper(page)) if shot.printed else picture_of(page.screenshot())
                size = save(picture, folder / f"{name}.png")
                print(f"{name}.png {picture.width}×{picture.height} {size // 1000} kB")
    return 0


def save(picture: Any, file: Path) -> int:
    """Write a picture with as many colours as its size allows, and return its size."""
    for colours in COLOURS:
        picture.quantize(colours, dither=0).save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            break
    return file.stat().st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
