"""The direction of imports, who may use what, and who may write: read from the source with `ast`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from project import ROOT

PACKAGE = ROOT / "generator"

# A module imports only what stands above it. A package is one line; arrows inside it are only kept free of circles.
ORDER = (
    "problems",
    "rulebook",
    "problems_excerpt",
    "problems_github",
    "problems_sarif",
    "problems_text",
    "near_miss",
    "exit_status",
    "settings",
    "processes",
    "code_version",
    "cache_files",
    "sound",
    "standing",
    "build_lock",
    "text_files",
    "tokens",
    "normalise",
    "privacy",
    "yaml_slips",
    "yaml_errors",
    "yaml_survey",
    "yaml_diagnosis",
    "source",
    "config_faults",
    "meant",
    "fields",
    "codelists",
    "conditions",
    "item",
    "parts",
    "case_parts",
    "cases",
    "guide_parts",
    "guide_cases",
    "guide_fees",
    "thesaurus",
    "addresses",
    "itinerary",
    "bundle_sums",
    "bundle_parts",
    "bundle_plan",
    "bundle_facts",
    "kinds",
    "schema",
    "district",
    "drafts",
    "fact_classes",
    "facts",
    "kept_sheets",
    "seen",
    "notes",
    "catalogue",
    "watched",
    "said",
    "answers",
    "due",
    "item_files",
    "problems_examples",
    "unsafe_markdown",
    "validation",
    "wording",
    "house_rules",
    "attachments",
    "attachments_check",
    "prose_check",
    "reading",
    "read_before",
    "item_places",
    "content",
    "git",
    "past_world",
    "past",
    "changes",
    "past_walk",
    "past_stretches",
    "history",
    "revision",
    "workdays",
    "led_text",
    "checks",
    "districts",
    "agenda",
    "outputs",
    "channels",
    "coverage",
    "led_reading",
    "differences",
    "verify_data",
    "case_reading",
    "shell",
    "render",
    "index_order",
    "index_documents",
    "index",
    "verify",
    "pdf_text",
    "verify_prints",
    "reuse",
    "write",
    "renewing",
    "production",
    "releases",
    "build",
    "build_need",
    "json_schemas",
    "scaffold",
    "mkdocs_plugin",
    "mkdocs_build",
    "cluster",
    "addresses_command",
    "hall",
    "publish_command",
    "audit",
    "tables",
    "copying",
    "new_command",
    "changes_command",
    "impact",
    "check_command",
    "due_command",
    "coverage_command",
    "preview",
    "cli",
    "__main__",
)

OWNERS = {
    "yaml": {"source"},
    "jinja2": {"render.templates"},
    "mkdocs": {"mkdocs_plugin", "mkdocs_build"},
    "subprocess": {"index", "git", "hall.pdf"},
    "distributed": {"cluster.link"},
    "fsspec": {"cluster.stores"},
    "icalendar": {"agenda.ics"},
    "opencc": {"normalise"},
    "PIL": {"attachments.pictures"},
    "puremagic": {"attachments.types"},
    "pypdfium2": {"attachments.pages", "pdf_text", "verify_prints"},
    "pypinyin": {"near_miss", "render.pinyin"},
    "watchdog": {"preview.watching"},
    "selectolax": {"verify", "pdf_text", "hall.pack_links", "hall.snapshot_documents", "audit.page"},
}

WRITERS = {
    "write": "puts the site on the disk",
    "renewing": "brings the spare tree up to date and lets it change places with the site",
    "releases": "copies a site into a web server's folder and changes over to it",
    "index": "hands documents to Pagefind, in a folder that is gone afterwards, and takes its files over",
    "index_order": "renames Pagefind's files in that folder",
    "scaffold": "writes an editor's new file and JSON Schemas where it is told to",
    "hall.signing": "writes a new pair of keys",
    "hall.pack": "writes the folders for the machines of a hall",
    "hall.sync": "keeps a machine's folder up to date",
    "hall.pdf": "prints pages into files",
    "hall.compare_command": "writes reports and empty forms where it is told to",
    "audit.audit_command": "writes the report where it is told to",
    "tables.rehearsal": "lays down a copy of the project, gone afterwards, for the checker to read",
    "tables.journal": "notes down what is about to be written, and puts old files back where that was cut off",
    "tables.transaction": "writes what an editor brought back in tables, all or nothing",
    "cluster.worker": "lays down the templates for Jinja in a folder that goes with the process",
    "cluster.stores": "writes into an object store",
    "cluster.places": "hands over the sources in a folder where workers put the site together, and writes it there",
    "addresses_command": "adds published addresses to the ledger",
    "preview.preview": "removes its own builds when newer ones are there",
    "preview.serve_command": "removes what an earlier preview left behind",
    "history": "keeps what it read from the repository in the cache folder",
    "cache_files": "keeps what builds found out in the cache folder",
    "build_lock": "makes the folder of the lock that a build takes",
}
WRITING = {
    "write_text",
    "write_bytes",
    "writelines",
    "mkdir",
    "makedirs",
    "touch",
    "rename",
    "replace",
    "unlink",
    "rmdir",
}
WRITING |= {"rmtree", "copytree", "copyfile", "copy2", "move", "symlink_to", "hardlink_to"}

# Those who may name a kind, and why. Every other module takes kinds as they come.
NAME_KINDS = {
    "parts": "a reference to a policy is shared by several kinds",
    "guide_parts": "fields of a guide that refer to other kinds",
    "case_parts": "an option may lead to another guide",
    "bundle_parts": "a step of a bundle is a guide",
    "bundle_facts": "totals of guides, fees and materials are called after them",
    "district": "guides are what districts handle, and differ in",
    "fact_classes": "what facts are about: a fee, a material",
    "changes": "a basis is called by the number of its policy; changes are listed by department",
    "agenda.calendar": "opening days are a hall's",
    "agenda.content": "what changes by itself: fees, guides, announcements",
    "agenda.entry": "sorts of entries are called after what they are about; departments act",
    "agenda.law": "bases are policies",
    "agenda.layout": "departments act",
    "agenda.publication": "disclosures and annual reports have deadlines",
    "coverage.content": "pages of departments and halls are about many things",
    "coverage.halls": "what halls show: guides, fees, announcements",
    "coverage.layout": "departments publish",
    "coverage.promises": "rows of the disclosure catalogue, guides, fees",
    "due_command": "departments act",
    "cli": "the verb `hall` is named after what it works for",
    "impact.assess": "packs are a hall's",
    "impact.rules": "a fee in force may not be rewritten",
    "copying": "fees that a copy took over must be looked at again",
    "content": "the settings name guides and a hall for the home page, and these must exist",
    "checks": "rules are about particular kinds",
    "audit": "indicators are about particular kinds: guides, policies, announcements, disclosures",
    "hall": "what machines and walks through a hall are about: halls, guides, fees, materials",
    "render.boards": "the fees that a hall's guides charge",
    "render.bundles": "pages of a bundle's cases, checklists",
    "render.everything": "each guide's handout is a task of its own",
    "render.handouts": "one a guide and one a case",
    "case_reading": "the lists of a guide that a case takes from",
    "render.case_views": "cases are a guide's",
    "render.cases": "cases are a guide's",
    "render.kiosk_cases": "cases are a guide's",
    "render.kiosk": "a hall's guides by window, department and topic",
    "render.led": "a hall's hours, fees and announcements",
    "render.needs": "a guide asks for materials that others give",
    "render.office_coverage": "departments publish",
    "render.office_due": "departments act",
    "render.offline": "the folders of a hall's screens",
    "render.plans": "a hall's floors and windows",
    "render.screens": "a hall's windows and what they handle",
    "render.mistakes": "examples of mistakes stand in items of some kind",
    "render.verification": "guides are what is printed and handed out",
    "render.browse": "guides on shelves: by department, window, topic",
    "render.browse_pages": "one of the ways to browse is by department",
    "render.portal": "the home page is arranged around guides, a hall and announcements",
    "render.changes": "what changes soon: fees, guides, policies",
    "render.changes_pages": "changes are listed by department",
    "render.opening": "a hall's hours",
    "render.statistics": "figures about guides",
    "tables.office_headings": "which sort of office table holds which kind",
    "tables.office_known": "documents that a table names are looked up among policies",
    "tables.office_draft": "a table names departments and policies",
    "tables.office_disclosures": "rows of a disclosure catalogue",
    "tables.office_fees": "rows of a fee notice",
    "tables.office_guides": "rows of a list of service items",
    "tables.office_departments": "rows of a list of departments",
    "tables.office_differences": "entries of lists are told apart by the policy that they name",
    "tables.office_import": "which sort of table is read by which module",
}
# Field names that happen to be a kind's name too.
FIELD_NAMES = {
    "render.districts": {"department"},
    "render.items": {"department"},
    "render.lookup_entries": {"department"},
}


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its dotted name below the package."""
    found = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = ast.parse(file.read_text(encoding="utf-8"))
    del found["__init__"]
    return found


def imported(tree: ast.Module) -> Iterator[str]:
    """Yield the dotted names of all modules that a module imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(name: str) -> set[str]:
    """Return the modules of the package that a module of the package imports."""
    known = modules()
    found = {entry.removeprefix("generator.") for entry in imported(known[name]) if entry.startswith("generator.")}
    return {entry for entry in found if entry in known} - {name}


def line_of(name: str) -> str:
    """Return the line of the order that a module belongs to."""
    return name.split(".")[0]


def test_the_order_names_every_module_and_no_other() -> None:
    assert {line_of(name) for name in modules()} == set(ORDER)
    assert len(set(ORDER)) == len(ORDER)


@pytest.mark.parametrize("name", modules())
def test_imports_run_in_one_direction(name: str) -> None:
    allowed = set(ORDER[: ORDER.index(line_of(name)) + 1])
    back = {entry for entry in ours(name) if line_of(entry) not in allowed}
    assert not back, f"{name} imports {sorted(back)}, which comes after it"


def test_imports_run_in_no_circle() -> None:
    # A submodule's package is left out: importing a package's listing of its modules is no arrow between the modules.
    graph = {name: {entry for entry in ours(name) if not name.startswith(f"{entry}.")} for name in modules()}
    list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize(("library", "owners"), OWNERS.items())
def test_a_library_is_used_in_one_place(library: str, owners: set[str]) -> None:
    users = {name for name, tree in modules().items() if library in {entry.split(".")[0] for entry in imported(tree)}}
    assert users == owners


def _writes(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "open":
            modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
            if any(not (isinstance(mode, ast.Constant) and str(mode.value) in ("r", "rb")) for mode in modes):
                yield f"open, line {node.lineno}"
        elif called in WRITING and not _is_about_values(node, called):
            yield f"{called}, line {node.lineno}"


def _is_about_values(node: ast.Call, called: str) -> bool:
    """Tell a text's `replace(old, new)` and a value's `replace(value, field=…)` from a path's `replace(target)`."""
    return called == "replace" and (len(node.args) >= 2 or bool(node.keywords))


def test_only_few_modules_write_to_the_disk() -> None:
    writing = {name: list(_writes(tree)) for name, tree in modules().items()}
    assert {name for name, calls in writing.items() if calls} == set(WRITERS), writing


def kind_names() -> set[str]:
    """Return the words by which a module could tell kinds apart: module names and plurals."""
    from generator.kinds import all_kinds

    return {word for name, model in all_kinds().items() for word in (name, model.kind.plural)}


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _named_kinds(name: str, tree: ast.Module) -> set[str]:
    said = _docstrings(tree)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said]
    texts = {node.value for node in constants if isinstance(node.value, str)}
    modules_of_kinds = {entry.split(".")[1] for entry in ours(name) if entry.startswith("kinds.")}
    return modules_of_kinds | ((texts & kind_names()) - FIELD_NAMES.get(name, set()))


def test_a_kind_is_named_only_where_it_must_be() -> None:
    naming = {}
    for name, tree in modules().items():
        if line_of(name) != "kinds" and (words := _named_kinds(name, tree)):
            naming[line_of(name) if line_of(name) in ("audit", "changes", "checks", "hall") else name] = words
    assert naming.keys() == NAME_KINDS.keys(), naming


def test_kinds_know_only_parts_and_kinds_that_they_refer_to() -> None:
    for name in modules():
        if name.startswith("kinds."):
            assert {line_of(entry) for entry in ours(name)} <= {
                "fields",
                "codelists",
                "bundle_facts",
                "bundle_parts",
                "bundle_plan",
                "bundle_sums",
                "case_parts",
                "cases",
                "conditions",
                "guide_cases",
                "guide_fees",
                "item",
                "itinerary",
                "parts",
                "guide_parts",
                "kinds",
            }


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, tree in modules().items() if not ast.get_docstring(tree)]
    assert not silent


def test_no_template_turns_escaping_off() -> None:
    unsafe = []
    for file in sorted(Path(ROOT, "site_theme", "kinds").rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if re.search(r"\|\s*safe\b|autoescape|\bMarkup\b", text):
            unsafe.append(file.relative_to(ROOT).as_posix())
    assert not unsafe


def test_exit_statuses_are_written_down_once() -> None:
    """But for `sync`, which is copied to machines alone and says the same."""
    from generator import exit_status
    from generator.hall import sync

    names = {"FINE", "PROBLEMS_FOUND", "WRONG_USAGE", "MISSING_PART"}
    writing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id.lstrip("_") in names
    }
    assert writing == {"exit_status", "hall.sync"}
    assert (sync.FINE, sync.REFUSED, sync.UNREACHABLE) == (
        exit_status.FINE,
        exit_status.PROBLEMS_FOUND,
        exit_status.MISSING_PART,
    )
