"""The page on which a whole stack of prints is checked against the site."""

from __future__ import annotations

from collections.abc import Iterator

from generator.outputs import Output
from generator.render.site import Site
from generator.shell import Page

_TITLE = "核对打印件"
_ABOUT = "扫描或输入打印件上的核对码，看内容是不是最新，哪些要重印。"


def verification_outputs(site: Site) -> Iterator[Output]:
    """Yield the page; without script it lists the present codes, to be compared by hand."""
    sheets = site.sheets(site.catalogue.of_kind("guide"))
    article = site.article("pages/verify.html", "verify", sheets=sheets, complete=site.history.complete)
    tags = {"ColumnName": _TITLE, "ColumnDescription": _ABOUT, "ColumnKeywords": _TITLE, "ColumnType": _TITLE}
    page = Page(title=_TITLE, description=_ABOUT, article=article, address="verify", tags=tags)
    yield site.page(page, made_from=tuple(sheet.item.path for sheet in sheets))
