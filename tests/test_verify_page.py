"""A print checked against the site: the three answers above a page, and the desk for a stack of codes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import reading
from playwright.sync_api import Browser, Page
from project import GUIDE, dead_links, read, run, tiny_project
from repository import commit, git
from search_site import serving

from generator.facts import difference

pytestmark = pytest.mark.browser

GUIDE_PATH = "guides/card-renewal"
GUIDE_FILE = "items/guides/card-renewal.yml"
SECOND_FILE, SECOND_PATH = "items/guides/second.yml", "guides/second"
SECOND = (
    re.sub("^aliases: .*\n", "", GUIDE, flags=re.MULTILINE).replace("XQ-0101", "XQ-0102").replace("期满", "提前", 1)
)
MARKUP = "照片 &lt;b> <2 寸 & “免冠”"


def fingerprint(site: Path, path: str) -> str:
    """Return the fingerprint that a page carries."""
    found = re.search(r'name="tongchuang:fingerprint" content="(\w+)"', (site / path / "index.html").read_text("utf-8"))
    assert found
    return found[1]


def built(folder: Path, day: str) -> Path:
    """Build a project as of a day."""
    done = run(folder, "build", "--no-search", "--jobs", "1", "--as-of", day)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path]:
    """Return the fingerprints that were printed in November, and the project as built in January after an edit."""
    folder = tiny_project(
        tmp_path_factory.mktemp("print") / "project", {SECOND_FILE: SECOND, ".gitignore": "/site/\n/.cache/\n"}
    )
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    site = built(folder, "2026-11-23")
    printed = {path: fingerprint(site, path) for path in (GUIDE_PATH, SECOND_PATH, "fees/small-card", "hall/main")}
    edited = GUIDE.replace("number: 15", "number: 12").replace("相片]", f"相片, '{MARKUP}']")
    commit(folder, "2026-12-01", {GUIDE_FILE: edited, SECOND_FILE: None})
    built(folder, "2027-01-05")
    return printed, folder


@pytest.fixture(scope="module")
def address(old_and_new: tuple[dict[str, str], Path]) -> Iterator[str]:
    """Yield the address at which January's site is served."""
    with serving(old_and_new[1] / "site") as served:
        yield served


def answered(page: Page) -> tuple[str, str]:
    """Return the state and the title of the answer above a page."""
    box = page.locator("main > .check:not([data-check=wait])")
    box.wait_for()
    return str(box.get_attribute("data-check")), box.locator("h2").inner_text()


def test_an_older_print_is_told_exactly_the_facts_that_changed(
    chromium: Browser, address: str, old_and_new: tuple[dict[str, str], Path]
) -> None:
    printed, folder = old_and_new
    new = read(folder, "2027-01-05")
    git(folder, "worktree", "add", "-q", "../before", "HEAD~1")
    old = read(folder.parent / "before", "2026-11-23")
    expected = difference(*(catalogue.sheet(catalogue.by_path[GUIDE_PATH]).facts for catalogue in (old, new)))
    with reading(chromium, address) as reader:
        page = reader.open(f"{GUIDE_PATH}/?v={printed[GUIDE_PATH]}")
        assert answered(page) == ("older", f"这是旧的内容：以下 {len(expected)} 项已经变化")
        rows = {
            row.get_attribute("data-changed"): row.locator("th, td").all_inner_texts()
            for row in page.locator("[data-changed]").all()
        }
        assert page.locator(".check b").count() == 0
    assert set(rows) == {entry.path for entry in expected}
    basis = "小政发〔2016〕5号"
    assert rows["fee.amount"] == ["收费标准", "20 元/证", "15 元/证", "2027年1月1日", basis]
    assert rows["fees.small-card--renewal.amount"][1:] == ["20 元/证", "15 元/证", "2027年1月1日", basis]
    assert rows["time.promised"] == ["承诺办结时限", "15 个工作日", "12 个工作日", "2026年12月1日", ""]
    assert rows["visit.reasons.2"] == ["必须现场办理原因", "（没有）", MARKUP, "2026年12月1日", ""]
    for entry in expected:
        texts = [entry.before.text if entry.before else "（没有）", entry.after.text if entry.after else "（没有了）"]
        assert rows[entry.path][1:3] == texts


def test_the_present_code_is_the_same_and_any_other_unknown(
    chromium: Browser, address: str, old_and_new: tuple[dict[str, str], Path]
) -> None:
    printed, folder = old_and_new
    now = fingerprint(folder / "site", GUIDE_PATH)
    unknown = ("unknown", "这个核对码我们不认识")
    with reading(chromium, address) as reader:
        assert answered(reader.open(f"{GUIDE_PATH}/?v={now}")) == ("same", "与现在的内容相同")
        assert answered(reader.open(f"{GUIDE_PATH}/?v={now.lower()}")) == ("same", "与现在的内容相同")
        others = [
            "",
            "AAAAAAAAAA",
            "%3Cb%3E",
            "__proto__",
            "A" * 3000,
            printed["fees/small-card"],
            printed[SECOND_PATH],
        ]
        for code in others:
            assert answered(reader.open(f"{GUIDE_PATH}/?v={code}")) == unknown
        assert reader.open(f"{GUIDE_PATH}/").locator(".check").count() == 0


def test_a_site_that_does_not_know_all_versions_says_so(chromium: Browser, address: str) -> None:
    incomplete = json.dumps({"complete": False, "versions": {}, "gone": {}})
    with reading(chromium, address) as reader:
        reader.page.route("**/history/index.json", lambda route: route.fulfill(body=incomplete))
        page = reader.open(f"{GUIDE_PATH}/?v=AAAAAAAAAA")
        assert answered(page) == ("unknown", "这个核对码我们不认识")
        said = "可能输错了，或者不是本站印发的。更早的版本查不到，请以本页内容为准。"
        assert page.locator(".check p").inner_text() == said


def test_a_stack_of_codes_gives_a_list_to_reprint(
    chromium: Browser, address: str, old_and_new: tuple[dict[str, str], Path]
) -> None:
    printed, folder = old_and_new
    now = fingerprint(folder / "site", "policies/small-law")
    old_fee = printed["fees/small-card"]
    stack = [
        f"https://www.small.example/{GUIDE_PATH}/?v={printed[GUIDE_PATH]}",
        now.lower().replace("o", "0").replace("i", "1").replace("b", "8"),
        f"{old_fee[:4]} {old_fee[4:]}",
        printed[SECOND_PATH],
        "hello",
    ]
    with reading(chromium, address, 360) as reader:
        page = reader.open("verify/")
        page.fill("#check-input", "\n".join(stack))
        page.press("#check-input", "Enter")
        page.wait_for_selector("#check-status[data-state=done]")
        assert page.inner_text("#check-status") == "共 5 张：1 张相同，2 张要重印，1 张已撤下，1 张不认识。"
        states = page.locator("#check-results tbody tr").evaluate_all("rows => rows.map((row) => row.dataset.state)")
        assert states == ["unknown", "gone", "older", "same", "older"]
        links = page.locator("#check-reprint a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert links == ["../handouts/card-renewal/", "../fees/small-card/"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.fill("#check-input", printed[GUIDE_PATH])  # once more: still one row
        page.click("#check-form [type=submit]")
        page.wait_for_function("document.getElementById('check-input').value === ''")
        assert page.locator("#check-results tbody tr").count() == 5
        page.click("#check-clear")
        assert page.inner_text("#check-status") == "已全部清除。"
        assert not page.is_visible("#check-results")
        assert not page.is_visible("#check-reprint")


def test_without_script_the_page_lists_the_present_codes(
    chromium: Browser, address: str, old_and_new: tuple[dict[str, str], Path]
) -> None:
    with reading(chromium, address, java_script_enabled=False) as reader:
        page = reader.open("verify/")
        assert not page.is_visible("#check-desk")
        page.click("summary:has-text('手工核对')")
        rows = page.locator(".check-table tbody tr").all_inner_texts()
    assert [row.split() for row in rows] == [["小证期满换领", fingerprint(old_and_new[1] / "site", GUIDE_PATH)]]


def test_the_files_are_the_same_from_one_build_to_the_next_and_say_what_is_known(
    old_and_new: tuple[dict[str, str], Path],
) -> None:
    printed, folder = old_and_new
    index = json.loads((folder / "site/api/v1/history/index.json").read_bytes())
    assert [link for link in dead_links(folder / "site") if link.endswith("verify/")] == []
    assert index["complete"]
    assert index["gone"] == {SECOND_PATH: "小证提前换领"}
    assert {index["versions"][code] for code in printed.values()} == set(printed)
    before = {file.name: file.read_bytes() for file in (folder / "site/api/v1/history").rglob("*.json")}
    built(folder, "2027-01-05")
    assert {file.name: file.read_bytes() for file in (folder / "site/api/v1/history").rglob("*.json")} == before
    record = json.loads((folder / f"site/api/v1/history/{GUIDE_PATH}.json").read_bytes())
    version = record["versions"][printed[GUIDE_PATH]]
    assert (version["from"], version["until"]) == ("2026-11-01", "2026-12-01")
