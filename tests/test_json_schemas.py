"""JSON Schemas: the copies for VS Code are what the models say, and schema and model judge alike."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from project import ROOT

from generator.fields import FORMATS
from generator.item import Item
from generator.json_schemas import json_schema, schema_texts
from generator.kinds import all_kinds
from generator.schema import FieldSpec, fields_of
from generator.source import Source, parse_text
from generator.validation import validate

VSCODE = ROOT / ".vscode"
HAN = re.compile("[\u4e00-\u9fff]")
every_kind = pytest.mark.parametrize("model", all_kinds().values(), ids=list(all_kinds()))
WRONG: dict[str, object] = {"str": ["文字"], "int": "二十", "Decimal": "二十", "bool": "也许", "date": "2026年7月1日"}
"""A value that no field of the type can have; a text is not a list, and so on."""


def test_the_copies_for_vs_code_are_what_the_models_say() -> None:
    said = {f"{name}.schema.json": f"{text}\n" for name, text in schema_texts().items()}
    kept = {file.name: file.read_text(encoding="utf-8") for file in (VSCODE / "schemas").iterdir()}
    assert kept == said, "run: tongchuang schema .vscode/schemas"


def test_vs_code_finds_the_schema_of_every_kind() -> None:
    settings = json.loads((VSCODE / "settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f".vscode/schemas/{name}.schema.json": f"items/{model.kind.plural}/**/*.yml"
        for name, model in all_kinds().items()
    }


@cache
def validator(model: type[Item]) -> Draft202012Validator:
    """Return the judge of a kind's schema, which is itself a valid schema."""
    schema = json_schema(model)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@cache
def sources(model: type[Item]) -> tuple[Source, ...]:
    """Return the demonstration's files of a kind, read as YAML 1.2."""
    files = sorted((ROOT / "items" / model.kind.plural).rglob("*.yml"))
    return tuple(_source(file) for file in files)


def _source(file: Path) -> Source:
    text = file.read_text(encoding="utf-8")
    values, _ = parse_text(text, file.name)
    assert values
    return Source(path=file.name, text=text, values=values)


@every_kind
def test_every_item_of_the_demonstration_fits_its_schema(model: type[Item]) -> None:
    assert sources(model)
    faults = {
        source.path: [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator(model).iter_errors(values)]
        for source in sources(model)
        for values in [source.values]
    }
    assert {path: found for path, found in faults.items() if found} == {}


def leaves(
    part: Any, model: type[Any], path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], FieldSpec]]:
    """Yield the place and the field of every single value that a file has."""
    for spec in fields_of(model):
        if spec.key not in part or spec.key == "id":
            continue
        value = part[spec.key]
        for index, entry in enumerate(value) if spec.is_list else ((None, value),):
            place = (*path, spec.key) if index is None else (*path, spec.key, index)
            if spec.part and isinstance(entry, dict):
                yield from leaves(entry, spec.part, place)
            elif not spec.part:
                yield place, spec


def wrong_value(spec: FieldSpec) -> object:
    """Return a value that the field cannot have."""
    if spec.choices:
        return "没有这一种"
    if spec.refers:
        return "不是 编号"
    return WRONG[next(sort.__name__ for sort, style in FORMATS.items() if style is spec.format)]


def fits(model: type[Item], source: Source, values: Any) -> bool:
    """Tell whether the model takes the values of a file."""
    outside = {"id": (Path(source.path).stem, source.path)}
    return validate(model, Source(path=source.path, text=source.text, values=values), outside)[0] is not None


def put(values: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Return a copy with another value at a place."""
    made = copy.deepcopy(values)
    inner: Any = made
    for segment in path[:-1]:
        inner = inner[segment]
    inner[path[-1]] = value
    return made


@every_kind
def test_schema_and_model_refuse_the_same_wrong_values(model: type[Item]) -> None:
    tried: set[tuple[str, ...]] = set()
    for source in sources(model):
        assert fits(model, source, source.values)
        for path, spec in leaves(source.values, model):
            field = tuple(part for part in path if isinstance(part, str))
            if field in tried:
                continue
            tried.add(field)
            values = put(source.values, path, wrong_value(spec))
            assert not validator(model).is_valid(values), f"the schema takes {wrong_value(spec)!r} for {field}"
            assert not fits(model, source, values), f"the model takes {wrong_value(spec)!r} for {field}"
    assert len(tried) > 5


@every_kind
def test_unknown_and_missing_keys_are_refused(model: type[Item]) -> None:
    values = sources(model)[0].values
    assert not validator(model).is_valid({**values, "nmae": "x"})
    assert not validator(model).is_valid({key: value for key, value in values.items() if key != "name"})


@pytest.mark.parametrize(
    ("kind", "path", "wrong", "right"),
    [
        ("department", ("phone",), "6000123", "0123-6000123"),
        ("department", ("phone",), "０123-6000123", "12345"),
        ("policy", ("number",), "国发〔2016〕055号", "国发〔2016〕55号"),
        ("policy", ("published",), "2016.1.8", "2016-01-08"),
        ("policy", ("published",), "2016-1-8", "2016-01-08"),
        ("fee", ("rates", 0, "periods", 0, "amount"), "20元", 20),
        ("fee", ("rates", 0, "periods", 0, "amount"), -1, 0.5),
        ("guide", ("version",), 1.5, 2),
        ("guide", ("version",), -1, 0),
        ("guide", ("materials", 0, "material"), "Id Card", "id-card"),
    ],
)
def test_values_are_judged_by_their_form(kind: str, path: tuple[Any, ...], wrong: object, right: object) -> None:
    model = all_kinds()[kind]
    source = next(one for one in sources(model) if path in dict(leaves(one.values, model)))
    assert not validator(model).is_valid(put(source.values, path, wrong))
    assert validator(model).is_valid(put(source.values, path, right))


@every_kind
def test_whatever_an_editor_is_shown_is_chinese(model: type[Item]) -> None:
    for node in nodes(json_schema(model)):
        for key in ("title", "description", "patternErrorMessage"):
            said = node.get(key)
            assert not isinstance(said, str) or HAN.search(said), said


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a schema that is not a table of properties."""
    if isinstance(value, list):
        for entry in value:
            yield from nodes(entry)
    elif isinstance(value, dict):
        yield value
        for key, entry in value.items():
            if key in ("properties", "$defs"):
                for inner in entry.values():
                    yield from nodes(inner)
            else:
                yield from nodes(entry)
