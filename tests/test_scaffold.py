"""Starting files: complete, right as drafts, and publishable once they are filled in; copies that must be changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import FILES, ROOT, TODAY, run, tiny_project, tree

from generator import cli
from generator.case_parts import CaseQuestion
from generator.cases import case_tree
from generator.item import Item
from generator.kinds import all_kinds
from generator.mkdocs_build import load_catalogue
from generator.scaffold import DRAFT_LINE, files_of, starting_text
from generator.schema import fields_of
from generator.source import parse_text
from generator.tables.yaml_edit import new_text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tiny_project(tmp_path)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("kind", ["guide", "bundle"])
def test_the_example_of_questions_becomes_valid_when_the_signs_are_taken_away(tmp_path: Path, kind: str) -> None:
    text = starting_text(tmp_path, all_kinds()[kind])
    (block,) = re.findall(r"^# questions:\n(?:# [ #].*\n)+", text, re.MULTILINE)
    values = yaml.safe_load(re.sub("^# ", "", block, flags=re.MULTILINE))
    questions = [CaseQuestion.model_validate(entry) for entry in values["questions"]]
    tree_of_cases = case_tree(questions, lambda answers: tuple(answers.items()))
    assert [node.id for node in tree_of_cases.cases] == ["lost--child", "lost--adult", "damaged"]
    examples = re.findall(r"^# #   (when: .*)$", block, re.MULTILINE)
    assert examples == [
        "when: reason = damaged",
        "when: reason = lost and age = child",
        "when: age in [child, adult]",
        "when: not reason = lost",
    ]


def uncommented(text: str) -> dict[str, Any]:
    """Return what a starting file says once the signs before its commented keys are taken away."""
    plain = re.sub(r"^# (?=( *- | *)[a-z_]+:)", "", text, flags=re.MULTILINE)
    found = yaml.safe_load(plain)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("kind", "model"), all_kinds().items())
def test_a_starting_file_names_every_field_once_and_those_required_first(
    kind: str, model: type[Item], tmp_path: Path
) -> None:
    text = starting_text(tmp_path, model)
    specs = [spec for spec in fields_of(model) if spec.key not in ("id", "status", "accepted")]
    required = [spec.key for spec in specs if spec.required]
    assert list(yaml.safe_load(text)) == ["status", *required], kind
    assert list(uncommented(text)) == ["status", *required, *(spec.key for spec in specs if not spec.required)]
    for spec in specs:
        assert f"# {spec.label}：" in text


def test_examples_come_from_an_item_of_the_kind(tmp_path: Path) -> None:
    text = starting_text(tiny_project(tmp_path), all_kinds()["fee"])
    assert text.splitlines()[2:9] == [
        "# 例子取自 items/fees/small-card.yml。",
        "status: 草稿  # 没写完不会发布；写完整后删掉这一行",
        "",
        "# ──── 必须写的 ────",
        "# 名称：公布用的全称。例：小证工本费",
        "name:",
        "# 执收单位：收费的部门。可写：police。",
    ]


@pytest.mark.parametrize(("kind", "model"), all_kinds().items())
def test_a_new_file_breaks_nothing(
    kind: str, model: type[Item], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["new", model.kind.label, "other"]) == 0
    path = f"items/{model.kind.plural}/other.yml"
    out, err = capsys.readouterr()
    assert out == f"{path}\n"
    assert err.splitlines() == [
        f"已写好一份「{model.kind.label}」的草稿。接下来：",
        f"1. 用编辑器打开 {path}，从上往下填；",
        f"2. 随时运行 tongchuang check {path}，看还有什么不对；",
        "3. 运行 tongchuang serve，在预览里看；",
        "4. 写完整了，删掉 status: 草稿 那一行，再检查一遍。",
    ]
    assert cli.main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "检查通过：没有发现问题。"
    assert re.fullmatch(re.escape(f"  {path}（{model.kind.plural}/other，还缺 ") + "[0-9]+ 项）", lines[-1])


ONE_OF_SEVERAL = frozenset({"phone", "policy", "amount", "rules"})
"""Where one of several ways will do, the file begins with the most usual; who takes another deletes that line."""


def filled(template: Any, values: Any) -> Any:
    """Return values laid over a starting file's; what the file asks for and the values lack stays empty."""
    if isinstance(template, dict) and isinstance(values, dict):
        asked = [key for key in template if key in values or key not in ONE_OF_SEVERAL]
        return {key: filled(template.get(key), values.get(key)) for key in (*asked, *(values.keys() - set(asked)))}
    if isinstance(template, list) and isinstance(values, list) and template:
        return [filled(template[0] if isinstance(entry, dict) else None, entry) for entry in values]
    return template if values is None else values


def said(text: str) -> dict[str, Any]:
    """Return the values of a file."""
    values, found = parse_text(text, "")
    assert values is not None and not found
    return values


def test_filled_in_with_the_demonstration_every_kind_can_be_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "items", tmp_path / "items")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in ("content", "site_theme"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    before = [problem for problem in load_catalogue("mkdocs.yml", TODAY)[2] if problem.is_error()]
    for model in all_kinds().values():
        text = starting_text(tmp_path, model)
        assert f"{DRAFT_LINE}\n" in text
        file = files_of(tmp_path, model)[0]
        values = filled(said(text.replace(f"{DRAFT_LINE}\n", "")), said(file.read_text(encoding="utf-8")))
        file.write_text(new_text(values), encoding="utf-8")
    _, catalogue, found = load_catalogue("mkdocs.yml", TODAY)
    assert [problem for problem in found if problem.is_error()] == before == []
    assert not catalogue.drafts


def test_a_copy_leaves_out_what_no_two_items_share(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["new", "fee", "other", "--from", "small-card"]) == 0
    assert (
        (project / "items/fees/other.yml").read_text(encoding="utf-8")
        == """\
# 收费标准，照着 items/fees/small-card.yml 写的：有「原来是」的地方都要写新的，其余逐条核对。
status: 草稿  # 没写完不会发布；写完整后删掉这一行
name:  # 原来是 小证工本费
department: police
level: 中央
fund: 缴入中央国库
# 下面的收费照抄自原文件，请逐项核对标准和依据
rates:
  - id: renewal
    condition: 期满换领
    unit: 证
    periods:
      - until:  # 原来是 2026-12-31
        amount: 20
        basis: [{policy: small-law, checked: }]  # 原来是 2026-10-12
      - from:  # 原来是 2027-01-01
        amount: 15
        basis: [{policy: small-law, checked: }]  # 原来是 2026-10-12
  - id: loss
    condition: 丢失补领
    unit: 证
    periods:
      - amount: 40
        basis: [{policy: small-law, checked: }]  # 原来是 2026-10-12
"""
    )
    assert "把写着「原来是」的地方都改成新的" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["guide", "fee", "policy", "hall", "material", "department"])
def test_a_copy_is_a_draft_and_not_publishable_as_it_is(
    kind: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = all_kinds()[kind]
    (origin,) = files_of(project, model)
    # A copied name or date would be wrong silently; a reason for a warning holds for one item only.
    noted = "accepted:\n  - {code: idle-window, reason: 留作备用}\n"
    origin.write_text(origin.read_text(encoding="utf-8") + noted, encoding="utf-8")
    assert cli.main(["new", kind, "other", "--from", origin.stem]) == 0
    copy = origin.with_name("other.yml")
    text = copy.read_text(encoding="utf-8")
    assert "accepted" not in text
    capsys.readouterr()
    assert cli.main(["check"]) == 0
    copy.write_text(text.replace(f"{DRAFT_LINE}\n", ""), encoding="utf-8")
    assert cli.main(["check", "--brief"]) == 1
    assert "[empty-value]" in capsys.readouterr().out


def test_every_sort_of_value_can_be_emptied(project: Path) -> None:
    text = FILES["items/guides/card-renewal.yml"]
    text = text.replace("aliases: [小证到期, 换小证]", "aliases:\n  - 小证到期\n  - 换小证  # 常说")
    text = "status: 在用\n" + text.replace("name: 小证期满换领\n", 'name: "小证期满换领"  # 全称\n')
    (project / "items/guides/card-renewal.yml").write_text(text, encoding="utf-8")
    assert cli.main(["new", "guide", "other", "--from", "card-renewal"]) == 0
    copy = (project / "items/guides/other.yml").read_text(encoding="utf-8")
    assert copy.splitlines()[1:6] == [
        DRAFT_LINE,
        'name:   # 全称  # 原来是 "小证期满换领"',
        "aliases: []  # 常说  # 原来是 - 小证到期 - 换小证",
        "summary: 小证有效期满时换领新证。",
        "codes: {local: }  # 原来是 XQ-0101",
    ]
    assert yaml.safe_load(copy)["aliases"] == []
    assert yaml.safe_load(copy)["basis"] == [{"policy": "small-law", "article": "第五条", "checked": None}]


KINDS = "、".join(f"{name}（{model.kind.label}）" for name, model in all_kinds().items())
BAD_ID = "只用小写英文字母、数字和 -，例如 id-card-renewal。\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fee", "small-card"], "编号「small-card」已被 items/fees/small-card.yml 使用。\n"),
        (["fee", "Small_Card"], f"编号「Small_Card」不行：{BAD_ID}"),
        (["fee", "../../etc/x"], f"编号「../../etc/x」不行：{BAD_ID}"),
        (["feee", "x"], f"没有「feee」这一类。是不是 fee（收费标准）？可以写：{KINDS}。\n"),
        (["指南", "x"], f"没有「指南」这一类。是不是 guide（办事指南）？可以写：{KINDS}。\n"),
        (["天气", "x"], f"没有「天气」这一类。可以写：{KINDS}。\n"),
        (["fee", "x", "--from", "smal-card"], "收费标准里没有编号「smal-card」。是不是 small-card？\n"),
    ],
)
def test_a_new_file_that_cannot_be_is_2(
    arguments: list[str], message: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(project / "items")
    assert cli.main(["new", *arguments]) == 2
    assert capsys.readouterr() == ("", message)
    assert tree(project / "items") == before


def test_a_broken_file_is_not_copied(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "items/fees/small-card.yml").write_text("name: [小证\n", encoding="utf-8")
    assert cli.main(["new", "fee", "x", "--from", "small-card"]) == 2
    assert capsys.readouterr().err == "items/fees/small-card.yml 里有格式错误，请先运行 tongchuang check 并改好。\n"


def test_a_user_runs_it(project: Path) -> None:
    done = run(project, "new", "办事指南", "card-loss", "--from", "card-renewal")
    assert (done.returncode, done.stdout) == (0, "items/guides/card-loss.yml\n")
