"""Drafts, in the preview only: a page for each that is not complete yet, which says what it lacks, and their list."""

from __future__ import annotations

from collections.abc import Iterator

from generator.outputs import Output
from generator.render.site import Site
from generator.shell import Page

ADDRESS = "office/drafts"
TITLE = "草稿"
_TAGS = {"robots": "noindex"}


def draft_outputs(site: Site) -> Iterator[Output]:
    """Yield the list of drafts and the pages of those that are no items yet; nothing for a site to be published."""
    drafts = site.catalogue.drafts
    if not (site.catalogue.shows_drafts and drafts):
        return
    article = site.article("office/drafts.html", ADDRESS, drafts=list(drafts.values()), title=TITLE)
    about = "没写完的内容，只在预览里看得到。"
    yield site.page(Page(title=TITLE, description=about, article=article, address=ADDRESS, breadcrumbs=(), tags=_TAGS))
    for path, draft in drafts.items():
        if path in site.catalogue.by_path:
            continue
        kind = draft.sketch.kind
        page = Page(
            title=f"{draft.name}（{TITLE}）",
            description=about,
            article=site.article("pages/draft.html", path, draft=draft, kind=kind),
            address=path,
            breadcrumbs=((kind.label, kind.plural),),
            tags=_TAGS,
        )
        yield site.page(page, kind.plural)
