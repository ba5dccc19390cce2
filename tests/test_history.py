"""Earlier versions from real repositories: edits, values that turn by date, merges, broken items, the cache."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import FEE, FILES, GUIDE, MATERIAL, tiny_project
from repository import commit, git

from generator import past, past_stretches, past_walk, processes
from generator.catalogue import Catalogue, catalogue_of
from generator.history import CACHE_FILE, NOTHING_KNOWN, History, changes_since, history_of
from generator.kinds.guide import Guide
from generator.reading import read_items
from generator.render.history import basis_text, owner_text

GUIDE_FILE, FEE_FILE = "items/guides/card-renewal.yml", "items/fees/small-card.yml"
ITEM_FILES = {name: text for name, text in FILES.items() if name.startswith("items/")}
RENAMED = GUIDE.replace("name: ", "name: 新", 1)
TURNING = FEE.replace("2026-12-31", "2026-11-09").replace("2027-01-01", "2026-11-10")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the small project, committed on 2026-11-01."""
    folder = tiny_project(tmp_path / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    return folder


def catalogue(folder: Path, today: str) -> Catalogue:
    """Return the catalogue of whatever is well formed in a folder."""
    read = read_items(folder)
    return catalogue_of(read.items, date.fromisoformat(today), read.unread)


def known(folder: Path, today: str) -> History:
    """Return the history of a folder, the same from the cache as without."""
    items = catalogue(folder, today)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    first = history_of(folder, items)
    assert history_of(folder, items) == first
    assert from_today(folder, items) == first
    return first


def from_today(folder: Path, items: Catalogue) -> History:
    """Return the history made without the cache, taking from the catalogue what files still hold."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "_STARTED", float("inf"))
        return history_of(folder, items)


def in_processes(folder: Path, items: Catalogue) -> History:
    """Return the history made without the cache, by three processes in batches of two commits."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "ENTRIES_A_JOB", 1)
        patch.setattr(past_walk, "BATCH", 2)
        patch.setattr(past_stretches, "STRETCH", 1)
        return history_of(folder, items, jobs=3)


def days(history: History, path: str) -> list[tuple[str, str]]:
    """Return first and last day of each earlier version of an item."""
    return [(version.first.isoformat(), version.last.isoformat()) for version in history.versions.get(path, ())]


def changed(folder: Path, today: str, path: str, which: int = 0) -> list[tuple[str, str | None, str | None, str]]:
    """Return path, old text, new text and since when, of the facts that an earlier version says otherwise."""
    items, history = catalogue(folder, today), known(folder, today)
    sheet = items.sheet(items.by_path[path])
    found = changes_since(history.versions[path][which], sheet, history)
    return [
        (entry.path, entry.before.text if entry.before else None, entry.after.text if entry.after else None, str(since))
        for entry, since in found
    ]


def test_a_single_commit_has_no_earlier_versions(repository: Path) -> None:
    history = known(repository, "2026-11-23")
    assert history.complete
    assert history.versions == {}
    assert set(history.since.values()) == {date(2026, 11, 1)}


def test_an_edit_makes_an_earlier_version_of_every_item_that_shows_it(repository: Path) -> None:
    before = catalogue(repository, "2026-11-05")
    old = {item.path: before.sheet(item).fingerprint for item in before.items}
    commit(repository, "2026-11-05", {"items/materials/small-card.yml": MATERIAL.replace("小证", "小卡")})
    history = known(repository, "2026-11-23")
    assert set(history.versions) == {"materials/small-card", "guides/card-renewal"}
    for path, (version,) in history.versions.items():
        assert version.fingerprint == old[path]
        assert (version.first, version.last) == (date(2026, 11, 1), date(2026, 11, 5))
    assert changed(repository, "2026-11-23", "guides/card-renewal") == [
        ("bring.brief", "小证", "小卡", "2026-11-05"),
        ("materials.small-card.material", "小证", "小卡", "2026-11-05"),
        ("result.material", "小证", "小卡", "2026-11-05"),
    ]


def test_a_change_counts_from_the_day_since_which_it_is_so_and_not_from_later_edits(repository: Path) -> None:
    first = GUIDE.replace("number: 15", "number: 12")
    commit(repository, "2026-11-05", {GUIDE_FILE: first})
    commit(repository, "2026-11-08", {GUIDE_FILE: first.replace("count: 1", "count: 2")})
    assert changed(repository, "2026-11-23", "guides/card-renewal") == [
        ("time.promised", "15 个工作日", "12 个工作日", "2026-11-05"),
        ("visit.count", "1", "2", "2026-11-08"),
    ]
    assert [row[0] for row in changed(repository, "2026-11-23", "guides/card-renewal", 1)] == ["visit.count"]


def test_an_edit_taken_back_leaves_the_version_between_and_not_the_present_one(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    commit(repository, "2026-11-08", {GUIDE_FILE: GUIDE})
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-05", "2026-11-08")]


def test_a_fee_that_changes_by_date_makes_a_version_without_a_commit(repository: Path) -> None:
    commit(repository, "2026-11-03", {FEE_FILE: TURNING})
    assert days(known(repository, "2026-11-09"), "guides/card-renewal") == [("2026-11-01", "2026-11-03")]
    history = known(repository, "2026-11-10")
    assert days(history, "guides/card-renewal") == [("2026-11-01", "2026-11-03"), ("2026-11-03", "2026-11-09")]
    since = {row[0]: row[3] for row in changed(repository, "2026-11-23", "guides/card-renewal")}
    assert since["fee.amount"] == since["fees.small-card--renewal.amount"] == "2026-11-10"


def test_moving_a_file_to_another_folder_changes_nothing(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: None, "items/guides/police/card-renewal.yml": GUIDE})
    assert known(repository, "2026-11-23").versions == {}


def test_a_project_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    folder = tiny_project(tmp_path / "区" / "site one")
    commit(tmp_path, "2026-11-01", {"items/guides/card-renewal.yml": "name: 不是本项目的\n"})
    commit(tmp_path, "2026-11-05", {f"区/site one/{GUIDE_FILE}": RENAMED})
    history = known(folder, "2026-11-23")
    assert history.complete
    assert days(history, "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_what_todays_models_refuse_is_left_out(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: "name: [坏的\n"})
    commit(repository, "2026-11-08", {GUIDE_FILE: RENAMED.replace("type: 行政确认", "type: 没有这种")})
    commit(repository, "2026-11-09", {GUIDE_FILE: RENAMED})
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_bytes_that_are_no_text_and_links_are_left_out(repository: Path) -> None:
    (repository / GUIDE_FILE).write_bytes(GUIDE.encode("gbk"))
    commit(repository, "2026-11-05")
    (repository / GUIDE_FILE).unlink()
    (repository / GUIDE_FILE).symlink_to(repository / FEE_FILE)
    commit(repository, "2026-11-06")
    (repository / GUIDE_FILE).unlink()
    commit(repository, "2026-11-07", {GUIDE_FILE: RENAMED})
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_a_merge_counts_on_the_day_it_is_merged(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "draft")
    commit(repository, "2026-11-02", {GUIDE_FILE: RENAMED})
    commit(repository, "2026-11-03", {GUIDE_FILE: RENAMED.replace("number: 15", "number: 9")})
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "--no-ff", "draft", "-m", "merge", day="2026-11-10")
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-10")]


def test_a_shallow_clone_says_that_it_does_not_know_older_versions(repository: Path, tmp_path: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    history = known(tmp_path / "clone", "2026-11-23")
    assert not history.complete
    assert history.versions == {}
    git(tmp_path / "clone", "fetch", "-q", "--unshallow")
    whole = history_of(tmp_path / "clone", catalogue(tmp_path / "clone", "2026-11-23"))
    assert whole.complete
    assert days(whole, "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_a_detached_head_knows_the_versions_before_it(repository: Path) -> None:
    second = commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    commit(repository, "2026-11-08", {GUIDE_FILE: RENAMED.replace("number: 15", "number: 9")})
    git(repository, "checkout", "-q", second)
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_edits_without_a_commit_count_from_today(repository: Path) -> None:
    (repository / GUIDE_FILE).write_text(GUIDE.replace("count: 1", "count: 2"), encoding="utf-8")
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-23")]
    assert changed(repository, "2026-11-23", "guides/card-renewal") == [("visit.count", "1", "2", "2026-11-23")]


def test_commits_after_the_day_of_the_build_are_not_yet_known(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    commit(repository, "2026-11-20", {GUIDE_FILE: GUIDE})
    assert days(known(repository, "2026-11-10"), "guides/card-renewal") == [("2026-11-05", "2026-11-10")]


def test_an_item_that_was_removed_keeps_its_versions(repository: Path) -> None:
    commit(repository, "2026-11-05", {GUIDE_FILE: None})
    assert days(known(repository, "2026-11-23"), "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_without_a_repository_or_commits_or_git_nothing_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_project(tmp_path / "project")
    items = catalogue(folder, "2026-11-23")
    assert history_of(folder, items) == NOTHING_KNOWN
    git(folder, "init", "-q")
    assert history_of(folder, items) == NOTHING_KNOWN
    commit(folder, "2026-11-01")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert history_of(folder, items) == NOTHING_KNOWN


def test_the_cache_is_added_to_and_ignored_when_damaged(repository: Path) -> None:
    items = catalogue(repository, "2026-11-23")
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    history_of(repository, items)
    commit(repository, "2026-11-08", {GUIDE_FILE: RENAMED.replace("number: 15", "number: 9")})
    items = catalogue(repository, "2026-11-23")
    continued = history_of(repository, items)
    assert continued == known(repository, "2026-11-23")
    whole = (repository / CACHE_FILE).read_bytes()
    kept = json.loads(zlib.decompress(whole))
    wrong = [
        {},
        [],
        {"commit": 1},
        {**kept, "files": []},
        {**kept, "key": []},
        {**kept, "open": {"guides/x": ["A", "2"]}},
    ]
    wrong += [{**kept, "closed": [1]}, {**kept, "files": {"items/x.yml": "0"}}, {**kept, "commit": "0"}]
    damaged = [b"", whole[:-9], b"x" + whole, *(zlib.compress(json.dumps(value).encode()) for value in wrong)]
    for data in damaged:
        (repository / CACHE_FILE).write_bytes(data)
        assert history_of(repository, items) == continued
        assert json.loads(zlib.decompress((repository / CACHE_FILE).read_bytes())) == kept


def test_a_folder_that_cannot_be_written_to_costs_only_time(repository: Path) -> None:
    (repository / ".cache").write_text("not a folder", encoding="utf-8")
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    history = history_of(repository, catalogue(repository, "2026-11-23"))
    assert days(history, "guides/card-renewal") == [("2026-11-01", "2026-11-05")]


def test_changes_are_named_by_what_they_belong_to_and_amounts_by_their_basis(repository: Path) -> None:
    items = catalogue(repository, "2026-11-23")
    facts = items.sheet(items.by_path["guides/card-renewal"]).facts
    assert owner_text("materials.small-card.copies", facts, Guide) == "小证"
    assert owner_text("materials.small-card.material", facts, Guide) == ""
    assert owner_text("fees.small-card--renewal.basis_today.1.document", facts, Guide) == "小证工本费"
    assert owner_text("place.hours.1.line", facts, Guide) == ""
    assert owner_text("visit.count", facts, Guide) == ""
    law = items.by_path["policies/small-law"]
    document = facts["fees.small-card--renewal.basis_today.1.document"].text
    assert facts["fees.small-card--renewal.basis_today.1.document"].target == law.path
    assert basis_text("fees.small-card--renewal.amount", facts) == basis_text("fee.amount", facts) == document
    assert basis_text("visit.count", facts) == ""


def test_the_cache_is_of_no_use_to_a_build_as_of_an_earlier_day_or_to_another_line_of_commits(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    commit(repository, "2026-11-05", {GUIDE_FILE: RENAMED})
    history_of(repository, catalogue(repository, "2026-11-23"))
    assert history_of(repository, catalogue(repository, "2026-11-04")).since["guides/card-renewal"] == date(2026, 11, 4)
    history_of(repository, catalogue(repository, "2026-11-23"))
    git(repository, "reset", "-q", "--hard", first)
    assert history_of(repository, catalogue(repository, "2026-11-23")).versions == {}


def test_a_comment_or_another_order_of_fields_is_no_change(repository: Path) -> None:
    lines = GUIDE.splitlines(keepends=True)
    assert lines[0].startswith("name: ")
    commit(repository, "2026-11-05", {GUIDE_FILE: "# 注释\n" + "".join(lines[1:]) + lines[0]})
    history = known(repository, "2026-11-23")
    assert (history.versions, history.changes) == ({}, ())
    assert history.since["guides/card-renewal"] == date(2026, 11, 1)


# The rule: the versions are those that building every commit, on every day until the next, would have shown.

EDITS = (
    {GUIDE_FILE: GUIDE},
    {GUIDE_FILE: RENAMED},
    {GUIDE_FILE: GUIDE.replace("windows: [A01, A02]", "windows: [A02]")},
    {GUIDE_FILE: GUIDE.replace("owner:", "planned_end: 2026-11-06\nowner:")},
    {GUIDE_FILE: "name: 坏\n"},
    {GUIDE_FILE: None},
    {
        "items/guides/second.yml": GUIDE.replace("name: ", "name: 又", 1).replace(
            "owner:", "planned_start: 2026-11-04\nowner:"
        )
    },
    {FEE_FILE: FEE},
    {FEE_FILE: FEE.replace("amount: 20", "amount: 22")},
    {FEE_FILE: FEE.replace("2026-12-31", "2026-11-05").replace("2027-01-01", "2026-11-06")},
    {"items/materials/small-card.yml": MATERIAL.replace("小证", "小卡")},
    {"items/policies/small-law.yml": FILES["items/policies/small-law.yml"].replace("小证法", "小证新法")},
    {"items/hall/main.yml": FILES["items/hall/main.yml"].replace("政和路", "新和路")},
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 4)), min_size=1, max_size=5))
def test_versions_are_what_building_each_commit_on_each_day_shows(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[Mapping[str, str | None], int]]
) -> None:
    folder = tmp_path_factory.mktemp("rule") / "project"
    tiny_project(folder)
    git(folder, "init", "-q")
    day, today = date(2026, 11, 1), date(2026, 11, 23)
    commit(folder, day.isoformat())
    shown: dict[str, set[str]] = {}
    for files, later in [*edits, ({}, 0)]:
        until = min(day + timedelta(days=later), today)
        read = read_items(folder)
        for passed in range((until - day).days + 1):
            as_shown = catalogue_of(read.items, day + timedelta(days=passed), read.unread)
            for item in as_shown.items:
                shown.setdefault(item.path, set()).add(as_shown.sheet(item).fingerprint)
        day = until
        present = {name: text for name, text in files.items() if text is not None or (folder / name).exists()}
        commit(folder, day.isoformat(), present)
    items = catalogue(folder, day.isoformat())
    now = {item.path: items.sheet(item).fingerprint for item in items.items}
    found = history_of(folder, items)
    assert from_today(folder, items) == found
    assert in_processes(folder, items) == found
    versions = {path: {version.fingerprint for version in entries} for path, entries in found.versions.items()}
    expected = {path: prints - {now.get(path)} for path, prints in shown.items()}
    assert versions == {path: prints for path, prints in expected.items() if prints}
