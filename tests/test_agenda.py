"""What is due: each sort of entry in full, distances over holidays, groups, and what stays overdue."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import MakeCatalogue
from hypothesis import given, settings
from hypothesis import strategies as st
from project import FILES, read, run, tiny_project

from generator.agenda import agenda_of, all_searches
from generator.agenda.entry import GROUPS, LABELS, distance
from generator.catalogue import Catalogue

LATER_POLICY = """\
name: 小证管理办法（修订）
number: 小政发〔2026〕9号
issuer: 小区人民政府
genre: 规范性文件
theme: 公安、安全、司法
written: 2026-11-02
published: 2026-11-05
effective: 2026-12-01
validity: 尚未施行
summary: 修改小证的申领。
"""
REPORT = """\
name: 小区公安局2024年政府信息公开工作年度报告
year: 2024
department: police
published: 2025-01-20
summary: [没有申请。]
disclosed: {}
applications: {received: {}, results: {total: {}}}
problems: [没有。]
remarks: [没有。]
"""


def entries(catalogue: Catalogue, kind: str, days: int = 3650) -> list[tuple[str, str, str, str]]:
    """Return the entries of a sort: day and item, message, action, severity."""
    return [
        (f"{entry.day} {entry.item.path}", entry.text, entry.action, entry.severity)
        for entry in agenda_of(catalogue, 90, days).entries
        if entry.kind == kind
    ]


def test_a_review(make_catalogue: MakeCatalogue) -> None:
    assert entries(make_catalogue().catalogue, "review") == [
        (
            "2027-10-12 guides/card-renewal",
            "最迟在 2027年10月12日 复核",
            "请「公安局证件科」与现行文件核对，改 revised 和 review_by。",
            "warning",
        )
    ]
    assert entries(make_catalogue({"guides/card-renewal": "status: 取消\n"}).catalogue, "review") == []


def test_a_change_of_a_fee_with_what_changes_with_it(make_catalogue: MakeCatalogue) -> None:
    assert entries(make_catalogue().catalogue, "fee-change") == [
        (
            "2027-01-01 fees/small-card",
            "期满换领：20 元/证 → 15 元/证，1 份办事指南跟着变",
            "请核对收费系统和大厅的公示；这一天要重新生成。",
            "notice",
        )
    ]
    assert entries(make_catalogue(today="2027-01-01").catalogue, "fee-change") == []


def test_a_rate_that_nothing_follows_and_a_reduction_that_ends(make_catalogue: MakeCatalogue) -> None:
    period = "{until: 2026-12-31, amount: 20, basis: [{policy: small-law}]}"
    rate = f"{{id: renewal, condition: 期满换领, unit: 证, periods: [{period}]}}"
    reduction = "{who: 低保对象, how: 免收, until: 2026-12-05, basis: [{policy: small-law}]}"
    files = {"fees/small-card": f"rates: [{rate}]\nreductions: [{reduction}]\n"}
    assert entries(make_catalogue(files).catalogue, "fee-change") == [
        (
            "2026-12-05 fees/small-card",
            "第 1 条减免到这一天为止",
            "请核对以后还减不减免，有新文件的写进 reductions。",
            "notice",
        ),
        (
            "2026-12-31 fees/small-card",
            "期满换领：现行标准到这一天为止，以后没有写，1 份办事指南跟着变",
            "请补上以后的标准和依据；不再收费的，金额写 0。",
            "warning",
        ),
    ]


def test_a_guide_that_begins_and_ends(make_catalogue: MakeCatalogue) -> None:
    files = {"guides/card-renewal": "planned_start: 2026-12-01\nplanned_end: 2027-05-31\n"}
    found = entries(make_catalogue(files).catalogue, "planned")
    assert [entry[:3] for entry in found] == [
        (
            "2026-12-01 guides/card-renewal",
            "这一天开始办理",
            "请确认窗口、系统、告知单都已备好；这一天要重新生成。",
        ),
        (
            "2027-05-31 guides/card-renewal",
            "办到这一天为止",
            "请写 successor（改办哪一项），并告诉窗口；下一天要重新生成。",
        ),
    ]


def test_an_announcement_that_expires_until_somebody_says_that_it_stays(make_catalogue: MakeCatalogue) -> None:
    expired = {"announcements/list": "name: 小证补贴名单公示\nexpires: 2026-11-16\n"}
    assert entries(make_catalogue(expired).catalogue, "announcement") == [
        (
            "2026-11-16 announcements/list",
            "公示期到这一天为止",
            "公示期过后看有没有个人信息，不再需要的撤下；要留的，在 accepted 里写 announcement-expired 和理由。",
            "warning",
        )
    ]
    other = {"announcements/list": "expires: 2026-11-30\n"}
    assert entries(make_catalogue(other).catalogue, "announcement") == [
        (
            "2026-11-30 announcements/list",
            "到这一天为止有效",
            "过期后看还要不要留在网上；要留的，在 accepted 里写 announcement-expired 和理由。",
            "notice",
        )
    ]
    stays = {"announcements/list": "expires: 2026-11-16\naccepted: [{code: announcement-expired, reason: 留档}]\n"}
    assert entries(make_catalogue(stays).catalogue, "announcement") == []


def test_a_document_that_takes_effect_and_one_that_ends(make_catalogue: MakeCatalogue) -> None:
    files = {"policies/later": LATER_POLICY, "policies/small-law": "ended: 2026-12-31\n"}
    found = entries(make_catalogue(files).catalogue, "policy-change")
    assert found == [
        (
            "2026-12-01 policies/later",
            "这一天开始施行",
            "请核对引用它的内容，到时把有效性改为「有效」。",
            "notice",
        ),
        (
            "2026-12-31 policies/small-law",
            "这一天废止或失效，2 项内容引用它",
            "请把引用它的内容改引现行文件，到时改有效性。",
            "notice",
        ),
    ]


@pytest.mark.parametrize(
    ("law", "later", "day", "said"),
    [
        ("revised: 2026-11-01\n", "", "2026-11-01", "」 2026-11-01 修订"),
        ("", "amends: [small-law]\n", "2026-12-01", "」被「小证管理办法（修订）」修改"),
        ("", "repeals: [small-law]\n", "2026-12-01", "」被「小证管理办法（修订）」废止"),
        ("ended: 2027-02-01\n", "", "2027-02-01", "」2027-02-01 废止"),
    ],
)
def test_a_basis_that_was_overtaken(make_catalogue: MakeCatalogue, law: str, later: str, day: str, said: str) -> None:
    """All bases of the small project were checked on 2026-10-12."""
    files = {"policies/small-law": law, "policies/later": later + LATER_POLICY}
    found = entries(make_catalogue(files).catalogue, "basis-superseded")
    action = "请与现行文件核对：条款、材料、时限、收费有没有变，再改引用和核对日期。"
    assert found == [
        (f"{day} {path}", f"依据「小证管理办法{said}，核对日期是 2026-10-12", action, "warning")
        for path in ("fees/small-card", "guides/card-renewal")
    ]


def test_a_basis_checked_after_the_revision_is_right(make_catalogue: MakeCatalogue) -> None:
    files = {"policies/small-law": "revised: 2026-10-12\n"}
    assert entries(make_catalogue(files).catalogue, "basis-superseded") == []
    marked = {"policies/small-law": "validity: 修改\n", "guides/card-renewal": "basis: [{policy: small-law}]\n"}
    assert [entry[:2] for entry in entries(make_catalogue(marked).catalogue, "basis-superseded")] == [
        ("2016-01-08 guides/card-renewal", "依据「小证管理办法」已经修改，没有写核对日期")
    ]


def test_a_basis_not_checked_for_a_year(make_catalogue: MakeCatalogue) -> None:
    files = {"guides/card-renewal": "basis: [{policy: small-law, checked: 2024-02-29}]\n"}
    assert entries(make_catalogue(files).catalogue, "basis-unchecked") == [
        (
            "2025-02-28 guides/card-renewal",
            "1 条依据 2024-02-29 以后没有再核对",
            "依据每 12 个月与现行文本核对一次；核对后改 checked。",
            "warning",
        ),
        (
            "2027-10-12 fees/small-card",
            "3 条依据 2026-10-12 以后没有再核对",
            "依据每 12 个月与现行文本核对一次；核对后改 checked。",
            "warning",
        ),
    ]


@pytest.mark.parametrize(
    ("formed", "today", "day", "away"),
    [
        # 中秋节 and 国庆节: 25 September and 1 to 7 October 2026 are free, 20 September and 10 October are worked.
        ("2026-09-14", "2026-09-15", "2026-10-16", (31, 19)),
        ("2026-09-14", "2026-10-20", "2026-10-16", (-4, -2)),
        # 春节: 15 to 23 February 2026 are free, 14 and 28 February are worked.
        ("2026-02-02", "2026-02-10", "2026-03-06", (24, 14)),
        ("2026-02-02", "2026-03-07", "2026-03-06", (-1, 0)),
    ],
)
def test_a_disclosure_by_working_days(
    make_catalogue: MakeCatalogue, formed: str, today: str, day: str, away: tuple[int, int]
) -> None:
    files = {"disclosures/fee": f"formed: {formed}\npublished: 2026-01-05\n"}
    catalogue = make_catalogue(files, today=today).catalogue
    (found,) = [entry for entry in agenda_of(catalogue, 90, 90).entries if entry.kind == "disclosure"]
    assert (str(found.day), distance(catalogue.today, found.day)) == (day, away)
    assert found.action == "请公开，并更新 published；已经公开的，核对 formed 和 published。"


def test_a_yearly_disclosure_until_it_is_published(make_catalogue: MakeCatalogue) -> None:
    yearly = "due: {rule: 每年, month: 3, day: 31}\nformed: 2026-01-05\npublished: %s\n"
    for published, today, expected in (
        ("2026-01-09", "2026-11-23", ["2027-03-31 disclosures/fee"]),
        ("2027-01-09", "2027-01-10", []),
        ("2027-01-09", "2027-04-01", ["2028-03-31 disclosures/fee"]),
        ("2025-06-01", "2026-11-23", ["2026-03-31 disclosures/fee"]),
        ("2026-01-09", "2027-04-01", ["2027-03-31 disclosures/fee"]),
    ):
        catalogue = make_catalogue({"disclosures/fee": yearly % published}, today=today).catalogue
        assert [entry[0] for entry in entries(catalogue, "disclosure")] == expected
    told = entries(catalogue, "disclosure")[0][1]
    assert told == "每年 3 月 31 日前，最近公开是 2026年1月9日"


def test_the_next_annual_report(make_catalogue: MakeCatalogue) -> None:
    assert entries(make_catalogue({"reports/police-2024": REPORT}).catalogue, "annual-report") == [
        (
            "2026-01-31 reports/police-2024",
            "2025 年度的报告还没有公布",
            "请在 items/reports/ 里补上；部门 1 月 31 日前、政府 3 月 31 日前公布。",
            "warning",
        )
    ]


def test_the_end_of_the_known_holidays(make_catalogue: MakeCatalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.agenda.calendar.is_announced", lambda year: year <= 2026)
    expected = (
        "2026-12-31 hall/main",
        "2027 年的放假和调休安排还没有收录，以后的日子按周一至周五算工作日",
        "国务院办公厅公布下一年安排后，请技术人员更新节假日数据，再重新生成。",
        "warning",
    )
    assert entries(make_catalogue(today="2025-06-01").catalogue, "holidays") == [expected]
    assert entries(make_catalogue(today="2027-06-01").catalogue, "holidays") == [expected]


def test_every_sort_of_entry_is_looked_for_and_has_its_test() -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in LABELS if f'"{kind}"' not in tested] == []
    assert [search.__name__ for search in all_searches()] == [
        "holidays_are_known",
        "announcements_expire",
        "fees_change",
        "guides_begin_and_end",
        "reviews_are_due",
        "bases_are_superseded",
        "bases_are_unchecked",
        "documents_begin_and_end",
        "annual_reports_are_due",
        "disclosures_are_due",
    ]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return a project with something of most sorts."""
    from conftest import ANNOUNCEMENT, DISCLOSURE

    files = {
        "items/policies/later.yml": f"amends: [small-law]\n{LATER_POLICY}",
        "items/reports/police-2024.yml": REPORT,
        "items/announcements/list.yml": f"{ANNOUNCEMENT}expires: 2026-12-12\n",
        "items/disclosures/fee.yml": DISCLOSURE.replace("2026-10-14", "2026-09-14"),
        "items/disclosures/yearly.yml": DISCLOSURE.replace(
            "{rule: 形成或变更后, days: 20, unit: 工作日}", "{rule: 每年, month: 3, day: 31}"
        ),
    }
    return read(tiny_project(tmp_path_factory.mktemp("busy") / "project", files))


days = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(days, st.integers(1, 800))
@settings(max_examples=50, deadline=None)
def test_every_entry_is_in_one_group_and_the_groups_are_in_order(busy: Catalogue, today: date, ahead: int) -> None:
    agenda = agenda_of(busy.as_of(today), 90, ahead)
    groups = agenda.groups
    assert list(groups) == list(GROUPS)
    assert [entry for group in groups.values() for entry in group] == list(agenda.entries)
    assert all(entry.day <= today + timedelta(days=ahead) for entry in agenda.entries)
    assert len({entry.identity for entry in agenda.entries}) == len(agenda.entries)


@given(days, st.integers(0, 700))
@settings(max_examples=50, deadline=None)
def test_what_is_overdue_stays_overdue_until_it_is_mended(busy: Catalogue, today: date, later: int) -> None:
    first, then = (agenda_of(busy.as_of(day), 90, 1) for day in (today, today + timedelta(days=later)))
    overdue = [{entry.identity for entry in agenda.groups["overdue"]} for agenda in (first, then)]
    assert overdue[0] <= overdue[1]


@given(days, days)
@settings(max_examples=100, deadline=None)
def test_distances_are_the_same_both_ways(first: date, second: date) -> None:
    there, back = distance(first, second), distance(second, first)
    assert (there.days, there.workdays) == (-back.days, -back.workdays)
    assert abs(there.workdays) <= abs(there.days)


def test_the_whole_text_of_a_small_project(tmp_path: Path) -> None:
    folder = tiny_project(
        tmp_path,
        {"items/guides/card-renewal.yml": FILES["items/guides/card-renewal.yml"].replace("2027-10-12", "2026-12-10")},
    )
    done = run(folder, "due", "--as-of", "2026-12-12", "--days", "25", "--strict")
    assert (
        done.stdout
        == """\
下一次要重新生成：2027-01-01

截至 2026-12-12，看到 2027-01-06：共 3 项。已过期 1 项，7 天内 0 项，30 天内 2 项，以后 0 项。

已过期（1 项）
  2026-12-10  已过 2 天（1 个工作日）  复核  小证期满换领（公安局）
      最迟在 2026年12月10日 复核
      请「公安局证件科」与现行文件核对，改 revised 和 review_by。
      items/guides/card-renewal.yml:44:12

30 天内（2 项）
  2026-12-31  还有 19 天（14 个工作日）  放假安排  小区政务服务中心
      2027 年的放假和调休安排还没有收录，以后的日子按周一至周五算工作日
      国务院办公厅公布下一年安排后，请技术人员更新节假日数据，再重新生成。
      items/hall/main.yml:6:3
  2027-01-01  还有 20 天（15 个工作日）  收费变化  小证工本费（公安局）
      期满换领：20 元/证 → 15 元/证，1 份办事指南跟着变
      请核对收费系统和大厅的公示；这一天要重新生成。
      items/fees/small-card.yml:6:5

会自己变化的内容：3 处
  2027-01-01  小证工本费 · 收费标准：20 元/证 → 15 元/证
  2027-01-01  小证期满换领 · 收费标准：20 元/证 → 15 元/证
  2027-01-01  小证期满换领 · 收费标准：20 元/证 → 15 元/证
"""
    )
    assert (done.returncode, done.stderr) == (1, "")


def test_the_document_and_the_department(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path)
    done = run(folder, "due", "--as-of", "2026-12-12", "--days", "25", "--department", "police", "--format", "json")
    document = json.loads(done.stdout)
    turns = document.pop("turns")
    assert [turn["path"] for turn in turns] == ["fees/small-card", "guides/card-renewal", "guides/card-renewal"]
    assert document == {
        "as_of": "2026-12-12",
        "until": "2027-01-06",
        "due": "2027-01-01",
        "counts": {"all": 1, "overdue": 0, "week": 0, "month": 1, "later": 0},
        "entries": [
            {
                "id": "fee-change-fees-small-card-renewal",
                "kind": "fee-change",
                "label": "收费变化",
                "group": "month",
                "severity": "notice",
                "day": "2027-01-01",
                "days": 20,
                "workdays": 15,
                "path": "fees/small-card",
                "name": "小证工本费",
                "department": "police",
                "department_name": "公安局",
                "message": "期满换领：20 元/证 → 15 元/证，1 份办事指南跟着变",
                "action": "请核对收费系统和大厅的公示；这一天要重新生成。",
                "source": {"path": "items/fees/small-card.yml", "line": 6, "column": 5},
            }
        ],
        "reviews": [],
        "late": [],
    }
    wrong = run(folder, "due", "--department", "nobody")
    assert (wrong.returncode, wrong.stderr) == (2, "没有编号为 nobody 的部门，有：police。\n")
    many = run(folder, "due", "--days", "99999999999")
    assert (many.returncode, many.stderr.splitlines()[-1].endswith("不是 1 到 3650 之间的整数")) == (2, True)


def test_a_fault_that_came_with_time_does_not_hide_what_is_due(tmp_path: Path) -> None:
    law = f"{FILES['items/policies/small-law.yml']}ended: 2026-12-01\n"
    done = run(tiny_project(tmp_path, {"items/policies/small-law.yml": law}), "due", "--as-of", "2026-12-12")
    assert done.returncode == 1
    assert "有效性是「有效」，2026-12-01 已经废止" in done.stderr
    assert "依据「小证管理办法」2026-12-01 废止，核对日期是 2026-10-12" in done.stdout
