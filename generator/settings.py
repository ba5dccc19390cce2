"""What a district sets in `mkdocs.yml` about itself, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

SITE_KEYS = "extra.site"


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

    @property
    def domain(self) -> str:
        """The host name of the public address."""
        return self.url.split("/")[2]


def settings_of(root: Path, name: str, url: str | None, site: Mapping[str, Any]) -> Settings:
    """Return the settings of a configuration; raise `WrongSettings` with what is missing or unknown."""
    known = {entry.name for entry in fields(Settings)} - {"root", "name", "url"}
    required = {"district", "host", "phone", "code", "main_hall"}
    problems = [f"缺少 {key}" for key in sorted(required - site.keys())]
    problems += [f"没有 {key} 这一项" for key in sorted(site.keys() - known)]
    if not url or not url.startswith(("https://", "http://")):
        problems.append("site_url 要写完整的网址")
    if problems:
        raise WrongSettings(f"mkdocs.yml 的 {SITE_KEYS}：{'；'.join(problems)}。")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in site.items()}
    return Settings(root=root, name=name, url=f"{str(url).rstrip('/')}/", **values)


def today_in_china() -> date:
    """Return today's date in 东八区, whatever the machine's zone."""
    from datetime import datetime, timedelta, timezone

    return datetime.now(timezone(timedelta(hours=8))).date()
