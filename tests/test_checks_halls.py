"""The rules about halls: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import halls


def test_windows_floors_and_zones_have_their_own_numbers(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 9, y: 5, kind: 部门窗口, departments: [police]}
floors:
  - number: 1
    name: 一楼
    width: 30
    height: 20
    zones:
      - {id: cards, name: 证件区, x: 0, y: 0, width: 15, height: 20}
      - {id: cards, name: 等候区, x: 15, y: 0, width: 15, height: 20}
  - {number: 1, name: 二楼, width: 30, height: 20}
"""
        }
    )
    assert wrong.found(halls.numbers_are_unique) == [
        "hall/main windows.1.no error duplicate-window",
        "窗口号「A01」写了两次",
        "同一大厅里窗口号不能重复；请核对墙上挂的号。",
        "hall/main floors.1.number error duplicate-floor",
        "楼层「1」写了两次",
        "请改其中一个。",
        "hall/main floors.0.zones.1.id error duplicate-zone",
        "分区编号「cards」写了两次",
        "请改其中一个。",
    ]
    right = make_catalogue()
    assert right.found(halls.numbers_are_unique) == []


def test_a_window_is_on_a_floor(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 2, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert wrong.found(halls.windows_are_on_the_plan) == [
        "hall/main windows.0.floor error window-floor",
        "窗口 A01 在 2 楼，大厅没有这一层",
        "已写的楼层：1。",
    ]
    right = make_catalogue()
    assert right.found(halls.windows_are_on_the_plan) == []


def test_a_window_is_in_a_zone(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: card, x: 5, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert wrong.found(halls.windows_are_on_the_plan) == [
        "hall/main windows.0.zone error window-zone",
        "1 楼没有分区「card」",
        "是不是 cards？本层的分区：cards。",
    ]
    right = make_catalogue()
    assert right.found(halls.windows_are_on_the_plan) == []


def test_a_window_is_inside_its_zone(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 31, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert wrong.found(halls.windows_are_on_the_plan) == [
        "hall/main windows.0.x error window-outside-zone",
        "窗口 A01 的位置（31，5）不在「证件区」里",
        "该分区横向 0–30 米，纵向 0–20 米；请核对 x、y。",
    ]
    right = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 30, y: 0, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 15, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert right.found(halls.windows_are_on_the_plan) == []


def test_two_windows_stand_apart(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}
  - {no: A02, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 部门窗口, departments: [police]}
"""
        }
    )
    assert wrong.found(halls.windows_stand_apart) == [
        "hall/main windows.1.x error windows-one-spot",
        "窗口 A02 与窗口 A01 在同一个位置（1 楼 5，5）",
        "请核对 x、y，平面图上两个窗口会叠在一起。",
    ]
    right = make_catalogue()
    assert right.found(halls.windows_stand_apart) == []


def test_a_zone_fits_on_its_floor(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
floors:
  - number: 1
    name: 一楼
    width: 30
    height: 20
    zones:
      - {id: cards, name: 证件区, x: 1, y: 0, width: 30, height: 20}
"""
        }
    )
    assert wrong.found(halls.zones_fit_on_their_floor) == [
        "hall/main floors.0.zones.0 error zone-outside-floor",
        "分区「证件区」到（31，20），超出本层平面图（30，20）",
        "请核对分区的位置和大小，或平面图的宽和高。",
    ]
    right = make_catalogue()
    assert right.found(halls.zones_fit_on_their_floor) == []


def test_two_zones_do_not_overlap(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
floors:
  - number: 1
    name: 一楼
    width: 30
    height: 20
    zones:
      - {id: cards, name: 证件区, x: 0, y: 0, width: 20, height: 20}
      - {id: wait, name: 等候区, x: 19, y: 0, width: 11, height: 20}
"""
        }
    )
    assert wrong.found(halls.zones_do_not_overlap) == [
        "hall/main floors.0.zones.1 error zones-overlap",
        "分区「等候区」与「证件区」重叠",
        "请核对两个分区的 x、y、width、height；边挨着边不算重叠。",
    ]
    right = make_catalogue(
        {
            "hall/main": """\
floors:
  - number: 1
    name: 一楼
    width: 30
    height: 20
    zones:
      - {id: cards, name: 证件区, x: 0, y: 0, width: 20, height: 20}
      - {id: wait, name: 等候区, x: 20, y: 0, width: 10, height: 20}
"""
        }
    )
    assert right.found(halls.zones_do_not_overlap) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "hall/main": """\
windows:
  - {no: A01, name: 证件, floor: 1, zone: cards, x: 5, y: 5, kind: 综合窗口}
  - {no: A02, name: 证件, floor: 2, zone: cards, x: 5, y: 5, kind: 综合窗口}
"""
        }
    )
    assert wrong.said("window-floor").splitlines() == [
        ("items/hall/main.yml:3:32: 错误: 「窗口第2条·所在楼层」窗口 A02 在 2 楼，大厅没有这一层 [window-floor]"),
        "    已写的楼层：1。",
        "共 1 个错误，0 个提醒。",
    ]
