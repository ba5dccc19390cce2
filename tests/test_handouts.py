"""Handouts: one for every guide in force, with all that an applicant must know, right on every day."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeCatalogue
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from project import ROOT, TODAY, read, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.kinds.guide import Guide
from generator.outputs import Output
from generator.render.figures import qr_code
from generator.render.handouts import handout_outputs
from generator.render.site import Site
from generator.settings import settings_of

SETTINGS = {"district": "小区", "host": "小区人民政府办公室", "phone": "0123-5550100", "code": "9901990001"}


def site_over(catalogue: Catalogue, announce_days: int = 90) -> Site:
    """Return a site over a catalogue, without the shells that documents of the hall do not use."""
    extra = {**SETTINGS, "main_hall": "main", "announce_days": announce_days}
    made = settings_of(ROOT, "小区政务公开", "https://www.small.example", extra)
    valid_until = catalogue.today + timedelta(days=6)
    return Site(catalogue=catalogue, settings=made, theme=ROOT / "site_theme", shells={}, valid_until=valid_until)


def handouts_of(site: Site) -> dict[str, str]:
    """Return the handouts of a site by their paths."""
    guides = site.catalogue.all_of(Guide)
    return {output.path: output.data.decode() for guide in guides for output in handout_outputs(site, guide)}


def shown(html: str) -> dict[str, str]:
    """Return the text of each fact that a document shows, by its key."""
    nodes = LexborHTMLParser(html).css("[data-fact]")
    return {node.attributes["data-fact"] or "": node.text() for node in nodes}


def words(html: str) -> str:
    """Return what a reader sees, on one line."""
    body = LexborHTMLParser(html).body
    assert body is not None
    return " ".join(body.text(separator="").split())


@pytest.fixture(scope="module")
def demonstration() -> Catalogue:
    """Return the catalogue of the demonstration district."""
    return read(ROOT)


def test_every_guide_in_force_has_one_and_a_withdrawn_one_has_none(demonstration: Catalogue) -> None:
    guides = demonstration.all_of(Guide)
    in_force = {guide.id for guide in guides if not guide.is_withdrawn(demonstration.today)}
    assert "social-insurance-certificate" not in in_force
    assert handouts_of(site_over(demonstration)).keys() == {f"handouts/{name}/index.html" for name in in_force}


def test_it_says_all_about_the_materials_fees_time_place_and_phones(demonstration: Catalogue) -> None:
    site = site_over(demonstration)
    wanted = re.compile(
        r"name|codes\.local|version|department|(materials|conditions|refusals|result\.delivery)\..*|result\.name"
        r"|fee\.amount|fees\..*\.(amount|fee|document)|time\.(promised|statutory)|visit\.(count|reasons\..*)"
        r"|place\.(where|hall|address|hours\..*)|(consult|complain)\.phone|remedy\.(review|litigation)\.name"
    )
    for guide in demonstration.all_of(Guide):
        expected = {f.key: f.text for path, f in demonstration.sheet(guide).facts.items() if wanted.fullmatch(path)}
        for output in handout_outputs(site, guide):
            seen = shown(output.data.decode())
            assert {key: seen.get(key) for key in expected} == expected
            assert len(expected) > 15


@pytest.mark.parametrize(("today", "there"), [("2026-12-31", True), ("2027-01-01", False)])
def test_the_last_day_of_an_item_is_the_last_with_a_handout(
    make_catalogue: MakeCatalogue, today: str, there: bool
) -> None:
    world = make_catalogue({"guides/card-renewal": "planned_end: 2026-12-31"}, today)
    assert bool(handouts_of(site_over(world.catalogue))) is there


def one(catalogue: Catalogue, **options: Any) -> str:
    """Return the handout of the only guide."""
    (html,) = handouts_of(site_over(catalogue, **options)).values()
    return html


def test_a_change_of_the_fee_is_announced_and_then_made(make_catalogue: MakeCatalogue) -> None:
    before = words(one(make_catalogue(today="2026-12-31").catalogue))
    after = words(one(make_catalogue(today="2027-01-01").catalogue))
    assert "期满换领：20 元/证，2027年1月1日起 15 元/证" in before
    assert "期满换领：15 元/证" in after
    assert "20 元/证" not in after
    assert "2027年1月1日起" not in after


@pytest.mark.parametrize(("days", "said"), [(38, False), (39, True)])
def test_a_change_is_announced_as_early_as_the_site_says(make_catalogue: MakeCatalogue, days: int, said: bool) -> None:
    assert ("2027年1月1日起" in words(one(make_catalogue().catalogue, announce_days=days))) is said


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the catalogue of the small project."""
    return read(tiny_project(tmp_path_factory.mktemp("tiny") / "project"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2026, 12, 1), date(2027, 2, 1)))
def test_on_every_day_it_says_that_days_fee(tiny: Catalogue, day: date) -> None:
    seen = shown(one(tiny.as_of(day)))
    expected = "20 元/证" if day < date(2027, 1, 1) else "15 元/证"
    assert seen["guides/card-renewal#fee.amount"] == expected
    assert seen["guides/card-renewal#fees.small-card--renewal.amount"] == expected


def test_it_carries_its_check_code_its_days_and_the_way_to_check_it(tiny: Catalogue) -> None:
    html = one(tiny)
    code = tiny.sheet(tiny.by_path["guides/card-renewal"]).fingerprint
    assert f'<meta name="tongchuang:fingerprint" content="{code}">' in html
    assert html.count(f"<code>{code}</code>") == 2
    assert str(qr_code(f"https://www.small.example/guides/card-renewal/?v={code}", "扫码核对本单")) in html
    assert 'data-valid-until="2026-12-31"' in html
    foot = (
        "XQ-0101　第 1 版　内容日期 2026年11月23日　内容到 2026年12月31日为止正确，之后请重新打印。 "
        f"核对本单：扫右上角二维码，或打开 https://www.small.example/verify/ 输入核对码 {code}。"
    )
    assert " ".join(foot.split()) in words(html)


def test_a_suspended_item_says_so_first(make_catalogue: MakeCatalogue) -> None:
    snippet = "status: 暂停\nrevision_note: 设备检修，12 月 1 日恢复。"
    html = words(one(make_catalogue({"guides/card-renewal": snippet}).catalogue))
    assert html.index("本事项暂停办理。设备检修，12 月 1 日恢复。") < html.index("带什么")


def test_signs_of_markup_in_a_text_stay_signs(make_catalogue: MakeCatalogue) -> None:
    html = one(make_catalogue({"guides/card-renewal": "conditions: ['年龄 < 16 岁 & 有“监护人”']"}).catalogue)
    assert "年龄 &lt; 16 岁 &amp; 有“监护人”" in html
    assert shown(html)["guides/card-renewal#conditions.1"] == "年龄 < 16 岁 & 有“监护人”"


def test_its_links_work_without_a_server(tiny: Catalogue) -> None:
    page = LexborHTMLParser(one(tiny))
    addresses = [node.attributes["href"] for node in page.css("a[href], link[href]")]
    assert addresses == ["../../assets/mark.svg", "../../assets/paper.css", "../../guides/card-renewal/index.html"]
    assert [node.attributes["src"] for node in page.css("script[src]")] == ["../../assets/paper.js"]


def paths(outputs: Iterable[Output]) -> list[str]:
    """Return the paths of outputs."""
    return [output.path for output in outputs]


def test_the_guides_page_leads_to_it_unless_the_item_is_withdrawn(tiny: Catalogue, tmp_path: Path) -> None:
    site = site_over(tiny)
    guide = tiny.all_of(Guide)[0]
    sheet = tiny.sheet(guide)
    context = {
        "item": sheet.tree,
        "path": guide.path,
        "kind": guide.kind,
        "fingerprint": sheet.fingerprint,
        "body": "",
        "data": guide,
        "within": "",
    }
    link = '<a href="../../handouts/card-renewal/">打印告知单</a>'
    assert link in site.article("kinds/guide/page.html", guide.path, withdrawn=False, **context)
    assert link not in site.article("kinds/guide/page.html", guide.path, withdrawn=True, **context)
    assert paths(handout_outputs(site, guide)) == ["handouts/card-renewal/index.html"]
    assert tiny.today.isoformat() == TODAY


@pytest.mark.parametrize(
    ("until", "warning"),
    [
        ("2026-11-22", "注意：这里的内容只到 2026-11-22 为止正确，可能已经变了。请重新打开最新的页面再打印。"),
        ("2026-11-23", ""),
    ],
)
def test_on_a_phone_it_fits_prints_and_warns_when_it_is_out_of_date(
    tiny: Catalogue, tmp_path: Path, chromium: Browser, until: str, warning: str
) -> None:
    shutil.copytree(ROOT / "site_theme" / "assets", tmp_path / "assets")
    file = tmp_path / "handouts" / "card-renewal" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text(one(tiny).replace('until="2026-12-31"', f'until="{until}"'), encoding="utf-8")
    with chromium.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        page.clock.set_fixed_time("2026-11-22T16:30:00Z")  # half an hour past midnight in China
        page.add_init_script("window.print = () => { window.printed = true; }")
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert (page.locator(".paper-notice:visible").all_inner_texts() or [""]) == [warning]
        page.get_by_role("button", name="打印告知单").click()
        assert page.evaluate("window.printed") is True
