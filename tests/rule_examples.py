"""The examples of the rule book, laid over the small valid project as an editor would write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from conftest import BASES
from project import FILES

from generator import build
from generator.problems import Problem

_HEAD = re.compile(r"^# ((?:items|content)/\S+\.\w+)\n", re.MULTILINE)
_KEY = re.compile(r"^(?:# 不写 )?(\w+)", re.MULTILINE)
# A bundle is not part of the small project.
_MORE_BASES = {
    "bundles": """\
name: 小证的一生
summary: 换领和补领一起办。
department: police
targets: [自然人]
person_topics: [证件办理]
consult: {phone: 0123-5550101}
complain: {phone: 0123-5550199}
owner: 公安局证件科
revised: 2026-10-12
review_by: 2027-10-12
""",
}


def files_of(example: str, file: str) -> Iterator[tuple[str, str]]:
    """Yield path and passage of each file that an example is about; a head line opens another one than the first."""
    first, *rest = _HEAD.split(example + "\n")
    if first.strip():
        yield file, first
    yield from zip(rest[::2], rest[1::2], strict=True)


def whole_file(path: str, passage: str) -> str:
    """Return a file with this passage: items keep what it does not say; other files are the passage alone."""
    folder = path.split("/")[1]
    base = FILES.get(path) or {**BASES, **_MORE_BASES}.get(folder, "")
    if not path.endswith(".yml") or not base or not _KEY.search(passage.replace("# 不写 ", "")):
        return passage
    said = set(_KEY.findall(passage))
    blocks = re.split(r"^(?=\w)", base, flags=re.MULTILINE)
    kept = "".join(block for block in blocks if block.split(":")[0] not in said)
    # The passage comes last: a quote that nothing closes would swallow what follows it.
    return kept + passage


def problems_of(project: build.Project, example: str, file: str, folder: Path) -> list[Problem]:
    """Lay an example into a new project below a folder and return all that is found there."""
    for name, text in {**FILES, **{path: whole_file(path, text) for path, text in files_of(example, file)}}.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    settings = replace(project.settings, root=folder)
    return build.check(replace(project, root=folder, content=folder / "content", settings=settings))[1]
