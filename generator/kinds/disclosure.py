"""政务公开目录: what must be public, by whom, where and by when (columns of the 基层政务公开标准目录)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Count, Date, Id, Name, OneOf, Refers, SiteAddress, Text, Url, field
from generator.item import Item, Kind, Part
from generator.parts import Basis


class Due(Part):
    """When an entry must be published or renewed."""

    headline_fields: ClassVar[frozenset[str]] = frozenset({"rule", "days", "unit", "month", "day"})

    rule: Annotated[str, OneOf(codelists.DUE_RULES)] = field("时限规则", "形成或变更后、实时、每年、长期、按约定日期。")
    days: Count | None = field("天数", "规则为「形成或变更后」时写。", default=None)
    unit: Annotated[str, OneOf(codelists.TIME_UNITS)] = field("天数单位", "工作日或自然日。", default="工作日")
    month: Count | None = field("月", "规则为「每年」时写，最迟在几月。", default=None)
    day: Count | None = field("日", "规则为「每年」时写，最迟在几日。", default=None)
    on: Date | None = field("约定日期", "规则为「按约定日期」时写。", default=None)
    wording: Text | None = field("原文表述", "目录里的原话。", default=None)

    def headline(self) -> tuple[str, str]:
        """Return the rule as one line, the same as value and as text."""
        text = {
            "形成或变更后": f"信息形成或变更之日起 {self.days} 个{self.unit}内",
            "每年": f"每年 {self.month} 月 {self.day} 日前",
            "实时": "实时公开",
            "长期": "长期公开",
        }.get(self.rule, "按约定日期公开")
        return text, text


class Place(Part):
    """Where an entry is published."""

    title: Name = field("公开位置", "栏目或页面的名字。")
    page: SiteAddress | None = field("站内地址", "本站地址，例如 fees/ 或 guides/。", default=None, shown=False)
    link: Url | None = field("站外地址", "https:// 开头。", default=None, shown=False)


class Disclosure(Item):
    """One row of a disclosure catalogue."""

    kind: ClassVar[Kind] = Kind(
        name="disclosure",
        plural="disclosures",
        label="公开目录",
        about="按条例第二十条和基层政务公开标准目录列出：公开什么、谁公开、多久公开、在哪里看。",
        order=80,
        brief=("area", "department"),
        filters={"area": "领域", "statutory": "条例第二十条", "department": "公开主体"},
    )

    parent: Name = field("一级事项", "目录里的一级公开事项。")
    contents: tuple[Text, ...] = field("公开内容", "要素，每条一项。", min_length=1)
    area: Annotated[str, OneOf(codelists.DISCLOSURE_AREAS)] = field("领域", "二十六个试点领域之一。")
    statutory: Annotated[str, OneOf(codelists.STATUTORY_CONTENTS)] = field(
        "条例第二十条", "属于法定主动公开内容的哪一项。"
    )
    basis: tuple[Basis, ...] = field("公开依据", "要求公开的法律、法规、文件，每份一条。", min_length=1)
    due: Due = field("公开时限", "最迟什么时候公开。", bears="time")
    department: Annotated[Id, Refers("department")] = field("公开主体", "负责公开的部门，写部门的编号。")
    channels: tuple[Annotated[str, OneOf(codelists.CHANNELS)], ...] = field(
        "公开渠道和载体", "通过哪些途径公开，可写多个，例如 政府网站。", min_length=1
    )
    audience: Annotated[str, OneOf(codelists.AUDIENCES)] = field("公开对象", "全社会或特定群体。", default="全社会")
    group: Name | None = field("特定群体", "公开对象为特定群体时写明。", default=None)
    manner: Annotated[str, OneOf(codelists.DISCLOSURE_MANNERS)] = field(
        "公开方式", "主动公开或依申请公开。", default="主动公开"
    )
    levels: tuple[Annotated[str, OneOf(codelists.DISCLOSURE_LEVELS)], ...] = field(
        "公开层级", "县级、乡级、村级，可写多个。", min_length=1
    )
    places: tuple[Place, ...] = field("在哪里公开", "渠道有「政府网站」时，写栏目名和地址。", default=())
    formed: Date | None = field("最近形成或变更", "信息最近一次形成或变更的日子。", default=None)
    published: Date | None = field("最近公开", "最近一次公开的日子。", default=None)

    def terms(self) -> Iterator[str]:
        """Yield the first-level name and the area."""
        yield self.parent
        yield self.area

    def dated(self) -> date | None:
        """Return the day of the latest publication."""
        return self.published
