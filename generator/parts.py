"""Parts that several kinds share: durations, legal bases, contacts, opening hours, attachments."""

from __future__ import annotations

from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import (
    ClockSpan,
    Count,
    Date,
    DocumentNumber,
    DownloadPath,
    Id,
    LongName,
    Name,
    OneOf,
    Phone,
    Refers,
    Text,
    Url,
    field,
)
from generator.item import Part

PolicyRef = Annotated[Id, Refers("policy")]


class Duration(Part):
    """A time limit: number and unit, with the wording of its source.

    行政许可法第八十二条 counts 日 as working days, many other laws as calendar days, so the unit is never implied.
    """

    headline_fields: ClassVar[frozenset[str]] = frozenset({"number", "unit"})

    number: Count = field("时限数", "0 表示当场办结。", example=20)
    unit: Annotated[str, OneOf(codelists.TIME_UNITS)] = field("时限单位", "工作日或自然日。", default="工作日")
    wording: Text | None = field("原文表述", "依据或承诺里的原话，例如「自受理之日起二十日内」。", default=None)
    note: Text | None = field("时限说明", "哪些时间不计算在内等。", default=None)

    def headline(self) -> tuple[str, str]:
        """Return the number, and the number with its unit; zero reads 当场办结."""
        if self.number == 0:
            return "0", "当场办结"
        unit = "个工作日" if self.unit == "工作日" else "日（自然日）"
        return str(self.number), f"{self.number} {unit}"


class Basis(Part):
    """A legal basis: a policy of the library by id, or title and number written out."""

    policy: PolicyRef | None = field("依据文件", "政策文件库里的编号。", default=None)
    title: LongName | None = field("依据名称", "库里没有时写全称，不带书名号。", default=None)
    number: DocumentNumber | None = field("依据文号", "例如 国发〔2016〕55号。", default=None)
    article: Name | None = field("条款", "例如 第十条、第十一条。", default=None)
    excerpt: Text | None = field("条文摘录", "与本事项有关的原文。", default=None, bears="editorial")
    revision: Name | None = field("版本", "依据的修订年份，例如 2019年修正。", default=None)
    checked: Date | None = field("核对日期", "最近一次与现行文本核对的日子。", default=None, bears="editorial")


class Attachment(Part):
    """A file offered for download."""

    title: Name = field("文件名称", "页面上显示的名字。")
    path: DownloadPath = field("文件路径", "content/ 之下的路径，例如 files/forms/id-card.docx。")


class Contact(Part):
    """Ways to ask or to complain."""

    phone: Phone | None = field("电话", "带区号的公开电话。", default=None)
    window: Name | None = field("窗口", "当面咨询或投诉的地方。", default=None)
    online: Url | None = field("网上", "https:// 开头的网址。", default=None)
    address: Text | None = field("信函地址", "收信的地址，精确到门牌号。", default=None)
    email: Name | None = field("电子邮件", "公开的单位邮箱，不写个人邮箱。", default=None)


class Authority(Part):
    """A body that hears a reconsideration request or a lawsuit."""

    name: Name = field("受理机关", "全称。")
    address: Text | None = field("地址", "精确到门牌号。", default=None)
    phone: Phone | None = field("电话", "带区号的公开电话。", default=None)
    online: Url | None = field("网址", "https:// 开头的网址。", default=None)


class Hours(Part):
    """Opening hours of one sort of day, in one season if the seasons differ."""

    headline_fields: ClassVar[frozenset[str]] = frozenset({"days", "spans", "season", "service"})

    days: Annotated[str, OneOf(codelists.SERVICE_DAYS)] = field("日子", "工作日、周六、周日、周末或每天。")
    spans: tuple[ClockSpan, ...] = field("起止时间", "例如 09:00-12:00。", min_length=1)
    season: Name | None = field("季节", "夏令、冬令不同时写明起止，例如 5月1日至9月30日。", default=None)
    service: Name | None = field("服务范围", "只办部分业务时写明，例如 延时服务，仅综合窗口。", default=None)

    def headline(self) -> tuple[str, str]:
        """Return the hours as one line, the same as value and as text."""
        days = "工作日（周一至周五，法定节假日除外）" if self.days == "工作日" else self.days
        season = f"（{self.season}）" if self.season else ""
        service = f"，{self.service}" if self.service else ""
        text = f"{days}{season} {'，'.join(span.replace('-', '–') for span in self.spans)}{service}"
        return text, text
