"""Coverage of the disclosure catalogue: what each tick comes to, with what is said of it; shares; what halls show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ANNOUNCEMENT, DISCLOSURE, MakeCatalogue
from hypothesis import given, settings
from hypothesis import strategies as st
from project import read, run, tiny_project

from generator import codelists
from generator.catalogue import Catalogue
from generator.coverage.content import Contents
from generator.coverage.halls import media_of, shown_in_halls
from generator.coverage.promises import STATES, Promise, checkable, coverage_of, share
from generator.kinds.disclosure import Disclosure


def promises(catalogue: Catalogue) -> list[tuple[str, str, str, str]]:
    return [(each.channel, each.state, each.found, each.action) for each in coverage_of(catalogue).promises]


def row(make_catalogue: MakeCatalogue, text: str, **others: str) -> list[tuple[str, str, str, str]]:
    """Return what comes of the ticks of one row, beside other items."""
    files = {name.replace("__", "/"): value for name, value in others.items()}
    return promises(make_catalogue({"disclosures/row": text, **files}).catalogue)


def test_content_of_its_own_keeps_the_promise_of_the_website(make_catalogue: MakeCatalogue) -> None:
    own = "places: [{title: 换领, page: guides/card-renewal/}]\n"
    assert row(make_catalogue, own) == [("政府网站", "kept", "1 项内容，最新 2026-10-12", "")]
    anchored = "places: [{title: 换领, page: guides/card-renewal/}, {title: 收费, page: fees/}]\n"
    assert row(make_catalogue, anchored) == [("政府网站", "kept", "2 项内容，最新 2026-10-12", "")]


def test_a_column_without_the_content_breaks_it(make_catalogue: MakeCatalogue) -> None:
    for page in ("about/", "departments/police/", "announcements/"):
        assert row(make_catalogue, f"places: [{{title: 栏目, page: {page}}}]\n") == [
            (
                "政府网站",
                "broken",
                "只写到栏目，栏目里没有公开主体的这一项",
                "请把内容发出来，在 places 里写它自己的地址。",
            )
        ]
    assert row(make_catalogue, "places: []\n") == [
        ("政府网站", "broken", "没有写在网站哪里能看到", "请在 places 里写内容的地址。")
    ]


def test_news_of_the_department_and_other_sites_are_for_people_to_look_at(make_catalogue: MakeCatalogue) -> None:
    column = "places: [{title: 通知公告, page: announcements/}]\n"
    assert row(make_catalogue, column, announcements__saturday="") == [
        (
            "政府网站",
            "unclear",
            "栏目里有 1 项，最新 2026-11-02",
            "请看其中有没有这一项；有的，在 places 里写它自己的地址。",
        )
    ]
    elsewhere = "places: [{title: 上级网站, link: https://www.other.example/x}]\n"
    assert row(make_catalogue, elsewhere) == [("政府网站", "unclear", "写的是别的网站", "请打开看内容还在不在。")]


def test_what_is_late_or_was_never_published_breaks_it(make_catalogue: MakeCatalogue) -> None:
    assert row(make_catalogue, "formed: 2026-10-12\npublished: 2026-08-01\n") == [
        ("政府网站", "broken", "最迟应在 2026-11-09 公开，还没有", "请公开，并更新 published。")
    ]
    assert row(make_catalogue, "# without published\n# without formed\n") == [
        ("政府网站", "broken", "还没有公开过", "请公开，并写 published。")
    ]


def test_a_hall_shows_guides_fees_and_notices(make_catalogue: MakeCatalogue) -> None:
    hall = "channels: [政务服务中心]\nplaces: [{title: 甲, page: %s}]\n"
    assert row(make_catalogue, hall % "guides/card-renewal/") == [
        ("政务服务中心", "kept", "窗口屏、查询机、一次性告知单", "")
    ]
    assert row(make_catalogue, hall % "fees/small-card/") == [("政务服务中心", "kept", "收费公示", "")]
    assert row(make_catalogue, hall % "policies/small-law/") == [
        (
            "政务服务中心",
            "broken",
            "大厅的屏、查询机、公示、告知单上都没有",
            "请让大厅显示它的事项或收费，或去掉这个渠道。",
        )
    ]
    assert row(make_catalogue, hall % "hall/main/") == [
        (
            "政务服务中心",
            "unclear",
            "写着在大厅看，但屏、查询机、告知单上没有这一项",
            "请到大厅看专区里有没有；有事项或收费的，在 places 里写它的地址。",
        )
    ]


def test_a_guide_that_is_not_in_force_is_shown_nowhere(make_catalogue: MakeCatalogue) -> None:
    text = "channels: [政务服务中心]\nplaces: [{title: 甲, page: guides/card-renewal/}]\n"
    (found,) = row(make_catalogue, text, **{"guides__card-renewal": "planned_end: 2026-11-01\n"})
    assert found[1] == "broken"


def test_a_board_counts_where_a_screen_of_the_hall_shows_it(make_catalogue: MakeCatalogue) -> None:
    board = "社区/企事业单位/村公示栏（电子屏）"
    text = f"channels: [{board}]\nplaces: [{{title: 甲, page: %s}}]\n"
    assert row(make_catalogue, text % "guides/card-renewal/") == [(board, "kept", "大厅的窗口屏、查询机", "")]
    assert row(make_catalogue, text % "policies/small-law/") == [
        (board, "unchecked", "公示栏在村（社区）或单位，这里查不到；大厅的屏上没有", "")
    ]


def test_other_channels_cannot_be_checked_here(make_catalogue: MakeCatalogue) -> None:
    known = {"政府网站", "政务服务中心", "社区/企事业单位/村公示栏（电子屏）"}
    for channel in codelists.CHANNELS.keys() - known:
        assert row(make_catalogue, f"channels: [{channel}]\n") == [
            (channel, "unchecked", "在本站和大厅之外，请公开主体自己核对", "")
        ]


def test_rows_on_request_promise_no_publication(make_catalogue: MakeCatalogue) -> None:
    assert row(make_catalogue, "manner: 依申请公开\n# without published\n") == []


def test_empty_rows_content_without_a_row_and_silent_departments(make_catalogue: MakeCatalogue) -> None:
    files = {
        "disclosures/empty": "places: [{title: 栏目, page: about/}]\nchannels: [政府网站, 政府公报]\n",
        "disclosures/half": "places: [{title: 栏目, page: hall/main/}]\nchannels: [政府网站, 政务服务中心]\n",
        "disclosures/silent": "department: tax\nplaces: [{title: 收费, page: fees/small-card/}]\n",
        "departments/tax": "name: 小区税务局\nshort_name: 税务局\n",
    }
    coverage = coverage_of(make_catalogue(files).catalogue)
    assert [entry.id for entry in coverage.empty_rows] == ["empty"]
    assert [item.path for item in coverage.without_row] == ["guides/card-renewal"]
    assert coverage.silent == ("tax",)


@given(st.lists(st.sampled_from(list(STATES))))
@settings(deadline=None)
def test_a_share_adds_up(states: list[str]) -> None:
    entry = Disclosure.model_construct(id="row")
    counts = share(Promise(entry, "政府网站", state, "") for state in states)
    assert sum(counts.values()) == len(states)
    assert checkable(counts) == sum(state != "unchecked" for state in states)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with three rows and a notice, in a hall with an LED screen."""
    from project import FILES

    hall = FILES["items/hall/main.yml"] + "led: {columns: 24}\n"
    files = {
        "items/hall/main.yml": hall,
        "items/announcements/saturday.yml": ANNOUNCEMENT,
        "items/disclosures/fee.yml": DISCLOSURE,
        "items/disclosures/hall.yml": DISCLOSURE.replace("[政府网站]", "[政务服务中心, 两微一端]").replace(
            "公开\n", "上屏\n", 1
        ),
        "items/disclosures/empty.yml": DISCLOSURE.replace("page: fees/", "page: about/").replace(
            "收费公开", "办件统计"
        ),
    }
    return tiny_project(tmp_path_factory.mktemp("coverage") / "project", files)


def test_shares_by_department_and_by_area_sum_to_the_whole(folder: Path) -> None:
    coverage = coverage_of(read(folder))
    for attribute in ("department", "area"):
        parts = coverage.by(attribute).values()
        assert {state: sum(part[state] for part in parts) for state in STATES} == coverage.total


def test_the_whole_text(folder: Path) -> None:
    done = run(folder, "coverage")
    assert (
        done.stdout
        == """\
截至 2026-11-23：3 个能查的渠道做到 2 个，没有做到 1 个；另有 1 个这里查不到。

按公开主体
  公安局：3 个能查的渠道做到 2 个，没有做到 1 个；另有 1 个这里查不到

按领域
  户籍管理：3 个能查的渠道做到 2 个，没有做到 1 个；另有 1 个这里查不到

没有做到（1 个）
  小证办件统计（公安局） · 政府网站：只写到栏目，栏目里没有公开主体的这一项
      请把内容发出来，在 places 里写它自己的地址。
      items/disclosures/empty.yml:9:12

网站和大厅都没有内容的公开事项（1 项）
  小证办件统计（disclosures/empty）

公开了、目录里没有写的内容（1 项）
  小证期满换领（guides/card-renewal）
"""
    )
    assert (done.returncode, run(folder, "coverage", "--strict").returncode) == (0, 1)


def test_the_document(folder: Path) -> None:
    document = json.loads(run(folder, "coverage", "--format", "json").stdout)
    counts = {"broken": 1, "unclear": 0, "kept": 2, "unchecked": 1, "checkable": 3, "all": 4}
    assert document["total"] == counts
    assert document["departments"] == [{"id": "police", "name": "公安局", **counts}]
    assert document["areas"] == [{"name": "户籍管理", **counts}]
    assert document["promises"][0] == {
        "path": "disclosures/empty",
        "name": "小证办件统计",
        "department": "police",
        "area": "户籍管理",
        "channel": "政府网站",
        "state": "broken",
        "label": "没有做到",
        "found": "只写到栏目，栏目里没有公开主体的这一项",
        "action": "请把内容发出来，在 places 里写它自己的地址。",
        "source": {"path": "items/disclosures/empty.yml", "line": 9, "column": 12},
    }
    assert (document["empty_rows"], document["silent_departments"]) == (["disclosures/empty"], [])


def test_the_site_shows_in_its_halls_what_coverage_says_and_has_the_pages(folder: Path) -> None:
    """Every file that is said to show an item is there and names it; both pages of the office are too."""
    built = run(folder, "build", "--no-search")
    assert built.returncode == 0, built.stdout + built.stderr
    catalogue = read(folder)
    shown = shown_in_halls(catalogue)
    assert sorted(shown) == ["announcements/saturday", "fees/small-card", "guides/card-renewal"]
    assert media_of(shown["announcements/saturday"]) == ["LED 屏"]
    for path, files in shown.items():
        for file in files:
            text = (folder / "site" / file).read_text(encoding="utf-8")
            assert path in text or catalogue.by_path[path].name in text, (path, file)
    due = (folder / "site/office/due/index.html").read_text(encoding="utf-8")
    assert 'data-fact="fees/small-card#rates.renewal.next_amount"' in due
    assert 'datetime="2026-11-23"' in due
    coverage = (folder / "site/office/coverage/index.html").read_text(encoding="utf-8")
    assert 'data-fact="disclosures/empty#name"' in coverage
    for name in ("due.ics", "due/police.ics"):
        assert (folder / "site/office" / name).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_standing_list_is_the_content_of_the_departments_row(make_catalogue: MakeCatalogue) -> None:
    catalogue = make_catalogue({"disclosures/row": "places: [{title: 指南, page: guides/}]\n"}).catalogue
    (entry,) = catalogue.all_of(Disclosure)
    found = Contents(catalogue).of(entry)
    assert [item.path for item in found.own] == ["guides/card-renewal"]
    assert (found.near, found.columns, found.outside) == ((), (), ())


def test_a_list_of_all_departments_is_the_content_of_who_publishes_it(make_catalogue: MakeCatalogue) -> None:
    """As the finance department publishes all fees; documents do not say whose they are."""
    files = {"departments/finance": "name: 小区财政局\nshort_name: 财政局\n"}
    fees = "department: finance\nplaces: [{title: 收费目录, page: fees/}]\n"
    (kept,) = promises(make_catalogue({**files, "disclosures/row": fees}).catalogue)
    assert kept[1:3] == ("kept", "1 项内容")
    laws = "department: finance\nplaces: [{title: 政策文件, page: policies/}]\n"
    (unclear,) = promises(make_catalogue({**files, "disclosures/row": laws}).catalogue)
    assert unclear[1:3] == ("unclear", "栏目里有 1 项，最新 2016-01-08")
