"""Compares the PDFs in the packs of a hall with the pages that they were printed from, fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pypdfium2 import PdfiumError

from generator.catalogue import Catalogue
from generator.channels import printed_page
from generator.differences import Counted, Difference
from generator.facts import Fact
from generator.pdf_text import deviations, pdf_text, printed_text
from generator.verify import Compared, Count

_CHANNEL = "pdf"


def compare_prints(catalogue: Catalogue, folder: Path) -> Compared:
    """Compare every PDF in the packs below a site's folder."""
    facts = {fact.key: fact for item in catalogue.items for fact in catalogue.sheet(item).facts.values()}
    paths = sorted(path.relative_to(folder).as_posix() for path in (folder / "packs").rglob("*.pdf"))
    found = {path: _compare(path, folder, facts) for path in paths if printed_page(path)}
    count = Count(len(found), sum(counted for counted, _ in found.values()))
    differences = tuple(entry for _, several in found.values() for entry in several)
    return Compared(tuple(found), {_CHANNEL: count} if found else {}, differences)


def _compare(path: str, folder: Path, facts: Mapping[str, Fact]) -> Counted:
    page = folder / printed_page(path)
    if not page.is_file():
        return 0, [Difference(f"{path}#", _CHANNEL, path, "文件存在", f"没有 {printed_page(path)}")]
    return compare_print((folder / path).read_bytes(), page.read_text(encoding="utf-8"), path, facts)


def compare_print(data: bytes, html: str, path: str, facts: Mapping[str, Fact]) -> Counted:
    """Compare a PDF with the page that it was printed from; return how many facts that has, and what differs."""
    printed = printed_text(html)
    try:
        text = pdf_text(data)
    except PdfiumError:
        return 0, [Difference(f"{path}#", _CHANNEL, path, "完整的 PDF", "文件损坏，读不出来")]
    differences = []
    for key, expected, found in deviations(printed, text):
        fact = facts.get(key)
        label = fact.label if fact else "文字"
        differences.append(Difference(key or f"{path}#", _CHANNEL, path, fact.text if fact else expected, found, label))
    return len(printed.facts), differences
