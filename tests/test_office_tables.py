"""Tables that offices have: every layout is read, every cell accounted for, nothing invented."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import docx
import office_tables as makers
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from project import ROOT, tiny_project, tree
from project import run as run_command

from generator.build import Project
from generator.catalogue import Catalogue
from generator.codelists import CHANNELS
from generator.kinds.disclosure import Disclosure
from generator.mkdocs_build import load_catalogue
from generator.parts import Basis
from generator.tables.office_grid import Cell, Table, tidy
from generator.tables.office_import import outcome_of, read_office_file, run
from generator.tables.office_report import Outcome

Loaded = tuple[Project, Catalogue]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    root = tiny_project(tmp_path_factory.mktemp("office") / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    return project, catalogue


def read(file: Path, loaded: Loaded) -> Outcome:
    return read_office_file(file, *loaded)


def values(outcome: Outcome) -> list[dict[str, object]]:
    return [each.draft.values for each in outcome.planned]


def sums(outcome: Outcome) -> dict[str, int]:
    return {str(fate): count for fate, count in outcome.account.sums().items()}


def troubles(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(entry.address, entry.rest, entry.why) for entry in outcome.account.troubles()]


def written_cells(file: Path) -> int:
    """Count what is written in a file by other means than the import's."""
    if file.suffix == ".xlsx":
        book = load_workbook(file)
        return sum(cell.value is not None for sheet in book for row in sheet.iter_rows() for cell in row)
    if file.suffix == ".csv":
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                lines = file.read_bytes().decode(encoding).splitlines()
            except UnicodeDecodeError:
                continue
            return sum(bool(value) for row in csv.reader(lines) for value in row)
    cells = [cell for table in docx.Document(str(file)).tables for row in table.rows for cell in row.cells]
    return len({id(cell._tc) for cell in cells if cell.text.strip()})


LAYOUTS = (
    makers.district,
    makers.county,
    makers.town,
    makers.city,
    makers.areas,
    makers.fees,
    makers.services,
)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cell_is_accounted_for(layout: Callable[[Path], Path], tmp_path: Path, loaded: Loaded) -> None:
    file = layout(tmp_path)
    outcome = read(file, loaded)
    assert sum(outcome.account.sums().values()) == written_cells(file)
    assert not outcome.headless


def test_a_district_with_two_header_rows_groups_and_repeats(tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.district(tmp_path), loaded)
    bases = [
        {"title": "政府信息公开条例", "number": "国务院令第711号"},
        {"title": "企业投资项目核准和备案管理条例", "number": "国务院令第673号"},
    ]
    places = ["政府网站", "两微一端", "纸质媒体", "公开查阅点", "政务服务中心", "便民服务站"]
    assert values(outcome) == [
        {
            "name": "办事指南",
            "parent": "批准服务信息",
            "contents": ["申报要件、申报材料清单、批准流程、办理时限、受理机构联系方式"],
            "area": "重大建设项目",
            "basis": bases,
            "due": {"rule": "实时", "wording": "实时公开"},
            "department": "police",
            "channels": [*places, "其他"],
            "audience": "全社会",
            "manner": "主动公开",
            "places": [{"title": "投资项目在线审批监管平台"}],
        },
        {
            "name": "审批结果",
            "parent": "批准服务信息",
            "contents": ["批复结果", "批复时间", "批复文号"],
            "area": "重大建设项目",
            "basis": bases,
            "due": {"wording": "及时公开"},
            "department": "police",
            "channels": places,
            "audience": "特定群体",
            "group": "项目单位",
            "manner": "依申请公开",
        },
        {
            "name": "中标信息",
            "parent": "招标投标信息",
            "contents": ["中标结果"],
            "area": "重大建设项目",
            "basis": bases,
            "due": {"wording": "及时公开"},
            "channels": ["其他"],
            "audience": "全社会",
            "manner": "主动公开",
            "places": [{"title": "信用中国网站"}],
        },
    ]
    assert troubles(outcome) == [("G6", "住建局", "部门里没有「住建局」")]
    assert sums(outcome) == {"没有放入": 1, "放入": 21, "同上": 4, "序号": 3, "表头": 15, "标题行": 1}


def test_a_county_that_lists_all_channels_with_boxes(tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.county(tmp_path), loaded)
    assert values(outcome) == [
        {
            "name": "惠农补贴政策",
            "contents": ["补贴项目名称", "补贴对象", "补贴标准"],
            "area": "涉农补贴",
            "basis": [{"title": "政府信息公开条例", "number": "国务院令第711号"}],
            "due": {"rule": "形成或变更后", "days": 20, "unit": "工作日", "wording": "自政策形成之日起20个工作日内"},
            "department": "police",
            "channels": ["政府网站", "公开查阅点"],
            "audience": "全社会",
            "levels": ["乡级"],
        }
    ]
    assert troubles(outcome) == []


def test_a_town_in_word_with_broken_headings(tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.town(tmp_path), loaded)
    shared = {
        "parent": "政府文件",
        "basis": [{"title": "政府信息公开条例", "article": "第二十条"}],
        "department": "police",
        "channels": ["政府网站", "社区/企事业单位/村公示栏（电子屏）", "其他"],
        "places": [{"title": "会议"}],
    }
    due = {"rule": "形成或变更后", "unit": "工作日"}
    assert values(outcome) == [
        {
            **shared,
            "name": "规范性文件",
            "contents": ["文件名称", "文号", "全文"],
            "due": {**due, "days": 3, "wording": "信息形成或变更之日起3个工作日内"},
            "levels": ["乡级"],
        },
        {
            **shared,
            "name": "其他文件",
            "contents": ["文件名称", "文号"],
            "due": {**due, "days": 20, "wording": "信息形成或变更之日起20个工作日内"},
            "levels": ["乡级", "村级"],
        },
    ]
    assert [column.heading for column in outcome.sections[0].header.columns] == [
        "序号", "公开事项·一级事项", "公开事项·二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体",
        "公开渠道和载体", "公开层级·镇级", "公开层级·村级",
    ]  # fmt: skip
    assert troubles(outcome) == []


CITY_REPORT = """\
city.xlsx
公共法律服务领域：看作「基层政务公开标准目录」（disclosure），2 行
  A「序号」→ 序号
  B「公开事项·一级事项」→ 一级事项
  C「公开事项·二级事项」→ 二级事项
  D「公开内容」→ 公开内容
  E「公开依据」→ 公开依据
  F「公开时限」→ 公开时限
  G「公开主体」→ 公开主体
  H「公开渠道和载体」→ 公开渠道和载体
  I「公开格式」→ 公开格式
  J「五公开」→ 五公开
  K「公开层级·东阳市级」→ 公开层级·县级（像「县级」，90%，请核对）
  L「公开层级·镇街乡」→ 公开层级·乡级
  M「公开层级·村」→ 公开层级·村级
没有放入的单元格（2）：
  公共法律服务领域 I3「公开格式」：■文本 —— 「公开格式」这一列没有对应的字段
  公共法律服务领域 J4「五公开」：■执行 —— 「五公开」这一列没有对应的字段
条目：新增 2
  新增 items/disclosures/pu-fa-ze-ren-qing-dan.yml「普法责任清单」（公共法律服务领域 第 3 行），草稿
    还缺：条例第二十条
  新增 items/disclosures/pu-fa-huo-dong.yml「普法活动」（公共法律服务领域 第 4 行），草稿
    还缺：条例第二十条
单元格：有内容的 39 格；没有放入 2，放入 14，同上 4，未勾选或空白记号 2，序号 2，表头 15
没有写任何文件。要写 2 个新文件，请加 --write。
"""


def options(file: Path, *, write: bool = False, form: str = "text", kind: str = "") -> argparse.Namespace:
    return argparse.Namespace(file=str(file), write=write, format=form, kind=kind)


def test_the_whole_report_of_a_city(tmp_path: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(loaded[0].root / "items")
    assert run(options(makers.city(tmp_path)), *loaded) == 1
    assert capsys.readouterr().out == CITY_REPORT
    assert tree(loaded[0].root / "items") == before
    new = read(tmp_path / "city.xlsx", loaded).planned[0].text
    assert new == (
        "# 从《city.xlsx》公共法律服务领域 第 3 行 导入，请逐项核对。\n"
        "# 还缺：条例第二十条。\n"
        "# 表里还有：公开渠道和载体：注：涉及个人隐私的不公开\n"
        "# 表里还有：公开格式：■文本\n"
        "name: 普法责任清单\nstatus: 草稿\nparent: 法治宣传\ncontents:\n  - 清单内容\narea: 公共法律服务\n"
        "basis:\n  - title: 法治宣传教育法\n"
        'due:\n  rule: 形成或变更后\n  days: 20\n  unit: 工作日\n  wording: "20个工作日内"\n'
        "department: police\nchannels:\n  - 政府网站\nlevels:\n  - 县级\n"
    )


def test_several_areas_with_zeros_boxes_and_a_table_that_goes_on(tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.areas(tmp_path), loaded)
    shared = {
        "area": "社会救助",
        "basis": [{"title": "社会救助暂行办法", "number": "国务院令第649号"}],
        "due": {
            "rule": "形成或变更后",
            "days": 20,
            "unit": "工作日",
            "wording": "自信息形成或者变更之日起20个工作日内予以公开",
        },
        "department": "police",
        "channels": ["政府网站", "政务服务中心"],
    }
    assert values(outcome) == [
        {
            **shared,
            "name": "办理结果",
            "parent": "最低生活保障",
            "contents": ["保障人员", "保障金额"],
            "levels": ["县级"],
        },
        {**shared, "name": "政策法规文件", "contents": ["政策法规", "文件全文"], "levels": ["县级", "乡级"]},
        {**shared, "name": "救助标准", "parent": "临时救助", "contents": ["救助对象", "标准"], "levels": ["县级"]},
    ]
    assert troubles(outcome) == [("表1第6行第2列", "05", "这不是名称")]
    serials = [entry.text for entry in outcome.account if entry.fate == "序号"]
    assert serials == ["0505", "0507", "0508"]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("gbk", ","), ("utf-8-sig", ";"), ("utf-8", "\t"), ("utf-16", ",")]
)
def test_fees_in_every_notation_and_encoding(encoding: str, separator: str, tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.fees(tmp_path, encoding, separator), loaded)

    def periods(amount: int, *numbers: str) -> list[dict[str, object]]:
        return [{"amount": amount, "basis": [{"number": number} for number in numbers]}]

    id_card, estate = "发改价格〔2003〕2322号", "发改价格规〔2016〕2559号"
    assert values(outcome) == [
        {
            "name": "居民身份证工本费",
            "department": "police",
            "rates": [{"id": "standard", "unit": "证", "periods": periods(20, id_card, "财税〔2018〕37号")}],
        },
        {
            "name": "临时身份证工本费",
            "department": "police",
            "rates": [{"id": "standard", "unit": "证", "periods": periods(10, id_card)}],
            "note": "现场办理",
        },
        {
            "name": "不动产登记费",
            "rates": [
                {"id": "zhu-zhai", "condition": "住宅", "unit": "件", "periods": periods(80, estate)},
                {"id": "fei-zhu-zhai", "condition": "非住宅", "unit": "件", "periods": periods(550, estate)},
            ],
        },
        {"name": "婚姻登记费", "rates": [{"id": "standard", "periods": periods(0, "财税〔2017〕20号")}]},
        {"name": "考试费"},
    ]
    assert troubles(outcome) == [
        ("D7", "见文件", "不是金额，请查明后手工填写"),
        ("E7", "相关文件", "这一部分看不出是哪份文件"),
    ]
    assert outcome.sections[0].notes == ["第 8 行与第 4 行完全相同，只取一次"]


def test_a_list_of_items_says_what_it_cannot_tell(tmp_path: Path, loaded: Loaded) -> None:
    outcome = read(makers.services(tmp_path), loaded)
    police = {"department": "police"}
    assert values(outcome) == [
        {
            **police,
            "name": "印章刻制备案",
            "type": "行政许可",
            "targets": ["企业法人"],
            "handling": {"kind": "承诺件"},
            "time": {"statutory": {"number": 20, "unit": "工作日"}},
            "hall": "main",
            "windows": ["A01"],
            "visit": {"count": 1},
        },
        {
            **police,
            "name": "出生登记",
            "type": "行政确认",
            "targets": ["自然人"],
            "handling": {"kind": "即办件"},
            "time": {
                "statutory": {"number": 20, "unit": "自然日", "wording": "20日"},
                "promised": {"number": 0, "wording": "即办"},
            },
            "hall": "main",
            "windows": ["A01", "A02"],
            "visit": {"count": 0},
        },
        {
            **police,
            "name": "迁出登记",
            "type": "其他行政权力",
            "targets": ["自然人"],
            "handling": {"kind": "即办件"},
            "time": {"promised": {"number": 0, "wording": "当场"}},
            "visit": {"count": 0},
        },
    ]
    targets = "自然人、企业法人、事业法人、社会组织法人、非法人企业、行政机关、其他组织"
    assert troubles(outcome) == [
        ("I3", "1", "没有写单位，工作日还是自然日？"),
        ("F5", "群众", f"不在可选的服务对象里，可选：{targets}"),
        ("J5", "是", "要收费，但清单没有写是哪项收费，请在 fees 里写明"),
        ("L5", "B09", "大厅里没有这个窗口号"),
    ]


HEADINGS = ["序号", "收费项目", "适用情形", "计费单位", "收费标准", "收费依据", "执收单位", "管理权限", "资金管理方式"]


def test_what_the_site_has_is_compared_field_by_field(tmp_path: Path, loaded: Loaded) -> None:
    same = ["1", "小证工本费", "丢失补领", "证", "40", "小政发[2016]5号", "公安局", "中央", "缴入中央国库"]
    other = ["2", "小证工本费", "期满换领", "证", "25元/证", "《小证管理办法》", "公安局", "中央", "缴入中央国库"]
    unchanged = read(makers.csv_of(tmp_path / "a.csv", [HEADINGS, same]), loaded)
    assert [(each.verdict, each.path) for each in unchanged.planned] == [("不变", "fees/small-card")]
    changed = read(makers.csv_of(tmp_path / "b.csv", [HEADINGS, same, other]), loaded).planned[0]
    told = [(difference.label, difference.before, difference.after) for difference in changed.differences]
    assert (changed.verdict, told) == (
        "改动",
        [
            (
                "收费标准",
                "期满换领，证，2026-12-31，20，small-law；2027-01-01，15，small-law",
                "期满换领，证，25，small-law",
            )
        ],
    )


def test_near_misses_are_shown_and_never_taken(tmp_path: Path, loaded: Loaded) -> None:
    row = ["1", "新费", "全部", "证", "1", "《小证的管理办法》", "大区公安局", "中央", "缴入国库"]
    outcome = read(makers.csv_of(tmp_path / "near.csv", [HEADINGS, row]), loaded)
    assert "department" not in values(outcome)[0]
    assert outcome.planned[0].text.splitlines()[2:6] == [
        "# 表里还有：政策文件库里没有「《小证的管理办法》」，相近的有「小证管理办法」，没有替您对上",
        "# 表里还有：执收单位：大区公安局",
        "# 表里还有：资金管理方式：缴入国库",
        "name: 新费",
    ]
    assert troubles(outcome) == [
        ("G2", "大区公安局", "部门里没有「大区公安局」，相近的有「小区公安局」，没有替您对上"),
        (
            "I2",
            "缴入国库",
            "不在可选的范围里，可选：缴入中央国库、缴入地方国库、缴入中央和地方国库、缴入财政专户、不适用",
        ),
    ]


def test_what_is_complete_is_written_passes_the_check_and_is_known_the_next_time(tmp_path: Path) -> None:
    root = tiny_project(tmp_path / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    rows = [
        HEADINGS,
        ["1", "新证工本费", "初领", "证", "8元/证", "《小证管理办法》第三条", "公安局", "省级", "地方国库"],
    ]
    file = makers.csv_of(tmp_path / "new.csv", rows)
    assert run(options(file, write=True), project, catalogue) == 0
    new = root / "items/fees/xin-zheng-gong-ben-fei.yml"
    assert new.read_text(encoding="utf-8") == (
        "# 从《new.csv》表格 第 2 行 导入，请逐项核对。\n"
        "name: 新证工本费\ndepartment: police\nlevel: 省定\nfund: 缴入地方国库\n"
        "rates:\n  - id: chu-ling\n    condition: 初领\n    unit: 证\n    periods:\n      - amount: 8\n"
        "        basis:\n          - policy: small-law\n            article: 第三条\n"
    )
    assert run_command(root, "check").stdout == "检查通过：没有发现问题。\n"
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    assert [each.verdict for each in read(file, (project, catalogue)).planned] == ["不变"]


def test_what_the_checker_would_refuse_is_said_with_its_cell_and_nothing_is_written(tmp_path: Path) -> None:
    root = tiny_project(tmp_path / "site")
    rows = [
        HEADINGS,
        ["1", "新证工本费", "初领", "证", "8元/证", "《小证管理办法》第三条", "公安局", "省级", "地方国库"],
        ["2", "旧证工本费", "问13912345678", "证", "9元/证", "《小证管理办法》第三条", "公安局", "省级", "地方国库"],
    ]
    makers.csv_of(root / "new.csv", rows)
    before = tree(root / "items")
    for mode in ("--dry-run", "--write"):
        said = run_command(root, "import", "new.csv", mode)
        assert (said.returncode, tree(root / "items")) == (1, before)
        assert said.stdout.endswith("\n没有写任何文件：有错误，要先在表格里改好。\n")
        assert said.stderr == (
            "按表格写进去，检查会发现：\n"
            "表格 C3: 错误: 「收费标准第1条·适用情形」「139****5678」是手机号码 [mobile-number]\n"
            "    不公布个人手机号；请写带区号的办公电话或 12345。\n"
            "共 1 个错误，0 个提醒。\n"
        )


def test_an_unfinished_item_is_not_written_twice(tmp_path: Path) -> None:
    root = tiny_project(tmp_path / "site")
    file = makers.county(tmp_path)
    for _ in range(2):
        project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
        outcome = read(file, (project, catalogue))
        run(options(file, write=True), project, catalogue)
    assert [(each.verdict, each.path) for each in outcome.planned] == [
        ("不变", "items/disclosures/hui-nong-bu-tie-zheng-ce.yml")
    ]
    assert len(list(root.glob("items/disclosures/*.yml"))) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_written_passes_the_check_as_drafts(layout: Callable[[Path], Path], tmp_path: Path) -> None:
    root = tiny_project(tmp_path / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    outcome = read(layout(tmp_path), (project, catalogue))
    run(options(tmp_path / outcome.file, write=True), project, catalogue)
    _, catalogue, problems = load_catalogue(str(root / "mkdocs.yml"), None)
    assert [problem for problem in problems if problem.is_error()] == []
    assert len(catalogue.drafts) == len(outcome.to_write) > 0


def test_the_demonstration_comes_back_unchanged_from_a_catalogue_that_an_office_would_publish(tmp_path: Path) -> None:
    project, catalogue, _ = load_catalogue(str(ROOT / "mkdocs.yml"), None)
    heads = [
        [
            "序号", "公开事项", None, "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道",
            "公开对象", None, "公开层级", None, None,
        ],
        [None, "一级事项", "二级事项", *[None] * 5, "全社会", "特定群体", "县级", "乡级", "村级"],
    ]  # fmt: skip
    book = Workbook()
    for area, entries in groupby(catalogue.all_of(Disclosure), lambda entry: entry.area):
        rows = [_as_published(entry, catalogue) for entry in entries]
        makers.fill(book.create_sheet(area), [*heads, *rows], ["B1:C1", "I1:J1", "K1:M1"])
    book.save(tmp_path / "all.xlsx")
    outcome = read(tmp_path / "all.xlsx", (project, catalogue))
    assert [each.differences for each in outcome.planned if each.verdict != "不变"] == []
    assert len(outcome.planned) == len(catalogue.of_kind("disclosure"))
    assert outcome.account.troubles() == []


def _as_published(entry: Disclosure, catalogue: Catalogue) -> list[object]:
    def named(basis: Basis) -> str:
        policy = catalogue.find("policy", basis.policy) if basis.policy else None
        title, number = (policy.name, getattr(policy, "number", "")) if policy else (basis.title, basis.number)
        return f"《{title}》{f'（{number}）' if number else ''}{basis.article or ''}"

    department = catalogue.find("department", entry.department)
    assert department
    levels = ["√" if level in entry.levels else "□" for level in ("县级", "乡级", "村级")]
    return [
        "01", entry.parent, entry.name,
        "\n".join(f"{number}、{text}" for number, text in enumerate(entry.contents, 1)),
        "、".join(map(named, entry.basis)), entry.due.headline()[1], department.name,
        " ".join(f"{'■' if channel in entry.channels else '□'}{channel}" for channel in CHANNELS),
        "√" if entry.audience == "全社会" else "", entry.group or ("" if entry.audience == "全社会" else "√"), *levels,
    ]  # fmt: skip


def test_the_report_as_json(tmp_path: Path, loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(options(makers.county(tmp_path), form="json"), *loaded) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["cells"] == {"placed": 8, "serial": 1, "header": 12, "title": 1}
    assert document["items"][0]["missing"] == ["一级事项", "条例第二十条"]
    assert document["tables"][0]["columns"][1] == {
        "at": 1,
        "letter": "B",
        "heading": "公开事项",
        "field": "name",
        "synonym": "公开事项",
        "score": 100,
    }


TEXTS = st.sampled_from(
    ["", "同上", "■", "□", "√", "口", "—", "20元/证", "免收", "1、甲；2、乙", "《某办法》", "政府网站", "序号",
     "公开时限", "0123-5550101", "=1+1", "收费项目", "注：见附件", "１２", "第一条", "公开\n主体"]
) | st.text(max_size=12)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(TEXTS, min_size=4, max_size=4), max_size=8), at=st.integers(0, 3), data=st.data())
def test_whatever_is_written_is_accounted_for(
    rows: list[list[str]], at: int, data: st.DataObject, loaded: Loaded
) -> None:
    headings = data.draw(
        st.sampled_from(
            [
                ["二级事项", "公开内容", "公开渠道和载体", "公开时限"],
                ["收费项目", "计费单位", "收费标准", "收费依据"],
                ["事项名称", "承诺时限", "法定时限", "办件类型"],
                ["机构名称", "地址", "电话", "办公时间"],
            ]
        )
    )
    grid = [*rows[:at], headings, *rows[at:]]
    cells = tuple(
        tuple(Cell(tidy(text), f"{'ABCD'[column]}{number}") for column, text in enumerate(row))
        for number, row in enumerate(grid, 1)
    )
    outcome = outcome_of([Table("表", cells)], "x.xlsx", *loaded)
    assert sum(outcome.account.sums().values()) == sum(bool(tidy(text)) for row in grid for text in row)


def test_what_differs_is_changed_in_the_file_but_for_what_a_person_must_judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tiny_project(tmp_path / "site")
    project, catalogue, _ = load_catalogue(str(root / "mkdocs.yml"), None)
    headings = ["序号", "事项名称", "事项类型", "法定时限", "承诺时限", "跑动次数", "服务对象"]
    rows = [headings, ["1", "小证期满换领", "行政给付", "30日", "10个工作日", "1次", "自然人"]]
    fees = [HEADINGS, ["1", "小证工本费", "丢失补领", "证", "41", "小政发〔2016〕5号", "公安局", "省级", "中央国库"]]
    guide, fee = root / "items/guides/card-renewal.yml", root / "items/fees/small-card.yml"
    before = guide.read_text(encoding="utf-8"), fee.read_text(encoding="utf-8")
    run(options(makers.csv_of(tmp_path / "guides.csv", rows), write=True), project, catalogue)
    assert [line for line in capsys.readouterr().out.splitlines() if "表里" in line or "写了" in line] == [
        "    事项类型：现为 行政确认；表里 行政给付",
        "    时限·法定办结时限·时限数：现为 60；表里 30（请手工改）",
        "    时限·承诺办结时限·时限数：现为 15；表里 10（请手工改）",
        "写了 1 个文件的改动。",
    ]
    assert guide.read_text(encoding="utf-8") == before[0].replace("type: 行政确认", "type: 行政给付")
    run(options(makers.csv_of(tmp_path / "fees.csv", fees), write=True), project, catalogue)
    assert [line for line in capsys.readouterr().out.splitlines() if "表里" in line] == [
        "    管理权限：现为 中央；表里 省定",
        "    收费标准：现为 丢失补领，证，40，small-law；表里 丢失补领，证，41，small-law（请手工改）",
    ]
    assert fee.read_text(encoding="utf-8") == before[1].replace("level: 中央", "level: 省定")
