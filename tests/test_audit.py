"""The inspection rehearsal: each indicator finds what it is about, with its page, and nothing on a sound site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import MakeCatalogue
from project import run, tiny_project

from generator.audit import disclosure, functions, links, publishing, services, tags, vetoes
from generator.audit.columns import months_before
from generator.audit.indicator import Found, Indicator
from generator.audit.page import read_page
from generator.audit.remarks import read_remarks
from generator.audit.score import INDICATORS, Assessed, Finding
from generator.audit.site import Audited
from generator.settings import Settings

SETTINGS = Settings(
    root=Path(),
    name="小区政务公开",
    url="https://www.small.example/",
    district="小区",
    host="小区人民政府办公室",
    phone="0123-5550100",
    code="9901990001",
    main_hall="main",
)
Make = Callable[..., Audited]


@pytest.fixture
def make(make_catalogue: MakeCatalogue, tmp_path: Path) -> Make:
    """Return what makes a site under inspection from items and pages, given as HTML by their paths."""

    def made(
        pages: Mapping[str, str], items: Mapping[str, str] | None = None, files: tuple[str, ...] = (), **settings: str
    ) -> Audited:
        chosen = {name: getattr(SETTINGS, name) for name in Settings.__slots__} | settings
        return Audited(
            catalogue=make_catalogue(items or {}).catalogue,
            settings=Settings(**chosen),
            folder=tmp_path,
            content=tmp_path / "content",
            root=tmp_path,
            files=frozenset({*pages, *files}),
            pages={path: read_page(path, html) for path, html in pages.items()},
        )

    return made


def said(findings: object) -> list[tuple[str, str]]:
    """Return address and message of findings."""
    return [(found.address, found.message) for found in findings]  # type: ignore[attr-defined]


def test_a_month_earlier_is_a_day_of_the_calendar() -> None:
    assert months_before(date(2026, 8, 31), 6) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 31), 3) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("../fees/", ""),
        ("#list", ""),
        ("../fees/#rates", ""),
        ("https://www.small.example/fees/", ""),
        ("tel:12345", ""),
        ("https://www.gov.cn/none/", ""),
        ("https://www.small.example/zwfw/card", ""),
        ("../fee/", "链接「../fee/」：没有这个文件或页面"),
        ("/files/form.docx", "链接「/files/form.docx」：没有这个文件或页面"),
        ("../fees/#gone", "链接「../fees/#gone」：页面里没有这个位置"),
        ("#gone", "链接「#gone」：页面里没有这个位置"),
        ("https://www.small.example/fees/card/", "链接「https://www.small.example/fees/card/」：没有这个文件或页面"),
        ("./", ""),
        ("../", ""),
        ("../guides/./", ""),
        ("../fees/../guides/", ""),
        ("../../../etc/passwd", "链接「../../../etc/passwd」：没有这个文件或页面"),
    ],
)
def test_links_and_anchors_are_followed(make: Make, link: str, fault: str) -> None:
    page = f'<main><h1 id="list">指南</h1><a href="{link}">去</a></main>'
    site = make({"index.html": "", "guides/index.html": page, "fees/index.html": '<h1 id="rates">收费</h1>'})
    assert said(links.on_other_pages(site)) == ([("guides/", fault)] if fault else [])


def test_images_styles_and_downloads_are_followed_too(make: Make) -> None:
    html = '<link rel="stylesheet" href="a.css"><link rel="alternate" href="no.xml"><img src="b.png"><a href="c.pdf">'
    site = make({"index.html": html}, files=("a.css",))
    assert said(links.on_the_home_page(site)) == [
        ("", "链接「b.png」：没有这个文件或页面"),
        ("", "链接「c.pdf」：没有这个文件或页面"),
    ]


TAGS = "".join(
    f'<meta name="{name}" content="{text}">'
    for name, text in {
        "SiteName": "小区政务公开",
        "SiteDomain": "www.small.example",
        "SiteIDCode": "9901990001",
        "ColumnName": "收费标准",
        "ColumnDescription": "全部收费项目。",
        "ColumnKeywords": "收费",
        "ColumnType": "收费",
    }.items()
)


def test_tags_of_site_column_and_content_are_asked_for(make: Make) -> None:
    site = make({"fees/index.html": TAGS, "fees/small-card/index.html": TAGS, "about/index.html": ""})
    assert said(tags.tags_are_there(site)) == [
        ("fees/small-card/", "没有标签 ArticleTitle、PubDate、ContentSource"),
        (
            "about/",
            "没有标签 SiteName、SiteDomain、SiteIDCode、ColumnName、ColumnType、ColumnDescription、ColumnKeywords",
        ),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        ("收费", "null", "ColumnKeywords 的内容是「null」"),
        ("小区政务公开", "模板网站", "SiteName 是「模板网站」，应是「小区政务公开」"),
        (
            '"ColumnName" content="收费标准"',
            '"PubDate" content="2026/1/2"><meta name="ColumnName" content="收费标准"',
            "PubDate 是「2026/1/2」，应是 年-月-日 时:分",
        ),
        (
            '"ColumnName" content="收费标准"',
            '"ColumnName" content="收费标准"><meta name="ColumnName" content="收费标准"',
            "ColumnName 写了 2 次",
        ),
    ],
)
def test_tags_that_say_nothing_are_found(make: Make, right: str, wrong: str, fault: str) -> None:
    assert said(tags.tags_are_plausible(make({"fees/index.html": TAGS}))) == []
    changed = TAGS.replace(right, wrong, 1) if wrong != "null" else TAGS.replace('content="收费"', 'content="null"', 1)
    assert said(tags.tags_are_plausible(make({"fees/index.html": changed}))) == [("fees/", fault)]


def test_one_word_in_all_column_tags_is_found(make: Make) -> None:
    same = "".join(f'<meta name="{name}" content="收费">' for name in tags.COLUMN)
    assert said(tags.tags_are_plausible(make({"fees/index.html": same}))) == [("fees/", "栏目的四个标签都是「收费」")]


def test_a_footer_lacks_what_no_page_shows(make: Make) -> None:
    foot = """<footer><a href="https://zfwzzc.www.gov.cn/">我为政府网站找错</a><a href="/sitemap/">网站地图</a>
    小区人民政府办公室 0123-5550100 9901990001 <svg role="img" aria-label="党政机关网站标识"></svg></footer>"""
    site = make({"index.html": foot, "fees/index.html": foot.replace("网站地图", "地图")})
    assert said(functions.footers_are_complete(site)) == [
        ("", "2 个网页的页脚没有ICP 备案号"),
        ("", "2 个网页的页脚没有备案号到备案网站的链接"),
        ("", "2 个网页的页脚没有公安备案号"),
        ("fees/", "1 个网页的页脚没有网站地图"),
    ]


def test_pages_say_their_language_title_and_place(make: Make) -> None:
    sound = '<html lang="zh-Hans"><title>{}</title><nav class="crumbs"><ol><li>首页</ol></nav><h1>甲</h1>'
    site = make(
        {
            "fees/index.html": sound.format("收费"),
            "guides/index.html": sound.format("收费"),
            "about/index.html": "<html><title>关于</title><h1>甲</h1><h1>乙</h1><img src='a.png'>",
        },
        files=("about/a.png",),
    )
    assert said(functions.pages_can_be_used(site)) == [
        ("guides/", "标题「收费」与 fees/ 相同"),
        ("about/", "没有写明语言是中文"),
        ("about/", "有 2 个一级标题"),
        ("about/", "没有位置导航（面包屑）"),
        ("about/", "1 张图片没有文字说明"),
    ]


def test_leaving_the_site_is_said_and_nothing_is_fetched_from_elsewhere(make: Make) -> None:
    html = """<a href="https://www.gov.cn/a">甲</a><a href="https://shop.example/" rel="external">乙</a>
    <a href="https://bank.example/x">丙</a><script src="https://cdn.example/a.js"></script>"""
    site = make({"fees/index.html": html})
    assert said(functions.visitors_are_told_of_leaving(site)) == [("fees/", "1 个到 bank.example 的链接没有离站提示")]
    assert said(functions.nothing_comes_from_elsewhere(site)) == [
        ("fees/", "从 cdn.example 取 https://cdn.example/a.js")
    ]


def test_the_name_and_the_domain_are_a_governments(make: Make) -> None:
    assert said(functions.name_and_domain(make({}))) == [("", "域名 www.small.example 不在 gov.cn 下")]
    right = make({}, url="https://www.small.gov.cn/", name="甲乙")
    assert said(functions.name_and_domain(right)) == [("", "网站名称「甲乙」里没有「小区」")]


def home(day: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return a home page that shows an announcement of a day, and the announcement."""
    marks = "".join(
        f'<span data-fact="announcements/news#{path}" data-value="x">x</span>' for path in ("name", "published")
    )
    return {"index.html": marks}, {"announcements/news": f"published: {day}\ncolumn: 工作动态"}


def test_a_home_page_is_old_after_two_weeks(make: Make) -> None:
    assert said(vetoes.home_page_is_old(make(*home("2026-11-09")))) == []
    assert said(vetoes.home_page_is_old(make(*home("2026-11-08")))) == [
        ("", "首页最新一条信息是 2026-11-08 发布的，两周内没有更新")
    ]
    assert said(vetoes.home_page_is_old(make({"index.html": ""}))) == [("", "首页没有带发布日期的信息，两周内没有更新")]


def test_news_are_old_after_two_weeks_and_policies_after_six_months(make: Make) -> None:
    site = make({}, {"announcements/news": "published: 2026-11-08\ncolumn: 工作动态"})
    assert said(vetoes.news_are_old(site)) == [
        ("announcements/by/column-2/", "最近更新是 2026-11-08，应在 2026-11-09 以后"),
        ("policies/", "最近更新是 2016-01-08，应在 2026-05-23 以后"),
    ]
    assert said(publishing.news_are_current(site)) == [
        ("announcements/by/column-2/", "最近更新是 2026-11-08，应在 2026-11-09 以后")
    ]


def test_lists_without_items_and_headings_without_text_are_blank(make: Make, tmp_path: Path) -> None:
    text = "这是一个很长的说明，足够三十个字，说明这个页面不是空的，可以放心。"
    page = f"<main><h1>关于</h1><p>{text}</p><h2>甲</h2><h2>乙</h2><p>有。</p></main>"
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "about.md").write_text("x", encoding="utf-8")
    site = make({"about/index.html": page, "bundles/index.html": "", "fees/index.html": ""})
    assert said(publishing.sections_are_blank(site)) == [
        ("bundles/", "「一件事」是空白栏目"),
        ("about/", "「甲」下面没有内容"),
    ]


def test_a_future_day_of_publication_is_a_false_one(make: Make) -> None:
    tag = '<meta name="PubDate" content="{} 00:00">'
    site = make({"fees/index.html": tag.format("2026-11-24"), "guides/index.html": tag.format("2026-11-23")})
    assert said(vetoes.dates_ahead(site)) == [("fees/", "发布时间「2026-11-24 00:00」晚于检查日 2026-11-23")]


def test_a_guide_is_useless_without_four_kinds_of_elements(make: Make) -> None:
    shown = ("name", "basis.1.policy", "conditions.1", "materials.small-card.form", "steps.1.name")
    marks = "".join(f'<i data-fact="guides/card-renewal#{path}" data-value="x">x</i>' for path in shown)
    site = make({"guides/card-renewal/index.html": marks})
    assert said(vetoes.guides_are_useless(site)) == []
    fewer = marks.replace("steps.1", "events.1")
    assert said(vetoes.guides_are_useless(make({"guides/card-renewal/index.html": fewer}))) == [
        ("guides/card-renewal/", "八类重点要素缺 4 类：办理地点、办理时间、联系电话、办理流程")
    ]
    assert said(vetoes.no_services(make({"guides/card-renewal/index.html": fewer}))) == [
        ("guides/", "只有 1 项办事指南，每项都缺 4 类以上重点要素")
    ]


def test_interpretations_and_documents_link_to_each_other(make: Make) -> None:
    items = {"policies/explained": "genre: 政策解读\nnumber: null\ninterprets: [small-law]\nname: 解读"}
    pages = {
        "policies/explained/index.html": '<a href="../small-law/">原文</a>',
        "policies/small-law/index.html": "<p>没有链接",
    }
    assert said(publishing.interpretations_are_linked(make(pages, items))) == [
        ("policies/small-law/", "没有链接到「解读」")
    ]
    pages["policies/small-law/index.html"] = '<a href="../explained/">解读</a>'
    assert said(publishing.interpretations_are_linked(make(pages, items))) == []


def test_interpretations_of_own_documents_come_within_three_working_days(make: Make) -> None:
    late = "genre: 政策解读\nnumber: null\nname: 解读\ninterprets: [small-law]\nwritten: 2016-01-04\npublished: {}"
    # 8 January 2016 is a Friday.
    in_time = make({}, {"policies/explained": late.format("2016-01-13")})
    assert said(publishing.interpretations_are_in_time(in_time)) == []
    site = make({}, {"policies/explained": late.format("2016-01-14")})
    assert said(publishing.interpretations_are_in_time(site)) == [
        ("policies/explained/", "文件 2016-01-08 发布，解读 2016-01-14 才发布（最迟 2016-01-13）")
    ]


def test_forms_are_downloaded_from_the_guides_page(make: Make) -> None:
    form = "category: 申请表格文书\nissuer: 申请人填写\nblank_form: {title: 空表, path: files/forms/card.docx}"
    pages = {"guides/card-renewal/index.html": '<a href="../../files/forms/card.docx">空表</a>'}
    items = {"materials/small-card": form}
    assert said(services.forms_can_be_had(make(pages, items, files=("files/forms/card.docx",)))) == []
    assert said(services.forms_can_be_had(make(pages, items))) == [
        ("guides/card-renewal/", "表格「小证」不能从指南页下载")
    ]


def test_materials_state_original_medium_and_copies(make: Make) -> None:
    mark = '<i data-fact="guides/card-renewal#materials.small-card.{}" data-value="x">x</i>'
    page = {"guides/card-renewal/index.html": mark.format("form") + mark.format("medium")}
    assert said(services.materials_are_clear(make(page))) == [("guides/card-renewal/", "材料「小证」没有写份数")]
    vague = make(
        {"guides/card-renewal/index.html": "".join(map(mark.format, ("form", "medium", "copies")))},
        {"materials/small-card": "name: 其他相关材料"},
    )
    assert said(services.materials_are_clear(vague)) == [("guides/card-renewal/", "材料「其他相关材料」含糊或兜底")]


def test_the_platform_has_five_parts(make: Make) -> None:
    column = "".join(f'<a href="../{address}">部分</a>' for address in disclosure.PARTS.values())
    pages = {f"{address}index.html": "" for address in disclosure.PARTS.values()}
    sound = {"disclosure/index.html": column, **pages}
    assert said(disclosure.platform_is_complete(make(sound))) == []
    del sound["disclosure/system/index.html"]
    sound["disclosure/index.html"] = column.replace("disclosure/request/", "disclosure/guide/")
    assert said(disclosure.platform_is_complete(make(sound))) == [
        ("disclosure/system/", "没有「政府信息公开制度」"),
        ("disclosure/", "没有链接到「依申请公开」"),
    ]


def assessed(count: int, **changes: object) -> Assessed:
    """Return an indicator of three points, one for each finding, with so many findings."""
    values: dict[str, object] = {"id": "x", "group": "功能设计", "points": Decimal(3), "each": Decimal(1), **changes}
    rest = dict.fromkeys(("name", "threshold", "source", "certainty", "how"), "")
    indicator = Indicator(**{**rest, "check": lambda audited: iter(()), **values})  # type: ignore[arg-type]
    return Assessed(indicator, tuple(Finding("", "", "", None, "") for _ in range(count)))


def test_an_indicator_costs_no_more_than_its_points() -> None:
    assert [assessed(count).lost for count in (0, 2, 9)] == [0, 2, 3]


def test_a_veto_is_hit_at_its_limit() -> None:
    assert [assessed(count, group="单项否决", limit=5).is_veto for count in (4, 5)] == [False, True]


def test_indicators_have_one_code_each_and_no_more_points_than_a_hundred() -> None:
    assert len({indicator.id for indicator in INDICATORS}) == len(INDICATORS)
    assert sum(indicator.points for indicator in INDICATORS) <= 100
    assert all(indicator.each <= indicator.points for indicator in INDICATORS)


def test_remarks_are_for_an_indicator_pages_and_words(tmp_path: Path) -> None:
    text = "remarks:\n  - {indicator: footer, address: fees/, says: 地图, reason: 演示}\n"
    (tmp_path / "items").mkdir(exist_ok=True)
    (tmp_path / "items/audit.yml").write_text(text, encoding="utf-8")
    (remark,), problems = read_remarks(tmp_path, frozenset({"footer"}))
    assert not problems
    assert remark.fits("footer", Found("没有网站地图", "", "fees/card/"))
    assert not remark.fits("footer", Found("没有网站地图", "", "guides/"))
    assert not remark.fits("footer", Found("没有标识码", "", "fees/"))
    assert not remark.fits("tags", Found("没有网站地图", "", "fees/"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("remarks:\n  - {indicator: footer}\n", "items/audit.yml:2:5 缺少 reason"),
        ("remarks:\n  - {indicator: foot, reason: 演示}\n", "items/audit.yml:2:5 没有「foot」这个指标"),
        ("remarks:\n  - {indicator: footer, reason: 演示, why: 甲}\n", "items/audit.yml:2:5 没有「why」这个字段"),
        ("remarks:\n  - 演示\n", "items/audit.yml:2:5 这一条不是一组字段"),
        ("remark: []\n", "items/audit.yml:1:1 写法不对"),
    ],
)
def test_wrong_remarks_are_told_with_their_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "items").mkdir(exist_ok=True)
    (tmp_path / "items/audit.yml").write_text(text, encoding="utf-8")
    _, (problem,) = read_remarks(tmp_path, frozenset({"footer"}))
    assert f"{problem.place} {problem.message}" == said


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project that has been built."""
    folder = tiny_project(tmp_path_factory.mktemp("audit") / "project")
    done = run(folder, "build", "--no-search")
    assert done.returncode == 0, done.stderr
    return folder


def test_the_command_tells_vetoes_score_and_what_it_could_not_check(built: Path) -> None:
    done = run(built, "audit", "--as-of", "2026-11-23")
    assert done.returncode == 1 and not done.stderr
    assert "✗ 首页不更新（否决：1 处）[home-not-updated]" in done.stdout
    assert "✗ 栏目不更新：空白栏目（否决：5 处）[columns-blank]" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("否决项 2 · 得分 ")
    assert done.stdout.splitlines()[-1].endswith(" · 不合格")


def test_findings_name_the_line_that_they_come_from(built: Path) -> None:
    site = built / "broken"
    shutil.copytree(built / "site", site)
    page = site / "guides/card-renewal/index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace('materials.small-card.form"', 'materials.small-card.shape"'),
        encoding="utf-8",
    )
    done = run(built, "audit", "--as-of", "2026-11-23", "--site-dir", "broken", "--format", "json")
    document = json.loads(done.stdout)
    clear = next(entry for entry in document["indicators"] if entry["id"] == "materials-clear")
    assert (clear["lost"], clear["findings"]) == (
        0.25,
        [
            {
                "message": "材料「小证」没有写原件或复印件",
                "hint": "请写明材料的形式、介质和份数。",
                "address": "guides/card-renewal/",
                "source": {"path": "items/guides/card-renewal.yml", "line": 25, "column": 5},
                "remark": "",
            }
        ],
    )


def test_the_report_is_a_page_of_its_own(built: Path) -> None:
    done = run(built, "audit", "--as-of", "2026-11-23", "--format", "html", "--out", "report.html")
    text = (built / "report.html").read_text(encoding="utf-8")
    assert done.stdout == "" and done.stderr.startswith("否决项 2 · 得分 ")
    page = read_page("report.html", text)
    assert page.title == "网站检查预演 小区政务公开 2026-11-23"
    assert not page.needed and not page.links and "<script" not in text


def test_a_site_that_is_not_there_is_said(built: Path) -> None:
    done = run(built, "audit", "--site-dir", "nowhere")
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "没有 nowhere，请先运行 tongchuang build。\n")
