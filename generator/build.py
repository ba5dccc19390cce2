"""The pipeline: read and check everything, then render, write, index, verify, and only then publish."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from generator.answers import Answers
from generator.attachments_check import check_attachments
from generator.cache_files import cache_file
from generator.catalogue import Catalogue, catalogue_of
from generator.checks import draft_problems, run_checks
from generator.code_version import system_version
from generator.content import check_content, check_local_paths, check_settings, made_addresses, prose_addresses
from generator.districts.checking import check_districts
from generator.districts.reading import read_districts
from generator.due import last_valid_day
from generator.history import NOTHING_KNOWN, History, history_of
from generator.house_rules import read_house_rules
from generator.index import Indexed, build_index, read_index, write_index
from generator.index_documents import Documents
from generator.item_files import shown_path
from generator.notes import ITEM, Query
from generator.outputs import clashes, page_path
from generator.problems import Problem, has_errors, in_order
from generator.processes import ENTRIES_A_JOB, beside
from generator.production import Produced, Spread, produced
from generator.read_before import keep_read, read_before
from generator.reading import Known, Read, read_items
from generator.render.search_entries import item_document, search_addresses
from generator.render.site import Site
from generator.renewing import renew
from generator.reuse import NOTHING, Making, key_of, making_of, read_store, write_store
from generator.seen import WHOLE
from generator.settings import Settings
from generator.shell import Shell
from generator.sound import Sound, sound_file
from generator.verify import Comparison
from generator.write import assert_replaceable


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
    shows_drafts: bool = False
    """Whether this is a preview."""
    clean: bool = False
    """Whether nothing is to be taken over from an earlier build."""
    spread: Spread | None = None
    """Other machines that take part in the work."""

    @property
    def takes_over(self) -> bool:
        """Whether what an earlier build left in the site's folder may go into this one."""
        return not self.clean and not (self.spread and self.spread.is_elsewhere)


class Built(NamedTuple):
    """A finished build: how many files were written, what was compared, from which day on it is not right, its past."""

    files: int
    comparison: Comparison
    due: date
    history: History = NOTHING_KNOWN
    stood: bool = False
    """Whether the site of an earlier build was still right, so that nothing was written."""


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
    read, catalogue = read_catalogue(project)
    return catalogue, _problems(project, read, catalogue)


def read_catalogue(project: Project, known: Known | None = None) -> tuple[Read, Catalogue]:
    """Read all items, but what is known already, and link them as of the project's day."""
    read = read_items(project.root, project.jobs, shows_drafts=project.shows_drafts, known=known)
    districts = read_districts(project.root, read, project.jobs)
    if districts.problems:
        read = replace(read, problems=(*read.problems, *districts.problems))
    catalogue = catalogue_of(
        read.items,
        project.as_of,
        read.unread,
        read.thesaurus,
        read.drafts,
        shows_drafts=project.shows_drafts,
        addresses=read.addresses,
        local=districts.local,
    )
    return read, catalogue


def _problems(project: Project, read: Read, catalogue: Catalogue, remembers: bool = False) -> list[Problem]:
    """Return all problems; a build `remembers` what was sound, whoever only checks looks at everything."""
    root, content = project.root, project.content
    if read.is_missing:
        return in_order(read.problems)
    house, house_source, problems = read_house_rules(root)
    sound = Sound(sound_file(root), f"{system_version()} {house!r}") if remembers else Sound()
    problems += [*read.problems, *check_content(content, root, catalogue, house)]
    problems += check_attachments(content, project.settings, catalogue, (house, house_source), project.jobs, sound)
    problems += check_local_paths(content, catalogue, read.sources)
    problems += check_settings(project.settings, project.config, catalogue)
    found = run_checks(catalogue, read.all_sources, project.settings.case_limit, house, sound)
    found += check_districts(catalogue, found, project.settings.case_limit, house)
    sound.keep()
    problems += [*_mild_on_drafts(found, catalogue), *draft_problems(catalogue)]
    return in_order([*problems, *_clashes(read, catalogue, content, root)])


def _mild_on_drafts(problems: list[Problem], catalogue: Catalogue) -> list[Problem]:
    """Return problems with those that the rules find in a draft as warnings, so that it can be looked at."""
    files = {draft.source.path for draft in catalogue.drafts.values()}
    return [replace(one, severity="warning") if one.place.path in files else one for one in problems]


def _clashes(read: Read, catalogue: Catalogue, content: Path, root: Path) -> list[Problem]:
    """Return a problem for each prose page at the address of an item or of a page that is made from items."""
    made = [(page_path(address), "自动生成的页面") for address in made_addresses()]
    items = [(page_path(path), source.path) for path, source in read.sources.items()]
    items += [(page_path(path), source.path) for each in catalogue.local for path, source in each.sources.items()]
    made += [(page_path("districts"), "自动生成的页面")] if catalogue.local else []
    prose = [(page_path(address), shown_path(file, root)) for address, file in prose_addresses(content)]
    return list(clashes([*made, *items, *prose]))


class Prepared(NamedTuple):
    """Content that can be built: its catalogue, what is not quite right with it, and what it says if that is known."""

    catalogue: Catalogue
    problems: list[Problem]
    answers: Answers | None = None


def prepare(project: Project) -> Prepared:
    """Check the content before anything is written; raise `ContentProblems` on errors."""
    # Millions of values are made that live to the end; the usual search for garbage after every 700 costs a third more.
    gc.set_threshold(100_000)
    kept = None if project.clean else read_before(project.root)
    known = Known(dict(kept.found) if kept else {})
    read, catalogue = read_catalogue(project, known)
    if kept:
        keep_read(kept, known)
    # Facts take as long as the checks, and almost always the checks find no error: both at once. After an earlier
    # build most of them need not be made.
    is_first = not (project.takes_over and _store_of(project).exists())
    both = project.jobs > 1 and len(catalogue.items) > ENTRIES_A_JOB and not has_errors(read.problems) and is_first
    answers = Answers(catalogue) if both else None
    problems = beside(
        lambda: _problems(project, read, catalogue, not project.clean), lambda: _make_facts(answers), both=both
    )
    if has_errors(problems):
        raise ContentProblems(problems)
    assert_replaceable(project.site_folder)
    return Prepared(catalogue, problems, answers)


def _make_facts(answers: Answers | None) -> None:
    """Make all facts before it is known that they can be made; what fails here fails again when it is asked for."""
    with suppress(Exception):
        if answers:
            answers.prepare()


def complete(project: Project, prepared: Prepared, shells: Mapping[tuple[str, int], Shell], staging: Path) -> Built:
    """Add everything that items give to a staging folder where the engine left prose and assets, and publish it."""
    catalogue = prepared.catalogue
    site = site_of(project, catalogue, shells, history_of(project.root, catalogue, project.jobs))
    store, key = _store_of(project), key_of(site, system_version())
    earlier = read_store(store, key) if project.takes_over and not prepared.answers else NOTHING
    making = making_of(site, earlier, project.site_folder, prepared.answers)
    done: list[Produced] = []
    indexed = _indexed(
        project, making, staging, lambda: done.append(produced(making, staging, project.jobs, project.spread))
    )
    [(comparison, count, kept, still)] = done
    if comparison.differences:
        raise NotConsistent(comparison)
    if project.spread and project.spread.is_elsewhere:
        project.spread.publish(staging)
    else:
        renew(staging, project.site_folder, (*still, *indexed.still))
        write_store(store, key, kept, making.answers)
        write_index(_index_file(project), system_version(), indexed.parts)
    return Built(count, comparison, site.valid_until + timedelta(days=1), site.history)


def site_of(project: Project, catalogue: Catalogue, shells: Mapping[tuple[str, int], Shell], history: History) -> Site:
    """Return what pages are rendered from, as of the catalogue's day."""
    return Site(
        catalogue=catalogue,
        settings=project.settings,
        theme=project.theme,
        shells=shells,
        valid_until=last_valid_day(catalogue, project.settings.announce_days),
        history=history,
    )


def _indexed(project: Project, making: Making, staging: Path, meanwhile: Callable[[], object]) -> Indexed:
    """Put the search index, or what of it is new, into the staging folder, if it is wanted; do something else, too."""
    if not project.search:
        meanwhile()
        return Indexed({}, ())
    site, items = making.site, search_addresses(making.site)
    digests = {address: making.answers.to(Query(ITEM, path=item.path, fields=WHOLE)) for address, item in items.items()}
    beginning = cache_file(project.root, project.site_folder, "documents")
    kept = (beginning, system_version()) if project.takes_over else None
    documents = Documents(digests, lambda address: item_document(site, items[address]), kept)
    earlier = read_index(_index_file(project), system_version()) if project.takes_over else {}
    return build_index(documents, staging, project.site_folder, earlier, project.jobs, meanwhile)


def _store_of(project: Project) -> Path:
    return cache_file(project.root, project.site_folder, "items")


def _index_file(project: Project) -> Path:
    return cache_file(project.root, project.site_folder, "index")
