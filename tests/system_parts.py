"""The programs and fonts that tests need beside Python packages: where they are, and how to install what is missing.

`make test` runs this file; it installs without asking where it may (Debian and Ubuntu, as root or with sudo that asks
for no password), and else names each missing part with the command that installs it. It never fails: a test asks
`needed(part)` for its part, and is skipped without it, or fails where CI counts on the answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import playwright

INSTALLERS = {"apt-get": "sudo apt-get install", "dnf": "sudo dnf install", "brew": "brew install"}
APT_INSTALL = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"]
APT_INSTALL += ["-o", "DPkg::Lock::Timeout=120"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something of the system's that some tests use."""

    name: str
    used_for: str
    find: Callable[[], str | None]
    packages: Mapping[str, str]
    """What to install, by the program that installs it."""

    def command(self) -> str:
        """Return the command that installs this part here."""
        installer = next((name for name in INSTALLERS if shutil.which(name)), "apt-get")
        return f"{INSTALLERS[installer]} {self.packages[installer]}"


def find_chromium() -> str | None:
    """Return the browser's path: the one that CHROMIUM names, the system's, or one that Playwright installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    places = [os.environ.get("CHROMIUM"), *map(shutil.which, names)]
    places += ["/Applications/Chromium.app/Contents/MacOS/Chromium"]
    places += ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    places += map(str, Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"))
    return next((place for place in places if place and Path(place).is_file()), None)


def find_driver() -> str | None:
    """Return the program through which Playwright drives the browser, if it starts."""
    driver = Path(playwright.__file__).parent / "driver" / "node"
    return str(driver) if _starts(driver, "--version") else None


def find_chinese_font() -> str | None:
    """Return the file of a font for Chinese."""
    if sys.platform == "darwin":
        return "/System/Library/Fonts/PingFang.ttc"
    if not shutil.which("fc-list"):
        return None
    listed = subprocess.run(["fc-list", ":lang=zh", "file"], capture_output=True, text=True, check=False)
    return next((line.strip(": ") for line in listed.stdout.splitlines()), None)


def find_java() -> str | None:
    """Return the path of a Java that starts; macOS has a `java` that only asks for one."""
    java = shutil.which("java")
    return java if java and _starts(java, "-version") else None


def _starts(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def find_nginx() -> str | None:
    """Return the web server's path; Debian keeps it where only root looks."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")


PARTS = {
    "chromium": Part(
        name="Chromium",
        used_for="browser tests",
        find=find_chromium,
        packages={"apt-get": "chromium", "dnf": "chromium", "brew": "--cask chromium"},
    ),
    "driver": Part(
        name="A library of Playwright's",
        used_for="browser tests",
        find=find_driver,
        packages={"apt-get": "libatomic1", "dnf": "libatomic", "brew": "gcc"},
    ),
    "chinese-font": Part(
        name="A Chinese font",
        used_for="tests of printed pages",
        find=find_chinese_font,
        packages={
            "apt-get": "fontconfig fonts-noto-cjk",
            "dnf": "fontconfig google-noto-sans-cjk-fonts",
            "brew": "--cask font-noto-sans-cjk-sc",
        },
    ),
    "nginx": Part(
        name="nginx",
        used_for="tests of publishing",
        find=find_nginx,
        packages={"apt-get": "nginx-light", "dnf": "nginx", "brew": "nginx"},
    ),
    "java": Part(
        name="Java",
        used_for="tests of valid HTML",
        find=find_java,
        packages={"apt-get": "default-jre-headless", "dnf": "java-latest-openjdk-headless", "brew": "--cask temurin"},
    ),
}


def needed(key: str) -> str:
    """Return where the part is; without it skip the test that asks, or fail it in CI."""
    import pytest

    part = PARTS[key]
    if place := part.find():
        return place
    reason = f"{part.name} is missing: {part.command()}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def main() -> None:
    """Install the missing parts where that is possible without asking, and name the others."""
    missing = [part for part in PARTS.values() if not part.find()]
    if missing and (prefix := _apt_prefix()) is not None:
        _run([*prefix, "apt-get", "update", "-qq"])
        for part in missing:
            print(f"Installing {part.packages['apt-get']} for {part.used_for} ...", file=sys.stderr)
            _run([*prefix, *APT_INSTALL, *part.packages["apt-get"].split()])
    for part in missing:
        if not part.find():
            print(f"{part.name} is missing ({part.used_for} need it): {part.command()}", file=sys.stderr)


def _apt_prefix() -> list[str] | None:
    """Return what to put before apt-get to be allowed to install, or nothing where that isn't possible."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and _starts(sudo, "-n", "true") else None


def _run(command: list[str]) -> None:
    # What it prints is of use only when it went wrong; the part is then named as missing.
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        print(*done.stderr.splitlines()[-3:], sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
