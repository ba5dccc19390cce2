"""A change of a fee is told on pages as early as the site says, neither before nor in another corner of the page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT, read, tiny_project
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue import Catalogue
from generator.due import last_valid_day
from generator.render.items import item_page
from generator.render.kiosk import kiosk_units
from generator.render.site import Site
from generator.settings import settings_of
from generator.shell import SLOTS, Shell, mark

EXTRA = {
    "district": "小区",
    "host": "小区人民政府办公室",
    "phone": "0123-5550100",
    "code": "9901990001",
    "main_hall": "main",
}
TURN = date(2027, 1, 1)
GUIDE = "guides/card-renewal"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return the small project: 20 元 until 2026-12-31, 15 元 from 2027-01-01."""
    return read(tiny_project(tmp_path_factory.mktemp("announced") / "project"))


def site_over(catalogue: Catalogue, announce_days: int) -> Site:
    made = settings_of(ROOT, "小区政务公开", "https://www.small.example", {**EXTRA, "announce_days": announce_days})
    shells = {("guides", 2): Shell("".join(mark(slot) for slot in SLOTS), "../../")}
    valid_until = last_valid_day(catalogue, announce_days)
    return Site(catalogue=catalogue, settings=made, theme=ROOT / "site_theme", shells=shells, valid_until=valid_until)


def page_of(site: Site) -> str:
    return item_page(site, site.catalogue.sheet(site.catalogue.by_path[GUIDE])).data.decode()


def touch_screen_of(site: Site) -> str:
    outputs = [output for unit in kiosk_units(site) for output in unit.make(site)]
    return next(
        output.data.decode() for output in outputs if output.path.endswith("kiosk/guides/card-renewal/index.html")
    )


def changes_in(html: str) -> list[str]:
    """Return the end of the key of each mark that tells of a change; the closing table of all facts is no notice."""
    page = LexborHTMLParser(html)
    for table in page.css(".rest"):
        table.decompose()
    keys = [node.attributes["data-fact"] or "" for node in page.css("[data-fact*='.next_']")]
    return [key.rpartition(".")[2] for key in keys]


def test_a_page_tells_of_a_change_as_early_as_the_site_says(tiny: Catalogue) -> None:
    """2026-11-23 is 39 days before."""
    assert changes_in(page_of(site_over(tiny, 38))) == []
    assert changes_in(page_of(site_over(tiny, 39))) == ["next_from", "next_amount"] * 2
    assert changes_in(touch_screen_of(site_over(tiny, 38))) == []
    assert changes_in(touch_screen_of(site_over(tiny, 39))) == ["next_from", "next_amount"] * 2


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2026, 9, 1), date(2027, 2, 1)), st.integers(0, 200))
def test_a_page_stays_as_it_is_up_to_the_day_that_is_named(tiny: Catalogue, day: date, announce_days: int) -> None:
    site = site_over(tiny.as_of(day), announce_days)
    told = bool(changes_in(page_of(site)))
    assert told is (day < TURN <= day + timedelta(days=announce_days))
    last = site_over(tiny.as_of(site.valid_until), announce_days)
    assert bool(changes_in(page_of(last))) is told
    if (after := site.valid_until + timedelta(days=1)) in {TURN, TURN - timedelta(days=announce_days)}:
        told_after = bool(changes_in(page_of(site_over(tiny.as_of(after), announce_days))))
        assert told_after is (after < TURN)
