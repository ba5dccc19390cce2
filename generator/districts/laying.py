"""A city's item → a district's: the district's values laid over it, and what of them a district may not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.district import Deviation, District, Reason
from generator.districts.differing import Differing, differing, in_words
from generator.districts.overlay import Laid, Layer, Layered, PathInFile, laid_over
from generator.fields import FIXED, LOCAL, SHORTER, field
from generator.item import Item, Part
from generator.problems import Place, Problem
from generator.schema import fields_of, label_at, spec_at
from generator.source import Source
from generator.validation import validate

DIFFERS, ACCEPTED, DEFAULTS = "differs", "accepted", "local"
_REASONS = "与统一标准不同"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """An item of the city with its source, and what a district says: of all its items, and of this one."""

    item: Item
    source: Source
    district: District
    main: Source
    """The district's file."""
    defaults: dict[str, object]
    """What that says of all items."""
    own: Source | None
    """The file about this item, where there is one."""


class LaidItem(NamedTuple):
    """A district's item, None where it cannot be made, its source, its deviations as written, and all problems."""

    item: Item | None
    source: Source
    reasons: tuple[Reason, ...]
    problems: list[Problem]


class _Reasons(Part):
    """The one part of a district's file that is about the file itself."""

    differs: tuple[Reason, ...] = field(_REASONS, "不同的字段、理由和依据，每个字段一条。", default=())


def laid_item(twin: Twin) -> LaidItem:
    """Return a city's item with what a district says of it."""
    layered, laid = _sources(twin)
    problems = list(_about_writing(twin, laid))
    reasons, found = _reasons(twin.own)
    problems += found
    made, found = validate(type(twin.item), layered, {"id": (twin.item.id, "")})
    if made is None:
        return LaidItem(None, layered, (), [*problems, *found])
    problems += _about_differences(twin, made, layered, reasons)
    return LaidItem(_shared(twin, made), layered, reasons, problems)


def _sources(twin: Twin) -> tuple[Layered, Laid]:
    model = type(twin.item)
    first = laid_over(model, twin.source.values, twin.defaults)
    upper = {key: value for key, value in twin.own.values.items() if key != DIFFERS} if twin.own else {}
    lower, here = first.values.get(ACCEPTED), upper.get(ACCEPTED)
    if isinstance(lower, list) and isinstance(here, list):
        upper[ACCEPTED] = [*lower, *here]
    laid = laid_over(model, first.values, upper)
    layers = [Layer(twin.main, (DEFAULTS,)), Layer(twin.source)]
    if twin.own:
        layers.insert(0, Layer(twin.own, (), laid.names))
    top = twin.own or twin.main
    return Layered(path=top.path, text=top.text, values=laid.values, layers=tuple(layers)), laid


def _shared(twin: Twin, made: Item) -> Item:
    """Return the city's item with the district's values alone put in: all else stands in the memory once."""
    keys = {*twin.defaults, *(twin.own.values if twin.own else ())}
    changed = {spec.attribute: getattr(made, spec.attribute) for spec in fields_of(type(made)) if spec.key in keys}
    item = twin.item.placed(twin.district.within)
    if any(isinstance(value, Part | tuple) for value in changed.values()):
        for name in item.__dict__.keys() - type(item).model_fields.keys():
            del item.__dict__[name]  # what the city's item found out about itself
    item.__dict__.update(changed)
    return item


def _about_writing(twin: Twin, laid: Laid) -> Iterator[Problem]:
    """Yield what is wrong with how the file is written: names that are no entry's, and what the city says as well."""
    if twin.own is None:
        return
    model = type(twin.item)
    for path in laid.unknown:
        *outer, name = path
        spec = spec_at(model, outer)
        first = fields_of(spec.part)[0].label if spec and spec.part else ""
        yield Problem(
            place=twin.own.place(*path, key=True),
            code="unknown-entry",
            field=label_at(model, outer),
            message=f"统一的内容里没有，或不止一条「{name}」",
            hint=f"只改其中一条时，用「{first}」指明是哪一条，写在它下面；也可以把整个列表照样写全。",
        )
    for path in laid.repeated:
        yield Problem(
            place=twin.own.place(*path, key=True),
            code="same-as-city",
            field=label_at(model, path),
            message="与不写这一行时完全一样",
            hint="请删掉这一行：没有不同的不用写，统一的内容改了会跟着改。",
            severity="warning",
        )


def _reasons(own: Source | None) -> tuple[tuple[Reason, ...], list[Problem]]:
    if own is None or DIFFERS not in own.values:
        return (), []
    source = Source(path=own.path, text=own.text, values={DIFFERS: own.values[DIFFERS]})
    made, problems = validate(_Reasons, source, {})
    return (made.differs if made else ()), problems


def _about_differences(twin: Twin, made: Item, source: Source, reasons: tuple[Reason, ...]) -> Iterator[Problem]:
    """Yield what differs although it may not, and reasons that are none or for nothing."""
    told = [deviation.of for deviation in twin.district.differs if deviation.guide == twin.item.id]
    declared = {*told, *(reason.of for reason in reasons)}
    used: set[str] = set()
    for found in differing(twin.item, made):
        covering = {name for name in declared if _covers(name, found.path)}
        used |= covering
        if found.mark == FIXED or not (found.is_free or covering):
            yield _not_allowed(twin, found, source)
    yield from _about_reasons(twin.own, type(twin.item), reasons, used)


def _covers(name: str, path: PathInFile) -> bool:
    steps = [step for step in path if isinstance(step, str)]
    wanted = name.split(".")
    return steps[: len(wanted)] == wanted


def _not_allowed(twin: Twin, found: Differing, source: Source) -> Problem:
    said = f"这里是{in_words(found.after, found.spec)}，统一的是{in_words(found.before, found.spec)}"
    key = next(step for step in reversed(found.path) if isinstance(step, str))
    top = ".".join(step for step in found.path[:2] if isinstance(step, str))
    reason = f"确有依据的，在 differs 里写 field: {top}，并写 reason（理由）和 basis（依据）"
    if found.mark == FIXED:
        code, message, hint = "code-differs", f"编码与统一的不同：{said}", "同一事项用同一编码，请删掉这一行。"
    elif found.mark == SHORTER:
        code, message, hint = (
            "longer-than-city",
            f"比统一的长，或不能比较：{said}",
            f"承诺时限只能更短，单位相同；{reason}。",
        )
    else:
        code, message, hint = "not-local", f"与统一的不同：{said}", f"同一事项同一标准，请删掉 {key}；{reason}。"
    return Problem(
        place=source.place(*found.path),
        code=code,
        field=label_at(type(twin.item), found.path),
        message=message,
        hint=hint,
    )


def _about_reasons(
    own: Source | None, model: type[Item], reasons: Sequence[Reason], used: set[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the reasons of a file: a field that is none or says the same, a basis that is none."""
    for number, reason in enumerate(reasons):
        assert own
        place = own.place(DIFFERS, number)
        if spec_at(model, reason.of.split(".")) is None:
            yield _unknown_field(model, reason.of, place)
        elif reason.of not in used:
            yield Problem(
                place=place,
                code="no-difference",
                field=_REASONS,
                message=f"「{label_at(model, reason.of.split('.'))}」与统一的没有不同，不用写理由",
                hint="请删掉这一条，或在文件里写上不同的内容。",
            )
        elif not (reason.basis.policy or reason.basis.title) or not reason.basis.article:
            yield Problem(
                place=own.place(DIFFERS, number, "basis"),
                code="no-basis-to-differ",
                field=_REASONS,
                message="依据没有写明是哪份文件的哪一条",
                hint="写 policy（政策文件库的编号），或 title 和 number；再写 article，例如 第五条。",
            )


def _unknown_field(model: type[Item], name: str, place: Place) -> Problem:
    known = "、".join(f"{spec.key}（{spec.label}）" for spec in fields_of(model) if not spec.local and spec.shown)
    return Problem(
        place=place,
        code="unknown-field-to-differ",
        field=_REASONS,
        message=f"没有「{name}」这个字段",
        hint=f"字段名照指南里的写，组里的用点连接，例如 visit.count；可写：{known}。",
    )


def about_defaults(model: type[Item], main: Source, defaults: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what a district says of all its items although a district has none of its own."""
    for path in not_local(model, defaults):
        yield Problem(
            place=main.place(DEFAULTS, *path, key=True),
            code="not-local",
            field=label_at(model, path),
            message="不是各地可以自己定的，不能写在 local 里",
            hint=f"local 里只写 {'、'.join(_local_names(model))}；确有不同的写在那一项自己的文件里，写明理由和依据。",
        )


def not_local(
    part: type[Part], values: Mapping[str, object], path: PathInFile = (), around: str = ""
) -> Iterator[PathInFile]:
    """Yield the path of each value that is not a district's own."""
    specs = {spec.key: spec for spec in fields_of(part)}
    for key, value in values.items():
        spec = specs.get(key)
        mark = (spec.local or around) if spec else around
        if mark == LOCAL:
            continue
        if spec and spec.part and isinstance(value, dict) and not spec.is_list and not mark:
            yield from not_local(spec.part, value, (*path, key), mark)
        else:
            yield (*path, key)


def _local_names(model: type[Item]) -> Iterable[str]:
    for spec in fields_of(model):
        if spec.local == LOCAL:
            yield f"{spec.key}（{spec.label}）"


def without(values: Mapping[str, object], paths: Iterable[PathInFile]) -> dict[str, object]:
    """Return values without those at some paths."""
    left = dict(values)
    for path in paths:
        first, *rest = path
        inner = left.get(str(first))
        if rest and isinstance(inner, dict):
            left[str(first)] = without(inner, [tuple(rest)])
        else:
            left.pop(str(first), None)
    return left


def deviations(item: Item, reasons: tuple[Reason, ...]) -> list[Deviation]:
    """Return reasons with the item that they are about."""
    return [Deviation.about(item.id, reason) for reason in reasons]
