"""申请材料: the shared register of what applicants bring, each named once for all guides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Flag, Name, OneOf, Text, field
from generator.item import Item, Kind, Lookup, Shown
from generator.parts import Attachment


class Material(Item):
    """A material by its canonical name, with blank form and sample where there are any."""

    kind: ClassVar[Kind] = Kind(
        name="material",
        plural="materials",
        label="材料与表格",
        about="办事要带的全部材料：谁出具、空白表格和填写样例在哪里下载、办哪些事要用。",
        order=50,
        brief=("category", "issuer"),
        filters={"category": "材料类型"},
    )

    aliases: tuple[Name, ...] = field("别名", "人们平常的叫法，例如 户口本。", default=())
    category: Annotated[str, OneOf(codelists.MATERIAL_CLASSES)] = field(
        "材料类型", "证件证书证明、申请表格文书或其他。", bears="material"
    )
    issuer: Name = field("出具单位", "由谁出具；自己填写的写「申请人填写」。", bears="material")
    shared: Flag = field("可共享获取", "通过数据共享能查到，可以免交。", default=False, bears="material")
    blank_form: Attachment | None = field("空白表格", "可下载的空表，没有就不写。", default=None, bears="material")
    sample: Attachment | None = field("示例样表", "填写样例，内容必须是虚构的。", default=None, bears="material")
    note: Text | None = field("说明", "怎样取得、怎样填。", default=None, bears="material")

    def terms(self) -> Iterator[str]:
        """Yield the aliases."""
        yield from self.aliases

    def seen_by(self, kind: str) -> object:
        """Return the material's own statements: what it lists of others, others do not show."""
        return (self,)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield the guides in force that give the material, as their result, and those that ask for it."""
        for guide in look.referring("guide", self):
            if guide.is_withdrawn(look.today):
                continue
            if getattr(getattr(guide, "result", None), "material", None) == self.id:
                yield f"issued_by[].{guide.id}.guide", Shown(guide.id, guide.name, "在哪里办", guide.path)
            if any(use.material == self.id for use in getattr(guide, "materials", ())):
                yield f"used_by[].{guide.id}.guide", Shown(guide.id, guide.name, "用于办理", guide.path)
