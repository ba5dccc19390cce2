"""What is noted of many items is noted of their kind, so that a note never grows with the size of a site."""

from __future__ import annotations

from pathlib import Path

from project import FILES, read, tiny_project

from generator import notes
from generator.answers import Answers
from generator.catalogue import Catalogue
from generator.notes import MANY, Notes, Query
from generator.watched import Watched

GUIDE = FILES["items/guides/card-renewal.yml"]


def guides(folder: Path, count: int) -> Catalogue:
    """Return a small project with so many guides more."""
    files = {f"items/guides/g{number}.yml": GUIDE.replace("XQ-0101", f"XQ-1{number:03}") for number in range(count)}
    return read(tiny_project(folder, files))


def test_what_is_read_of_very_many_items_is_noted_of_their_kind(tmp_path: Path) -> None:
    catalogue = guides(tmp_path / "project", MANY + 1)
    for count, expected in (
        (MANY // 2, {Query("item", path=f"guides/g{number}") for number in range(MANY // 2)}),
        (MANY + 1, {Query("kind", "guide", fields="#visit summary")}),
    ):
        watched = Watched(catalogue, Notes())
        for number in range(count):
            guide = watched.by_path[f"guides/g{number}"]
            assert guide.name == "小证期满换领" if count < MANY else getattr(guide, "summary", "")
            watched.sheet(guide).facts["visit.count"]
        if count < MANY:
            expected |= {query._replace(fields="#visit name") for query in expected}
        assert watched.asked == expected


def test_a_look_at_all_of_one_item_stays_what_it_is(tmp_path: Path) -> None:
    catalogue = guides(tmp_path / "project", MANY + 1)
    watched = Watched(catalogue, Notes())
    watched.sheet(catalogue.by_path["guides/g3"])
    for number in range(MANY + 1):
        assert watched.find("guide", f"g{number}")
    assert watched.asked == {Query("kind", "guide"), Query("item", path="guides/g3", fields="*")}


def test_paths_of_no_kind_are_kept_as_they_are() -> None:
    queries = {Query("item", path=f"nothing/{number}") for number in range(MANY + 1)}
    assert set(notes._condensed(queries)) == queries


def test_what_guides_are_about_is_one_answer(tmp_path: Path) -> None:
    catalogue = guides(tmp_path / "project", 2)
    watched = Watched(catalogue, Notes())
    assert watched.subjects["guides/g1"] == ({"证件到期或丢失"}, {"证件办理"}, frozenset())
    [query] = (one for one in watched.asked if one.of == "guide")
    assert query == Query("kind", "guide", fields=":subjects")
    changed = tiny_project(
        tmp_path / "changed",
        {
            "items/guides/g0.yml": GUIDE.replace("XQ-0101", "XQ-1000"),
            "items/guides/g1.yml": GUIDE.replace("XQ-0101", "XQ-1001"),
        },
    )
    guide = changed / "items/guides/g1.yml"
    for before, after, is_same in (("核对旧证", "核对旧的证", True), ("events: [证件到期或丢失]\n", "", False)):
        text = guide.read_text(encoding="utf-8")
        assert before in text
        guide.write_text(text.replace(before, after), encoding="utf-8")
        assert (Answers(read(changed)).to(query) == Answers(catalogue).to(query)) is is_same
