"""A district of a city: who it is, which guides it handles, and where and why it differs from the whole city.

No kind of its own in `items/`: a site without districts knows nothing of them. What a district has besides (guides laid
over the city's, its halls and departments) are items of the usual kinds below its address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, ClassVar, NamedTuple

from generator.fields import Count, Id, Name, Phone, Refers, Text, field
from generator.item import Item, Kind, Part
from generator.parts import Basis
from generator.schema import fields_of
from generator.source import Source


class Reason(Part):
    """Why a guide is different in a district, in one of its fields."""

    of: Name = field("不同的字段", "写字段名，例如 materials、visit.count。", alias="field", shown=False)
    reason: Text = field("不同的理由", "为什么不能与统一的标准一致。")
    basis: Basis = field("不同的依据", "哪份文件哪一条准许不同：policy 或 title、number，加 article。")


class Deviation(Reason):
    """The same with the guide that it is about."""

    entry_key: ClassVar[tuple[str, ...]] = ("guide", "of")

    guide: Annotated[Id, Refers("guide")] = field("不同的事项", "办事指南的编号。")

    @classmethod
    def about(cls, identifier: str, reason: Reason) -> Deviation:
        """Return a reason as one about a guide."""
        said = {"field": reason.of, "reason": reason.reason, "basis": reason.basis}
        return cls.model_validate({"guide": identifier, **said})


class District(Item):
    """A district."""

    kind: ClassVar[Kind] = Kind(
        name="district",
        plural="d",
        label="各地办事",
        about="在哪个地方办，与统一的标准有什么不同。",
        in_navigation=False,
        brief=("phone",),
    )

    name: Name = field("地区名称", "公布用的全称，例如 东湖街道。")
    aliases: tuple[Name, ...] = field("别名", "人们平常怎么叫。", default=())
    order: Count = field("次序", "在页面上排第几，从小到大。", default=100, shown=False)
    summary: Text | None = field("一句话说明", "办哪些事、在哪里办。", default=None)
    phone: Phone = field("咨询电话", "总咨询台，带区号。", bears="contact")
    guides: tuple[Annotated[Id, Refers("guide")], ...] = field(
        "办理的事项", "只办一部分时写办事指南的编号；不写就是全部。", default=(), shown=False
    )
    differs: tuple[Deviation, ...] = field("与统一标准不同", "不同的事项、字段、理由和依据。", default=())

    def terms(self) -> Iterator[str]:
        """Yield the aliases."""
        yield from self.aliases

    @property
    def within(self) -> str:
        """The beginning of the addresses of all that the district has."""
        return f"{self.path}/"


class Local(NamedTuple):
    """What a district has: itself, its guides, halls and departments, and the source of each by the item's path."""

    district: District
    items: tuple[Item, ...]
    sources: Mapping[str, Source]


@cache
def is_laid_over(model: type[Part]) -> bool:
    """Tell whether a district has such items by laying its own values over the city's: some of its fields are local."""
    return any(spec.local or (spec.part is not None and is_laid_over(spec.part)) for spec in fields_of(model))
