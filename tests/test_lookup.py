"""What the search engine in the browser works on: entries with the facts of answers, tables to understand queries."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import date
from itertools import accumulate
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cases_project import CASE_IDS, FILES_WITH_CASES
from project import TODAY, read, tiny_project

from generator.catalogue import Catalogue
from generator.differences import Difference
from generator.normalise import normalise
from generator.render.lookup import kiosk_lookup, lookup, lookup_outputs, site_entries
from generator.render.lookup_blocks import shard_of
from generator.render.lookup_entries import Entry
from generator.render.search_entries import search_documents, search_entry
from generator.render.site import Site
from generator.verify_data import compare_lookup

CANCELLED = """\
name: 小证收费办法
number: 小财〔2010〕7号
issuer: 小区财政局
genre: 规范性文件
theme: 公安、安全、司法
written: 2010-01-04
published: 2010-01-08
effective: 2010-02-01
validity: 废止
ended: 2016-02-01
summary: 原来的收费办法。
"""


def site_of(catalogue: Catalogue) -> Site:
    """Return as much of a site as the lookup data need."""
    return cast(Site, SimpleNamespace(catalogue=catalogue, today=catalogue.today, sheets=_sheets_of(catalogue)))


def _sheets_of(catalogue: Catalogue) -> Any:
    return lambda items: [catalogue.sheet(item) for item in items]


def data_of(catalogue: Catalogue) -> dict[str, Any]:
    """Return the data of a catalogue as a browser reads them."""
    files = {output.path: output.data for output in lookup_outputs(site_of(catalogue))}
    found: dict[str, Any] = json.loads(files["search/lookup.json"])
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tiny_project(tmp_path_factory.mktemp("lookup") / "p", {"items/policies/old-law.yml": CANCELLED})
    return data_of(read(folder))


def by_path(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["p"]: entry for entry in data["entries"]}


def test_a_guide_has_its_names_keys_and_the_facts_of_answers(data: dict[str, Any]) -> None:
    entry = by_path(data)["guides/card-renewal"]
    facts = {fact[0]: (fact[1], fact[-1]) for fact in entry["f"]}
    assert (entry["n"], entry["a"], entry["x"]) == ("小证期满换领", ["小证到期", "换小证"], ["XQ-0101", "A01", "A02"])
    assert facts == {
        "fee.amount": ("20", "20 元/证"),
        "time.promised": ("15", "15 个工作日"),
        "visit.count": ("1", "1"),
        "place.where": ("A01,A02", "1 楼 A01、A02"),
        "department": ("police", "小区公安局"),
        "place.hours.1.line": ("工作日（周一至周五，法定节假日除外） 09:00–12:00，13:00–17:00",) * 2,
        "consult.phone": ("0123-5550101",) * 2,
        "online.available": ("false", "否"),
        "bring.brief": ("small-card", "小证"),
    }
    assert [data["values"][label][number] for label, numbers in entry["v"].items() for number in numbers] == [
        "小区公安局",
        "自然人",
        "证件办理",
        "证件到期或丢失",
    ]


def test_fees_departments_and_halls_answer_for_themselves(data: dict[str, Any]) -> None:
    shown = {path: [fact[0] for fact in entry["f"]] for path, entry in by_path(data).items()}
    assert shown["fees/small-card"] == [
        "department",
        "level",
        "rates.renewal.condition",
        "rates.loss.condition",
        "rates.renewal.amount",
        "rates.loss.amount",
    ]
    assert shown["departments/police"] == ["phone", "address", "hours.1"]
    assert shown["hall/main"] == ["phone", "address", "hours.1", "windows.A01.name", "windows.A02.name"]
    assert by_path(data)["hall/main"]["x"] == ["A01", "A02"]
    assert by_path(data)["policies/small-law"]["x"] == ["小政发〔2016〕5号"]


def test_facts_have_labels_where_kinds_differ_each_its_own(data: dict[str, Any]) -> None:
    labels = data["labels"]
    assert (labels["fee.amount"], labels["rates.*.amount"], labels["bring.brief"]) == ("收费标准", "收费标准", "带什么")
    assert (labels["department"], labels["fees#department"]) == ("实施主体", "执收单位")


def test_entries_go_by_kind_and_those_in_force_come_first(data: dict[str, Any]) -> None:
    kinds = [name for name, _ in data["kinds"]]
    assert [kinds[entry["k"]] for entry in data["entries"]] == [entry["p"].split("/")[0] for entry in data["entries"]]
    assert [entry["k"] for entry in data["entries"]] == sorted(entry["k"] for entry in data["entries"])
    policies = [(entry["p"], entry.get("w")) for entry in data["entries"] if entry["p"].startswith("policies/")]
    assert policies == [("policies/small-law", None), ("policies/old-law", 1)]


def test_tables_hold_what_occurs_and_nothing_else(data: dict[str, Any]) -> None:
    assert "證证" in data["traditional"]
    assert "讓让" not in data["traditional"]
    assert "换" in data["readings"]["huan"]
    assert "rang" not in data["readings"]


def test_a_thesaurus_is_handed_on_with_what_its_words_mean_in_turn(tmp_path: Path) -> None:
    words = """\
synonyms:
  - {say: [本本], mean: [小证]}
  - {say: [小本子], mean: [本本]}
best_bets:
  - {queries: [证, ZHENG], item: guides/card-renewal}
"""
    folder = tiny_project(tmp_path / "p", {"items/thesaurus.yml": words})
    data = data_of(read(folder))
    number = [entry["p"] for entry in data["entries"]].index("guides/card-renewal")
    assert data["thesaurus"] == [["小本子", "本本"], ["小本子", "小证"], ["本本", "小证"]]
    assert data["bets"] == [["证", number], ["zheng", number]]


def test_the_compressed_data_are_the_same_and_no_clock_is_in_them(tmp_path: Path) -> None:
    site = site_of(read(tiny_project(tmp_path / "p")))
    first, second = ({output.path: output.data for output in lookup_outputs(site)} for _ in range(2))
    assert gzip.decompress(first["search/lookup.json.gz"]) == first["search/lookup.json"]
    assert first == second


def test_a_touch_screen_has_the_guides_of_its_hall(tmp_path: Path) -> None:
    catalogue = read(tiny_project(tmp_path / "p"))
    sheets = [catalogue.sheet(catalogue.by_path["guides/card-renewal"])]
    site = site_of(catalogue)
    output = kiosk_lookup(site, "hall/main/kiosk", sheets)
    start = b"window.tongchuangLookup="
    assert (output.path, output.made_from) == ("hall/main/kiosk/lookup.js", ("guides/card-renewal",))
    assert output.data.startswith(start)
    data = json.loads(output.data.removeprefix(start).rstrip(b";\n"))
    assert data == json.loads(json.dumps(lookup(site, site_entries(site, sheets))))
    assert catalogue.today == date.fromisoformat(TODAY)


def large(folder: Path) -> tuple[dict[str, Any], list[Entry]]:
    """Return the files of a site of which the entries are too many for one, and the entries."""
    catalogue = read(tiny_project(folder, {"items/policies/old-law.yml": CANCELLED}))
    site = site_of(catalogue)
    files = {output.path: json.loads(output.data) for output in lookup_outputs(site, 1000) if "gz" not in output.path}
    return files, site_entries(site, site.sheets(catalogue.items))


def found_by(tokens: set[str], files: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the entries that have all of the tokens, as a browser finds them."""
    shards = files["search/lookup.json"]["shards"]
    found = []
    for token in tokens:
        numbers = files[f"search/postings/{shard_of(token, shards)}.json"].get(token, [])
        found.append(set(accumulate(numbers)))
    return set.intersection(*found)


def test_a_large_site_has_its_entries_in_blocks(tmp_path: Path) -> None:
    files, entries = large(tmp_path / "p")
    root = files["search/lookup.json"]
    assert "entries" not in root
    assert (root["count"], root["block"]) == (7, 2)
    blocks = [files[f"search/blocks/{number}.json"] for number in range(4)]
    assert [entry["p"] for block in blocks for entry in block] == [entry.path for entry in entries]
    assert [len(block) for block in blocks] == [2, 2, 2, 1]
    assert f"search/postings/{root['shards']}.json" not in files


def test_postings_find_every_entry_that_has_all_pairs_of_a_query(tmp_path: Path) -> None:
    files, entries = large(tmp_path / "p")
    names = [[normalise(name) for name in (*entry.names, *entry.keys)] for entry in entries]
    every = {name for some in names for name in some}
    for query in {name[at:end] for name in every for at in range(len(name)) for end in range(at + 2, len(name) + 1)}:
        pairs = {query[at : at + 2] for at in range(len(query) - 1)}
        having = {
            number for number, some in enumerate(names) if all(any(pair in name for name in some) for pair in pairs)
        }
        assert found_by(pairs, files) == having != set()


def test_postings_find_by_reading_first_letters_and_keys(tmp_path: Path) -> None:
    files, entries = large(tmp_path / "p")

    def paths(*tokens: str) -> list[str]:
        return [entries[number].path for number in sorted(found_by(set(tokens), files))]

    assert paths("~xiao", "~zheng", "~man") == ["guides/card-renewal", "fees/small-card"]
    assert paths("^zq", "^hl") == ["guides/card-renewal"]
    assert paths("xq0101") == ["guides/card-renewal"]
    assert paths("a01") == ["guides/card-renewal", "hall/main"]
    assert paths("小政发20165") == ["policies/small-law"]
    assert paths("满") == ["guides/card-renewal"]


@pytest.mark.parametrize(("token", "state"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_tokens_go_to_shards_by_the_known_hash(token: str, state: int) -> None:
    assert shard_of(token, 2**32) == state
    assert shard_of(token, 64) == state % 64


def test_a_guide_has_its_cases_and_none_when_withdrawn(tmp_path: Path) -> None:
    ended = FILES_WITH_CASES["items/guides/card-renewal.yml"] + "planned_end: 2026-01-01\n"
    now = data_of(read(tiny_project(tmp_path / "now", FILES_WITH_CASES)))
    later = data_of(
        read(tiny_project(tmp_path / "later", {**FILES_WITH_CASES, "items/guides/card-renewal.yml": ended}))
    )
    assert by_path(now)["guides/card-renewal"]["c"] == [
        ["expired--child", "到期了 · 不满 16 岁"],
        ["expired--adult", "到期了 · 16 岁以上"],
        ["lost--child", "丢了 · 不满 16 岁"],
        ["lost--adult", "丢了 · 16 岁以上"],
        ["abroad", "在国外"],
    ]
    assert by_path(later)["guides/card-renewal"]["w"] == 1
    assert "c" not in by_path(later)["guides/card-renewal"]


def test_a_case_of_another_name_or_of_no_guide_is_found(tmp_path: Path) -> None:
    catalogue = read(tiny_project(tmp_path / "p", FILES_WITH_CASES))
    sheets = {item.path: catalogue.sheet(item) for item in catalogue.items}
    data = data_of(catalogue)
    path = "search/lookup.json"
    count, found = compare_lookup(json.dumps(data), path, sheets)
    cases = by_path(data)["guides/card-renewal"]["c"]
    assert found == [] and len(cases) == len(CASE_IDS)
    cases[1][1] = "到期了"
    cases[4][0] = "moon"
    key = "guides/card-renewal#cases"
    assert compare_lookup(json.dumps(data), path, sheets) == (
        count,
        [
            Difference(f"{key}.expired--adult.label", "search", path, "到期了 · 16 岁以上", "到期了", "情形"),
            Difference(f"{key}.moon.label", "search", path, "没有这条事实", "在国外"),
        ],
    )


def test_documents_are_numbered_as_the_entries_and_hold_the_cases(tmp_path: Path) -> None:
    catalogue = read(tiny_project(tmp_path / "p", {**FILES_WITH_CASES, "items/policies/old-law.yml": CANCELLED}))
    paths = [entry["p"] for entry in data_of(catalogue)["entries"]]
    assert list(search_documents(site_of(catalogue))) == [f"{path}/{number}" for number, path in enumerate(paths)]
    texts = search_entry(catalogue.sheet(catalogue.by_path["guides/card-renewal"])).texts
    assert "丢了 · 不满 16 岁" in texts
