"""Whether a build has anything to do: a look at all that it would read, and at the site that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.build import Built, Project
from generator.code_version import system_version
from generator.git import commit_of, is_shallow
from generator.item_files import ITEMS_FOLDER
from generator.standing import Sources, Standing, read_sources, read_standing, write_standing, written_site
from generator.verify import Comparison, Count


class Look(NamedTuple):
    """What a project's files hold before a build, and what the last build noted."""

    project: Project
    sources: Sources
    key: str
    before: Standing | None


class Stood(NamedTuple):
    """A site that still stands, and the warnings that its build gave."""

    built: Built
    warnings: str


def look_at(project: Project) -> Look:
    """Look at all that a build would read."""
    before = None if project.clean else read_standing(project.root, project.site_folder)
    sources = _sources(project, before)
    revision = (commit_of(project.root, "HEAD"), is_shallow(project.root))
    around = (system_version(), project.as_of, project.search, project.shows_drafts, project.settings.as_set, revision)
    return Look(project, sources, sources.key(repr(around)), before)


def _sources(project: Project, before: Standing | None) -> Sources:
    places = (project.root / project.config, project.root / ITEMS_FOLDER, project.content, project.theme)
    return read_sources(project.root, places, before.sources if before else None)


def still_stands(look: Look) -> Stood | None:
    """Return the last build where the same would come out again and nobody touched it, else None."""
    before, project = look.before, look.project
    if before is None or before.key != look.key or not before.site:
        return None
    return _stood(before.report) if written_site(project.site_folder) == before.site else None


def note(look: Look, built: Built, warnings: str) -> None:
    """Note what was built for the next time, unless somebody wrote a source meanwhile."""
    project = look.project
    if _sources(project, Standing(look.key, look.sources, {}, {})).key("") != look.sources.key(""):
        return
    report: dict[str, Any] = {"files": built.files, "due": built.due, "warnings": warnings}
    report["channels"] = {name: list(count) for name, count in built.comparison.channels.items()}
    site = written_site(project.site_folder)
    write_standing(project.root, project.site_folder, Standing(look.key, look.sources, site, report))


def _stood(report: Mapping[str, Any]) -> Stood:
    channels = {name: Count(*count) for name, count in report["channels"].items()}
    built = Built(report["files"], Comparison(channels, ()), date.fromisoformat(report["due"]), stood=True)
    return Stood(built, report["warnings"])
