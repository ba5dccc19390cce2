"""The adapter to MkDocs: a thin translation of its events; with `mkdocs_build` the only user of mkdocs.

MkDocs renders the prose of `content/` and, for every section and depth of address, one page whose title, article and
so on are marks: the shells. Everything else is `build`'s. It all goes to a staging folder that takes the site's place
when it is whole, so a failed build leaves the site as it was.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import build
from generator.build_lock import locked
from generator.districts.files import is_city
from generator.index import IndexFailed
from generator.kinds import all_kinds
from generator.problems import Problem, as_text
from generator.production import Spread
from generator.render.templates import Compiled, MissingTemplate
from generator.settings import WrongSettings, settings_of, today_in_china
from generator.shell import Shell, base_of, mark
from generator.write import UnsafeTarget, discard, publish, staging_folder

# How a build is told that it is for a preview, which shows drafts.
PREVIEW_VARIABLE = "TONGCHUANG_PREVIEW"
_SHELL_NAME = "_shell_"
_FRAME = "site_theme/main.html"
THEME_HINT = "请从原来的项目里取回。"
_ROOT_LINK = re.compile(r'(<a [^>]*?href=")/(?!/)')
compiled_frame = Compiled()
# Only what our templates refer to is published of the theme that MkDocs brings along.
_ENGINE_ASSETS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
_TEMPLATES = ("feeds/",)


class TongchuangConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its hooks untyped
    """The plug-in's options in `mkdocs.yml`."""

    as_of = config_options.Optional(config_options.Type(str))
    jobs = config_options.Type(int, default=os.cpu_count() or 1)
    search = config_options.Type(bool, default=True)
    clean = config_options.Type(bool, default=False)


class TongchuangPlugin(BasePlugin[TongchuangConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adds everything that items give to a MkDocs build."""

    report: build.Built | None = None
    only_frame = False
    """Whether only the prose and the shells are wanted."""
    hear: Callable[[list[Problem]], None] | None = None
    """Who wants to know the problems of the content as soon as they are known."""
    warnings = ""
    """What is not quite right with the content, as it was told."""
    lock: FileLock | None = None
    spread: Spread | None = None
    """Other machines that take part in the work."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check all content before MkDocs touches anything, and turn its output to a staging folder."""
        self.project = replace(project_of(config, self.config), spread=self.spread)
        self.take_turn(self.project)
        if not self.only_frame:
            self._prepare()
        self.shells: dict[tuple[str, int], Shell] = {}
        self.staging = staging_folder(self.project.site_folder)
        config.site_dir = str(self.staging)
        # MkDocs would write its own site map beside ours, compressed too, with the shells in it.
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def take_turn(self, project: build.Project) -> None:
        """Wait until no other build goes to the same folder."""
        self.lock = self.lock or locked(project.root, project.site_folder)

    def _prepare(self) -> None:
        try:
            self.prepared = build.prepare(self.project)
        except build.ContentProblems as error:
            self._tell(error.problems)
            raise PluginError(as_text(error.problems)) from error
        except UnsafeTarget as error:
            raise PluginError(str(error)) from error
        problems = self.prepared.problems
        self._tell(problems)
        self.warnings = as_text(problems) if problems else ""
        self.tell_warnings()

    def tell_warnings(self) -> None:
        """Say again what is not quite right with the content."""
        if self.warnings:
            _content_log.warning(self.warnings)

    def _tell(self, problems: list[Problem]) -> None:
        if self.hear:
            self.hear(problems)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add a page for every shell, and leave out the theme's files that no page of ours uses."""
        for file in list(files):
            if file.src_uri.startswith(_TEMPLATES) or self._is_engine_asset(file):
                files.remove(file)
        for section, depth in shell_places(is_city(self.project.root)):
            files.append(File.generated(config, _shell_file(section, depth), content="# shell"))
        return files

    def _is_engine_asset(self, file: File) -> bool:
        ours = str(file.abs_src_path).startswith(str(self.project.theme))
        return file.src_uri.startswith(_ENGINE_ASSETS) and not ours

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Have a template of the frame compiled once a process."""
        env.bytecode_cache = compiled_frame
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Make links from the site root relative, so that a site works below any folder."""
        base = base_of(page.url.rstrip("/")) or "./"
        return _ROOT_LINK.sub(rf"\g<1>{base}", html)

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
        """Hand the theme what it needs to draw the frame of a page."""
        place = _shell_place(page.file)
        context.update(
            settings=self.project.settings,
            kinds=[model.kind for model in all_kinds().values() if model.kind.in_navigation],
            section=place[0] if place else page.file.src_uri.split("/")[0],
            base=base_of(
                "x/" * (place[1] - 1) + "x" if place and place[1] else page.url.rstrip("/") if not place else ""
            ),
            slot=mark,
            is_shell=bool(place),
            is_home=place == ("", 0),
        )
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the HTML of a shell; MkDocs writes no file for an empty page."""
        place = _shell_place(page.file)
        if place is None:
            return output
        try:
            self.shells[place] = Shell(output, "../" * place[1])
        except ValueError as error:
            raise PluginError(f"{_FRAME} 没有，或者缺少要填内容的地方：{error}。{THEME_HINT}") from error
        return ""

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind of a build that stops."""
        self.clean_up()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render, write, index, verify and publish."""
        if config.strict and (warnings := _engine_warnings()):
            raise PluginError(f"文字页有 {warnings} 个提醒，见上；strict 为 true 时不发布，原来的站点没有变。")
        if self.only_frame:
            publish(self.staging, self.project.site_folder)
            return
        try:
            self.report = build.complete(self.project, self.prepared, self.shells, self.staging)
        except build.NotConsistent as error:
            raise PluginError(error.comparison.as_text()) from error
        except (IndexFailed, UnsafeTarget) as error:
            raise PluginError(str(error)) from error
        except MissingTemplate as error:
            raise PluginError(f"site_theme 里没有模板 {error.name}。{THEME_HINT}") from error
        config.site_dir = str(self.project.site_folder)
        _log.info(self.report.comparison.as_text())

    def clean_up(self) -> None:
        """Remove the staging folder of a build that did not finish."""
        if getattr(self, "staging", None):
            discard(self.staging)
        if self.lock:
            self.lock.release()
            self.lock = None


_log = logging.getLogger("mkdocs.plugins.tongchuang")


def _is_news(record: logging.LogRecord) -> bool:
    return _SHELL_NAME not in record.getMessage()


# MkDocs would announce for every shell that it wrote no page.
logging.getLogger("mkdocs.commands.build").addFilter(_is_news)
# Outside of MkDocs' loggers, because under `strict` it counts what they say and gives up after the site is published.
_content_log = logging.getLogger("tongchuang")


def _engine_warnings() -> int:
    """Return how many warnings MkDocs has counted in this build."""
    counters = [handler for handler in logging.getLogger("mkdocs").handlers if isinstance(handler, CountHandler)]
    return sum(count for counter in counters for _, count in counter.get_counts())


def shell_places(with_districts: bool = False) -> list[tuple[str, int]]:
    """Return section and depth of every shell: kinds have lists, items, filtered lists and their further pages.

    What districts have stands two levels deeper.
    """
    places = [("", depth) for depth in (0, 1, 2, 3)]
    depths = (1, 2, 3, 4, 5, 6) if with_districts else (1, 2, 3, 4)
    for model in all_kinds().values():
        places += [(model.kind.plural, depth) for depth in depths]
    return places


def _shell_file(section: str, depth: int) -> str:
    folders = [section or "_portal_", *["_x_"] * 6][: max(depth - 1, 0)]
    return "/".join([*folders, f"{_SHELL_NAME}{section or 'portal'}_{depth}.md"])


def _shell_place(file: File) -> tuple[str, int] | None:
    name = file.src_uri.rpartition("/")[2].removesuffix(".md")
    if not name.startswith(_SHELL_NAME):
        return None
    section, _, depth = name.removeprefix(_SHELL_NAME).rpartition("_")
    return ("" if section == "portal" else section), int(depth)


def project_of(config: MkDocsConfig, options: TongchuangConfig) -> build.Project:
    """Return the project that a MkDocs configuration describes; raise MkDocs' own error where it is wrong."""
    root = Path(config.config_file_path).parent
    try:
        settings = settings_of(root, config.site_name, config.site_url, config.extra.get("site") or {})
        as_of = date.fromisoformat(options.as_of) if options.as_of else today_in_china()
    except WrongSettings as error:
        raise PluginError(str(error)) from error
    except ValueError as error:
        raise PluginError(f"as_of 要写成 年-月-日，例如 2026-07-01，写的是「{options.as_of}」。") from error
    return build.Project(
        root=root,
        config=Path(config.config_file_path).name,
        theme=Path(_theme_folder(config)),
        content=Path(config.docs_dir),
        site_folder=Path(config.site_dir),
        settings=settings,
        as_of=as_of,
        jobs=max(1, options.jobs),
        search=options.search,
        shows_drafts=PREVIEW_VARIABLE in os.environ,
        clean=options.clean,
    )


def _theme_folder(config: MkDocsConfig) -> str:
    return config.theme.custom_dir or str(Path(config.config_file_path).parent / "site_theme")
