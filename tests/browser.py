"""The demonstration site, built once for a test run, and one Chromium for each process that tests it."""

from __future__ import annotations

import fcntl
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, sync_playwright
from project import ROOT, TODAY, run
from search_site import FLAGS, serving
from selectolax.lexbor import LexborHTMLParser
from system_parts import needed

ADDRESS = "https://www.mingchuan.example/"
FINISHED = "built-completely"
PAGES: Mapping[str, str] = {
    "home": "",
    "guide": "guides/id-card-loss/",
    "guide-with-many-fees": "guides/hk-macao-endorsement/",
    "question": "guides/id-card-loss/cases/",
    "second-question": "guides/id-card-loss/cases/lost/",
    "case": "guides/id-card-loss/cases/lost--wait/",
    "elsewhere": "guides/passport-first/cases/held/",
    "withdrawn-guide": "guides/social-insurance-certificate/",
    "guides": "guides/",
    "bundles": "bundles/",
    "bundle": "bundles/retirement/",
    "bundle-with-cases": "bundles/restaurant-opening/",
    "bundle-question": "bundles/restaurant-opening/cases/individual/",
    "bundle-case": "bundles/restaurant-opening/cases/individual--yes/",
    "fees": "fees/",
    "fee": "fees/id-card/",
    "policies": "policies/",
    "policy": "policies/civil-code/",
    "repealed-policy": "policies/property-law-2007/",
    "disclosures": "disclosures/",
    "disclosure": "disclosures/affordable-housing-policy/",
    "departments": "departments/",
    "department": "departments/public-security/",
    "halls": "hall/",
    "hall": "hall/main/",
    "materials": "materials/",
    "material": "materials/id-card/",
    "announcements": "announcements/",
    "announcement": "announcements/winter-hours/",
    "expired-announcement": "announcements/mid-autumn-national-day-hours/",
    "filtered-guides": "guides/by/department-public-security/",
    "browse": "browse/",
    "browse-letters": "browse/a-z/",
    "browse-codes": "browse/codes/",
    "browse-departments": "browse/departments/",
    "browse-events": "browse/events/",
    "browse-topics": "browse/topics/",
    "browse-windows": "browse/windows/",
    "data": "data/",
    "search": "search/",
    "search-results": "search/?q=身份证",
    "search-answer": "search/?q=身份证丢了多少钱",
    "nothing-found": "search/?q=🛸🛸",
    "sitemap": "sitemap/",
    "verify": "verify/",
    "about": "about/",
    "accessibility": "accessibility/",
    "changes": "changes/",
    "changes-found": "changes/?class=fee&q=收费",
    "changes-of-class": "changes/fee/",
    "changes-of-department": "changes/departments/public-security/",
    "reports": "reports/",
    "report": "reports/government-2025/",
    "office": "office/",
    "rules": "office/rules/",
    "mistakes": "office/mistakes/",
    "districts": "districts/",
    "district": "d/willow-town/",
    "district-guide": "d/willow-town/guides/rural-homestead-building/",
    "openness-system": "disclosure/system/",
    "openness-reports": "disclosure/reports/",
    "openness": "disclosure/",
    "openness-statutory": "disclosure/statutory/",
    "not-found": "404.html",
}
"""One page of each sort, by a name for it."""
LOOKS = (
    *("home", "guide", "question", "case", "elsewhere", "withdrawn-guide", "bundle-with-cases", "bundle-case", "fees"),
    *("policy", "hall", "browse-letters", "search-results", "search-answer", "nothing-found", "verify", "about"),
    *("changes", "changes-found", "report", "rules", "mistakes"),
)
"""The pages among them that have styles of their own: enough for another ground or larger type."""
MEDIA: Mapping[str, str] = {
    "window": "hall/main/windows/a03/",
    "kiosk": "hall/main/kiosk/",
    "kiosk-guide": "hall/main/kiosk/guides/id-card-loss/",
    "kiosk-question": "hall/main/kiosk/guides/id-card-loss/cases/index.html",
    "kiosk-case": "hall/main/kiosk/guides/id-card-loss/cases/lost--wait/index.html",
    "kiosk-elsewhere": "hall/main/kiosk/guides/passport-first/cases/held/index.html",
    "kiosk-window": "hall/main/kiosk/windows/a03/",
    "kiosk-search": "hall/main/kiosk/search/",
    "handout": "handouts/id-card-loss/",
    "case-handout": "handouts/id-card-loss/lost--wait/",
    "checklist": "bundles/retirement/checklist/",
    "case-checklist": "bundles/restaurant-opening/cases/individual--yes/checklist/",
    "board": "hall/main/fees/",
    "board-screen": "hall/main/fees/screen/",
    "plan": "hall/main/plan/",
}
"""One of each medium of the hall, which have no frame of the site around them."""


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the demonstration site; the first process that asks builds it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / FINISHED).exists():
            done = run(ROOT, "build", "--site-dir", str(folder), "--as-of", TODAY)
            assert done.returncode == 0, done.stderr
            (shared / FINISHED).touch()
    return folder


@pytest.fixture(scope="session")
def parsed(site_folder: Path) -> Mapping[str, LexborHTMLParser]:
    """Return every HTML page of the site by its path."""
    files = sorted(site_folder.rglob("*.html"))
    return {file.relative_to(site_folder).as_posix(): LexborHTMLParser(file.read_bytes()) for file in files}


@pytest.fixture(scope="session")
def site_address(site_folder: Path) -> Iterator[str]:
    """Yield the address at which the site is served."""
    with serving(site_folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield the browser."""
    with started_chromium(needed("chromium")) as browser:
        yield browser


@contextmanager
def started_chromium(executable: str) -> Iterator[Browser]:
    """Start Chromium and stop it again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


class Reader:
    """Someone who reads the site, with troubles they met: script errors, broken requests, requests to other hosts."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.troubles: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda message: self._note(message.text, message.type in ("error", "warning")))
        self.page.on("request", self._watch)
        self.page.on("response", lambda answer: self._note(answer.url, answer.status >= 400))

    def _watch(self, request: Request) -> None:
        self._note(request.url, not request.url.startswith((self.address, "data:", "blob:")))

    def _note(self, what: str, wrong: bool) -> None:
        if wrong:
            self.troubles.append(what)

    def open(self, path: str) -> Page:
        """Open a page and wait until its scripts are done."""
        self.page.goto(f"{self.address}{path}")
        if path.startswith("search/"):
            self.page.wait_for_selector("#search-results[data-state=done]", state="attached")
        if path.startswith("changes/?"):
            self.page.wait_for_selector("#change-found:not([hidden])")
        return self.page


def viewport(width: int) -> ViewportSize:
    """Return the size of a screen of a width."""
    return {"width": width, "height": 640 if width < 600 else 900}


@contextmanager
def reading(
    browser: Browser, address: str, width: int = 1440, *, dark: bool = False, large: bool = False, **options: Any
) -> Iterator[Reader]:
    """Yield a reader with a screen of a width, on a dark ground or in large type; fail on troubles."""
    scheme = "dark" if dark else "light"
    with browser.new_context(locale="zh-CN", viewport=viewport(width), color_scheme=scheme, **options) as context:
        if large:
            context.add_init_script("localStorage.setItem('type', 'large')")
        reader = Reader(context, address)
        yield reader
    assert reader.troubles == []


@contextmanager
def taking_turns(page: Page, troubles: list[str]) -> Iterator[None]:
    """Lend a page to one test after the other: a browser context of its own costs each more than what it looks at.

    What a test has stored is forgotten after it, and troubles are its own.
    """
    del troubles[:]
    yield
    met = [*troubles]
    if page.url != "about:blank":
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.goto("about:blank")
    assert met == []


def printed(page: Page) -> list[str]:
    """Return the text of each printed page."""
    document = pypdfium2.PdfDocument(paper(page))
    return [sheet.get_textpage().get_text_bounded() for sheet in document]


def paper(page: Page) -> bytes:
    """Return the page as PDF, as the reader would print it."""
    return page.pdf(prefer_css_page_size=True)


def sheet_picture(pdf: bytes, number: int = 0, dots_per_inch: int = 96) -> Any:
    """Return a printed page as a picture."""
    picture = pypdfium2.PdfDocument(pdf)[number].render(scale=dots_per_inch / 72)
    return picture.to_pil()


def picture_of(png: bytes) -> Any:
    """Return a screenshot as a picture."""
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")
