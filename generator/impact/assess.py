"""The difference between a commit and the work tree: facts, the outputs that show them, the packs that hold these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from generator.build import Project
from generator.catalogue import Catalogue
from generator.channels import channel_of
from generator.due import last_valid_day
from generator.facts import Difference, difference
from generator.hall.pack_contents import SiteFiles, contents_of
from generator.hall.pack_devices import devices_of
from generator.impact.rendering import SEARCH, Rendering, rendering_of
from generator.item import Item
from generator.outputs import Output
from generator.problems import Problem
from generator.revision import Revision

State = Literal["new", "gone", "edited", "follows"]
How = Literal["new", "gone", "facts", "rest"]


class ItemEdit(NamedTuple):
    """An item whose facts or prose differ: written otherwise itself, or saying something of another that is."""

    path: str
    name: str
    kind: str
    """The label of its kind."""
    state: State
    facts: tuple[Difference, ...]
    prose: bool
    """Whether the Markdown body differs."""


class Touched(NamedTuple):
    """An output that differs: new, gone, with other facts, or only in the rest (order, counts, codes, links)."""

    path: str
    channel: str
    how: How
    facts: tuple[str, ...]
    """Keys of the changed facts that it shows or showed."""

    @property
    def is_page(self) -> bool:
        """Tell whether people look at it, and not programs."""
        return self.path.endswith("/index.html") or self.path == "index.html"


class PackEdit(NamedTuple):
    """A device of a hall whose offline folder differs, and in how many files."""

    hall: str
    device: str
    label: str
    files: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Impact:
    """What an edit touches."""

    base: Revision
    now: Catalogue
    edits: tuple[ItemEdit, ...]
    touched: tuple[Touched, ...]
    packs: tuple[PackEdit, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def reprints(self) -> tuple[Touched, ...]:
        """The handouts whose facts differ, so that printed ones are no longer right; new ones are not printed yet."""
        return tuple(one for one in self.touched if one.channel == "handout" and one.how in ("facts", "gone"))


def impact_of(project: Project, catalogue: Catalogue, base: Revision, problems: tuple[Problem, ...] = ()) -> Impact:
    """Compare a catalogue with the one of a commit; nothing is rendered where nothing differs."""
    edits = tuple(_edits(base.catalogue, catalogue))
    if not edits and _around(base.catalogue) == _around(catalogue):
        return Impact(base=base, now=catalogue, edits=(), touched=(), packs=(), problems=problems)
    watched = {fact.key for edit in edits for entry in edit.facts for fact in entry[1:] if fact}
    valid_until = last_valid_day(catalogue, project.settings.announce_days)
    before = rendering_of(project, base.catalogue, valid_until, watched)
    after = rendering_of(project, catalogue, valid_until, watched)
    touched = tuple(_touched(before, after))
    return Impact(
        base=base,
        now=catalogue,
        edits=edits,
        touched=touched,
        packs=tuple(_packs(catalogue, after, touched)),
        problems=problems,
    )


def _around(catalogue: Catalogue) -> tuple[object, ...]:
    """Return what outputs show beside the items themselves."""
    return [item.path for item in catalogue.items], catalogue.thesaurus, catalogue.addresses.left


def _edits(before: Catalogue, after: Catalogue) -> Iterator[ItemEdit]:
    """Yield the items that differ, those written otherwise first."""
    paths = sorted(before.by_path.keys() | after.by_path.keys())
    found = [edit for path in paths if (edit := _edit(path, before, after))]
    yield from sorted(found, key=lambda edit: (edit.state == "follows", edit.path))


def _edit(path: str, before: Catalogue, after: Catalogue) -> ItemEdit | None:
    old, new = before.by_path.get(path), after.by_path.get(path)
    shown = new or old
    assert shown
    was = before.sheet(old).facts if old else {}
    now = after.sheet(new).facts if new else {}
    facts = tuple(difference(was, now))
    written = old is not new and old != new
    state: State = "new" if not old else "gone" if not new else "edited" if written else "follows"
    prose = _prose(old) != _prose(new)
    if not facts and not written:
        return None
    return ItemEdit(path, shown.name, shown.kind.label, state, facts, prose)


def _prose(item: Item | None) -> str:
    return item.prose() if item else ""


def _touched(before: Rendering, after: Rendering) -> Iterator[Touched]:
    for path in sorted(before.outputs.keys() | after.outputs.keys()):
        old, new = before.outputs.get(path), after.outputs.get(path)
        if old and new and old.content == new.content:
            continue
        shown = tuple(sorted((old.shown if old else frozenset()) | (new.shown if new else frozenset())))
        # Files for programs have no marks; in them everything counts.
        facts = bool(shown) or not path.endswith(".html") or (old and new and old.keys != new.keys)
        how: How = "new" if not old else "gone" if not new else "facts" if facts else "rest"
        yield Touched(path, "search" if path.startswith(SEARCH) else channel_of(path), how, shown)


def _packs(catalogue: Catalogue, after: Rendering, touched: tuple[Touched, ...]) -> Iterator[PackEdit]:
    """Yield the devices whose packs differ.

    A file that no page leads to any more leaves a pack only where that page differs too, so it is enough to look at
    what the pack holds now and at what is gone from the folders that it takes whole.
    """
    differing: Mapping[str, How] = {
        one.path: one.how for one in touched if one.path in after.packed or one.how == "gone"
    }
    if not any(path.startswith(("handouts/", "hall/")) for path in differing):
        return
    for hall in catalogue.of_kind("hall"):
        site = SiteFiles(Path(), frozenset(after.packed), hall, _in_memory(after))
        for device in devices_of(hall, catalogue):
            held = contents_of(device, site).paths
            count = sum(
                path in held or (how == "gone" and path.startswith(device.whole)) for path, how in differing.items()
            )
            if count:
                yield PackEdit(hall.id, device.name, device.label, count)


def _in_memory(rendering: Rendering) -> dict[str, Output]:
    return {path: Output(path, data) for path, data in rendering.packed.items()}
