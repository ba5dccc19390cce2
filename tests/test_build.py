"""Whole builds: one tree by both commands, nothing lost when something is wrong, nothing there that should not be."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from project import CONFIG, FEE, HALL, PATHS, POLICY, ROOT, TODAY, dead_links, run, tiny_project, tree
from selectolax.lexbor import LexborHTMLParser

from generator import build, processes, production
from generator.changes.records import CHANGE_CLASSES
from generator.differences import Difference
from generator.index import IndexFailed
from generator.mkdocs_build import BuildFailed, build_site
from generator.outputs import Output, clashes
from generator.render import lists
from generator.verify import Comparison, Count
from generator.write import MARKER, UnsafeTarget, assert_replaceable

ASSETS = {f"assets/{file.name}" for file in (ROOT / "site_theme" / "assets").iterdir()}
PLURALS = (
    *("bundles", "announcements", "departments", "disclosures", "fees", "guides", "hall", "materials", "policies"),
    "reports",
)
PORTAL = ("browse", "data", "search", "sitemap", "verify")
BROWSING = ("a-z", "codes", "departments", "events", "topics", "windows")
# What the hall shows: screens, boards, plans, the touch-screen and the notices handed out.
KIOSK = (
    *("departments", "departments/department-police", "events", "events/event-08", "floors/1", "guides/card-renewal"),
    *("legal", "persons", "persons/person-013", "search", "windows", "windows/a01", "windows/a02"),
)
MEDIA = {
    "handouts/card-renewal/index.html",
    "hall/main/kiosk/index.html",
    *(f"hall/main/kiosk/{address}/index.html" for address in KIOSK),
    *(f"hall/main/{board}/index.html" for board in ("fees", "fees/a3", "fees/screen", "plan", "plan/a3")),
    *(f"hall/main/windows/{number}/{name}" for number in ("a01", "a02") for name in ("index.html", "facts.json")),
    *(f"hall/main/{folder}/worker.js" for folder in ("fees", "kiosk", "windows")),
    "hall/main/kiosk/lookup.js",
    "hall/main/plan/1.svg",
}
# A filter's value gives a list of its own, named by the value's code.
NARROWED = (
    *("fees/by/department-police", "fees/by/level-1", "guides/by/department-police", "guides/by/person-topics-013"),
    *("guides/by/targets-1", "guides/by/type-07", "materials/by/category-1", "policies/by/genre-6"),
    *("policies/by/theme-16", "policies/by/validity-1"),
)
# The prose pages that frame and home page lead to.
DISCLOSURE = ("index", "guide", "system", "statutory", "reports", "request")
PROSE = {
    f"content/{name}.md": "---\ntitle: 页\n---\n\n# 页\n"
    for name in ("accessibility", "privacy", *(f"disclosure/{page}" for page in DISCLOSURE))
}
ANNOUNCEMENT = """\
name: 小证窗口搬迁
column: 通知公告
published: 2026-11-02
source: 小区公安局
department: police
summary: 小证窗口搬到一楼。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that `tongchuang build` has built; tests only read it."""
    folder = tiny_project(tmp_path_factory.mktemp("built"))
    done = run(folder, "build")
    assert done.returncode == 0, done.stderr
    counted = re.sub("[0-9]+ 条", "n 条", done.stdout)
    assert counted == (
        "网页：56 个文件，n 条事实\n搜索：1 个文件，n 条事实\n开放数据：19 个文件，n 条事实\n"
        "平面图和窗口目录：2 个文件，n 条事实\n"
        "收费公示：3 个文件，n 条事实\n查询机：15 个文件，n 条事实\n窗口屏：4 个文件，n 条事实\n"
        "一次性告知单：1 个文件，n 条事实\n核对 101 个文件里的 n 条事实：0 处不一致。\n"
    )
    return folder


def make(folder: Path, **options: object) -> dict[str, bytes]:
    """Build a project in this process, without search unless asked for, and return the tree."""
    build_site(str(folder / "mkdocs.yml"), **{"search": False, "site_folder": None, **options})
    return tree(folder / "site")


def test_the_site_has_these_files_and_no_other(built: Path) -> None:
    files = {path for path in tree(built / "site") if not path.startswith("pagefind/")}
    pages = {f"{address}/index.html" for address in (*PLURALS, *PATHS, *PORTAL, *NARROWED, "about")}
    pages |= {f"browse/{name}/index.html" for name in BROWSING}
    pages |= {f"office/{name}/index.html" for name in ("coverage", "due", "mistakes", "rules")}
    views = [f"changes/{name}" for name in ({*CHANGE_CLASSES, "items"} - {"item"} | {"departments/police"})]
    pages |= {"office/index.html", "changes/index.html", *(f"{view}/index.html" for view in views)}
    pages |= {"changes/feed.xml", *(f"{view}/feed.xml" for view in views), "office/due.ics", "office/due/police.ics"}
    data = {f"api/v1/{name}.json" for name in ("index", "fingerprints", "history/index", "changes", *PLURALS, *PATHS)}
    others = {
        "index.html",
        "404.html",
        "sitemap.xml",
        "search/lookup.json",
        "search/lookup.json.gz",
        "files/samples/small-card.pdf",
        "guides/feed.xml",
        "policies/feed.xml",
    }
    assert files == pages | data | others | MEDIA | ASSETS | {MARKER}
    leftovers = [path for path, data in tree(built / "site").items() if b"@@" in data and path.endswith(".html")]
    assert not leftovers
    assert not [path for path, data in tree(built / "site").items() if b"_shell_" in data]
    assert {entry.name for entry in built.iterdir()} == {
        ".cache",
        "content",
        "items",
        "mkdocs.yml",
        "site",
        "site_theme",
    }


def test_the_site_map_lists_every_page_once(built: Path) -> None:
    urls = re.findall("<loc>(.*?)</loc>", (built / "site" / "sitemap.xml").read_text(encoding="utf-8"))
    every = [path for path in tree(built / "site") if path.endswith("index.html") and path not in MEDIA]
    pages = [path for path in every if not path.startswith("office/")]
    assert sorted(urls) == sorted(f"https://www.small.example/{path.removesuffix('index.html')}" for path in pages)


def test_mkdocs_build_gives_the_same_tree(built: Path, tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    done = run(folder, "build", module="mkdocs")
    assert done.returncode == 0, done.stderr
    assert tree(folder / "site") == tree(built / "site")


def test_a_second_build_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    first = make(folder, search=True)
    assert make(folder, search=True) == first == tree(built / "site")


@pytest.mark.slow
def test_both_commands_give_the_same_demonstration(tmp_path: Path) -> None:
    for name in ("content", "items", "site_theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    fixed = config.replace("  - tongchuang\n", f'  - tongchuang: {{as_of: "{TODAY}", search: false}}\n')
    assert fixed != config
    (tmp_path / "mkdocs.yml").write_text(fixed, encoding="utf-8")
    for module in ("generator", "mkdocs"):
        done = run(tmp_path, "build", "--site-dir", module, module=module, anew=True)
        assert done.returncode == 0, done.stderr
    first, second = tree(tmp_path / "generator"), tree(tmp_path / "mkdocs")
    assert first.keys() == second.keys()
    assert not [path for path in first if first[path] != second[path]]
    assert list(dead_links(tmp_path / "generator")) == []


def test_a_wrong_item_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    before = make(folder)
    (folder / "items/fees/small-card.yml").write_text(FEE.replace("amount: 40", "amount: 四十元"), encoding="utf-8")
    done = run(folder, "build")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "items/fees/small-card.yml:20:17: 错误: 「收费标准第2条·标准沿革第1条·金额」「四十元」不是金额 [wrong-amount]\n"
        "    只写半角数字，不带单位和千分号，例如 20 或 0.5。\n"
        "共 1 个错误，0 个提醒。\n"
        "没有生成，原来的站点没有变。\n"
    )
    assert run(folder, "build", module="mkdocs").returncode == 1
    assert tree(folder / "site") == before


def test_a_failing_index_leaves_the_site_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_project(tmp_path)
    before = make(folder)

    def fail(*_: object) -> None:
        raise IndexFailed("建立检索失败")

    monkeypatch.setattr(build, "build_index", fail)
    with pytest.raises(BuildFailed, match="没有生成，原来的站点没有变。"):
        make(folder, search=True, as_of="2027-01-01")
    assert tree(folder / "site") == before


def test_pages_that_differ_from_the_source_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_project(tmp_path)
    before = make(folder)
    wrong = Comparison(
        {"page": Count(1, 1)}, (Difference("guides/a#name", "page", "guides/a/index.html", "甲", "乙", "名称"),)
    )
    monkeypatch.setattr(production, "comparison_of", lambda *_: wrong)
    with pytest.raises(BuildFailed):
        make(folder, as_of="2027-01-01")
    assert tree(folder / "site") == before


def test_a_broken_link_in_prose_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    before = make(folder)
    (folder / "content/about.md").write_text("---\ntitle: 关于\n---\n\n[甲](missing.md)\n", encoding="utf-8")
    with pytest.raises(BuildFailed):
        make(folder)
    assert tree(folder / "site") == before


def test_warnings_are_said_and_stop_nothing(tmp_path: Path) -> None:
    window = "  - {no: A03, name: 备用, floor: 1, zone: cards, x: 20, y: 5, kind: 部门窗口, departments: [police]}\n"
    folder = tiny_project(tmp_path, {"items/hall/main.yml": HALL + window})
    for module in ("generator", "mkdocs"):
        done = run(folder, "build", module=module, anew=True)
        assert done.returncode == 0, done.stderr
        assert "[idle-window]" in done.stderr and "共 0 个错误，1 个提醒。" in done.stderr


def test_a_folder_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path, {"site/thesis.txt": "我的论文"})
    done = run(folder, "build")
    assert done.returncode == 1
    assert "里有不是本工具生成的文件，没有动它。请清空它，或换一个输出目录。" in done.stderr
    assert tree(folder / "site") == {"thesis.txt": "我的论文".encode()}


def test_only_folders_of_ours_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert_replaceable(tmp_path / "empty")
    assert_replaceable(tmp_path / "absent")
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for name in ("file", "link"):
        with pytest.raises(UnsafeTarget, match="不是普通文件夹，没有动它"):
            assert_replaceable(tmp_path / name)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / MARKER).touch()
    assert_replaceable(tmp_path / "ours")


@pytest.mark.parametrize(
    ("day", "amount", "announced"), [("2026-12-31", "20 元/证", True), ("2027-01-01", "15 元/证", False)]
)
def test_a_site_can_be_built_for_another_day(tmp_path: Path, day: str, amount: str, announced: bool) -> None:
    pages = make(tiny_project(tmp_path), as_of=day)
    item = json.loads(pages["api/v1/guides/card-renewal.json"])
    assert item["as_of"] == day
    assert item["facts"]["fee.amount"]["text"] == amount
    page = LexborHTMLParser(pages["guides/card-renewal/index.html"].decode())
    answer = page.css_first('.answers [data-fact="guides/card-renewal#fee.amount"]')
    assert answer is not None and answer.text() == amount
    assert bool(page.css('[data-fact$="next_from"]')) is announced
    assert ("2027年1月1日" in pages["index.html"].decode()) is announced


def test_search_can_be_left_out(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    done = run(folder, "build", "--no-search", "--site-dir", "out")
    assert done.returncode == 0, done.stderr
    assert "search/index.html" in tree(folder / "out")
    assert not (folder / "out/pagefind").exists() and not (folder / "site").exists()


def test_the_data_index_names_every_kind(built: Path) -> None:
    api = built / "site/api/v1"
    index = json.loads((api / "index.json").read_text(encoding="utf-8"))
    assert {key: index[key] for key in ("site", "url", "as_of")} == {
        "site": "小区政务公开",
        "url": "https://www.small.example/",
        "as_of": TODAY,
    }
    assert [entry["kind"] for entry in index["kinds"]][:2] == ["guide", "bundle"]
    for entry in index["kinds"]:
        assert entry.keys() == {"kind", "label", "about", "count", "url"}
        file = api / entry["url"].removeprefix("https://www.small.example/api/v1/")
        listed = json.loads(file.read_text(encoding="utf-8"))
        assert len(listed["items"]) == entry["count"]
        for short in listed["items"]:
            whole = json.loads((api / f"{short['path']}.json").read_text(encoding="utf-8"))
            assert (
                short["fingerprint"] == whole["fingerprint"]
                and short["url"] == f"https://www.small.example/{short['path']}/"
            )
            assert short["facts"].items() <= whole["facts"].items()


def test_the_fingerprint_stands_on_the_page_and_in_the_data(built: Path) -> None:
    for path in PATHS:
        data = json.loads((built / f"site/api/v1/{path}.json").read_text(encoding="utf-8"))
        page = (built / f"site/{path}/index.html").read_text(encoding="utf-8")
        assert f'<meta name="tongchuang:fingerprint" content="{data["fingerprint"]}">' in page


def test_a_site_below_a_folder_has_relative_links_that_all_lead_somewhere(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": CONFIG.replace("https://www.small.example/", "https://host.example/sub/"),
        "items/announcements/move.yml": ANNOUNCEMENT,
        "items/announcements/move.md": "看[首页](/)和[换领小证](/guides/card-renewal/#fees)。\n",
    }
    make(tiny_project(tmp_path, {**PROSE, **files}), search=True)
    assert not list(dead_links(tmp_path / "site"))
    lost = (tmp_path / "site/404.html").read_text(encoding="utf-8")
    assert set(re.findall(r'(?:href|src)="([^"]*)"', lost)) and not re.search(r'(?:href|src)="(?!/sub/)', lost)


@pytest.mark.parametrize(
    "path", ["../x", "/etc/passwd", "a/../b", "a//b", "", "a/", "a\\b", "a b", "文", ".hidden", "a/.x", "a\n", "C:/x"]
)
def test_outputs_stay_below_the_site(path: str) -> None:
    with pytest.raises(ValueError, match="not a path below the site root"):
        Output(path, b"")


def test_two_sources_at_one_address_are_both_named() -> None:
    pairs = [("guides/a/index.html", "items/guides/a.yml"), ("guides/A/index.html", "items/guides/A.yml")]
    (found,) = clashes(pairs)
    assert (found.place.path, found.message) == (
        "items/guides/A.yml",
        "与 items/guides/a.yml 占用同一个地址 /guides/A/",
    )


def test_several_processes_give_the_same_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tiny_project(tmp_path)
    alone = make(folder, jobs=1)
    monkeypatch.setattr(processes, "ENTRIES_A_JOB", 2)
    assert make(folder, jobs=3) == alone


def test_long_lists_go_on_over_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second = POLICY.replace("小证管理办法", "小证收费办法").replace("5号", "6号")
    monkeypatch.setattr(lists, "ROWS_A_PAGE", 1)
    pages = make(tiny_project(tmp_path, {"items/policies/fee-rules.yml": second}))
    names = [
        re.findall('data-value="(小证..办法)"', pages[f"policies/{part}index.html"].decode())
        for part in ("", "by/page-2/")
    ]
    assert names == [["小证收费办法"], ["小证管理办法"]]
