"""The pages for those who write and review the content, under `office/`: for people at work, not for citizens.

They are built with the site so that they show the same day's content; search engines are asked to pass them by, and
neither the site map nor any page for citizens leads to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.outputs import Output
from generator.render.mistakes import commonest
from generator.render.office_coverage import coverage_context
from generator.render.office_due import due_context
from generator.render.rulebook import rulebook_context
from generator.render.site import Site
from generator.shell import Page

ADDRESS = "office"
TITLE = "编辑工作台"


class OfficePage(NamedTuple):
    """A page of the office: the end of its address, its title, what it is for, and what its template is given.

    Its template is `office/<name>.html` of the theme, `office/index.html` for the first page, whose name is empty;
    `office/frame.html` puts it below the bar that all have.
    """

    name: str
    title: str
    about: str
    context: Callable[[Site], Mapping[str, Any]]

    @property
    def address(self) -> str:
        """The address of the page below the site root."""
        return f"{ADDRESS}/{self.name}" if self.name else ADDRESS


def _nothing(site: Site) -> Mapping[str, Any]:
    return {}


OFFICE_PAGES = (
    OfficePage("", TITLE, "写内容、改内容的人要用的。", _nothing),
    OfficePage("mistakes", "最常见的十种错误", "写内容时最容易出的错，会看到什么提示，怎样改。", commonest),
    OfficePage("rules", "检查规则", "检查时会查什么、为什么查、怎样写才对。", rulebook_context),
    OfficePage("due", "到期提醒", "哪些过期了、快到期了，由谁办、怎么办。", due_context),
    OfficePage("coverage", "公开目录落实情况", "目录写的每个渠道，网站和大厅做到了没有。", coverage_context),
)


def office_outputs(site: Site) -> Iterator[Output]:
    """Yield the pages of the office."""
    for page in OFFICE_PAGES:
        article = site.article(
            "office/frame.html", page.address, page=page, pages=OFFICE_PAGES[1:], **page.context(site)
        )
        above = ((TITLE, ADDRESS),) if page.name else ()
        tags = {"robots": "noindex", "ColumnName": TITLE, "ColumnType": TITLE}
        tags |= {"ColumnDescription": page.about, "ColumnKeywords": page.title}
        yield site.page(
            Page(
                title=page.title,
                description=page.about,
                article=article,
                address=page.address,
                breadcrumbs=above,
                tags=tags,
            )
        )
