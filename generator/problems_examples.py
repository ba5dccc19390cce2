"""What would be accepted in the place of what a problem is about: the field's own example, or the rule's right one."""

from __future__ import annotations

import re

from generator.item import Part
from generator.item_files import ITEMS_FOLDER, THESAURUS
from generator.kinds import all_kinds
from generator.problems import Problem
from generator.rulebook import areas, rules
from generator.schema import FieldSpec, fields_of
from generator.thesaurus import Thesaurus

MOST_LINES = 6
"""A longer example is read better on the page of the rules."""
ABOUT_VALUES = "values"
"""The area whose rules are about any field: its examples would be about another one than the problem's."""
_BY_CODE = {
    "wrong-date": "2026-07-01",
    "impossible-date": "2026-02-28",
    "wrong-boolean": "true",
    "wrong-number": "2",
    "wrong-amount": "20",
    "wrong-phone": "0123-5550101",
    "wrong-hours": '"09:00-12:00"',
    "wrong-url": "https://www.mingchuan.example/",
    "wrong-file-path": "files/forms/id-card.docx",
    "wrong-site-path": "fees/",
    "wrong-document-number": "国发〔2016〕55号",
    "wrong-condition": "reason = lost",
}
_ROW = re.compile(r"第\d+条$")
_FOR_INSTANCE = re.compile("例如 ?([^，。；、 ]+)")
_MEANT = re.compile("是不是「(.+?)」？")


def accepted_example(problem: Problem) -> str:
    """Return an example to go by, empty where the message says it all."""
    rule = rules().get(problem.code)
    if rule is None or rule.not_run:
        return ""
    if problem.code in _codes_about_values():
        spec = _field_of(problem)
        return _example_of(spec, _mended(problem)) if spec else ""
    return rule.good if rule.good.count("\n") < MOST_LINES else ""


def _codes_about_values() -> frozenset[str]:
    return frozenset(rule.code for area in areas() if area.name == ABOUT_VALUES for rule in area.rules)


def _mended(problem: Problem) -> str:
    """Return the value that the hint gives, which is often what was meant; else one that fits the rule, or nothing."""
    meant = _MEANT.match(problem.hint) or (_FOR_INSTANCE.search(problem.hint) if problem.code in _BY_CODE else None)
    return meant[1].strip() if meant else _BY_CODE.get(problem.code, "")


def _example_of(spec: FieldSpec, mended: str) -> str:
    """Return a line with a value that the field takes: the mended one, or the field's own example."""
    value = mended or spec.example
    if not value and spec.choices:
        value = next(iter(spec.choices))
    elif not value and (match := _FOR_INSTANCE.search(spec.explanation)):
        value = match[1].strip()
    if not value or spec.part:
        return ""
    return f"{spec.key}: [{value}]" if spec.is_list else f"{spec.key}: {value}"


def _field_of(problem: Problem) -> FieldSpec | None:
    """Return the field that a problem names by its labels from the outside in, None where it names none."""
    part = _model_of(problem.place.path)
    spec: FieldSpec | None = None
    for label in problem.field.split("·"):
        known = {entry.label: entry for entry in fields_of(part)} if part else {}
        spec = known.get(_ROW.sub("", label))
        part = spec.part if spec else None
    return spec


def _model_of(path: str) -> type[Part] | None:
    """Return the model of a file by its place below the folder of the items."""
    folder, _, rest = path.partition("/")
    if folder != ITEMS_FOLDER:
        return None
    if rest == THESAURUS:
        return Thesaurus
    return next((model for model in all_kinds().values() if model.kind.plural == rest.split("/")[0]), None)
