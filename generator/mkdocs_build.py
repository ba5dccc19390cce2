"""Building and loading a project through MkDocs, without its command line; with `mkdocs_plugin` the user of mkdocs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.utils import CountHandler

from generator import build
from generator.build_need import Look, look_at, note, still_stands
from generator.catalogue import Catalogue
from generator.config_faults import Said, configuration_faults
from generator.mkdocs_plugin import THEME_HINT, TongchuangPlugin, project_of
from generator.problems import Problem, in_order
from generator.production import Spread
from generator.render.templates import MissingTemplate


class BuildFailed(Exception):
    """The build stopped; the message is for the person who ran it."""


def load(config_file: str, **options: Any) -> tuple[MkDocsConfig, TongchuangPlugin]:
    """Load a configuration with options of the plug-in set; raise `BuildFailed` with the reason."""
    site_folder = options.pop("site_folder", None)
    said = Said()
    try:
        extra = {"site_dir": site_folder} if site_folder else {}
        with said.instead_of(logging.getLogger("mkdocs.config")):
            config = load_config(config_file, **extra)
    except Abort as error:
        raise BuildFailed(f"{config_file} 不能用：{said.in_chinese()}。") from error
    except ConfigurationError as error:
        reason = configuration_faults(Path(config_file)) or str(error)
        raise BuildFailed(f"{config_file} 不能用：{reason}") from error
    plugin = config.plugins.get("tongchuang")
    if not isinstance(plugin, TongchuangPlugin):
        raise BuildFailed(f"{config_file} 的 plugins 里没有 tongchuang。")
    plugin.config.update({name: value for name, value in options.items() if value is not None})
    return config, plugin


def build_site(config_file: str, spread: Spread | None = None, **options: Any) -> build.Built:
    """Build a site as `mkdocs build` does, unless the same would come out again and the site stands.

    Other machines take part where there are any.
    """
    config, plugin = load(config_file, **options)
    plugin.spread = spread
    look = None if spread and spread.is_elsewhere else _look(config, plugin)
    if look and (stood := still_stands(look)):
        plugin.warnings = stood.warnings
        plugin.tell_warnings()
        plugin.clean_up()
        return stood.built
    with _counting() as heard:
        build_loaded(config, plugin)
    assert plugin.report is not None
    if look and not heard.get_counts():
        note(look, plugin.report, plugin.warnings)
    return plugin.report


def _look(config: MkDocsConfig, plugin: TongchuangPlugin) -> Look | None:
    """Look at what a build would read, if that can be told: not with other plug-ins, hooks or included files."""
    text = Path(config.config_file_path).read_text(encoding="utf-8", errors="replace")
    outside = [*config.hooks, *(name for name in config.markdown_extensions if "snippet" in name)]
    if outside or list(config.plugins) != ["tongchuang"] or re.search(r"(?m)^INHERIT\b|!ENV\b", text):
        return None
    try:
        project = project_of(config, plugin.config)
    except PluginError:  # which the build will say
        return None
    plugin.take_turn(project)
    return look_at(project)


@contextmanager
def _counting() -> Iterator[CountHandler]:
    """Count the warnings of MkDocs, which a site that stands could not tell again."""
    handler = CountHandler()
    handler.setLevel(logging.WARNING)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield handler
    finally:
        logger.removeHandler(handler)


def build_loaded(config: MkDocsConfig, plugin: TongchuangPlugin) -> None:
    """Build a site, or what the plug-in wants of it, from a loaded configuration; raise `BuildFailed`."""
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    except Abort as error:  # MkDocs has logged why
        raise BuildFailed("没有生成，原来的站点没有变。") from error
    except MissingTemplate as error:  # one that the frame of the page includes
        raise BuildFailed(f"site_theme 里没有模板 {error.name}。{THEME_HINT}") from error
    finally:
        config.plugins.on_shutdown()
        plugin.clean_up()


def load_project(config_file: str, as_of: str | None) -> build.Project:
    """Return the project of a configuration; raise `BuildFailed` with the reason."""
    config, plugin = load(config_file, as_of=as_of)
    try:
        return project_of(config, plugin.config)
    except PluginError as error:
        raise BuildFailed(str(error)) from error


def load_catalogue(config_file: str, as_of: str | None) -> tuple[build.Project, Catalogue, list[Problem]]:
    """Return the project, its catalogue and all problems without building anything."""
    project = load_project(config_file, as_of)
    catalogue, problems = build.check(project)
    return project, catalogue, in_order(problems)
