"""The rules about windows: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import windows


def test_a_guide_names_windows_that_exist(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "windows: [A01, A3, A1]"})
    assert wrong.found(windows.guides_name_existing_windows) == [
        "guides/card-renewal windows.1 error unknown-window",
        "「小区政务服务中心」没有 A3 窗口",
        "请核对墙上挂的号，或先在大厅文件里加上这个窗口。",
        "guides/card-renewal windows.2 error unknown-window",
        "「小区政务服务中心」没有 A1 窗口",
        "是不是 A01？请核对墙上挂的号，或先在大厅文件里加上这个窗口。",
    ]
    right = make_catalogue()
    assert right.found(windows.guides_name_existing_windows) == []


def test_windows_are_in_a_hall(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "# without hall"})
    assert wrong.found(windows.guides_name_existing_windows) == [
        "guides/card-renewal windows error windows-without-hall",
        "写了窗口号，没有写是哪个大厅",
        "请补上 hall，或把地点写在 visit.place。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
# without hall
# without windows
"""
        }
    )
    assert right.found(windows.guides_name_existing_windows) == []


def test_a_guide_is_handled_where_its_department_sits(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "departments/traffic": """\
name: 小区交警大队
short_name: 交警大队
""",
            "guides/card-renewal": """\
department: traffic
windows: [A01]
""",
        }
    )
    assert wrong.found(windows.windows_belong_to_the_department) == [
        "guides/card-renewal windows.0 error window-department",
        "A01 是公安局的窗口，本事项的实施主体是交警大队",
        "请核对窗口号；换了窗口的，在大厅文件里改进驻部门。",
    ]
    right = make_catalogue(
        {
            "departments/traffic": """\
name: 小区交警大队
short_name: 交警大队
""",
            "guides/card-renewal": """\
department: traffic
windows: [A01]
""",
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 综合窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
""",
        }
    )
    assert right.found(windows.windows_belong_to_the_department) == []


def test_a_suspended_item_leaves_its_windows(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "status: 暂停"})
    assert wrong.found(windows.stopped_items_leave_their_windows) == [
        "guides/card-renewal windows error withdrawn-with-windows",
        "事项状态是「暂停」，还写着窗口 A01、A02",
        "停办的事项要从窗口屏和平面图撤下；请删掉 windows，恢复办理时再写。",
    ]
    right = make_catalogue(
        {
            "guides/card-renewal": """\
status: 暂停
# without windows
"""
        }
    )
    assert right.found(windows.stopped_items_leave_their_windows) == []


def test_an_item_leaves_its_windows_the_day_after_its_end(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "planned_end: 2026-11-22"})
    assert wrong.found(windows.stopped_items_leave_their_windows) == [
        "guides/card-renewal windows error withdrawn-with-windows",
        "计划取消日期 2026-11-22 已过，还写着窗口 A01、A02",
        "停办的事项要从窗口屏和平面图撤下；请删掉 windows，恢复办理时再写。",
    ]
    right = make_catalogue({"guides/card-renewal": "planned_end: 2026-11-23"})
    assert right.found(windows.stopped_items_leave_their_windows) == []


def test_a_department_window_has_a_department(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: []}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert wrong.found(windows.department_windows_have_a_department) == [
        "hall/main windows.0.kind error window-without-department",
        "窗口 A01 是部门窗口，没有写进驻部门",
        "请在 departments 写部门编号；不分部门的改为「综合窗口」。",
    ]
    right = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 综合窗口, departments: []}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert right.found(windows.department_windows_have_a_department) == []


def test_a_department_window_handles_something(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"guides/card-renewal": "windows: [A01]"})
    assert wrong.found(windows.department_windows_handle_something) == [
        "hall/main windows.1.no warning idle-window",
        "窗口 A02「证件领取」没有办理任何事项",
        "请在办事指南的 windows 里写上它，或从大厅撤下这个窗口。",
    ]
    right = make_catalogue()
    assert right.found(windows.department_windows_handle_something) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "guides/card-renewal": """\
windows:
  - A01
  - A1
"""
        }
    )
    assert wrong.said("unknown-window").splitlines() == [
        ("items/guides/card-renewal.yml:3:5: 错误: 「办理窗口第2条」「小区政务服务中心」没有 A1 窗口 [unknown-window]"),
        "    是不是 A01？请核对墙上挂的号，或先在大厅文件里加上这个窗口。",
        "共 1 个错误，0 个提醒。",
    ]
