"""What a build produces: paths and bytes, and which items each was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.problems import Place, Problem

_SAFE_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site. `made_from` names the items whose facts it shows, by their paths."""

    path: str
    data: bytes
    made_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _SAFE_PATH.fullmatch(self.path):
            raise ValueError(f"not a path below the site root: {self.path!r}")


def page_output(address: str, html: str, made_from: tuple[str, ...] = ()) -> Output:
    """Return the output of a page at an address such as `guides/id-card-loss` (empty for the home page)."""
    return Output(page_path(address), html.encode(), made_from)


def page_path(address: str) -> str:
    """Return the path of the file of a page."""
    return f"{address}/index.html" if address else "index.html"


def clashes(outputs: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each site path that two sources claim, naming both; takes (path, source) pairs."""
    owners: dict[str, str] = {}
    for path, source in outputs:
        # Case folded, because a site may be copied to a disk that does not tell cases apart.
        first = owners.setdefault(path.casefold(), source)
        if first != source:
            yield Problem(
                place=Place(path=source),
                code="address-clash",
                field="地址",
                message=f"与 {first} 占用同一个地址 /{path.removesuffix('index.html')}",
                hint="请给其中一个文件改名；已公布的地址、自动生成的地址不能改。",
            )
