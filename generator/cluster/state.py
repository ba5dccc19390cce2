"""What the bytes of a page depend on besides the site: the code and the libraries of the process that renders it."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import NamedTuple

from generator.code_version import code_version

LIBRARIES = (
    *("chinesecalendar", "icalendar", "jinja2", "markdown-it-py", "markupsafe", "opencc", "orjson", "pydantic"),
    *("pypinyin", "selectolax", "zxing-cpp"),
)
"""Those that put characters into pages, or read them back."""


class State(NamedTuple):
    """The code of one process."""

    package: str
    """A hash of our modules."""
    python: str
    libraries: tuple[tuple[str, str], ...]

    def differs(self, other: State) -> str:
        """Say in which respects another state is different, empty where it is the same."""
        said = []
        if self.python != other.python:
            said.append(f"Python 是 {other.python}，这里是 {self.python}")
        if self.package != other.package:
            said.append("同窗的程序和这里的不一样")
        theirs = dict(other.libraries)
        said += [
            f"{name} 是 {theirs.get(name, '没有装')}，这里是 {version}"
            for name, version in self.libraries
            if theirs.get(name) != version
        ]
        return "；".join(said)


def _state() -> State:
    versions = ((name, _version(name)) for name in LIBRARIES)
    python = ".".join(platform.python_version_tuple()[:2])
    return State(code_version(), python, tuple(versions))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "没有装"


STATE = _state()
"""This process's, taken when it loads the code: files that are changed later do not change what runs."""


def state() -> State:
    """Return the state of the process that is asked."""
    return STATE
