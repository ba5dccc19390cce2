"""What items said is known without making their facts; a sheet of which a part is at hand says what a whole says."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from project import FILES, read, tiny_project

from generator import catalogue as catalogues
from generator.answers import Answers
from generator.catalogue import Catalogue
from generator.facts import Sheet, facts_of
from generator.item import Item
from generator.kept_sheets import in_lists, listed_sheet
from generator.said import SIZE, Said, read_back, written
from generator.seen import FACTS, WHOLE, facts_under
from generator.source import PackedSource, Source, packed

SECOND = FILES["items/guides/card-renewal.yml"].replace("XQ-0101", "XQ-0102")
TEXT = "# 说明\nname: 居民身份证\nwindows: [A01, A02]\nfee: 20\nnote: {of: '1.10', none: null}\n"
VALUES = {"name": "居民身份证", "windows": ["A01", "A02"], "fee": 20, "note": {"of": "1.10", "none": None}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project with two guides."""
    return tiny_project(tmp_path / "project", {"items/guides/card-loss.yml": SECOND})


class Asked:
    """A whole sheet, with a note of how often it was asked for."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.times = sheet, 0

    def __call__(self) -> Sheet:
        self.times += 1
        return self.sheet


def listed(sheet: Sheet, make: Callable[[], Sheet]) -> Sheet:
    return listed_sheet(sheet.item, sheet.fingerprint, sheet.asked, in_lists(sheet), make)


def test_a_sheet_of_which_a_part_is_at_hand_says_what_the_whole_says(folder: Path) -> None:
    catalogue = read(folder)
    for item in catalogue.items:
        whole = catalogue.sheet(item)
        part = listed(whole, Asked(whole))
        assert dict(part.facts) == dict(whole.facts)
        assert {path: part.facts[path] for path in whole.facts} == whole.facts
        assert (list(part.facts), len(part.facts)) == (list(whole.facts), len(whole.facts))
        assert (list(part.facts.values()), dict(part.facts.items())) == (list(whole.facts.values()), whole.facts)
        assert all(path in part.facts for path in whole.facts)
        for absent in ("none", "name.1", "steps.99", "fee.none"):
            assert (absent in part.facts, part.facts.get(absent)) == (False, None)
        assert {name: getattr(part.tree, name) for name in vars(whole.tree)} == vars(whole.tree)
        assert bool(getattr(part.tree, "online", None)) is bool(getattr(whole.tree, "online", None))
        assert not hasattr(part.tree, "nothing_of_this_name")
        for words in ({"name"}, {"steps"}, {"name", "steps"}, {"department", "none"}):
            assert facts_under(part, words) == facts_under(whole, words)


def test_what_lists_show_is_at_hand(folder: Path) -> None:
    catalogue = read(folder)
    whole = Asked(catalogue.sheet(catalogue.by_path["guides/card-loss"]))
    part = listed(whole.sheet, whole)
    for path in ("name", "department", "fee.amount", "time.promised", "targets.1"):
        assert part.facts[path] == whole.sheet.facts[path]
    assert ("fee.none" in part.facts, part.facts.get("name.none")) == (False, None)
    assert facts_under(part, {"name", "fee"}) == facts_under(whole.sheet, {"name", "fee"})
    assert part.tree.name == whole.sheet.tree.name
    assert (part.item, part.fingerprint, whole.times) == (whole.sheet.item, whole.sheet.fingerprint, 0)
    assert (part.facts["codes.local"].text, whole.times) == ("XQ-0102", 1)
    assert (part.tree.codes, whole.times) == (whole.sheet.tree.codes, 2)


def test_what_is_said_comes_back_from_the_cache(folder: Path) -> None:
    catalogue = read(folder)
    answers = Answers(catalogue)
    answers.prepare()
    said = answers.given([]).items
    assert said.keys() == catalogue.by_path.keys()
    assert read_back(orjson.loads(orjson.dumps(written(said)))) == said
    guide = said["guides/card-loss"]
    assert (guide.of(WHOLE), guide.of("none"), len(guide.of("name"))) == (guide.whole, b"", SIZE)
    assert guide.of("name") != guide.of(FACTS + "name") != b""
    assert "department police" in guide.asked and "hall main" in guide.asked


EDITS: dict[str, tuple[str, str, str, set[str]]] = {
    "nothing": ("guides/card-loss", "发给新证", "发给新证", set()),
    "a step": ("guides/card-loss", "发给新证", "发给新的小证", {"guides/card-loss"}),
    "what materials say of guides": ("guides/card-loss", "name: 小证期满换领", "name: 小证补领", {"guides/card-loss"}),
}


def _made(catalogue: Catalogue, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the paths of the items whose facts are made to know what all say."""
    made: set[str] = set()

    def noted(item: Item, look: Catalogue) -> Sheet:
        made.add(item.path)
        return facts_of(item, look)

    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "facts_of", noted)
        answers.prepare()
    return made & catalogue.by_path.keys()


@pytest.mark.parametrize("edit", EDITS)
def test_only_what_may_say_something_else_is_made_anew(
    folder: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before, after, expected = EDITS[edit]
    earlier = Answers(read(folder))
    earlier.prepare()
    given = earlier.given([])
    file = folder / f"items/{path}.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    now = read(folder)
    again = Answers(now, given)
    made = _made(now, again, monkeypatch)
    referring = {
        item.path for item in now.items if any(f"guide {path.split('/')[1]}" in said for said in _asks(given, item))
    }
    named = {item.path for item in now.items if any("guide<" in said for said in _asks(given, item))}
    assert expected <= made <= expected | ((referring | named) if expected else set())
    anew = Answers(now)
    anew.prepare()
    assert again.given([]) == anew.given([])


def _asks(given: object, item: Item) -> tuple[str, ...]:
    said: Said = given.items[item.path]  # type: ignore[attr-defined]
    return said.asked


def test_what_others_say_is_part_of_what_an_item_says(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = Answers(read(folder))
    earlier.prepare()
    file = folder / "items/hall/main.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("floor: 1", "floor: 2", 1), encoding="utf-8")
    now = read(folder)
    again, anew = Answers(now, earlier.given([])), Answers(now)
    assert {"guides/card-loss", "guides/card-renewal", "hall/main"} <= _made(now, again, monkeypatch)
    anew.prepare()
    assert again.given([]) == anew.given([])


def test_after_any_edit_all_items_say_what_they_say_to_whoever_knows_nothing(folder: Path) -> None:
    chance = random.Random(3)
    before = Answers(read(folder))
    before.prepare()
    given = before.given([])
    files = sorted((folder / "items").rglob("*.yml"))
    for number in range(20):
        file = chance.choice(files)
        text = file.read_text(encoding="utf-8")
        file.write_text(
            text.replace("小证", f"小证{chance.choice('甲乙丙')}", chance.randrange(1, 3)), encoding="utf-8"
        )
        try:
            now = read(folder)
        except AssertionError:  # an edit that is a mistake
            file.write_text(text, encoding="utf-8")
            continue
        again, anew = Answers(now, given), Answers(now)
        again.prepare()
        anew.prepare()
        given = again.given([])
        assert given == anew.given([]), (number, file)


def test_a_packed_source_says_what_the_file_says() -> None:
    source = Source(path="items/materials/card.yml", text=TEXT, values=VALUES)
    for kept in (packed(source), pickle.loads(pickle.dumps(packed(source)))):
        assert isinstance(kept, PackedSource)
        assert (kept.path, kept.text, kept.values) == (source.path, source.text, source.values)
        assert kept.at("note", "of") == "1.10"
        assert kept.place("windows", 1) == source.place("windows", 1)
        assert kept == packed(source)


def test_a_number_that_json_cannot_say_is_not_packed() -> None:
    source = Source(path="items/materials/card.yml", text=f"name: {10**30}\n", values={"name": 10**30})
    assert packed(source) is source
