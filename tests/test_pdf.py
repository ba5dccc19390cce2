"""Printing to PDF: the whole text with embedded fonts, whole files or none, and clear words where something lacks."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from conftest import MakeCatalogue
from project import ROOT
from system_parts import needed
from test_handouts import handouts_of, shown, site_over

from generator.hall.pdf import PdfFailed, print_pdfs
from generator.render.boards import board_outputs

OLD = b"%PDF-1.4 yesterday's\n%%EOF\n"


def squeezed(text: str) -> str:
    """Return a text without white space, since lines break anywhere on paper."""
    return "".join(text.split())


def text_of(pdf: Path) -> str:
    """Return the text of all sheets of a PDF."""
    return squeezed("".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)))


def fonts_of(pdf: Path) -> Iterator[bool]:
    """Yield for each piece of text whether its font is embedded and has data."""
    for sheet in pypdfium2.PdfDocument(pdf):
        for thing in sheet.get_objects():
            if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
                font = pdfium.FPDFTextObj_GetFont(thing.raw)
                yield pdfium.FPDFFont_GetIsEmbedded(font) == 1


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a small page to print."""
    file = tmp_path / "page.html"
    file.write_text("<!doctype html><meta charset=utf-8><p>一页", encoding="utf-8")
    return file


def program(folder: Path, name: str, script: str) -> Path:
    """Put a program of a few shell lines into a folder."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_every_fact_of_a_page_stands_in_its_pdf(make_catalogue: MakeCatalogue, tmp_path: Path) -> None:
    needed("chinese-font")
    site = site_over(make_catalogue().catalogue)
    made = {**handouts_of(site), **{output.path: output.data.decode() for output in board_outputs(site)}}
    shutil.copytree(ROOT / "site_theme" / "assets", tmp_path / "site" / "assets")
    printed = ["handouts/card-renewal/index.html", "hall/main/fees/a3/index.html"]
    for path in printed:
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True)
        file.write_text(made[path], encoding="utf-8")
    pages = {
        tmp_path / "site" / path: tmp_path / "out" / str(number) / "告知单.pdf" for number, path in enumerate(printed)
    }
    print_pdfs(pages, browser=needed("chromium"))
    for path, pdf in zip(printed, pages.values(), strict=True):
        text = text_of(pdf)
        lacking = [fact for fact in shown(made[path]).values() if squeezed(fact) not in text]
        assert lacking == []
        embedded = list(fonts_of(pdf))
        assert embedded
        assert all(embedded)
        assert [entry.name for entry in pdf.parent.iterdir()] == ["告知单.pdf"]
    assert "第1页/共1页" in text_of(next(iter(pages.values())))
    sizes = [
        [round(points / 72 * 25.4) for points in pypdfium2.PdfDocument(pdf)[0].get_size()] for pdf in pages.values()
    ]
    assert sizes == [[210, 297], [420, 297]]


def test_a_machine_without_chromium_is_told_what_to_install(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: tmp_path / "out.pdf"})
    assert str(told.value) == (
        "打印 PDF 要用 Chromium，这台机器上没有找到。请安装：sudo apt-get install chromium fonts-noto-cjk"
    )


def test_a_machine_without_a_chinese_font_is_told_what_to_install(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "fc-list", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: tmp_path / "out.pdf"}, browser="/bin/true")
    assert str(told.value) == "这台机器上没有中文字体，打印出来全是方框。请安装：sudo apt-get install fonts-noto-cjk"


@pytest.fixture
def font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the machine seem to have a font."""
    program(tmp_path / "fonts", "fc-list", "echo /usr/share/fonts/noto.ttc:")
    monkeypatch.setenv("PATH", f"{tmp_path / 'fonts'}{os.pathsep}{os.environ['PATH']}")


FAKE = 'for word; do case "$word" in --print-to-pdf=*) to="${word#--print-to-pdf=}";; esac; done\n'


@pytest.mark.usefixtures("font")
@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'printf "%%PDF-1.4 half" > "$to"', 'echo "<html>" > "$to"'])
def test_what_is_no_whole_pdf_takes_nobodys_place(page: Path, tmp_path: Path, script: str) -> None:
    target = tmp_path / "out" / "out.pdf"
    target.parent.mkdir()
    target.write_bytes(OLD)
    browser = program(tmp_path / "bin", "chromium", FAKE + script)
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: target}, browser=str(browser))
    assert str(told.value) == f"{page}：Chromium 没有打印出 PDF 文件。可以先用浏览器打开这个网页看看。"
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.usefixtures("font")
def test_a_browser_that_hangs_is_ended_with_all_that_it_started(page: Path, tmp_path: Path) -> None:
    note = tmp_path / "child"
    browser = program(tmp_path / "bin", "chromium", f'sleep 60 & echo $! > "{note}"; wait')
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: tmp_path / "out.pdf"}, browser=str(browser), seconds=1)
    assert str(told.value) == f"{page}：1 秒还没有打印完，已停止。请重试，或者少打印几页。"
    assert not (tmp_path / "out.pdf").exists()
    assert _is_gone(int(note.read_text(encoding="utf-8")))


def _is_gone(process: int) -> bool:
    """Tell whether a process ends within a moment; one that nobody has waited for yet counts as ended."""
    for _ in range(50):
        stat = Path(f"/proc/{process}/stat")
        if not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.usefixtures("font")
def test_a_page_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PdfFailed) as told:
        print_pdfs({tmp_path / "gone.html": tmp_path / "out.pdf"}, browser="/bin/true")
    assert str(told.value) == f"{tmp_path / 'gone.html'}：没有这个网页文件，不能打印。"


@pytest.mark.usefixtures("font")
def test_a_folder_that_cannot_be_written_is_named(page: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: tmp_path / "file" / "out.pdf"}, browser="/bin/true")
    assert str(told.value).startswith(f"{tmp_path / 'file' / 'out.pdf'}：写不了 PDF 文件（")


@pytest.mark.usefixtures("font")
def test_a_browser_that_does_not_start_is_named(page: Path, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_bytes(b"no program")
    broken.chmod(0o755)
    with pytest.raises(PdfFailed) as told:
        print_pdfs({page: tmp_path / "out.pdf"}, browser=str(broken))
    assert str(told.value).startswith(f"{broken}：这个程序启动不了（")
    assert str(told.value).endswith("）。请重新安装 Chromium。")


def test_nothing_to_print_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    print_pdfs({})
