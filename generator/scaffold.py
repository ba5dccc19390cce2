"""A commented starting file for a new item: what must be written first, each with an example, then what may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.case_parts import CaseQuestion
from generator.codelists import DRAFT
from generator.drafts import STATUS
from generator.fields import AS_TEXT
from generator.item import Item, Part
from generator.item_files import ITEM_SUFFIX, ITEMS_FOLDER, entries, shown_path
from generator.json_schemas import schema_texts
from generator.kinds import all_kinds
from generator.schema import FieldSpec, fields_of
from generator.source import Source, read_source

_EXAMPLES: Mapping[type[Part], Sequence[str]] = {
    CaseQuestion: (
        "  - id: reason",
        "    text: 为什么要补办？",
        "    why: 丢了的要声明，坏了的要交回旧证。",
        "    options:",
        "      - {id: lost, text: 丢了}",
        "      - {id: damaged, text: 坏了, note: 证件还在，但看不清或者不能用}",
        "  - id: age",
        "    text: 办证的人多大？",
        "    why: 未成年人由监护人陪同。",
        "    when: reason = lost  # 丢了的才问",
        "    options:",
        "      - {id: child, text: 不满 16 岁}",
        "      - {id: adult, text: 16 岁以上}",
        "# 问题写好以后，只在某种情形才有的，在那一条写 when，例如：",
        "#   when: reason = damaged",
        "#   when: reason = lost and age = child",
        "#   when: age in [child, adult]",
        "#   when: not reason = lost",
    ),
}
"""What the words of a part alone do not show; lines that are valid below the part's key, comments aside."""
DRAFT_LINE = f"{STATUS}: {DRAFT}  # 没写完不会发布；写完整后删掉这一行"
_LONGEST_EXAMPLE = 30
_FEW_FILES = 6
_NOT_ASKED = frozenset({"id", STATUS, "accepted"})


class Known(NamedTuple):
    """What examples are taken from: an item of the kind, if there is one, and the ids in use by the kind's name."""

    item: Source | None
    ids: Mapping[str, Sequence[str]]


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of each kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")


def files_of(root: Path, model: type[Item]) -> list[Path]:
    """Return the YAML files of a kind."""
    folder = root / ITEMS_FOLDER / model.kind.plural
    found = entries(folder) if folder.is_dir() else ()
    return [entry.path for entry in found if entry.is_file and entry.path.suffix == ITEM_SUFFIX]


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raise `FileExistsError` where it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def starting_text(root: Path, model: type[Item]) -> str:
    """Return the text of a commented file for a new item, with examples from the items that are there."""
    known = _known(root, model)
    specs = [spec for spec in fields_of(model) if spec.key not in _NOT_ASKED]
    lines = [f"# {model.kind.label}：{model.kind.about}"]
    lines += ["# 写在冒号后面，冒号后空一格。# 开头的行是说明，写完可以删。"]
    if known.item:
        lines.append(f"# 例子取自 {known.item.path}。")
    lines += [DRAFT_LINE, "", "# ──── 必须写的 ────"]
    lines += [line for spec in specs if spec.required for line in _wanted(spec, "", known, (spec.key,))]
    lines += ["", "# ──── 需要时写的：去掉行首的「# 」再写，用不着的删掉 ────"]
    lines += [line for spec in specs if not spec.required for line in _unwanted(spec, known)]
    return "\n".join(lines) + "\n"


def _known(root: Path, model: type[Item]) -> Known:
    ids = {name: [file.stem for file in files_of(root, other)] for name, other in all_kinds().items()}
    for file in files_of(root, model):
        source, _ = read_source(file, shown_path(file, root))
        if source and source.at(STATUS) in (None, "", *_published(model)):
            return Known(source, ids)
    return Known(None, ids)


def _published(model: type[Item]) -> Iterator[str]:
    spec = next(spec for spec in fields_of(model) if spec.key == STATUS)
    yield from (choice for choice in spec.choices or () if choice != DRAFT)


def _wanted(spec: FieldSpec, indent: str, known: Known, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of a field to fill in."""
    yield f"{indent}# {_explained(spec, known, path)}"
    if spec.part is None:
        yield f"{indent}{spec.key}:{' []' if spec.is_list else ''}"
        return
    yield f"{indent}{spec.key}:"
    inner = list(_of_part(spec.part, f"{indent}    " if spec.is_list else f"{indent}  ", known, path))
    yield from _as_entry(inner, indent) if spec.is_list else inner


def _of_part(part: type[Part], indent: str, known: Known, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of what must be written in a part, and one that names what else may be."""
    specs = fields_of(part)
    wanted = _to_fill_in(part)
    for spec in wanted:
        yield from _wanted(spec, indent, known, (*path, spec.key))
    if others := [f"{spec.key}（{spec.label}）" for spec in specs if spec not in wanted]:
        yield f"{indent}# 还可以写：{'、'.join(others)}"


def _to_fill_in(part: type[Part]) -> list[FieldSpec]:
    """Return the fields of a part that must be written, and those that the model gives an example for; one at least."""
    specs = fields_of(part)
    return [spec for spec in specs if spec.required or spec.example] or list(specs[:1])


def _as_entry(lines: list[str], indent: str) -> list[str]:
    """Put the dash of a list entry before the first line that is not a comment."""
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    lines[first] = f"{indent}  - {lines[first].lstrip()}"
    return lines


def _unwanted(spec: FieldSpec, known: Known) -> Iterator[str]:
    """Yield the lines of a field that need not be: commented out, so that the file says only what is meant."""
    yield f"# {_explained(spec, known, (spec.key,))}"
    if spec.part is None:
        yield f"# {spec.key}:{' []' if spec.is_list else ''}"
        return
    yield f"# {spec.key}:"
    lines = _EXAMPLES.get(spec.part) or _outline(spec.part, "  ", is_entry=spec.is_list)
    yield from (f"# {line}" for line in lines)


def _outline(part: type[Part], indent: str, *, is_entry: bool) -> Iterator[str]:
    """Yield the lines of a part, each with the field's name and what it says beside it."""
    wanted = _to_fill_in(part)
    inner = f"{indent}  " if is_entry else indent
    for number, spec in enumerate(wanted):
        dash = f"{indent}- " if is_entry and number == 0 else inner
        yield f"{dash}{spec.key}:{' []' if spec.is_list and not spec.part else ''}  # {spec.label}{_short(spec)}"
        if spec.part:
            yield from _outline(spec.part, f"{inner}  ", is_entry=spec.is_list)
    if others := [f"{spec.key}（{spec.label}）" for spec in fields_of(part) if spec not in wanted]:
        yield f"{inner}# 还可以写：{'、'.join(others)}"


def _short(spec: FieldSpec) -> str:
    choices = f"：{'、'.join(spec.choices)}" if spec.choices and len(spec.choices) <= _FEW_FILES else ""
    return choices or (f"：{spec.explanation.rstrip('。')}" if spec.explanation else "")


def _explained(spec: FieldSpec, known: Known, path: tuple[str, ...]) -> str:
    said = f"{spec.label}：{spec.explanation}".rstrip("：。") + "。"
    is_said = all(choice in said for choice in spec.choices or ())
    choices = "" if is_said else f"可选：{'、'.join(spec.choices or ())}。"
    return said + choices + _files_to_name(spec, known) + _example(spec, known, path)


def _files_to_name(spec: FieldSpec, known: Known) -> str:
    """Say which ids may be written where a field names another item."""
    if not spec.refers:
        return ""
    ids = known.ids[spec.refers]
    folder = f"{ITEMS_FOLDER}/{all_kinds()[spec.refers].kind.plural}/"
    return (
        f"可写：{'、'.join(ids)}。" if 0 < len(ids) <= _FEW_FILES else f"写 {folder} 里的文件名，不带 {ITEM_SUFFIX}。"
    )


def _example(spec: FieldSpec, known: Known, path: tuple[str, ...]) -> str:
    """Return a value of the item that examples are taken from, else the model's; nothing where the choices say it."""
    is_shown = "例如" in spec.explanation or 0 < len(known.ids.get(spec.refers, ())) <= _FEW_FILES
    if spec.part or spec.choices or is_shown:
        return ""
    value = _first_at(known.item.values, path) if known.item else None
    if value is None and spec.format is not AS_TEXT:
        value = spec.example or None
    text = ("true" if value else "false") if isinstance(value, bool) else " ".join(str(value or "").split())
    return f"例：{text}" if 0 < len(text) <= _LONGEST_EXAMPLE else ""


def _first_at(value: object, path: Sequence[str]) -> object:
    """Return what stands at a path, in the first entry of each list."""
    for key in path:
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(key) if isinstance(value, dict) else None
    first = value[0] if isinstance(value, list) and value else value
    return None if isinstance(first, dict | list) else first
