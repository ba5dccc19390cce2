"""The ledger of published addresses: its rules with whole messages, the verb that fills it, pages at old addresses."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import CONFIG, FILES, GUIDE, dead_links, read, run, tiny_project
from repository import commit, git
from selectolax.lexbor import LexborHTMLParser

from generator.addresses_command import with_lines
from generator.mkdocs_build import load_catalogue
from generator.problems import as_text
from generator.reading import read_items

FILE = "items/addresses.yml"
OTHER = (
    GUIDE.replace("小证期满换领", "小证遗失补领")
    .replace("XQ-0101", "XQ-0102")
    .replace("[小证到期, 换小证]", "[丢小证]")
)
RENAMED = CONFIG.replace("[card-renewal]", "[card-new]")


def ledger(*entries: str) -> str:
    """Return the text of a ledger with these entries, each in a line from the third on."""
    return "# 地址\npublished:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def checked(folder: Path, *entries: str) -> str:
    """Return what `check` says of a small project with a ledger."""
    project = tiny_project(folder / "project", {FILE: ledger(*entries)})
    return as_text(load_catalogue(str(project / "mkdocs.yml"), None)[2])


def test_a_ledger_of_what_is_there_is_fine(tmp_path: Path) -> None:
    assert checked(tmp_path, "address: guides/card-renewal, since: 2026-01-05") == "检查通过：没有发现问题。"


FAULTS = {
    "vanished": (
        ["address: guides/card-renewel, since: 2026-01-05"],
        "items/addresses.yml:3:15: 错误: 「公布过的地址第1条·地址」guides/card-renewel 2026年1月5日公布过，"
        "现在没有这一项了 [address-vanished]\n    是不是改名成了 guides/card-renewal？"
        "换了编号的写 redirect: 新地址，撤下的写 gone: 原因，都写 day: 日期。这一行不要删。\n",
    ),
    "vanished without a likeness": (
        ["address: guides/xyz, since: 2026-01-05"],
        "items/addresses.yml:3:15: 错误: 「公布过的地址第1条·地址」guides/xyz 2026年1月5日公布过，现在没有这一项了 "
        "[address-vanished]\n    换了编号的写 redirect: 新地址，撤下的写 gone: 原因，都写 day: 日期。这一行不要删。\n",
    ),
    "no address": (
        ["address: guide/card, since: 2026-01-05"],
        "items/addresses.yml:3:15: 错误: 「公布过的地址第1条·地址」「guide/card」不是内容的地址 [address-form]\n"
        "    是不是 guides？写成 类别/编号，例如 guides/id-card-renewal。\n",
    ),
    "twice": (
        ["address: hall/main, since: 2026-01-05", "address: hall/main, since: 2026-01-06"],
        "items/addresses.yml:4:15: 错误: 「公布过的地址第2条·地址」hall/main 登记了两次 [address-twice]\n"
        "    留日期早的一行，删掉另一行。\n",
    ),
    "occupied": (
        ["address: hall/main, since: 2026-01-05, gone: 撤了, day: 2026-02-01"],
        "items/addresses.yml:3:51: 错误: 「公布过的地址第1条·撤下原因」登记说 hall/main 已经撤下，"
        "但「小区政务服务中心」还在这个地址 [address-occupied]\n"
        "    又恢复的，删掉这一行里的 redirect、gone、day；要撤下的，删掉那一项的文件。\n",
    ),
    "both": (
        ["address: hall/b, since: 2026-01-05, gone: 撤了, redirect: hall/main, day: 2026-02-01"],
        "items/addresses.yml:3:48: 错误: 「公布过的地址第1条·撤下原因」hall/b 既写了改到哪里，"
        "又写了撤下 [address-both]\n"
        "    redirect 和 gone 只留一个。\n",
    ),
    "no day": (
        ["address: hall/b, since: 2026-01-05, redirect: hall/main"],
        "items/addresses.yml:3:15: 错误: 「公布过的地址第1条·地址」hall/b 没有写从哪一天起 [address-without-day]\n"
        "    加上 day: 日期。\n",
    ),
    "day before publication": (
        ["address: hall/b, since: 2026-01-05, redirect: hall/main, day: 2025-12-31"],
        "items/addresses.yml:3:68: 错误: 「公布过的地址第1条·改址或撤下日期」hall/b 的日期 2025-12-31 "
        "早于首次公布的 2026-01-05 [address-day]\n    请核对 day；since 不要改。\n",
    ),
    "to nothing": (
        ["address: hall/b, since: 2026-01-05, redirect: hall/mian, day: 2026-02-01"],
        "items/addresses.yml:3:52: 错误: 「公布过的地址第1条·改到」没有 hall/mian 这一项 [address-target]\n"
        "    是不是 hall/main？写已有内容的地址，例如 guides/id-card-renewal。\n",
    ),
    "to what is gone": (
        [
            "address: hall/b, since: 2026-01-05, redirect: hall/c, day: 2026-02-01",
            "address: hall/c, since: 2026-01-05, gone: 撤了, day: 2026-02-01",
        ],
        "items/addresses.yml:3:52: 错误: 「公布过的地址第1条·改到」hall/c 已经撤下，不能转到那里 [address-target]\n"
        "    写现在还在的内容；没有的，写 gone: 原因。\n",
    ),
    "chain": (
        [
            "address: hall/b, since: 2026-01-05, redirect: hall/c, day: 2026-02-01",
            "address: hall/c, since: 2026-01-05, redirect: hall/main, day: 2026-02-01",
        ],
        "items/addresses.yml:3:52: 错误: 「公布过的地址第1条·改到」hall/c 自己也改到了 hall/main [address-chain]\n"
        "    直接写 hall/main，免得转两次。\n",
    ),
    "loop of one": (
        ["address: hall/b, since: 2026-01-05, redirect: hall/b, day: 2026-02-01"],
        "items/addresses.yml:3:52: 错误: 「公布过的地址第1条·改到」改址绕成了圈：hall/b → hall/b [address-loop]\n"
        "    其中至少有一个要写现在真正的地址。\n",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_the_ledger_has_its_message(tmp_path: Path, name: str) -> None:
    entries, message = FAULTS[name]
    assert checked(tmp_path, *entries) == f"{message}共 1 个错误，0 个提醒。"


def test_every_line_of_a_longer_loop_is_named(tmp_path: Path) -> None:
    said = checked(
        tmp_path,
        "address: hall/b, since: 2026-01-05, redirect: hall/c, day: 2026-02-01",
        "address: hall/c, since: 2026-01-05, redirect: hall/b, day: 2026-02-01",
    )
    assert re.findall("改址绕成了圈：(.*) \\[", said) == ["hall/b → hall/c → hall/b", "hall/c → hall/b → hall/c"]


def test_a_file_that_cannot_be_read_has_not_vanished(tmp_path: Path) -> None:
    files = {FILE: ledger("address: hall/main, since: 2026-01-05"), "items/hall/main.yml": "name: [\n"}
    assert "address-vanished" not in run(tiny_project(tmp_path / "project", files), "check").stdout


def test_the_verb_fills_the_ledger_from_the_history(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    commit(folder, "2026-11-05", {"items/guides/card-loss.yml": OTHER})
    assert run(folder, "addresses").returncode == 1
    done = run(folder, "addresses", "--write")
    assert (done.returncode, done.stdout) == (0, "登记了 7 个地址，在 items/addresses.yml。\n")
    read = read_items(folder)
    assert not read.problems
    days = {entry.address: entry.since.isoformat() for entry in read.addresses.published}
    assert days["guides/card-loss"] == "2026-11-05"
    assert days["guides/card-renewal"] == "2026-11-01"
    assert list(days) == sorted(days)
    text = (folder / FILE).read_text(encoding="utf-8")
    assert run(folder, "addresses", "--write").stdout == "登记是全的：7 个地址。\n"
    assert (folder / FILE).read_text(encoding="utf-8") == text


def test_what_the_history_had_and_is_gone_is_entered_and_asked_about(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project", {"items/guides/card-loss.yml": OTHER})
    git(folder, "init", "-q")
    commit(folder, "2026-11-01")
    commit(folder, "2026-11-02", {"items/guides/card-loss.yml": None})
    done = run(folder, "addresses", "--write")
    assert done.stderr == "其中 1 个现在没有内容了，请写明改到哪里或为什么撤下：guides/card-loss\n"
    assert "guides/card-loss 2026年11月1日公布过，现在没有这一项了" in run(folder, "check").stdout


ADDRESSES = [f"{plural}/{name}" for plural in ("fees", "guides", "hall") for name in ("a", "a-1", "b", "ba", "z")]
LINES = st.sets(st.sampled_from(ADDRESSES))


@given(LINES, LINES)
def test_adding_lines_changes_none_and_keeps_the_order(old: set[str], new: set[str]) -> None:
    before = ledger(*(f"address: {address}, since: 2026-01-05" for address in sorted(old)))
    fresh = {address: date(2026, 2, 1) for address in sorted(new - old)}
    after = with_lines(before, fresh)
    assert [line for line in after.split("\n") if "2026-02-01" not in line] == before.split("\n")
    assert re.findall(r"address: ([^,]+)", after) == sorted(old | new)


MOVED = {
    "mkdocs.yml": RENAMED,
    "content/about.md": FILES["content/about.md"].replace("card-renewal", "card-new"),
    "items/guides/card-new.yml": GUIDE,
    FILE: ledger(
        "address: guides/card-renewal, since: 2026-01-05, redirect: guides/card-new, day: 2026-11-02, name: 换小证",
        "address: guides/card-loss, since: 2026-01-05, gone: 并入换领, day: 2026-11-02, name: 补小证,"
        " successor: guides/card-new, document: 小政发〔2026〕1号",
    ),
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of a project whose guide has moved and another is gone."""
    folder = tiny_project(tmp_path_factory.mktemp("moved") / "project", MOVED)
    (folder / "items/guides/card-renewal.yml").unlink()
    done = run(folder, "build", "--no-search", "--site-dir", "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.mark.parametrize("plural", ["guides", "handouts"])
def test_an_old_address_leads_on_with_and_without_script(moved: Path, plural: str) -> None:
    page = LexborHTMLParser((moved / plural / "card-renewal/index.html").read_text(encoding="utf-8"))
    target = f"../../{plural}/card-new/index.html"
    refresh, robots = page.css_first("meta[http-equiv=refresh]"), page.css_first("meta[name=robots]")
    root, canonical = page.css_first("html"), page.css_first("link[rel=canonical]")
    link = page.css_first(".place-window a")
    assert refresh and robots and root and canonical and link
    assert refresh.attributes["content"] == f"3; url={target}"
    assert robots.attributes["content"] == "noindex"
    assert root.attributes["data-target"] == link.attributes["href"] == target
    assert canonical.attributes["href"] == f"https://www.small.example/{plural}/card-new/"
    assert link.text() == "小证期满换领"
    assert "「换小证」从 2026年11月2日起改到：" in page.text()


def test_what_is_gone_says_since_when_why_and_where_to_look(moved: Path) -> None:
    page = LexborHTMLParser((moved / "guides/card-loss/index.html").read_text(encoding="utf-8"))
    main = page.css_first("main")
    assert main
    said = " ".join(main.text(separator=" ").split())
    assert "补小证 2026年11月2日起撤下， 不再办理或公布。手里的打印件不要再用。" in said
    assert "为什么 并入换领 依据 小政发〔2026〕1号 以后看哪里 小证期满换领 问谁 0123-5550100" in said


def test_programs_are_told_and_the_site_map_is_silent(moved: Path) -> None:
    api = moved / "api/v1/guides"
    assert json.loads((api / "card-renewal.json").read_bytes())["moved_to"] == "guides/card-new"
    assert json.loads((api / "card-loss.json").read_bytes())["successor"] == "guides/card-new"
    listed = (moved / "sitemap.xml").read_text(encoding="utf-8")
    assert "card-new" in listed
    assert not re.search("card-renewal|card-loss", listed)


def test_old_addresses_lead_nowhere_dead_and_are_verified(moved: Path) -> None:
    # The small project lacks the prose that every page links to.
    assert not [link for link in dead_links(moved) if "card" in link.partition(": ")[2]]
    assert run(moved.parent, "verify", "--site-dir", "site").returncode == 0


def test_packs_are_made_of_a_site_with_old_addresses(moved: Path) -> None:
    done = run(moved.parent, "hall", "pack", "--site-dir", "site", "--out", "packs")
    assert done.returncode == 0, done.stderr


def test_the_ledger_reaches_the_catalogue(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project", {FILE: ledger("address: hall/main, since: 2026-01-05")})
    assert read(folder).items
    assert read_items(folder).addresses.by_address["hall/main"].since == date(2026, 1, 5)
