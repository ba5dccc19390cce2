"""Prints pages of a built site to PDF files with embedded fonts, through a headless Chromium on the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless=new",
    # In a container or as root its sandbox does not start; nothing is opened but our own pages.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--no-first-run",
    "--no-pdf-header-footer",
)
AT_ONCE = 2
SECONDS_A_PAGE = 60.0


class PdfFailed(Exception):
    """Something needed to print is missing on the machine, or a page could not be printed; says so in Chinese."""


def print_pdfs(
    pages: Mapping[Path, Path], *, at_once: int = AT_ONCE, seconds: float = SECONDS_A_PAGE, browser: str = ""
) -> None:
    """Print HTML files to PDF files, some at once; a file appears whole or not at all.

    `pages` has for each HTML file its PDF file; `seconds` is the time limit of one page; `browser` is the program to
    use instead of the one on PATH. Raise `PdfFailed` where Chromium or a Chinese font is missing or a page fails.
    """
    if not pages:
        return
    program = browser or find_browser()
    assert_chinese_font()
    with ThreadPoolExecutor(at_once) as pool:
        jobs = [pool.submit(_print, program, source, target, seconds) for source, target in pages.items()]
        try:
            for job in jobs:
                job.result()
        except PdfFailed:
            for job in jobs:
                job.cancel()
            raise


def find_browser() -> str:
    """Return the path of Chromium: the one that CHROMIUM names, or one on PATH under its usual names."""
    named = os.environ.get("CHROMIUM", "")
    found = next((place for name in (named, *BROWSERS) if name and (place := shutil.which(name))), "")
    if not found:
        raise PdfFailed(
            "打印 PDF 要用 Chromium，这台机器上没有找到。请安装：sudo apt-get install chromium fonts-noto-cjk"
        )
    return found


def assert_chinese_font() -> None:
    """Raise `PdfFailed` unless the machine has a font for Chinese; without one every character would be a box."""
    if not shutil.which("fc-list"):  # no fontconfig, so macOS or Windows, which come with Chinese fonts
        if os.name == "posix" and not Path("/System/Library/Fonts").is_dir():
            raise PdfFailed(
                "找不到 fc-list，不知道有没有中文字体。请安装：sudo apt-get install fontconfig fonts-noto-cjk"
            )
        return
    listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, check=False)
    if not listed.stdout.strip():
        raise PdfFailed("这台机器上没有中文字体，打印出来全是方框。请安装：sudo apt-get install fonts-noto-cjk")


def _print(program: str, source: Path, target: Path, seconds: float) -> None:
    if not source.is_file():
        raise PdfFailed(f"{source}：没有这个网页文件，不能打印。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, because a file can take another's place only on the same disk.
        with tempfile.TemporaryDirectory(prefix=".print-", dir=target.parent, ignore_cleanup_errors=True) as folder:
            made = Path(folder) / "page.pdf"
            _run(program, source, made, Path(folder) / "profile", seconds)
            if not _is_pdf(made):
                raise PdfFailed(f"{source}：Chromium 没有打印出 PDF 文件。可以先用浏览器打开这个网页看看。")
            made.replace(target)
    except OSError as error:
        raise PdfFailed(f"{target}：写不了 PDF 文件（{error.strerror or error}）。") from error


def _run(program: str, source: Path, made: Path, profile: Path, seconds: float) -> None:
    command = [program, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={made}", source.resolve().as_uri()]
    # What it prints is of no use, and pipes that its helpers keep open would outlast it.
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, process_group=0, stdin=quiet, stdout=quiet, stderr=quiet)
    except OSError as error:
        raise PdfFailed(f"{program}：这个程序启动不了（{error.strerror or error}）。请重新安装 Chromium。") from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise PdfFailed(f"{source}：{seconds:g} 秒还没有打印完，已停止。请重试，或者少打印几页。") from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a browser with all processes that it started, which share its process group."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _is_pdf(file: Path) -> bool:
    """Tell whether a file is a PDF that was written to its end."""
    if not file.is_file():
        return False
    data = file.read_bytes()
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:]
