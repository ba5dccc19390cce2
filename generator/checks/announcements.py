"""Announcements: dates that can be true."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.checks.finding import Finding
from generator.kinds.announcement import Announcement


def announcements_expire_after_publication(catalogue: Catalogue) -> Iterator[Finding]:
    """Find announcements that expire before they are published (政府网站发展指引: expired information is marked)."""
    for announcement in catalogue.all_of(Announcement):
        if announcement.expires and announcement.expires < announcement.published:
            yield Finding(
                item=announcement,
                path=("expires",),
                code="expires-before-published",
                message=f"失效日期 {announcement.expires} 早于发布日期 {announcement.published}",
                hint="请核对两个日期；长期有效的不写失效日期。",
            )
