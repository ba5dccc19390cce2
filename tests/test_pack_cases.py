"""The pack of the touch-screen from its own folder: search, questions and cases without any server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cases_project import FILES_WITH_CASES
from playwright.sync_api import Browser, Page, expect
from project import TODAY, run, tiny_project

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the packed touch-screen of the small project with cases; the site it was made from is gone."""
    folder = tmp_path_factory.mktemp("packed")
    root = tiny_project(folder / "project", FILES_WITH_CASES)
    for command in (["build", "--no-search"], ["hall", "pack", "--out", str(folder / "packs")]):
        done = run(root, *command, "--as-of", TODAY)
        assert done.returncode == 0, done.stderr
    (root / "site").rename(folder / "away")
    return folder / "packs/kiosk"


@pytest.fixture
def screen(chromium: Browser, pack: Path) -> Iterator[Page]:
    """Yield the touch-screen at its start; fail on script errors, missing files and requests beyond the pack."""
    troubles: list[str] = []
    with chromium.new_context(locale="zh-CN", viewport={"width": 1080, "height": 1920}) as context:
        page = context.new_page()
        inside = f"{pack.resolve().as_uri()}/"
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.extend([said.text] if said.type in ("error", "warning") else []))
        page.on("request", lambda asked: troubles.extend([] if asked.url.startswith(inside) else [asked.url]))
        page.goto(f"{inside}index.html")
        page.wait_for_url(f"{inside}hall/main/kiosk/index.html")
        yield page
    assert troubles == []


@pytest.mark.parametrize("keys", ["xz", "xiaozheng"])
def test_keys_find_a_guide_whose_questions_lead_to_the_notice_for_the_case(screen: Page, keys: str) -> None:
    screen.click(".way-search a")
    for key in keys:
        screen.click(f"[data-key={key}]")
    expect(screen.locator(".found-count")).to_have_text("找到 1 项")
    screen.click("#results a")
    screen.get_by_role("link", name="我是哪种情形").click()
    screen.get_by_role("link", name="丢了").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("办证的人多大？")
    screen.get_by_role("link", name="16 岁以上").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("丢了 · 16 岁以上")
    expect(screen.locator(".answers .answer").first).to_have_text("40 元/证")
    notice = screen.locator(".jump a.print").get_attribute("href")
    screen.goto(screen.evaluate("address => new URL(address, location.href).href", notice))
    expect(screen.get_by_role("heading", level=1)).to_contain_text("小证期满换领")
    expect(screen.get_by_text("丢了 · 16 岁以上").first).to_be_visible()


def test_chinese_finds_it_too_and_an_answer_that_leads_elsewhere_says_so(screen: Page) -> None:
    screen.click(".way-search a")
    screen.fill("#q", "小證多少钱")
    expect(screen.locator(".found-answer strong")).to_have_text("20～40 元/证")
    screen.click("#results a")
    screen.get_by_role("link", name="我是哪种情形").click()
    screen.get_by_role("link", name="在国外").click()
    expect(screen.locator(".case-elsewhere")).to_have_text("请先打咨询电话。")
