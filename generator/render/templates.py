"""The Jinja environment of item templates: escaped, strict, compiled once; the only user of jinja2."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket
from markupsafe import Markup

from generator.facts import Fact
from generator.fields import date_text
from generator.render.case_views import case_block
from generator.render.figures import floor_plan, qr_code, step_flow
from generator.render.markdown import markdown_html
from generator.render.needs import enabled, obtainable
from generator.render.pieces import linked, points, row, row_list, series

MissingTemplate = TemplateNotFound
"""Raised where the theme lacks a template; its `name` says which."""


class Compiled(BytecodeCache):
    """The templates that this process compiled: the same text is compiled once, whatever folder it stands in.

    One for each sort of environment, since what a text is compiled to depends on the environment's options.
    """

    def __init__(self) -> None:
        self._known: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out a template that was compiled before."""
        bucket.code = self._known.get(bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        assert bucket.code
        self._known[bucket.checksum] = bucket.code


_compiled = Compiled()


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
        bytecode_cache=_compiled,
    )
    made.globals.update(step_flow=step_flow, floor_plan=floor_plan, qr_code=qr_code)
    made.globals.update(obtainable=obtainable, enabled=enabled, case_block=case_block)
    made.filters.update(linked=linked, series=series, row=row, row_list=row_list, points=points)
    made.filters.update(parted=parted, hours=hours, date=date_text, markdown=markdown)
    return made


def markdown(text: str, base: str) -> Markup:
    """Return the HTML of a Markdown text on a page from which `base` leads to the site root."""
    return Markup(markdown_html(text, base))


_NUMBER_AND_UNIT = re.compile(r">([0-9][0-9.～]*) ([^<]+)</span>$")


def parted(fact: Fact) -> Markup:
    """Return a fact's mark with the unit set apart from its number, for large answers; the text stays the same."""
    return Markup(_NUMBER_AND_UNIT.sub(r'>\1<span class="unit"> \2</span></span>', fact.__html__()))


_SPANS = re.compile(r"\d\d:\d\d–\d\d:\d\d")
_UNBROKEN = r'<span class="unbroken">\g<0></span>'


def hours(fact: Fact) -> Markup:
    """Return a fact's mark with each span of time kept on one line; the text stays the same."""
    start, bracket, text = fact.__html__().removesuffix("</span>").rpartition(">")
    return Markup(f"{start}{bracket}{_SPANS.sub(_UNBROKEN, text)}</span>")


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
