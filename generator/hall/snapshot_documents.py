"""Our own documents → statements: saved pages by their marks, and data files, both of which name their facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from generator.hall.snapshot_types import Origin, Snapshot, Statement, UnreadableSnapshot
from generator.led_reading import facts_shown


def html_snapshot(name: str, data: bytes) -> Snapshot:
    """Read the marked facts of a saved page."""
    page = LexborHTMLParser(data.decode("utf-8", errors="replace"))
    statements = tuple(
        Statement(
            origin=Origin(name),
            text=" ".join(node.text(deep=True).split()),
            fact=node.attributes.get("data-fact") or "",
            value=node.attributes.get("data-value") or "",
        )
        for node in page.css("[data-fact]")
    )
    if not statements:
        raise UnreadableSnapshot(f"{name} 里没有本站标记的内容，不是本站的页面、窗口屏或告知单。")
    return Snapshot(name, statements)


def json_snapshot(name: str, data: bytes) -> Snapshot:
    """Read the facts of a data file of ours: an LED screen's, an item's, a list's."""
    try:
        document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableSnapshot(f"{name} 不是完好的 JSON 文件：第 {error.lineno} 行读不下去。") from error
    try:
        statements = tuple(_statements(document, Origin(name)))
    except RecursionError as error:
        raise UnreadableSnapshot(f"{name} 的层次太深，不是本站的数据。") from error
    if not statements:
        raise UnreadableSnapshot(f"{name} 里没有本站的事实（fact、value、text），不是本站的屏幕数据。")
    return Snapshot(name, statements)


def _statements(node: Any, origin: Origin) -> Iterator[Statement]:
    """Walk through a document."""
    if isinstance(node, list):
        for entry in node:
            yield from _statements(entry, origin)
    if not isinstance(node, dict):
        return
    if {"lines", "words"} <= node.keys() and (found := _led_statements(node, origin)):
        yield from found
        return
    fact, facts = node.get("fact"), node.get("facts")
    if isinstance(fact, str) and "#" in fact:
        yield _statement(origin, fact, node)
    if isinstance(node.get("path"), str) and isinstance(facts, dict):
        for inner, entry in facts.items():
            if isinstance(entry, dict):
                yield _statement(origin, f"{node['path']}#{inner}", entry)
        return
    for entry in node.values():
        yield from _statements(entry, origin)


def _led_statements(message: dict[str, Any], origin: Origin) -> list[Statement]:
    """Return what the lines of an LED screen say; they are what people read, whatever the data beside them says."""
    try:
        shown = list(facts_shown(message))
        return [Statement(origin=origin, text=text, fact=fact["fact"], value=fact["value"]) for fact, text in shown]
    except (KeyError, TypeError, AttributeError):  # lines of something else
        return []


def _statement(origin: Origin, fact: str, entry: dict[str, Any]) -> Statement:
    text = str(entry.get("text", ""))
    return Statement(origin=origin, text=text, fact=fact, value=str(entry.get("value", text)))


_WINDOW_GUIDE = re.compile(r"windows\.([^.]+)\.guides\.([^.]+)\.guide$")
_WINDOW = re.compile(r"windows\.([^.]+)\.")


def guide_at_window(path: str) -> tuple[str, str] | None:
    """Return window and guide of a fact of a hall that says that the window handles the guide."""
    match = _WINDOW_GUIDE.match(path)
    return (match[1], match[2]) if match else None


def windows_shown(paths: list[str]) -> list[str]:
    """Return the windows whose guides a document with these facts of a hall lists, in order.

    A document about a single window is its screen, even where its list came out empty.
    """
    listed = dict.fromkeys(found[0] for path in paths if (found := guide_at_window(path)))
    named = dict.fromkeys(match[1] for path in paths if (match := _WINDOW.match(path)))
    return list(listed) or (list(named) if len(named) == 1 else [])
