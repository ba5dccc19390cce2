"""The search finds what people ask for: the goals of the measure, and the measure's own counting."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import reading
from playwright.sync_api import Browser
from project import ROOT
from system_parts import needed

from tests.search.content import Item, read_items
from tests.search.engines import Ours, rank
from tests.search.measure import Asked, ask_all, parts_of, scores_of, some_items, spread, worst
from tests.search.queries import Query, read_queries
from tests.search.server import serving


def asked(text: str, found: list[str], expected: str) -> Asked:
    """Return an answered query."""
    query = Query(text, "name", frozenset(expected.split(" ")))
    return Asked(query, found, rank(found, query.expected))


@pytest.mark.browser
@pytest.mark.slow
def test_everyday_queries_find_their_items(site_folder: Path) -> None:
    queries = read_queries()
    paths = {item.path for item in read_items(site_folder, ROOT / "items")}
    assert [query.text for query in queries if not query.expected & paths] == []
    answers = ask_all(needed("chromium"), Ours(site_folder), queries)
    scores = scores_of(answers)
    assert [one.query.text for one in answers if not one.found] == []
    assert scores.first >= 0.85, worst(answers, 20)
    assert scores.third >= 0.95, worst(answers, 20)


@pytest.mark.browser
@pytest.mark.slow
def test_every_part_of_a_name_finds_the_item(chromium: Browser, site_folder: Path) -> None:
    """The engine is asked, not its page, which `make bench-search` does: a thousand pages of results take a minute."""
    items = some_items(read_items(site_folder, ROOT / "items"))
    wanted = {
        part: [item.path for item in items if part in parts_of(item.name)]
        for item in items
        for part in parts_of(item.name)
    }
    with serving(site_folder) as served, reading(chromium, served.address) as reader:
        page = reader.open("search/")
        found = page.evaluate(ASK_ENGINE, list(wanted))
    missing = [(part, path) for part, paths in wanted.items() for path in paths if path not in found[part]]
    assert missing == []
    assert len(wanted) > 500


ASK_ENGINE = """async (parts) => {
    const { find } = await import(new URL("../assets/search-engine.js", location.href).href);
    const found = {};
    for (const part of parts) found[part] = (await find(part)).hits.map((hit) => hit.entry.p);
    return found;
}"""


@pytest.mark.parametrize(
    ("found", "expected", "place"),
    [
        (["a/1", "a/2", "a/3"], "a/1", 1),
        (["a/1", "a/2", "a/3"], "a/3 a/2", 2),
        (["a/1"], "a/2", None),
        ([], "a/1", None),
        ([f"a/{number}" for number in range(11)], "a/9", 10),
        ([f"a/{number}" for number in range(11)], "a/10", None),
    ],
)
def test_the_rank_is_that_of_the_first_right_item_among_ten(found: list[str], expected: str, place: int | None) -> None:
    assert rank(found, frozenset(expected.split(" "))) == place


def test_scores_are_shares_of_all_queries() -> None:
    answers = [asked("一", ["a/1"], "a/1"), asked("二", ["a/1", "a/2"], "a/2"), asked("三", ["a/1"], "a/3")]
    answers += [asked("四", [], "a/4")]
    assert scores_of(answers) == (4, 0.25, 0.5, 0.375, 1)


def test_the_worst_queries_are_those_not_found_then_those_far_down() -> None:
    first, second = asked("一", ["a/1"], "a/1"), asked("二", ["a/1", "a/2"], "a/2")
    third, none = asked("三", ["a/1", "a/2", "a/3"], "a/3"), asked("四", ["a/1"], "a/4")
    assert worst([first, second, third, none], 2) == [none, third]
    assert worst([first, second], 2) == [second]


def test_queries_to_open_are_spread_over_those_that_found_something() -> None:
    answers = [asked(str(number), ["a/1"] if number % 2 else [], "a/1") for number in range(10)]
    assert spread(answers, 2) == ["1", "5"]
    assert spread(answers, 9) == ["1", "3", "5", "7", "9"]
    assert spread([], 3) == []


def test_parts_have_two_to_four_characters_and_one_that_is_searched() -> None:
    assert parts_of("身份证") == {"身份", "份证", "身份证"}
    assert parts_of("（一）") == {"（一", "一）", "（一）"}
    assert parts_of("、。！") == set()
    assert parts_of("A 级") == {"A 级"}


def test_names_are_spread_over_all_kinds_and_always_the_same() -> None:
    items = [Item(f"{kind}/{number}", "", ()) for kind in "abc" for number in range(100)] + [Item("d/0", "", ())]
    some = some_items(items)
    assert some == some_items(items)
    assert len(some) == len(set(some)) <= 40
    assert {kind: sum(item.path.startswith(kind) for item in some) >= 10 for kind in "abc"} == dict.fromkeys(
        "abc", True
    )
    assert Item("d/0", "", ()) in some


def test_the_server_counts_what_is_sent_and_keeps_to_its_folder(tmp_path: Path) -> None:
    from urllib.error import HTTPError
    from urllib.request import urlopen

    (tmp_path / "site" / "search").mkdir(parents=True)
    (tmp_path / "site" / "search" / "data.bin").write_bytes(b"1234567")
    (tmp_path / "secret.bin").write_bytes(b"secret")
    with serving(tmp_path / "site") as served:
        with urlopen(f"{served.address}search/data.bin?q=1") as answer:
            assert answer.read() == b"1234567"
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{served.address}../secret.bin")
        refused.value.close()
        assert [(sent.path, sent.size) for sent in served.sent] == [("search/data.bin", 7)]
