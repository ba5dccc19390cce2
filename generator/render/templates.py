"""The Jinja environment of item templates: escaped, strict, compiled once; the only user of jinja2."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound
from markupsafe import Markup

from generator.fields import date_text
from generator.render.figures import floor_plan, qr_code, step_flow
from generator.render.markdown import markdown_html


@lru_cache(maxsize=4)
def environment(theme: Path) -> Environment:
    """Return the environment over a theme folder."""
    made = Environment(
        loader=FileSystemLoader(theme),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(step_flow=step_flow, floor_plan=floor_plan, qr_code=qr_code)
    made.filters.update(date=date_text, markdown=lambda text: Markup(markdown_html(text)))
    return made


def template(theme: Path, *names: str) -> Template:
    """Return the first template that exists of the names, in order."""
    return environment(theme).select_template(names)


def has_template(theme: Path, name: str) -> bool:
    """Tell whether the theme has a template."""
    try:
        environment(theme).get_template(name)
    except TemplateNotFound:
        return False
    return True


def render(theme: Path, name: str, **context: Any) -> str:
    """Render a template by name."""
    return environment(theme).get_template(name).render(**context)
