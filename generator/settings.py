"""What a district sets in `mkdocs.yml` about itself, as one frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

SITE_KEYS = "extra.site"
REQUIRED = frozenset({"district", "host", "phone", "code", "main_hall"})
_SITE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"']*)?")


class WrongSettings(Exception):
    """The `extra.site` part of the configuration lacks something or has something unknown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """A site's own data. Everything below `extra.site` in `mkdocs.yml` has its field here."""

    root: Path
    name: str
    url: str
    """Public address with a slash at the end."""
    district: str
    host: str
    """主办单位."""
    phone: str
    code: str
    """网站标识码: ten digits, six of them the region code (国办发〔2017〕47号)."""
    main_hall: str
    popular: tuple[str, ...] = ()
    """Ids of the guides that the home page names first."""
    notice: str = ""
    """A line above every page, such as that the site is a demonstration."""
    icp: str = ""
    police_record: str = ""
    announce_days: int = 90
    """How many days ahead a change is announced."""
    case_limit: int = 64
    """最多情形数: how many cases a guide may have; each is a page and a handout of its own."""

    attachment_types: tuple[str, ...] = (
        "pdf", "docx", "xlsx", "pptx", "ofd", "csv", "txt", "zip", "png", "jpg", "jpeg", "gif", "webp",
    )  # fmt: skip
    """附件类型: extensions of the files that may be published."""
    attachment_megabytes: int = 20
    """附件大小: how many megabytes an attachment may have."""

    @property
    def as_set(self) -> str:
        """All that is set, in the same words wherever the project lies."""
        return repr(replace(self, root=Path()))

    @property
    def domain(self) -> str:
        """The host name of the public address."""
        return self.url.split("/")[2]


def settings_of(root: Path, name: str, url: str | None, site: object) -> Settings:
    """Return the settings of a configuration; raise `WrongSettings` with all that is wrong."""
    problems = (
        [] if url and _SITE_URL.fullmatch(url) else ["site_url 要写完整的网址，例如 https://www.mingchuan.example/"]
    )
    if not isinstance(site, Mapping):
        problems.append(f"{SITE_KEYS} 下面要写 {'、'.join(sorted(REQUIRED))}，每项一行")
    else:
        problems += [f"{SITE_KEYS} 缺少 {key}" for key in sorted(REQUIRED - site.keys())]
        problems += [problem for key, value in site.items() if (problem := _wrong_value(str(key), value))]
    if problems:
        raise WrongSettings(f"mkdocs.yml：{'；'.join(problems)}。")
    assert isinstance(site, Mapping)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in site.items()}
    return Settings(root=root, name=name, url=f"{str(url).rstrip('/')}/", **values)


def _wrong_value(key: str, value: object) -> str:
    """Return what is wrong with a line below `extra.site`, empty where nothing is."""
    sort = {entry.name: entry.type for entry in fields(Settings)}.get(key)
    if sort is None or key in ("root", "name", "url"):
        return f"{SITE_KEYS} 没有 {key} 这一项"
    if sort == "int":
        fits, expected = isinstance(value, int) and not isinstance(value, bool), "整数"
    elif sort == "str":
        fits, expected = isinstance(value, str), '文字，像数字的用半角引号 " 括起来'
    else:
        fits = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        expected = "列表，每条一行"
    return "" if fits else f"{SITE_KEYS} 的 {key} 应是{expected}"


def today_in_china() -> date:
    """Return today's date in 东八区, whatever the machine's zone."""
    return datetime.now(timezone(timedelta(hours=8))).date()
