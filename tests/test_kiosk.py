"""The touch-screen of a hall: where its pages lead, how it looks and feels under a finger, and what it finds."""

from __future__ import annotations

import json
import posixpath
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser import printed, taking_turns
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, Request
from project import read, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.render.kiosk import kiosk_paths, kiosk_units, kiosks
from generator.render.pinyin import READINGS_A_CHARACTER, initial, spelling
from generator.render.site import Site
from generator.settings import Settings
from generator.verify import compare_page, sheets_of

Opened = tuple[Page, list[str]]
"""A page, and what goes wrong there."""
ROOT = Path(__file__).parent.parent
KIOSK = "hall/main/kiosk"
SIZES = ((1080, 1920), (1920, 1080), (1280, 800))
GUIDE = f"{KIOSK}/guides/id-card-loss/index.html"
SEVERAL = [
    *("", "departments/", "departments/department-public-security/", "windows/", "windows/a01/", "floors/2/"),
    *("guides/id-card-loss/", "search/"),
]


def site_of(catalogue: Catalogue) -> Site:
    settings = Settings(
        root=ROOT, name="小区政务公开", url="https://www.small.example/", district="小区", host="小区人民政府办公室",
        phone="0123-5550100", code="9901990001", main_hall="main", popular=("card-renewal",),
    )  # fmt: skip
    valid_until = date(2026, 12, 31)
    return Site(catalogue=catalogue, settings=settings, theme=ROOT / "site_theme", shells={}, valid_until=valid_until)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return all files of the small project's touch-screen by path."""
    site = site_of(read(tiny_project(tmp_path_factory.mktemp("kiosk") / "project")))
    return {output.path: output.data.decode() for unit in kiosk_units(site) for output in unit.make(site)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, site_folder: Path) -> Path:
    """Return the touch-screen's files of the demonstration and what they use, copied out of the site."""
    pack = tmp_path_factory.mktemp("pack")
    for part in (KIOSK, "assets", "handouts"):
        if (site_folder / part).exists():
            shutil.copytree(site_folder / part, pack / part)
    notice = pack / "handouts/id-card-loss/index.html"
    if not notice.exists():
        notice.parent.mkdir(parents=True)
        notice.write_text("<!doctype html><meta charset='utf-8'><p>一次性告知单</p>", encoding="utf-8")
    return pack


@pytest.fixture(scope="module")
def touch_screens(chromium: Browser) -> Iterator[Callable[[int, int], Opened]]:
    """Yield a function that returns the page of a touch-screen's size, and what went wrong there."""
    with ExitStack() as kept:
        yield cache(lambda width, height: kept.enter_context(opened(chromium, width, height)))


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def screen(request: pytest.FixtureRequest, touch_screens: Callable[[int, int], Opened]) -> Iterator[Page]:
    """Yield a page of a touch-screen's size; fail where a script does."""
    page, troubles = touch_screens(*request.param)
    with taking_turns(page, troubles):
        yield page


@pytest.fixture
def page(touch_screens: Callable[[int, int], Opened]) -> Iterator[Page]:
    """Yield a page of the usual size."""
    page, troubles = touch_screens(1080, 1920)
    with taking_turns(page, troubles):
        yield page


@pytest.fixture
def own_page(chromium: Browser) -> Iterator[Page]:
    """Yield a page of the usual size for a test that gives it another time, which would stay."""
    with opened(chromium, 1080, 1920) as (page, troubles):
        yield page
    assert troubles == []


@contextmanager
def opened(chromium: Browser, width: int, height: int) -> Iterator[Opened]:
    """Yield a page of a size and the list of what goes wrong there."""
    troubles: list[str] = []
    with chromium.new_context(locale="zh-CN", viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("requestfailed", lambda asked: troubles.extend(_real_failures(asked)))
        yield page, troubles


def _real_failures(asked: Request) -> list[str]:
    """Return the address of a failed request, unless leaving the page has cut it short."""
    return [] if "ABORTED" in (asked.failure or "") else [asked.url]


def url(folder: Path, inner: str) -> str:
    return (folder / KIOSK / inner / "index.html").as_uri()


def test_every_link_stays_below_the_kiosk_or_leads_to_a_handout_or_an_asset_and_ends_in_a_file(
    pages: Mapping[str, str],
) -> None:
    wrong, count = [], 0
    for path, text in pages.items():
        if not path.endswith(".html"):
            continue
        for node in LexborHTMLParser(text).css("[href], [src], [action]"):
            target = next(node.attributes[name] or "" for name in ("href", "src", "action") if name in node.attributes)
            count += 1
            if target.startswith("#"):
                continue
            full = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            in_kiosk = full in pages
            beside = full == "handouts/card-renewal/index.html" or (ROOT / "site_theme" / full).is_file()
            if not (in_kiosk or (beside and full.startswith(("handouts/", "assets/")))) or node.attributes.get(
                "target"
            ):
                wrong.append(f"{path}: {target}")
    assert wrong == []
    assert count >= 100


def test_pages_need_no_script_to_be_read_and_have_no_inline_script(pages: Mapping[str, str]) -> None:
    for path, text in pages.items():
        for script in LexborHTMLParser(text).css("script") if path.endswith(".html") else ():
            assert (script.text(), "src" in script.attributes, script.attributes.get("type")) == ("", True, None), path
        assert " onclick=" not in text


def test_the_list_of_files_names_exactly_what_is_made(pages: Mapping[str, str], tmp_path: Path) -> None:
    kiosk = kiosks(site_of(read(tiny_project(tmp_path / "project"))))[0]
    assert sorted(f"{KIOSK}/{path}" for path in kiosk_paths(kiosk)) == sorted(pages)


def test_every_fact_shown_is_the_source_s_and_a_guide_shows_its_answers(
    pages: Mapping[str, str], tmp_path: Path
) -> None:
    sheets = sheets_of(read(tiny_project(tmp_path / "project")))
    counts = {}
    for path, text in pages.items():
        if path.endswith(".html"):
            counts[path], differences = compare_page(text, path, sheets)
            assert differences == []
    guide = LexborHTMLParser(pages[f"{KIOSK}/guides/card-renewal/index.html"])
    answers = [" ".join(node.text().split()) for node in guide.css(".answers .answer")]
    assert answers == ["20 元/证", "15 个工作日", "1 次", "1 楼 A01、A02"]
    assert [node.text() for node in guide.css(".answer-side .alert")] == ["2027年1月1日起，期满换领收费改为 15 元/证。"]
    assert counts[f"{KIOSK}/guides/card-renewal/index.html"] > 40


def test_a_guide_shows_every_fact_that_a_visitor_can_use(pages: Mapping[str, str], tmp_path: Path) -> None:
    """What it leaves out is for other media: codes, addresses of pages, files, how the office keeps the text."""
    sheet = sheets_of(read(tiny_project(tmp_path / "project")))["guides/card-renewal"]
    shown = {
        node.attributes["data-fact"]
        for node in LexborHTMLParser(pages[f"{KIOSK}/guides/card-renewal/index.html"]).css("[data-fact]")
    }
    left_out = {path for path, fact in sheet.facts.items() if fact.key not in shown}
    assert left_out == {
        *("body.level", "body.nature", "body.power", "events.1", "handling.forms.1", "handling.kind", "handling.scope"),
        *("hall", "online.available", "owner", "person_topics.1", "place.transit", "review_by", "status"),
        *("basis.1.checked", "materials.small-card.exempt", "result.material", "result.sample.path"),
        *("result.sample.title", "bring.brief"),
    }


def test_withdrawn_guides_and_those_of_other_halls_are_left_out(make_catalogue: Any) -> None:
    snippets = {
        "guides/gone": "name: 小证注销\nstatus: 取消\ncodes: {local: XQ-0102}\n",
        "guides/elsewhere": "name: 小证年审\n# without hall\n# without windows\ncodes: {local: XQ-0103}\n"
        "visit: {count: 1, place: 东街 1 号, hours: 工作日 09:00–12:00}\n",
    }
    site = site_of(make_catalogue(snippets).catalogue)
    assert [sheet.item.id for sheet in kiosks(site)[0].guides] == ["card-renewal"]
    assert not any("小证注销" in output.data.decode() for unit in kiosk_units(site) for output in unit.make(site))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("身份证", "shen fen zheng"),
        ("重庆银行", "chong qing yin hang"),
        ("朝阳", "chao/zhao yang"),
        ("还款", "huan kuan"),
        ("会计从业", "kuai ji cong ye"),
        ("行政许可", "xing zheng xu ke"),
        ("律师", "lv/lu shi"),
        ("A07 综合窗口", "a 0 7 zong he chuang/cong kou"),
        ("“一次性”（Ｂ类）", "yi ci xing b lei"),
    ],
)
def test_names_are_spelled_as_phrases_are_read(name: str, expected: str) -> None:
    assert spelling(name) == expected


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_text_is_spelled_in_bounded_readings_of_letters_and_digits(text: str) -> None:
    syllables = spelling(text).split()
    assert all(part.isalnum() or "/" in part for part in syllables)
    assert all(len(part.split("/")) <= 2 * READINGS_A_CHARACTER for part in syllables)
    assert len(initial(text)) == 1


@pytest.mark.parametrize(("name", "letter"), [("身份证", "S"), ("“一件事”", "Y"), ("12345 热线", "0"), ("！", "#")])
def test_names_are_filed_under_their_first_letter(name: str, letter: str) -> None:
    assert initial(name) == letter


SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input")]
  .filter((node) => node.getClientRects().length)
  .map((node) => [node.textContent.trim() || node.id, node.getBoundingClientRect()])
  .filter(([, box]) => box.width < 60 || box.height < 60).map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
SMALL_TYPE = """() => [...document.querySelectorAll("body *:not(svg *)")]
  .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
  .filter((node) => node.getClientRects().length && parseFloat(getComputedStyle(node).fontSize) < 24)
  .map((node) => node.textContent)"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


def test_targets_are_wide_enough_for_a_finger_and_type_is_large(screen: Page, folder: Path) -> None:
    for inner in SEVERAL:
        screen.goto(url(folder, inner))
        assert (inner, screen.evaluate(SMALL_TARGETS)) == (inner, [])
        assert (inner, screen.evaluate(SMALL_TYPE)) == (inner, [])
        assert (inner, screen.evaluate(TOO_WIDE)) == (inner, False)


def test_the_start_shows_everything_at_once(screen: Page, folder: Path) -> None:
    screen.goto(url(folder, ""))
    assert screen.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert [screen.is_visible(name) for name in (".bar", ".head-clock", ".way-search a")] == [False, True, True]


def test_without_script_everything_can_be_reached_and_read(chromium: Browser, folder: Path) -> None:
    with chromium.new_context(java_script_enabled=False, viewport={"width": 1080, "height": 1920}) as context:
        page = context.new_page()
        page.goto(url(folder, ""))
        page.click(".way-search a")
        page.click("#all a >> text=居民身份证丢失补领")
        assert page.inner_text(".answers .answer >> nth=0") == "40 元/证"
        assert (page.get_attribute(".print", "href") or "").endswith("/handouts/id-card-loss/index.html")
        page.click(".bar-home")
        assert page.url == url(folder, "")
        page.click("text=按部门")
        page.click(".tiles a >> nth=0")
        page.click(".bar-back")
        assert page.url == url(folder, "departments")


def test_from_a_file_the_notice_alone_is_printed(page: Page, folder: Path) -> None:
    page.goto(url(folder, "guides/id-card-loss"))
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.click(".print")
    page.wait_for_function("document.querySelector('.print').textContent === '已送去打印'")
    assert page.evaluate("window.printed") == 1
    assert page.url == url(folder, "guides/id-card-loss")
    paper = "".join(printed(page))
    assert ("告知单" in paper, "返回首页" in paper) == (True, False)


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ("sfz", "居民身份证丢失补领"),
        ("jmsfzds", "居民身份证丢失补领"),
        ("jumin", "居民身份证丢失补领"),
        ("sfenzhengdiu", "居民身份证丢失补领"),
        ("gssl", "公司设立登记"),
        ("hzsc", "普通护照首次申领"),
    ],
)
def test_search_from_a_file_finds_by_initials_pinyin_and_mixtures(
    page: Page, folder: Path, keys: str, first: str
) -> None:
    page.goto(url(folder, "search"))
    for key in keys:
        page.click(f"[data-key={key}]")
    names = page.locator("#results .row-name").all_inner_texts()
    assert first in names
    assert page.locator("#q").input_value() == keys.upper()


ASK = """queries => queries.map((query) => {
  const input = document.getElementById("q");
  input.value = query;
  input.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll("#results li")].map((row) => row.dataset.result);
})"""


def test_every_guide_is_found_by_its_initials_its_full_pinyin_its_aliases_and_its_code(
    page: Page, folder: Path
) -> None:
    script = (folder / KIOSK / "lookup.js").read_text(encoding="utf-8")
    lookup = json.loads(script.removeprefix("window.tongchuangLookup=").removesuffix(";\n"))
    asked = []
    for entry in lookup["entries"]:
        asked += [(key[:40], entry["p"]) for key in entry["x"]]
        for name in (entry["n"], *entry.get("a", ())):
            readings = [syllable.split("/")[0] for syllable in spelling(name).split()]
            asked += [("".join(readings)[:40], entry["p"]), ("".join(r[0] for r in readings), entry["p"])]
    page.goto(url(folder, "search"))
    found = page.evaluate(ASK, [query for query, _ in asked])
    missed = [pair for pair, paths in zip(asked, found, strict=True) if pair[1] not in paths and len(paths) < 40]
    assert len(asked) > 300
    assert missed == []


def test_names_that_begin_with_the_keys_come_first_then_those_that_have_them_then_other_names(
    chromium: Browser, tmp_path: Path
) -> None:
    """The guides are in the order of their files: the alias first, so that only the rank can put it last."""
    shutil.copytree(ROOT / "site_theme/assets", tmp_path / "assets")
    site = site_of(read(tiny_project(tmp_path / "project")))
    for output in (output for unit in kiosk_units(site) for output in unit.make(site)):
        (tmp_path / output.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / output.path).write_bytes(output.data)
    lookup = {
        "kinds": [["guides", "办事指南"]],
        "values": {},
        "readings": {"hu": "护", "zhao": "照", "huan": "换", "fa": "发", "shou": "首", "ci": "次", "shen": "申"},
        "entries": [
            {"p": "guides/a", "k": 0, "n": "乙事登记", "a": ["代办护照"]},
            {"p": "guides/b", "k": 0, "n": "普通护照首次申领", "x": ["A07"]},
            {"p": "guides/c", "k": 0, "n": "护照换发"},
        ],
    }
    script = f"window.tongchuangLookup={json.dumps(lookup)};"
    (tmp_path / KIOSK / "lookup.js").write_text(script, encoding="utf-8")
    with opened(chromium, 1080, 1920) as (page, troubles):
        page.goto(url(tmp_path, "search"))
        found = page.evaluate(ASK, ["hz", "护照", "HUZHAO", "a07", "hzhf", "zzz"])
    assert troubles == []
    order = ["guides/c", "guides/b", "guides/a"]
    assert found == [order, order, order, ["guides/b"], ["guides/c"], []]


def test_a_question_is_answered_with_the_fact_and_a_slip_is_put_right(page: Page, folder: Path) -> None:
    page.goto(url(folder, "search"))
    page.fill("#q", "身份证丢了多少钱")
    answer = page.locator(".found-answer")
    assert answer.get_attribute("data-answer") == "guides/id-card-loss#fee.amount"
    assert answer.inner_text() == "居民身份证丢失补领 收费标准：40 元/证"
    page.fill("#q", "居民身份正")
    assert page.inner_text(".found-count").startswith("按「居民身份证」找到 ")
    assert answer.is_hidden()


def test_search_takes_chinese_deletes_clears_marks_facts_and_leads_to_the_guide(page: Page, folder: Path) -> None:
    page.goto(url(folder, "search"))
    page.fill("#q", "身份证丢失")
    fee = page.locator("#results [data-fact='guides/id-card-loss#fee.amount']")
    assert (fee.get_attribute("data-value"), fee.inner_text()) == ("40", "40 元/证")
    page.click("#results a")
    assert page.url == url(folder, "guides/id-card-loss")
    page.click(".bar-back")
    page.wait_for_url(url(folder, "search"))
    assert page.input_value("#q") == "身份证丢失"  # what was asked is still there for who comes back
    page.click("[data-key=delete]")
    assert page.input_value("#q") == "身份证丢"
    page.click("[data-key=clear]")
    assert page.locator("#all").is_visible()
    page.fill("#q", "🛸")
    assert page.inner_text(".found-count") == "没有找到。删掉几个字母再试，或者到总服务台问。"


def test_nobody_there_warns_and_comes_back_to_an_empty_start(own_page: Page, folder: Path) -> None:
    page = own_page
    page.add_init_script(
        "document.addEventListener('readystatechange', () => { document.documentElement.dataset.idle = '3'; })"
    )
    page.goto(url(folder, "search"))
    page.fill("#q", "身份证")
    page.locator(".idle").wait_for()
    page.click(".idle-stay")
    assert (page.url, page.locator(".idle").is_visible()) == (url(folder, "search"), False)
    page.wait_for_url(url(folder, ""))
    page.goto(url(folder, "search"))
    assert page.input_value("#q") == ""
    page.goto(url(folder, "guides/id-card-loss"))
    page.click(".bar-back")  # the visitor before is forgotten: back to where this one came from
    page.wait_for_url(url(folder, "search"))


def test_there_is_no_way_out_and_no_menu(page: Page, folder: Path) -> None:
    page.goto(url(folder, "guides/id-card-loss"))
    page.evaluate("""() => {
      for (const [id, href] of [["out", "https://elsewhere.example/"], ["up", "../../../../../index.html"]]) {
        const link = document.createElement("a");
        Object.assign(link, { id, href, textContent: "外面" });
        document.querySelector("main").prepend(link);
      }
    }""")
    for link in ("#out", "#up"):
        page.click(link)
        page.click(link, button="middle")
    page.click(".bar-home", modifiers=["Control"])
    assert (page.url, len(page.context.pages)) == (url(folder, "guides/id-card-loss"), 1)
    stopped = "name => !document.querySelector('h1').dispatchEvent(new Event(name, {bubbles: true, cancelable: true}))"
    assert [page.evaluate(stopped, name) for name in ("contextmenu", "dragstart", "selectstart")] == [True] * 3


def test_paging_moves_by_a_screen_and_says_where_it_ends(page: Page, folder: Path) -> None:
    page.goto(url(folder, "guides/id-card-loss"))
    assert (page.is_disabled(".bar-up"), page.is_disabled(".bar-down")) == (True, False)
    page.click(".bar-down")
    assert 1000 < page.evaluate("scrollY") < 1920
    while page.is_enabled(".bar-down"):
        before = page.evaluate("scrollY")
        page.click(".bar-down")
        page.wait_for_function(f"scrollY > {before}")
        page.wait_for_timeout(100)
    assert page.evaluate("Math.round(scrollY + innerHeight) >= document.documentElement.scrollHeight - 4")


def test_old_content_says_so(own_page: Page, folder: Path) -> None:
    page = own_page
    page.clock.install(time="2026-11-23T08:00:00Z")
    page.goto(url(folder, "guides/id-card-loss"))
    until = date.fromisoformat(page.evaluate("document.documentElement.dataset.validUntil"))
    line = page.locator(".expired")
    assert not line.is_visible()

    def look_at(time: str) -> None:
        # An open page takes the leap of days for idleness, and its way back to the start breaks a reload off.
        page.goto("about:blank")
        page.clock.set_fixed_time(time)
        page.goto(url(folder, "guides/id-card-loss"))

    look_at(f"{until}T15:59:00Z")  # 23:59 of the last day in 东八区
    assert not line.is_visible()
    look_at(f"{until}T16:00:00Z")
    assert line.inner_text() == f"内容已过期（有效到 {until.year}年{until.month}月{until.day}日），请到总服务台核对"


def test_the_window_is_marked_on_its_floor_and_the_way_is_told(folder: Path) -> None:
    parsed = LexborHTMLParser((folder / KIOSK / "windows/c05/index.html").read_text(encoding="utf-8"))
    assert [" ".join(node.text().split()) for node in parsed.css(".walk li")] == [
        "到 3 楼（三楼 不动产、建设、社保与婚姻登记），上下楼乘无障碍电梯或走楼梯",
        "找到 住房建设和城市管理区",
        "看窗口号 C05，图上涂红的一格",
    ]
    assert [node.text() for node in parsed.css(".plan-here")] == ["C05"]
