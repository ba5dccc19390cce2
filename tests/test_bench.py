"""The bench: what it writes and edits, and how it measures."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from project import ROOT, tree

from generator.catalogue import catalogue_of
from generator.checks import run_checks
from generator.reading import read_items
from tests.bench import bench, builders
from tests.bench.bench import Bench
from tests.bench.builders import Ours, Trash
from tests.bench.edits import Edit, Edits, one_fee, one_guide, one_policy, one_template
from tests.bench.guides import FEE, POLICY, Project, write_project
from tests.bench.history import _edited
from tests.bench.knobs import BadKnob, Knobs, Plan, knobs
from tests.bench.measure import Failed, Run, run
from tests.bench.noise import is_disturbed
from tests.bench.peers.peer import Installed, Peer
from tests.bench.results import Machine, Results

DAY = date(2026, 11, 22)
MACHINE = Machine(processors=2, model="Some CPU", memory=24_000, system="Linux x86_64", python="3.11.7")
RUN = Run(seconds=10.0, processor=15.0, memory=500.0, own=300.0, files=7, size=4_000_000, written=2_500_000)


def errors(folder: Path) -> list[str]:
    """Return what the rules find wrong in a project's items."""
    read = read_items(folder)
    assert not read.problems
    catalogue = catalogue_of(read.items, DAY, read.unread, read.thesaurus)
    found = run_checks(catalogue, read.all_sources, 64)
    return [f"{one.place.path}: {one.message}" for one in found if one.severity == "error"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of 60 guides; who edits it undoes that."""
    return write_project(ROOT, tmp_path_factory.mktemp("bench"), 60)


def test_300_generated_guides_are_without_errors(tmp_path: Path) -> None:
    """The shared fee and policy are used by as many as is said."""
    write_project(ROOT, tmp_path, 300)
    assert errors(tmp_path) == []
    guides = [file.read_text(encoding="utf-8") for file in (tmp_path / "items" / "guides").iterdir()]
    users = [sum(f": {identifier}\n" in guide for guide in guides) for identifier in (FEE, POLICY)]
    assert (len(guides), users) == (300, [60, 20])


def test_edits_of_a_history_leave_guides_without_errors(tmp_path: Path) -> None:
    """A promise was once set to any number, longer than the law allows or shorter than the steps take."""
    write_project(ROOT, tmp_path, 100)
    for number, file in enumerate(sorted((tmp_path / "items" / "guides").iterdir())):
        once = _edited(file.read_bytes(), number + 1)
        twice = _edited(once, number + 2)
        assert len({file.read_bytes(), once, twice}) == 3
        file.write_bytes(twice)
    assert errors(tmp_path) == []


@pytest.mark.parametrize(
    ("edit", "changed"),
    [(one_guide, 2), (one_fee, 1), (one_template, 1), (one_policy, 3 + 12)],
    ids=["guide", "fee", "template", "policy"],
)
def test_an_edit_is_another_each_time_right_and_undone_to_the_byte(project: Project, edit: Edit, changed: int) -> None:
    """After two: two guides, the fee, the template, or three policies with the guides that name them."""
    before = tree(project.folder)
    edits = Edits()
    edits.apply(edit, project)
    once = tree(project.folder)
    edits.apply(edit, project)
    twice = tree(project.folder)
    assert len({path for path in twice if twice[path] != before.get(path)}) == changed
    assert once not in (before, twice)
    assert errors(project.folder) == []
    edits.undo()
    assert tree(project.folder) == before


def test_what_is_edited_is_one_line(project: Project) -> None:
    """An edit rewrites nothing but what it means."""
    for edit, line in (
        (one_guide, r"  action: .*，第 1 次修改"),
        (one_fee, r"  - amount: 41"),
        (one_template, '<header class="page-head bench-1">'),
    ):
        ((file, data),) = edit(project, 0).items()
        old, new = file.read_text(encoding="utf-8").splitlines(), data.decode().splitlines()
        (other,) = [after for before, after in zip(old, new, strict=True) if before != after]
        assert re.fullmatch(line, other)


def test_what_is_linked_is_not_written(tmp_path: Path) -> None:
    """Files count that are new or other; the memory of a process is at least what it has filled."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "kept").write_bytes(bytes(1000))
    (site / "changed").write_bytes(bytes(1000))
    code = (
        "import os, pathlib, time; os.link('site/kept', 'site/linked')\n"
        "pathlib.Path('site/new').write_bytes(bytes(70)); pathlib.Path('site/changed').write_bytes(bytes(3))\n"
        "filled = bytearray(b'x' * 60_000_000); time.sleep(1)"
    )
    then = "import pathlib; pathlib.Path('site/later').write_bytes(bytes(500))"
    first, both = run([[sys.executable, "-c", code], [sys.executable, "-c", then]], tmp_path, (site,))
    assert (first.files, first.size, first.written) == (4, 2073, 73)
    assert (both.files, both.written) == (5, 573)
    assert 60 < first.own == first.memory < 200
    assert 1 < first.seconds < both.seconds


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    """The end of its output is the message."""
    with pytest.raises(Failed, match=r"^no such guide\n$"):
        run([[sys.executable, "-c", "print('no such guide'); raise SystemExit(1)"]], tmp_path, (tmp_path,))


@pytest.mark.parametrize(
    ("calibration", "others", "disturbed"),
    [(0.12, 0.0, False), (0.13, 0.0, True), (0.1, 0.09, False), (0.1, 0.11, True)],
)
def test_a_run_is_disturbed_by_what_went_before_or_beside(calibration: float, others: float, disturbed: bool) -> None:
    """Over a quarter slower, or over a tenth of all processors."""
    one = replace(RUN, others=others * 10.0 * (os.cpu_count() or 1))
    assert is_disturbed(one, calibration, [0.101, 0.1]) == disturbed


def test_knobs_say_what_is_measured() -> None:
    """From 20,000 guides on it is the cold builds, once, beside the quickest peer."""
    found = knobs({"SIZE": "1k,100k", "RUNS": "5", "NAV": "300"})
    peers = ("hugo", "eleventy", "zensical", "material")
    every = ("cold", "cold-search", "same", "guide", "fee", "policy", "template")
    assert found.plans == (
        Plan(300, ("material-nav",), ("cold",), 5),
        Plan(1000, peers, every, 5),
        Plan(100_000, ("hugo",), ("cold", "cold-search"), 5),
    )
    assert knobs({"SIZE": "100k", "PEERS": "none"}).plans == (Plan(100_000, (), ("cold", "cold-search"), 1),)
    assert (knobs({"RUNS": "1"}).partial, knobs({"SIZE": "100k"}).partial) == (False, True)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"SIZE": "ten"}, "SIZE=ten: not a number such as 2000 or 10k"),
        (
            {"PEERS": "jekyll"},
            "PEERS=jekyll: there is no jekyll; there are hugo, eleventy, zensical, material, material-nav",
        ),
    ],
)
def test_knobs_that_there_are_not(environment: dict[str, str], message: str) -> None:
    """The message names what there is."""
    with pytest.raises(BadKnob) as error:
        knobs(environment)
    assert str(error.value) == message


def test_measuring_takes_turns_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cold builds of all first; edits start from a build with search; a peer that fails is left out by name."""
    asked: list[str] = []

    def fake(commands: Sequence[Sequence[str]], folder: Path, outputs: Sequence[Path], _: object = None) -> list[Run]:
        asked.append(f"{commands[0][-1]} {len(commands)} {outputs[0].exists()}")
        if commands[0][0] == "broken":
            raise Failed("one line\nno memory left")
        page = outputs[0] / "guides" / "bench-00001" / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("<span data-fact=a><span data-fact=b>", encoding="utf-8")
        return [replace(RUN, seconds=float(number + 1)) for number, _ in enumerate(commands)]

    def peer(name: str) -> Peer:
        return Peer(name, lambda _: Installed(name.title(), lambda *_: None, lambda *_: [name]))

    monkeypatch.setattr(builders, "run", fake)
    monkeypatch.setattr(bench, "PEERS", (peer("good"), peer("broken")))
    monkeypatch.setattr(bench, "calibrate", lambda: 0.1)
    kept: list[Results] = []
    plan = Plan(12, ("good", "broken"), ("cold", "cold-search", "guide"), 2)
    found = Bench(Knobs(plans=(plan,)), tmp_path, Results(day="", machine=MACHINE), kept.append).measure()
    turn = ["--no-search 1 False", "good 2 False"], ["2026-10-20 1 False", "2026-10-20 1 True"]
    assert asked == ["--no-search 1 False", *turn[0], "broken 2 False", *turn[1], *turn[0], *turn[1]]
    rows = [("tongchuang", "cold"), ("good", "cold"), ("good", "cold-search")]
    rows += [("tongchuang", "cold-search"), ("tongchuang", "guide")]
    assert [(one.builder, one.scenario) for one in found.runs] == 2 * rows
    assert found.absent == {"broken": "its build of 12 guides failed: no memory left"}
    assert found.marks == {"tongchuang": 2, "good": 2}
    assert (found.whole, [one.whole for one in kept]) == (True, 8 * [False])
    assert "left out: broken: one line\nno memory left" in capsys.readouterr().err


def test_a_tree_that_is_not_that_of_a_clean_build_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an incremental build has left behind or not made; the index may differ."""

    def fake(_: object, folder: Path, outputs: Sequence[Path], __: object) -> list[Run]:
        for name in ("kept", "changed", "pagefind/index"):
            file = outputs[0] / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(str(folder if "/" in name else len(list((folder / "items").iterdir()))), encoding="utf-8")
        return [RUN]

    monkeypatch.setattr(builders, "run", fake)
    (tmp_path / "project" / "items").mkdir(parents=True)
    ours = Ours(Project(tmp_path / "project", 1, 1, "2026-10-20"), Trash(tmp_path / "trash"))
    ours.build(search=True)
    for number, wanted in enumerate(("the same bytes", "2 files differ: changed, left")):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert ours.difference(folder) == wanted
        (ours.site / "left").touch()
        (ours.site / "changed").write_text("old", encoding="utf-8")
