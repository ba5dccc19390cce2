"""What commits change: against an independent replay of 200 scripted commits, and each rule by itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from changes_replay import Replay, Row
from hypothesis import given
from hypothesis import strategies as st
from project import FEE, GUIDE, MATERIAL, tiny_project
from repository import commit, git

from generator.catalogue import Catalogue, catalogue_of
from generator.changes.edits import edits
from generator.changes.records import Change, by_item
from generator.changes.wording import comparison
from generator.history import history_of
from generator.kinds.guide import Guide
from generator.reading import read_items

TODAY = date(2026, 11, 23)
GUIDE_FILE, FEE_FILE = "items/guides/card-renewal.yml", "items/fees/small-card.yml"
SENTENCES = (
    "年满十六周岁，有本区户籍",
    "房屋已经竣工并且验收合格",
    "没有被列入失信联合惩戒名单",
    "营业场所面积不少于五十平方米",
    "从业人员取得有效健康证明",
)


def catalogue(folder: Path, today: date = TODAY) -> Catalogue:
    """Return the catalogue of whatever is well formed in a folder."""
    read = read_items(folder)
    return catalogue_of(read.items, today, read.unread)


def told(folder: Path) -> tuple[Change, ...]:
    """Return the changes that a repository tells, the oldest first."""
    return history_of(folder, catalogue(folder)).changes


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the small project, committed on 2026-11-01."""
    folder = tiny_project(tmp_path / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    return folder


def lines(folder: Path) -> list[str]:
    """Return the changes as lines."""
    return [change.line for change in told(folder)]


# The scripted history: each edit gets the files and returns what is written instead.

Files = dict[str, str]
Edit = Callable[[random.Random, Files, int], None]


def _load(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


def _save(document: Mapping[str, Any]) -> str:
    return yaml.dump(dict(document), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000)


def _pick(chance: random.Random, files: Files, plural: str) -> str:
    return chance.choice(
        sorted(name for name in files if name.startswith(f"items/{plural}/") and "坏" not in files[name])
    )


def _on_guide(edit: Callable[[random.Random, dict[str, Any], int], None]) -> Edit:
    def apply(chance: random.Random, files: Files, number: int) -> None:
        name = _pick(chance, files, "guides")
        document = _load(files[name])
        edit(chance, document, number)
        if chance.random() < 0.5:
            document["revised"] = date(2026, 10, 1) + timedelta(days=number % 40)
        files[name] = _save(document)

    return apply


def _time(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    guide["time"]["promised"]["number"] = 10 + number % 7


def _visits(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    guide["visit"]["count"] = 1 + number % 3


def _phone(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    guide["consult"]["phone"] = f"0123-5551{number:03d}"


def _windows(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    guide["windows"] = [["A01", "A02"], ["A02"], ["A02", "A01"]][number % 3]


def _conditions(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    left = [text for text in SENTENCES if not any(text in said for said in guide["conditions"])]
    if number % 3 == 0 and left:
        guide["conditions"].insert(0, chance.choice(left))
    elif number % 3 == 1 and len(guide["conditions"]) > 1:
        guide["conditions"].pop(0)
    else:
        guide["conditions"][-1] = guide["conditions"][-1].split("（")[0] + f"（第{number}版）"


def _materials(chance: random.Random, guide: dict[str, Any], number: int) -> None:
    uses = {use["material"]: use for use in guide["materials"]}
    name = f"paper-{number % 4}"
    if name in uses and number % 2:
        del uses[name]
    elif name in uses:
        uses[name]["copies"] = 1 + number % 5
    else:
        uses[name] = {"material": name, "form": "原件"}
    guide["materials"] = chance.sample(list(uses.values()), len(uses))


def _only_order(chance: random.Random, files: Files, number: int) -> None:
    name = _pick(chance, files, "guides")
    document = _load(files[name])
    shuffled = dict(chance.sample(list(document.items()), len(document)))
    shuffled["materials"] = document["materials"][::-1]
    files[name] = f"# 第 {number} 次整理\n{_save(shuffled)}"


def _amount(chance: random.Random, files: Files, number: int) -> None:
    name = _pick(chance, files, "fees")
    document = _load(files[name])
    periods = document["rates"][number % 2]["periods"]
    if number % 3 == 0:
        start = date(2027, 2, 1) + timedelta(days=number)
        periods[-1].pop("until", None)
        basis = [{"policy": "small-law"}]
        periods.append({"from": start, "amount": 50 + number, "basis": basis})
    else:
        periods[-1]["amount"] = 5 + number % 30
    files[name] = _save(document)


def _issuer(chance: random.Random, files: Files, number: int) -> None:
    name = _pick(chance, files, "materials")
    document = _load(files[name])
    document[("issuer", "note")[number % 2]] = f"第{number}单位"
    files[name] = _save(document)


def _rename(chance: random.Random, files: Files, number: int) -> None:
    name = _pick(chance, files, "guides")
    document = _load(files.pop(name))
    if number % 2:
        _phone(chance, document, number)
    files[f"items/guides/renamed-{number}.yml"] = _save(document)


def _move(chance: random.Random, files: Files, number: int) -> None:
    name = _pick(chance, files, "guides")
    files[f"items/guides/folder-{number % 5}/{name.rpartition('/')[2]}"] = files.pop(name)


def _break(chance: random.Random, files: Files, number: int) -> None:
    files[_pick(chance, files, "guides")] += "坏: [\n"


def _mend(chance: random.Random, files: Files, number: int) -> None:
    for name, text in files.items():
        files[name] = text.replace("坏: [\n", "")


def _add(chance: random.Random, files: Files, number: int) -> None:
    files[f"items/materials/new-{number}.yml"] = _save(
        {**_load(MATERIAL), "name": f"新材料{number}", "aliases": [str(number)]}
    )


def _remove(chance: random.Random, files: Files, number: int) -> None:
    if found := sorted(name for name in files if name.startswith("items/materials/new-")):
        del files[found[0]]


EDITS: tuple[Edit, ...] = (
    *map(_on_guide, (_time, _visits, _phone, _windows, _conditions, _conditions, _materials, _materials)),
    *(_only_order, _amount, _amount, _issuer, _rename, _move, _break, _mend, _add, _remove),
)


def _start() -> Files:
    files: Files = {}
    for number in range(6):
        guide = _load(GUIDE) | {"name": f"第{number}证件期满换领", "codes": {"local": f"XQ-{number}"}}
        files[f"items/guides/guide-{number}.yml"] = _save(
            guide | {"faq": [{"question": f"问题{number}？", "answer": "能。"}]}
        )
    for number in range(4):
        files[f"items/materials/paper-{number}.yml"] = _save(_load(MATERIAL) | {"name": f"第{number}号材料"})
    return {**files, FEE_FILE: FEE, "items/materials/small-card.yml": MATERIAL}


def _write(folder: Path, before: Files, after: Files) -> None:
    for name in before.keys() - after.keys():
        (folder / name).unlink()
    for name, text in after.items():
        if before.get(name) != text:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")


def test_two_hundred_commits_tell_what_an_independent_replay_computes(tmp_path: Path) -> None:
    chance = random.Random(5)
    folder = tiny_project(tmp_path / "project", _start())
    (folder / GUIDE_FILE).unlink()
    git(folder, "init", "-q")
    commit(folder, "2026-01-01")
    files = [_start()]
    replay, expected = Replay(files[0]), list[list[Row]]()
    commits = [git(folder, "rev-parse", "HEAD").strip()]
    for number in range(1, 201):
        after = dict(files[-1])
        if number % 9 == 0:
            after = dict(files[-2])  # what `git revert` of the last commit gives
            git(folder, "revert", "--no-edit", "HEAD", day=str(date(2026, 1, 1) + timedelta(days=number)))
        else:
            while after == files[-1]:
                chance.choice(EDITS)(chance, after, number)
            _write(folder, files[-1], after)
            commit(folder, str(date(2026, 1, 1) + timedelta(days=number)))
        files.append(after)
        commits.append(git(folder, "rev-parse", "HEAD").strip())
        expected.append(replay.step(after))
    found = history_of(folder, catalogue(folder)).changes
    assert sum(map(len, expected)) > 150
    for number, (rows, name) in enumerate(zip(expected, commits[1:], strict=True), 1):
        of_commit = [change for change in found if change.commit == name]
        said = [(change.item, change.sort, change.label, change.before, change.after) for change in of_commit]
        assert sorted(said, key=str) == rows, f"commit {number}"
        assert {change.day for change in of_commit} <= {date(2026, 1, 1) + timedelta(days=number)}
    assert len(found) == sum(map(len, expected))


# Single rules.


def test_a_rate_that_starts_later_is_told_once_with_its_day_basis_and_reach(repository: Path) -> None:
    later = FEE.replace("      - amount: 40", "      - until: 2027-02-28\n        amount: 40").rstrip()
    later += "\n      - from: 2027-03-01\n        amount: 20\n        basis: [{policy: small-law}]\n"
    commit(repository, "2026-11-05", {FEE_FILE: later, GUIDE_FILE: GUIDE.replace("rate: renewal", "rate: loss")})
    (fee,) = (change for change in told(repository) if change.item == "fees/small-card")
    assert fee.line == "小证工本费 · 丢失补领：收费标准 40 → 20 元/证，自 2027-03-01，依据 小政发〔2016〕5号"
    assert (fee.bears, fee.since, fee.sort) == ("fee", date(2027, 3, 1), "changed")


def test_what_other_items_only_echo_is_told_at_the_source_with_their_number(repository: Path) -> None:
    second = GUIDE.replace("name: 小证", "name: 小证二次", 1).replace("XQ-0101", "XQ-0102")
    commit(repository, "2026-11-02", {"items/guides/second.yml": second})
    commit(repository, "2026-11-05", {FEE_FILE: FEE.replace("amount: 20", "amount: 22")})
    last = told(repository)[-1]
    assert [change.item for change in told(repository) if change.day == date(2026, 11, 5)] == ["fees/small-card"]
    assert last.line == "小证工本费 · 期满换领：收费标准 20 → 22 元/证，依据 小政发〔2016〕5号，涉及 2 项"


def test_an_edit_and_its_undoing_are_both_told(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    git(repository, "revert", "--no-edit", "HEAD", day="2026-11-06")
    assert lines(repository) == [
        "小证期满换领 · 承诺办结时限 15 → 12 个工作日",
        "小证期满换领 · 承诺办结时限 12 → 15 个工作日",
    ]


def test_a_renamed_item_keeps_its_changes(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    moved = GUIDE.replace("number: 15", "number: 12").replace("count: 1", "count: 2")
    commit(repository, "2026-11-06", {GUIDE_FILE: None, "items/guides/police/renewed.yml": moved})
    found = by_item(told(repository))
    assert [change.line for change in found["guides/renewed"]] == [
        "小证期满换领 · 到办事现场次数 1 → 2",
        "小证期满换领 · 网址改为 renewed，原来是 card-renewal",
        "小证期满换领 · 承诺办结时限 15 → 12 个工作日",
    ]
    assert "guides/card-renewal" not in found


def test_a_file_that_nobody_can_read_for_a_while_is_neither_removed_nor_added(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: "name: [坏的\n", "items/guides/new.yml": "坏: [\n"})
    history_of(repository, catalogue(repository))  # the cache has to remember what could be read last
    commit(repository, "2026-11-06", {GUIDE_FILE: GUIDE.replace("count: 1", "count: 2")})
    commit(repository, "2026-11-07", {"items/guides/new.yml": GUIDE.replace("XQ-0101", "XQ-0102")})
    assert lines(repository) == ["小证期满换领 · 到办事现场次数 1 → 2"]


def test_a_clock_that_was_set_back_puts_nothing_before_what_came_first(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    commit(repository, "2020-01-01", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 9")})
    assert [change.day for change in told(repository)] == [date(2026, 11, 5), date(2026, 11, 5)]


def test_a_merge_tells_what_it_brings_on_its_day(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "draft")
    commit(repository, "2026-11-02", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    commit(repository, "2026-11-03", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 9")})
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "draft", "-m", "merge", day="2026-11-10")
    assert lines(repository) == ["小证期满换领 · 承诺办结时限 15 → 9 个工作日"]
    assert told(repository)[0].day == date(2026, 11, 10)


def test_a_shallow_clone_begins_where_it_begins(repository: Path, tmp_path: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    commit(repository, "2026-11-06", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 9")})
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", "clone")
    assert lines(tmp_path / "clone") == ["小证期满换领 · 承诺办结时限 12 → 9 个工作日"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("40 元/证", "20 元/证", "40 → 20 元/证"),
        ("40 元/证", "免收", "40 元/证 → 免收"),
        (None, "小证", "新增「小证」"),
        ("小证", None, "去掉「小证」"),
        (None, None, "有调整"),
        ("请到一楼[总服务台](/hall/)打印。", "请到一楼总服务台打印。", "链接或格式有调整"),
        ("甲" * 30 + "一" + "乙" * 30, "甲" * 30 + "二" + "乙" * 30, "…甲甲甲甲一乙乙乙乙… → …甲甲甲甲二乙乙乙乙…"),
        (None, "甲" * 30, "新增「" + "甲" * 24 + "…」"),
    ],
)
def test_a_change_is_said_in_few_words(before: str | None, after: str | None, expected: str) -> None:
    assert comparison(before, after) == expected


GUIDES = st.builds(
    lambda visits, phone, windows, conditions: (visits, phone, tuple(windows), tuple(conditions)),
    st.integers(0, 3),
    st.sampled_from(["0123-5550101", "0123-5550111"]),
    st.permutations(["A01", "A02"]).flatmap(lambda found: st.sampled_from([found, found[:1]])),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the small project's catalogue."""
    return catalogue(tiny_project(tmp_path_factory.mktemp("rule") / "project"))


@given(first=GUIDES, second=GUIDES)
def test_edits_are_none_of_the_same_and_turn_round(made: Catalogue, first: Any, second: Any) -> None:
    base = made.by_path["guides/card-renewal"]
    assert isinstance(base, Guide)
    old, new = (
        base.model_copy(
            update={
                "visit": base.visit.model_copy(update={"count": visits}),
                "consult": base.consult.model_copy(update={"phone": phone}),
                "windows": windows,
                "conditions": conditions,
            }
        )
        for visits, phone, windows, conditions in (first, second)
    )
    there, back = edits(old, new, made, made), edits(new, old, made, made)
    assert edits(old, old, made, made) == []
    assert sorted((edit.label, str(edit.before), str(edit.after)) for edit in there) == sorted(
        (edit.label, str(edit.after), str(edit.before)) for edit in back
    )
    is_same = first[:2] == second[:2] and all(
        set(one) == set(other) for one, other in zip(first[2:], second[2:], strict=True)
    )
    assert (there == []) == is_same
