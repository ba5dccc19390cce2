"""功能设计: name and address, footer, tags, search, and whether pages can be used by everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import urlsplit

from generator.audit.indicator import CHECKLIST, FUNCTIONS, GUIDELINES, Found, Indicator
from generator.audit.site import Audited, outside
from generator.item import Item
from generator.kinds import all_kinds

_GOVERNMENT = ".gov.cn"
_MARK = "党政机关"
_FINDING_FAULTS = "我为政府网站找错"
_REGISTER = "beian.miit.gov.cn"
SAMPLED = 4


def name_and_domain(audited: Audited) -> Iterator[Found]:
    """Find a site that is not below gov.cn or not named after its district."""
    domain, name = audited.settings.domain, audited.settings.name
    if not domain.endswith(_GOVERNMENT):
        yield Found(f"域名 {domain} 不在 gov.cn 下", "政府网站用 www.□□□.gov.cn 形式的域名。", file="mkdocs.yml")
    if audited.settings.district not in name:
        message = f"网站名称「{name}」里没有「{audited.settings.district}」"
        yield Found(message, "网站名称用区域或部门名称。", file="mkdocs.yml")


def footers_are_complete(audited: Audited) -> Iterator[Found]:
    """Find what is missing in the footers, each once with the number of pages."""
    settings = audited.settings
    wanted = {
        "党政机关网站标识": _MARK,
        "“我为政府网站找错”入口": _FINDING_FAULTS,
        "网站标识码": settings.code,
        "主办单位": settings.host,
        "联系方式": settings.phone,
        "ICP 备案号": settings.icp or "ICP 备案号",
        "备案号到备案网站的链接": _REGISTER,
        "公安备案号": settings.police_record or "公安备案号",
        "网站地图": "网站地图",
    }
    for label, text in wanted.items():
        lacking = [page for page in audited.public if text not in page.footer]
        if lacking:
            message = f"{len(lacking)} 个网页的页脚没有{label}"
            yield Found(message, "请在 mkdocs.yml 的 extra.site 里补上，或补到页脚模板。", lacking[0].address)


def visitors_are_told_of_leaving(audited: Audited) -> Iterator[Found]:
    """Find links to other hosts that do not say that they leave the site."""
    hosts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for page, url, relation in outside(audited):
        host = urlsplit(url).netloc
        if not host.endswith(_GOVERNMENT) and "external" not in relation.split():
            hosts[host] += 1
            first.setdefault(host, page.address)
    for host, count in hosts.items():
        message = f"{count} 个到 {host} 的链接没有离站提示"
        yield Found(message, '离开本站的链接写 rel="external"，页面会标明站外。', first[host])


def nothing_comes_from_elsewhere(audited: Audited) -> Iterator[Found]:
    """Find pages that are drawn with something from another host."""
    for path, page in audited.pages.items():
        for url in page.needed:
            if (host := urlsplit(url).netloc) and host != audited.settings.domain:
                yield Found(f"从 {host} 取 {url}", "请把文件放到本站。", path.removesuffix("index.html"))


def search_works(audited: Audited) -> Iterator[Found]:
    """Find a site without search, or whose search data lack one of four sampled titles or the classes."""
    if audited.at("search/") is None:
        yield Found("没有站内搜索", "请重新生成站点。", "search/")
        return
    try:
        data = b"".join(audited.read(path) for path in sorted(audited.files) if _is_search_data(path)).decode()
    except OSError:
        data = ""
    for item in _sampled(audited):
        if item.name not in data:
            yield Found(f"搜不到「{item.name}」", "请重新生成站点，不要用 --no-search。", f"{item.path}/", item)
    if missing := [model.kind.label for model in all_kinds().values() if model.kind.label not in data]:
        yield Found(f"搜索结果没有分类：{'、'.join(missing)}", "请重新生成站点。", "search/")


def _is_search_data(path: str) -> bool:
    return path.startswith("search/") and path.endswith(".json")


def _sampled(audited: Audited) -> list[Item]:
    """Return one item in force of each of the kinds in the navigation, the middle one, four in all."""
    kinds = [model.kind.name for model in all_kinds().values() if model.kind.in_navigation]
    listed = (audited.catalogue.of_kind(name) for name in kinds)
    offers = ([item for item in items if not item.is_withdrawn(audited.today)] for items in listed)
    return [items[len(items) // 2] for items in offers if items][:SAMPLED]


def pages_can_be_used(audited: Audited) -> Iterator[Found]:
    """Find pages without language, main heading or breadcrumbs, with images without a word, or with another's title."""
    titles: dict[str, str] = {}
    for page in audited.public:
        faults = [] if page.lang.startswith("zh") else ["没有写明语言是中文"]
        faults += [] if page.headings == 1 else [f"有 {page.headings} 个一级标题"]
        faults += [] if page.has_crumbs or not page.address else ["没有位置导航（面包屑）"]
        faults += [f"{page.without_alt} 张图片没有文字说明"] if page.without_alt else []
        if not page.title:
            faults.append("没有标题")
        elif (other := titles.setdefault(page.title, page.address)) != page.address:
            faults.append(f"标题「{page.title}」与 {other or '首页'} 相同")
        for fault in faults:
            yield Found(fault, "请改页面模板或内容。", page.address)


INDICATORS = (
    Indicator(
        id="name-and-domain",
        group=FUNCTIONS,
        name="域名和网站名称",
        threshold="每项不符扣 1 分",
        source=CHECKLIST,
        certainty="S2",
        how="看网站设置里的网址和名称",
        check=name_and_domain,
        points=Decimal(2),
        each=Decimal(1),
    ),
    Indicator(
        id="footer",
        group=FUNCTIONS,
        name="网站标识（页脚）",
        threshold="每缺一项扣 0.5 分",
        source=GUIDELINES,
        certainty="M+",
        how="逐页读页脚，查九项",
        check=footers_are_complete,
        points=Decimal(5),
        each=Decimal("0.5"),
    ),
    Indicator(
        id="leaving",
        group=FUNCTIONS,
        name="离站提示",
        threshold="每个外部网站扣 0.25 分",
        source=GUIDELINES,
        certainty="M+",
        how="逐页读到 gov.cn 以外的链接",
        check=visitors_are_told_of_leaving,
        points=Decimal(1),
        each=Decimal("0.25"),
    ),
    Indicator(
        id="own-files",
        group=FUNCTIONS,
        name="不从别的网站取文件",
        threshold="每处扣 0.1 分",
        source=GUIDELINES,
        certainty="M-",
        how="逐页读脚本、样式和图片的地址",
        check=nothing_comes_from_elsewhere,
        points=Decimal(1),
        each=Decimal("0.1"),
    ),
    Indicator(
        id="search",
        group=FUNCTIONS,
        name="搜索",
        threshold="抽 4 个标题，每个搜不到扣 1 分；结果不分类扣 1 分",
        source=CHECKLIST,
        certainty="M",
        how="在搜索数据里找标题和分类；没有用浏览器真的搜，名次要人工再看",
        check=search_works,
        points=Decimal(4),
        each=Decimal(1),
    ),
    Indicator(
        id="usable",
        group=FUNCTIONS,
        name="标题、语言、位置导航、图片说明",
        threshold="每处扣 0.05 分",
        source=GUIDELINES,
        certainty="M-",
        how="逐页读网页",
        check=pages_can_be_used,
        points=Decimal(2),
        each=Decimal("0.05"),
    ),
)
