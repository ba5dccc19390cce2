"""Browsing: every guide in force stands on its shelves, every link of a way leads to one, long ways are divided."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import GUIDE, ROOT, TODAY, read, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue, catalogue_of
from generator.content import BROWSING
from generator.kinds.guide import Guide
from generator.render import browse_pages
from generator.render.browse import browse_ways, code_stems, letters
from generator.render.browse_pages import LISTINGS, browse_outputs, shelf_finder
from generator.render.site import Site
from generator.settings import Settings
from generator.shell import SLOTS, Shell, mark

FRAME = "".join(mark(slot) for slot in SLOTS if slot != "article") + f"<main>{mark('article')}</main>"
LOSS = GUIDE.replace("name: 小证期满换领", "name: 小证丢失补领").replace("XQ-0101", "XQ-0102")
LOSS = LOSS.replace("aliases: [小证到期, 换小证]", "aliases: [证丢了]").replace("rate: renewal", "rate: loss")
ENDED = LOSS.replace("小证丢失补领", "小证注销").replace("XQ-0102", "XQ-0103") + "planned_end: 2026-11-01\n"
BARE = (
    GUIDE.replace("name: 小证期满换领", "name: 3 号小证")
    .replace("aliases: [小证到期, 换小证]\n", "")
    .replace("XQ-0101", "零一")
)


def site_of(catalogue: Catalogue) -> Site:
    made = Settings(
        root=ROOT, name="小区政务公开", url="https://www.small.example/", district="小区", host="小区人民政府办公室",
        phone="0123-5550100", code="9901990001", main_hall="main",
    )  # fmt: skip
    shells = {("", depth): Shell(FRAME, "../" * depth) for depth in range(4)}
    return Site(
        catalogue=catalogue, settings=made, theme=ROOT / "site_theme", shells=shells, valid_until=date(2026, 12, 31)
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    guides = {"card-loss": LOSS, "card-end": ENDED, "card-bare": BARE}
    files = {f"items/guides/{name}.yml": text for name, text in guides.items()}
    return site_of(read(tiny_project(tmp_path_factory.mktemp("browse") / "project", files)))


def pages_of(site: Site) -> dict[str, LexborHTMLParser]:
    return {output.path: LexborHTMLParser(output.data.decode()) for output in browse_outputs(site)}


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def dead_ends(pages: dict[str, LexborHTMLParser]) -> list[str]:
    """Return the links from pages of browsing to pages and places of browsing that are not there."""
    dead = []
    for path, page in pages.items():
        for node in page.css("main a[href]"):
            address, _, anchor = (node.attributes["href"] or "").partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) if address else ""
            file = f"{target}/index.html" if address else path
            if file.startswith("browse/") and not (
                file in pages and (not anchor or pages[file].css_first(f"[id='{anchor}']"))
            ):
                dead.append(f"{path}: {node.attributes['href']}")
    return dead


def test_each_way_has_a_page_of_its_own_and_a_known_address(site: Site) -> None:
    names = sorted(listing.name for listing in LISTINGS)
    assert set(pages_of(site)) == {"browse/index.html", *(f"browse/{name}/index.html" for name in names)}
    assert sorted(BROWSING) == names


def test_names_and_aliases_stand_under_their_letters(site: Site) -> None:
    page = pages_of(site)["browse/a-z/index.html"]
    assert words(page, "h2") == ["数字", "H", "X", "Z"]
    assert words(page, ".bar a") == ["数字", "H", "X", "Z"]
    assert words(page, "#h li") == ["换小证 小证期满换领"]
    assert words(page, "#x li") == ["小证到期 小证期满换领", "小证丢失补领", "小证期满换领"]
    assert words(page, "#z li") == ["证丢了 小证丢失补领"]
    assert words(page, "#digits li") == ["3 号小证"]


def test_codes_are_a_sorted_table_with_the_department(site: Site) -> None:
    page = pages_of(site)["browse/codes/index.html"]
    assert words(page, "tbody tr") == [
        "XQ-0101小证期满换领小区公安局",
        "XQ-0102小证丢失补领小区公安局",
        "零一3 号小证小区公安局",
    ]
    assert words(page, ".bar a") == ["XQ", "其他编号"]
    assert [node.attributes["href"] for node in page.css(".bar a")] == ["#code-xq", "#codes-2"]


def test_nothing_that_is_not_in_force_is_offered(site: Site) -> None:
    assert not [path for path, page in pages_of(site).items() if "小证注销" in (page.html or "")]
    assert words(pages_of(site)["browse/index.html"], ".lead") == [
        "不知道事情叫什么名字，就从这里找。在办的办事指南共 3 件。"
    ]


def test_old_links_to_shelves_still_land_beside_them(site: Site) -> None:
    overview = pages_of(site)["browse/index.html"]
    places = {node.attributes["id"] for node in overview.css("[id]")}
    ways = browse_ways(site)
    assert {way.anchor for way in ways if way.shelves} <= places
    assert {shelf.anchor for way in ways for shelf in way.shelves} <= places


def test_no_link_of_browsing_is_dead(site: Site) -> None:
    pages = pages_of(site)
    assert dead_ends(pages) == []
    ways = browse_ways(site)
    leading = shelf_finder(ways)
    assert leading(ways[0], ways[0].shelves[0]) == "browse/events/#event-08"
    assert leading(ways[1], ways[1].shelves[0]) == "browse/topics/#person-013"
    assert pages["browse/topics/index.html"].css_first("#person-013")


def test_a_long_way_is_divided_into_its_shelves(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse_pages, "WHOLE", 2)
    pages = pages_of(site)
    assert sorted(path for path in pages if path.startswith("browse/windows/")) == [
        "browse/windows/index.html",
        "browse/windows/window-main-a01/index.html",
        "browse/windows/window-main-a02/index.html",
    ]
    assert dead_ends(pages) == []
    window = pages["browse/windows/window-main-a01/index.html"]
    assert words(window, "h1") == ["按窗口：A01 证件办理"]
    assert words(window, ".links li") == ["3 号小证", "小证丢失补领", "小证期满换领"]
    assert 'href="../../../browse/windows/"' in (window.html or "")
    assert words(pages["browse/windows/index.html"], ".bar a") == ["A013", "A023"]
    ways = browse_ways(site)
    assert shelf_finder(ways)(ways[0], ways[0].shelves[0]) == "browse/events/event-08/"


def test_a_site_without_guides_says_so_everywhere() -> None:
    pages = pages_of(site_of(catalogue_of([], date.fromisoformat(TODAY))))
    said = {path: words(page, "main p")[-1] for path, page in pages.items()}
    assert set(said.values()) == {"还没有可以这样找的办事指南。"}
    assert len(said) == len(LISTINGS) + 1


def renamed(site: Site, values: list[tuple[str, str]]) -> Site:
    """Return a site of guides with these names and codes."""
    one = next(guide for guide in site.catalogue.all_of(Guide) if guide.id == "card-renewal")
    guides = [
        one.model_copy(update={"id": f"g{n}", "name": name, "codes": one.codes.model_copy(update={"local": code})})
        for n, (name, code) in enumerate(values)
    ]
    rest = [item for item in site.catalogue.items if not isinstance(item, Guide)]
    return site_of(catalogue_of([*rest, *guides], site.today))


NAMES = st.text("身份证补领重庆银行Ab3《》-·🛸 ", min_size=1, max_size=6).filter(str.strip)
CODES = st.text("MCmc01-号/ ", min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, CODES), min_size=1, max_size=6))
def test_every_guide_is_found_once_by_name_and_by_code(site: Site, values: list[tuple[str, str]]) -> None:
    made = renamed(site, values)
    listed = [entry.sheet.item.id for letter in letters(made) for entry in letter.entries if entry.fact.path == "name"]
    coded = [sheet.item.id for stem in code_stems(made) for sheet in stem.sheets]
    everything = [f"g{number}" for number in range(len(values))]
    assert sorted(listed) == sorted(coded) == everything
    for shelves in (letters(made), code_stems(made)):
        anchors = [shelf.anchor for shelf in shelves]
        assert len(set(anchors)) == len(anchors)
        assert all(re.fullmatch("[a-z0-9-]+", anchor) for anchor in anchors)


def test_window_shelves_name_the_hall_where_there_are_several(tmp_path: Path) -> None:
    hall = "items/hall/main.yml"
    folder = tiny_project(tmp_path / "project")
    other = (folder / hall).read_text(encoding="utf-8").replace("小区政务服务中心", "东片分中心")
    (folder / "items/hall/east.yml").write_text(other, encoding="utf-8")
    away = (
        GUIDE.replace("hall: main", "hall: east").replace("XQ-0101", "XQ-0102").replace("小证期满换领", "小证东片换领")
    )
    (folder / "items/guides/card-east.yml").write_text(away, encoding="utf-8")
    shelves = defaultdict(list)
    for shelf in browse_ways(site_of(read(folder)))[-1].shelves:
        shelves[shelf.path].append(" ".join(fact.text for fact in shelf.heading))
    assert shelves == {
        "hall/east": ["东片分中心 A01 证件办理", "东片分中心 A02 证件领取"],
        "hall/main": ["小区政务服务中心 A01 证件办理", "小区政务服务中心 A02 证件领取"],
    }


# What needs what

LICENCE = """\
name: 小店执照
category: 证件证书证明
issuer: 小区公安局
"""
SHOP = GUIDE.replace("name: 小证期满换领", "name: 小店登记").replace("XQ-0101", "XQ-0201")
SHOP = SHOP.replace("  material: small-card\n", "  material: licence\n").replace("[小证到期, 换小证]", "[开小店]")
CHANGE = SHOP.replace("小店登记", "小店变更").replace("XQ-0201", "XQ-0202").replace("[开小店]", "[改小店]")
CHANGE = CHANGE.replace("{material: small-card,", "{material: licence,")
SIGN = CHANGE.replace("小店变更", "小店招牌").replace("XQ-0202", "XQ-0203").replace("[改小店]", "[挂招牌]")
SIGN = SIGN.replace("  material: licence\n", "")
FAR = SIGN.replace("小店招牌", "远方的事").replace("XQ-0203", "XQ-0204").replace("[挂招牌]", "[远事]")
FAR = FAR.replace("events: [证件到期或丢失]", "events: [出生]").replace("[证件办理]", "[生育收养]")
WORLD = {"shop": SHOP, "change": CHANGE, "sign": SIGN, "far": FAR, "ended": SIGN + "planned_end: 2026-11-01\n"}


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A card gives a shop's licence, with which one may have a sign; 变更 asks for the licence that it gives anew."""
    world = {**WORLD, "ended": WORLD["ended"].replace("小店招牌", "旧招牌").replace("XQ-0203", "XQ-0205")}
    files = {f"items/guides/{name}.yml": text for name, text in world.items()}
    files["items/materials/licence.yml"] = LICENCE
    return site_of(read(tiny_project(tmp_path_factory.mktemp("chain") / "project", files)))


def related(site: Site, name: str) -> str:
    """Return the text of a guide's section of related things, empty where it has none."""
    guide = site.catalogue.by_path[f"guides/{name}"]
    sheet = site.catalogue.sheet(guide)
    page = LexborHTMLParser(
        site.article(
            "kinds/guide/page.html", guide.path, item=sheet.tree, path=guide.path, kind=guide.kind, data=guide,
            fingerprint=sheet.fingerprint, withdrawn=guide.is_withdrawn(site.today), body="", within="",
        )
    )  # fmt: skip
    section = page.css_first("#related")
    return "".join(section.text().split()) if section else ""


def test_a_guide_says_where_its_materials_are_had_and_what_it_makes_possible(chain: Site) -> None:
    assert related(chain, "shop") == (
        "相关的事这些材料可以在这里办到小证小证期满换领办完以后可以接着办小店招牌还有别的事要用小店执照，看全部"
    )
    assert related(chain, "sign") == "相关的事这些材料可以在这里办到小店执照小店登记、小店变更"


def test_a_guide_that_asks_for_what_it_gives_does_not_need_itself(chain: Site) -> None:
    assert related(chain, "change") == "相关的事办完以后可以接着办小店招牌还有别的事要用小店执照，看全部"
    assert related(chain, "card-renewal") == "相关的事办完以后可以接着办小店登记"


def test_what_is_not_in_force_has_no_next_step(chain: Site) -> None:
    assert related(chain, "ended") == ""


def test_a_material_tells_who_gives_it_from_who_asks_for_it(chain: Site) -> None:
    facts = chain.catalogue.sheet(chain.catalogue.by_path["materials/licence"]).facts
    said = {path: (fact.text, fact.label) for path, fact in facts.items() if "_by" in path}
    assert said == {
        "issued_by.change.guide": ("小店变更", "在哪里办"),
        "issued_by.shop.guide": ("小店登记", "在哪里办"),
        "used_by.change.guide": ("小店变更", "用于办理"),
        "used_by.far.guide": ("远方的事", "用于办理"),
        "used_by.sign.guide": ("小店招牌", "用于办理"),
    }


def test_many_steps_that_may_follow_are_cut_and_the_rest_is_linked(chain: Site) -> None:
    sign = chain.catalogue.by_path["guides/sign"]
    more = [sign.model_copy(update={"id": f"sign-{n}", "name": f"招牌 {n}"}) for n in range(9)]
    site = site_of(catalogue_of([*chain.catalogue.items, *more], chain.today))
    text = related(site, "shop")
    assert text.count("招牌") == 8
    assert text.endswith("招牌6还有别的事要用小店执照，看全部")


def test_many_ways_to_a_material_are_cut_and_the_rest_is_linked(chain: Site) -> None:
    shop = chain.catalogue.by_path["guides/shop"]
    more = [shop.model_copy(update={"id": f"z-{n}", "name": f"登记 {n}"}) for n in range(9)]
    site = site_of(catalogue_of([*chain.catalogue.items, *more], chain.today))
    assert related(site, "sign") == (
        "相关的事这些材料可以在这里办到小店执照小店登记、" + "、".join(f"登记{n}" for n in range(7)) + "看全部"
    )


def test_another_guide_does_not_change_the_code_on_a_notice(chain: Site) -> None:
    shop = chain.catalogue.by_path["guides/shop"]
    less = catalogue_of([item for item in chain.catalogue.items if item.id != "sign"], chain.today)
    assert less.sheet(shop).fingerprint == chain.catalogue.sheet(shop).fingerprint
