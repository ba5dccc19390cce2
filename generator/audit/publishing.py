"""发布解读: columns of the government, news, policies and their interpretations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.audit.columns import INTERPRETATIONS, NEWS, TWO_WEEKS, months_before, news_columns, policy_columns
from generator.audit.indicator import CHECKLIST, PUBLISHING, Found, Indicator
from generator.audit.site import Audited
from generator.audit.vetoes import columns_are_blank, columns_are_overdue
from generator.kinds.department import Department
from generator.kinds.policy import Policy
from generator.workdays import add_workdays

RELEASE_WORKDAYS = 3
_GENERAL = ("概况", "简介", "区情", "县情", "市情")
_LEADERS = ("领导", "负责人")


def general_columns(audited: Audited) -> Iterator[Found]:
    """Find a site without a page about the district, its bodies or its leaders."""
    said = [f"{page.title} {' '.join(page.sections)}" for page in audited.public if page.address in audited.prose]
    for label, words in (("概况信息", _GENERAL), ("领导信息", _LEADERS)):
        if not any(word in text for text in said for word in words):
            hint = f"请在 content/ 写一页，标题里有「{words[0]}」。"
            yield Found(f"没有{label}栏目", hint)
    if not audited.catalogue.all_of(Department):
        yield Found("没有机构职能栏目", "请写各部门的职责、地址和电话。", f"{Department.kind.plural}/")


def news_are_current(audited: Audited) -> Iterator[Found]:
    """Find a news column that is missing or has had no update in two weeks."""
    for column in news_columns(audited):
        if column.name != NEWS:
            continue
        since = audited.today - TWO_WEEKS
        if column.latest is None:
            yield Found(f"没有「{NEWS}」", "请发布工作动态。", column.address)
        elif column.latest < since:
            yield Found(f"最近更新是 {column.latest}，应在 {since} 以后", "请发布新的工作动态。", column.address)


def policies_are_current(audited: Audited) -> Iterator[Found]:
    """Find a column of policies that is missing or has had no update in six months."""
    yield from _old(audited, interpretations=False)


def interpretations_are_current(audited: Audited) -> Iterator[Found]:
    """Find a column of interpretations that is missing or has had no update in six months."""
    yield from _old(audited, interpretations=True)


def _old(audited: Audited, *, interpretations: bool) -> Iterator[Found]:
    since = months_before(audited.today, 6)
    for column in policy_columns(audited):
        if (column.name == INTERPRETATIONS) is not interpretations:
            continue
        if not column.entries or column.latest is None:
            yield Found(f"没有带日期的「{column.name}」", f"请发布{column.name}，写明发布日期。", column.address)
        elif column.latest < since:
            message = f"最近更新是 {column.latest}，应在 {since} 以后"
            yield Found(message, f"请发布新的{column.name}。", column.address)


def interpretations_are_linked(audited: Audited) -> Iterator[Found]:
    """Find an interpretation and its document that do not link to each other on their pages."""
    for item, target in _interpreted(audited):
        for here, there in ((item, target), (target, item)):
            page = audited.at(f"{here.path}/")
            wanted = f"{there.path}/index.html"
            if page and not any(audited.target(page, url) == wanted for url, _ in page.links):
                message = f"没有链接到「{there.name}」"
                yield Found(message, "解读和文件要互相链接：在解读里写 interprets。", f"{here.path}/", here)


def interpretations_are_in_time(audited: Audited) -> Iterator[Found]:
    """Find interpretations of the district's own documents that came more than three working days after them."""
    for item, target in _interpreted(audited):
        if audited.settings.district not in target.issuer or not (item.published and target.published):
            continue
        latest = add_workdays(target.published, RELEASE_WORKDAYS)
        if item.published > latest:
            message = f"文件 {target.published} 发布，解读 {item.published} 才发布（最迟 {latest}）"
            yield Found(message, "解读与文件同步发布，最迟不晚于 3 个工作日。", f"{item.path}/", item, ("published",))


def _interpreted(audited: Audited) -> Iterator[tuple[Policy, Policy]]:
    for item in audited.catalogue.all_of(Policy):
        for identifier in item.interprets:
            target = audited.catalogue.find(Policy.kind.name, identifier)
            if isinstance(target, Policy):
                yield item, target


def sections_are_blank(audited: Audited) -> Iterator[Found]:
    """Find blank columns, and prose pages with a heading that nothing follows."""
    yield from columns_are_blank(audited)
    for page in audited.public:
        if page.address in audited.prose:
            for heading in page.blank_sections:
                yield Found(f"「{heading}」下面没有内容", "请补上内容，或者删掉这个标题。", page.address)


INDICATORS = (
    Indicator(
        id="general-columns",
        group=PUBLISHING,
        name="概况信息、机构职能、领导信息",
        threshold="每缺一个栏目扣 2 分",
        source=CHECKLIST,
        certainty="M",
        how="看有没有这样的页面，看部门职责",
        check=general_columns,
        points=Decimal(6),
        each=Decimal(2),
    ),
    Indicator(
        id="news",
        group=PUBLISHING,
        name="动态要闻",
        threshold="没有，或者两周内没有更新，扣 5 分",
        source=CHECKLIST,
        certainty="M+",
        how="按工作动态的发布日期",
        check=news_are_current,
        points=Decimal(5),
        each=Decimal(5),
    ),
    Indicator(
        id="policies",
        group=PUBLISHING,
        name="政策文件",
        threshold="没有，或者六个月内没有更新，扣 5 分",
        source=CHECKLIST,
        certainty="S2",
        how="按政策文件的发布日期",
        check=policies_are_current,
        points=Decimal(5),
        each=Decimal(5),
    ),
    Indicator(
        id="interpretations",
        group=PUBLISHING,
        name="政策解读更新",
        threshold="没有，或者六个月内没有更新，扣 3 分",
        source=CHECKLIST,
        certainty="M",
        how="按政策解读的发布日期",
        check=interpretations_are_current,
        points=Decimal(3),
        each=Decimal(3),
    ),
    Indicator(
        id="interpretation-links",
        group=PUBLISHING,
        name="解读与政策文件互相链接",
        threshold="每缺一个链接扣 1 分",
        source=CHECKLIST,
        certainty="M",
        how="逐篇读两个页面上的链接",
        check=interpretations_are_linked,
        points=Decimal(3),
        each=Decimal(1),
    ),
    Indicator(
        id="interpretation-dates",
        group=PUBLISHING,
        name="解读同步发布",
        threshold="超过 3 个工作日，每篇扣 0.5 分",
        source="国办发〔2016〕80号",
        certainty="M",
        how="比较本区文件和解读的发布日期",
        check=interpretations_are_in_time,
        points=Decimal(2),
        each=Decimal("0.5"),
    ),
    Indicator(
        id="blank",
        group=PUBLISHING,
        name="空白栏目",
        threshold="每个扣 1 分",
        source=CHECKLIST,
        certainty="M",
        how="看列表有没有内容，文字页每个标题下面有没有内容",
        check=sections_are_blank,
        points=Decimal(3),
        each=Decimal(1),
    ),
    Indicator(
        id="overdue",
        group=PUBLISHING,
        name="应更新未更新",
        threshold="每个栏目扣 1 分",
        source=CHECKLIST,
        certainty="M",
        how="按公开目录的时限和指南的复核日期",
        check=columns_are_overdue,
        points=Decimal(3),
        each=Decimal(1),
    ),
)
