"""Measures the search of a site of thousands of guides: bytes, requests and milliseconds until the first result.

The guides are those of `tests/bench`, in a temporary folder. Each query is asked by a new visitor, once by opening its
address and once by typing it into the header's box.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.guides import write_project
from tests.search.engines import Ours, fresh_page
from tests.search.measure import FLAGS
from tests.search.server import Served, serving

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 300_000
QUERIES = (
    *("居民身份证丢失补领", "食品经营许可（首次）", "结婚登记（青山街道）", "机动车注册登记"),
    *("身份证", "护照", "公积金", "变更登记", "许可", "青河镇"),
    *("shenfenzheng", "huzhao", "jiehundengji", "sfz", "gsbg"),
    *("居民身分证", "食品经营许克", "身份证丢了怎么补", "开饭馆要什么证", "BENCH-01234"),
)
"""Names, parts of names, pinyin, first letters, slips, everyday words, and a code."""


class Cost(NamedTuple):
    """What a query costs until its first result, beyond the page itself; `found` is that result's item."""

    size: int
    requests: int
    milliseconds: float
    found: str


class BuildFailed(Exception):
    """The site could not be built; the message is what the build said."""


def build_large(folder: Path, guides: int) -> Path:
    """Write and build a project of so many guides; return the folder of its site."""
    project = folder / "project"
    project.mkdir()
    made = write_project(ROOT, project, guides)
    command = [sys.executable, "-m", "generator", "build", "--as-of", made.day]
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(command, cwd=project, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    if done.returncode:
        raise BuildFailed((done.stderr or done.stdout)[-2000:])
    return project / "site"


def measure_large(chromium: str, site: Path) -> int:
    """Print a row for each way to ask and the costliest queries; return 1 where a query needs too much."""
    with serving(site) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        opened = [_opened(browser, Ours(site), served, query) for query in (QUERIES[0], *QUERIES)][1:]
        typed = [_typed(browser, Ours(site), served, query) for query in QUERIES]
        browser.close()
    print(f"\n{'':20}{'KB, median':>12}{'max':>8}{'requests':>10}{'max':>6}{'ms':>8}{'max':>8}{'nothing':>9}")
    print_costs("address opened", opened)
    print_costs("typed in the header", typed)
    for query, cost in sorted(zip(QUERIES, opened, strict=True), key=lambda pair: -pair[1].size)[:5]:
        print(f"{cost.size / 1000:8.0f} KB{cost.requests:4} requests  {query}: {cost.found or 'nothing'}")
    return int(max(cost.size for cost in (*opened, *typed)) > MOST_BYTES)


def print_costs(name: str, costs: Sequence[Cost]) -> None:
    """Print medians and the most."""
    sizes, requests = [cost.size / 1000 for cost in costs], [cost.requests for cost in costs]
    times = [cost.milliseconds for cost in costs]
    row = f"{statistics.median(sizes):12.0f}{max(sizes):8.0f}{statistics.median(requests):10.0f}{max(requests):6}"
    nothing = sum(not cost.found for cost in costs)
    print(f"{name:20}{row}{statistics.median(times):8.0f}{max(times):8.0f}{nothing:9}")


def _opened(browser: Browser, engine: Ours, served: Served, query: str) -> Cost:
    page = fresh_page(browser, engine)
    page.add_init_script(_WATCH.replace("SELECTOR", "#search-results [data-result], #search-results[data-state=done]"))
    served.sent.clear()
    page.goto(served.address + engine.address(query))
    return _cost(page, engine, served)


def _typed(browser: Browser, engine: Ours, served: Served, query: str) -> Cost:
    page = fresh_page(browser, engine)
    page.goto(served.address)
    box = page.locator("header input[name=q], input[name=q]").first
    served.sent.clear()
    box.focus()
    page.evaluate("performance.mark('asked')")
    page.evaluate(
        _WATCH.replace("SELECTOR", ".search-drop[data-state=done] [data-result], .search-drop[data-state=done]")
    )
    box.fill(query)
    return _cost(page, engine, served)


def _cost(page: Page, engine: Ours, served: Served) -> Cost:
    page.wait_for_function("window.firstResult")
    moment, milliseconds, found = page.evaluate(_READ)
    sent = [each for each in served.sent if each.moment <= moment and not engine.own.fullmatch(each.path)]
    page.context.close()
    return Cost(sum(each.size for each in sent), len(sent), milliseconds, found)


_WATCH = """
new MutationObserver((changes, watcher) => {
  const first = document.querySelector("SELECTOR");
  if (!first) return;
  window.firstResult = performance.now();
  window.firstFound = document.querySelector("main [data-result], .search-drop [data-result]")?.dataset.result ?? "";
  watcher.disconnect();
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state"] });
"""
_READ = """() => {
  const asked = performance.getEntriesByName("asked")[0]?.startTime ?? 0;
  return [(performance.timeOrigin + window.firstResult) / 1000, window.firstResult - asked, window.firstFound];
}"""
