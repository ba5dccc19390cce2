"""A hundred private numbers among the demonstration's items, prose and attachments: all are found, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from private_numbers import Planted, planted
from project import ROOT
from test_attachments import document, in_csv, packed, workbook

from generator.mkdocs_build import load_catalogue
from generator.problems import Problem, as_text

TODAY = "2026-11-23"
SUMMARY = re.compile(r"^summary: [^\"'>|\n]+$", re.MULTILINE)


@pytest.fixture
def demonstration(tmp_path: Path) -> Path:
    """Return a copy of the demonstration's content."""
    for name in ("items", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "site_theme").symlink_to(ROOT / "site_theme", target_is_directory=True)
    return tmp_path


def problems(folder: Path) -> list[Problem]:
    return list(load_catalogue(str(folder / "mkdocs.yml"), TODAY)[2])


def in_items(folder: Path, entries: Sequence[Planted]) -> dict[str, str]:
    """Plant each in the summary of a guide of its own; return the codes by file."""
    files = [
        file for file in sorted((folder / "items/guides").rglob("*.yml")) if SUMMARY.search(file.read_text("utf-8"))
    ]
    expected = {}
    assert len(files) >= len(entries)
    for file, entry in zip(files, entries, strict=False):
        text = file.read_text("utf-8")
        file.write_text(SUMMARY.sub(lambda match, entry=entry: f"{match[0]}；{entry.text}", text, count=1), "utf-8")
        expected[file.relative_to(folder).as_posix()] = entry.code
    return expected


def test_all_planted_numbers_are_found_and_no_other(demonstration: Path) -> None:
    assert as_text(problems(demonstration)) == "检查通过：没有发现问题。"
    entries = planted(seed=23, fewest=100)
    items, prose, attached = entries[:34], entries[34:68], entries[68:]
    in_guides = in_items(demonstration, items)
    page = demonstration / "content/about.md"
    kinds = ("xlsx", "docx", "csv", "zip")
    links = [f"[附件](files/planted/{number}.{kind})" for number, _ in enumerate(attached) for kind in kinds]
    lines = page.read_text("utf-8").rstrip("\n").split("\n")
    page.write_text("\n\n".join(["\n".join(lines), *(entry.text for entry in prose), *links]) + "\n", "utf-8")
    (demonstration / "content/files/planted").mkdir()
    for number, entry in enumerate(attached):
        made = {"xlsx": workbook(["甲", "乙"], ["丙", entry.text]), "docx": document("甲", entry.text)}
        made |= {"csv": in_csv([entry]), "zip": packed(a__txt=entry.text.encode())}
        for kind, data in made.items():
            (demonstration / f"content/files/planted/{number}.{kind}").write_bytes(data)
    expected = [(path, code) for path, code in in_guides.items()]
    expected += [("content/about.md", entry.code) for entry in prose]
    expected += [
        (f"content/files/planted/{n}.{kind}", entry.code) for n, entry in enumerate(attached) for kind in kinds
    ]
    assert sorted((problem.place.path, problem.code) for problem in problems(demonstration)) == sorted(expected)
