"""通知公告与工作动态: dated notices, with the day after which they no longer apply."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Date, Id, Markdown, Name, OneOf, Refers, Text, field
from generator.item import Item, Kind
from generator.parts import Attachment


class Announcement(Item):
    """A notice or a piece of news."""

    last_days: ClassVar[tuple[str, ...]] = ("expires",)
    kind: ClassVar[Kind] = Kind(
        name="announcement",
        plural="announcements",
        label="通知公告",
        about="大厅和各部门的通知公告、工作动态。",
        order=70,
        brief=("column", "published"),
        filters={"column": "栏目", "department": "发布部门"},
        latest_first=True,
    )

    column: Annotated[str, OneOf(codelists.ANNOUNCEMENT_COLUMNS)] = field("栏目", "通知公告或工作动态。")
    published: Date = field("发布日期", "公开的日子。")
    expires: Date | None = field("失效日期", "过了这一天标为已过期。", default=None)
    source: Name = field("信息来源", "写明来自哪里。")
    department: Annotated[Id, Refers("department")] = field("发布部门", "部门的编号。")
    summary: Text = field("摘要", "一句话。")
    attachments: tuple[Attachment, ...] = field("附件", "可下载的文件，每个一条。", default=())
    body: Markdown | None = field("正文", "也可以另写一个同名的 .md 文件。", default=None, shown=False)

    def prose(self) -> str:
        """Return the body."""
        return self.body or ""

    def dated(self) -> date:
        """Return the day of publication."""
        return self.published

    def is_withdrawn(self, on: date) -> bool:
        """Tell whether the notice has expired by a day."""
        return self.expires is not None and self.expires < on
