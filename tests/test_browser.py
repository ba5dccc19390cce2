"""The pages as people use them: with a keyboard, on a phone, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zxingcpp
from browser import ADDRESS, PAGES, Reader, paper, picture_of, printed, reading, sheet_picture, taking_turns
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONGEST_GUIDE = 6

# Names what has the focus, whether one sees that it has, and how far it is from the top of the page's order.
FOCUSED = """() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    const all = [...document.querySelectorAll("*")];
    return {
        place: all.indexOf(node),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        said: `${node.tagName} ${node.id} ${node.textContent.trim().slice(0, 20)}`,
    };
}"""
REACHABLE = """() => {
    const all = [...document.querySelectorAll("*")];
    return [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
        .filter((node) => node.checkVisibility({visibilityProperty: true}))
        // The radio buttons of a question are one stop; the arrow keys go on from there.
        .filter((node) => node.type !== "radio" || node === document.querySelector(`input[name="${node.name}"]`))
        .map((node) => all.indexOf(node));
}"""


@pytest.fixture(scope="module")
def desk_of_all(chromium: Browser, site_address: str) -> Iterator[Reader]:
    """Yield a reader at a desk, for one test after the other."""
    with reading(chromium, site_address) as reader:
        yield reader


@pytest.fixture(scope="module")
def phone_of_all(chromium: Browser, site_address: str) -> Iterator[Reader]:
    """Yield a reader with a phone, for one test after the other."""
    with reading(chromium, site_address, 360) as reader:
        yield reader


@pytest.fixture
def desk(desk_of_all: Reader) -> Iterator[Reader]:
    """Yield a reader at a desk."""
    with taking_turns(desk_of_all.page, desk_of_all.troubles):
        yield desk_of_all


@pytest.fixture
def phone(phone_of_all: Reader) -> Iterator[Reader]:
    """Yield a reader with a phone."""
    with taking_turns(phone_of_all.page, phone_of_all.troubles):
        yield phone_of_all


def test_every_page_can_be_read_without_scripts(chromium: Browser, site_address: str) -> None:
    with reading(chromium, site_address, 360, java_script_enabled=False) as reader:
        for name, address in PAGES.items():
            reader.page.goto(f"{site_address}{address}")
            main = reader.page.locator("main")
            expect(main.locator("h1")).to_have_count(1)
            assert len(main.inner_text()) > 30, name


def test_without_scripts_the_search_page_offers_the_lists(chromium: Browser, site_address: str) -> None:
    with reading(chromium, site_address, 360, java_script_enabled=False) as reader:
        reader.page.goto(f"{site_address}search/?q=身份证")
        for label in ("办事指南", "收费标准", "政策文件", "服务大厅", "公开目录"):
            expect(reader.page.get_by_role("main").get_by_role("link", name=label, exact=True)).to_be_visible()


def test_the_first_key_leads_past_the_frame(desk: Reader) -> None:
    page = desk.open("guides/id-card-loss/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("name", ["home", "guide", "filtered-guides", "hall", "search-results"])
def test_the_tab_key_visits_everything_in_order_and_one_sees_where(desk: Reader, name: str) -> None:
    page = desk.open(PAGES[name])
    page.wait_for_load_state("networkidle")  # what texts mention comes after the results
    wanted = page.evaluate(REACHABLE)
    page.evaluate("document.activeElement.blur()")
    visited = []
    for _ in wanted:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["seen"], focused["said"]
        visited.append(focused["place"])
    assert visited == sorted(wanted)


def test_a_filter_opens_and_leads_on_by_keyboard(desk: Reader) -> None:
    page = desk.open("guides/")
    filters = page.locator(".filters details").first
    filters.locator("summary").focus()
    expect(filters.get_by_role("link").first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(filters.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk.address}guides/by/department-agriculture/")
    expect(page.locator(".filters [aria-current=page]")).to_have_count(1)


def test_a_list_is_sorted_by_the_heads_of_its_columns(desk: Reader) -> None:
    page = desk.open("fees/")
    head = page.get_by_role("columnheader", name="收费标准")
    button = head.get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    upwards = amounts(page)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert upwards == sorted(upwards)
    assert amounts(page) == upwards[::-1]


def amounts(page: Page) -> list[float]:
    script = "cells => cells.map(cell => Number(cell.dataset.value)).filter(value => !isNaN(value))"
    found: list[float] = page.eval_on_selector_all("td[data-label=收费标准] strong [data-value]", script)
    assert len(found) > 20
    return found


def test_what_one_has_ticked_stays_ticked(phone: Reader) -> None:
    page = phone.open("guides/id-card-loss/")
    box = page.get_by_label("已备好").nth(1)
    box.focus()
    page.keyboard.press("Space")
    page.reload()
    expect(page.get_by_label("已备好").nth(1)).to_be_checked()
    expect(page.get_by_label("已备好").nth(0)).not_to_be_checked()
    expect(phone.open("guides/id-card-renewal/").get_by_label("已备好").nth(1)).not_to_be_checked()


def test_large_type_and_dark_ground_are_kept_from_page_to_page(desk: Reader) -> None:
    page = desk.open("")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    for name in ("大字版", "深色"):
        button = page.get_by_role("button", name=name)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
    page = desk.open("fees/")
    for name in ("大字版", "深色"):
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
    size, ground = page.evaluate(
        "[parseFloat(getComputedStyle(document.body).fontSize), getComputedStyle(document.body).backgroundColor]"
    )
    assert 17 <= before <= 18
    assert size >= 22
    assert ground == "rgb(20, 24, 27)"
    page.get_by_role("button", name="大字版").click()
    assert desk.open("").evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == before


def test_the_present_column_is_in_sight_on_a_phone(phone: Reader) -> None:
    for plural in ("guides", "disclosures", "disclosure"):
        page = phone.open(f"{plural}/")
        expect(page.locator(".nav [aria-current]")).to_be_in_viewport(ratio=1)


def test_a_floor_plan_can_be_read_on_a_phone(phone: Reader) -> None:
    page = phone.open("hall/main/")
    for label in page.locator(".plan text").all()[:12]:
        box = label.bounding_box()
        assert box is not None and box["height"] >= 12
    plan = page.locator(".plan").first
    plan.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.plan').scrollLeft > 0")


def test_a_printed_guide_is_short_and_has_only_what_helps_on_paper(desk: Reader) -> None:
    page = desk.open("guides/id-card-loss/")
    pages = printed(page)
    text = "".join(pages)
    assert len(pages) <= LONGEST_GUIDE
    for wanted in ("居民身份证丢失补领", "40 元/证", "15 个工作日", "带什么", "怎么办", "核对码", "2026年11月23日"):
        assert wanted in text
    for unwanted in ("http", "../", "分类浏览", "大字版", "网站地图", "搜索", "本站是演示", "打印本页"):
        assert unwanted not in text
    assert f"1 / {len(pages)}" in pages[0]


def test_the_printed_fee_list_has_its_head_on_every_page(desk: Reader) -> None:
    pages = printed(desk.open("fees/"))
    assert len(pages) > 1
    with_rows = [text for text in pages if "元/" in text]
    assert len(with_rows) >= 2
    for text in with_rows:
        assert "适用情形" in text and "执收单位" in text
    assert "搜索" not in "".join(pages)


@pytest.mark.parametrize("path", ["guides/id-card-loss", "fees/id-card", "hall/main"])
def test_the_code_leads_to_the_page_and_names_its_content(desk: Reader, path: str) -> None:
    page = desk.open(f"{path}/")
    fingerprint = page.locator("meta[name='tongchuang:fingerprint']").get_attribute("content")
    codes = zxingcpp.read_barcodes(picture_of(page.locator(".qr").screenshot()))
    assert [code.text for code in codes] == [f"{ADDRESS}{path}/?v={fingerprint}"]


def test_the_code_can_be_read_from_paper(desk: Reader) -> None:
    pdf = paper(desk.open("guides/id-card-loss/"))
    last = len(printed(desk.page)) - 1
    codes = zxingcpp.read_barcodes(sheet_picture(pdf, last, dots_per_inch=200))
    assert [code.text.split("?")[0] for code in codes] == [f"{ADDRESS}guides/id-card-loss/"]
