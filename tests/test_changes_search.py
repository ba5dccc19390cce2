"""The record of changes is filtered in place by a real browser; without script, or without its data, links do it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import reading
from playwright.sync_api import Browser, Page, expect
from project import FEE, GUIDE, MATERIAL, run, tiny_project
from repository import commit, git
from search_site import serving

TIME = "承诺办结时限 15 → 12 个工作日"
EDITS = {
    "2026-11-05": {"items/guides/card-renewal.yml": GUIDE.replace("number: 15", "number: 12")},
    "2026-11-06": {"items/fees/small-card.yml": FEE.replace("amount: 40", "amount: 30")},
    "2026-11-07": {"items/materials/small-card.yml": MATERIAL.replace("aliases: [证]", "aliases: [证, 卡]")},
    "2026-11-08": {
        f"items/materials/paper-{number:03}.yml": f"name: 纸{number:03}\ncategory: 申请表格文书\nissuer: 公安机关\n"
        for number in range(120)
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a small site with edits on four days."""
    folder: Path = tiny_project(tmp_path_factory.mktemp("found") / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    for day, files in EDITS.items():
        commit(folder, day, files)
    done = run(folder, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    with serving(folder / "site") as served:
        yield served


def shown(page: Page) -> list[str]:
    """Return the names of the items whose changes are seen."""
    return [head.inner_text().split()[0] for head in page.locator(".change-item").all() if head.is_visible()]


def test_choices_and_words_narrow_the_list_and_stand_in_the_address(chromium: Browser, address: str) -> None:
    with reading(chromium, address) as reader:
        page = reader.open("changes/")
        expect(page.locator("#change-views")).to_be_hidden()
        before = shown(page)
        assert len(before) > 100
        page.get_by_label("类别").select_option(label="时限")
        count = page.locator("#change-count")
        expect(count).to_have_text("找到 1 处")
        assert shown(page) == ["小证期满换领"]
        expect(page.locator("#change-found")).to_contain_text(TIME)
        assert page.url.endswith("/changes/?class=time")
        page.get_by_label("找什么").fill("纸")
        expect(count).to_have_text("没有这样的变更，换个词或者少选一样试试。")
        page.get_by_role("button", name="看全部").click()
        expect(page.get_by_label("找什么")).to_be_focused()
        expect(count).to_have_text("")
        assert shown(page) == before
        assert page.url.endswith("/changes/")


def test_an_address_that_was_sent_shows_the_same(chromium: Browser, address: str) -> None:
    with reading(chromium, address) as reader:
        page = reader.open("changes/?kind=fees&department=police&q=３０ 丢失")
        expect(page.locator("#change-count")).to_have_text("找到 1 处")
        expect(page.get_by_role("combobox", name="栏目")).to_have_value("fees")
        assert shown(page) == ["小证工本费"]
        page.locator("#change-found a").click()
        expect(page.locator("h1")).to_have_text("小证工本费")
        page.go_back()
        expect(page.locator("#change-count")).to_have_text("找到 1 处")


def test_a_long_list_goes_on_by_keyboard(chromium: Browser, address: str) -> None:
    with reading(chromium, address) as reader:
        page = reader.open("changes/?q=纸")
        expect(page.locator("#change-count")).to_have_text("找到 120 处")
        assert len(shown(page)) == 100
        more = page.get_by_role("button", name="再看 20 处")
        more.focus()
        page.keyboard.press("Enter")
        expect(more).to_have_count(0)
        assert sorted(shown(page)) == [f"纸{number:03}" for number in range(120)]
        assert page.evaluate("document.activeElement.textContent") == "2026年11月8日"


def test_without_the_data_the_links_come_back(chromium: Browser, address: str) -> None:
    with chromium.new_context(locale="zh-CN") as context:
        page = context.new_page()
        page.route("**/changes.json", lambda route: route.abort())
        page.goto(f"{address}changes/?class=time")
        expect(page.locator("#change-count")).to_have_text("读不到变更记录的数据，请用上面的链接筛选。")
        expect(page.locator("#change-views")).to_be_visible()
        assert len(shown(page)) > 100


def test_without_script_links_lead_to_pages(chromium: Browser, address: str) -> None:
    with reading(chromium, address, java_script_enabled=False) as reader:
        reader.page.goto(f"{address}changes/")
        expect(reader.page.locator("#change-search")).to_be_hidden()
        reader.page.locator("#change-views summary", has_text="类别").click()
        reader.page.get_by_role("link", name="时限").click()
        reader.page.wait_for_url(lambda url: url != f"{address}changes/")  # which a click alone does not
        assert shown(reader.page) == ["小证期满换领"]
        expect(reader.page.locator("main")).to_contain_text(TIME)
