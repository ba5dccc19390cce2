"""Search documents and the index made of them, without a browser."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from project import tree
from search_site import ENTRIES, PATHS, as_documents, documents

from generator import index
from generator.index import Indexed, IndexFailed, Kept, build_index, read_index, write_index
from generator.index_order import UnknownFormat
from generator.render import search
from generator.render.search import index_folders, search_document


def index_of(made: dict[str, str], folder: Path, earlier: Mapping[str, Kept] | None = None) -> Indexed:
    """Make the index of documents in a folder, which may be a site with an earlier one."""
    return build_index(as_documents(made), folder, folder, earlier or {})


def page(text: str) -> str:
    return f'<!doctype html><html lang="und"><body data-pagefind-body>{text}</body></html>'


def test_the_same_documents_give_the_same_index(tmp_path: Path) -> None:
    made = documents()
    trees = []
    for number in range(3):
        index_of(made, tmp_path / str(number))
        files = [file for file in (tmp_path / str(number)).rglob("*") if file.is_file()]
        trees.append({file.relative_to(tmp_path / str(number)): file.read_bytes() for file in files})
    assert trees[0] == trees[1] == trees[2]
    assert not any("ui" in path.name or "highlight" in path.name for path in trees[0])


def test_a_new_index_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "old.pf_index").write_text("")
    index_of({}, tmp_path)
    assert list((tmp_path / "pagefind").iterdir()) == []


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(IndexFailed, match="缺少检索程序 Pagefind"):
        index_of({"guides/a/0": "<html></html>"}, tmp_path)


def test_a_failing_program_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no space left >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(index, "_program", lambda: program)
    with pytest.raises(IndexFailed, match=r"Pagefind 退出码 3）：no space left"):
        index_of({"guides/a/0": "<html></html>"}, tmp_path)


def test_documents_escape_what_they_are_given() -> None:
    entry = ENTRIES[PATHS["<b>标题</b>&“引号”'测试'"]]
    document = search_document(entry, '<i>"title"</i>')
    assert "<b>" not in document and '<i>"' not in document
    assert "<title>&lt;i&gt;&quot;title&quot;&lt;/i&gt;</title>" in document


def test_files_in_another_format_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise UnknownFormat("und_1.pf_filter")

    monkeypatch.setattr(index, "settle", refuse)
    with pytest.raises(IndexFailed, match="不认识这个版本的 Pagefind"):
        index_of({"guides/a/0": "<html lang=und><body data-pagefind-body>a</body></html>"}, tmp_path)


@pytest.mark.parametrize(
    ("count", "folders"),
    [(0, 1), (1_500, 1), (1_501, 2), (10_303, 7), (15_000, 10), (75_000, 10), (75_001, 11), (100_000, 14)],
)
def test_a_run_takes_no_more_documents_than_memory_allows(count: int, folders: int) -> None:
    found = index_folders(count)
    assert len(found) == folders
    assert found == (["pagefind"] if folders == 1 else [f"pagefind/{number}" for number in range(folders)])


def test_random_edits_make_anew_the_parts_they_touch_and_give_a_clean_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "DOCUMENTS_A_RUN", 10)
    chance, site, staging = random.Random(5), tmp_path / "site", tmp_path / "staging"
    made = {f"guides/g{number}/{number}": page(f"zi{number} tong") for number in range(35)}
    parts: Mapping[str, Kept] = {}
    taken = 0
    for _ in range(8):
        address = chance.choice([*made, "guides/new/99"])
        if chance.random() < 0.2 and address in made:
            del made[address]
        else:
            made[address] = page(f"zi{chance.randrange(99)} tong")
        done = build_index(as_documents(made), staging, site, parts)
        for path in done.still:
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(site / path, staging / path)
        taken += len(done.still)
        shutil.rmtree(site, ignore_errors=True)
        staging.rename(site)
        write_index(tmp_path / "kept", "key", done.parts)
        parts = read_index(tmp_path / "kept", "key")
        assert parts == done.parts
        clean = tmp_path / "clean"
        index_of(made, clean)
        assert tree(site) == tree(clean)
        shutil.rmtree(clean)
    assert taken


def test_an_index_is_taken_over_only_as_it_was_written(tmp_path: Path) -> None:
    made = {"guides/a/0": page("a"), "guides/b/1": page("b")}
    first = index_of(made, tmp_path)
    assert not first.still
    again = index_of(made, tmp_path, first.parts)
    assert set(again.still) == set(tree(tmp_path)) == set(first.parts["pagefind"].files)
    assert again.parts == first.parts
    (tmp_path / "pagefind/pagefind-entry.json").write_text("{}", encoding="utf-8")
    assert not index_of(made, tmp_path, first.parts).still
    assert not index_of({**made, "guides/b/1": page("c")}, tmp_path, first.parts).still


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], lambda data: data[:50] + b"\0" + data[51:]])
def test_what_was_kept_of_an_index_is_whole_or_nothing(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    file, parts = tmp_path / "index", {"pagefind": Kept("0f", {"pagefind/a": (1, 2)})}
    write_index(file, "key", parts)
    assert read_index(file, "key") == parts
    assert read_index(file, "another") == {}
    file.write_bytes(harm(file.read_bytes()))
    assert read_index(file, "key") == {}
