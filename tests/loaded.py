"""What takes long to load and is the same in every build, loaded once in the process that commands are forked from."""

from __future__ import annotations

import importlib
from contextlib import suppress
from pathlib import Path

from jinja2 import TemplateSyntaxError
from mkdocs.config import load_config

from generator.mkdocs_plugin import compiled_frame
from generator.render.pinyin import spelling
from generator.render.templates import environment

ROOT = Path(__file__).resolve().parent.parent
FRAME = ("main.html", "404.html", "base.html")


def _load() -> None:
    importlib.import_module("generator.agenda.ics")
    spelling("拼音")
    ours = environment(ROOT / "site_theme")
    for name in ours.list_templates(["html", "xml"]):
        with suppress(TemplateSyntaxError):  # those of the frame know other filters
            ours.get_template(name)
    frame = load_config(str(ROOT / "mkdocs.yml")).theme.get_env()
    frame.bytecode_cache = compiled_frame
    for name in frame.list_templates(filter_func=lambda name: name in FRAME or name.startswith("partials/")):
        with suppress(TemplateSyntaxError):  # nor do those know ours
            frame.get_template(name)


_load()
