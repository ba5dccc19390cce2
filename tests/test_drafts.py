"""Drafts: incomplete without being wrong, seen in the preview and nowhere else, never referred to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bad_input import GUIDE, MATERIAL, edited, lay
from project import FILES, run, tiny_project, tree

from generator import cli
from generator.mkdocs_build import build_site, load_catalogue
from generator.mkdocs_plugin import PREVIEW_VARIABLE
from generator.problems import Problem

DRAFT = "items/guides/card-loss.yml"
INCOMPLETE = """\
status: 草稿
name: 小证丢失补领
department: police
time:
  promised:
"""
OTHER_GUIDE = FILES[GUIDE].replace("小证期满换领", "小证丢失补领").replace("XQ-0101", "XQ-0102")
COMPLETE = "status: 草稿\n" + OTHER_GUIDE.replace("aliases: [小证到期, 换小证]", "aliases: [小证丢了]")


def problems_of(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    monkeypatch.chdir(project)
    return load_catalogue("mkdocs.yml", None)[2]


def told(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(str(problem.place), problem.severity, problem.code) for problem in problems]


@pytest.mark.parametrize("written", ["草稿", "draft"])
def test_a_draft_may_lack_what_an_item_must_have(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(lay(tiny_project(tmp_path), {DRAFT: INCOMPLETE.replace("草稿", written)}))
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "另有 1 份草稿，不发布，只在预览里看得到：",
        f"  {DRAFT}（小证丢失补领，还缺 16 项）",
    ]


def test_what_a_draft_says_must_be_right_in_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = INCOMPLETE + "revised: 2026.7.1\nonwer: 公安局\ntype: 许可\n"
    found = problems_of(lay(tiny_project(tmp_path), {DRAFT: wrong}), monkeypatch)
    assert told(found) == [
        (f"{DRAFT}:6:10", "error", "wrong-date"),
        (f"{DRAFT}:7:1", "error", "unknown-key"),
        (f"{DRAFT}:8:7", "error", "not-in-list"),
    ]


def test_nothing_private_stands_in_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaking = INCOMPLETE + "faq:\n  - {question: 找谁？, answer: 找张科长 13912345678。}\n"
    found = problems_of(lay(tiny_project(tmp_path), {DRAFT: leaking}), monkeypatch)
    assert told(found) == [(f"{DRAFT}:7:29", "error", "mobile-number")]


def test_nothing_private_stands_in_the_body_of_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"items/policies/new.yml": "status: 草稿\nname: 新办法\n", "items/policies/new.md": "张三 13912345678\n"}
    found = problems_of(lay(tiny_project(tmp_path), files), monkeypatch)
    assert [problem.code for problem in found] == ["mobile-number"]


def test_published_items_must_not_refer_to_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    referring = edited(GUIDE, "owner: 公安局证件科", "related: [card-loss]\nowner: 公安局证件科")
    (problem,) = problems_of(lay(tiny_project(tmp_path), {DRAFT: COMPLETE, **referring}), monkeypatch)
    assert problem.code == "draft-reference"
    assert str(problem.place) == f"{GUIDE}:42:11"
    assert problem.message == f"「card-loss」还是草稿（{DRAFT}），没有公布"
    assert problem.hint == "公布的内容不能引用草稿；请先把它写完整、删掉 status: 草稿，或者暂时删掉这一处引用。"


def test_a_draft_with_the_id_of_an_item_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = "items/guides/police/card-renewal.yml"
    found = problems_of(lay(tiny_project(tmp_path), {copy: INCOMPLETE}), monkeypatch)
    assert told(found) == [(f"{copy}:1:1", "error", "duplicate-id")]


def test_a_draft_in_another_kind_than_guides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"items/materials/photo.yml": "status: draft\nname: 照片\n"}
    assert problems_of(lay(tiny_project(tmp_path), files), monkeypatch) == []


def test_a_status_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = lay(tiny_project(tmp_path), {MATERIAL: FILES[MATERIAL] + "status: 草搞\n"})
    (problem,) = problems_of(project, monkeypatch)
    assert (problem.code, problem.field) == ("not-in-list", "状态")


def built(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project)
    build_site("mkdocs.yml", search=False)
    return project / "site"


def test_drafts_are_in_no_output_of_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {DRAFT: COMPLETE, "items/materials/photo.yml": "status: draft\nname: 草稿里的照片\n"}
    with_drafts = built(lay(tiny_project(tmp_path / "with"), files), monkeypatch)
    without = built(tiny_project(tmp_path / "without"), monkeypatch)
    assert tree(with_drafts) == tree(without)


def test_the_preview_shows_drafts_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREVIEW_VARIABLE, "1")
    files = {DRAFT: COMPLETE, "items/materials/photo.yml": "status: draft\nname: 草稿里的照片\n"}
    site = built(lay(tiny_project(tmp_path), files), monkeypatch)
    mark = '<p class="alert" role="note"><strong>草稿</strong>'
    whole = (site / "guides/card-loss/index.html").read_text(encoding="utf-8")
    assert mark in whole and "此事项草稿" not in whole
    begun = (site / "materials/photo/index.html").read_text(encoding="utf-8")
    assert mark in begun and "<h2>还缺 2 项</h2>" in begun and "<strong>出具单位</strong>：缺少必填的 issuer" in begun
    listed = (site / "office/drafts/index.html").read_text(encoding="utf-8")
    assert "小证丢失补领" in listed and "草稿里的照片" in listed
    assert mark not in (site / "guides/card-renewal/index.html").read_text(encoding="utf-8")


def test_a_draft_that_breaks_a_rule_can_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREVIEW_VARIABLE, "1")
    late = COMPLETE.replace("promised: {number: 15}", "promised: {number: 5}")
    (problem,) = problems_of(lay(tiny_project(tmp_path), {DRAFT: late}), monkeypatch)
    assert (problem.code, problem.severity) == ("steps-exceed-promise", "warning")


def test_json_of_check_is_as_without_drafts(tmp_path: Path) -> None:
    done = run(lay(tiny_project(tmp_path), {DRAFT: INCOMPLETE}), "check", "--format", "json")
    assert json.loads(done.stdout) == {"problems": [], "errors": 0, "warnings": 0}
