"""Whatever becomes of a valid file, `check` says something sensible of it or nothing; it never breaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import FILES, ROOT, tiny_project

from generator import build
from generator.mkdocs_build import load_catalogue
from generator.problems import Problem

EVERY = 12
"""One in so many of the demonstration's files is spoilt; they are much alike."""
SOURCES = sorted(
    {
        *(name for name in FILES if name.startswith("items/")),
        *(file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "items").rglob("*.yml"))[::EVERY]),
        "items/thesaurus.yml",
        "items/hall/main.yml",
    }
)
ODD = "：，“”［］｛｝\t\u3000\u00a0\u200b\x00\x1b&*!|>%@`#-{}[]'\"?:,～…①２〔元\r\\<é👍"

Mutation = Callable[[str], str]


def at_line(change: Callable[[list[str], int], list[str]]) -> st.SearchStrategy[Mutation]:
    """Return mutations that change a list of lines at some number."""
    return st.integers(0, 400).map(lambda number: lambda text: _with_lines(text, number, change))


def _with_lines(text: str, number: int, change: Callable[[list[str], int], list[str]]) -> str:
    lines = text.split("\n")
    return "\n".join(change(lines, number % len(lines)))


def at_sign(insert: str) -> st.SearchStrategy[Mutation]:
    """Return mutations that put a text somewhere."""
    return st.integers(0, 10_000).map(
        lambda place: lambda text: text[: place % (len(text) + 1)] + insert + text[place % (len(text) + 1) :]
    )


MUTATIONS: st.SearchStrategy[Mutation] = st.one_of(
    at_line(lambda lines, at: lines[:at] + lines[at + 1 :]),
    at_line(lambda lines, at: [*lines[: at + 1], *lines[at:]]),
    at_line(lambda lines, at: [*lines[:at], *lines[at : at + 2][::-1], *lines[at + 2 :]]),
    at_line(lambda lines, at: [*lines[:at], "  " + lines[at], *lines[at + 1 :]]),
    at_line(lambda lines, at: [*lines[:at], lines[at].lstrip(), *lines[at + 1 :]]),
    at_line(lambda lines, at: [*lines[:at], lines[at].partition(":")[0] + ":", *lines[at + 1 :]]),
    at_line(lambda lines, at: [*lines[:at], lines[at].partition(":")[0] + ": 0", *lines[at + 1 :]]),
    at_line(lambda lines, at: [*lines[:at], "status: draft", *lines[at:]]),
    st.sampled_from(ODD).flatmap(at_sign),
    st.integers(0, 10_000).map(lambda place: lambda text: text[: place % (len(text) + 1)]),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> build.Project:
    """Return the small project, whose files are spoilt one after the other."""
    folder = tiny_project(tmp_path_factory.mktemp("spoilt"))
    return load_catalogue(str(folder / "mkdocs.yml"), None)[0]


def _original(name: str) -> str:
    return FILES.get(name) or (ROOT / name).read_text(encoding="utf-8")


def checked(project: build.Project, name: str, text: str) -> list[Problem]:
    """Return what is said of the project with a file spoilt, and put the file back."""
    file = Path(project.root) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    try:
        return build.check(project)[1]
    finally:
        file.write_text(FILES[name], encoding="utf-8") if name in FILES else file.unlink()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(SOURCES), mutations=st.lists(MUTATIONS, min_size=1, max_size=4))
def test_a_spoilt_file_is_told_of_and_breaks_nothing(
    project: build.Project, name: str, mutations: list[Mutation]
) -> None:
    text = _original(name)
    for mutate in mutations:
        text = mutate(text)
    for problem in checked(project, name, text):
        assert problem.message and problem.code and problem.place.line >= 1 and problem.place.column >= 1
        assert "Error" not in problem.message and "Traceback" not in problem.message


def test_a_file_put_back_is_sound_again(project: build.Project) -> None:
    name = "items/guides/card-renewal.yml"
    assert checked(project, name, FILES[name].replace("name:", "nmae:", 1))
    assert build.check(project)[1] == []
