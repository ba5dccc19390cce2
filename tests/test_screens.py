"""Window screens in a real browser: nothing is cut, lists page, and the last good content stays whatever happens."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from project import FILES, run, tiny_project
from selectolax.lexbor import LexborHTMLParser

SIZES = ((1920, 1080), (1080, 1920), (800, 480))
MORNING = "2026-11-23T10:00:00+08:00"
PAGE_SECONDS = 12
# What is cut: the document scrolls, an entry reaches beyond its list, or a text beyond the screen.
CUT = """() => {
  const root = document.documentElement;
  const found = [];
  for (const part of [root, document.body]) {
    if (part.scrollWidth > root.clientWidth) found.push("screen: wide");
    if (part.scrollHeight > root.clientHeight) found.push("screen: high");
  }
  const beside = (box, room) => box.left > room.left - 1 && box.right < room.right + 1;
  const inside = (box, room) => beside(box, room) && box.top > room.top - 1 && box.bottom < room.bottom + 1;
  const whole = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  for (const text of document.querySelectorAll("h1, h2, p, li, li span, .heads span, .spans span")) {
    if (!text.offsetParent) continue;
    const box = text.getBoundingClientRect();
    const list = text.closest("[data-paged], .purpose, .handled, header, footer, .changes");
    const room = list ? list.getBoundingClientRect() : whole;
    // The box of a text within a line is as high as its font, which has room above and below every character.
    const fits = getComputedStyle(text).display === "inline" ? beside : inside;
    if (!fits(box, room) || !inside(room, whole)) found.push(`${list?.className || "screen"}: ${text.textContent}`);
    if (text.scrollWidth > text.clientWidth + 1 && text.clientWidth) found.push(`wide: ${text.textContent}`);
  }
  return found;
}"""
VISIBLE = """(selector) => [...document.querySelectorAll(selector)].filter((entry) => entry.offsetParent)
  .map((entry) => entry.textContent)"""
SIZE_OF = "(selector) => parseFloat(getComputedStyle(document.querySelector(selector)).fontSize) / innerHeight"

LONG_NAME = "建设项目环境影响评价文件审批及其重大变动重新审核（海洋工程、核与辐射类除外）"[:36]


def guide(number: int, name: str) -> str:
    """Return a further guide for window A01."""
    text = FILES["items/guides/card-renewal.yml"].replace("XQ-0101", f"XQ-02{number:02}")
    return text.replace("name: 小证期满换领", f"name: {name}", 1).replace("aliases: [小证到期, 换小证]\n", "")


def long_project(folder: Path) -> Path:
    """Lay down a project whose texts are as long as the checks allow, and build its site; return the site's folder."""
    names = [f"{'证' * 34}{number:02}" for number in range(3)] + ["a1" * 36, LONG_NAME, "小证查询", "小证注销"]
    guides = {f"items/guides/long-{number}.yml": guide(number, name) for number, name in enumerate(names)}
    hall = FILES["items/hall/main.yml"].replace("证件办理", "字" * 18).replace("no: A01", "no: A901")
    guides = {path: text.replace("A01, A02", "A901") for path, text in guides.items()}
    files = {
        **guides,
        "items/hall/main.yml": hall,
        "items/guides/card-renewal.yml": FILES["items/guides/card-renewal.yml"].replace("A01, A02", "A901"),
        "items/departments/police.yml": FILES["items/departments/police.yml"]
        .replace("小区公安局", "局" * 14)
        .replace("short_name: 公安局", f"short_name: {'局' * 14}"),
    }
    return built(tiny_project(folder, files))


def built(project: Path) -> Path:
    """Build a project and return the folder of its site."""
    done = run(project, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return project / "site"


@pytest.fixture(scope="module")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the small project."""
    return built(tiny_project(tmp_path_factory.mktemp("screens") / "project"))


@contextmanager
def screen(browser: Browser, address: str, when: str = MORNING, size: tuple[int, int] = SIZES[2]) -> Iterator[Page]:
    """Yield a screen at a moment, on a machine whose zone is wrong."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    with browser.new_context(viewport=viewport, timezone_id="America/New_York") as context:
        page = context.new_page()
        page.clock.install(time=datetime.fromisoformat(when))
        page.goto(address)
        yield page


def address_of(site: Path, no: str) -> str:
    """Return the address from which a machine without network opens a screen."""
    return (site / f"hall/main/windows/{no}/index.html").as_uri()


def test_nothing_is_cut_on_any_screen_of_the_demonstration(chromium: Browser, site_folder: Path) -> None:
    pages = sorted((site_folder / "hall/main/windows").glob("*/index.html"))
    assert len(pages) == 37
    wrong = []
    with screen(chromium, pages[0].as_uri()) as page:
        for file in pages:
            page.goto(file.as_uri())
            for size in SIZES:
                wrong += [(file.parent.name, size, *found) for found in unfit(page, size)]
    assert wrong == []


def test_texts_as_long_as_the_checks_allow_are_not_cut(chromium: Browser, tmp_path: Path) -> None:
    site = long_project(tmp_path / "project")
    with screen(chromium, address_of(site, "a901")) as page:
        assert [found for size in SIZES for found in unfit(page, size)] == []
        page.clock.set_system_time(datetime.fromisoformat("2027-06-01T10:00:00+08:00"))
        page.clock.run_for(10_000)
        assert page.locator(".screen-notice").is_visible()
        assert [found for size in SIZES for found in unfit(page, size)] == []


def unfit(page: Page, size: tuple[int, int]) -> list[tuple[str, ...]]:
    """Return what is cut at a size while the lists page through, and guides that never come."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("dispatchEvent(new Event('resize'))")  # the browser's own comes with the next frame
    waiting = set(page.evaluate("() => [...document.querySelectorAll('.guide')].map((entry) => entry.textContent)"))
    found = []
    for _ in range(12):
        found += [("cut", entry) for entry in page.evaluate(CUT)]
        waiting -= set(page.evaluate(VISIBLE, ".guide"))
        if not waiting:
            break
        page.clock.run_for(PAGE_SECONDS * 1000)
    return found + [("never shown", name) for name in sorted(waiting)]


@pytest.mark.parametrize("size", SIZES)
def test_the_screen_is_legible_from_five_metres(chromium: Browser, tiny_site: Path, size: tuple[int, int]) -> None:
    with screen(chromium, address_of(tiny_site, "a01"), size=size) as page:
        share = {name: page.evaluate(SIZE_OF, name) for name in (".number", "h1", ".guide", ".cell", ".hours li")}
    assert share[".number"] * 0.73 > 0.05  # the height of its capitals
    assert share["h1"] > (0.05 if size[0] > size[1] else 0.034)
    assert share[".guide"] * 0.9 > (0.05 if size[0] > size[1] else 0.034)  # the height of a character
    assert share[".cell"] > 0.028
    assert share[".hours li"] * size[1] > 12


def test_a_long_list_pages_every_twelve_seconds(chromium: Browser, site_folder: Path) -> None:
    with screen(chromium, address_of(site_folder, "a03")) as page:
        count = page.locator(".handled .page-count")
        assert count.text_content() == "1/2"
        first = page.evaluate(VISIBLE, ".guide")
        page.clock.run_for(PAGE_SECONDS * 1000)
        assert count.text_content() == "2/2"
        second = page.evaluate(VISIBLE, ".guide")
        page.clock.run_for(PAGE_SECONDS * 1000)
        assert page.evaluate(VISIBLE, ".guide") == first
    assert first + second == [
        *("居民身份证损坏换领", "居民身份证首次申领", "居民身份证丢失补领", "居民身份证期满换领"),
        *("居住证申领", "居住证签注", "临时居民身份证申领"),
    ]


def test_without_script_the_whole_list_can_be_read(chromium: Browser, site_folder: Path) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 800, "height": 480}) as context:
        page = context.new_page()
        page.goto(address_of(site_folder, "a03"))
        assert page.locator(".guide:visible").count() == 7
        assert page.locator(".hours li:visible").count() == 3
        assert page.locator(".screen-notice").is_hidden()


@pytest.mark.parametrize(
    ("when", "state", "night"),
    [
        ("2026-11-23T08:59:00+08:00", "现在休息", False),
        ("2026-11-23T09:00:00+08:00", "现在办理", False),
        ("2026-11-23T12:00:00+08:00", "现在休息", False),
        ("2026-11-23T18:00:00+08:00", "现在休息", True),
        ("2026-11-28T10:00:00+08:00", "部分窗口办理", False),
        ("2026-11-29T10:00:00+08:00", "现在休息", False),
    ],
)
def test_it_says_whether_the_window_serves_now(
    chromium: Browser, site_folder: Path, when: str, state: str, night: bool
) -> None:
    with screen(chromium, address_of(site_folder, "a03"), when) as page:
        assert page.locator("[data-state]").text_content() == state
        assert page.evaluate("document.documentElement.classList.contains('night')") is night


def test_it_says_so_itself_when_its_content_has_run_out(chromium: Browser, tiny_site: Path) -> None:
    with screen(chromium, address_of(tiny_site, "a01"), "2026-12-31T23:59:55+08:00") as page:
        assert page.locator(".screen-notice").is_hidden()
        page.clock.run_for(10_000)
        assert page.locator(".screen-notice").is_visible()
        said = page.locator(".screen-notice").text_content()
    assert said == "屏幕内容已过期（有效到 2026年12月31日），请以窗口告知为准"


def test_a_new_rate_is_announced(tiny_site: Path) -> None:
    page = LexborHTMLParser((tiny_site / "hall/main/windows/a01/index.html").read_text(encoding="utf-8"))
    notices = [node.text(deep=True).strip() for node in page.css(".changes li")]
    assert notices == ["2027年1月1日起，小证期满换领（期满换领）收费改为 15 元/证"]


def test_a_last_day_is_announced_and_a_far_change_is_not(tmp_path: Path) -> None:
    ends = FILES["items/guides/card-renewal.yml"] + "planned_end: 2026-12-20\n"
    config = FILES["mkdocs.yml"] + "    announce_days: 30\n"
    site = built(tiny_project(tmp_path / "project", {"items/guides/card-renewal.yml": ends, "mkdocs.yml": config}))
    page = LexborHTMLParser((site / "hall/main/windows/a02/index.html").read_text(encoding="utf-8"))
    notices = [node.text(deep=True).strip() for node in page.css(".changes li")]
    assert notices == ["小证期满换领办到 2026年12月20日为止"]


class Network:
    """A server of one screen that can be made to fail in the ways of a hall's network."""

    def __init__(self, html: str) -> None:
        self.status, self.html = 200, html
        self.asked = 0

    def answer(self, request: BaseHTTPRequestHandler, assets: Path) -> None:
        """Answer a request."""
        if "/assets/" in request.path:
            body, status = (assets / request.path.rpartition("/")[2]).read_bytes(), 200
        else:
            self.asked += 1
            body, status = self.html.encode(), self.status
        request.send_response(status)
        sorts = {"css": "text/css", "js": "text/javascript"}
        request.send_header("Content-Type", sorts.get(request.path.rpartition(".")[2], "text/html; charset=utf-8"))
        request.end_headers()
        request.wfile.write(body)


@pytest.fixture
def network(tiny_site: Path) -> Iterator[tuple[Network, str]]:
    """Yield a network that serves window A01, asked four times a second, and the screen's address."""
    html = (tiny_site / "hall/main/windows/a01/index.html").read_text(encoding="utf-8")
    html = html.replace("<html ", '<html data-poll="0.25" ', 1).replace(' data-worker="../worker.js"', "")
    state = Network(html)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.answer(self, tiny_site / "assets")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield state, f"http://127.0.0.1:{server.server_port}/hall/main/windows/a01/index.html"
        server.shutdown()


def wait_for_answers(page: Page, network: Network, count: int = 5) -> None:
    """Wait until the screen has asked so many times more."""
    until = network.asked + count
    while network.asked < until:
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)


def test_a_new_version_takes_the_place_of_the_old(chromium: Browser, network: tuple[Network, str]) -> None:
    state, address = network
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate("document.body.dataset.old = 'yes'")
        wait_for_answers(page, state, 2)
        assert page.evaluate("document.body.dataset.old") == "yes"  # the same text again is not put in
        state.html = state.html.replace("20 元/证", "33 元/证").replace("2026-12-31", "2020-01-01")
        wait_for_answers(page, state, 2)
        assert page.evaluate(VISIBLE, ".cell") == ["费用 33 元/证", "多久 15 个工作日"]
        assert page.locator(".screen-notice").is_visible()
        assert page.evaluate("document.body.dataset.old") is None


FAILURES = {
    "an error of the server": (502, "<html><body>Bad Gateway</body></html>"),
    "a captive portal": (200, "<!doctype html><html><body>请登录无线网络</body></html>"),
    "an empty answer": (200, ""),
    "half a document": (200, ""),
    "another window's screen": (200, ""),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_the_last_good_content_stays(chromium: Browser, network: tuple[Network, str], failure: str) -> None:
    state, address = network
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        good, before = state.html, page.evaluate(VISIBLE, "h1, li, p")
        broken = {
            "half a document": good.replace("20 元", "99 元")[: len(good) * 2 // 3],
            "another window's screen": good.replace("windows/a01", "windows/a02").replace("20 元", "99 元"),
        }
        state.status, state.html = FAILURES[failure][0], broken.get(failure, FAILURES[failure][1])
        wait_for_answers(page, state)
        assert page.evaluate(VISIBLE, "h1, li, p:not(.screen-offline)") == before
        assert page.locator(".screen-offline").text_content() == "未连上网，显示的是 2026年11月23日的内容"
        state.status, state.html = 200, good
        wait_for_answers(page, state, 2)
        assert page.locator(".screen-offline").count() == 0


def test_a_cut_network_leaves_the_content(chromium: Browser, network: tuple[Network, str]) -> None:
    _, address = network
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        before = page.evaluate(VISIBLE, "h1, li, p")
        context.set_offline(True)
        page.wait_for_selector(".screen-offline")
        assert page.evaluate(VISIBLE, "h1, li, p:not(.screen-offline)") == before


def test_it_asks_a_minute_after_midnight(chromium: Browser, network: tuple[Network, str]) -> None:
    state, address = network
    state.html = state.html.replace('data-poll="0.25"', 'data-poll="86400"')
    with screen(chromium, address, "2026-11-23T23:59:30+08:00") as page:
        page.clock.run_for(60_000)
        page.wait_for_timeout(300)
        assert state.asked == 1  # when it was opened
        for _ in range(60):  # in small steps: a minute at once would be over before the real request is answered
            page.clock.run_for(1_000)
            page.wait_for_timeout(200)
            if state.asked == 2:
                break
        assert state.asked == 2


def test_a_screen_names_the_machine_readable_facts_it_shows(tiny_site: Path) -> None:
    page = LexborHTMLParser((tiny_site / "hall/main/windows/a01/index.html").read_text(encoding="utf-8"))
    shown = {node.attributes["data-fact"] for node in page.css("[data-fact]")}
    assert shown >= {
        *("hall/main#windows.A01.no", "hall/main#windows.A01.name", "hall/main#hours.1", "hall/main#phone"),
        *("hall/main#complaint_phone", "departments/police#short_name", "guides/card-renewal#name"),
        *("guides/card-renewal#fee.amount", "guides/card-renewal#time.promised"),
    }


def test_the_limited_calendar_has_only_days_that_are_else_closed(site_folder: Path) -> None:
    page = LexborHTMLParser((site_folder / "hall/main/windows/a09/index.html").read_text(encoding="utf-8"))
    (place,) = page.css("[data-calendar]")
    opening = place.attributes
    full, limited = json.loads(opening["data-calendar"] or ""), json.loads(opening["data-limited"] or "")
    assert limited["2026-11-28"] == ["09:00-12:00"]
    assert [day for day in limited if full[day]] == []
