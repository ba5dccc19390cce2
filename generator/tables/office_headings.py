"""What offices call the columns of their tables: for each sort of table its fields and their headings.

To teach another heading, add it to the words of its field: without white space, brackets and what stands in them.
A field is called as in the models; `group/part` is one of several columns that together say one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SERIAL, UNKNOWN = "serial", ""

_SERIAL = ("序号", "编号", "项目序号", "顺序号", "No", "NO", "序")
_NOTE = ("备注", "说明", "备注说明", "其他说明")


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of table: what it is called, the kind of its rows, its fields with their headings."""

    name: str
    label: str
    kind: str
    words: Mapping[str, tuple[str, ...]]
    """Headings of each field."""
    needs: tuple[str, ...]
    """The fields without one of which a table is no table of this sort."""
    signs: tuple[str, ...]
    """Words in the title or the sheet's name that speak for this sort."""


DISCLOSURES = Sort(
    name="disclosures",
    label="基层政务公开标准目录",
    kind="disclosure",
    words={
        SERIAL: _SERIAL,
        "parent": ("一级事项", "一级公开事项", "公开类别", "一级目录", "事项类别", "公开事项类别"),
        "name": ("二级事项", "二级公开事项", "公开事项", "公开事项名称", "二级目录", "事项名称", "公开项目"),
        "contents": ("公开内容", "公开内容要素", "内容要素", "公开要素", "主要内容"),
        "basis": ("公开依据", "依据", "公开的依据", "法律依据"),
        "due": ("公开时限", "时限", "公开期限", "公开时间"),
        "department": ("公开主体", "公开责任主体", "责任主体", "责任单位", "公开单位", "责任部门", "公开责任单位"),
        "channels": ("公开渠道和载体", "公开渠道", "公开载体", "渠道和载体", "公开渠道及载体", "公开渠道与载体"),
        "audience": ("公开对象",),
        "audience/all": ("全社会", "社会公众", "面向社会", "社会"),
        "audience/group": ("特定群体", "特定群众", "特定对象", "特定人群"),
        "manner": ("公开方式",),
        "manner/active": ("主动", "主动公开"),
        "manner/request": ("依申请", "依申请公开"),
        "levels": ("公开层级", "层级", "公开级别"),
        "levels/县级": ("县级", "县", "区级", "区县级", "县区级", "市县级", "旗县级", "县市区级"),
        "levels/乡级": ("乡级", "乡", "镇级", "乡镇级", "镇街级", "街道级", "乡镇街道", "镇街乡", "镇", "街道", "乡镇"),
        "levels/村级": ("村级", "村", "社区级", "村社区", "村社区级", "村居", "社区"),
        "formats": ("公开格式",),
        "five": ("五公开",),
        "note": _NOTE,
    },
    needs=("contents", "channels", "due"),
    signs=("公开标准目录", "公开事项", "公开目录", "政务公开"),
)
FEES = Sort(
    name="fees",
    label="收费目录清单、收费公示",
    kind="fee",
    words={
        SERIAL: _SERIAL,
        "name": ("收费项目", "项目名称", "收费项目名称", "项目", "收费名称", "服务项目"),
        "condition": ("适用情形", "收费情形", "子项", "收费子项", "情形", "具体项目", "收费内容"),
        "unit": ("计费单位", "计量单位", "单位", "收费单位计量", "计价单位"),
        "amount": ("收费标准", "标准", "收费金额", "金额", "价格", "收费标准元"),
        "basis": ("收费依据", "政策依据", "文件依据", "依据", "收费文件依据", "批准文号", "文号", "设立依据"),
        "department": ("执收单位", "收费单位", "执收部门", "部门", "收费部门", "实施单位"),
        "fund": ("资金管理方式", "资金管理", "管理方式", "收入管理方式"),
        "level": ("管理权限", "定价权限", "收费级次", "审批权限", "定价层级"),
        "reductions": ("减免政策", "优惠政策", "减免规定", "减免"),
        "audience": ("收费对象", "征收对象"),
        "note": _NOTE,
    },
    needs=("amount", "fund"),
    signs=("收费", "目录清单"),
)
GUIDES = Sort(
    name="guides",
    label="政务服务事项清单",
    kind="guide",
    words={
        SERIAL: _SERIAL,
        "name": ("事项名称", "政务服务事项名称", "服务事项", "事项", "主项名称", "项目名称", "主项", "事项主项名称"),
        "sub": ("子项", "子项名称", "办理项", "业务办理项", "业务办理项名称", "办理项名称", "事项子项名称"),
        "codes": ("事项编码", "实施编码", "基本编码", "编码", "事项编号", "业务办理项编码", "目录编码"),
        "type": ("事项类型", "事项类别", "类型", "权力类型", "类别"),
        "department": ("实施主体", "实施单位", "责任单位", "部门", "主管部门", "承办单位", "实施部门", "单位"),
        "targets": ("服务对象", "面向对象", "办理对象"),
        "handling": ("办件类型", "办理类型"),
        "statutory": ("法定时限", "法定办结时限", "法定办理时限", "法定期限"),
        "promised": ("承诺时限", "承诺办结时限", "承诺办理时限", "承诺期限", "办理时限", "办结时限"),
        "charged": ("是否收费", "收费", "收费情况"),
        "visits": ("跑动次数", "到办事现场次数", "到现场次数", "最多跑动次数", "跑腿次数", "到场次数"),
        "windows": ("窗口", "办理窗口", "窗口号", "受理窗口", "进驻窗口"),
        "online": ("是否网办", "是否网上办理", "网上办理", "能否网办"),
        "basis": ("设定依据", "依据", "法律依据", "实施依据", "事项依据"),
        "phone": ("咨询电话", "联系电话", "电话", "咨询方式"),
        "complaint": ("监督电话", "投诉电话", "监督投诉电话"),
        "place": ("办理地点", "办事地点", "地点", "办公地点"),
        "note": _NOTE,
    },
    needs=("promised", "statutory", "handling", "visits", "type", "targets", "charged"),
    signs=("事项清单", "事项目录", "政务服务", "跑一次"),
)
POWERS = Sort(
    name="powers",
    label="权责清单",
    kind="guide",
    words={
        SERIAL: _SERIAL,
        "name": ("职权名称", "权力名称", "权力事项名称", "权责名称", "职权事项", "事项名称", "项目名称", "权力事项"),
        "sub": ("子项", "子项名称"),
        "codes": ("职权编码", "权力编码", "事项编码", "编码", "基本编码", "实施编码"),
        "type": ("职权类别", "权力类别", "权力类型", "职权类型", "类别", "事项类型"),
        "department": ("责任主体", "实施主体", "行使主体", "实施机关", "责任单位", "部门", "实施单位"),
        "basis": ("职权依据", "实施依据", "设定依据", "权力依据", "法律依据", "依据"),
        "duties": ("责任事项", "责任内容", "对应责任事项", "职责边界"),
        "liability": ("追责情形", "追责情形及依据", "责任追究", "追责依据", "责任事项依据"),
        "phone": ("咨询电话", "联系电话"),
        "complaint": ("监督电话", "监督方式", "投诉电话"),
        "note": _NOTE,
    },
    needs=("duties", "liability"),
    signs=("权责清单", "权力清单", "责任清单"),
)
DEPARTMENTS = Sort(
    name="departments",
    label="机构名录",
    kind="department",
    words={
        SERIAL: _SERIAL,
        "name": ("机构名称", "单位名称", "部门名称", "单位", "部门", "单位全称", "机构", "名称"),
        "short_name": ("简称", "单位简称", "机构简称"),
        "duties": ("主要职责", "职责", "机构职能", "职能", "工作职责", "主要职能"),
        "address": ("办公地址", "地址", "机构地址", "单位地址", "办公地点", "通讯地址"),
        "phone": ("办公电话", "电话", "联系电话", "咨询电话", "联系方式", "对外电话"),
        "complaint_phone": ("监督电话", "投诉电话", "监督投诉电话"),
        "hours": ("办公时间", "工作时间"),
        "website": ("网址", "网站", "门户网站"),
        "credit_code": ("统一社会信用代码", "信用代码", "机构代码"),
        "nature": ("主体性质", "机构性质", "单位性质"),
        "superior": ("上级主管", "主管部门", "上级主管部门"),
        "head": ("负责人", "主要负责人", "联系人", "单位负责人", "法定代表人"),
        "fax": ("传真",),
        "postcode": ("邮编", "邮政编码"),
        "note": _NOTE,
    },
    needs=("address", "phone"),
    signs=("机构", "通讯录", "名录", "一览表", "联系方式"),
)
SORTS = (DISCLOSURES, FEES, GUIDES, POWERS, DEPARTMENTS)
