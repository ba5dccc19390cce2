"""How the pages look: on screens of all widths, on a dark ground, in large type; each is opened once for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest
from accessibility import CONTRAST, RULES, SIZES, violations
from browser import LOOKS, MEDIA, PAGES, Reader, reading, viewport
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENOUGH_CONTRAST = 7
SMALLEST_TARGET = 44
PARTS = 2
"""Into how many tests the pages of a look are divided."""

# Lists every text with its contrast to what lies behind it, where that is less than it should be.
FAINT_TEXTS = """least => {
    const parse = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (node) => {
        for (let here = node; here; here = here.parentElement) {
            const colour = parse(getComputedStyle(here).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const faint = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent.trim().slice(0, 20);
        if (!text || !node.checkVisibility() || node.closest("svg, noscript, script")) continue;
        const [one, two] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((a, b) => b - a);
        const contrast = (one + 0.05) / (two + 0.05);
        if (contrast < least) faint.add(`${contrast.toFixed(2)} ${node.tagName}.${node.className}: ${text}`);
    }
    return [...faint];
}"""
# Lists what is pressed or leads on and is smaller than a fingertip; links in running text may be.
SMALL_TARGETS = """least => [...document.querySelectorAll(
    "button, input, summary, nav a, .jump a, .popular a, .words a, .brand, .search-option"
)].filter((node) => node.checkVisibility({visibilityProperty: true}) && !node.closest(".skip")).map((node) => {
    const box = (node.closest("label") || node).getBoundingClientRect();
    return [box.width, box.height, node.textContent.trim() || node.name || node.type];
}).filter(([width, height]) => Math.round(width) < least || Math.round(height) < least).map((one) => one.join(" "))"""
OVERFLOWING = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const beyond = (node) => node.getBoundingClientRect().right > root.clientWidth + 1;
    return [...document.querySelectorAll("body *")].filter((node) => beyond(node) && !node.closest(".nav, .plan"))
        .slice(0, 5).map((node) => `${node.tagName}.${node.className}`);
}"""
CHECKS: Mapping[str, Callable[[Page], list[str]]] = {
    "overflow": lambda page: page.evaluate(OVERFLOWING),
    "faint": lambda page: page.evaluate(FAINT_TEXTS, ENOUGH_CONTRAST),
    "fingertip": lambda page: page.evaluate(SMALL_TARGETS, SMALLEST_TARGET),
    "axe": lambda page: violations(page, RULES),
    "axe-contrast": lambda page: violations(page, CONTRAST),
    "axe-sizes": lambda page: violations(page, SIZES),
}
"""What is wrong with a page, by what is asked."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Pages, how they are shown, and what is asked at each width of the screen; at the first they are opened.

    No script of theirs asks for the width later than at the start, and then only to show the present column.
    """

    pages: Sequence[str]
    asked: Mapping[int, Sequence[str]]
    dark: bool = False
    large: bool = False


ON_A_PHONE = ("overflow", "fingertip", "axe")
SHOWN: Mapping[str, Look] = {
    "light": Look(
        pages=LOOKS,
        asked={360: ON_A_PHONE, 320: ["overflow"], 768: ["overflow"], 1440: ["overflow", "faint", "axe"]},
    ),
    "light-others": Look(pages=[name for name in PAGES if name not in LOOKS], asked={360: ON_A_PHONE}),
    # What the look can change. The button for the ground says at the start which there is: nothing for emulation.
    "dark": Look(pages=LOOKS, asked={1440: ["faint", "axe-contrast"], 360: ["axe-contrast"]}, dark=True),
    "large": Look(pages=LOOKS, asked={360: ["overflow", "axe-sizes"]}, large=True),
}


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_the_look_of_a_page(chromium: Browser, site_address: str, name: str, part: int) -> None:
    """Axe finds no violation; no page is wider than the screen; texts stand out; a fingertip meets what is pressed."""
    look = SHOWN[name]
    width = next(iter(look.asked))
    with reading(chromium, site_address, width, dark=look.dark, large=look.large) as reader:
        wrong = {key: said for page in look.pages[part::PARTS] for key, said in found(reader, page, look.asked) if said}
    assert wrong == {}


def found(reader: Reader, name: str, asked: Mapping[int, Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """Yield what each check finds at each width, with the names of page, width and check."""
    page = reader.open(PAGES[name])
    for width, checks in asked.items():
        page.set_viewport_size(viewport(width))
        for check in checks:
            yield f"{name} {width} {check}", CHECKS[check](page)
    page.set_viewport_size(viewport(next(iter(asked))))


def test_the_media_of_the_hall_have_no_violation_and_ask_no_other_host(chromium: Browser, site_address: str) -> None:
    """Opened as a machine of the hall opens them; a reader fails on errors and on requests to other hosts."""
    with reading(chromium, site_address) as reader:
        wrong = {name: violations(reader.open(address)) for name, address in MEDIA.items()}
    assert {name: broken for name, broken in wrong.items() if broken} == {}
