"""Search documents and the index made of them, without a browser."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from search_site import ENTRIES, PATHS, documents

from generator import index
from generator.index import IndexFailed, build_index
from generator.index_order import UnknownFormat
from generator.render.search import search_document


def test_the_same_documents_give_the_same_index(tmp_path: Path) -> None:
    made = documents()
    trees = []
    for number in range(3):
        build_index(made, tmp_path / str(number))
        files = [file for file in (tmp_path / str(number)).rglob("*") if file.is_file()]
        trees.append({file.relative_to(tmp_path / str(number)): file.read_bytes() for file in files})
    assert trees[0] == trees[1] == trees[2]
    assert not any("ui" in path.name or "highlight" in path.name for path in trees[0])


def test_a_new_index_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "pagefind").mkdir()
    (tmp_path / "pagefind" / "old.pf_index").write_text("")
    build_index({}, tmp_path / "pagefind")
    assert list((tmp_path / "pagefind").iterdir()) == []


def test_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(IndexFailed, match="缺少检索程序 Pagefind"):
        build_index({"guides/a": "<html></html>"}, tmp_path / "pagefind")


def test_a_failing_program_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no space left >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(index, "_program", lambda: program)
    with pytest.raises(IndexFailed, match=r"Pagefind 退出码 3）：no space left"):
        build_index({"guides/a": "<html></html>"}, tmp_path / "index")


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
        build_index({"guides/a": "<html lang=und><body data-pagefind-body>a</body></html>"}, tmp_path / "index")
