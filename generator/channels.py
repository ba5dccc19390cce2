"""Pages, data and media of a site, told apart by their addresses, and what each medium of a hall has to show."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What a file is, by the beginning of its path below the site root; the first that fits, each with its Chinese name.
CHANNELS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "pdf": (re.compile("packs/[^/]+/boards/pdf/"), "PDF"),
    "pack": (re.compile("packs/"), "大厅离线包"),
    "handout": (re.compile("handouts/"), "一次性告知单"),
    "checklist": (re.compile("bundles/[^/]+/(cases/[^/]+/)?checklist/"), "一件事清单"),
    "screen": (re.compile("hall/[^/]+/windows/"), "窗口屏"),
    "kiosk": (re.compile("hall/[^/]+/kiosk/"), "查询机"),
    "board": (re.compile("hall/[^/]+/fees/"), "收费公示"),
    "plan": (re.compile("hall/[^/]+/plan/"), "平面图和窗口目录"),
    "led": (re.compile(r"hall/[^/]+/led\.(json|txt)"), "LED 屏"),
    "json": (re.compile("api/"), "开放数据"),
    "search": (re.compile(r"search/(lookup|blocks|postings)"), "搜索"),
    "page": (re.compile(""), "网页"),
}


_ON_A_CHECKLIST = r"name|department|consult\.phone|complain\.phone"
_TOTALS = "fee|days|guides|materials"
_PLANNED = r"plan\..*|route\..*|union\..*\.(material|copies|perhaps|once|made|exempt)"

# What a medium has to show of an item, whatever its template: which files, of which item, which paths of its facts.
# A number in braces stands for a group of the file's path.
REQUIRED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile("handouts/([^/]+)/index.html"),
        "guides/{1}",
        r"name|codes\.local|version|department|fee\.amount|fees\..*\.(fee|amount)|materials\..*"
        r"|time\.promised|place\.where|consult\.phone|complain\.phone",
    ),
    (
        re.compile("handouts/([^/]+)/([^/]+)/index.html"),
        "guides/{1}",
        r"name|codes\.local|version|department|cases\.{2}\.(label|fee|time|visits|where|bring|do)"
        r"|consult\.phone|complain\.phone",
    ),
    (
        re.compile("guides/([^/]+)/cases(?:/([^/]+))?/index.html"),
        "guides/{1}",
        r"name|consult\.phone|cases\.{2}\.(label|fee|time|visits|where|bring|do|elsewhere)",
    ),
    (
        re.compile("bundles/([^/]+)/checklist/index.html"),
        "bundles/{1}",
        rf"{_ON_A_CHECKLIST}|total\.({_TOTALS})|{_PLANNED}",
    ),
    (
        re.compile("bundles/([^/]+)/cases/([^/]+)/checklist/index.html"),
        "bundles/{1}",
        rf"{_ON_A_CHECKLIST}|cases\.{{2}}\.(label|{_TOTALS}|{_PLANNED})",
    ),
    (
        re.compile("bundles/([^/]+)/cases/([^/]+)/index.html"),
        "bundles/{1}",
        rf"name|consult\.phone|cases\.{{2}}\.({_TOTALS}|{_PLANNED}|elsewhere)",
    ),
    (
        re.compile("hall/([^/]+)/kiosk/guides/([^/]+)/index.html"),
        "guides/{2}",
        r"name|fee\.amount|fees\..*\.amount|materials\..*\.(material|form|copies|medium|source|note)|time\.promised"
        r"|visit\.count|place\.where|consult\.phone",
    ),
    (
        re.compile("hall/([^/]+)/kiosk/guides/([^/]+)/cases(?:/([^/]+))?/index.html"),
        "guides/{2}",
        r"name|consult\.phone|cases\.{3}\.(label|fee|time|visits|where|bring|do|elsewhere)",
    ),
    (
        re.compile("hall/([^/]+)/windows/([^/]+)/index.html"),
        "hall/{1}",
        r"(?i:windows\.{2}\.(no|name|guides\..*))",  # addresses are in small letters, windows' numbers in capitals
    ),
    (re.compile("hall/([^/]+)/fees/index.html"), "hall/{1}", "name|complaint_phone"),
    (re.compile("hall/([^/]+)/plan/index.html"), "hall/{1}", r"windows\.[^.]+\.(no|name|guides\..*)"),
)


_DISTRICT = re.compile("d/[^/]+/(?=.)")


def in_district(path: str) -> tuple[str, str]:
    """Return the beginning of a path that leads to a district, empty where it leads to none, and what follows."""
    match = _DISTRICT.match(path)
    return (match[0], path[match.end() :]) if match else ("", path)


def channel_of(path: str) -> str:
    """Return the channel of a file by its path below the site root, or below its district's."""
    _, inner = in_district(path)
    return next(name for name, (pattern, _) in CHANNELS.items() if pattern.match(inner))


_PRINT = re.compile(r"(packs/([^/]+)/boards/)pdf/(?:(handouts/[^/]+(?:/[^/]+)?)|([a-z0-9-]+))\.pdf")


def printed_page(path: str) -> str:
    """Return the page that a PDF in a pack was printed from (`fees-a3.pdf`: `fees/a3/`), empty for other files."""
    match = _PRINT.fullmatch(path)
    if not match:
        return ""
    pack, hall, handout, board = match.groups()
    return f"{pack}{handout or f'hall/{hall}/' + board.replace('-', '/')}/index.html"
