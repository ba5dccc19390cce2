"""功能设计, 页面标签: the meta tags of site, column and content that every page carries (国办发〔2017〕47号)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.audit.indicator import FUNCTIONS, GUIDELINES, Found, Indicator
from generator.audit.page import PageRead
from generator.audit.site import Audited

SITE = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT = ("ArticleTitle", "PubDate", "ContentSource")
_EMPTY = {"", "null", "undefined", "none", "nan"}
_CODE = re.compile("[0-9]{10}|bm[0-9]{8}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")


def tags_are_there(audited: Audited) -> Iterator[Found]:
    """Find pages that lack a tag: those of the site on all, those of a column on lists, those of content on items."""
    articles = audited.catalogue.by_path
    for page in audited.public:
        own = CONTENT if page.address.rstrip("/") in articles else COLUMN
        wanted = dict.fromkeys((*SITE, "ColumnName", "ColumnType", *own))
        if lacking := [name for name in wanted if not _value(page, name)]:
            hint = "请补上：站点、栏目、内容三类标签都要有。"
            yield Found(f"没有标签 {'、'.join(lacking)}", hint, page.address)


def tags_are_plausible(audited: Audited) -> Iterator[Found]:
    """Find tags with a value that means nothing, is not that of the site, or is the same in all of a page's tags."""
    settings = audited.settings
    expected = {"SiteName": settings.name, "SiteDomain": settings.domain, "SiteIDCode": settings.code}
    for page in audited.public:
        for fault in _faults(page, expected):
            yield Found(fault, "请改正标签的内容。", page.address)
    if not _CODE.fullmatch(settings.code):
        yield Found(f"网站标识码「{settings.code}」不是 10 位", "前 6 位是行政区划代码。", file="mkdocs.yml")


def _faults(page: PageRead, expected: Mapping[str, str]) -> Iterator[str]:
    for name in (*SITE, *COLUMN, *CONTENT):
        values = page.tags.get(name, ())
        if len(values) > 1:
            yield f"{name} 写了 {len(values)} 次"
        if any(value.strip().lower() in _EMPTY for value in values):
            yield f"{name} 的内容是「{values[0]}」"
    for name, value in expected.items():
        if (written := _value(page, name)) and written != value:
            yield f"{name} 是「{written}」，应是「{value}」"
    if (written := _value(page, "PubDate")) and not _MOMENT.fullmatch(written):
        yield f"PubDate 是「{written}」，应是 年-月-日 时:分"
    texts = {_value(page, name) for name in COLUMN}
    if len(texts) == 1 and "" not in texts:
        yield f"栏目的四个标签都是「{texts.pop()}」"


def _value(page: PageRead, name: str) -> str:
    return next(iter(page.tags.get(name, ())), "").strip()


INDICATORS = (
    Indicator(
        id="tags",
        group=FUNCTIONS,
        name="页面标签齐全",
        threshold="每个网页扣 0.05 分",
        source=GUIDELINES,
        certainty="M+",
        how="逐页读标签：每页有站点和栏目名称标签，列表有栏目标签，内容页有内容标签",
        check=tags_are_there,
        points=Decimal(3),
        each=Decimal("0.05"),
    ),
    Indicator(
        id="tag-values",
        group=FUNCTIONS,
        name="页面标签内容规范",
        threshold="每处扣 0.05 分",
        source=GUIDELINES,
        certainty="M+",
        how="逐页读标签：不是 null，不重复，与网站设置相同",
        check=tags_are_plausible,
        points=Decimal(2),
        each=Decimal("0.05"),
    ),
)
