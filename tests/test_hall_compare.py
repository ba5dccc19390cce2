"""The clerk's check: what a walk, a screen or a queue system shows against the demonstration district."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import orjson
import pytest
from conftest import MakeCatalogue
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT, TODAY, read, run, tiny_project

from generator.catalogue import Catalogue
from generator.hall import report
from generator.hall.compare import compare_snapshots
from generator.hall.compare_result import Comparison
from generator.hall.matching import Names, windows_meant
from generator.hall.snapshot import read_snapshot
from generator.kinds.hall import Hall

DATA = ROOT / "tests/data"
LABELS = frozenset({"办件类型"})


@pytest.fixture(scope="module")
def district() -> Catalogue:
    """Return the demonstration content on a fixed day."""
    return read(ROOT)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the small project's content."""
    return read(tiny_project(tmp_path_factory.mktemp("small") / "project"))


def hall_of(catalogue: Catalogue) -> Hall:
    hall = catalogue.find("hall", "main")
    assert isinstance(hall, Hall)
    return hall


def compared(catalogue: Catalogue, *files: Path) -> Comparison:
    return compare_snapshots(catalogue, hall_of(catalogue), [read_snapshot(file, LABELS) for file in files])


def sheet(folder: Path, text: str) -> Path:
    file = folder / "walk.csv"
    file.write_text(text, encoding="utf-8")
    return file


def found(catalogue: Catalogue, folder: Path, text: str) -> list[str]:
    """Return the lines of the differences that a sheet has, then those of what could not be read."""
    result = compared(catalogue, sheet(folder, text))
    return [report.line_of(entry) for entry in (*result.differences, *result.unread)]


def planted(name: str) -> list[tuple[str, str, str, str]]:
    """Return kind, window, item and field of the planted differences."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["window"], row["item"], row["field"]) for row in csv.DictReader(file, delimiter="\t")]


def keys(result: Comparison) -> Iterable[tuple[str, str, str, str]]:
    return ((entry.kind, entry.window, entry.item, entry.field) for entry in result.differences)


@pytest.mark.parametrize("name", ["hall-walk.csv", "hall-walk.xlsx"])
def test_a_walk_with_300_right_rows_and_20_planted_differences_finds_exactly_those(
    district: Catalogue, name: str
) -> None:
    result = compared(district, DATA / name)
    wanted = planted("hall-walk.expected.tsv")
    assert len(wanted) == 20
    assert sorted(keys(result)) == sorted(wanted)
    assert result.unread == ()
    assert sum(bool(entry.field) for entry in read_snapshot(DATA / name).statements) == 319


def test_each_planted_difference_is_found_where_it_stands(district: Catalogue) -> None:
    with (DATA / "hall-walk.expected.tsv").open(encoding="utf-8", newline="") as file:
        wanted = {int(row["row"]) for row in csv.DictReader(file, delimiter="\t")}
    assert {entry.origin.row for entry in compared(district, DATA / "hall-walk.csv").differences} == wanted


def test_the_report_names_place_item_field_what_is_shown_what_is_right_and_the_fact(
    small: Catalogue, tmp_path: Path
) -> None:
    text = "窗口,事项,字段,显示\nA1窗,小证到期,收费,４0元/证\nA02,XQ-0101,承诺时限,十五个工作日\n"
    assert report.as_text(compared(small, sheet(tmp_path, text))) == (
        "A01 窗口\n"
        "  [不一致] walk.csv 第 2 行 D 列：小证期满换领，收费：显示「４0元/证」，应为「20 元/证」"
        "（guides/card-renewal#fee.amount）\n\n"
        "小区政务服务中心，按 2026年11月23日 的内容，核对 2 条：有 1 处不同（不一致 1 处）。"
    )


@pytest.mark.parametrize(
    ("row", "kind", "said"),
    [
        (
            "A02,小证期满换领,收费标准,0",
            "不一致",
            "小证期满换领，收费标准：显示「0」，应为「20 元/证」（guides/card-renewal#fee.amount）",
        ),
        ("A03,小证期满换领,收费标准,20元", "窗口不对", "小证期满换领：显示「A03」，大厅没有这个窗口"),
        ("A01,大证期满换领证,收费标准,20元", "不认识的事项", "大证期满换领证：名称相近的有：小证期满换领"),
        (
            "A01,小证期满换领,收费标准,见公示栏",
            "看不懂",
            "小证期满换领，收费标准：显示「见公示栏」，应为「20 元/证」，看不懂这个写法"
            "（guides/card-renewal#fee.amount）",
        ),
        (
            "A01,小证期满换领,咨询电话,没有显示",
            "窗口缺少",
            "小证期满换领，咨询电话：没有显示，应有「0123-5550101」（guides/card-renewal#consult.phone）",
        ),
        ("A01,小证期满换领,颜色,红", "看不懂", "小证期满换领，颜色：显示「红」，来源里没有「颜色」这一项"),
        (
            "A01,,开放时间,9:00-12:00 13:00-17:30",
            "不一致",
            "小区政务服务中心，开放时间：显示「9:00-12:00 13:00-17:30」，"
            "应为「工作日（周一至周五，法定节假日除外） 09:00–12:00，13:00–17:00」（hall/main#hours.1）",
        ),
    ],
)
def test_each_kind_of_difference_is_said_in_full(
    small: Catalogue, tmp_path: Path, row: str, kind: str, said: str
) -> None:
    lines = found(small, tmp_path, f"窗口,事项,字段,显示\n{row}\n")
    assert lines == [f"[{kind}] walk.csv 第 2 行 D 列：{said}"]


def test_an_item_that_a_window_handles_but_does_not_show_is_missing_there(district: Catalogue, tmp_path: Path) -> None:
    assert found(district, tmp_path, "窗口,事项\nB09,农药经营许可\n") == [
        "[窗口缺少] walk.csv：兽药经营许可：没有显示，应有「兽药经营许可」"
        "（hall/main#windows.B09.guides.veterinary-drug-business-licence.guide）"
    ]


def test_a_withdrawn_item_is_named_once_whatever_stands_beside_it(
    make_catalogue: MakeCatalogue, tmp_path: Path
) -> None:
    catalogue = make_catalogue({"guides/card-renewal": "planned_end: 2026-11-22\n"}).catalogue
    lines = found(catalogue, tmp_path, "窗口,事项,收费,电话\nA01,小证期满换领,99元,0000000\n")
    assert lines == ["[已停办仍在显示] walk.csv 第 2 行 B 列：小证期满换领：应为「不再显示」"]
    assert found(catalogue.as_of(date(2026, 11, 22)), tmp_path, "窗口,事项\nA01,小证期满换领\nA02,小证期满换领\n") == []


def test_a_fee_that_changes_on_a_date_is_compared_as_of_the_day(small: Catalogue, tmp_path: Path) -> None:
    text = "窗口,事项,收费\nA01、A02,小证期满换领,15元/证\n"
    assert len(found(small, tmp_path, text)) == 1
    assert found(small.as_of(date(2027, 1, 1)), tmp_path, text) == []


def test_a_window_number_that_fits_several_is_said_unless_the_item_decides(district: Catalogue, tmp_path: Path) -> None:
    text = "窗口,事项,字段,显示\n5号窗口,护照到期,收费,120元\n1号窗口,,窗口名称,户籍业务\n"
    lines = [line for line in found(district, tmp_path, text) if "窗口缺少" not in line]
    assert lines == [
        "[看不懂] walk.csv 第 3 行 D 列：明川区政务服务中心，窗口名称：「1号窗口」可能是 A01、B01、C01，请写全窗口号",
    ]


def test_a_name_and_a_code_of_two_items_are_a_difference(district: Catalogue, tmp_path: Path) -> None:
    lines = found(district, tmp_path, "窗口,事项编码,事项\nB09,MC-NY-0102,农药经营许可\n")
    assert lines[0] == (
        "[不一致] walk.csv 第 2 行 C 列：农药经营许可：显示「MC-NY-0102」，应为「MC-NY-0101」，编码是另一件事项的"
    )


BOARD_LINES = [
    "[不一致] walk.csv 第 3 行 C 列：居民身份证工本费，收费标准（临时居民身份证）：显示「1O元」，应为「10 元/证」"
    "（fees/id-card#rates.temporary.amount）",
    "[看不懂] walk.csv 第 4 行 C 列：居民身份证工本费，收费标准：显示「20元」，这个收费项目有几种情形，要写明是哪一种",
]


def test_a_fee_board_is_compared_case_by_case(district: Catalogue, tmp_path: Path) -> None:
    text = (
        "收费项目,适用情形,收费标准\n居民身份证工本费,期满换领,20元/证\n居民身份证工本费,临时居民身份证,1O元\n"
        "居民身份证工本费,,20元\n"
    )
    lines = found(district, tmp_path, text)
    assert lines == BOARD_LINES


def led(catalogue: Catalogue, **changes: str) -> dict[str, object]:
    fact = catalogue.sheet(catalogue.by_path["guides/card-renewal"]).facts["fee.amount"]
    entry = {"fact": fact.key, "value": fact.value, "text": fact.text} | changes
    message = {"lines": ["小证期满换领", entry["text"]], "facts": [entry], "words": ["小证期满换领", ""]}
    return {"hall": "main", "messages": [message]}


def test_our_own_led_data_is_compared_by_what_its_lines_say(small: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "led.json"
    file.write_bytes(orjson.dumps(led(small)))
    assert compared(small, file).differences == ()
    document = led(small)
    document["messages"][0]["lines"] = ["小证期满换领 25 元/证"]  # type: ignore[index]
    file.write_bytes(orjson.dumps(document))
    assert [report.line_of(entry) for entry in compared(small, file).differences] == [
        "[不一致] led.json：小证期满换领，收费标准：显示「25元/证」，应为「20 元/证」（guides/card-renewal#fee.amount）"
    ]


def marks(catalogue: Catalogue, path: str, *wanted: str) -> str:
    facts = catalogue.sheet(catalogue.by_path[path]).facts.values()
    return "".join(fact.__html__() for fact in facts if fact.path.startswith(wanted))


def test_a_saved_window_screen_is_compared_with_the_items_of_its_window(district: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "screen.html"
    html = marks(district, "hall/main", "windows.B09.", "address")
    file.write_text(html, encoding="utf-8")
    assert compared(district, file).differences == ()
    gone = html.replace("guides.pesticide-business-licence.guide", "guides.social-insurance-certificate.guide")
    file.write_text(gone.replace("B09.guides.veterinary", "B09.guides.no-such"), encoding="utf-8")
    assert sorted((entry.kind, entry.window, entry.item) for entry in compared(district, file).differences) == [
        ("不认识的事项", "B09", "兽药经营许可"),
        ("已停办仍在显示", "B09", "社会保险登记证核发"),
        ("窗口缺少", "B09", "兽药经营许可"),
        ("窗口缺少", "B09", "农药经营许可"),
    ]


def test_a_window_screen_whose_list_came_out_empty_lacks_all_items(district: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "screen.html"
    file.write_text(marks(district, "hall/main", "windows.B09.no", "windows.B09.name"), encoding="utf-8")
    assert [(entry.kind, entry.item) for entry in compared(district, file).differences] == [
        ("窗口缺少", "农药经营许可"),
        ("窗口缺少", "兽药经营许可"),
    ]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_every_changed_fact_of_a_saved_page_is_found_and_no_other(
    small: Catalogue, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    facts = list(small.sheet(small.by_path["guides/card-renewal"]).facts.values())
    changed = data.draw(st.sets(st.sampled_from(range(len(facts))), max_size=3))
    html = "".join(
        fact._replace(text=f"{fact.text}7", value=f"{fact.value}7").__html__() if at in changed else fact.__html__()
        for at, fact in enumerate(facts)
    )
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(html, encoding="utf-8")
    assert {entry.fact for entry in compared(small, file).differences} == {facts[at].key for at in changed}


@pytest.mark.parametrize(
    ("text", "sure", "possible"),
    [
        ("A01", ("A01",), ()),
        ("Ａ１窗", ("A01",), ()),
        ("a-01 号窗口", ("A01",), ()),
        ("A01-A03", ("A01", "A02", "A03"), ()),
        ("A03、04", ("A03", "A04"), ()),
        ("三楼C07/C08", ("C07", "C08"), ()),
        ("1号窗口", (), ("A01", "B01", "C01")),
        ("二楼1号窗口", ("B01",), ()),
        ("十三号窗口", ("A13",), ()),
        ("税务业务", ("B05",), ()),
        ("户籍业务", (), ("A01", "A02")),
        ("A99", (), ()),
        ("A01、A99", (), ()),
        ("A011", (), ()),
    ],
)
def test_windows_are_known_by_their_numbers_as_people_write_them(
    district: Catalogue, text: str, sure: tuple[str, ...], possible: tuple[str, ...]
) -> None:
    assert windows_meant(text, hall_of(district)) == (sure, possible)


@pytest.mark.parametrize(
    ("text", "items", "near"),
    [
        ("居民身份证期满换领", ["guides/id-card-renewal"], ""),
        ("MC-GA-0103", ["guides/id-card-renewal"], ""),
        ("ＭＣ－ＧＡ－０１０３", ["guides/id-card-renewal"], ""),
        ("MC-GA-0199", [], ""),
        ("身份证过期了", ["guides/id-card-renewal"], ""),
        ("居民身份正期满换领", ["guides/id-card-renewal"], "居民身份证期满换领"),
        ("食品经营许可（变更）", [], ""),
        ("不动产转移登记（互换）", [], ""),
        ("居民户口簿补发、换发、户口迁移", ["guides/household-booklet-replacement", "guides/household-migration"], ""),
        ("居民身份证工本费", ["fees/id-card"], ""),
        ("护照", [], ""),
    ],
)
def test_items_are_known_by_code_name_alias_and_near_match(
    district: Catalogue, text: str, items: list[str], near: str
) -> None:
    match = Names(district).find(text)
    assert ([item.path for item in match.items], match.near) == (items, near)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_name_of_an_item_is_taken_for_another(district: Catalogue, data: st.DataObject) -> None:
    guide = data.draw(st.sampled_from(district.of_kind("guide")))
    name = data.draw(st.sampled_from([guide.name, *guide.terms()]))
    assert [item.path for item in Names(district).find(name).items] == [guide.path]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small project."""
    return tiny_project(tmp_path_factory.mktemp("command") / "project")


RIGHT = "窗口,事项,收费\nA01、A02,小证期满换领,20元\n"
WRONG = "窗口,事项,收费\nA01、A02,小证期满换领,25元\n"


def test_the_command_ends_with_0_without_differences_and_1_with_some(project: Path) -> None:
    (project / "right.csv").write_text(RIGHT, encoding="utf-8")
    (project / "wrong.csv").write_text(WRONG, encoding="utf-8")
    said = run(project, "hall", "compare", "right.csv")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "小区政务服务中心，按 2026年11月23日 的内容，核对 2 条：没有发现不同。\n"
    said = run(project, "hall", "compare", "right.csv", "wrong.csv", "--format", "json", "--as-of", TODAY)
    document = json.loads(said.stdout)
    assert (said.returncode, said.stderr) == (1, "")
    assert document["differences"] == [
        {
            "file": "wrong.csv", "sheet": "", "row": 2, "column": "C", "kind": "不一致", "window": "A01、A02",
            "item": "小证期满换领", "field": "收费", "shown": "25元", "expected": "20 元/证",
            "fact": "guides/card-renewal#fee.amount", "note": "",
        }
    ]  # fmt: skip


def test_a_partial_sheet_lacks_nothing(project: Path) -> None:
    (project / "few.csv").write_text("事项编码,窗口,是否收费\nXQ-0101,A01,收费\n", encoding="utf-8")
    (project / "screen.html").write_text(
        '<p><span data-fact="hall/main#windows.A01.no" data-value="A01">A01</span></p>', encoding="utf-8"
    )
    for file in ("few.csv", "screen.html"):
        said = run(project, "hall", "compare", "--partial", file)
        assert (said.returncode, said.stderr) == (0, "")
    assert run(project, "hall", "compare", "screen.html").returncode == 1


def test_what_cannot_be_read_is_a_difference_only_for_the_strict(project: Path) -> None:
    (project / "doubt.csv").write_text("窗口,事项,收费\nA01、A02,小证期满换领,另行通知\n", encoding="utf-8")
    assert run(project, "hall", "compare", "doubt.csv").returncode == 0
    assert run(project, "hall", "compare", "--strict", "doubt.csv").returncode == 1


def test_the_page_for_print_escapes_what_was_typed(project: Path) -> None:
    (project / "evil.csv").write_text("窗口,事项,收费\nA01,<script>alert(1)</script>,25元\n", encoding="utf-8")
    said = run(project, "hall", "compare", "evil.csv", "--format", "html", "--out", "report.html")
    page = (project / "report.html").read_text(encoding="utf-8")
    assert (said.returncode, said.stdout) == (1, "")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--hall", "west", "right.csv"], "没有编号为「west」的大厅。现有的大厅：main（小区政务服务中心）。\n"),
        (["no.csv"], "没有文件 no.csv。\n"),
        (["items"], "items 是文件夹，请写里面的文件。\n"),
    ],
)
def test_what_cannot_be_compared_gets_one_message_and_3(project: Path, arguments: list[str], message: str) -> None:
    (project / "right.csv").write_text(RIGHT, encoding="utf-8")
    said = run(project, "hall", "compare", *arguments)
    assert (said.returncode, said.stdout, said.stderr) == (3, "", message)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(
    district: Catalogue, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    lines = (DATA / "hall-walk.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = [line for line in lines[3:-1] if line.strip(",")][:60]
    shuffled = random.Random(seed).sample(rows, len(rows))
    folder = tmp_path_factory.mktemp("order")
    wanted = sorted(keys(compared(district, sheet(folder, "\n".join([lines[2], *rows])))))
    assert sorted(keys(compared(district, sheet(folder, "\n".join([lines[2], *shuffled]))))) == wanted
