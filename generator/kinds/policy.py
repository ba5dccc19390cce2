"""政策文件: laws, regulations and notices by their real numbers and dates, and how they relate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar

from generator import codelists
from generator.fields import Date, DocumentNumber, Id, Markdown, Name, OneOf, Refers, Text, Url, field
from generator.item import Item, Kind, Lookup, Shown
from generator.parts import Attachment, PolicyRef

RELATIONS_BACK = {"amends": "被其修改", "repeals": "被其废止", "interprets": "解读材料", "based_on": "配套文件"}


class Policy(Item):
    """A policy document or its interpretation."""

    first_days: ClassVar[tuple[str, ...]] = ("effective", "ended")
    kind: ClassVar[Kind] = Kind(
        name="policy",
        plural="policies",
        label="政策文件",
        about="办事依据和收费依据的法律、法规、规章、规范性文件，标明是否有效。",
        order=30,
        brief=("number", "issuer", "validity"),
        filters={"validity": "有效性", "genre": "体裁", "theme": "主题"},
    )

    aliases: tuple[Name, ...] = field("别名", "通行的简称。", default=())
    index: Name | None = field("索引号", "信息公开索引号。", default=None)
    number: DocumentNumber | None = field("发文字号", "例如 国发〔2016〕55号。", default=None)
    issuer: Name = field("发文机关", "全称，多个机关用顿号隔开。")
    genre: Annotated[str, OneOf(codelists.POLICY_GENRES)] = field("体裁分类", "法律、行政法规、部门规章等。")
    theme: Annotated[str, OneOf(codelists.POLICY_THEMES)] = field("主题分类", "二十二类之一。")
    written: Date | None = field("成文日期", "签署或通过的日子。", default=None)
    published: Date | None = field("发布日期", "公开发布的日子。", default=None)
    effective: Date | None = field("施行日期", "开始施行的日子。", default=None)
    revised: Date | None = field("最近修订", "最近一次修正或修订的日子。", default=None)
    validity: Annotated[str, OneOf(codelists.VALIDITIES)] = field("有效性", "有效、修改、废止、失效、尚未施行。")
    ended: Date | None = field("废止日期", "废止或失效的日子。", default=None)
    summary: Text = field("内容概述", "一两句话说清讲什么。")
    keywords: tuple[Name, ...] = field("主题词", "便于搜索的词，每条一个，例如 工本费。", default=())
    source: Name | None = field("信息来源", "转载自哪里。", default=None)
    link: Url | None = field("原文链接", "权威发布处的网址。", default=None)
    amends: tuple[PolicyRef, ...] = field("修改的文件", "本文修改了哪些文件，写政策文件库里的编号。", default=())
    repeals: tuple[PolicyRef, ...] = field("废止的文件", "本文废止了哪些文件，写政策文件库里的编号。", default=())
    interprets: tuple[PolicyRef, ...] = field("解读的文件", "本文是对哪份文件的解读。", default=())
    based_on: tuple[PolicyRef, ...] = field("上位依据", "本文根据哪些文件制定，写政策文件库里的编号。", default=())
    department: Annotated[Id, Refers("department")] | None = field("公开单位", "本区负责公开的部门。", default=None)
    attachments: tuple[Attachment, ...] = field("附件", "可下载的文件，每个一条。", default=())
    body: Markdown | None = field("正文", "也可以另写一个同名的 .md 文件。", default=None, shown=False)

    def terms(self) -> Iterator[str]:
        """Yield short names, the number and the keywords."""
        yield from self.aliases
        yield from self.keywords
        if self.number:
            yield self.number

    def prose(self) -> str:
        """Return the body."""
        return self.body or ""

    def dated(self) -> date | None:
        """Return the day of publication."""
        return self.published or self.written

    def is_withdrawn(self, on: date) -> bool:
        """Tell whether the document is repealed or has lapsed by a day."""
        return self.validity in ("废止", "失效") and (self.ended is None or self.ended <= on)

    def seen_by(self, kind: str) -> object:
        """Return the document's own statements: what it lists of others, others do not show."""
        return (self,)

    def derived(self, look: Lookup) -> Iterator[tuple[str, Shown]]:
        """Yield the documents that amend, repeal, interpret or apply this one: every relation reads both ways."""
        for other in look.referring("policy", self):
            assert isinstance(other, Policy)
            for relation, label in RELATIONS_BACK.items():
                if self.id in getattr(other, relation):
                    yield f"back[].{relation}-{other.id}.policy", Shown(other.id, other.name, label, other.path)
