"""The catalogue of a commit, from real repositories: the same items, what cannot be read, which commit is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import DEPARTMENT, GUIDE, PATHS, read, tiny_project
from repository import commit, git

from generator.revision import NoRevision, base_of, revision_at

GUIDE_FILE, DEPARTMENT_FILE = "items/guides/card-renewal.yml", "items/departments/police.yml"
THESAURUS = "synonyms:\n  - {say: [小证到期], mean: [换领]}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tiny_project(tmp_path / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    return folder


def test_a_commit_gives_the_catalogue_that_the_folder_had(repository: Path) -> None:
    then = read(repository)
    (repository / GUIDE_FILE).write_text(GUIDE.replace("name: ", "name: 新", 1), encoding="utf-8")
    now = read(repository)
    revision = revision_at(repository, base_of(repository), now)
    assert revision.catalogue.items == then.items
    assert revision.unread == ()
    assert revision.day.isoformat() == "2026-11-01"
    assert [item.path for item in revision.catalogue.items if item != now.by_path[item.path]] == ["guides/card-renewal"]
    assert sorted(revision.catalogue.by_path) == list(PATHS)


def test_items_in_sub_folders_and_a_project_below_its_repository_are_found(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "whole" / "site")
    (folder / "items/guides/cards").mkdir()
    (folder / GUIDE_FILE).rename(folder / "items/guides/cards/card-renewal.yml")
    git(tmp_path / "whole", "init", "-q")
    head = commit(tmp_path / "whole", "2026-11-01")
    then = read(folder)
    assert revision_at(folder, head, then).catalogue.items == then.items


def test_a_file_that_the_models_refuse_is_named_and_the_rest_is_there(repository: Path) -> None:
    broken = commit(repository, "2026-11-02", {DEPARTMENT_FILE: "name: [\n", GUIDE_FILE: "nome: 小证\n"})
    commit(repository, "2026-11-03", {DEPARTMENT_FILE: DEPARTMENT, GUIDE_FILE: GUIDE})
    revision = revision_at(repository, broken, read(repository))
    assert revision.unread == (DEPARTMENT_FILE, GUIDE_FILE)
    assert revision.catalogue.unread == {("department", "police"), ("guide", "card-renewal")}
    assert len(revision.catalogue.items) == len(PATHS) - 2


def test_what_people_say_is_read_from_the_commit_too(repository: Path) -> None:
    head = commit(repository, "2026-11-02", {"items/thesaurus.yml": THESAURUS})
    then = read(repository).thesaurus
    commit(repository, "2026-11-03", {"items/thesaurus.yml": None})
    assert revision_at(repository, head, read(repository)).catalogue.thesaurus == then
    assert then.synonyms[0].say == ("小证到期",)


def test_without_a_name_the_commit_is_where_the_branch_left_main(repository: Path) -> None:
    fork = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "switch", "-q", "-c", "edit")
    commit(repository, "2026-11-02", {GUIDE_FILE: GUIDE.replace("小证期满换领", "换小证")})
    git(repository, "switch", "-q", "main")
    commit(repository, "2026-11-03", {"content/more.md": "---\ntitle: 更多\n---\n"})
    git(repository, "switch", "-q", "edit")
    assert base_of(repository) == fork
    assert base_of(repository, "edit") == git(repository, "rev-parse", "HEAD").strip()
    assert base_of(repository, "edit~1") == fork


def test_on_another_branch_alone_the_commit_is_the_last_one(repository: Path) -> None:
    git(repository, "branch", "-m", "main", "work")
    assert base_of(repository) == git(repository, "rev-parse", "HEAD").strip()


@pytest.mark.parametrize("name", ["nothing", "--help", "HEAD~9", "HEAD:items"])
def test_a_name_that_is_no_commit_is_said_to_be_none(repository: Path, name: str) -> None:
    with pytest.raises(NoRevision) as error:
        base_of(repository, name)
    assert str(error.value) == f"仓库里没有「{name}」这个版本。请核对分支名或提交号。"


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    commit(repository, "2026-11-02", {GUIDE_FILE: GUIDE.replace("小证期满换领", "换小证")})
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "clone")
    with pytest.raises(NoRevision) as error:
        base_of(tmp_path / "clone", first)
    assert str(error.value) == (
        f"仓库里没有「{first}」这个版本。仓库没有取全（浅克隆）：请先运行 git fetch --unshallow；"
        "在 CI 里把取代码的深度 fetch-depth 设为 0。"
    )


def test_without_a_repository_or_a_commit_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    with pytest.raises(NoRevision) as error:
        base_of(folder)
    assert str(error.value) == "这里没有 git 仓库（或没有安装 git），没有可以比较的旧版本。"
    git(folder, "init", "-q")
    with pytest.raises(NoRevision) as error:
        base_of(folder)
    assert str(error.value) == "仓库里还没有提交，没有可以比较的旧版本。"
