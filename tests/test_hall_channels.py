"""All media of a hall say the same on every day: the small project's fee goes from 20 元 to 15 元 on 2027-01-01."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from project import HALL, run, tiny_project

LED = "led: {columns: 24}\n"
AMOUNT = re.compile(
    r'data-fact="(?:guides/card-renewal#fee\.amount|guides/card-renewal#fees\.small-card--renewal\.amount'
    r'|fees/small-card#rates\.renewal\.amount)" data-value="(\d+)"'
)
# A file of each channel that shows the amount.
FILES: Mapping[str, str] = {
    "page": "guides/card-renewal/index.html",
    "fee": "fees/small-card/index.html",
    "list": "guides/index.html",
    "screen": "hall/main/windows/a01/index.html",
    "kiosk": "hall/main/kiosk/guides/card-renewal/index.html",
    "kiosk's window": "hall/main/kiosk/windows/a01/index.html",
    "board": "hall/main/fees/index.html",
    "board on A3": "hall/main/fees/a3/index.html",
    "board on a screen": "hall/main/fees/screen/index.html",
    "handout": "handouts/card-renewal/index.html",
    "window's pack": "packs/main/window-a01/hall/main/windows/a01/index.html",
    "kiosk's pack": "packs/main/kiosk/hall/main/kiosk/guides/card-renewal/index.html",
    "handout in a pack": "packs/main/boards/handouts/card-renewal/index.html",
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The small project's site with its packs on the last day of the old fee and on the first day of the new one."""
    folder = tiny_project(tmp_path_factory.mktemp("days") / "project", {"items/hall/main.yml": HALL + LED})
    found = {}
    for day in ("2026-12-31", "2027-01-01"):
        site = folder.with_name(f"site-{day}")
        for command in (("build", "--no-search"), ("hall", "pack")):
            done = run(folder, *command, "--site-dir", str(site), "--as-of", day)
            assert done.returncode == 0, done.stderr
        found[day] = site
    return found


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
@pytest.mark.parametrize(("day", "amount"), [("2026-12-31", "20"), ("2027-01-01", "15")])
def test_every_channel_shows_the_fee_of_the_day(sites: Mapping[str, Path], file: str, day: str, amount: str) -> None:
    shown = AMOUNT.findall((sites[day] / file).read_text(encoding="utf-8"))
    assert shown and set(shown) == {amount}


@pytest.mark.parametrize(("day", "text"), [("2026-12-31", "20 元/证"), ("2027-01-01", "15 元/证")])
def test_the_led_screen_and_the_data_show_it_too(sites: Mapping[str, Path], day: str, text: str) -> None:
    assert f"小证期满换领：{text}\n" in (sites[day] / "hall/main/led.txt").read_text(encoding="utf-8")
    messages = json.loads((sites[day] / "hall/main/led.json").read_text(encoding="utf-8"))["messages"]
    facts = [fact for message in messages for fact in message["facts"]]
    assert {fact["text"] for fact in facts if fact["fact"] == "guides/card-renewal#fee.amount"} == {text}
    data = json.loads((sites[day] / "api/v1/guides/card-renewal.json").read_text(encoding="utf-8"))
    assert data["facts"]["fee.amount"]["text"] == text
    search = (sites[day] / "hall/main/kiosk/lookup.js").read_text(encoding="utf-8")
    assert f'"{text}"]' in search.replace(", ", ",")


def test_the_change_is_announced_before_and_not_after(sites: Mapping[str, Path]) -> None:
    for file in ("guides/card-renewal", "handouts/card-renewal", "hall/main/fees", "hall/main/windows/a01"):
        before, after = (
            (sites[day] / file / "index.html").read_text(encoding="utf-8") for day in ("2026-12-31", "2027-01-01")
        )
        assert "2027年1月1日" in before and "15 元/证" in before, file
        assert ".next_amount" not in after, file


def test_everything_of_the_old_year_is_right_until_its_end(sites: Mapping[str, Path]) -> None:
    for file in ("handouts/card-renewal", "hall/main/fees", "hall/main/windows/a01", "hall/main/kiosk"):
        text = (sites["2026-12-31"] / file / "index.html").read_text(encoding="utf-8")
        assert 'data-valid-until="2026-12-31"' in text, file
    manifest = json.loads((sites["2026-12-31"] / "packs/main/window-a01/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["as_of"], manifest["valid_until"]) == ("2026-12-31", "2026-12-31")


def test_verification_counts_the_packs_too(sites: Mapping[str, Path]) -> None:
    site = sites["2026-12-31"]
    options = ("--format", "json", "--site-dir", str(site), "--as-of", "2026-12-31")
    done = run(site.with_name("project"), "verify", *options)
    document = json.loads(done.stdout)
    assert (done.returncode, document["differences"]) == (0, [])
    assert set(document["channels"]) == {
        *("page", "json", "led", "plan", "board", "kiosk", "screen", "handout", "pack", "search"),
    }
    assert all(count["facts"] > 0 for count in document["channels"].values())
