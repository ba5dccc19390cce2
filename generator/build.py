"""The pipeline: read and check everything, then render, write, index, verify, and only then publish."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.catalogue import Catalogue, catalogue_of
from generator.checks import run_checks
from generator.content import check_content, check_local_paths, check_settings, made_addresses, prose_addresses
from generator.index import build_index
from generator.item_files import shown_path
from generator.outputs import clashes, page_path
from generator.problems import Problem, has_errors, in_order
from generator.reading import Read, read_items
from generator.render.everything import render_items, render_rest, search_documents
from generator.render.site import Site
from generator.settings import Settings
from generator.shell import Shell
from generator.verify import Comparison, verify_site
from generator.write import assert_replaceable, publish, write_outputs


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """What to build, from where to where, and how."""

    root: Path
    config: str
    """The name of the configuration file below the root."""
    theme: Path
    content: Path
    site_folder: Path
    settings: Settings
    as_of: date
    jobs: int = 1
    search: bool = True


class ContentProblems(Exception):
    """The content has errors; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems in content")
        self.problems = problems


class NotConsistent(Exception):
    """The built pages do not say what the source says; nothing was published."""

    def __init__(self, comparison: Comparison) -> None:
        super().__init__("the built site differs from its source")
        self.comparison = comparison


def check(project: Project) -> tuple[Catalogue, list[Problem]]:
    """Read and check everything; return the catalogue and all problems in order."""
    root, content = project.root, project.content
    read = read_items(root, project.jobs)
    catalogue = catalogue_of(read.items, project.as_of, read.unread)
    if read.is_missing:
        return catalogue, in_order(read.problems)
    problems = [*read.problems, *check_content(content, root, catalogue)]
    problems += check_local_paths(content, catalogue, read.sources)
    problems += check_settings(project.settings, project.config, catalogue)
    problems += run_checks(catalogue, read.sources)
    return catalogue, in_order([*problems, *_clashes(read, content, root)])


def _clashes(read: Read, content: Path, root: Path) -> list[Problem]:
    """Return a problem for each prose page at the address of an item or of a page that is made from items."""
    made = [(page_path(address), "自动生成的页面") for address in made_addresses()]
    items = [(page_path(path), source.path) for path, source in read.sources.items()]
    prose = [(page_path(address), shown_path(file, root)) for address, file in prose_addresses(content)]
    return list(clashes([*made, *items, *prose]))


def prepare(project: Project) -> tuple[Catalogue, list[Problem]]:
    """Check the content before anything is written; raise `ContentProblems` on errors."""
    # Millions of values are made that live to the end; the usual search for garbage after every 700 costs a third more.
    gc.set_threshold(100_000)
    catalogue, problems = check(project)
    if has_errors(problems):
        raise ContentProblems(problems)
    assert_replaceable(project.site_folder)
    return catalogue, problems


def complete(
    project: Project, catalogue: Catalogue, shells: Mapping[tuple[str, int], Shell], staging: Path
) -> tuple[int, Comparison]:
    """Add everything that items give to a staging folder where the engine left prose and assets, and publish it."""
    site = Site(catalogue=catalogue, settings=project.settings, theme=project.theme, shells=shells)
    count = render_items(site, staging, project.jobs)
    count += write_outputs(render_rest(site, staging), staging)
    if project.search:
        build_index(search_documents(site), staging / "pagefind")
    comparison = verify_site(catalogue, staging, project.jobs)
    if comparison.differences:
        raise NotConsistent(comparison)
    publish(staging, project.site_folder)
    return count, comparison
