"""Asks an engine everything and counts: ranks of the expected items, parts of names, bytes and time of first results.

`scores_of` and `recall_of` are what the test of continuous integration uses too.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

from tests.search.content import Item
from tests.search.engines import Engine, fresh_page, rank
from tests.search.queries import Query
from tests.search.server import Served, serving

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
BROWSERS = 2
"""At once: each has a page of its own; two processors are what a small machine has."""
NAMES = 40
SLOWER = 4
"""How many times slower than this machine's the processor of a phone is taken to be."""
TYPING = 3_000
"""Milliseconds between touching the box and asking."""

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Asked(NamedTuple):
    """A query, what was found, and the rank of the first right one."""

    query: Query
    found: Sequence[str]
    rank: int | None


class Scores(NamedTuple):
    """Figures over some queries: shares of 1, and how many found nothing at all."""

    queries: int
    first: float
    third: float
    reciprocal: float
    nothing: int


class Recall(NamedTuple):
    """How many parts of names find the item, of how many, and those that don't."""

    found: int
    asked: int
    missing: Sequence[tuple[str, str]]


class First(NamedTuple):
    """First results of one query for a new visitor: bytes beyond the page, milliseconds."""

    size: int
    typed: float
    """From asking on the open page of the search."""
    opened: float
    """From asking for the page."""
    after_page: float
    """From the moment the page's HTML was there."""


def ask_all(chromium: str, engine: Engine, queries: Sequence[Query]) -> list[Asked]:
    """Ask every query in a real browser."""

    def ask(page: Page, site: str, query: Query) -> Asked:
        found = engine.ask(page, site, query.text)
        return Asked(query, found, rank(found, query.expected))

    return _in_browsers(chromium, engine, queries, ask)


def scores_of(asked: Sequence[Asked]) -> Scores:
    """Return success at 1 and 3, the mean reciprocal rank, and the number of queries with nothing."""
    ranks = [one.rank for one in asked]
    return Scores(
        len(ranks),
        sum(place == 1 for place in ranks) / len(ranks),
        sum(place is not None and place <= 3 for place in ranks) / len(ranks),
        statistics.fmean(1 / place if place else 0 for place in ranks),
        sum(not one.found for one in asked),
    )


def spread(asked: Sequence[Asked], count: int) -> list[str]:
    """Return queries that found something, spread evenly over all of those."""
    texts = [one.query.text for one in asked if one.found]
    number = min(count, len(texts))
    return [texts[at * len(texts) // number] for at in range(number)]


def worst(asked: Sequence[Asked], count: int) -> list[Asked]:
    """Return the queries that went worst, those without the right item first."""
    wrong = [one for one in asked if one.rank != 1]
    return sorted(wrong, key=lambda one: -(one.rank or 1_000))[:count]


def parts_of(text: str) -> set[str]:
    """Return every part of two to four characters that has a letter, a digit or a Han character."""
    parts = {text[at : at + size] for size in (2, 3, 4) for at in range(len(text) - size + 1)}
    said = {part for part in parts if re.search(r"[a-z0-9\u3007\u4e00-\u9fff]", part, re.IGNORECASE)}
    # A part that begins or ends with a space is another, shorter part.
    return {part for part in said if part == part.strip()}


def some_items(items: Sequence[Item], count: int = NAMES) -> list[Item]:
    """Return items spread evenly over all kinds, the same at every call."""
    kinds: dict[str, list[Item]] = {}
    for item in items:
        kinds.setdefault(item.path.partition("/")[0], []).append(item)
    each = [kind[:: max(1, len(kind) * len(kinds) // count)] for kind in kinds.values()]
    turns = [kind[turn] for turn in range(count) for kind in each if turn < len(kind)]
    return turns[:count]


def recall_of(chromium: str, engine: Engine, items: Sequence[Item]) -> Recall:
    """Ask every part of the items' names; each has to find all those of the items whose name has it."""
    wanted: dict[str, list[str]] = {}
    for item in items:
        for part in sorted(parts_of(item.name)):
            wanted.setdefault(part, []).append(item.path)

    def ask(page: Page, site: str, part: str) -> list[tuple[str, str]]:
        found = set(engine.ask(page, site, part, wanted[part]))
        return [(part, path) for path in wanted[part] if path not in found]

    answers = _in_browsers(chromium, engine, list(wanted), ask)
    missing = [pair for answer in answers for pair in answer]
    pairs = sum(len(paths) for paths in wanted.values())
    return Recall(pairs - len(missing), pairs, missing)


def _in_browsers(
    chromium: str, engine: Engine, questions: Sequence[Question], ask: Callable[[Page, str, Question], Answer]
) -> list[Answer]:
    """Ask in several browsers at once, each its share, and return the answers in the order of the questions."""
    shares = [questions[first::BROWSERS] for first in range(BROWSERS)]

    def ask_share(share: Sequence[Question]) -> list[Answer]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = fresh_page(browser, engine)
            engine.start(page, served.address)
            answers = [ask(page, served.address, question) for question in share]
            browser.close()
        return answers

    with serving(engine.folder) as served, ThreadPoolExecutor(BROWSERS) as pool:
        answers = list(pool.map(ask_share, shares))
    return [answers[at % BROWSERS][at // BROWSERS] for at in range(len(questions))]


def first_results(chromium: str, engine: Engine, texts: Sequence[str]) -> Mapping[str, First]:
    """Open the address of each query, of which each finds something, as a new visitor with a slow processor."""
    firsts: dict[str, First] = {}
    if not texts:
        return firsts
    with serving(engine.folder) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for text in ["", *texts]:  # the first only brings the browser and the files into memory
            first = _first(browser, engine, served, text or texts[0])
            if text:
                firsts[text] = first
        browser.close()
    return firsts


def _first(browser: Browser, engine: Engine, served: Served, text: str) -> First:
    with fresh_page(browser, engine).context as context:
        typed = _typed(_slow(context.pages[0]), engine, served, text)
    with fresh_page(browser, engine).context as context:
        page = _slow(context.pages[0])
        page.add_init_script(_WATCH.replace("SELECTOR", engine.first))
        served.sent.clear()
        page.goto(served.address + engine.address(text))
        page.wait_for_function("window.firstResult")
        moment, opened, page_was_there = page.evaluate(_READ)
    fetched = [sent for sent in served.sent if sent.moment <= moment and not engine.own.fullmatch(sent.path)]
    return First(sum(sent.size for sent in fetched), typed, opened, opened - page_was_there)


def _typed(page: Page, engine: Engine, served: Served, text: str) -> float:
    """Ask on the open page, after as long as a hand takes to type."""
    page.goto(served.address + engine.address(""))
    if engine.box:
        page.focus(engine.box)
    page.wait_for_timeout(TYPING)
    page.evaluate(_WATCH.replace("SELECTOR", engine.first))
    asking = f"(query) => {{ const now = performance.now(); ({engine.begin})(query); return now; }}"
    started: float = page.evaluate(asking, text)
    page.wait_for_function("window.firstResult")
    first: float = page.evaluate("window.firstResult")
    return first - started


def _slow(page: Page) -> Page:
    """Take away the cache and most of the processor."""
    channel = page.context.new_cdp_session(page)
    channel.send("Network.setCacheDisabled", {"cacheDisabled": True})
    channel.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


_WATCH = """
new MutationObserver((changes, watcher) => {
  if (!document.querySelector("SELECTOR")) return;
  window.firstResult = performance.now();
  watcher.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
_READ = """() => [
  (performance.timeOrigin + window.firstResult) / 1000,
  window.firstResult,
  performance.getEntriesByType("navigation")[0].domInteractive,
]"""
