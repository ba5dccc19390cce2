"""The rules about announcements: for each a finding, in full, and what raises none."""

from __future__ import annotations

from conftest import MakeCatalogue

from generator.checks import announcements


def test_an_announcement_expires_after_its_publication(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue({"announcements/saturday": "expires: 2026-11-01"})
    assert wrong.found(announcements.announcements_expire_after_publication) == [
        "announcements/saturday expires error expires-before-published",
        "失效日期 2026-11-01 早于发布日期 2026-11-02",
        "请核对两个日期；长期有效的不写失效日期。",
    ]
    right = make_catalogue({"announcements/saturday": "expires: 2026-11-02"})
    assert right.found(announcements.announcements_expire_after_publication) == []


def test_the_place_is_told(make_catalogue: MakeCatalogue) -> None:
    wrong = make_catalogue(
        {
            "announcements/saturday": """\
published: 2026-11-02
expires: 2026-11-01
"""
        }
    )
    assert wrong.said("expires-before-published").splitlines() == [
        (
            "items/announcements/saturday.yml:2:10: 错误: 「失效日期」失效日期 2026-11-01 早于发布日期 2026-1"
            "1-02 [expires-before-published]"
        ),
        "    请核对两个日期；长期有效的不写失效日期。",
        "共 1 个错误，0 个提醒。",
    ]
