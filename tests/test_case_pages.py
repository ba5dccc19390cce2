"""Cases as people meet them: static pages from link to link, the handouts; `verify` reads them."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import NamedTuple

import pytest
from cases_project import CASE_IDS, FILES_WITH_CASES, built_with_cases
from project import read, run, tiny_project
from selectolax.lexbor import LexborHTMLParser, LexborNode
from test_handouts import site_over

from generator.differences import Difference
from generator.kinds.guide import Guide
from generator.render.cases import CaseEntry, case_entries
from generator.verify import compare_page, sheets_of

GUIDE_PATH = "guides/card-renewal"


class Built(NamedTuple):
    """A project with the site that was built from it."""

    root: Path
    site: Path


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the small project with cases and its site, built by the command."""
    root = built_with_cases(tmp_path_factory.mktemp("cases"))
    return Built(root, root / "site")


def parse(site: Path, address: str) -> LexborHTMLParser:
    """Return a page of a site."""
    return LexborHTMLParser((site / address / "index.html").read_bytes())


def words(node: LexborNode | None) -> str:
    """Return what a reader sees of a node, on one line."""
    assert node is not None
    return " ".join(node.text(separator=" ").split())


def test_the_block_on_the_guides_page_asks_the_first_question_and_lists_all_cases(tiny: Built) -> None:
    block = parse(tiny.site, GUIDE_PATH).css_first("#case")
    assert words(block.css_first(".case-start")) == (
        "为什么要换？ 丢了的不用交回旧证。 到期了 丢了 找不到了 在国外 请先打咨询电话。"
    )
    links = [node.attributes["href"] for node in block.css(".choices a")]
    assert links == [f"../../{GUIDE_PATH}/cases/{name}/" for name in ("expired", "lost", "abroad")]
    assert [words(row) for row in block.css("tbody tr")] == [
        "到期了 · 不满 16 岁 承诺 10 个工作日 。在 A02 号窗口办。跑 2 次。 监护人要一起来。"
        " 20 元/证 10 个工作日 2 次 1 楼 A02 2 件（另有 1 件免提交） 2 步 打印 到期了 · 不满 16 岁的告知单",
        "到期了 · 16 岁以上 20 元/证 15 个工作日 1 次 1 楼 A01、A02 1 件 2 步 打印 到期了 · 16 岁以上的告知单",
        "丢了 · 不满 16 岁 承诺 10 个工作日 。在 A02 号窗口办。跑 2 次。 监护人要一起来。"
        " 不收费 10 个工作日 2 次 1 楼 A02 1 件（另有 1 件免提交） 3 步 打印 丢了 · 不满 16 岁的告知单",
        "丢了 · 16 岁以上 在 政和路 9 号派出所 办。 40 元/证 15 个工作日 1 次 政和路 9 号派出所 不用带材料 3 步"
        " 打印 丢了 · 16 岁以上的告知单",
        "在国外 请先打咨询电话。",
    ]


def test_no_statement_of_cases_or_questions_falls_into_the_closing_table(tiny: Built) -> None:
    page = parse(tiny.site, GUIDE_PATH)
    left = [node.attributes["data-fact"] or "" for node in page.css(".rest [data-fact]")]
    assert [key for key in left if "#cases." in key or "#questions." in key or "#differences." in key] == []
    keys = {(node.attributes["data-fact"] or "").partition("#")[2] for node in page.css("#case [data-fact]")}
    assert keys >= {"questions.reason.why", "questions.age.options.child.text", "cases.lost--adult.bring"}


def test_a_further_question_says_what_was_answered_and_why_it_is_asked(tiny: Built) -> None:
    page = parse(tiny.site, f"{GUIDE_PATH}/cases/lost")
    assert words(page.css_first("main")) == (
        "小证期满换领 办证的人多大？ 小孩要监护人一起来。 不满 16 岁 16 岁以上 为什么要换？ 丢了 重选 ：为什么要换？"
        " 拿不准选哪一项，打咨询电话 0123-5550101 看全部情形的办事指南"
    )
    assert words(page.css_first("title")) == "小证期满换领 — 丢了：办证的人多大？ - 小区政务公开"
    assert words(page.css_first(".crumbs")) == "首页 办事指南 小证期满换领 我是哪种情形"
    assert page.css_first(".answered a").attributes["href"] == f"../../../../{GUIDE_PATH}/cases/"
    canonical = page.css_first("link[rel=canonical]").attributes["href"]
    assert canonical == f"https://www.small.example/{GUIDE_PATH}/cases/lost/"


def test_the_end_of_a_case_says_all_of_it(tiny: Built) -> None:
    page = parse(tiny.site, f"{GUIDE_PATH}/cases/lost--child")
    assert words(page.css_first("title")) == "小证期满换领 — 丢了 · 不满 16 岁 - 小区政务公开"
    assert words(page.css_first("h1")) == "小证期满换领 丢了 · 不满 16 岁"
    assert words(page.css_first(".answered")) == (
        "为什么要换？ 丢了 重选 ：为什么要换？ 办证的人多大？ 不满 16 岁 重选 ：办证的人多大？"
    )
    assert words(page.css_first(".answers")) == (
        "费用 不收费 多久 10 个工作日 法定 60 日（自然日） 跑几次 2 次 要到现场 在哪办 1 楼 A02 小区政务服务中心"
    )
    assert words(page.css_first("#materials")) == (
        "带什么 1 件（另有 1 件免提交） 已备好 监护人同意书 小孩的 原件 1 份 · 纸质 · 申请人自备 · 必要 · 免提交： 否"
        " 已备好 户口簿 复印件 2 份 · 纸质 · 政府部门核发 · 必要 · 免提交： 是"
    )
    assert [words(step) for step in page.css(".steps h3")] == ["受理", "登记丢失", "发证"]
    assert words(page.css_first("#fees")) == "收费 不收费。"
    assert words(page.css_first(".case-note")) == (
        "这种情形要注意 承诺 10 个工作日 。在 A02 号窗口办。跑 2 次。 监护人要一起来。"
    )
    links = [node.attributes["href"] for node in page.css(".jump a")]
    assert links[-2:] == [f"../../../../{GUIDE_PATH}/", "../../../../handouts/card-renewal/lost--child/"]
    assert words(page.css_first(".stamp")).startswith("核对这一页 事项编号 XQ-0101 第 1 版 核对码")
    assert page.css_first(".stamp a").attributes["href"] == "../../../../verify/"


def test_a_case_with_a_place_of_its_own_says_nothing_of_the_hall(tiny: Built) -> None:
    for address in (f"{GUIDE_PATH}/cases/lost--adult", "handouts/card-renewal/lost--adult"):
        page = parse(tiny.site, address)
        assert "政和路 9 号派出所" in words(page.body)
        for shown in ("A01", "A02", "政务服务中心", "09:00"):
            assert shown not in words(page.css_first("main")).replace("一楼 A01 窗口", "")


def test_a_case_that_leads_elsewhere_says_where_to_and_has_no_handout(tiny: Built) -> None:
    page = parse(tiny.site, f"{GUIDE_PATH}/cases/abroad")
    assert words(page.css_first(".case-elsewhere")) == "请先打咨询电话。"
    assert words(page.css_first(".case-elsewhere + p")) == "咨询电话 0123-5550101"
    kiosk = parse(tiny.site, f"hall/main/kiosk/{GUIDE_PATH}/cases/abroad")
    assert words(kiosk.css_first(".case-elsewhere + p")) == "咨询电话 0123-5550101"
    assert not (tiny.site / "handouts/card-renewal/abroad").exists()
    named = [words(node) for node in parse(tiny.site, "handouts/card-renewal").css("nav:nth-of-type(2) a")]
    assert named == ["到期了 · 不满 16 岁", "到期了 · 16 岁以上", "丢了 · 不满 16 岁", "丢了 · 16 岁以上"]


def test_plain_links_lead_from_the_guide_to_every_case_and_its_handout(tiny: Built) -> None:
    found, ahead, dead = set(), [GUIDE_PATH], []
    while ahead:
        page = ahead.pop()
        found.add(page)
        html = parse(tiny.site, page)
        every = (node.attributes["href"] or "" for node in html.css("main a[href^='../'], body.paper a[href]"))
        dead += [(page, link) for link in every if not (tiny.site / page / link).exists() and "verify" not in link]
        links = html.css(".choices a, .jump a[href*=handouts]")
        targets = (posixpath.normpath(posixpath.join(page, node.attributes["href"] or "")) for node in links)
        ahead += [target for target in targets if target not in found]
    assert dead == []
    assert found >= {f"{GUIDE_PATH}/cases/{name}" for name in CASE_IDS}
    assert found >= {f"handouts/card-renewal/{name}" for name in CASE_IDS[:-1]}


def test_the_touch_screen_leads_to_every_case_by_links_that_work_from_a_folder(tiny: Built) -> None:
    kiosk = "hall/main/kiosk"
    found, ahead = set(), [f"{kiosk}/{GUIDE_PATH}/index.html"]
    while ahead:
        path = ahead.pop()
        found.add(path)
        page = LexborHTMLParser((tiny.site / path).read_bytes())
        links = [node.attributes["href"] or "" for node in page.css(".choices a, .answered a, .jump a[href*=cases]")]
        targets = (posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links)
        ahead += [target for target in targets if target not in found]
    wanted = {f"{kiosk}/{GUIDE_PATH}/cases/{name}index.html" for name in ("", *(f"{case}/" for case in CASE_IDS))}
    assert found >= wanted
    page = parse(tiny.site, f"{kiosk}/{GUIDE_PATH}/cases/expired--adult")
    assert words(page.css_first(".answer-side h1")) == "到期了 · 16 岁以上"
    assert [words(node) for node in page.css(".material-name")] == ["小证 （ 到期的 ）"]
    back = page.css_first(".bar-back").attributes["href"]
    assert back == f"../../../../{GUIDE_PATH}/cases/expired/index.html"
    worker = (tiny.site / kiosk / "worker.js").read_text(encoding="utf-8")
    assert f'"{GUIDE_PATH}/cases/expired--adult/index.html"' in worker
    assert '"../../../handouts/card-renewal/expired--adult/index.html"' in worker
    start = parse(tiny.site, f"{kiosk}/{GUIDE_PATH}")
    # What bears this class is printed instead of opened.
    assert [words(link) for link in start.css(".jump .print")] == ["打印告知单"]


def test_the_phone_stands_wherever_somebody_may_not_know_what_to_choose(tiny: Built) -> None:
    for folder in ("", "hall/main/kiosk/"):
        for case in ("", "/lost", "/lost--child", "/abroad"):
            page = parse(tiny.site, f"{folder}{GUIDE_PATH}/cases{case}")
            assert page.css('main [data-fact="guides/card-renewal#consult.phone"]'), (folder, case)


def test_the_site_map_and_the_search_know_every_case(tiny: Built) -> None:
    text = (tiny.site / "sitemap.xml").read_text(encoding="utf-8")
    for name in ("", *(f"{name}/" for name in ("lost", *CASE_IDS))):
        assert f"<loc>https://www.small.example/{GUIDE_PATH}/cases/{name}</loc>" in text
    entries = case_entries(site_over(read(tiny.root)), guide_of(tiny.root))
    address = f"{GUIDE_PATH}/cases/lost--adult"
    assert entries[3] == CaseEntry(address, "小证期满换领 — 丢了 · 16 岁以上", "丢了 · 16 岁以上")
    assert len(entries) == len(CASE_IDS)


def guide_of(root: Path) -> Guide:
    """Return the guide of the small project."""
    return read(root).all_of(Guide)[0]


def test_a_withdrawn_guide_has_no_pages_of_cases_and_leads_to_none(tmp_path: Path) -> None:
    text = FILES_WITH_CASES["items/guides/card-renewal.yml"] + "planned_start: 2027-06-01\n"
    root = tiny_project(tmp_path / "project", {**FILES_WITH_CASES, "items/guides/card-renewal.yml": text})
    done = run(root, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    page = parse(root / "site", GUIDE_PATH)
    assert not (root / "site" / GUIDE_PATH / "cases").exists()
    assert not (root / "site/handouts/card-renewal").exists()
    assert page.css("#case a[href*=cases], #case a[href*=handouts], #cases-data") == []
    assert words(page.css_first("#case h2")) == "分几种情形"
    assert case_entries(site_over(read(root)), guide_of(root)) == []


@pytest.mark.parametrize(
    "folder", [f"{GUIDE_PATH}/cases", "handouts/card-renewal", f"hall/main/kiosk/{GUIDE_PATH}/cases"]
)
def test_a_material_too_few_or_too_many_on_the_page_of_a_case_is_found(tiny: Built, folder: str) -> None:
    sheets = sheets_of(read(tiny.root))
    path = f"{folder}/lost--child/index.html"
    html = (tiny.site / path).read_text(encoding="utf-8")
    channel = {"handouts": "handout", "hall": "kiosk"}.get(folder.split("/")[0], "page")
    assert compare_page(html, path, sheets)[1] == []
    consent, card = f"{GUIDE_PATH}#materials.consent", f"{GUIDE_PATH}#materials.small-card"
    fewer = compare_page(html.replace(f'"{consent}.', f'"{GUIDE_PATH}#x.'), path, sheets)[1]
    assert Difference(consent, channel, path, "列在这种情形里", "没有列出", "申请材料") in fewer
    mark = f'<span data-fact="{card}.copies" data-value="1">1</span>'
    more = compare_page(html.replace("</main>", f"{mark}</main>"), path, sheets)[1]
    assert more == [Difference(card, channel, path, "不属于这种情形", "列出来了", "申请材料")]
    step = compare_page(html.replace(f'"{GUIDE_PATH}#steps.2.', f'"{GUIDE_PATH}#x.'), path, sheets)[1]
    assert Difference(f"{GUIDE_PATH}#steps.2", channel, path, "列在这种情形里", "没有列出", "办理流程") in step


def test_the_handout_of_a_case_carries_the_guides_code_and_only_what_applies(tiny: Built) -> None:
    page = parse(tiny.site, "handouts/card-renewal/expired--adult")
    code = sheets_of(read(tiny.root))[GUIDE_PATH].fingerprint
    assert words(page.css_first("title")) == "一次性告知单：小证期满换领（到期了 · 16 岁以上）"
    assert words(page.css_first(".case-name")) == "情形： 到期了 · 16 岁以上"
    assert page.css_first("meta[name='tongchuang:fingerprint']").attributes["content"] == code
    own = parse(tiny.site, "handouts/card-renewal").css_first(".qr").html
    assert page.css_first(".qr").html == own
    assert [words(node) for node in page.css("tbody th")] == ["1． 小证 （ 到期的 ）"]
