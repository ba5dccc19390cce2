"""Packs hold all that their pages need and nothing that leads out, say what they hold, and are whole or not there."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser
from project import HALL, TODAY, tiny_project, tree

from generator.cli import main
from generator.hall import pack
from generator.hall.pack_links import Link, reading_of, target_of
from generator.hall.sync import main as sync_main
from generator.hall.sync import parse_manifest
from generator.mkdocs_build import build_site

NAME = '<span data-fact="{}#name" data-value="{}">{}</span>'
GUIDE_NAME = NAME.format("guides/card-renewal", "小证期满换领", "小证期满换领")
# Stand-ins for the channels of the hall: what matters here is how they hang together.
PAGES: Mapping[str, str] = {
    "hall/main/windows/a01/index.html": f"""\
<link rel="canonical" href="https://www.small.example/hall/main/windows/a01/">
<link rel="stylesheet" href="../../../../assets/pack.css?v=1"><script src="../../../../assets/pack.js" defer></script>
{GUIDE_NAME}<a href="#top">top</a><a href="tel:01235550123">phone</a>""",
    "hall/main/windows/a02/index.html": '<style>p { background: url("../../../../assets/dots.png") }</style>',
    "hall/main/kiosk/index.html": """\
<link rel="stylesheet" href="../../../assets/pack.css"><script src="search.js"></script>
<a href="guides/card-renewal/index.html?from=start#fee">guide</a>""",
    "hall/main/kiosk/search.js": "find('entries.json')",
    "hall/main/kiosk/entries.json": "{}",
    "hall/main/kiosk/guides/card-renewal/index.html": f"""\
{GUIDE_NAME}<a href="../../../../../handouts/card-renewal/index.html">print</a><a href="../../index.html">back</a>""",
    "hall/main/fees/index.html": f"""\
{NAME.format("fees/small-card", "小证工本费", "小证工本费")}
<a href="../index.html">hall</a><a href="a3/index.html">A3</a><a href="screen/index.html">screen</a>""",
    "hall/main/fees/a3/index.html": "",
    "hall/main/fees/screen/index.html": "",
    "hall/main/plan/index.html": '<img src="1.svg" alt=""><a href="../../../guides/index.html">guides</a>',
    "hall/main/plan/1.svg": "<svg/>",
    "hall/main/led.txt": "小证工本费",
    "hall/main/led.json": '{"lines": [{"fact": "fees/small-card#name"}]}',
    "handouts/card-renewal/index.html": f"""\
{GUIDE_NAME}<img src="qr.png" alt=""><a href="../../guides/card-renewal/index.html">guide</a>""",
    "handouts/card-renewal/qr.png": "png",
    "handouts/other-hall/index.html": "",
    "assets/pack.css": "@import \"more.css\"; /* url(never.png) */ p { background: url('dots.png#a') }",
    "assets/more.css": "@font-face { src: url(data:font/woff2;base64,AAAA) }",
    "assets/dots.png": "png",
    "assets/pack.js": "",
}
WINDOW = ["assets/dots.png", "assets/more.css", "assets/pack.css", "assets/pack.js", "hall/main/windows/a01/index.html"]
KIOSK = ["assets/dots.png", "assets/more.css", "assets/pack.css", "hall/main/kiosk/entries.json",
         "hall/main/kiosk/guides/card-renewal/index.html", "hall/main/kiosk/index.html", "hall/main/kiosk/search.js",
         "handouts/card-renewal/index.html", "handouts/card-renewal/qr.png"]  # fmt: skip
BOARDS = ["hall/main/fees/a3/index.html", "hall/main/fees/index.html", "hall/main/fees/screen/index.html",
          "hall/main/led.json", "hall/main/led.txt", "hall/main/plan/1.svg", "hall/main/plan/index.html",
          "handouts/card-renewal/index.html", "handouts/card-renewal/qr.png"]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its built site, in which stand-ins have the places of the channels of the hall."""
    hall = {"items/hall/main.yml": f"{HALL}led: {{columns: 12}}\n"}
    folder = tiny_project(tmp_path_factory.mktemp("pack"), hall)
    build_site(str(folder / "mkdocs.yml"), search=False, site_folder=None)
    for channel in ("hall/main/windows", "hall/main/kiosk", "hall/main/fees", "hall/main/plan", "handouts"):
        shutil.rmtree(folder / "site" / channel, ignore_errors=True)
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    folder = tmp_path / "project"
    shutil.copytree(built, folder, symlinks=True)
    lay(folder, PAGES)
    return folder


def lay(folder: Path, pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def run(folder: Path, *arguments: object) -> int:
    return main(["hall", "pack", "--config", str(folder / "mkdocs.yml"), *map(str, arguments)])


def packs(folder: Path) -> Path:
    return folder / "site/packs/main"


def test_a_pack_holds_what_its_pages_need_and_no_more(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project) == 0
    found = {device.name: sorted(tree(device)) for device in packs(project).iterdir() if device.is_dir()}
    more = ["index.html", "manifest.json"]
    assert found == {
        "window-a01": [*WINDOW, *more],
        "window-a02": ["assets/dots.png", "hall/main/windows/a02/index.html", *more],
        "kiosk": [*KIOSK, *more],
        "boards": [*BOARDS, *more],
    }
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "window-a01：A01 窗口屏，6 个文件，2 KB\n"
        "window-a02：A02 窗口屏，3 个文件，1 KB\n"
        "kiosk：查询机，10 个文件，2 KB\n"
        "boards：公示和告知单，10 个文件，2 KB\n"
        f"4 个离线包写到 {packs(project)}，内容日期 2026-11-23，保证到 2026-12-31；没有签名，要签名请加 --key。\n"
    )


def test_the_manifest_says_what_is_there_and_which_items_are_shown(project: Path) -> None:
    run(project)
    for device, items in {
        "window-a01": {"guides/card-renewal", "hall/main"},
        "window-a02": {"hall/main"},
        "kiosk": {"guides/card-renewal", "hall/main"},
        "boards": {"fees/small-card", "guides/card-renewal", "hall/main"},
    }.items():
        folder = packs(project) / device
        raw = (folder / "manifest.json").read_bytes()
        manifest, document = parse_manifest(raw), json.loads(raw)
        sizes = {path: len(data) for path, data in tree(folder).items() if path != "manifest.json"}
        assert {file.path: file.size for file in manifest.files} == sizes
        assert (manifest.device, manifest.hall, manifest.signed) == (device, "main", False)
        assert (manifest.order[0], manifest.valid_until) == (TODAY, "2026-12-31")
        assert (device, document["items"]) == (device, {path: fingerprint(project, path) for path in items})


def fingerprint(folder: Path, path: str) -> str:
    return str(json.loads((folder / f"site/api/v1/{path}.json").read_bytes())["fingerprint"])


def test_the_same_site_packed_twice_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    main(["hall", "key", str(tmp_path / "hall.pem")])
    for key in ([], ["--key", tmp_path / "hall.pem"]):
        for out in ("one", "two"):
            assert run(project, "--out", tmp_path / out, *key) == 0
        assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_start_page_leads_to_the_only_page_and_else_lists_them(project: Path) -> None:
    run(project)
    window = (packs(project) / "window-a01/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=hall/main/windows/a01/index.html">' in window
    assert '<a href="hall/main/windows/a01/index.html">A01 窗口</a>' in window
    boards = (packs(project) / "boards/index.html").read_text(encoding="utf-8")
    assert "refresh" not in boards
    links = [link.url for link in reading_of("index.html", boards.encode()).links]
    assert links == ["hall/main/fees/index.html", "hall/main/plan/index.html", "hall/main/led.txt",
                     "handouts/card-renewal/index.html"]  # fmt: skip
    assert f'<a href="handouts/card-renewal/index.html">{GUIDE_NAME}</a>' in boards
    for page in (window, boards):
        assert 'data-valid-until="2026-12-31"' in page


def test_a_signed_pack_is_what_a_machine_takes(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, public, machine = (tmp_path / name for name in ("hall.pem", "hall.pem.pub", "machine"))
    assert main(["hall", "key", str(key)]) == 0
    assert capsys.readouterr().out == (
        f"私钥：{key}，只给打包的机器，不要放进仓库。\n公钥：{public}，拷到大厅的机器上，同步时用 --public-key。\n"
    )
    assert run(project, "--key", key) == 0
    assert capsys.readouterr().out.endswith("，保证到 2026-12-31；已签名。\n")
    assert main(["hall", "sync", str(packs(project) / "kiosk"), str(machine), "--public-key", str(public)]) == 0
    assert capsys.readouterr().out.startswith(
        "已更新：10 个文件，取了 10 个（kiosk，内容日期 2026-11-23，签名已核对）。\n"
    )
    assert tree(machine / "current") == tree(packs(project) / "kiosk")
    other = packs(project) / "boards"
    assert sync_main([str(other), str(machine), "--public-key", str(public)]) == 1
    assert main(["hall", "key", str(key)]) == 3
    assert capsys.readouterr().err.endswith(f"{key} 已经有了，没有动它。\n")


def test_what_was_packed_is_said_in_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "--format", "json", "--hall", "main", "--as-of", TODAY) == 0
    said = json.loads(capsys.readouterr().out)
    builds = [json.loads((packs(project) / entry["device"] / "manifest.json").read_bytes()) for entry in said["packs"]]
    assert {key: value for key, value in said.items() if key != "packs"} == {
        "hall": "main",
        "out": str(packs(project)),
        "as_of": "2026-11-23",
        "valid_until": "2026-12-31",
        "signed": False,
    }
    assert [(entry["device"], entry["label"], entry["files"], entry["build"]) for entry in said["packs"]] == [
        ("window-a01", "A01 窗口屏", 6, builds[0]["build"]),
        ("window-a02", "A02 窗口屏", 3, builds[1]["build"]),
        ("kiosk", "查询机", 10, builds[2]["build"]),
        ("boards", "公示和告知单", 10, builds[3]["build"]),
    ]
    assert said["packs"][1]["size"] == sum(entry["size"] for entry in builds[1]["files"])


def refusal(folder: Path, capsys: pytest.CaptureFixture[str], status: int, *arguments: object) -> str:
    """Run, expecting a status and nothing written, and return what was said."""
    before = tree(folder / "site")
    capsys.readouterr()
    assert run(folder, *arguments) == status
    assert tree(folder / "site") == before
    assert not any(path.name.startswith(".main") for path in (folder / "site").rglob("*"))
    said = capsys.readouterr()
    assert not (said.out and said.err)
    return said.out + said.err


def test_links_that_lead_nowhere_in_a_pack_are_named_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(project, {
        "hall/main/windows/a01/index.html": '<a href="../../../../guides/index.html">x</a><img src="/logo.png">',
        "hall/main/windows/a02/index.html": """\
<a href="../../../../guides/index.html">x</a><a href="../../../../../x">x</a><a href="https://host.example/a?b">x</a>
<a href="../../kiosk/">x</a><form action="../../../../search/index.html"></form>
<script src="gone.js"></script><img srcset="small.png 1x, //host.example/big.png 2x">""",
    })  # fmt: skip
    out = "    离线包里打不开它。请改模板，只链接到本大厅的窗口屏、查询机、公示和告知单。"
    here, again = "hall/main/windows/a02/index.html:1:1: 错误: ", "    请重新生成站点。"
    rooted = "    从文件夹打开时找不到它。请写成相对地址，页面写到 index.html。"
    assert refusal(project, capsys, 1).splitlines() == [
        "hall/main/windows/a01/index.html:1:1: 错误: "
        "链接到离线包以外的 guides/index.html，另有 1 个页面也这样 [leads-out]",
        out,
        "hall/main/windows/a01/index.html:1:1: 错误: 链接不能离线用：/logo.png [rooted-link]",
        rooted,
        f"{here}链接到离线包以外的 ../x [leads-out]",
        out,
        f"{here}链接到离线包以外的 https://host.example/a [leads-out]",
        out,
        f"{here}链接到离线包以外的 https://host.example/big.png [leads-out]",
        out,
        f"{here}链接到离线包以外的 search/index.html [leads-out]",
        out,
        f"{here}要用的文件不存在：hall/main/windows/a02/gone.js [missing-file]",
        again,
        f"{here}要用的文件不存在：hall/main/windows/a02/small.png [missing-file]",
        again,
        f"{here}链接不能离线用：hall/main/kiosk/ [rooted-link]",
        rooted,
        "共 9 个错误，0 个提醒。",
    ]  # fmt: skip
    said = json.loads(refusal(project, capsys, 1, "--format", "json"))
    assert (said["errors"], said["problems"][0]["code"]) == (9, "leads-out")


def test_pages_that_a_pack_starts_with_must_be_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for gone in ("hall/main/windows/a02/index.html", "handouts/card-renewal/index.html", "hall/main/led.txt"):
        (project / "site" / gone).unlink()
    (project / "site/hall/main/kiosk/guides/card-renewal/index.html").write_text("")
    hint = "    请用完整的 site_theme 重新生成站点。"
    assert refusal(project, capsys, 1).splitlines() == [
        "hall/main/led.txt:1:1: 错误: 站点里没有这一页，离线包缺它不可 [missing-page]",
        hint,
        "hall/main/windows/a02/index.html:1:1: 错误: 站点里没有这一页，离线包缺它不可 [missing-page]",
        hint,
        "handouts/card-renewal/index.html:1:1: 错误: 站点里没有这一页，离线包缺它不可 [missing-page]",
        hint,
        "共 3 个错误，0 个提醒。",
    ]


def test_only_a_site_of_the_same_content_and_day_is_packed(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = project / "site"
    message = refusal(project, capsys, 3, "--site-dir", tmp_path / "none")
    assert message == f"{tmp_path / 'none'} 里没有站点，请先运行 tongchuang build。\n"
    message = refusal(project, capsys, 1, "--as-of", "2027-01-01")
    assert message == (f"{site} 是按 2026-11-23 生成的，现在要 2027-01-01 的：请重新生成，或加 --as-of 2026-11-23。\n")
    fee = project / "items/fees/small-card.yml"
    fee.write_text(fee.read_text(encoding="utf-8").replace("amount: 20", "amount: 21"), encoding="utf-8")
    message = refusal(project, capsys, 1)
    assert message == (
        f"{site} 与内容不一致，请先运行 tongchuang build：fees/small-card、guides/card-renewal 共 2 项。\n"
    )
    for file in site.glob("api/v1/*/*.json"):
        file.write_text("{")
    message = refusal(project, capsys, 1)
    assert message == (
        f"{site} 与内容不一致，请先运行 tongchuang build："
        "departments/police、fees/small-card、guides/card-renewal、hall/main、materials/small-card等 共 6 项。\n"
    )
    fee.write_text("name: x")
    assert refusal(project, capsys, 1).splitlines()[0].startswith("items/fees/small-card.yml:1:1: 错误: ")


def test_what_the_caller_got_wrong_is_said(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(project, capsys, 2, "--hall", "east") == "没有编号为 east 的大厅，有：main。\n"
    key = tmp_path / "no.pem"
    assert refusal(project, capsys, 3, "--key", key) == f"读不出密钥文件 {key}：No such file or directory。\n"
    key.write_text("no key")
    message = refusal(project, capsys, 3, "--key", key)
    assert message == f"{key} 不是 PEM 格式的私钥。用 tongchuang hall key FILE 可以新做一对。\n"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").touch()
    message = refusal(project, capsys, 1, "--out", tmp_path / "mine")
    assert message == f"{tmp_path / 'mine'} 里有不是本工具生成的文件，没有动它。请清空它，或换一个输出目录。\n"
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_wrong_time_of_the_source_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    message = refusal(project, capsys, 1)
    assert message == "环境变量 SOURCE_DATE_EPOCH 要写 1970 年以来的秒数，写的是「noon」。\n"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    assert run(project) == 0
    assert json.loads((packs(project) / "kiosk/manifest.json").read_bytes())["source_time"] == 1_795_000_000


def test_packs_that_could_not_be_written_leave_the_old_ones(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "kiosk")

    monkeypatch.setattr(pack, "manifest_bytes", full)
    assert refusal(project, capsys, 3) == "读写文件失败：kiosk No space left on device\n"


class PdfFailed(Exception):
    """What the module that prints raises."""


def printing(monkeypatch: pytest.MonkeyPatch, print_pdfs: Callable[[Mapping[Path, Path]], None]) -> None:
    """Put a stand-in in the place of the module that prints through a browser."""
    module = ModuleType("generator.hall.pdf")
    module.print_pdfs, module.PdfFailed = print_pdfs, PdfFailed  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "generator.hall.pdf", module)


def test_boards_and_notices_are_printed_into_the_pack(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def print_pdfs(pages: Mapping[Path, Path]) -> None:
        for page, target in pages.items():
            target.write_bytes(b"%PDF " + page.relative_to(project / "site").as_posix().encode())

    printing(monkeypatch, print_pdfs)
    assert run(project, "--pdf") == 0
    boards = packs(project) / "boards"
    assert {path: data for path, data in tree(boards).items() if path.endswith(".pdf")} == {
        "pdf/fees.pdf": b"%PDF hall/main/fees/index.html",
        "pdf/fees-a3.pdf": b"%PDF hall/main/fees/a3/index.html",
        "pdf/plan.pdf": b"%PDF hall/main/plan/index.html",
        "pdf/handouts/card-renewal.pdf": b"%PDF handouts/card-renewal/index.html",
    }
    listed = {file.path for file in parse_manifest((boards / "manifest.json").read_bytes()).files}
    assert listed == tree(boards).keys() - {"manifest.json"}


def test_a_browser_that_is_missing_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def print_pdfs(pages: Mapping[Path, Path]) -> None:
        raise PdfFailed("没有 Chromium。")

    printing(monkeypatch, print_pdfs)
    assert refusal(project, capsys, 3, "--pdf") == "没有 Chromium。\n"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("b.html", "a/b/b.html"),
        ("../../assets/x.css?v=2#y", "assets/x.css"),
        ("../../../x", "../x"),
        ("./c%20d.html", "a/b/c d.html"),
        ("", None),
        ("#part", None),
        ("?q=1", None),
        ("mailto:a@host.example", None),
        ("data:text/plain,x", None),
        ("javascript:void(0)", None),
        ("/x", "/x"),
        ("..", "a/"),
        ("c/", "a/b/c/"),
        ("//host.example/x", "https://host.example/x"),
        ("HTTP://host.example", "http://host.example"),
        (" b.html\n", "a/b/b.html"),
        ("http://[", "http://["),
    ],
)
def test_a_link_leads_from_its_page(url: str, target: str | None) -> None:
    assert target_of("a/b/index.html", url) == target


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ("<a href=x>", [("x", False)]),
        ("<area href=x><form action=y><button formaction=z>", [("x", False), ("y", False), ("z", False)]),
        ("<meta http-equiv=refresh content='5; url=x'>", [("x", False)]),
        ("<meta http-equiv=refresh content=5>", []),
        (
            "<link rel='icon' href=x><link rel=next href=y><link rel='preload stylesheet' href=z>",
            [("x", True), ("z", True)],
        ),
        ("<img src=x srcset='y 1x, z 2x'>", [("x", True), ("y", True), ("z", True)]),
        ("<video poster=x></video><object data=y></object>", [("x", True), ("y", True)]),
        ("<iframe src=x></iframe><svg><use href='x#y'></use></svg>", [("x", True), ("x#y", True)]),
        ("<p style=\"background: url('x')\">", [("x", True)]),
        ("<style>@import 'x'; p { background: URL(y) }</style>", [("x", True), ("y", True)]),
    ],
)
def test_links_are_read_from_html(html: str, links: list[tuple[str, bool]]) -> None:
    assert reading_of("a.html", html.encode()).links == tuple(Link(*link) for link in links)


@pytest.mark.browser
def test_a_pack_opens_from_its_folder(project: Path, chromium: Browser) -> None:
    run(project)
    page = chromium.new_page()
    asked: list[str] = []
    failed: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    window = (packs(project) / "window-a01").resolve()
    page.goto(f"file://{window}/index.html")
    page.wait_for_url(f"file://{window}/hall/main/windows/a01/index.html")
    page.wait_for_load_state("networkidle")
    assert f"file://{window}/assets/dots.png" not in failed
    assert f"file://{window}/assets/pack.js" in asked
    assert all(url.startswith(f"file://{window}/") for url in asked)
    assert failed == []
    page.close()
