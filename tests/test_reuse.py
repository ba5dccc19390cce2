"""A build that takes what it can from the one before gives exactly the files of a clean one, whatever was edited."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from subprocess import DEVNULL
from typing import NamedTuple

import pytest
from project import FILES, ROOT, TODAY, read, run, tiny_project, tree

from generator import build, mkdocs_build
from generator.answers import Answers
from generator.cache_files import cache_file
from generator.catalogue import catalogue_of
from generator.checks import run_checks
from generator.drafts import Draft
from generator.facts import Sheet
from generator.history import NOTHING_KNOWN, History
from generator.item import Item
from generator.kinds import all_kinds
from generator.kinds.guide import Guide
from generator.notes import ALL, Notes, Query
from generator.problems import has_errors
from generator.production import produced
from generator.reading import read_items
from generator.render.everything import outputs_of, units_of
from generator.render.site import Site
from generator.renewing import renew
from generator.reuse import NOTHING, Kept, Store, history_of_one, key_of, making_of, read_store, write_store
from generator.seen import facts_under
from generator.shell import Shell
from generator.source import Source
from generator.watched import Watched

ASKED = [
    *[("item", "", path) for path in ("guides/card-loss", "fees/small-card", "policies/small-law", "guides/none")],
    *[("kind", kind, "") for kind in ("guide", "fee", "policy", "hall")],
    *[("referring", "guide", path) for path in ("fees/small-card", "policies/small-law", "guides/none")],
    *[("district", "none", ""), ("draft", "", "guides/none"), ("thesaurus", "", ""), ("all", "", "")],
]
"""Queries of every sort, but for what is read."""
EDITS = int(os.environ.get("TONGCHUANG_EDITS", "30"))
"""How many random edits are made; a thousand take some minutes."""
KILLS = int(os.environ.get("TONGCHUANG_KILLS", "3"))
"""How many builds are killed."""
SECOND = FILES["items/guides/card-renewal.yml"].replace("小证期满换领", "小证丢失补领").replace("XQ-0101", "XQ-0102")
GUIDES = {"guides/card-loss", "guides/card-renewal"}
SHOWING = {"departments/police", "fees/small-card", "policies/small-law"}
"""What lists the guides."""
NAMING = {"hall/main", "materials/small-card"}
"""What names them, too."""
LOSS_SAYS = Query("item", path="guides/card-loss", fields="summary")
DRAFT = Draft(sketch=None, source=Source(path="", text="", values={}), missing=())  # type: ignore[arg-type]
WORDS = ("小证", "窗口", "材料", "公安", "换领", "证件", "一楼", "补领", "办理", "复印件")


class World(NamedTuple):
    """A project on disk, and what is needed to make its pages without MkDocs."""

    folder: Path
    site: Site

    def now(self) -> Site | None:
        """Return the site as the files are now, None where they have mistakes."""
        found = read_items(self.folder)
        if has_errors(found.problems):
            return None
        catalogue = catalogue_of(found.items, date.fromisoformat(TODAY), found.unread, found.thesaurus, found.drafts)
        return None if has_errors(run_checks(catalogue, found.all_sources)) else replace(self.site, catalogue=catalogue)


LOSS = {"items/guides/card-loss.yml": SECOND.replace("小证到期, 换小证", "丢小证, 补小证")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of a small project with two guides, with the shells that MkDocs made."""
    folder = tiny_project(tmp_path_factory.mktemp("shells") / "project", LOSS)
    caught: list[Site] = []

    def catch(project: build.Project, ready: build.Prepared, shells: Mapping[tuple[str, int], Shell], _: Path) -> None:
        catalogue, settings, until = ready.catalogue, project.settings, date(2026, 12, 31)
        caught.append(
            Site(catalogue=catalogue, settings=settings, theme=project.theme, shells=shells, valid_until=until)
        )
        raise build.NotConsistent(build.Comparison({}, ()))

    with pytest.MonkeyPatch.context() as patch, pytest.raises(mkdocs_build.BuildFailed):
        patch.setattr(build, "complete", catch)
        mkdocs_build.build_site(str(folder / "mkdocs.yml"), search=False)
    return caught[0]


@pytest.fixture
def world(tmp_path: Path, first: Site) -> World:
    """A small project of one's own."""
    folder = tiny_project(tmp_path / "project", LOSS)
    return World(folder, replace(first, catalogue=read(folder)))


def made(site: Site, staging: Path, earlier: Store, folder: Path) -> Store:
    """Make all files in a staging folder, with what an earlier build left in another, and put it in its place."""
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    making = making_of(site, earlier, folder)
    done = produced(making, staging, 1)
    assert done.comparison.differences == ()
    renew(staging, folder, done.still)
    file = folder.parent / "kept"
    write_store(file, "key", done.kept, making.answers)
    return read_store(file, "key")


def names(site: Site) -> set[str]:
    return {unit.name for unit in units_of(site)}


def still_right(site: Site, kept: Store, folder: Path) -> set[str]:
    """Return the names of the units that need not be made."""
    making = making_of(site, kept, folder)
    return {unit.name for unit in units_of(site) if making.is_still_right(unit)}


def edited(chance: random.Random, text: str) -> str:
    """Return a text with one number, word or line changed."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[at] = re.sub("[0-9]", lambda _: str(chance.randrange(10)), lines[at], count=1)
        case 1:
            lines[at] = re.sub("|".join(WORDS), lambda _: chance.choice(WORDS), lines[at], count=1)
        case 2:
            del lines[at]
        case _:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    return "".join(lines)


def _sound_edits(world: World, chance: random.Random) -> Iterator[Site]:
    """Edit, remove and add files at random; yield the site after each edit that leaves no mistake."""
    files = sorted(path for path in (world.folder / "items").rglob("*") if path.is_file())
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    while True:
        file = chance.choice(files)
        before = file.read_text(encoding="utf-8") if file.exists() else None
        match chance.randrange(8):
            case 0:
                file.unlink(missing_ok=True)
            case 1 | 2:
                file.write_text(texts[file], encoding="utf-8")
            case _:
                file.write_text(edited(chance, before or texts[file]), encoding="utf-8")
        if site := world.now():
            yield site
        elif before is None:
            file.unlink(missing_ok=True)
        else:
            file.write_text(before, encoding="utf-8")


def test_random_edits_give_the_files_of_a_clean_build(world: World, tmp_path: Path) -> None:
    clean, site, staging = tmp_path / "clean", tmp_path / "site", tmp_path / "staging"
    kept = NOTHING
    reused = 0
    sound = _sound_edits(world, random.Random(6))
    for _ in range(EDITS):
        now = next(sound)
        reused += len(still_right(now, kept, site))
        kept = made(now, staging, kept, site)
        assert kept.units.keys() == names(now)
        made(now, staging, NOTHING, clean)
        assert tree(site) == tree(clean)
    assert reused > EDITS  # it would be no use if everything were made anew


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        ("guides/card-loss", "小证有效期满时换领新证。", "小证丢了换新的。", {"guides/card-loss"}),
        ("guides/card-loss", "name: 小证丢失补领", "name: 小证遗失补领", SHOWING | GUIDES | NAMING),
        ("fees/small-card", "amount: 20", "amount: 21", GUIDES | {"fees/small-card", "departments/police"}),
        ("fees/small-card", "amount: 40", "amount: 41", {"fees/small-card"}),  # which no guide takes
        ("materials/small-card", "name: 小证", "name: 小卡", GUIDES | {"materials/small-card"}),
        ("policies/small-law", "5号", "6号", GUIDES | {"fees/small-card", "policies/small-law"}),
    ],
)
def test_an_edit_makes_anew_what_shows_it(
    world: World, tmp_path: Path, path: str, before: str, after: str, expected: set[str]
) -> None:
    site, staging = tmp_path / "site", tmp_path / "staging"
    kept = made(world.site, staging, NOTHING, site)
    file = world.folder / f"items/{path}.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    now = world.now()
    assert now
    right = still_right(now, kept, site)
    assert now.catalogue.by_path.keys() - right == expected
    made(now, staging, kept, site)
    made(now, staging, NOTHING, tmp_path / "clean")
    assert tree(site) == tree(tmp_path / "clean")


def test_what_one_step_says_is_nothing_to_whoever_lists_guides(world: World, tmp_path: Path) -> None:
    site, staging = tmp_path / "site", tmp_path / "staging"
    kept = made(world.site, staging, NOTHING, site)
    file = world.folder / "items/guides/card-loss.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("发给新证", "发给新的小证"), encoding="utf-8")
    now = world.now()
    assert now
    guide = {"guides/card-loss", "hall/main/kiosk/guides/card-loss"}
    codes = {"data_outputs", "offline_outputs", "verification_outputs", "history_outputs"}  # which show what is printed
    assert names(now) - still_right(now, kept, site) == guide | codes


def damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5])


def of_the_same_size(file: Path) -> None:
    file.write_bytes(b"x" * file.stat().st_size)


@pytest.mark.parametrize("harm", [Path.unlink, damaged, of_the_same_size])
def test_a_file_of_the_site_that_was_touched_is_made_anew(
    world: World, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    site, staging = tmp_path / "site", tmp_path / "staging"
    kept = made(world.site, staging, NOTHING, site)
    before = tree(site)
    harm(site / "guides/card-loss/index.html")
    assert still_right(world.site, kept, site) == names(world.site) - {"guides/card-loss"}
    made(world.site, staging, kept, site)
    assert tree(site) == before


def test_nothing_edited_makes_nothing_anew(world: World, tmp_path: Path) -> None:
    site, staging = tmp_path / "site", tmp_path / "staging"
    kept = made(world.site, staging, NOTHING, site)
    assert still_right(world.site, kept, site) == names(world.site)


def test_what_an_item_had_before_counts_too(world: World, tmp_path: Path) -> None:
    site, staging = tmp_path / "site", tmp_path / "staging"
    kept = made(world.site, staging, NOTHING, site)
    known = History(True, since={"guides/card-loss": date(2026, 11, 1)})
    right = still_right(replace(world.site, history=known), kept, site)
    assert "guides/card-loss" not in right
    assert history_of_one(NOTHING_KNOWN, "guides/card-loss") == NOTHING_KNOWN


def test_a_file_that_is_moved_has_another_place_in_lists(world: World, tmp_path: Path) -> None:
    site, staging, folder = tmp_path / "site", tmp_path / "staging", world.folder / "items/guides"
    kept = made(world.site, staging, NOTHING, site)
    (folder / "z").mkdir()
    (folder / "card-loss.yml").rename(folder / "z" / "card-loss.yml")
    now = world.now()
    assert now
    made(now, staging, kept, site)
    made(now, staging, NOTHING, tmp_path / "clean")
    assert tree(site) == tree(tmp_path / "clean")


def test_what_is_answered_from_an_earlier_build_is_what_would_be_found_anew(world: World) -> None:
    earlier = Answers(world.site.catalogue)
    earlier.prepare()
    queries = [
        Query(sort, of, path, fields) for sort, of, path in ASKED for fields in ("", "name", "#fee", ":days", "*")
    ]
    for query in queries:
        earlier.to(query)
    given = earlier.given(queries)
    chance = random.Random(11)
    sound = _sound_edits(world, chance)
    for _ in range(EDITS):
        now = next(sound).catalogue
        anew, again = Answers(now), Answers(now, given)
        again.prepare()
        assert [again.to(query) for query in queries] == [anew.to(query) for query in queries]


def test_no_item_asks_for_everything(world: World) -> None:
    for item in world.site.catalogue.items:
        watched = Watched(world.site.catalogue)
        list(outputs_of(replace(world.site, catalogue=watched), item))
        assert {query.sort for query in watched.asked} <= {"item", "referring", "draft"}, item.path


def test_every_way_of_asking_is_noted(world: World) -> None:
    catalogue = world.site.catalogue
    guide = catalogue.by_path["guides/card-loss"]
    there = Query("item", path="guides/card-loss")
    asked: dict[Query, Callable[[Watched], object]] = {
        there: lambda found: found.by_path["guides/card-loss"],
        Query("item", path="guides/none"): lambda found: found.by_path.get("guides/none"),
        Query("item", path="fees/small-card"): lambda found: found.find("fee", "small-card"),
        there._replace(fields="*"): lambda found: found.sheet(guide),  # all may be read of what comes from elsewhere
        there._replace(fields=":days"): lambda found: found.turning_days["guides/card-loss"],
        there._replace(fields=":links"): lambda found: found.links["guides/card-loss"],
        Query("draft", path="guides/new"): lambda found: "guides/new" in found.drafts,
        Query("kind", "hall"): lambda found: found.of_kind("hall"),
        Query("referring", "guide", guide.path): lambda found: found.referring("guide", guide),
        Query("thesaurus"): lambda found: found.thesaurus,
        Query("addresses"): lambda found: found.addresses,
        Query("unread"): lambda found: found.lacks("guide"),
        Query(ALL): lambda found: list(found.by_path),
    }
    for query, ask in asked.items():
        watched = Watched(catalogue)
        ask(watched)
        assert watched.asked == {query}
    watched = Watched(catalogue)
    assert len(watched.items) == len(catalogue.items)
    assert watched.asked == {Query("kind", kind) for kind in all_kinds()}


READ: dict[str, Callable[[Item, Sheet], object]] = {
    "summary": lambda item, _: getattr(item, "summary"),  # noqa: B009
    "": lambda item, _: (item.path, item.id, item.within),
    "planned_end planned_start status": lambda item, _: item.is_withdrawn(date(2026, 11, 1)),
    "#steps": lambda _, sheet: sheet.tree.steps,
    "#fee": lambda _, sheet: sheet.facts["fee.amount"],
    "#none": lambda _, sheet: sheet.facts.get("none.at.all"),
    "#nothing": lambda _, sheet: getattr(sheet.tree, "nothing", None),
    "#codes #visit": lambda _, sheet: facts_under(sheet, {"codes", "visit"}),
    ":fingerprint": lambda _, sheet: sheet.fingerprint,
    "*": lambda _, sheet: list(sheet.facts.items()),
}


@pytest.mark.parametrize("fields", READ)
@pytest.mark.parametrize("by_kind", [False, True])
def test_what_is_read_of_an_item_is_noted(world: World, fields: str, by_kind: bool) -> None:
    watched = Watched(world.site.catalogue, Notes(by_kind=by_kind))
    item = next(one for one in watched.of_kind("guide") if one.id == "card-loss")
    known = world.site.catalogue.by_path["guides/card-loss"]
    assert isinstance(item, Guide)
    assert (item == known, {item: 1}.get(known)) == (True, None)
    read, wanted = READ[fields], world.site.catalogue.sheet(known)
    said = read(item, watched.sheet(item))
    if fields not in ("*", "#codes #visit", "#steps"):
        assert said == read(known, wanted)
    noted = Query("kind", "guide", fields=fields) if by_kind else Query("item", path=known.path, fields=fields)
    noted = Query("item", path=known.path, fields="*") if fields == "*" else noted
    assert watched.asked == {Query("kind", "guide")} | ({noted} if fields else set())


def test_answers_differ_where_what_was_asked_differs(world: World) -> None:
    catalogue = world.site.catalogue
    without = replace(catalogue, items=catalogue.items[:-1], _sheets={})
    drafted = replace(catalogue, drafts={"guides/card-loss": DRAFT})
    gone, whole = catalogue.items[-1], Query("item", path="guides/card-loss", fields="*")
    for query, other, is_same in (
        (Query("item", path=gone.path), without, False),
        (whole, drafted, False),
        (Query("draft", path="guides/card-loss"), drafted, False),
        (whole, catalogue.as_of(catalogue.today), True),
        (Query("kind", gone.kind.name), without, False),
        (Query("unread"), replace(catalogue, unread=frozenset({("fee", "none")})), False),
        (Query(ALL), without, False),
    ):
        assert (Answers(catalogue).to(query) == Answers(other).to(query)) is is_same, query


@pytest.mark.parametrize("fields", ["summary", "#summary", "name", "#name", ":days", ":links", "#steps", "codes", "*"])
def test_an_answer_is_another_where_that_was_edited_and_only_there(world: World, fields: str) -> None:
    before, after = {
        "summary": ("小证有效期满时换领新证。", "小证丢了换新的。"),
        "name": ("name: 小证丢失补领", "name: 小证遗失补领"),
        "days": ("revised: 2026-10-12", "planned_end: 2027-05-01\nrevised: 2026-10-12"),
        "links": ("policy: small-law, article: 第五条", "policy: small-law, article: 第六条"),
        "steps": ("发给新证", "发给新的小证"),
        "codes": ("XQ-0102", "XQ-0103"),
    }[fields.strip("#:*") or "name"]
    file = world.folder / "items/guides/card-loss.yml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    now = world.now()
    assert now
    earlier, later = Answers(world.site.catalogue), Answers(now.catalogue)
    differing = {
        word
        for word in ("summary", "#summary", "name", "#name", ":days", "#steps", "codes", "*")
        for query in [Query("item", path="guides/card-loss", fields=word)]
        if earlier.to(query) != later.to(query)
    }
    of = {
        "summary": {"summary", "#summary", "*"},
        "name": {"name", "#name", "*"},
        "days": {":days", "*"},
        "links": {"*"},
        "steps": {"#steps", "*"},
        "codes": {"codes", "*"},
    }
    assert differing == of[fields.strip("#:*") or "name"]
    kind = Query("kind", "guide", fields=fields)
    assert earlier.to(kind) != later.to(kind) or fields == ":links"


def test_the_key_tells_frames_templates_settings_and_days_apart(world: World, tmp_path: Path) -> None:
    site, theme = world.site, tmp_path / "theme"
    shutil.copytree(site.theme, theme)
    copied = replace(site, theme=theme)
    assert key_of(copied, "1") == key_of(site, "1")
    (theme / "kinds/guide/page.html").write_text("x", encoding="utf-8")
    keys = {
        key_of(site, "1"),
        key_of(site, "2"),
        key_of(copied, "1"),
        key_of(replace(site, valid_until=date(2026, 12, 30)), "1"),
        key_of(replace(site, catalogue=site.catalogue.as_of(date(2026, 11, 24))), "1"),
        key_of(replace(site, settings=replace(site.settings, url="https://www.other.example/")), "1"),
        key_of(replace(site, shells={**site.shells, ("", 0): site.shells["", 1]}), "1"),
    }
    assert len(keys) == 7


def flipped(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


@pytest.mark.parametrize("harm", [lambda _: b"", lambda data: data[:-1], flipped, lambda _: b"{}" * 99])
def test_a_store_that_is_damaged_is_none(world: World, tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    file = cache_file(tmp_path, tmp_path / "site", "items")
    items = {"guides/a": Kept((LOSS_SAYS,), "0f", {"guides/a/index.html": (7, 12345)}, {})}
    answers = Answers(world.site.catalogue)
    answers.prepare()
    answers.to(LOSS_SAYS)
    write_store(file, "key", items, answers)
    assert read_store(file, "key") == Store(items, answers.given([LOSS_SAYS]))
    assert read_store(file, "another key") == NOTHING
    file.write_bytes(harm(file.read_bytes()))
    assert read_store(file, "key") == NOTHING


def test_builds_on_the_command_line_take_from_the_one_before(tmp_path: Path) -> None:
    folder = tiny_project(tmp_path / "project")
    assert run(folder, "build", "--no-search").returncode == 0
    inode = (folder / "site/guides/card-renewal/index.html").stat().st_ino
    first = tree(folder / "site")
    done = run(folder, "build", "--no-search")
    assert done.returncode == 0 and done.stdout.endswith("核对 101 个文件里的 815 条事实：0 处不一致。\n")
    assert (folder / "site/guides/card-renewal/index.html").stat().st_ino == inode
    assert tree(folder / "site") == first
    shutil.rmtree(folder / ".cache")
    assert run(folder, "build", "--no-search").returncode == 0
    assert (folder / "site/guides/card-renewal/index.html").stat().st_ino == inode  # made anew, with the same bytes
    assert tree(folder / "site") == first
    assert read(folder).items


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_is_right(tmp_path: Path) -> None:
    folder, chance = tiny_project(tmp_path / "project"), random.Random(7)
    guide = folder / "items/guides/card-renewal.yml"
    text = guide.read_text(encoding="utf-8")
    whole = {}
    for phone in ("5550131", "5550132"):
        guide.write_text(text.replace("5550101", phone), encoding="utf-8")
        assert run(folder, "build", "--no-search").returncode == 0
        whole[phone] = tree(folder / "site")
    assert whole["5550131"] != whole["5550132"]
    guide.write_text(text.replace("5550101", "5550131"), encoding="utf-8")
    started = time.monotonic()
    assert run(folder, "build", "--no-search", anew=True).returncode == 0
    usual = time.monotonic() - started
    command = [sys.executable, "-m", "generator", "build", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for number in range(KILLS):
        phone = ("5550131", "5550132")[number % 2]
        guide.write_text(text.replace("5550101", phone), encoding="utf-8")
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=DEVNULL, stderr=DEVNULL)
        time.sleep(usual * chance.uniform(0.4, 1.1))
        process.kill()
        process.wait()
        assert tree(folder / "site") in whole.values()
        assert run(folder, "build", "--no-search").returncode == 0
        assert tree(folder / "site") == whole[phone]
