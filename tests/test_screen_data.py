"""The facts that a window's screen shows, as data: the same as on the screen, verified, read as a snapshot."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from project import ROOT, read, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.differences import Difference
from generator.hall import report
from generator.hall.compare import compare_snapshots
from generator.hall.snapshot import read_snapshot
from generator.kinds.hall import Hall
from generator.render.screens import screen_outputs
from generator.render.site import Site
from generator.settings import Settings
from generator.verify import compare_texts, sheets_of
from generator.verify_data import compare_screen_data

FOLDER = "hall/main/windows/a01"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return read(tiny_project(tmp_path_factory.mktemp("screens") / "project"))


@pytest.fixture(scope="module")
def files(small: Catalogue) -> dict[str, str]:
    """Return the files of all screens by path."""
    made = Settings(
        root=ROOT, name="小区政务公开", url="https://www.small.example/", district="小区", host="小区人民政府办公室",
        phone="0123-5550100", code="9901990001", main_hall="main",
    )  # fmt: skip
    site = Site(catalogue=small, settings=made, theme=ROOT / "site_theme", shells={}, valid_until=date(2026, 12, 31))
    return {output.path: output.data.decode() for output in screen_outputs(site)}


def test_every_screen_has_its_facts_beside_it_in_the_order_shown(files: dict[str, str]) -> None:
    screens = [path for path in files if path.endswith(".html")]
    assert screens == ["hall/main/windows/a01/index.html", "hall/main/windows/a02/index.html"]
    for path in screens:
        said = json.loads(files[path.replace("index.html", "facts.json")])["facts"]
        nodes = LexborHTMLParser(files[path]).css("[data-fact]")
        shown = {node.attributes["data-fact"]: (node.attributes["data-value"], node.text()) for node in nodes}
        assert [entry["fact"] for entry in said] == list(shown)
        assert {entry["fact"]: (entry["value"], entry["text"]) for entry in said} == shown
        assert {
            "fact": "guides/card-renewal#fee.amount",
            "value": "20",
            "text": "20 元/证",
            "label": "收费标准",
        } in said


def test_it_says_whose_it_is_and_how_long_it_is_right(files: dict[str, str]) -> None:
    head = {key: value for key, value in json.loads(files[f"{FOLDER}/facts.json"]).items() if key != "facts"}
    assert head == {"hall": "hall/main", "window": "A01", "as_of": "2026-11-23", "valid_until": "2026-12-31"}


def found(small: Catalogue, file: Path) -> list[str]:
    hall = small.find("hall", "main")
    assert isinstance(hall, Hall)
    return [report.line_of(entry) for entry in compare_snapshots(small, hall, [read_snapshot(file)]).differences]


def test_as_a_snapshot_it_differs_where_it_was_altered_and_nowhere_else(
    small: Catalogue, files: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(files[f"{FOLDER}/facts.json"], encoding="utf-8")
    assert found(small, file) == []
    file.write_text(files[f"{FOLDER}/facts.json"].replace('"20 元/证"', '"25 元/证"'), encoding="utf-8")
    assert found(small, file) == [
        "[不一致] facts.json：小证期满换领，收费标准：显示「25 元/证」，应为「20 元/证」"
        "（guides/card-renewal#fee.amount）"
    ]


def test_a_saved_screen_lacks_nothing_that_it_shows_by_name(
    small: Catalogue, files: dict[str, str], tmp_path: Path
) -> None:
    """The screen names its items by their own names, not by the hall's list of them."""
    file = tmp_path / "index.html"
    file.write_text(files[f"{FOLDER}/index.html"], encoding="utf-8")
    assert found(small, file) == []
    file.write_text(files[f"{FOLDER}/index.html"].replace("guides/card-renewal#name", "hall/main#name"), "utf-8")
    assert "[窗口缺少] index.html：小证期满换领：没有显示，应有「小证期满换领」" in "\n".join(found(small, file))


def altered(small: Catalogue, files: dict[str, str], old: str, new: str) -> list[Difference]:
    path = f"{FOLDER}/facts.json"
    assert old in files[path]
    return compare_screen_data(files[path].replace(old, new), path, sheets_of(small))[1]


def test_an_altered_value_a_lost_fact_and_a_broken_file_are_found(small: Catalogue, files: dict[str, str]) -> None:
    path = f"{FOLDER}/facts.json"
    compared = compare_texts([(path, files[path])], sheets_of(small))
    assert compared.differences == ()
    assert compared.channels["screen"].facts == len(json.loads(files[path])["facts"])
    fee = "guides/card-renewal#fee.amount"
    assert altered(small, files, '"20"', '"25"') == [Difference(fee, "screen", path, "20", "25", "收费标准")]
    name, row = "guides/card-renewal#name", "hall/main#windows.A01.guides.card-renewal.guide"
    assert altered(small, files, f'"{name}"', f'"{name}s"') == [
        Difference(f"{name}s", "screen", path, "没有这条事实", "小证期满换领"),
        Difference(row, "screen", path, "小证期满换领", "没有显示", "办理事项"),
    ]
    assert altered(small, files, "{", "") == [
        Difference(f"{path}#", "screen", path, "完整的数据文件", "文件损坏，读不出来")
    ]
