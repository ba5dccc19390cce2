"""部门: the bodies that decide, charge and answer, with their duties and contacts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Name, OneOf, Phone, Text, Url, field
from generator.item import Item, Kind
from generator.parts import Hours


class Department(Item):
    """A department of the district."""

    kind: ClassVar[Kind] = Kind(
        name="department",
        plural="departments",
        label="部门",
        about="各部门的职责、地址、电话，以及它们办理的事项和负责的公开内容。",
        order=60,
        of_districts=True,
        brief=("phone", "address"),
    )

    short_name: Name = field("简称", "例如 区公安局。")
    aliases: tuple[Name, ...] = field("别名", "旧称和俗称。", default=())
    credit_code: Name | None = field("统一社会信用代码", "18 位，校验位会核对。", default=None)
    nature: Annotated[str, OneOf(codelists.BODY_NATURES)] = field("主体性质", "法定机关、授权组织或受委托组织。")
    duties: tuple[Text, ...] = field("主要职责", "每条一项。", min_length=1)
    address: Text = field("办公地址", "精确到门牌号。", bears="place")
    phone: Phone = field("咨询电话", "带区号。", bears="contact")
    complaint_phone: Phone = field("监督投诉电话", "不能与咨询电话相同。", bears="contact")
    hours: tuple[Hours, ...] = field("办公时间", "各季节、各类日子分行写。", min_length=1, bears="place")
    website: Url | None = field("网站", "部门网站的网址，https:// 开头。", default=None, bears="contact")
    parent: Name | None = field("上级主管", "上级业务主管部门。", default=None)

    def terms(self) -> Iterator[str]:
        """Yield the short name and the aliases."""
        yield self.short_name
        yield from self.aliases
