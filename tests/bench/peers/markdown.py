"""The guides as ordinary Markdown pages, for the generators that make sites of such.

The same texts from the same YAML. Left out, in their favour: fact marks, drawings, JSON and every other kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.bench.guides import KINDS_BESIDE, Values

_HEADINGS = {
    "time": "要多久",
    "visit": "到现场",
    "online": "网上办",
    "result": "办成后拿到什么",
    "basis": "依据",
    "consult": "咨询",
    "complain": "监督投诉",
    "remedy": "权利和救济",
    "faq": "常见问题",
    "handling": "办理",
    "body": "主体",
}


def write_pages(project: Path, folder: Path) -> dict[str, str]:
    """Write the pages of a project's guides below `docs`, and a first page; return the guides' paths and names."""
    names = _names(project)
    pages = folder / "docs" / "guides"
    pages.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 明川区\n", encoding="utf-8")
    written = {}
    for file in sorted((project / "items" / "guides").glob("*.yml")):
        values = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        (pages / f"{file.stem}.md").write_text("\n".join(_page(values, names)) + "\n", encoding="utf-8")
        written[f"guides/{file.stem}.md"] = values["name"]
    return written


def _names(project: Path) -> dict[str, str]:
    """Return the names of the items that guides refer to, by id."""
    files = [file for kind in KINDS_BESIDE for file in (project / "items" / kind).rglob("*.yml")]
    return {file.stem: yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["name"] for file in files}


def _page(values: Values, names: dict[str, str]) -> Iterator[str]:
    yield f"# {values['name']}\n\n{values.get('summary', '')}\n"
    fees = "、".join(names.get(fee["fee"], "") for fee in values.get("fees", ())) or "不收费"
    promised = values["time"]["promised"]["number"]
    yield "| 费用 | 多久 | 跑几次 | 在哪办 |\n|---|---|---|---|"
    yield f"| {fees} | {promised} | {values['visit']['count']} 次 | {'、'.join(values.get('windows', ()))} |\n"
    yield "## 带什么\n"
    for number, use in enumerate(values["materials"], 1):
        yield f"{number}. **{names.get(use['material'], use['material'])}**\n"
        yield from (f"    - {said}" for key, said in use.items() if key != "material")
        yield ""
    yield "## 怎么办\n"
    for number, step in enumerate(values["steps"], 1):
        yield f"### {number} {step['name']}\n"
        yield from _lines({key: said for key, said in step.items() if key != "name"}, names)
        yield ""
    yield "## 谁能办\n"
    yield from _lines(values["conditions"], names)
    for key, heading in _HEADINGS.items():
        if key in values:
            yield f"\n## {heading}\n"
            yield from _lines(values[key], names)
    yield f"\n最近修订 {values['revised']}，下次复核 {values['review_by']}，{values['owner']}"


def _lines(value: Any, names: dict[str, str], indent: str = "") -> Iterator[str]:
    """Write nested values as a nested list."""
    entries = value.values() if isinstance(value, dict) else value
    for entry in entries:
        if isinstance(entry, dict | list):
            yield f"{indent}-   其中："
            yield from _lines(entry, names, f"{indent}    ")
        else:
            yield f"{indent}-   {names.get(str(entry), entry)}"
