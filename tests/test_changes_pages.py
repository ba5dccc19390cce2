"""Pages, feeds and data of changes in a built site, and the verb `changes`."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import pytest
from project import GUIDE, run, tiny_project
from repository import commit, git

GUIDE_FILE = "items/guides/card-renewal.yml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built project with one edit after its first commit and one that is not committed."""
    folder = tiny_project(tmp_path_factory.mktemp("changes") / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    commit(folder, "2026-11-05", {GUIDE_FILE: GUIDE.replace("number: 15", "number: 12")})
    done = run(folder, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_change_stands_on_its_pages_and_in_the_data(folder: Path) -> None:
    for page in ("changes", "changes/time", "changes/departments/police", "changes/2026", "guides/card-renewal"):
        text = (folder / "site" / page / "index.html").read_text(encoding="utf-8")
        assert "承诺办结时限 15 → 12 个工作日" in text, page
    assert "承诺办结时限 15" not in (folder / "site/changes/fee/index.html").read_text(encoding="utf-8")
    data = json.loads((folder / "site/api/v1/changes.json").read_bytes())
    (change,) = data["changes"]
    assert change["line"] == "小证期满换领 · 承诺办结时限 15 → 12 个工作日"
    assert (change["class"], change["day"], change["department"]) == ("time", "2026-11-05", "police")


@pytest.mark.parametrize(("path", "count"), [("", 1), ("time/", 1), ("fee/", 0), ("departments/police/", 1)])
def test_feeds_are_well_formed_with_lasting_ids(folder: Path, path: str, count: int) -> None:
    feed = feedparser.parse((folder / "site/changes" / path / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert len(feed.entries) == count
    for entry in feed.entries:
        name = git(folder, "rev-parse", "HEAD")[:12]
        assert entry.id == f"tag:www.small.example,2026-11-05:changes/{name}/guides/card-renewal"
        assert entry.updated == "2026-11-05T00:00:00+08:00"
        assert entry.title == "小证期满换领：承诺办结时限 15 → 12 个工作日"


def test_the_verb_names_what_is_not_committed(folder: Path) -> None:
    (folder / GUIDE_FILE).write_text(GUIDE.replace("number: 15", "number: 9"), encoding="utf-8")
    done = run(folder, "changes", "--since", "2026-11-02")
    assert (done.returncode, done.stdout) == (
        0,
        f"时限（1）\n  {'未提交':<18}  小证期满换领 · 承诺办结时限 15 → 9 个工作日\n",
    )
    done = run(folder, "changes", "--since", "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        "版本库里没有「nowhere」。写提交编号、分支、标签，或者日期如 2026-07-01。\n",
    )


def test_without_a_repository_nothing_can_be_said(tmp_path: Path) -> None:
    done = run(tiny_project(tmp_path / "project"), "changes")
    assert (done.returncode, done.stderr) == (3, "没有版本库，不知道以前的内容。\n")
