"""单项否决: one hit and the site has failed (国办秘函〔2019〕19号, first part)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator import codelists
from generator.audit.columns import NEWS, TWO_WEEKS, kind_columns, months_before, news_columns, policy_columns
from generator.audit.elements import missing_key_elements
from generator.audit.indicator import CHECKLIST, VETO, Found, Indicator
from generator.audit.site import Audited
from generator.checks import disclosures, guides, wording
from generator.checks.service import offered
from generator.checks.texts import texts_of
from generator.item import Item
from generator.kinds.disclosure import Disclosure
from generator.kinds.guide import Guide

SHORTEST = 30
"""A prose column with fewer characters says nothing."""
MISSING_KINDS = 4
"""So many of the eight kinds of key elements missing make a guide useless."""
FEW_GUIDES = 5


def wrong_words(audited: Audited) -> Iterator[Found]:
    """Find grave wordings in items."""
    for item in audited.catalogue.items:
        for finding in wording.names_are_right(texts_of(item)):
            address = f"{item.path}/"
            yield Found(finding.message, finding.hint, address, item, finding.path)


def dates_ahead(audited: Audited) -> Iterator[Found]:
    """Find pages that claim to have been published after the day of the inspection."""
    for page in audited.public:
        for written in page.tags.get("PubDate", ()):
            if written[:10] > audited.today.isoformat():
                message = f"发布时间「{written}」晚于检查日 {audited.today}"
                yield Found(message, "请核对发布日期，未到的日子不能写成已发布。", page.address)


def home_page_is_old(audited: Audited) -> Iterator[Found]:
    """Find a home page whose latest entry is older than two weeks; entries without a day don't count."""
    home = audited.at("")
    if home is None:
        yield Found("没有首页 index.html", "请重新生成站点。")
        return
    shown = [
        item.dated()
        for item in audited.catalogue.items
        if f"{item.path}#name" in home.facts and f"{item.path}#published" in home.facts
    ]
    latest = max((day for day in shown if day and day <= audited.today), default=None)
    if latest is None or audited.today - latest > TWO_WEEKS:
        said = f"首页最新一条信息是 {latest} 发布的" if latest else "首页没有带发布日期的信息"
        yield Found(f"{said}，两周内没有更新", "请在通知公告或工作动态里发布新的信息。")


def news_are_old(audited: Audited) -> Iterator[Found]:
    """Find news columns without an update in two weeks, and columns of notices and policies in six months."""
    half_year = months_before(audited.today, 6)
    for column in (*news_columns(audited), *policy_columns(audited)):
        since = audited.today - TWO_WEEKS if column.name == NEWS else half_year
        if column.entries and (column.latest is None or column.latest < since):
            yield Found(_last(column.latest, since), f"请更新「{column.name}」栏目。", column.address)


def columns_are_overdue(audited: Audited) -> Iterator[Found]:
    """Find columns with entries that should have been published or looked at again by their own rule."""
    late: dict[str, list[Item]] = {}
    for finding in disclosures.publications_are_in_time(audited.catalogue):
        assert isinstance(finding.item, Disclosure)
        code = codelists.DISCLOSURE_AREAS[finding.item.area]
        late.setdefault(f"{Disclosure.kind.plural}/by/area-{code}/", []).append(finding.item)
    for finding in guides.reviews_are_done(audited.catalogue):
        assert isinstance(finding.item, Item)
        late.setdefault(f"{finding.item.kind.plural}/", []).append(finding.item)
    for address, items in late.items():
        names = "、".join(f"「{item.name}」" for item in items[:3])
        message = f"{len(items)} 条应更新未更新：{names}{'等' if len(items) > 3 else ''}"
        yield Found(message, "请按各条自己的时限更新。", address, items[0])


def columns_are_blank(audited: Audited) -> Iterator[Found]:
    """Find columns without content: lists without items, prose pages with hardly a word or with blank sections."""
    for column in kind_columns(audited):
        if not column.entries and audited.at(column.address):
            yield Found(f"「{column.name}」是空白栏目", "请补上内容，或者撤下这个栏目。", column.address)
    for page in audited.public:
        if page.address in audited.prose and page.length < SHORTEST:
            yield Found(f"正文只有 {page.length} 个字", "请补上内容，或者撤下这个页面。", page.address)


def guides_are_useless(audited: Audited) -> Iterator[Found]:
    """Find guides that lack four or more of the eight kinds of key elements on their page."""
    for guide in offered(audited.catalogue):
        missing = missing_key_elements(audited, guide)
        if len(missing) >= MISSING_KINDS:
            message = f"八类重点要素缺 {len(missing)} 类：{'、'.join(missing)}"
            yield Found(message, "请补全要素。", f"{guide.path}/", guide)


def no_services(audited: Audited) -> Iterator[Found]:
    """Find a site without guides, or with fewer than five of which each one is useless."""
    offers = list(offered(audited.catalogue))
    useless = len(list(guides_are_useless(audited)))
    if not offers:
        yield Found("没有办事服务", "请公布办事指南。", f"{Guide.kind.plural}/")
    elif len(offers) < FEW_GUIDES and useless == len(offers):
        message = f"只有 {len(offers)} 项办事指南，每项都缺 {MISSING_KINDS} 类以上重点要素"
        yield Found(message, "请补全要素。", f"{Guide.kind.plural}/")


def _last(latest: date | None, since: date) -> str:
    return f"最近更新是 {latest}，应在 {since} 以后" if latest else "没有带日期的内容"


INDICATORS = (
    Indicator(
        id="wrong-words",
        group=VETO,
        name="安全、泄密等严重问题：严重表述错误",
        threshold="有 1 处即否决",
        source=CHECKLIST,
        certainty="S2",
        how="内容逐条对照用语规则",
        check=wrong_words,
    ),
    Indicator(
        id="dates-ahead",
        group=VETO,
        name="弄虚作假：发稿日期晚于检查日",
        threshold="有 1 处即否决",
        source=CHECKLIST,
        certainty="S2",
        how="读每个网页的发布时间标签",
        check=dates_ahead,
    ),
    Indicator(
        id="home-not-updated",
        group=VETO,
        name="首页不更新",
        threshold="两周内没有新信息；没有发布日期的不算",
        source=CHECKLIST,
        certainty="S2",
        how="读首页列出的信息和日期",
        check=home_page_is_old,
    ),
    Indicator(
        id="columns-not-updated",
        group=VETO,
        name="栏目不更新：动态要闻两周、通知公告和政策文件六个月",
        threshold="合计 5 个栏目即否决",
        source=CHECKLIST,
        certainty="S2",
        how="按各栏目内容的发布日期",
        check=news_are_old,
        limit=5,
    ),
    Indicator(
        id="columns-overdue",
        group=VETO,
        name="栏目不更新：应更新未更新",
        threshold="10 个栏目即否决",
        source=CHECKLIST,
        certainty="S2",
        how="按公开目录的时限和指南的复核日期",
        check=columns_are_overdue,
        limit=10,
    ),
    Indicator(
        id="columns-blank",
        group=VETO,
        name="栏目不更新：空白栏目",
        threshold="5 个栏目即否决",
        source=CHECKLIST,
        certainty="S2",
        how="看列表有没有内容、文字页有没有正文",
        check=columns_are_blank,
        limit=5,
    ),
    Indicator(
        id="guides-useless",
        group=VETO,
        name="服务不实用：办事指南重点要素类别缺失 4 类以上",
        threshold="5 项指南即否决",
        source=CHECKLIST,
        certainty="M+",
        how="逐项读指南页面上的八类要素",
        check=guides_are_useless,
        limit=5,
    ),
    Indicator(
        id="no-services",
        group=VETO,
        name="服务不实用：没有办事服务，或者不足 5 项且每项都缺 4 类以上",
        threshold="有即否决",
        source=CHECKLIST,
        certainty="S2",
        how="数在用的办事指南",
        check=no_services,
    ),
)
