"""The search as visitors meet it: a real index, the site's own scripts, a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import taking_turns
from playwright.sync_api import Browser, Dialog, Page, expect
from search_site import ENTRIES, PATHS, Visitor, is_ours, serving, write_large_site, write_site

from generator.render import search

pytestmark = pytest.mark.browser
QUERIES_IN_TEXTS = ("许可证注销所需", "律师执业证 所需")

ODD_QUERIES = [
    "😀👨‍👩‍👧‍👦🏳️‍🌈",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "身份证" * 3400,
    "\u202e\u200b\x00\t",
    "、。？！……“”",
    "%E8%BA%AB&q=1#x",
    '"身份证" AND (NOT 护照) *',
    "ａ" * 5000,
    "𠀀𪚥豈ﬁ①Ⅻ",
    "__proto__ constructor toString",
]


@pytest.fixture(scope="module")
def search_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the site, which is not the root of its host."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder / "district")
    write_large_site(folder / "province", folder / "district")
    with serving(folder) as address:
        yield f"{address}district/"


@pytest.fixture(scope="module")
def phone(chromium: Browser, search_site: str) -> Iterator[tuple[Page, list[str]]]:
    """Yield a phone's page and the troubles met there: script errors, and requests to other hosts."""
    with chromium.new_context(locale="zh-CN", viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        troubles: list[str] = []

        def refuse(dialog: Dialog) -> None:
            troubles.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", refuse)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.extend([message.text] * (message.type in ("error", "warning"))))
        page.on("request", lambda request: troubles.extend([request.url] * (not is_ours(request.url, search_site))))
        yield page, troubles


@pytest.fixture
def visitor(phone: tuple[Page, list[str]], search_site: str) -> Iterator[Visitor]:
    """Yield a visitor with a phone, who fails the test on troubles."""
    with taking_turns(*phone):
        yield Visitor(phone[0], search_site)


def substrings(text: str) -> set[str]:
    """Return every part of two to four characters that has a letter, a digit or a Han character."""
    parts = {text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1)}
    return {part for part in parts if re.search(r"[a-z0-9\u3007\u4e00-\u9fff]", part, re.IGNORECASE)}


def test_every_part_of_every_name_finds_its_items(visitor: Visitor) -> None:
    visitor.open()
    queries = sorted({part for name in PATHS for part in substrings(name)})
    wanted = {query: {path for path, entry in ENTRIES.items() if query in entry.name} for query in queries}
    found = visitor.find(queries)
    assert len(queries) > 1000
    assert {query: missed for query in queries if (missed := wanted[query] - set(found[query]))} == {}


def test_a_whole_name_finds_its_item_first(visitor: Visitor) -> None:
    visitor.open()
    found = visitor.find(list(PATHS))
    assert {name: paths[0] for name, paths in found.items()} == PATHS


@pytest.mark.parametrize("query", ["身份证丢了怎么补", "身份证丢了，应该怎么补领呢？", "補 补办身份证"])
def test_everyday_words_find_the_guide_first(visitor: Visitor, query: str) -> None:
    visitor.open(f"?q={query}")
    assert visitor.results()[0] == PATHS["居民身份证丢失补领"]


def test_words_that_stand_nowhere_are_owned_up_to(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=护照月球分局")
    expect(page.locator("#search-status")).to_have_text(re.compile(r"^没有同时符合的，下面 \d+ 条是最接近的。$"))
    assert visitor.results()[0].startswith("guides/")
    visitor.open("?q=量子纠缠")
    expect(page.locator("#search-status")).to_contain_text("没有找到「量子纠缠」")
    assert visitor.results() == []


@pytest.mark.parametrize("query", ODD_QUERIES, ids=range(len(ODD_QUERIES)))
def test_odd_queries_get_a_calm_answer(visitor: Visitor, query: str) -> None:
    page = visitor.page
    visitor.open()
    page.eval_on_selector("#search-q", "(box, query) => { box.value = query; }", query)
    page.locator("#search-q").dispatch_event("input")
    page.keyboard.press("Tab")
    page.locator("form.search-form").evaluate("form => form.requestSubmit()")
    visitor.wait()
    expect(page.locator("#search-status")).not_to_be_empty()
    assert page.locator("#search-status").evaluate("line => line.textContent.length") < 120
    if not visitor.results():
        expect(page.locator("#search-elsewhere")).to_be_visible()
        expect(page.locator("#search-elsewhere a[href='tel:12345']")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_guess_at_what_was_meant_leaves_the_other_ways_open(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=居民户口薄丢失")
    expect(page.locator("#search-status")).to_contain_text("按「")
    expect(page.locator("#search-elsewhere")).to_be_visible()
    visitor.open("?q=护照")
    expect(page.locator("#search-elsewhere")).to_be_hidden()


def test_results_carry_their_marks_and_facts(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=居民身份证丢失补领")
    path = PATHS["居民身份证丢失补领"]
    row = page.locator("#search-results li").first
    link = row.locator("a")
    assert (link.get_attribute("data-result"), link.inner_text()) == (path, "居民身份证丢失补领")
    assert link.get_attribute("href") == f"{visitor.site}{path}/"
    fact = row.locator(f'[data-fact="{path}#fee.amount"]')
    assert (fact.get_attribute("data-value"), fact.inner_text()) == ("40", "40 元/证")
    assert row.locator(".search-kind").inner_text() == "办事指南"
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_withdrawn_items_say_so(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=结婚证注销")
    expect(page.locator("#search-results li").first).to_contain_text("已取消/已失效")
    expect(page.locator("#search-results .search-withdrawn")).to_have_count(1)


def test_markup_in_names_stays_text(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=标题引号")
    expect(page.locator("#search-results a").first).to_have_text("<b>标题</b>&“引号”'测试'")
    expect(page.locator("#search-results b")).to_have_count(0)


def test_more_results_are_shown_on_demand(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=变更登记")
    assert len(visitor.results()) == 10
    page.get_by_role("button", name="显示更多").click()
    expect(page.locator("#search-results li")).to_have_count(20)
    visitor.wait()
    assert len(set(visitor.results())) == 20
    assert page.evaluate("document.activeElement.dataset.result") == visitor.results()[10]


def test_filters_narrow_and_stand_in_the_address(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=身份证&utm_source=x")
    before = page.locator("#search-status").inner_text()
    page.locator("#search-filters summary", has_text="缩小范围").click()
    page.get_by_label("政策文件").check()
    expect(page.locator("#search-results li")).to_have_count(1)
    visitor.wait()
    assert visitor.results() == [PATHS["中华人民共和国居民身份证法"]]
    address = page.evaluate("decodeURIComponent(location.search)")
    assert address == "?q=身份证&类别=政策文件"
    visitor.open(address)
    assert visitor.results() == [PATHS["中华人民共和国居民身份证法"]]
    expect(page.get_by_label("政策文件")).to_be_checked()
    page.get_by_label("政策文件").uncheck()
    expect(page.locator("#search-status")).to_have_text(before)


def test_a_filter_alone_lists_what_it_holds(visitor: Visitor) -> None:
    visitor.open("?类别=政策文件")
    assert set(visitor.results()) <= {path for path in ENTRIES if path.startswith("policies/")}
    assert visitor.results()


def test_header_box_works_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open()
    box = page.locator("#header-q")
    box.focus()
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "false")
    page.keyboard.type("护照")
    page.wait_for_selector("#header-q-list[data-state=done]")
    options = page.get_by_role("option")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-controls") == "header-q-list"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    assert second.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == second.get_attribute("id")
    page.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#header-q-list")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#header-q-list[data-state=done]")
    page.keyboard.press("ArrowDown")
    target = options.first.get_attribute("data-result")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.site}{target}/")


def test_enter_without_a_choice_goes_to_the_search_page(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open()
    page.locator("#header-q").fill("驾驶证")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    visitor.wait()
    assert "机动车驾驶证" in page.locator("#search-results a").first.inner_text()


def test_typing_fast_shows_the_last_query_only(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open()
    page.locator("#search-q").press_sequentially("居民户口簿丢失", delay=30)
    expect(page.locator("#search-status")).to_contain_text("找到")
    page.wait_for_function("new URLSearchParams(location.search).get('q') === '居民户口簿丢失'")
    visitor.wait()
    assert visitor.results()[0] == PATHS["居民户口簿丢失补领"]
    assert page.evaluate("new URLSearchParams(location.search).get('q')") == "居民户口簿丢失"


def test_without_script_the_lists_are_there(chromium: Browser, search_site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{search_site}search/")
        expect(page.locator("#search-elsewhere").get_by_role("link", name="办事指南")).to_be_visible()


def test_without_an_index_the_page_says_so(chromium: Browser, search_site: str) -> None:
    with chromium.new_context() as context:
        visitor = Visitor(context.new_page(), search_site)
        visitor.page.route("**/pagefind/**", lambda route: route.abort())
        visitor.open("?q=护照")
        expect(visitor.page.locator("#search-status")).to_have_text(re.compile(r"^找到 \d+ 条。$"))
        expect(visitor.page.locator("#search-mentions")).to_be_hidden()


def test_without_data_the_page_says_so(chromium: Browser, search_site: str) -> None:
    with chromium.new_context() as context:
        visitor = Visitor(context.new_page(), search_site)
        visitor.page.route("**/lookup.json*", lambda route: route.abort())
        visitor.open("?q=护照")
        expect(visitor.page.locator("#search-status")).to_have_text(
            "站内搜索暂时用不了。请从下面的目录里找，或拨打 12345。"
        )
        expect(visitor.page.locator("#search-elsewhere")).to_be_visible()


def test_a_browser_that_cannot_unpack_takes_the_plain_data(chromium: Browser, search_site: str) -> None:
    with chromium.new_context() as context:
        visitor = Visitor(context.new_page(), search_site)
        visitor.page.add_init_script("delete globalThis.DecompressionStream")
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        visitor.open("?q=居民身份证丢失补领")
        assert visitor.results()[0] == PATHS["居民身份证丢失补领"]
        # The page has the browser ask for the compressed data beforehand, whatever it can do with them.
        assert f"{search_site}search/lookup.json" in asked


def test_first_results_need_no_index(chromium: Browser, search_site: str) -> None:
    with chromium.new_context() as context:
        visitor = Visitor(context.new_page(), search_site)
        held: list[str] = []
        visitor.page.route("**/pagefind/**", lambda route: held.append(route.request.url))
        visitor.open("?q=变更登记")
        assert len(visitor.results()) == 10
        assert len(held) <= 1  # the rest waits for the first file
        visitor.page.unroute_all(behavior="ignoreErrors")


def test_texts_that_mention_it_follow_the_names(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=十五个工作日办结")
    expect(page.locator("#search-mentions")).to_be_visible()
    assert page.locator("#search-mentions [data-result]").count() == 10
    expect(page.locator("#search-mentions-title")).to_have_text("正文里提到")


def test_an_index_in_several_parts_finds_what_one_finds(
    chromium: Browser, search_site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "DOCUMENTS_A_RUN", 40)
    write_site(tmp_path)
    assert len(list((tmp_path / "pagefind").glob("*/pagefind-entry.json"))) == 5
    assert len(list((tmp_path / "pagefind").rglob("*.js"))) == 2  # the program, once
    found: list[list[list[str]]] = []
    with serving(tmp_path) as divided, chromium.new_context() as context:
        for site in (search_site, divided):
            visitor = Visitor(context.new_page(), site)
            lists = []
            for query in QUERIES_IN_TEXTS:
                visitor.open(f"?q={query}")
                expect(visitor.page.locator("#search-mentions")).to_be_visible()
                rows = visitor.page.locator("#search-mentions [data-result]").all()
                lists.append(sorted(row.get_attribute("data-result") or "" for row in rows))
            found.append(lists)
    assert found[0] == found[1]
    assert [len(rows) for rows in found[0]] == [7, 1]


def test_a_question_is_answered_above_the_list_from_the_fact(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("?q=身份证丢了怎么补多少钱")
    answer = page.locator("#search-answer")
    path = PATHS["居民身份证丢失补领"]
    assert answer.get_attribute("data-answer") == f"{path}#fee.amount"
    assert answer.locator(f'[data-fact="{path}#fee.amount"]').inner_text() == "40 元/证"
    assert answer.locator("a").get_attribute("href") == f"{visitor.site}{path}/#fees"
    assert visitor.results()[0] == path
    visitor.open("?q=身份证")
    expect(answer).to_be_hidden()
    assert answer.get_attribute("data-answer") is None


def test_a_correction_is_said(visitor: Visitor) -> None:
    visitor.open("?q=居民户口薄丢失补领")
    said = re.compile(r"^按「居民户口簿丢失补领」找，找到 \d+ 条。$")
    expect(visitor.page.locator("#search-status")).to_have_text(said)
    assert visitor.results()[0] == PATHS["居民户口簿丢失补领"]


def test_a_question_about_nothing_asks_back(visitor: Visitor) -> None:
    visitor.open("?q=多少钱")
    expect(visitor.page.locator("#search-status")).to_have_text(
        "再写上要办的事，比如「护照多少钱」「结婚登记带什么」。"
    )


def test_the_header_s_list_leads_with_the_answer_and_says_which_name_agreed(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open()
    page.locator("#header-q").fill("身份证丢了怎么补多少钱")
    page.wait_for_selector("#header-q-list[data-state=done]")
    path = PATHS["居民身份证丢失补领"]
    first, second = page.get_by_role("option").nth(0), page.get_by_role("option").nth(1)
    assert first.get_attribute("data-answer") == f"{path}#fee.amount"
    assert second.get_attribute("data-result") == path
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.site}{path}/#fees")
    visitor.open()
    page.locator("#header-q").fill("身份证丢了怎么补")
    expect(page.get_by_role("option").first).to_contain_text("对应「身份证丢了怎么补」")


@pytest.mark.parametrize(
    ("query", "cases", "more"),
    [
        ("身份证丢了怎么补", [], 0),  # its other name says as much
        ("居民身份证丢失补领", [], 0),
        ("居民身份证丢失补领 急用", ["lost--urgent"], 0),
        ("身份证补领 坏了", ["damaged"], 0),
        ("不动产权证书变更 贷款", ["mortgaged--一", "mortgaged--二", "mortgaged--三"], 2),
        ("不动产权证书变更 没有抵押", ["clear"], 0),
    ],
)
def test_a_result_offers_the_cases_that_the_query_speaks_of(
    visitor: Visitor, query: str, cases: list[str], more: int
) -> None:
    visitor.open(f"?q={query}")
    row = visitor.page.locator("#search-results li.search-result").first
    links = row.locator("[data-case]")
    assert [links.nth(at).get_attribute("data-case") for at in range(links.count())] == cases
    rest = row.locator(".search-result__cases a:not([data-case])")
    assert rest.all_inner_texts() == ([f"还有 {more} 种，逐步选"] if more else [])


def test_a_case_is_a_marked_link_to_its_page(visitor: Visitor) -> None:
    path = PATHS["居民身份证丢失补领"]
    visitor.open("?q=居民身份证丢失补领 急用")
    link = visitor.page.locator("[data-case=lost--urgent]")
    mark = link.locator(f'[data-fact="{path}#cases.lost--urgent.label"]')
    assert link.get_attribute("href") == f"{visitor.site}{path}/cases/lost--urgent/"
    assert (mark.get_attribute("data-value"), mark.inner_text()) == ("lost--urgent", "丢了 · 急着用证")
    expect(visitor.page.locator("#search-status")).to_have_text(re.compile(r"^找到 \d+ 条。$"))


def test_texts_that_mention_it_are_found_on_a_large_site(chromium: Browser, search_site: str) -> None:
    with chromium.new_context() as context:
        small = Visitor(context.new_page(), search_site)
        large = Visitor(context.new_page(), search_site.replace("/district/", "/province/"))
        for visitor in (small, large):
            visitor.open("?q=十五个工作日办结")
            expect(visitor.page.locator("#search-mentions [data-result]")).to_have_count(10)


def test_a_large_site_finds_the_same_first_from_a_few_blocks(chromium: Browser, search_site: str) -> None:
    queries = [
        "居民身份证丢失补领",
        "身份证丢了怎么补",
        "補辦身份證",
        "护照到期换领",
        "sfzds",
        "yingyezhizhao",
        "居民户口薄丢失",
    ]
    queries += ["A07", "出生医学证明变更", "护照月球分局", "量子纠缠", "户照"]
    with chromium.new_context() as context:
        visitor = Visitor(context.new_page(), search_site)
        visitor.open()
        expected = {query: paths[:1] for query, paths in visitor.find(queries).items()}
        large = Visitor(context.new_page(), search_site.replace("/district/", "/province/"))
        asked: list[str] = []
        large.page.on("request", lambda request: asked.append(request.url))
        large.open(f"?q={queries[0]}")
        assert {query: paths[:1] for query, paths in large.find(queries).items()} == expected
        assert len(asked) == len(set(asked))  # nothing is asked for twice
        assert any("/search/blocks/" in url for url in asked)
        expect(large.page.locator("#search-results a").first).to_have_attribute("data-result", expected[queries[0]][0])
