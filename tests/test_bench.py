"""The bench: what it writes and edits, and what it makes of figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from project import ROOT

from generator.catalogue import Catalogue, catalogue_of
from generator.checks import run_checks
from generator.reading import read_items
from tests.bench.guides import FEE, POLICY, write_project
from tests.bench.history import _edited

DAY = date(2026, 11, 22)


def errors(folder: Path) -> list[str]:
    """Return what the rules find wrong in a project's items."""
    read = read_items(folder)
    assert not read.problems
    found = run_checks(_catalogue(folder), read.all_sources, 64)
    return [f"{one.place.path}: {one.message}" for one in found if one.severity == "error"]


def _catalogue(folder: Path) -> Catalogue:
    read = read_items(folder)
    return catalogue_of(read.items, DAY, read.unread, read.thesaurus)


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
