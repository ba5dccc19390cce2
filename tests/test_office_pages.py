"""Every page for editors says so, leads to the others, and has their styles; no page for citizens leads to one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import run, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.render.office import OFFICE_PAGES

DRAFT = "status: 草稿\nname: 小证注销\n"
STYLES = "assets/office.css"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site with a draft, as a preview shows it."""
    folder: Path = tiny_project(tmp_path_factory.mktemp("office") / "project", {"items/guides/card-end.yml": DRAFT})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGCHUANG_PREVIEW", "1")
        done = run(folder, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def page_at(site: Path, address: str) -> LexborHTMLParser:
    """Return the page at an address."""
    return LexborHTMLParser((site / address / "index.html").read_bytes())


@pytest.mark.parametrize("address", [*(page.address for page in OFFICE_PAGES), "office/drafts"])
def test_a_page_for_editors_says_so_above_its_title(site: Path, address: str) -> None:
    page = page_at(site, address)
    main = page.css_first("main")
    assert main is not None
    assert [node.text(strip=True) for node in main.css(".office-bar > p:first-child")] == ["给编辑看的页面"]
    assert re.search(r"给编辑看的页面.*<h1", main.html or "", re.DOTALL)
    assert len(page.css("h1")) == 1
    robots = page.css_first("meta[name=robots]")
    assert robots is not None
    assert robots.attributes["content"] == "noindex"
    assert [link for link in page.css("link[rel=stylesheet]") if (link.attributes["href"] or "").endswith(STYLES)]


@pytest.mark.parametrize("number", range(1, len(OFFICE_PAGES)))
def test_a_page_for_editors_leads_to_the_others(site: Path, number: int) -> None:
    page = OFFICE_PAGES[number]
    bar = page_at(site, page.address).css(".office-bar nav a")
    assert [link.text() for link in bar] == [other.title for other in OFFICE_PAGES[1:]]
    assert [link.text() for link in bar if link.attributes.get("aria-current") == "page"] == [page.title]


def test_the_styles_of_editors_pages_are_loaded_there_only(site: Path) -> None:
    own = {f"{page.address}/index.html" for page in OFFICE_PAGES} | {"office/drafts/index.html"}
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*.html")}
    assert {path for path, file in files.items() if STYLES in file.read_text(encoding="utf-8")} == own


def test_the_list_of_drafts_tells_what_is_lacking_and_in_which_file(site: Path) -> None:
    (entry,) = page_at(site, "office/drafts").css(".drafts li")
    assert re.fullmatch(r"小证注销 办事指南 · 还缺 \d+ 项　items/guides/card-end.yml", entry.text().strip())
