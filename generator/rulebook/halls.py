"""Halls: windows, the plan, and what screens can show."""

from __future__ import annotations

from generator.rulebook.rule import Rule

PLACE, TITLE = 9, "大厅、窗口和屏幕"
_HALL = "items/hall/main.yml"
_SAME = "网上、窗口同一事项同一内容（国发〔2016〕55号）。"
_PLAN = "群众照着平面图找窗口，图上不对就走错。"
_CUT = "屏上放不下的字会被截掉，与网上不一致（国发〔2016〕55号）。"
_ZONE = "{id: %s, name: %s, x: %d, y: 0, width: %d, height: 20}"
_DEPARTMENT = "kind: 部门窗口, departments: [police]"


def _windows(*windows: str) -> str:
    """Return a list of windows, each from number, floor, zone, spot and kind."""
    return "windows:\n" + "\n".join(f"  - {{{window}}}" for window in windows)


def _window(
    no: str, *, name: str = "证件办理", floor: int = 1, zone: str = "cards", x: int = 5, kind: str = _DEPARTMENT
) -> str:
    return f"no: {no}, name: {name}, floor: {floor}, zone: {zone}, x: {x}, y: 5, {kind}"


def _floors(*zones: str, height: int = 20) -> str:
    listed = "\n".join(f"      - {zone}" for zone in zones)
    return f"floors:\n  - number: 1\n    name: 一楼\n    width: 30\n    height: {height}\n    zones:\n{listed}"


_GOOD = _windows(_window("A01"), _window("A02", x=15))
_GOOD_FLOORS = _floors(_ZONE % ("cards", "证件区", 0, 30))
RULES = (
    Rule(
        "duplicate-window",
        "false",
        "窗口号重复",
        "同一大厅里两个窗口同号。",
        "窗口号是墙上挂的号，重复了就找不到。",
        _windows(_window("A01"), _window("A02", x=15), _window("A01", x=20)),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "duplicate-floor",
        "false",
        "楼层重复",
        "同一大厅里两条楼层同号。",
        _PLAN,
        _GOOD_FLOORS + "\n  - {number: 1, name: 又一楼, width: 30, height: 20}",
        _GOOD_FLOORS,
        file=_HALL,
    ),
    Rule(
        "duplicate-zone",
        "false",
        "分区编号重复",
        "同一层里两个分区同一个编号。",
        _PLAN,
        _floors(_ZONE % ("cards", "证件区", 0, 10), _ZONE % ("cards", "社保区", 10, 10)),
        _floors(_ZONE % ("cards", "证件区", 0, 20), _ZONE % ("social", "社保区", 20, 10)),
        file=_HALL,
    ),
    Rule(
        "window-floor",
        "false",
        "窗口在没有的楼层",
        "窗口所在的楼层，大厅里没有写。",
        _PLAN,
        _windows(_window("A01"), _window("A02", floor=3)),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "window-zone",
        "false",
        "窗口在没有的分区",
        "窗口所在的分区，那一层没有。",
        _PLAN,
        _windows(_window("A01"), _window("A02", zone="card", x=15)),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "window-outside-zone",
        "false",
        "窗口画在分区外面",
        "窗口的位置不在它的分区里。",
        _PLAN,
        _windows(_window("A01"), _window("A02", x=45)),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "windows-one-spot",
        "false",
        "两个窗口在同一处",
        "两个窗口的位置一样。",
        _PLAN,
        _windows(_window("A01"), _window("A02")),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "zone-outside-floor",
        "false",
        "分区超出平面图",
        "分区画到了本层平面图的外面。",
        _PLAN,
        _floors(_ZONE % ("cards", "证件区", 0, 40)),
        _GOOD_FLOORS,
        file=_HALL,
    ),
    Rule(
        "zones-overlap",
        "false",
        "两个分区重叠",
        "同一层的两个分区有一块重叠。",
        _PLAN,
        _floors(_ZONE % ("cards", "证件区", 0, 20), _ZONE % ("social", "社保区", 10, 20)),
        _floors(_ZONE % ("cards", "证件区", 0, 20), _ZONE % ("social", "社保区", 20, 10)),
        file=_HALL,
    ),
    Rule(
        "windows-without-hall",
        "unusable",
        "有窗口号没有大厅",
        "写了窗口号，没有写是哪个大厅。",
        "办理地点是重点要素（国办秘函〔2019〕19号）。",
        "# 不写 hall",
        "hall: main",
        sure="S",
    ),
    Rule(
        "unknown-window",
        "false",
        "大厅没有这个窗口",
        "办事指南写的窗口号，大厅里没有。",
        _SAME,
        "windows: [A01, A09]",
        "windows: [A01, A02]",
        sure="S",
    ),
    Rule(
        "window-department",
        "false",
        "窗口不是这个部门的",
        "办事指南写的窗口，是别的部门的窗口。",
        _SAME,
        "department: other\n# items/departments/other.yml\nname: 小区民政局\nshort_name: 民政局",
        "department: police",
        sure="S",
    ),
    Rule(
        "withdrawn-with-windows",
        "false",
        "停办的事项还挂在窗口",
        "暂停、取消或到期的事项，还写着窗口号。",
        "取消、暂停的事项要从窗口屏和平面图撤下，免得有人白跑。",
        "status: 暂停",
        "status: 暂停\n# 不写 windows",
    ),
    Rule(
        "window-without-department",
        "unusable",
        "部门窗口没有部门",
        "部门窗口没有写进驻的部门。",
        "窗口屏要显示窗口号、部门和事项。",
        _windows(_window("A01"), _window("A02", x=15, kind="kind: 部门窗口")),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "idle-window",
        "doubtful",
        "窗口没有办理任何事项",
        "没有一份在用的办事指南写着这个窗口。",
        "窗口屏会是空的；多半是指南里忘了写窗口号。",
        _windows(_window("A01"), _window("A02", x=15), _window("A03", x=25)),
        _GOOD,
        file=_HALL,
    ),
    Rule(
        "too-long-for-screen",
        "false",
        "窗口屏放不下",
        "窗口名、部门简称、事项名或收费太长，窗口屏放不下。",
        _CUT,
        _windows(_window("A01", name="居民身份证和居住证以及户口簿受理办理咨询"), _window("A02", x=15)),
        _GOOD,
        sure="S",
        file=_HALL,
    ),
    Rule(
        "too-long-for-led",
        "false",
        "LED 屏放不下",
        "有一段不能拆开的文字，比 LED 屏的一行还长。",
        _CUT,
        "led: {columns: 3, messages: [请于 2026-11-23 前来]}",
        "led: {columns: 24, messages: [请于 2026-11-23 前来]}",
        sure="S",
        file=_HALL,
    ),
    Rule(
        "not-for-led",
        "false",
        "LED 屏显示不了的字",
        "文字里有表情符号或 LED 屏没有的字。",
        "LED 控制卡只有 GBK 的字，别的字显示成空白或方块。",
        "led: {columns: 24, messages: [欢迎光临😀]}",
        "led: {columns: 24, messages: [欢迎光临]}",
        sure="S",
        file=_HALL,
        warns="GB 18030 里有、GBK 里没有的字，新的控制卡能显示，只提醒。",
    ),
)
