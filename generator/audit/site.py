"""The site under inspection: its pages as read, its files, and the catalogue that it was made from."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.audit.page import PageRead, read_page
from generator.catalogue import Catalogue
from generator.channels import channel_of
from generator.content import prose_addresses
from generator.processes import in_parts
from generator.settings import Settings

NOT_FOUND = "404.html"
_OFFICE = "office/"
_SCHEMES = ("", "http", "https")


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A built site with its source. Without `slots`, for the cached properties."""

    catalogue: Catalogue
    settings: Settings
    folder: Path
    content: Path
    root: Path
    files: frozenset[str]
    """Paths of all files below the site's folder."""
    pages: Mapping[str, PageRead]
    """Every HTML file by path."""

    @property
    def today(self) -> date:
        """The day of the inspection."""
        return self.catalogue.today

    @cached_property
    def public(self) -> tuple[PageRead, ...]:
        """The pages for the public: neither the hall's documents nor those for the office."""
        return tuple(
            page
            for path, page in self.pages.items()
            if channel_of(path) == "page" and path != NOT_FOUND and not path.startswith((_OFFICE, "pagefind/"))
        )

    @cached_property
    def prose(self) -> Mapping[str, str]:
        """The content file of every prose page by its address, the file relative to the configuration."""
        return {
            f"{address}/" if address else "": file.relative_to(self.root).as_posix()
            for address, file in prose_addresses(self.content)
        }

    def read(self, path: str) -> bytes:
        """Return the bytes of a file of the site; raise `OSError` where there is none."""
        return (self.folder / path).read_bytes()

    def at(self, address: str) -> PageRead | None:
        """Return the page at an address below the site root."""
        return self.pages.get(f"{address}index.html" if address.endswith("/") or not address else address)

    def target(self, page: PageRead, url: str) -> str | None:
        """Return the file that a link leads to, "" for one that is missing, None where it leaves the site."""
        scheme, host, written = _split(url)
        if scheme not in _SCHEMES or host not in ("", self.settings.domain):
            return None
        if host or written.startswith("/"):
            path = posixpath.normpath(written.removeprefix(urlsplit(self.settings.url).path) or ".")
        else:
            path = _joined(posixpath.dirname(page.path), written) if written else page.path
        if path in self.files:
            return path
        index = "index.html" if path == "." else f"{path}/index.html"
        return index if index in self.files else ""

    def is_elsewhere(self, url: str) -> bool:
        """Tell whether a full address names a folder of this host that the site does not have: another system's."""
        parts = urlsplit(url)
        folder = parts.path.removeprefix(urlsplit(self.settings.url).path).split("/")[0]
        return bool(parts.netloc) and bool(folder) and folder not in self._folders

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(path.split("/")[0] for path in self.files)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The full addresses of other systems on this host to which public pages lead."""
        urls = {url for page in self.public for url, _ in page.links if urlsplit(url).netloc == self.settings.domain}
        return frozenset(url for url in urls if self.is_elsewhere(url))


@lru_cache(maxsize=50_000)
def _split(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc, unquote(parts.path)


def _joined(folder: str, written: str) -> str:
    """Join the path of a link to a folder; most lead up to the root first, which needs no search for dots."""
    root = "../" * (folder.count("/") + 1) if folder else ""
    below = written.removeprefix(root)
    if root and len(below) < len(written) and "./" not in below and "//" not in below:
        return below.removesuffix("/") or "."
    return posixpath.normpath(posixpath.join(folder, written))


def read_site(folder: Path, jobs: int) -> tuple[frozenset[str], dict[str, PageRead]]:
    """Return the paths of all files below a site's folder, and its pages as read."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = [path for path in files if path.endswith(".html") and not path.startswith(("packs/", "pagefind/"))]

    def read(part: Sequence[str]) -> list[PageRead]:
        return [read_page(path, (folder / path).read_text(encoding="utf-8", errors="replace")) for path in part]

    found = {page.path: page for part in in_parts(read, pages, jobs) for page in part}
    return frozenset(files), {path: found[path] for path in pages}


def outside(audited: Audited) -> Iterator[tuple[PageRead, str, str]]:
    """Yield page, address and relation of each link to another host, for every public page."""
    for page in audited.public:
        for url, relation in page.links:
            host = urlsplit(url).netloc
            if host and host != audited.settings.domain:
                yield page, url, relation
