"""In every channel, pages and data, screens and prints: whatever is altered is found, and nothing else is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from project import HALL, read, run, tiny_project, tree
from system_parts import needed
from test_bundles import ASKING as ASKING_BUNDLE
from test_bundles import FILES as BUNDLE_FILES

from generator.channels import CHANNELS, channel_of
from generator.differences import Difference
from generator.facts import Fact, Sheet
from generator.hall.pdf import print_pdfs
from generator.pdf_text import deviations, printed_text
from generator.verify import compare_page, holds_facts, verify_site
from generator.verify_data import compare_json, compare_led, compare_lookup
from generator.verify_prints import compare_prints

MARK = re.compile(r'<span data-fact="([^"]+)" data-value="([^"]*)">((?:[^<]|<(\w+)[^>]*>[^<]*</\4>)*)</span>')
PAGES = ("page", "handout", "screen", "kiosk", "board", "plan", "pack", "checklist")
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\x00\r\ufeff"), max_size=8)
# Slips of a hand: a digit more, a digit less, another unit, another word.
SLIPS = st.sampled_from(["0", "1", "O", "元", "日", "窗口", "", "A01", "复印件"]) | WORDS
LED = "led: {columns: 24, messages: [办事不收取公示以外的费用]}\n"
CATALOGUE_FILES = {
    **BUNDLE_FILES,
    "items/bundles/asking.yml": ASKING_BUNDLE.replace("name: 小证全套", "name: 小证或全套"),
    "items/hall/main.yml": HALL + LED,
}
mutation = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)


class Site(NamedTuple):
    """A built site with its packs, in memory, and its facts."""

    folder: Path
    texts: Mapping[str, str]
    sheets: Mapping[str, Sheet]
    facts: Mapping[str, Fact]

    def of(self, channel: str) -> list[str]:
        """Return the files of a channel that show facts through marks, in order."""
        return sorted(path for path, text in self.texts.items() if channel_of(path) == channel and MARK.search(text))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tiny_project(tmp_path_factory.mktemp("channels") / "project", CATALOGUE_FILES)
    for command in (("build", "--no-search"), ("hall", "pack")):
        done = run(folder, *command)
        assert done.returncode == 0, done.stderr
    texts = {path: data.decode() for path, data in tree(folder / "site").items() if holds_facts(path)}
    catalogue = read(folder)
    sheets = {item.path: catalogue.sheet(item) for item in catalogue.items}
    facts = {fact.key: fact for sheet in sheets.values() for fact in sheet.facts.values()}
    return Site(folder, texts, sheets, facts)


def test_every_channel_is_there_and_right(site: Site) -> None:
    found = verify_site(read(site.folder), site.folder / "site")
    assert found.differences == ()
    assert set(found.channels) == CHANNELS.keys() - {"pdf"}


@pytest.mark.parametrize("channel", PAGES)
@given(data=st.data())
@mutation
def test_an_altered_page_is_found_and_named(site: Site, channel: str, data: st.DataObject) -> None:
    """A few signs of a fact's text or value are replaced, left out or put in, anywhere on any page of the channel."""
    path = data.draw(st.sampled_from(site.of(channel)))
    page = site.texts[path]
    assert compare_page(page, path, site.sheets)[1] == []
    mark = data.draw(st.sampled_from(list(MARK.finditer(page))))
    fact, part = site.facts[mark[1]], data.draw(st.sampled_from(["value", "text"]))
    old = fact.value if part == "value" else fact.text
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, min(len(old), start + 2)))
    new = old[:start] + data.draw(SLIPS) + old[end:]
    assume(new != old if part == "value" else new.split() != old.split())
    group = 2 if part == "value" else 3
    changed = page[: mark.start(group)] + escape(new) + page[mark.end(group) :]
    assert compare_page(changed, path, site.sheets)[1] == [Difference(fact.key, channel, path, old, new, fact.label)]


# What a citizen would be sent home for: amount, time, phone, window, material, copies.
TELLING = (
    ("guides/card-renewal#fee.amount", "20 元/证", "200 元/证"),
    ("guides/card-renewal#time.promised", "15 个工作日", "5 个工作日"),
    ("guides/card-renewal#consult.phone", "0123-5550101", "0123-5550107"),
    ("guides/card-renewal#place.where", "1 楼 A01、A02", "1 楼 A01、A03"),
    ("guides/card-renewal#materials.small-card.material", "小证", "小证复印件"),
    ("guides/card-renewal#materials.small-card.copies", "1", "2"),
)


@pytest.mark.parametrize(("key", "text", "wrong"), TELLING)
def test_what_matters_most_is_named_wherever_it_stands(site: Site, key: str, text: str, wrong: str) -> None:
    fact = site.facts[key]
    assert fact.text == text
    shown = [path for path, page in site.texts.items() if path.endswith(".html") and f'data-fact="{key}"' in page]
    assert {"page", "handout", "kiosk", "pack"} <= {channel_of(path) for path in shown}
    for path in shown:
        changed = MARK.sub(
            lambda mark: mark[0].replace(f">{mark[3]}<", f">{wrong}<") if mark[1] == key else mark[0],
            site.texts[path],
        )
        found = compare_page(changed, path, site.sheets)[1]
        assert set(found) == {Difference(key, channel_of(path), path, text, wrong, fact.label)}


@given(data=st.data())
@mutation
def test_an_altered_data_file_is_found(site: Site, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(f"api/v1/{item}.json" for item in site.sheets)))
    document = json.loads(site.texts[path])
    inner = data.draw(st.sampled_from(sorted(document["facts"])))
    part = data.draw(st.sampled_from(["value", "text"]))
    old, new = document["facts"][inner][part], data.draw(WORDS)
    assume(new != old if part == "value" else new.split() != old.split())
    document["facts"][inner][part] = new
    fact = site.facts[f"{document['path']}#{inner}"]
    assert compare_json(json.dumps(document), path, site.sheets)[1] == [
        Difference(fact.key, "json", path, old, new, fact.label)
    ]


@given(data=st.data())
@mutation
def test_altered_led_lines_are_found(site: Site, data: st.DataObject) -> None:
    """A sign of the lines, in or between facts, is left out, replaced or doubled, or another is put before it."""
    path = "hall/main/led.json"
    document = json.loads(site.texts[path])
    assert compare_led(json.dumps(document), path, site.sheets)[1] == []
    number = data.draw(st.sampled_from([at for at, entry in enumerate(document["messages"]) if entry["facts"]]))
    message = document["messages"][number]
    said = "".join("".join(message["lines"]).split())
    at = data.draw(st.integers(0, len(said) - 1))
    new = data.draw(st.sampled_from(["", "囧", "0", "1", f"1{said[at]}", f"不{said[at]}", said[at] * 2]))
    assume(new != said[at])
    message["lines"] = [said[:at] + new + said[at + 1 :]]
    found = compare_led(json.dumps(document), path, site.sheets)[1]
    assert found and {entry.channel for entry in found} == {"led"}
    assert {entry.fact for entry in found} <= {entry["fact"] for entry in message["facts"]}


@given(data=st.data())
@mutation
def test_altered_search_data_is_found(site: Site, data: st.DataObject) -> None:
    """A name or a fact's text is replaced, in the touch-screen's data or in the site's."""
    path = data.draw(st.sampled_from(["hall/main/kiosk/lookup.js", "search/lookup.json"]))
    start, brace, rest = site.texts[path].partition("{")
    document = json.loads(brace + rest.rstrip().rstrip(";"))
    entry = data.draw(st.sampled_from(document["entries"]))
    said = data.draw(st.sampled_from(entry["f"])) if entry["f"] and data.draw(st.booleans()) else None
    old, new = said[-1] if said else entry["n"], data.draw(WORDS)
    assume(new.split() != old.split())
    fact = site.facts[f"{entry['p']}#{said[0] if said else 'name'}"]
    if said:
        said[1:] = [fact.value, new]
    else:
        entry["n"] = new
    found = compare_lookup(f"{start}{json.dumps(document)}", path, site.sheets)[1]
    assert {(entry.fact, entry.expected, entry.found) for entry in found} >= {(fact.key, old, new)}
    assert {entry.fact for entry in found} == {fact.key}


HANDOUT = "handouts/card-renewal/index.html"


@given(data=st.data())
@mutation
def test_an_altered_sign_in_a_print_is_found_and_named(site: Site, data: st.DataObject) -> None:
    printed = printed_text(site.texts[HANDOUT])
    assert list(deviations(printed, printed.text)) == []
    fact = data.draw(st.sampled_from(printed.facts))
    at = data.draw(st.integers(fact.start, fact.end - 1))
    new = data.draw(st.sampled_from(["", "囧", "囧囧", f"囧{printed.text[at]}"]))
    found = list(deviations(printed, printed.text[:at] + new + printed.text[at + 1 :]))
    assert [entry.key for entry in found] == [fact.key]
    assert found[0].expected == printed.text[fact.start : fact.end]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲二十元乙三十元", []),
        ("甲二百元乙三十元", [("a", "二十元", "二百元")]),
        ("甲二十元整乙三十元", [("a", "二十元", "二十元整")]),
        ("甲二十元丙三十元", [("a", "二十元", "二十元丙三十元")]),  # what follows a fact may have been added to it
        ("丁二十元乙三十元", [("", "甲二十元乙三十元", "丁二十元乙三十元")]),
        ("甲二十元乙", [("b", "三十元", "")]),
    ],
)
def test_deviations_of_a_short_text(text: str, found: list[tuple[str, str, str]]) -> None:
    printed = printed_text('<body><p>甲<b data-fact="a">二十元</b>乙<b data-fact="b">三十元</b></p></body>')
    assert [tuple(entry) for entry in deviations(printed, text)] == found


def test_a_head_that_is_repeated_on_the_next_sheet_is_no_difference() -> None:
    html = "<table><thead><tr><th>材料</th><th>份数</th></tr></thead><tbody><tr><td>甲<td>1<tr><td>乙<td>2</table>"
    printed = printed_text(html)
    assert printed.text == "材料份数甲1乙2"
    assert list(deviations(printed, "材料份数甲1材料份数乙2")) == []
    assert [entry.found for entry in deviations(printed, "材料份数甲1材料份数乙3")] == ["3"]


def test_a_real_print_reads_back_and_an_altered_one_does_not(site: Site, tmp_path: Path) -> None:
    """Printed by Chromium: the handout as it is, and one whose fee somebody changed before printing."""
    needed("chromium")
    boards = site.folder / "site/packs/main/boards"
    target = boards / "pdf/handouts/card-renewal.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    print_pdfs({site.folder / "site" / HANDOUT: target})
    catalogue = read(site.folder)
    compared = compare_prints(catalogue, site.folder / "site")
    marks = len(MARK.findall(site.texts[HANDOUT]))
    assert (compared.channels["pdf"], compared.differences) == ((1, marks), ())
    forged = site.folder / "site" / "handouts/card-renewal/forged.html"
    forged.write_text(site.texts[HANDOUT].replace("20 元/证", "120 元/证"), encoding="utf-8")
    print_pdfs({forged: target})
    forged.unlink()
    (fee, *others) = compare_prints(catalogue, site.folder / "site").differences
    assert (fee.fact, fee.channel, fee.path, fee.expected) == (
        *("guides/card-renewal#fee.amount", "pdf", "packs/main/boards/pdf/handouts/card-renewal.pdf"),
        "20 元/证",
    )
    assert fee.found.startswith("120元/证")
    assert all("fee" in entry.fact for entry in others)
    target.write_bytes(b"%PDF-1.7 damaged")
    assert [entry.found for entry in compare_prints(catalogue, site.folder / "site").differences] == [
        "文件损坏，读不出来"
    ]
    target.unlink()
