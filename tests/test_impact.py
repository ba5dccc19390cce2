"""What an edit touches: exactly the files that two builds differ in; the rules against a commit; the layouts."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from built_twice import differing
from project import DEPARTMENT, FEE, GUIDE, HALL, MATERIAL, POLICY, TODAY, tiny_project, tree
from repository import commit, git

from generator.cli import main
from generator.impact.assess import Impact, impact_of
from generator.impact.markdown import MARK, as_markdown, escaped
from generator.impact.rules import problems_against
from generator.mkdocs_build import build_site, load_catalogue
from generator.revision import base_of, revision_at

FEE_FILE, GUIDE_FILE = "items/fees/small-card.yml", "items/guides/card-renewal.yml"
LEDGER = "items/addresses.yml"
EDITS: dict[str, dict[str, str | None]] = {
    "a fee": {FEE_FILE: FEE.replace("amount: 20", "amount: 25")},
    "a coming fee": {FEE_FILE: FEE.replace("amount: 15", "amount: 16")},
    "a phone": {"items/departments/police.yml": DEPARTMENT.replace("5550101", "5550107")},
    "a material's name": {"items/materials/small-card.yml": MATERIAL.replace("name: 小证", "name: 小证原件")},
    "a promised time": {GUIDE_FILE: GUIDE.replace("promised: {number: 15}", "promised: {number: 12}")},
    "a window": {"items/hall/main.yml": HALL.replace("证件办理", "证件综合")},
    "hours": {"items/hall/main.yml": HALL.replace("09:00-12:00", "08:30-12:00")},
    "a policy's number": {"items/policies/small-law.yml": POLICY.replace("5号", "6号")},
    "a text": {GUIDE_FILE: GUIDE.replace("小证有效期满时换领新证。", "小证到期换新证。")},
    "a new guide": {
        "items/guides/card-loss.yml": GUIDE.replace("小证期满换领", "小证丢失补领")
        .replace("XQ-0101", "XQ-0102")
        .replace("小证到期, 换小证", "丢小证")
    },
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tiny_project(tmp_path_factory.mktemp("impact") / "project")
    (folder / ".gitignore").write_text("site/\n.cache/\n", encoding="utf-8")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    return folder


@pytest.fixture
def edited(repository: Path) -> Any:
    """Return a function that writes files into the work tree, which is as it was afterwards."""

    def edit(files: dict[str, str | None]) -> Path:
        for name, text in files.items():
            if text is None:
                (repository / name).unlink()
            else:
                (repository / name).write_text(text, encoding="utf-8")
        return repository

    yield edit
    git(repository, "checkout", "-q", "HEAD", "--", ".")
    git(repository, "clean", "-fdq", "items")


Edited = Callable[[dict[str, str | None]], Path]


def assessed(folder: Path) -> Impact:
    project, catalogue, _ = load_catalogue(str(folder / "mkdocs.yml"), TODAY)
    base = revision_at(folder, base_of(folder, "HEAD"), catalogue)
    return impact_of(project, catalogue, base, tuple(problems_against(base, catalogue, folder)))


def built(folder: Path, name: str) -> tuple[dict[str, bytes], str]:
    """Return the files of a built site and the last day on which they are right."""
    site, logger = folder.parent / name, logging.getLogger("mkdocs")
    usual = logger.level
    logger.setLevel(logging.ERROR)
    try:
        build_site(str(folder / "mkdocs.yml"), search=False, site_folder=str(site))
    finally:
        logger.setLevel(usual)
    files = tree(site)
    return files, json.loads(files["api/v1/index.json"])["valid_until"]


@pytest.fixture(scope="module")
def before(repository: Path) -> tuple[dict[str, bytes], str]:
    return built(repository, "before")


@pytest.mark.parametrize("name", EDITS)
def test_what_is_said_to_be_touched_is_what_two_builds_differ_in(
    name: str, edited: Edited, before: tuple[dict[str, bytes], str]
) -> None:
    folder = edited(EDITS[name])
    after, day = built(folder, "after")
    real = differing(before[0], after, (before[1], day))
    touched = [one for one in assessed(folder).touched if one.channel != "search" or one.path in after]
    assert real.facts
    assert {one.path for one in touched} == real.every
    assert {one.path for one in touched if one.how != "rest" and one.path.endswith(".html")} == real.facts


def test_nothing_edited_touches_nothing(edited: Edited) -> None:
    impact = assessed(edited({GUIDE_FILE: f"# 注释\n{GUIDE}"}))
    assert (impact.edits, impact.touched, impact.packs) == ((), (), ())


def test_the_text_says_what_changed_and_what_it_touches(
    edited: Edited, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = edited({"items/departments/police.yml": DEPARTMENT.replace("5550101", "5550107")})
    monkeypatch.chdir(folder)
    assert main(["impact", "--as-of", TODAY]) == 0
    head = git(folder, "rev-parse", "HEAD")[:10]
    assert capsys.readouterr().out == (
        f"与 {head}（2026-11-01）相比，按 2026-11-23 的内容\n"
        "实质性变化 1 处 · 其他变化 0 处 · 网页 2 · 离线包 1 台要更新\n"
        "\n"
        "改了的内容：1 项\n"
        "  修改 小区公安局（departments/police）\n"
        "    联系方式 · 咨询电话 0123-5550101 → 0123-5550107\n"
        "\n"
        "离线包要更新的机器：1 台\n"
        "  main：查询机（1 个文件）\n"
        "\n"
        "网页：内容变了 2\n"
        "  /departments/\n"
        "  /departments/police/\n"
        "\n"
        "查询机：内容变了 1\n"
        "  /hall/main/kiosk/worker.js\n"
        "\n"
        "开放数据：内容变了 3\n"
        "  /api/v1/departments.json\n"
        "  /api/v1/departments/police.json\n"
        "  /api/v1/fingerprints.json\n"
        "\n"
        "搜索：内容变了 3\n"
        "  departments/police 的全文检索\n"
        "  /search/lookup.json\n"
        "  /search/lookup.json.gz\n"
    )


def test_a_coming_amount_stands_beside_the_one_that_it_replaces(
    edited: Edited, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    basis = "        basis: [{policy: small-law, checked: 2026-10-12}]\n"
    coming = (
        f"      - until: 2027-05-31\n        amount: 40\n{basis}      - from: 2027-06-01\n        amount: 30\n{basis}"
    )
    folder = edited({FEE_FILE: FEE.replace(f"      - amount: 40\n{basis}", coming)})
    monkeypatch.chdir(folder)
    assert main(["impact", "--as-of", TODAY]) == 0
    assert capsys.readouterr().out.splitlines()[4:10] == [
        "  修改 小证工本费（fees/small-card）",
        "    收费 · 丢失补领：截止日期 （没有） → 2027年5月31日",
        "    收费 · 丢失补领：金额 40 → 30",
        "    收费 · 丢失补领：依据文件 （没有） → 小证管理办法",
        "    收费 · 丢失补领：起始日期 （没有） → 2027年6月1日",
        "    文字和其他 · 丢失补领：核对日期 （没有） → 2026年10月12日",
    ]


def test_handouts_are_to_be_reprinted_and_packs_renewed(edited: Edited) -> None:
    impact = assessed(edited(EDITS["a promised time"]))
    assert [one.path for one in impact.reprints] == ["handouts/card-renewal/index.html"]
    assert [pack.device for pack in impact.packs] == ["window-a01", "window-a02", "kiosk", "boards"]


FAULTS: dict[str, tuple[dict[str, str | None], str]] = {
    "an amount in force": (
        {FEE_FILE: FEE.replace("amount: 20", "amount: 25")},
        "items/fees/small-card.yml:11:17: error: 「期满换领」的标准由 20 元/证 改成了 25 元/证，"
        "改的是早已执行的一段，等于改写过去 [fee-rewritten] "
        "原来的一段照旧，后面另加一段：写 from: 新标准的起始日期、新的金额和依据。"
        "原来就录错了的，在 accepted 里写 code: fee-rewritten 和理由。",
    ),
    "an amount to come": (
        {FEE_FILE: FEE.replace("amount: 15", "amount: 16")},
        "items/fees/small-card.yml:14:17: error: 「期满换领」的标准由 15 元/证 改成了 16 元/证，"
        "但起始日期和依据都没有变 [fee-without-basis] 收费标准要变，必有新的文件或新的日期：请改 basis，或改 from。",
    ),
    "an accepted correction": (
        {
            FEE_FILE: FEE.replace("amount: 20", "amount: 25")
            + "accepted: [{code: fee-rewritten, reason: 录入时看错了}]\n"
        },
        "items/fees/small-card.yml:11:17: warning: 「期满换领」的标准由 20 元/证 改成了 25 元/证，"
        "改的是早已执行的一段，等于改写过去（已说明：录入时看错了） [fee-rewritten] ",
    ),
    "a vanished item": (
        {"items/materials/small-card.yml": None},
        "items/addresses.yml:1:1: error: materials/small-card「小证」已经公布，不能就这样没有了 [address-vanished] "
        "在 items/addresses.yml 里加一行：- {address: materials/small-card, since: 2026-11-01, redirect: 新地址, "
        "day: 2026-11-23}；撤下的把 redirect 换成 gone: 原因。",
    ),
}


def faults(folder: Path) -> list[str]:
    _, catalogue, _ = load_catalogue(str(folder / "mkdocs.yml"), TODAY)
    base = revision_at(folder, base_of(folder, "HEAD"), catalogue)
    return [
        f"{one.place}: {one.severity}: {one.message} [{one.code}] {one.hint}"
        for one in problems_against(base, catalogue, folder)
    ]


@pytest.mark.parametrize("name", FAULTS)
def test_each_rule_against_a_commit_has_its_message(name: str, edited: Edited) -> None:
    files, message = FAULTS[name]
    assert faults(edited(files)) == [message]


ALLOWED = {
    "a new period": FEE.replace(
        "  - id: loss",
        "      - from: 2028-01-01\n        amount: 10\n        basis: [{policy: small-law}]\n  - id: loss",
    ),
    "a coming amount by another document": FEE.replace(
        "amount: 15\n        basis: [{policy: small-law, checked: 2026-10-12}]",
        "amount: 16\n        basis: [{title: 小证收费办法, number: 小政发〔2026〕3号}]",
    ),
    "the first day became known": FEE.replace("- until: 2026-12-31", "- from: 2020-01-01\n        until: 2026-12-31"),
    "another way to write it": FEE.replace("amount: 20", "amount: 20.00"),
    "a rate of its own": FEE + "  - id: other\n    condition: 其他\n    unit: 证\n    periods:\n"
    "      - amount: 5\n        basis: [{policy: small-law}]\n",
}


@pytest.mark.parametrize("name", ALLOWED)
def test_amounts_change_with_a_day_or_a_document(name: str, edited: Edited) -> None:
    assert faults(edited({FEE_FILE: ALLOWED[name]})) == []


def test_lines_of_the_ledger_stay_and_keep_their_day(tmp_path: Path) -> None:
    line = "  - {{address: {}, since: {}}}\n"
    text = "published:\n" + line.format("guides/card-renewal", "2026-01-05") + line.format("hall/main", "2026-01-05")
    folder = tiny_project(tmp_path / "project", {LEDGER: text})
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    (folder / LEDGER).write_text("published:\n" + line.format("hall/main", "2026-01-06"), encoding="utf-8")
    assert faults(folder) == [
        "items/addresses.yml:1:1: error: 登记里少了 guides/card-renewal，公布过的地址只能加，不能删 [address-removed] "
        "请把这一行放回去：- {address: guides/card-renewal, since: 2026-01-05}",
        "items/addresses.yml:2:33: error: hall/main 首次公布的日子由 2026-01-05 改成了 2026-01-06 [address-since] "
        "请改回 2026-01-05。",
    ]


def test_check_takes_a_commit_too(
    edited: Edited, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(edited(EDITS["a fee"]))
    assert main(["check", "--base", "HEAD", "--format", "json"]) == 1
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["problems"]] == ["fee-rewritten"]
    assert main(["check"]) == 0
    assert main(["impact", "--base", "nowhere"]) == 3
    assert capsys.readouterr().err == "仓库里没有「nowhere」这个版本。请核对分支名或提交号。\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", "a\\|b"),
        ("<img src=x>", "&lt;img src=x\\>"),
        ("找 @zhang 和 #12", "找 @\u2060zhang 和 #\u206012"),
        ("`code` *b* _i_ ~s~", "\\`code\\` \\*b\\* \\_i\\_ \\~\u2060s\\~"),
        ("[x](y) ![z](w)", "\\[x\\]\\(y\\) !\\[z\\]\\(w\\)"),
        ("一\n二\u2028三", "一 二 三"),
        ("A&B &lt;", "A&amp;\u2060B &amp;\u2060lt;"),
        (":smile: 9:00", ":\u2060smile: 9:\u206000"),
        ("长" * 200, "长" * 159 + "…"),
    ],
)
def test_content_has_no_effect_in_a_comment(text: str, written: str) -> None:
    assert escaped(text) == written


def test_a_comment_is_cut_with_a_count_and_its_folds_are_closed(edited: Edited) -> None:
    impact = assessed(edited(EDITS["a promised time"]))
    whole = as_markdown(impact)
    assert whole.startswith(f"{MARK}\n### 这次修改的影响\n\n**实质性变化 1 处 · 其他变化 0 处 · ")
    assert "| 小证期满换领<br>修改 `guides/card-renewal` | 时限 | 承诺办结时限 | 15 个工作日 | 12 个工作日 |" in whole
    assert "另有" not in whole
    for limit in range(1400, len(whole), 150):
        cut = as_markdown(impact, limit)
        assert len(cut) <= limit
        assert cut.count("<details>") == cut.count("</details>") == whole.count("<details>")
        assert "……另有 " in cut
