"""Districts: what they may say of their own, how far they agree with the city, and that their pages show it."""
# ruff: noqa: E501  # messages stand here as they are printed

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, reduce
from pathlib import Path
from typing import Any

import pytest
from browser import reading
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from project import FILES, HALL, TODAY, dead_links, run, tiny_project, tree

from generator import build, mkdocs_build
from generator.build import site_of
from generator.catalogue import Catalogue, catalogue_of
from generator.district import District, Local
from generator.districts.agreement import Element, agreement_of, elements_of
from generator.districts.differing import is_shorter
from generator.districts.laying import Twin, laid_item
from generator.districts.reading import Districts, read_districts
from generator.history import NOTHING_KNOWN
from generator.kinds.guide import Guide
from generator.mkdocs_plugin import shell_places
from generator.parts import Contact, Duration
from generator.preview.contents import Pages
from generator.problems import as_text
from generator.reading import read_items
from generator.shell import SLOTS, Shell, mark
from generator.source import Source, parse_text

EAST = "items/districts/east/"
WEST = "items/districts/west/"
HERE = {
    f"{EAST}district.yml": "name: 东湖街道\nphone: 0123-5550201\norder: 1\nlocal: {consult: {phone: 0123-5550202}}\n",
    f"{EAST}hall/main.yml": HALL.replace("小区政务服务中心", "东湖便民服务中心").replace("A0", "D0"),
    f"{EAST}guides/card-renewal.yml": "windows: [D01, D02]\ntime: {promised: {number: 12}}\n",
}
THERE = {
    f"{WEST}district.yml": "name: 西山镇\nphone: 0123-5550301\norder: 2\n",
    f"{WEST}guides/card-renewal.yml": (
        "conditions: [小证有效期已满, 户口在本镇]\n"
        "differs: [{field: conditions, reason: 本镇只受理本镇户口, basis: {policy: small-law, article: 第六条}}]\n"
    ),
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> build.Project:
    root = tiny_project(tmp_path_factory.mktemp("districts") / "project")
    return mkdocs_build.load_catalogue(str(root / "mkdocs.yml"), None)[0]


def told(tiny: build.Project, folder: Path, files: Mapping[str, str]) -> str:
    """Return what is said of the small project with these files added."""
    return as_text(checked(tiny, folder, files)[1])


def checked(tiny: build.Project, folder: Path, files: Mapping[str, str]) -> tuple[Catalogue, list[Any]]:
    for name, text in {**FILES, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return build.check(replace(tiny, root=folder, content=folder / "content"))


def test_what_a_district_may_say_is_no_problem(tiny: build.Project, tmp_path: Path) -> None:
    catalogue, problems = checked(tiny, tmp_path, {**HERE, **THERE})
    assert problems == []
    east, west = catalogue.districts
    assert [item.path for item in east.items] == ["d/east", "d/east/guides/card-renewal", "d/east/hall/main"]
    facts = east.sheet(east.by_path["d/east/guides/card-renewal"]).facts
    said = {path: facts[path].text for path in ("place.where", "place.hall", "time.promised", "consult.phone", "name")}
    assert said == {
        "place.where": "1 楼 D01、D02",
        "place.hall": "东湖便民服务中心",
        "time.promised": "12 个工作日",
        "consult.phone": "0123-5550202",
        "name": "小证期满换领",
    }
    assert facts["place.hall"].target == "d/east/hall/main"
    assert "consult.window" not in facts  # the city's window is not the district's
    assert {fact.key.partition("#")[0] for fact in facts.values()} == {"d/east/guides/card-renewal"}
    assert west.sheet(west.by_path["d/west/guides/card-renewal"]).facts["place.hall"].target == "hall/main"
    assert [item.path for item in catalogue.items if item.within] == []


def test_another_standard_is_told_with_its_place_and_what_to_do(tiny: build.Project, tmp_path: Path) -> None:
    wrong = """\
codes: {local: XX-01}
conditions: [小证有效期已满, 户口在本镇]
time: {promised: {number: 20}}
department: police
steps:
  发证: {days: {number: 12}}
  审: {days: {number: 1}}
differs:
  - {field: fee, reason: 与统一的不同, basis: {policy: small-law, article: 第六条}}
  - {field: materials, reason: 与统一的不同, basis: {policy: small-law, article: 第六条}}
"""
    files = {f"{WEST}district.yml": THERE[f"{WEST}district.yml"], f"{WEST}guides/card-renewal.yml": wrong}
    path = f"{WEST}guides/card-renewal.yml"
    text = told(tiny, tmp_path, files)
    expected = f"""\
{path}:1:16: 错误: 「编码·本区事项编号」编码与统一的不同：这里是「XX-01」，统一的是「XQ-0101」 [code-differs]
    同一事项用同一编码，请删掉这一行。
{path}:2:13: 错误: 「受理条件」与统一的不同：这里是「小证有效期已满、户口在本镇」，统一的是「小证有效期已满」 [not-local]
    同一事项同一标准，请删掉 conditions；确有依据的，在 differs 里写 field: conditions，并写 reason（理由）和 basis（依据）。
{path}:3:18: 错误: 「时限·承诺办结时限」比统一的长，或不能比较：这里是「20 个工作日」，统一的是「15 个工作日」 [longer-than-city]
    承诺时限只能更短，单位相同；确有依据的，在 differs 里写 field: time.promised，并写 reason（理由）和 basis（依据）。
{path}:4:1: 提醒: 「实施主体」与不写这一行时完全一样 [same-as-city]
    请删掉这一行：没有不同的不用写，统一的内容改了会跟着改。
{path}:6:14: 错误: 「办理流程第2条·环节时限」比统一的长，或不能比较：这里是「12 个工作日」，统一的是「10 个工作日」 [longer-than-city]
    承诺时限只能更短，单位相同；确有依据的，在 differs 里写 field: steps，并写 reason（理由）和 basis（依据）。
{path}:7:3: 错误: 「办理流程」统一的内容里没有，或不止一条「审」 [unknown-entry]
    只改其中一条时，用「环节」指明是哪一条，写在它下面；也可以把整个列表照样写全。
{path}:9:5: 错误: 「与统一标准不同」没有「fee」这个字段 [unknown-field-to-differ]"""
    assert text.startswith(expected)
    assert text.endswith(f"""\
{path}:10:5: 错误: 「与统一标准不同」「申请材料」与统一的没有不同，不用写理由 [no-difference]
    请删掉这一条，或在文件里写上不同的内容。
共 7 个错误，1 个提醒。""")


def test_a_folder_that_is_left_empty_is_no_district(tiny: build.Project, tmp_path: Path) -> None:
    (tmp_path / "items/districts/south/guides").mkdir(parents=True)
    catalogue, problems = checked(tiny, tmp_path, {})
    assert problems == [] and catalogue.local == ()


def test_files_that_belong_nowhere_are_told(tiny: build.Project, tmp_path: Path) -> None:
    files = {
        "items/districts/notes.yml": "name: 甲\n",
        "items/districts/North/district.yml": "name: 北区\n",
        "items/districts/south/guides/card-renewal.yml": "windows: [A01]\n",
        f"{EAST}district.yml": "name: 东湖街道\nphone: 0123-5550201\nguides: [card-renewal]\nlocal: [A01]\n",
        f"{WEST}district.yml": (
            "name: 西山镇\nphone: 0123-5550301\nguides: [other]\nlocal: {conditions: [户口在本镇], hall: main}\n"
        ),
        f"{WEST}guides/card-renewal.yml": "windows: [A01]\n",
        f"{WEST}guides/card.yml": "windows: [A01]\n",
        f"{WEST}fees/small-card.yml": "name: 小证工本费\n",
        f"{WEST}guides/old.yaml": "windows: [A01]\n",
    }
    lines = [line for line in told(tiny, tmp_path, files).splitlines() if not line.startswith("    ")]
    assert lines == [
        "items/districts/North:1:1: 错误: 「编号」文件夹名「North」不能作地区的编号 [wrong-id]",
        "items/districts/east/district.yml:4:8: 错误: 「本地内容」local 后面应是一组字段 [wrong-type]",
        "items/districts/notes.yml:1:1: 错误: 文件没有放在哪个地区的文件夹里，不会发布 [stray-file]",
        "items/districts/south:1:1: 错误: 没有 district.yml，不知道这是哪个地区，里面的文件不会发布 [missing-district]",
        "items/districts/west/district.yml:3:10: 错误: 「办理的事项第1条」「other」不在办事指南里 [dangling-reference]",
        "items/districts/west/district.yml:4:9: 错误: 「受理条件」不是各地可以自己定的，不能写在 local 里 [not-local]",
        "items/districts/west/fees:1:1: 错误: 这里不放这样的文件或文件夹，不会发布 [stray-file]",
        "items/districts/west/guides/card-renewal.yml:1:1: 错误: "
        "西山镇不办「小证期满换领」，这个文件没有用 [not-handled-here]",
        "items/districts/west/guides/card.yml:1:1: 错误: 没有统一的「card」，不知道这是哪一项的不同 [unknown-city-item]",
        "items/districts/west/guides/old.yaml:1:1: 错误: 这不是内容文件，不会发布 [stray-file]",
        "共 10 个错误，0 个提醒。",
    ]


def test_what_the_city_writes_and_is_wrong_in_the_district_is_told_there(tiny: build.Project, tmp_path: Path) -> None:
    files = {name: text for name, text in HERE.items() if "guides" not in name}
    text = told(tiny, tmp_path, files)
    assert "items/districts/east/district.yml:1:1: 错误: 「办理窗口第1条」「东湖便民服务中心」没有 A01 窗口" in text
    assert "（沿用 items/guides/card-renewal.yml 第 16 行的内容，在东湖街道就不对了） [unknown-window]" in text


def test_a_mistake_in_the_city_s_file_is_told_there_and_in_no_district(tiny: build.Project, tmp_path: Path) -> None:
    guide = FILES["items/guides/card-renewal.yml"].replace("windows: [A01, A02]", "windows： [A01, A02]")
    named = {f"{EAST}district.yml": HERE[f"{EAST}district.yml"] + "guides: [card-renewal]\n"}
    found = checked(tiny, tmp_path, {**HERE, **named, **THERE, "items/guides/card-renewal.yml": guide})[1]
    assert {(one.place.path, one.code) for one in found} == {("items/guides/card-renewal.yml", "fullwidth-colon")}


def test_a_project_without_districts_reads_nothing_for_them(tiny: build.Project, tmp_path: Path) -> None:
    (tmp_path / "items" / "guides").mkdir(parents=True)
    assert read_districts(tmp_path, read_items(tmp_path)) == Districts((), ())
    catalogue = build.read_catalogue(tiny)[1]
    assert (catalogue.local, catalogue.districts) == ((), ())


# Random overlays, without files: the city's guide is read once.


@cache
def city() -> Catalogue:
    return catalogue_of(read_items(_root()).items, date.fromisoformat(TODAY))


@cache
def _root() -> Path:
    import tempfile

    return tiny_project(Path(tempfile.mkdtemp()) / "project")


@cache
def guide() -> tuple[Guide, Source]:
    read = read_items(_root())
    item = next(item for item in read.items if isinstance(item, Guide))
    return item, read.sources[item.path]


def source_of(path: str, values: Mapping[str, object]) -> Source:
    text = json.dumps(values, ensure_ascii=False)
    parsed, problems = parse_text(text, path)
    assert parsed is not None, problems
    return Source(path=path, text=text, values=parsed)


phones = st.integers(1, 9999).map(lambda number: f"0123-556{number:04}")
windows = st.lists(st.integers(1, 99).map(lambda number: f"B{number:02}"), min_size=1, max_size=3, unique=True)
local = st.fixed_dictionaries(
    {},
    optional={
        "windows": windows,
        "consult": st.builds(lambda phone: {"phone": phone}, phones),
        "complain": st.builds(lambda phone: {"phone": phone}, phones),
        "time": st.integers(0, 14).map(lambda number: {"promised": {"number": number}}),
        "visit": st.sampled_from(["东湖路 1 号", "柳林街 8 号"]).map(lambda place: {"place": place}),
        "steps": st.integers(0, 9).map(lambda number: {"发证": {"days": {"number": number}}}),
    },
)
defaulted = st.fixed_dictionaries(
    {}, optional={"windows": windows, "consult": st.builds(lambda phone: {"phone": phone}, phones)}
)
other = st.fixed_dictionaries(
    {},
    optional={
        "conditions": st.sampled_from([["户口在本镇"], ["小证有效期已满", "户口在本镇"]]),
        "online": st.just({"available": True}),
        "result": st.just({"delivery": ["窗口领取", "邮寄送达"]}),
    },
)


def laid(values: Mapping[str, object], defaults: Mapping[str, object], identifier: str = "east") -> tuple[Guide, Any]:
    item, source = guide()
    main = source_of("district.yml", {"local": defaults})
    district = District.model_validate({"id": identifier, "name": "东湖街道", "phone": "0123-5550201"})
    own = source_of("own.yml", values) if values else None
    twin = Twin(item=item, source=source, district=district, main=main, defaults=dict(defaults), own=own)
    found = laid_item(twin)
    assert isinstance(found.item, Guide), found.problems
    return found.item, found.problems


def expected(item: Guide, values: Mapping[str, Any]) -> Guide:
    """Return the guide with local values put in by hand."""
    changes: dict[str, Any] = {}
    for key, value in values.items():
        match key:
            case "windows":
                changes[key] = tuple(value)
            case "consult" | "complain":
                changes[key] = Contact(phone=value["phone"])
            case "time":
                promised = Duration(number=value["promised"]["number"])
                changes[key] = item.time.model_copy(update={"promised": promised})
            case "visit":
                changes[key] = item.visit.model_copy(update={"place": value["place"]})
            case "steps":
                last = item.steps[1].model_copy(update={"days": Duration(number=value["发证"]["days"]["number"])})
                changes[key] = (item.steps[0], last)
    return item.model_copy(update=changes)


@given(own=local, defaults=defaulted)
@settings(max_examples=60, deadline=None)
def test_a_district_says_what_it_writes_and_else_what_the_city_says(own: Any, defaults: Any) -> None:
    own = {key: value for key, value in own.items() if defaults.get(key) != value}
    made, problems = laid(own, defaults)
    assert problems == []
    assert made == expected(guide()[0], {**defaults, **own}).placed("d/east/")
    assert guide()[0].path == "guides/card-renewal"


@given(districts=st.lists(st.tuples(local, other), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_agreement_is_what_counting_gives(districts: Any) -> None:
    guides = []
    for number, (own, more) in enumerate(districts):
        item = laid({**own, **more}, {})[0]
        district = District.model_validate({"id": f"x{number}", "name": "东湖街道", "phone": "0123-5550201"})
        guides.append(Local(district, (item.placed(district.within),), {}))
    found = agreement_of(replace(city(), local=tuple(guides)))
    counts = {count.element.path: (count.compared, count.same) for count in (*found.standard, *found.local)}
    by_hand = {}
    for element in elements_of(Guide):
        pairs = [(_at(guide()[0], element), _at(own.items[0], element)) for own in guides]
        compared = [(here, there) for here, there in pairs if (here, there) not in ((None, None), ((), ()))]
        if compared:
            by_hand[element.path] = (len(compared), sum(here == there for here, there in compared))
    assert counts == by_hand
    assert found.elements == sum(by_hand[count.element.path][0] for count in found.standard)
    assert found.same == sum(by_hand[count.element.path][1] for count in found.standard)
    assert len(found.rows) == any({"time", "steps"} & own.keys() or more for own, more in districts)


def _at(item: Guide, element: Element) -> Any:
    return reduce(lambda value, step: getattr(value, step, None), element.path, item)


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["工作日", "自然日"]), st.booleans())
def test_a_time_is_shorter_only_where_that_is_sure(before: int, after: int, unit: str, same: bool) -> None:
    other_unit = unit if same else {"工作日": "自然日", "自然日": "工作日"}[unit]
    shorter = is_shorter(Duration(number=before, unit=unit), Duration(number=after, unit=other_unit))
    sure = after <= before and (same or unit == "工作日" or after == 0)
    assert shorter == sure


def test_a_single_entry_of_a_list_is_laid_over_by_name() -> None:
    made, problems = laid({"steps": {"发证": {"days": {"number": 4}}}}, {})
    item = guide()[0]
    assert problems == []
    assert [(step.name, step.action, step.days) for step in made.steps] == [
        ("受理", item.steps[0].action, Duration(number=0)),
        ("发证", "发给新证", Duration(number=4)),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tiny_project(tmp_path_factory.mktemp("city") / "project", {**HERE, **THERE})
    said = run(root, "build", "--no-search")
    assert said.returncode == 0, said.stdout + said.stderr
    return root


def test_pages_of_districts_are_made_and_lead_to_each_other(built: Path) -> None:
    site = built / "site"
    paths = {path for path in tree(site) if path.startswith(("d/", "districts", "api/v1/d"))}
    assert {
        "districts/index.html",
        "d/east/index.html",
        "d/east/guides/card-renewal/index.html",
        "d/east/hall/main/index.html",
        "d/east/handouts/card-renewal/index.html",
        "d/west/guides/card-renewal/index.html",
        "api/v1/districts.json",
        "api/v1/d/east/guides/card-renewal.json",
    } <= paths
    made = ("disclosure/", "accessibility/", "privacy/", "announcements/feed.xml")  # pages that the small project lacks
    assert [link for link in dead_links(site) if not any(part in link for part in made)] == []
    page = (site / "guides/card-renewal/index.html").read_text(encoding="utf-8")
    assert 'href="../../d/east/guides/card-renewal/"' in page
    assert 'href="../../d/west/guides/card-renewal/"' in page
    assert "<title>小证期满换领（东湖街道） - 小区政务公开</title>" in (
        site / "d/east/guides/card-renewal/index.html"
    ).read_text(encoding="utf-8")


def test_the_matrix_tells_what_differs_and_why(built: Path) -> None:
    document = json.loads((built / "site/api/v1/districts.json").read_text(encoding="utf-8"))
    told = {(entry["district"], entry["label"]): entry for entry in document["differences"]}
    assert told.keys() == {("east", "承诺办结时限"), ("west", "受理条件")}
    assert told["east", "承诺办结时限"]["shorter"] is True
    assert [fact["district"]["text"] for fact in told["east", "承诺办结时限"]["facts"]] == ["12 个工作日"]
    assert told["west", "受理条件"]["reason"] == "本镇只受理本镇户口"
    page = (built / "site/districts/index.html").read_text(encoding="utf-8")
    for fact in (
        '<span data-fact="d/east/guides/card-renewal#time.promised" data-value="12">12 个工作日</span>',
        '<span data-fact="guides/card-renewal#time.promised" data-value="15">15 个工作日</span>',
        '<span data-fact="d/west/guides/card-renewal#conditions.2" data-value="户口在本镇">户口在本镇</span>',
        'data-fact="d/west#differs.card-renewal--conditions.reason"',
    ):
        assert fact in page


def test_search_knows_who_handles_an_item(built: Path) -> None:
    lookup = json.loads((built / "site/search/lookup.json").read_text(encoding="utf-8"))
    assert lookup["districts"] == [["东湖街道", "d/east"], ["西山镇", "d/west"]]
    entries = {entry["p"]: entry for entry in lookup["entries"]}
    chosen = [lookup["values"]["地区"][number] for number in entries["guides/card-renewal"]["v"]["地区"]]
    assert chosen == ["东湖街道", "西山镇"]
    assert lookup["kinds"][entries["d/east"]["k"]] == ["d", "各地办事"]
    assert [path for path in entries if path.startswith("d/")] == ["d/east", "d/west"]


def test_verify_reads_what_districts_show(built: Path, tmp_path: Path) -> None:
    assert run(built, "verify").returncode == 0
    page = built / "site/d/east/guides/card-renewal/index.html"
    right = page.read_text(encoding="utf-8")
    page.write_text(right.replace(">12 个工作日<", ">15 个工作日<"), encoding="utf-8")
    said = run(built, "verify")
    page.write_text(right, encoding="utf-8")
    assert said.returncode == 1
    assert said.stdout.splitlines()[0] == (
        "d/east/guides/card-renewal/index.html: page: d/east/guides/card-renewal#time.promised"
        "「承诺办结时限」应为「12 个工作日」，实为「15 个工作日」"
    )


def test_a_build_after_edits_is_that_of_a_clean_build(built: Path, tmp_path: Path) -> None:
    """Pages are linked over from the build before where they need not be made anew; districts have theirs noted, too."""
    _edit(built / EAST / "guides/card-renewal.yml", "[D01, D02]", "[D02]")
    _edit(built / "items/guides/card-renewal.yml", "采集相片]", "采集照片]")
    _edit(built / WEST / "district.yml", "西山镇", "西岭镇")
    assert run(built, "build", "--no-search").returncode == 0
    clean = tmp_path / "clean"
    shutil.copytree(built, clean, symlinks=True, ignore=shutil.ignore_patterns("site", ".cache"))
    assert run(clean, "build", "--no-search").returncode == 0
    assert tree(built / "site") == tree(clean / "site")
    for page in ("guides/card-renewal", "d/east/guides/card-renewal", "d/east/handouts/card-renewal", "d/east"):
        text = (built / "site" / page / "index.html").read_text(encoding="utf-8")
        assert '<span data-fact="d/east/guides/card-renewal#place.where" data-value="D02">1 楼 D02</span>' in text


def _edit(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_the_preview_makes_pages_of_districts_when_they_are_asked_for(tiny: build.Project, tmp_path: Path) -> None:
    catalogue, _ = checked(tiny, tmp_path, {**HERE, **THERE})
    shells = {
        place: Shell("\n".join(map(mark, SLOTS)), "../" * place[1]) for place in shell_places(with_districts=True)
    }
    pages = Pages(site_of(tiny, catalogue, shells, NOTHING_KNOWN))
    for path, text in {
        "d/east/guides/card-renewal/index.html": "1 楼 D01、D02",
        "d/east/handouts/card-renewal/index.html": "东湖街道",
        "d/east/hall/main/index.html": "东湖便民服务中心",
        "guides/card-renewal/index.html": "1 楼 D01、D02",
    }.items():
        assert text in (pages.find(path) or b"").decode()
    assert pages.find("d/east/index.html") is None  # the whole build makes it
    assert pages.knows("d/east/guides/card-renewal/")
    assert not pages.knows("d/east/guides/nothing/")


def test_a_search_within_a_district_leads_to_its_pages(chromium: Browser, site_address: str) -> None:
    """What is different there, where and how long, is not said of the city's entry."""
    with reading(chromium, site_address, 360) as reader:
        page = reader.open("search/?q=农村宅基地多久")
        assert page.locator("#search-answer").inner_text().count("20 个工作日") == 1
        page = reader.open("search/?q=农村宅基地多久&地区=柳林镇")
        first = page.locator("#search-results a[data-result]").first
        assert first.get_attribute("data-result") == "guides/rural-homestead-building"
        assert first.get_attribute("href") == f"{site_address}d/willow-town/guides/rural-homestead-building/"
        assert page.locator("#search-answer").is_hidden()
        assert "20 个工作日" not in page.locator("#search-results").inner_text()
        reader.open("search/?q=柳林镇")
        assert page.locator("#search-results a[data-result]").first.get_attribute("data-result") == "d/willow-town"
