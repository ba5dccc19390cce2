"""What the columns of a sheet and the fields of a notice are called, and which facts they speak of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.hall.notation import bare

# The column of a table by what stands in its head.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "window": ("窗口", "窗口号", "窗口名", "窗口名称", "窗口编号", "办理窗口", "柜台", "柜台号", "办事窗口"),
    "item": (
        "事项", "事项名称", "办理事项", "业务", "业务名称", "业务类别", "业务类型", "服务事项", "办事事项", "项目名称",
        "收费项目", "事项名", "队列名称", "排队业务",
    ),
    "code": ("编码", "事项编码", "事项编号", "本区事项编号", "业务编码", "代码", "编号"),
    "case": ("情形", "适用情形", "收费情形", "办理情形"),
    "field": ("字段", "项目", "内容", "核对项目", "要素", "栏目", "公示项目", "核对内容", "字段名"),
    "shown": (
        "显示", "屏幕显示", "显示内容", "公示内容", "实际显示", "实际内容", "现场显示", "屏显内容", "显示文字",
        "现场公示", "实际公示", "牌上写的", "屏幕内容", "显示的内容",
    ),
    "aside": (
        "序号", "备注", "核对人", "核对时间", "核对日期", "检查人", "检查时间", "签字", "楼层", "行号", "说明", "位置",
        "是否一致", "媒介", "设备", "照片",
    ),
}  # fmt: skip

# The fields of a guide: the paths of their facts, the first that the guide has counts; then what people call them.
GUIDE_FIELDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("name",), ("事项名称", "名称", "标题")),
    (
        ("fee.amount",),
        (
            "收费标准",
            "收费",
            "费用",
            "工本费",
            "收费金额",
            "金额",
            "多少钱",
            "收费情况",
            "办理费用",
            "标准",
        ),
    ),
    (
        ("time.promised",),
        (
            "承诺办结时限",
            "承诺时限",
            "承诺期限",
            "办理时限",
            "办结时限",
            "时限",
            "承诺",
            "办理期限",
            "多久",
            "承诺办理时限",
        ),
    ),
    (("time.statutory",), ("法定办结时限", "法定时限", "法定期限", "法定办理时限")),
    (("place.where",), ("办理窗口", "窗口", "窗口号", "办理地点", "在哪办", "受理窗口", "办事窗口")),
    (("consult.phone",), ("咨询电话", "电话", "联系电话", "咨询方式", "服务电话", "咨询")),
    (("complain.phone",), ("监督投诉电话", "投诉电话", "监督电话", "监督投诉方式", "投诉方式", "监督投诉", "举报电话")),
    (("visit.count",), ("到办事现场次数", "跑动次数", "现场次数", "跑几次", "到现场次数", "到场次数", "最多跑几次")),
    (
        ("place.hours",),
        ("办理时间", "办公时间", "开放时间", "工作时间", "上班时间", "服务时间", "办事时间", "受理时间"),
    ),
    (("fee",), ("是否收费", "收费与否")),
    (("materials",), ("材料数", "材料件数", "申请材料数", "材料数量", "材料几件", "申请材料件数", "材料种数")),
    (("department",), ("实施主体", "部门", "办理部门", "实施部门", "主管部门", "责任单位", "承办单位", "实施机关")),
    (("online.available",), ("是否网办", "网上办理", "能否网办", "可否网办", "网办", "是否支持网办", "网上可办")),
    (("place.address", "visit.place"), ("地址", "办公地址", "办事地址", "大厅地址")),
)
# The same for a window of a hall, {} being its number, and for the hall itself.
HALL_FIELDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("windows.{}.name", "name"), ("窗口名称", "窗口名", "名称")),
    (("windows.{}.no",), ("窗口号", "窗口", "窗口编号")),
    (("windows.{}.departments",), ("进驻部门", "部门", "办理部门", "实施主体", "单位")),
    (("windows.{}.kind",), ("窗口类别", "类别")),
    (("windows.{}.floor",), ("所在楼层", "楼层")),
    (("hours",), ("开放时间", "办公时间", "办理时间", "工作时间", "上班时间", "服务时间", "办事时间", "受理时间")),
    (("phone",), ("咨询电话", "电话", "联系电话", "总服务台电话", "服务电话")),
    (("complaint_phone",), ("监督投诉电话", "投诉电话", "监督电话", "举报电话")),
    (("address",), ("地址", "大厅地址", "办公地址")),
)
FEE_FIELDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("name",), ("收费项目", "名称", "项目名称")),
    (("rates",), GUIDE_FIELDS[1][1]),
    (("department",), ("执收单位", "部门", "收费单位")),
)

_ROLE_OF = {bare(name): role for role, names in COLUMNS.items() for name in names}
_FIELD_NAMES = {
    bare(name) for fields in (GUIDE_FIELDS, HALL_FIELDS, FEE_FIELDS) for _, names in fields for name in names
}
_UNIT_IN_HEAD = re.compile(r"[(（][^()（）]*[)）]$")


def role_of(head: str) -> str:
    """Return what a column holds by its head: a role of `COLUMNS`, `value` for a field of its own, else nothing."""
    name = bare(head)
    return _ROLE_OF.get(name) or ("value" if is_field(head) else "")


def is_field(name: str) -> bool:
    """Tell whether a name is one of the usual names of a field, a remark in brackets left aside."""
    return bare(name) in _FIELD_NAMES or bare(without_case(name)) in _FIELD_NAMES


def without_case(name: str) -> str:
    """Return a name without the brackets at its end: 收费标准（期满换领） is 收费标准."""
    return _UNIT_IN_HEAD.sub("", name.strip())


def case_in(name: str) -> str:
    """Return what stands in the brackets at a name's end."""
    match = _UNIT_IN_HEAD.search(name.strip())
    return match[0][1:-1] if match else ""


def paths_of(name: str, fields: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Return the paths of the facts that a field's name speaks of, by its full name first."""
    for said in (bare(name), bare(without_case(name))):
        for paths, names in fields:
            if said in {bare(one) for one in names}:
                return paths
    return ()
