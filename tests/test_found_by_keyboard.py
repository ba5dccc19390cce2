"""The way from a word to the notice for one's own case, by keyboard alone: with scripts and without."""

from __future__ import annotations

import re

import pytest
from browser import reading
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_KEYS = 400
GUIDE = "guides/id-card-loss"
NOTICE = "handouts/id-card-loss/lost--wait/"


def walk(page: Page, key: str, to: Locator) -> None:
    """Press a key until something has the focus."""
    for _ in range(MOST_KEYS):
        page.keyboard.press(key)
        if to.evaluate("node => node === document.activeElement"):
            expect(to).to_be_in_viewport()
            return
    raise AssertionError(f"{key} never leads to {to}")


def follow(page: Page, link: Locator, address: str) -> None:
    """Walk to a link and follow it."""
    walk(page, "Tab", link)
    page.keyboard.press("Enter")
    expect(page).to_have_url(address)


def test_from_a_question_in_the_search_box_to_the_notice_for_ones_case(chromium: Browser, site_address: str) -> None:
    with reading(chromium, site_address) as reader:
        page = reader.open("")
        walk(page, "Tab", page.locator("main input[name=q]"))
        page.keyboard.type("身份证丢了多少钱")
        answer = page.locator("main [role=option]").first
        expect(answer).to_have_text("40 元/证居民身份证丢失补领 · 收费标准")
        page.keyboard.press("ArrowDown")
        expect(answer).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{site_address}{GUIDE}/#fees")
        page.locator("#case fieldset").wait_for()
        walk(page, "Shift+Tab", page.get_by_role("radio", name="从来没有领过"))
        page.keyboard.press("ArrowDown")  # from the last option round to the first
        expect(page.get_by_role("radio", name="丢了")).to_be_focused()
        expect(page).to_have_url(f"{site_address}{GUIDE}/#case=lost")
        page.keyboard.press("Tab")
        expect(page.get_by_role("radio", name="不急用证")).to_be_focused()
        page.keyboard.press("Space")
        expect(page.locator("#case [role=status]")).to_have_text("已按您的情形显示：丢了 · 不急用证，带 2 件。")
        follow(page, page.get_by_role("link", name="打印这种情形的告知单"), f"{site_address}{NOTICE}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("居民身份证丢失补领")


def test_without_scripts_the_same_way_is_links_alone(chromium: Browser, site_address: str) -> None:
    with reading(chromium, site_address, java_script_enabled=False) as reader:
        page = reader.page
        page.goto(site_address)
        walk(page, "Tab", page.locator("main input[name=q]"))
        page.keyboard.type("身份证丢了")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/search/\?q="))
        walk(page, "Tab", page.locator(".search-letters").get_by_role("link", name="J", exact=True))
        page.keyboard.press("Enter")
        named = page.locator(".search-names").get_by_role("link", name="居民身份证丢失补领", exact=True)
        follow(page, named, f"{site_address}{GUIDE}/")
        first = page.locator("#case").get_by_role("link", name="丢了 被偷、被抢的也算", exact=True)
        follow(page, first, f"{site_address}{GUIDE}/cases/lost/")
        follow(page, page.get_by_role("link", name="不急用证"), f"{site_address}{GUIDE}/cases/lost--wait/")
        follow(page, page.get_by_role("link", name="打印告知单"), f"{site_address}{NOTICE}")
