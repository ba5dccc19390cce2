"""Measures our search and its peers on the same content and prints tables; writes nothing but `.cache/search-venv`.

Options: --site-dir DIR, the built site (site); --guides N, instead build a site of so many guides (10000: some five
minutes) in a temporary folder and print what first results cost there, failing above 300 KB. Environment: PEERS of
material and pagefind (both; `none` for neither), OPENED addresses whose first results are timed (20).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Error

from tests.search.content import Item, read_items
from tests.search.engines import Engine, Material, Ours, Pagefind
from tests.search.large import BuildFailed, build_large, measure_large
from tests.search.measure import ask_all, first_results, recall_of, some_items, spread
from tests.search.peers import make_material, make_pagefind, peers_python
from tests.search.queries import Query, read_queries
from tests.search.report import print_costs, print_kinds, print_recall, print_scores, print_worst
from tests.system_parts import find_chromium

ROOT = Path(__file__).resolve().parents[2]
PEERS = os.environ.get("PEERS", "all")
OPENED = int(os.environ.get("OPENED", "20"))
STARTED = time.perf_counter()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.search", description="measure the search and its peers")
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site", help="the built site")
    parser.add_argument("--guides", type=int, help="measure a site of so many guides instead, built for it")
    options = parser.parse_args()
    site = options.site_dir.resolve()
    chromium = find_chromium()
    if options.guides and chromium:
        return _large(chromium, options.guides)
    if not (site / "api" / "v1").is_dir() or chromium is None:
        _say("no browser: install Chromium" if chromium is None else f"{site} is no built site: run `make site`")
        return 3
    items = read_items(site, ROOT / "items")
    with tempfile.TemporaryDirectory(prefix="tongchuang-search-") as name:
        try:
            _measure(chromium, [Ours(site), *_peers(items, Path(name))], items)
        except Error as error:
            _say(f"The browser gave up: {error.message.splitlines()[0]}")
            return 1
    return 0


def _large(chromium: str, guides: int) -> int:
    with tempfile.TemporaryDirectory(prefix="tongchuang-search-") as name:
        try:
            _stage(f"building a site of {guides} guides …")
            site = build_large(Path(name), guides)
            _stage("asking …")
            return measure_large(chromium, site)
        except BuildFailed as error:
            _say(f"The build failed:\n{error}")
        except Error as error:
            _say(f"The browser gave up: {error.message.splitlines()[0]}")
    return 1


def _measure(chromium: str, engines: Sequence[Engine], items: Sequence[Item]) -> None:
    queries = _answerable(read_queries(), items)
    _stage(f"asking {len(queries)} queries …")
    asked = {engine.name: ask_all(chromium, engine, queries) for engine in engines}
    print_scores(asked)
    print_kinds(asked[Ours.name])
    _stage("asking parts of names …")
    names = some_items(items)
    compared = [engine for engine in engines if engine.name in (Ours.name, Pagefind.name)]
    print_recall({engine.name: recall_of(chromium, engine, names) for engine in compared}, len(names))
    _stage("opening addresses …")
    texts = {name: spread(answers, OPENED) for name, answers in asked.items()}
    print_costs({engine.name: first_results(chromium, engine, texts[engine.name]) for engine in engines})
    print_worst(asked[Ours.name])
    _stage("done")


def _answerable(queries: Sequence[Query], items: Sequence[Item]) -> list[Query]:
    """Leave out queries of whose answers the site has none."""
    paths = {item.path for item in items}
    kept = [query for query in queries if query.expected & paths]
    if left_out := len(queries) - len(kept):
        _say(f"left out: {left_out} queries whose items are not on this site")
    return kept


def _peers(items: Sequence[Item], folder: Path) -> list[Engine]:
    wanted = {name for name in ("material", "pagefind") if PEERS == "all" or name in PEERS.split(",")}
    if not wanted:
        return []
    python = peers_python(ROOT / ".cache")
    if python is None:
        _say("left out: both peers (the packages of tests/search/requirements.lock cannot be installed)")
        return []
    makers: dict[str, tuple[type[Engine], Callable[[Path, Sequence[Item], Path], Path | None]]] = {
        "material": (Material, make_material),
        "pagefind": (Pagefind, make_pagefind),
    }
    _stage("making the peers' sites …")
    engines: list[Engine] = []
    for name in sorted(wanted):
        kind, make = makers[name]
        (folder / name).mkdir()
        made = make(python, items, folder / name)
        engines += [kind(made)] if made else []
        if made is None:
            _say(f"left out: {kind.name} (its build failed)")
    return engines


def _stage(text: str) -> None:
    sys.stdout.flush()
    _say(f"{time.perf_counter() - STARTED:4.0f} s  {text}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
