"""政府信息公开: what the platform page and the regulation ask for, beside the inspection and so without points."""

from __future__ import annotations

from collections.abc import Iterator

from generator import codelists
from generator.audit.indicator import DISCLOSURE, GUIDELINES, PLATFORM, REGULATION, Found, Indicator
from generator.audit.site import Audited
from generator.checks import annual_reports, policies
from generator.kinds.announcement import Announcement
from generator.kinds.annual_report import AnnualReport
from generator.kinds.disclosure import Disclosure
from generator.kinds.policy import Policy

COLUMN = "disclosure/"
PARTS = {
    "政府信息公开指南": "disclosure/guide/",
    "政府信息公开制度": "disclosure/system/",
    "法定主动公开内容": "disclosure/statutory/",
    "政府信息公开年报": "disclosure/reports/",
    "依申请公开": "disclosure/request/",
}
CONTENTS_OF_THE_GUIDE = ("分类", "编排体系", "获取方式", "机构")


def platform_is_complete(audited: Audited) -> Iterator[Found]:
    """Find parts of the platform that are missing or that its page does not lead to."""
    column = audited.at(COLUMN)
    if column is None:
        yield Found("没有「政府信息公开」栏目", "请在 content/disclosure/ 写 index.md。", COLUMN)
        return
    targets = {audited.target(column, url) for url, _ in column.links}
    for label, address in PARTS.items():
        if audited.at(address) is None:
            yield Found(f"没有「{label}」", f"请写 content/{address.rstrip('/')}.md。", address)
        elif f"{address}index.html" not in targets:
            yield Found(f"没有链接到「{label}」", "请在栏目首页加上链接。", COLUMN)


def guide_says_everything(audited: Audited) -> Iterator[Found]:
    """Find contents of article 12 that the guide to disclosure lacks."""
    page = audited.at(PARTS["政府信息公开指南"])
    said = " ".join(page.sections) if page else ""
    for word in CONTENTS_OF_THE_GUIDE:
        if page and word not in said:
            yield Found(f"指南里没有讲「{word}」的一节", "条例第十二条要求写明。", page.address)


def statutory_contents_are_covered(audited: Audited) -> Iterator[Found]:
    """Find contents of article 20 that neither the catalogue nor the page of statutory contents covers."""
    covered = {entry.statutory for entry in audited.catalogue.all_of(Disclosure)}
    page = audited.at(PARTS["法定主动公开内容"])
    sections = len(page.sections) if page else 0
    for label, number in codelists.STATUTORY_CONTENTS.items():
        if label not in covered and sections < int(number):
            yield Found(f"第二十条第（{number}）项「{label}」没有公开", "请在公开目录里补上。", "disclosures/")


def policies_are_dated(audited: Audited) -> Iterator[Found]:
    """Find documents published before they were written, or more than 20 working days after."""
    for rule in (policies.dates_are_in_order, policies.documents_are_published_in_time):
        for finding in rule(audited.catalogue):
            assert isinstance(finding.item, Policy)
            yield Found(finding.message, finding.hint, f"{finding.item.path}/", finding.item, finding.path)


def reports_are_public(audited: Audited) -> Iterator[Found]:
    """Find a site without the government's annual report, and reports that are late or missing."""
    kind = AnnualReport.kind
    if not any(report.department is None for report in audited.catalogue.all_of(AnnualReport)):
        yield Found("没有本级政府的年度报告", f"请在 items/{kind.plural}/ 里写一份。", f"{kind.plural}/")
    for rule in (annual_reports.every_year_has_a_report, annual_reports.reports_are_published_in_time):
        for finding in rule(audited.catalogue):
            assert isinstance(finding.item, AnnualReport)
            yield Found(finding.message, finding.hint, f"{finding.item.path}/", finding.item, finding.path)


def entries_are_dated(audited: Audited) -> Iterator[Found]:
    """Find announcements and documents whose page lacks the day or the source, or hides that they are over."""
    for item in (*audited.catalogue.all_of(Announcement), *audited.catalogue.all_of(Policy)):
        page = audited.at(f"{item.path}/")
        shown = {path for path, value in page.facts.items() if value} if page else set()
        if not shown & {"published", "written", "effective"}:
            yield Found("页面上没有发布日期", "请写 published。", f"{item.path}/", item)
        if not shown & {"source", "issuer"}:
            yield Found("页面上没有信息来源", "请写 source 或 issuer。", f"{item.path}/", item)
        if item.is_withdrawn(audited.today) and not shown & {"validity", "expires"}:
            yield Found("已经失效，页面上没有标明", "请重新生成站点。", f"{item.path}/", item)


INDICATORS = (
    Indicator(
        id="platform",
        group=DISCLOSURE,
        name="政府信息公开平台：指南、制度、法定主动公开内容、年报、依申请公开",
        threshold="五个部分都要有，从栏目首页能到",
        source=PLATFORM,
        certainty="S2",
        how="看五个页面和栏目首页的链接",
        check=platform_is_complete,
    ),
    Indicator(
        id="disclosure-guide",
        group=DISCLOSURE,
        name="公开指南的内容",
        threshold="分类、编排体系、获取方式、机构和联系方式都要写",
        source=f"{REGULATION}第十二条",
        certainty="S1",
        how="读指南的各节标题",
        check=guide_says_everything,
    ),
    Indicator(
        id="statutory-contents",
        group=DISCLOSURE,
        name="法定主动公开内容十五项",
        threshold="每项都要有",
        source=f"{REGULATION}第二十条",
        certainty="S1",
        how="看公开目录和法定主动公开内容页",
        check=statutory_contents_are_covered,
    ),
    Indicator(
        id="policy-dates",
        group=DISCLOSURE,
        name="文件日期：先成文后发布，20 个工作日内",
        threshold="每份都要符合",
        source=f"{REGULATION}第二十六条",
        certainty="S1",
        how="比较成文日期和发布日期",
        check=policies_are_dated,
    ),
    Indicator(
        id="annual-report",
        group=DISCLOSURE,
        name="政府信息公开年度报告",
        threshold="部门 1 月 31 日前、政府 3 月 31 日前公布，每年都有",
        source=f"{REGULATION}第四十九条",
        certainty="S1",
        how="看每个单位各年度的报告和公布日期",
        check=reports_are_public,
    ),
    Indicator(
        id="dates-and-sources",
        group=DISCLOSURE,
        name="信息有日期和来源，失效的标明",
        threshold="每条都要有",
        source=GUIDELINES,
        certainty="S2",
        how="逐条读通知公告和政策文件的页面",
        check=entries_are_dated,
    ),
)
