"""Verification finds every change of a fact in a built site, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from project import PATHS, read, tiny_project, tree

from generator.channels import channel_of
from generator.differences import Difference
from generator.facts import Fact, Sheet
from generator.mkdocs_build import build_site
from generator.verify import compare_page, holds_facts, verify_site
from generator.verify_data import compare_json, compare_led, compare_lookup

# A mark as it stands in a page; some set a part of their text apart inside it.
MARK = re.compile(r'<span data-fact="([^"]+)" data-value="([^"]*)">((?:[^<]|<(\w+)[^>]*>[^<]*</\4>)*)</span>')
# What an HTML parser keeps as it is: it changes control characters, and lone surrogates cannot be written.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x00\r\ufeff"), max_size=12)
mutation = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])


class Built(NamedTuple):
    """A built site in memory and the facts that it was built from."""

    folder: Path
    pages: Mapping[str, str]
    data: Mapping[str, str]
    sheets: Mapping[str, Sheet]

    def fact(self, key: str) -> Fact:
        """Return a fact by its key."""
        path, _, inner = key.partition("#")
        return self.sheets[path].facts[inner]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tiny_project(tmp_path_factory.mktemp("verify"))
    build_site(str(folder / "mkdocs.yml"), search=False, site_folder=None)
    catalogue = read(folder)
    files = {path: data for path, data in tree(folder / "site").items() if path.endswith((".html", ".json"))}
    texts = {path: data.decode() for path, data in files.items()}
    pages = {path: text for path, text in texts.items() if MARK.search(text)}
    data = {path: text for path, text in texts.items() if path.startswith("api/") and '"facts"' in text}
    return Built(folder, pages, data, {item.path: catalogue.sheet(item) for item in catalogue.items})


def test_an_untouched_site_has_no_differences(built: Built) -> None:
    found = verify_site(read(built.folder), built.folder / "site", jobs=1)
    assert (found.outputs, found.differences) == (101, ())
    marks = sum(len(MARK.findall(page)) for page in built.pages.values())
    listed = sum(len(entry["facts"]) for text in built.data.values() for entry in _entries(json.loads(text)))
    searched = 0
    for file in ("search/lookup.json", "hall/main/kiosk/lookup.js"):
        text = (built.folder / "site" / file).read_text(encoding="utf-8")
        entries = json.loads(text[text.index("{") :].rstrip().rstrip(";"))["entries"]
        searched += sum(1 + len(entry["f"]) for entry in entries)
    screens = [
        len(json.loads(file.read_text(encoding="utf-8"))["facts"])
        for file in (built.folder / "site/hall/main/windows").glob("*/facts.json")
    ]
    assert found.facts == marks + listed + searched + sum(screens)
    for path, text in built.pages.items():
        assert compare_page(text, path, built.sheets)[1] == []
    for path, text in built.data.items():
        assert compare_json(text, path, built.sheets)[1] == []


def test_every_fact_of_every_item_stands_in_both_channels(built: Built) -> None:
    for path, sheet in built.sheets.items():
        shown = {key for key, *_ in MARK.findall(built.pages[f"{path}/index.html"])}
        assert {fact.key for fact in sheet.facts.values()} <= shown
        assert json.loads(built.data[f"api/v1/{path}.json"])["facts"].keys() == sheet.facts.keys()


def _any_mark(built: Built, data: st.DataObject) -> tuple[str, str, re.Match[str]]:
    path = data.draw(st.sampled_from(sorted(built.pages)))
    page = built.pages[path]
    return path, page, data.draw(st.sampled_from(list(MARK.finditer(page))))


@given(st.data())
@mutation
def test_another_value_in_a_mark_is_found(built: Built, data: st.DataObject) -> None:
    path, page, mark = _any_mark(built, data)
    fact, value = built.fact(mark[1]), data.draw(WORDS)
    assume(value != fact.value)
    changed = page[: mark.start(2)] + escape(value) + page[mark.end(2) :]
    assert compare_page(changed, path, built.sheets)[1] == [
        Difference(fact.key, channel_of(path), path, fact.value, value, fact.label)
    ]


@given(st.data())
@mutation
def test_another_text_in_a_mark_is_found(built: Built, data: st.DataObject) -> None:
    path, page, mark = _any_mark(built, data)
    fact, text = built.fact(mark[1]), data.draw(WORDS)
    assume(text.split() != fact.text.split())
    changed = page[: mark.start(3)] + escape(text) + page[mark.end(3) :]
    assert compare_page(changed, path, built.sheets)[1] == [
        Difference(fact.key, channel_of(path), path, fact.text, text, fact.label)
    ]


@given(st.data())
@mutation
def test_another_character_in_a_text_is_found(built: Built, data: st.DataObject) -> None:
    """The smallest slip: one character replaced, left out or put in."""
    path, page, mark = _any_mark(built, data)
    fact = built.fact(mark[1])
    at = data.draw(st.integers(0, len(fact.text) - 1))
    new = data.draw(st.sampled_from(["", "0", "元", f"1{fact.text[at]}"]))
    text = fact.text[:at] + new + fact.text[at + 1 :]
    assume(text.split() != fact.text.split())
    changed = page[: mark.start(3)] + escape(text) + page[mark.end(3) :]
    (found,) = compare_page(changed, path, built.sheets)[1]
    assert (found.fact, found.expected, found.found.split()) == (fact.key, fact.text, text.split())


@given(st.data())
@mutation
def test_a_fact_that_is_gone_from_its_own_page_is_found(built: Built, data: st.DataObject) -> None:
    """A fact that stands on its page twice may lose one mark: the page still shows it."""
    path = data.draw(st.sampled_from(PATHS))
    fact = data.draw(st.sampled_from(list(built.sheets[path].facts.values())))
    file = f"{path}/index.html"
    changed = MARK.sub(lambda mark: "" if mark[1] == fact.key else mark[0], built.pages[file])
    assert compare_page(changed, file, built.sheets)[1] == [
        Difference(fact.key, "page", file, fact.text, "没有显示", fact.label)
    ]


@given(st.data())
@mutation
def test_two_facts_in_each_others_place_are_found(built: Built, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(built.pages)))
    page = built.pages[path]
    one, two = data.draw(st.lists(st.sampled_from(list(MARK.finditer(page))), min_size=2, max_size=2))
    one, two = sorted((one, two), key=re.Match.start)
    first, second = built.fact(one[1]), built.fact(two[1])
    assume((first.value, first.text) != (second.value, second.text))
    inner = [page[: one.start(2)], two[2], page[one.end(2) : one.start(3)], two[3], page[one.end(3) : two.start(2)]]
    changed = "".join([*inner, one[2], page[two.end(2) : two.start(3)], one[3], page[two.end(3) :]])
    found = compare_page(changed, path, built.sheets)[1]
    assert {entry.fact for entry in found} == {first.key, second.key}


@given(st.data())
@mutation
def test_a_mark_under_another_key_is_found(built: Built, data: st.DataObject) -> None:
    path, page, mark = _any_mark(built, data)
    key = data.draw(st.sampled_from([f"{mark[1]}x", mark[1].partition("#")[0] + "#", "guides/none#name", "#", ""]))
    changed = page[: mark.start(1)] + key + page[mark.end(1) :]
    found = compare_page(changed, path, built.sheets)[1]
    assert Difference(key, channel_of(path), path, "没有这条事实", unescape(re.sub("<.*?>", "", mark[3]))) in found


@given(st.data())
@mutation
def test_text_without_a_mark_is_nobodys_fact(built: Built, data: st.DataObject) -> None:
    """What stands outside of marks is not compared: headings, captions, links. Facts never stand there."""
    path = data.draw(st.sampled_from(sorted(built.pages)))
    changed = built.pages[path].replace("</main>", f"<p>20 元{escape(data.draw(WORDS))}</p></main>")
    assert compare_page(changed, path, built.sheets)[1] == []


def test_another_fingerprint_is_found(built: Built) -> None:
    for path, sheet in built.sheets.items():
        file = f"{path}/index.html"
        changed = built.pages[file].replace(
            f'fingerprint" content="{sheet.fingerprint}', 'fingerprint" content="AAAAAAAAAA'
        )
        expected = Difference(f"{path}#", "page", file, sheet.fingerprint, "指纹不同或没有", "指纹")
        assert compare_page(changed, file, built.sheets)[1] == [expected]


def _entries(document: Any) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = document.get("items", [document])
    return entries


@given(st.data())
@mutation
def test_another_fact_in_the_data_is_found(built: Built, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path, text in built.data.items() if _entries(json.loads(text))]))
    document = json.loads(built.data[path])
    entry = data.draw(st.sampled_from(_entries(document)))
    inner = data.draw(st.sampled_from(sorted(entry["facts"])))
    fact, member = built.fact(f"{entry['path']}#{inner}"), data.draw(st.sampled_from(["value", "text"]))
    new, old = data.draw(WORDS), getattr(fact, member)
    assume(new != old and (member == "value" or new.split() != old.split()))
    entry["facts"][inner][member] = new
    found = compare_json(json.dumps(document), path, built.sheets)[1]
    assert found == [Difference(fact.key, "json", path, old, new, fact.label)]


@given(st.data())
@mutation
def test_a_fact_that_is_gone_from_the_data_is_found(built: Built, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([path for path, text in built.data.items() if _entries(json.loads(text))]))
    document = json.loads(built.data[path])
    entry = data.draw(st.sampled_from(_entries(document)))
    inner = data.draw(st.sampled_from(sorted(entry["facts"])))
    fact = built.fact(f"{entry['path']}#{inner}")
    del entry["facts"][inner]
    found = compare_json(json.dumps(document), path, built.sheets)[1]
    assert found == [Difference(fact.key, "json", path, fact.text, "没有", fact.label)]


def test_an_item_that_is_gone_from_a_list_is_found(built: Built) -> None:
    document = {**json.loads(built.data["api/v1/fees.json"]), "items": []}
    assert compare_json(json.dumps(document), "api/v1/fees.json", built.sheets)[1] == [
        Difference("fees/small-card#", "json", "api/v1/fees.json", "小证工本费", "没有列出")
    ]


def test_the_data_of_another_item_is_found(built: Built) -> None:
    file = "api/v1/fees/small-card.json"
    found = compare_json(built.data["api/v1/materials/small-card.json"], file, built.sheets)[1]
    assert Difference("fees/small-card#", "json", file, "fees/small-card", "materials/small-card", "地址") in found
    assert Difference("fees/small-card#name", "json", file, "小证工本费", "小证", "名称") in found


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"facts": {"name": 1}}', '{"facts": {', "{\ufffd"])
def test_damaged_data_is_a_difference_and_no_crash(built: Built, text: str) -> None:
    file = "api/v1/fees/small-card.json"
    damaged = Difference(f"{file}#", "json", file, "完整的数据文件", "文件损坏，读不出来")
    assert compare_json(text, file, built.sheets)[1] == [damaged]


def test_what_is_missing_and_what_is_too_much_on_the_disk_is_found(built: Built, tmp_path: Path) -> None:
    for path, data in tree(built.folder / "site").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "guides/card-renewal/index.html").unlink()
    (tmp_path / "api/v1/hall/main.json").unlink()
    (tmp_path / "old.html").write_text('<p data-fact="guides/old#name" data-value="旧">旧</p>', encoding="utf-8")
    (tmp_path / "fees/small-card/index.html").write_bytes(b"\xff\xfe")
    found = verify_site(read(built.folder), tmp_path, jobs=1).differences
    assert (
        Difference("guides/card-renewal", "page", "guides/card-renewal/index.html", "文件存在", "没有这个文件") in found
    )
    assert Difference("hall/main", "json", "api/v1/hall/main.json", "文件存在", "没有这个文件") in found
    assert Difference("guides/old#name", "page", "old.html", "没有这条事实", "旧") in found
    gone = Difference("fees/small-card#name", "page", "fees/small-card/index.html", "小证工本费", "没有显示", "名称")
    assert gone in found


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("handouts/card-renewal/index.html", "guides/card-renewal#fee.amount"),
        ("handouts/card-renewal/index.html", "guides/card-renewal#materials.small-card.copies"),
        ("hall/main/kiosk/guides/card-renewal/index.html", "guides/card-renewal#time.promised"),
        ("hall/main/windows/a01/index.html", "hall/main#windows.A01.no"),
        ("hall/main/fees/index.html", "hall/main#complaint_phone"),
        ("hall/main/plan/index.html", "hall/main#windows.A02.name"),
    ],
)
def test_a_fact_that_a_medium_of_the_hall_has_to_show_is_missed(built: Built, file: str, key: str) -> None:
    fact = built.fact(key)
    changed = MARK.sub(lambda mark: "" if mark[1] == key else mark[0], built.pages[file])
    assert changed != built.pages[file]
    assert compare_page(changed, file, built.sheets)[1] == [
        Difference(key, channel_of(file), file, fact.text, "没有显示", fact.label)
    ]


def test_a_guide_that_is_gone_from_its_window_is_missed(built: Built) -> None:
    """A window's screen may name a guide by the guide's own name."""
    file = "hall/main/windows/a01/index.html"
    changed = MARK.sub(lambda mark: "" if "card-renewal" in mark[1] else mark[0], built.pages[file])
    fact = built.fact("hall/main#windows.A01.guides.card-renewal.guide")
    found = compare_page(changed, file, built.sheets)[1]
    assert found == [Difference(fact.key, "screen", file, fact.text, "没有显示", fact.label)]


@pytest.mark.parametrize(
    ("lines", "value", "found"),
    [
        (["小证期满换领：", "20 元/证"], "20", []),
        (["小证期满换领：", "21 元/证"], "20", ["21元/证"]),
        (["小证期满换领：", "120 元/证"], "20", ["120元/证"]),
        (["小证期满换领：", "20 元/证起"], "20", ["20元/证起"]),
        (["小证丢失补领：", "20 元/证"], "20", ["小证丢失补领：20元/证"]),
        (["小证期满换领：20 元/证"], "21", ["21"]),
        (["小证期满换领"], "20", ["小证期满换领"]),
    ],
)
def test_led_lines_say_their_facts(built: Built, lines: list[str], value: str, found: list[str]) -> None:
    fact = {"fact": "guides/card-renewal#fee.amount", "value": value, "text": "20 元/证"}
    text = json.dumps({"messages": [{"lines": lines, "facts": [fact], "words": ["小证期满换领：", ""]}]})
    assert [entry.found for entry in compare_led(text, "hall/main/led.json", built.sheets)[1]] == found


def test_words_that_run_together_with_a_fact_are_in_doubt(built: Built) -> None:
    """Lines and words may agree and yet say 120 元."""
    fact = {"fact": "guides/card-renewal#fee.amount", "value": "20", "text": "20 元/证"}
    text = json.dumps({"messages": [{"lines": ["收费 120 元/证"], "facts": [fact], "words": ["收费 1", ""]}]})
    found = compare_led(text, "hall/main/led.json", built.sheets)[1]
    assert [entry.found for entry in found] == ["收费120元/证"]


def test_a_damaged_led_file_is_a_difference(built: Built) -> None:
    file = "hall/main/led.json"
    damaged = Difference(f"{file}#", "led", file, "完整的数据文件", "文件损坏，读不出来")
    assert compare_led('{"messages": 3}', file, built.sheets) == (0, [damaged])


@pytest.mark.parametrize(
    ("file", "channel"), [("hall/main/kiosk/lookup.js", "kiosk"), ("search/lookup.json", "search")]
)
def test_what_search_shows_is_read_back(built: Built, file: str, channel: str) -> None:
    text = (built.folder / "site" / file).read_text(encoding="utf-8")
    count, found = compare_lookup(text, file, built.sheets)
    assert (count > 2, found) == (True, [])
    altered = compare_lookup(text.replace("20 元/证", "2 元/证"), file, built.sheets)[1]
    assert ("guides/card-renewal#fee.amount", channel, "20 元/证", "2 元/证") in [
        (entry.fact, entry.channel, entry.expected, entry.found) for entry in altered
    ]
    assert compare_lookup("window.tongchuangLookup={[}", file, built.sheets)[1][0].found == "文件损坏，读不出来"


def test_an_item_that_search_does_not_know_is_a_difference(built: Built) -> None:
    document = json.loads((built.folder / "site/search/lookup.json").read_text(encoding="utf-8"))
    document["entries"] = [entry for entry in document["entries"] if entry["p"] != "materials/small-card"]
    assert compare_lookup(json.dumps(document), "search/lookup.json", built.sheets)[1] == [
        Difference("materials/small-card#name", "search", "search/lookup.json", "小证", "没有显示", "名称")
    ]


def test_entries_in_blocks_are_read_back(built: Built) -> None:
    document = json.loads((built.folder / "site/search/lookup.json").read_text(encoding="utf-8"))
    path = "search/blocks/0.json"
    text = json.dumps(document["entries"][:1], ensure_ascii=False)
    assert (holds_facts(path), compare_lookup(text, path, built.sheets)[1]) == (True, [])
    name = document["entries"][0]["n"]
    found = compare_lookup(text.replace(name, "别的"), path, built.sheets)[1]
    assert {entry.found for entry in found} == {"别的"}
