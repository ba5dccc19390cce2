"""The engines as a visitor meets them: each knows the address of a search and how to ask on an open page."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Error, Page

AT_TOP = 10
"""How far down a list someone looks; ranks below it count as not found."""


class Engine(ABC):
    """A search engine in a served folder."""

    name: str
    first: str
    """Selects the first result."""
    init = ""
    """A script that runs before those of the page."""
    box = ""
    """Selects where a question is typed; nothing where the page has none."""
    begin: str
    """A function of a query that asks it on the open page, like Enter in the box."""
    own = re.compile(r"(|.*/|.*\.html|assets/(?!javascripts/(workers|lunr)/).*)$")
    """The paths of the page's own files; everything else is fetched for the search."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def address(self, query: str) -> str:
        """Return the shareable address of a query, relative to the site."""

    def start(self, page: Page, site: str) -> None:
        """Open the page on which queries are asked, and wait until it can be asked."""
        page.goto(site + self.address(""))

    @abstractmethod
    def ask(self, page: Page, site: str, query: str, wanted: Collection[str] = ()) -> list[str]:
        """Return what the engine finds, best first; at least the top, and so much more that `wanted` is in it."""


class Ours(Engine):
    """The search page of the site."""

    name = "tongchuang"
    first = "main [data-result]"
    box = "main form[role=search] input[name=q]"
    begin = """(query) => {
  const input = document.querySelector("main form[role=search] input[name=q]");
  input.value = query;
  input.form.requestSubmit();
}"""

    def address(self, query: str) -> str:
        return f"search/?q={quote(query)}"

    def ask(self, page: Page, site: str, query: str, wanted: Collection[str] = ()) -> list[str]:
        try:
            found = page.evaluate(_ASK_OURS, [query, list(wanted)])
        except Error:
            # Typed in some way the form didn't take; the address is the surer way, and slower.
            page.goto(site + self.address(query))
            page.wait_for_selector("#search-results[data-state=done]", state="attached")
            found = page.evaluate(_READ_OURS, list(wanted))
        return list(dict.fromkeys(found))


_OURS = """
const shown = () => Array.from(document.querySelectorAll("main [data-result]"), (link) => link.dataset.result);
const list = document.querySelector("#search-results");
const settled = () => new Promise((resolve, reject) => {
  const watcher = new MutationObserver(() => look());
  const timer = setTimeout(() => { watcher.disconnect(); reject(new Error("never done")); }, 10000);
  const look = () => {
    if (list.dataset.state !== "done") return;
    watcher.disconnect();
    clearTimeout(timer);
    resolve();
  };
  watcher.observe(list, { attributes: true, attributeFilter: ["data-state"] });
  look();
});
const nextButton = () => Array.from(document.querySelectorAll("main button")).find(
  (button) => button.textContent.trim().startsWith("显示更多") && button.checkVisibility());
const read = async (wanted) => {
  while (wanted.some((path) => !shown().includes(path)) && nextButton()) {
    const before = shown().length;
    list.dataset.state = "asked";
    nextButton().click();
    await settled();
    if (shown().length === before) break;
  }
  return shown();
};
"""
_READ_OURS = f"async (wanted) => {{ {_OURS} return read(wanted); }}"
_ASK_OURS = f"""async ([query, wanted]) => {{ {_OURS}
const input = document.querySelector("main form[role=search] input[name=q]");
list.dataset.state = "asked";
input.value = query;
input.form.requestSubmit();
await settled();
if ((new URLSearchParams(location.search).get("q") || "") !== query) throw new Error("another question");
return read(wanted);
}}"""


class Material(Engine):
    """The search of a site made with Material for MkDocs: its own box, and what its worker answers to it."""

    name = "Material + jieba"
    first = ".md-search-result__link"
    box = "input.md-search__input"
    begin = """(query) => {
  const input = document.querySelector("input.md-search__input");
  input.value = query;
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
}"""
    init = """
    window.answers = [];
    window.Worker = class extends window.Worker {
      constructor(...given) {
        super(...given);
        this.addEventListener("message", ({ data }) => { if (data.type === 3) window.answers.push(data.data); });
      }
    };"""

    def address(self, query: str) -> str:
        return f"?q={quote(query)}" if query else ""

    def start(self, page: Page, site: str) -> None:
        super().start(page, site)
        # The first answer comes when the index is read.
        self.ask(page, site, "首页")

    def ask(self, page: Page, site: str, query: str, wanted: Collection[str] = ()) -> list[str]:
        items = page.evaluate(_ASK_MATERIAL, query)
        return list(dict.fromkeys(path for item in items for path in [_path_of(item[0]["location"])] if path))


_ASK_MATERIAL = """async (query) => {
  const input = document.querySelector("input.md-search__input");
  window.answers.length = 0;
  const started = performance.now();
  input.value = query;
  input.focus();
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  while (!window.answers.length && performance.now() - started < 15000) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return window.answers.length ? window.answers.at(-1).items : [];
}"""


class Pagefind(Engine):
    """Pagefind extended as it comes, by its JavaScript interface."""

    name = "Pagefind extended"
    first = "#results a"
    begin = "(query) => { show(query); }"
    own = re.compile(r"(|.*/|.*\.html)$")

    def address(self, query: str) -> str:
        return f"?q={quote(query)}" if query else ""

    def start(self, page: Page, site: str) -> None:
        super().start(page, site)
        page.wait_for_selector("body[data-ready]")

    def ask(self, page: Page, site: str, query: str, wanted: Collection[str] = ()) -> list[str]:
        found = page.evaluate("([query, limit]) => ask(query, limit)", [query, 1_000_000 if wanted else AT_TOP])
        return [path for url in found for path in [_path_of(url)] if path]


def _path_of(location: str) -> str:
    """Return `guides/id-card-loss` for the address of its page, nothing for other pages."""
    match = re.match(r"/?([^/#?]+/[^/#?]+)/", location)
    return match[1] if match else ""


def rank(found: Sequence[str], expected: Collection[str]) -> int | None:
    """Return the place, from 1, of the first expected item at the top of a list."""
    return next((place for place, path in enumerate(found[:AT_TOP], 1) if path in expected), None)


def fresh_page(browser: Any, engine: Engine) -> Page:
    """Open a page in a context of its own, with nothing in the cache."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.add_init_script(engine.init or "0")
    page: Page = context.new_page()
    page.set_default_timeout(60_000)
    return page
