"""Compares statements that name their fact themselves: marks of saved pages, our own data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.catalogue import Catalogue
from generator.hall.compare_result import Difference
from generator.hall.notation import bare
from generator.hall.snapshot_documents import guide_at_window, windows_shown
from generator.hall.snapshot_types import Statement
from generator.item import Item
from generator.kinds.hall import Hall


class Compared(NamedTuple):
    """How many marks were compared, and what differs."""

    checked: int
    differences: tuple[Difference, ...]


def compare_marks(catalogue: Catalogue, hall: Hall, statements: Sequence[Statement], covers_windows: bool) -> Compared:
    """Compare the marks of one document. Every mark must be a present fact with its present value and text."""
    found: list[Difference] = []
    told: set[str] = set()
    cancelled = {
        one.fact.partition("#")[0] for one in statements if one.fact.endswith("#status") and one.text == "取消"
    }
    for statement in statements:
        path, _, inner = statement.fact.partition("#")
        difference = _compare(catalogue, statement, path, inner)
        if difference is None or (path in cancelled and difference.kind == "已停办仍在显示"):
            continue
        about = f"{difference.kind} {difference.window} {difference.item}"
        if difference.kind in ("不一致", "窗口不对") or about not in told:
            found.append(difference)
        told.add(about)
    if covers_windows:
        found += _missing(catalogue, hall, statements)
    return Compared(len(statements), tuple(found))


def _compare(catalogue: Catalogue, statement: Statement, path: str, inner: str) -> Difference | None:
    origin, text = statement.origin, statement.text
    item = catalogue.by_path.get(path)
    if item is None:
        return Difference("不认识的事项", origin, "", path, "", text, "", statement.fact)
    if item.is_withdrawn(catalogue.today):
        return Difference("已停办仍在显示", origin, "", item.name, "", text, "不再显示", statement.fact)
    fact = catalogue.sheet(item).facts.get(inner)
    window = _window_of(inner) if isinstance(item, Hall) else ""
    if fact is None:
        return _without_fact(catalogue, statement, item, inner, window)
    if statement.value == fact.value and text.split() == fact.text.split():
        return None
    if statement.value == fact.value and bare(text) == bare(fact.text):
        return None  # a screen may set a text otherwise
    shown = text if bare(text) != bare(fact.text) else statement.value
    return Difference("不一致", origin, window, item.name, fact.label, shown, fact.text, fact.key)


def _window_of(inner: str) -> str:
    return inner.split(".")[1] if inner.startswith("windows.") else ""


def _without_fact(catalogue: Catalogue, statement: Statement, item: Item, inner: str, window: str) -> Difference:
    """Tell why the source has no such fact: a guide that left the window, or one withdrawn, or something of old."""
    origin, text = statement.origin, statement.text
    if at := guide_at_window(inner):
        guide = catalogue.find("guide", at[1])
        if guide is None:
            return Difference("不认识的事项", origin, at[0], text, "", text, "", statement.fact)
        if guide.is_withdrawn(catalogue.today):
            return Difference("已停办仍在显示", origin, at[0], guide.name, "", text, "不再显示", statement.fact)
        expected = "、".join(getattr(guide, "windows", ()))
        return Difference("窗口不对", origin, at[0], guide.name, "", at[0], expected, f"{guide.path}#place.where")
    return Difference("不一致", origin, window, item.name, inner, text, "现在没有这一条", statement.fact)


def _missing(catalogue: Catalogue, hall: Hall, statements: Sequence[Statement]) -> Iterator[Difference]:
    own = [one.fact.partition("#")[2] for one in statements if one.fact.startswith(f"{hall.path}#")]
    shown = {found for path in own if (found := guide_at_window(path))}
    named = {one.fact.removesuffix("#name") for one in statements if one.fact.endswith("#name")}
    facts = catalogue.sheet(hall).facts
    windows = set(windows_shown(own))
    for path, fact in facts.items():
        at = guide_at_window(path)
        if at and at[0] in windows and at not in shown and fact.target not in named:
            origin = statements[0].origin
            yield Difference("窗口缺少", origin, at[0], fact.text, "", "", fact.text, fact.key)
